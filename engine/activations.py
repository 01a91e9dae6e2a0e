"""An activation bends the weighted sum; without it, layers of neurons would be one straight line. Each entry holds all that
is known of it; adding one here adds it to the menu, the URL, the equations and the tests."""

import numpy as np
import sympy as sp

from engine.limits import LEAK
from engine.op import Op
from engine.softmax import SOFTMAX
from engine.symbols import exp, minus, over, plus, power, product


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


IDENTITY = activation("identity", lambda z: z, lambda z, y: np.ones_like(z), lambda z: z, lambda z, y: sp.Integer(1))

RELU = activation(
    "relu",
    f=lambda z: np.where(z.real > 0, z, 0.0),
    df=lambda z, y: (z > 0).astype(float),  # slope 0 at the kink
    form=lambda z: sp.Max(0, z, evaluate=False),
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

ACTIVATIONS = {entry.key: entry for entry in (IDENTITY, RELU, LEAKY_RELU, SIGMOID, TANH)}
CLASS_ACTIVATIONS = {SOFTMAX.key: SOFTMAX}  # of a whole output layer of classes: at least two units
