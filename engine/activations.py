"""An activation bends the weighted sum; without it, layers of neurons would be one straight line. Each entry holds all that
is known of it; adding one here adds it to the menu, the URL, the equations, the gallery and the tests."""

import numpy as np
import sympy as sp

from engine.erf import erfc
from engine.limits import LEAK
from engine.op import Op
from engine.softmax import SOFTMAX
from engine.symbols import Largest, Sigma, Size, Smallest, exp, log, minus, negative, over, plus, power, product

HALF = sp.Rational(1, 2)


def activation(key, f, df, form, slope, kink=None, side=None) -> Op:
    """f(z), df(z, y) = dy/dz, and both as the book writes them: form(z), slope(z, y). Element by element, any shape."""
    return Op(
        key,
        "activation",
        f=f,
        vjp=lambda g, y, z: (g * df(z, y),),
        form=lambda o, z: form(z.at(*o)),
        reach=lambda k, i, shape: [i],
        slope=lambda k, o, i, y, z: slope(z.at(*i), y.at(*o)),
        kink=kink,
        side=side,
    )


def stable_sigmoid(z):
    """1 / (1 + e⁻ᶻ) without overflow; both branches are analytic, so complex steps work."""
    right = z.real >= 0
    e = np.exp(np.where(right, -z, z))
    return np.where(right, 1.0, e) / (1 + e)


def softplus(z):
    """ln(1 + eᶻ) without overflow, analytic on both sides."""
    right = z.real >= 0
    return np.where(right, z, 0.0) + np.log1p(np.exp(np.where(right, -z, z)))


IDENTITY = activation("identity", lambda z: z, lambda z, y: np.ones_like(z), lambda z: z, lambda z, y: sp.Integer(1))

RELU = activation(
    "relu",
    f=lambda z: np.where(z.real > 0, z, 0.0),
    df=lambda z, y: (z > 0).astype(float),  # slope 0 at the kink
    form=lambda z: Largest(0, z),
    slope=lambda z, y: sp.Piecewise((1, z > 0), (0, True)),
    kink=lambda z: z == 0,
    side=lambda z: z > 0,
)

LEAKY_RELU = activation(
    "leaky_relu",
    f=lambda z: np.where(z.real > 0, z, LEAK * z),
    df=lambda z, y: np.where(z > 0, 1.0, LEAK),  # the left slope at the kink
    form=lambda z: sp.Piecewise((z, z > 0), (product(sp.Rational(str(LEAK)), z), True)),
    slope=lambda z, y: sp.Piecewise((1, z > 0), (sp.Rational(str(LEAK)), True)),
    kink=lambda z: z == 0,
    side=lambda z: z > 0,
)

SIGMOID = activation(
    "sigmoid",
    f=stable_sigmoid,
    df=lambda z, y: y * (1 - y),
    form=lambda z: over(1, plus(1, exp(-z))),
    slope=lambda z, y: product(y, minus(1, y)),
)

TANH = activation(
    "tanh",
    f=np.tanh,
    df=lambda z, y: 1 - y * y,
    form=lambda z: sp.tanh(z, evaluate=False),
    slope=lambda z, y: minus(1, power(y, 2)),
)

ELU = activation(  # with α = 1 the slope has no jump at 0, so it is no kink; the curvature has one
    "elu",
    f=lambda z: np.where(z.real > 0, z, np.expm1(np.where(z.real > 0, 0.0, z))),
    df=lambda z, y: np.where(z > 0, 1.0, y + 1),
    form=lambda z: sp.Piecewise((z, z > 0), (minus(exp(z), 1), True)),
    slope=lambda z, y: sp.Piecewise((1, z > 0), (exp(z), True)),
    side=lambda z: z > 0,
)

SOFTPLUS = activation(
    "softplus",
    f=softplus,
    df=lambda z, y: stable_sigmoid(z),
    form=lambda z: log(plus(1, exp(z))),
    slope=lambda z, y: Sigma(z),
)

SILU = activation(
    "silu",
    f=lambda z: z * stable_sigmoid(z),
    df=lambda z, y: y + stable_sigmoid(z) * (1 - y),
    form=lambda z: product(z, Sigma(z)),
    slope=lambda z, y: plus(y, product(Sigma(z), minus(1, y))),
)


def _normal(z):
    """Φ(z), the chance that a normal number is below z; exact to the last digits on both sides."""
    return 0.5 * erfc(-z * np.sqrt(0.5))


def _normal_form(z):
    return product(HALF, plus(1, sp.erf(over(z, power(2, HALF)), evaluate=False)))


def _bell_form(z):
    """e^(−z²/2) / √(2π), the slope of Φ."""
    return over(exp(negative(over(power(z, 2), 2))), power(product(2, sp.pi), HALF))


def _bell(z):
    far = np.minimum(np.abs(z), 40.0)  # where it is 0 in floats already
    return np.exp(-0.5 * far * far) / np.sqrt(2 * np.pi)


GELU = activation(
    "gelu",
    f=lambda z: z * _normal(z),
    df=lambda z, y: _normal(z) + z * _bell(z),
    form=lambda z: product(HALF, z, plus(1, sp.erf(over(z, power(2, HALF)), evaluate=False))),
    slope=lambda z, y: plus(_normal_form(z), product(z, _bell_form(z))),
)

WARP = 0.044715  # of GELU's approximation by tanh, from Hendrycks and Gimpel 2016


def _warped(z):
    """Twice the argument of tanh; ½ (1 + tanh u) is σ(2u), which keeps its digits where tanh is nearly −1."""
    return 2 * np.sqrt(2 / np.pi) * (z + WARP * z * z * z)


def _warped_form(z):
    return product(power(over(2, sp.pi), HALF), plus(z, product(sp.Rational(str(WARP)), power(z, 3))))


def _gelu_tanh_slope(z, y):
    gate = stable_sigmoid(_warped(z))
    return gate + z * (2 * np.sqrt(2 / np.pi) * (1 + 3 * WARP * z * z)) * (gate * (1 - gate))


def _gelu_tanh_slope_form(z, y):
    bent = sp.tanh(_warped_form(z), evaluate=False)
    inner = product(power(over(2, sp.pi), HALF), plus(1, product(3 * sp.Rational(str(WARP)), power(z, 2))))
    return plus(product(HALF, plus(1, bent)), product(HALF, z, minus(1, power(bent, 2)), inner))


GELU_TANH = activation(
    "gelu_tanh",
    f=lambda z: z * stable_sigmoid(_warped(z)),
    df=_gelu_tanh_slope,
    form=lambda z: product(HALF, z, plus(1, sp.tanh(_warped_form(z), evaluate=False))),
    slope=_gelu_tanh_slope_form,
)

SOFTSIGN = activation(
    "softsign",
    f=lambda z: z / (1 + np.where(z.real >= 0, z, -z)),
    df=lambda z, y: 1 / (1 + np.abs(z)) ** 2,
    form=lambda z: over(z, plus(1, Size(z))),
    slope=lambda z, y: over(1, power(plus(1, Size(z)), 2)),
    side=lambda z: z > 0,  # the slope has no jump at 0, the curvature has one
)

HARD_SIGMOID = activation(  # ReLU6(z + 3) / 6, as PyTorch and Keras 3 have it; Keras 2 had 0.2 z + 0.5
    "hard_sigmoid",
    f=lambda z: np.where(z.real <= -3, 0.0, np.where(z.real >= 3, 1.0, (z + 3) / 6)),
    df=lambda z, y: ((z > -3) & (z < 3)) / 6,  # slope 0 at both kinks
    form=lambda z: over(Largest(0, Smallest(6, plus(z, 3))), 6),
    slope=lambda z, y: sp.Piecewise((sp.Rational(1, 6), sp.And(z > -3, z < 3)), (0, True)),
    kink=lambda z: (z == -3) | (z == 3),
    side=lambda z: (z > -3).astype(int) + (z >= 3),
)

ACTIVATIONS = {
    entry.key: entry
    for entry in (
        IDENTITY, RELU, LEAKY_RELU, SIGMOID, TANH, ELU, SOFTPLUS, SILU, GELU, GELU_TANH, SOFTSIGN, HARD_SIGMOID,
    )
}  # fmt: skip
CLASS_ACTIVATIONS = {SOFTMAX.key: SOFTMAX}  # of a whole output layer of classes: at least two units
