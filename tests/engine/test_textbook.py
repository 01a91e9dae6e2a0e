"""What the functions are called in books is what they are here. Each known function is said a second time in another way, in
mpmath's arithmetic, and the conventions on several outputs are those of Keras and PyTorch."""

import mpmath
import numpy as np
import pytest

from engine.activations import ACTIVATIONS, CLASS_ACTIVATIONS
from engine.losses import CLASS_LOSSES, FUSED, LOSSES

EVERY_LOSS = {**LOSSES, **CLASS_LOSSES}
KNOWN = {**ACTIVATIONS, **CLASS_ACTIVATIONS, **EVERY_LOSS}


def drawn(key, shape, seed):
    """z on both sides of 0, or a prediction and its target; probabilities strictly between 0 and 1."""
    rng = np.random.default_rng(seed)
    a = rng.uniform(0.02, 0.98, shape) if KNOWN[key].probability else rng.normal(0, 2, shape)
    t = rng.uniform(0, 1, shape)
    return [a] if key not in EVERY_LOSS else [a, t / t.sum(axis=1, keepdims=True) if key in CLASS_LOSSES else t]


TEXTBOOK = {  # each function said in another way than its entry does, in mpmath's arithmetic
    "identity": lambda z: z,
    "relu": lambda z: (z + abs(z)) / 2,
    "leaky_relu": lambda z: max(z, z / 100),
    "sigmoid": lambda z: (1 + mpmath.tanh(z / 2)) / 2,
    "tanh": lambda z: 1 - 2 / (mpmath.exp(2 * z) + 1),
    "elu": lambda z: mpmath.exp(min(z, 0)) - 1 + max(z, 0),
    "softplus": lambda z: z + mpmath.log1p(mpmath.exp(-z)),
    "silu": lambda z: z * (1 + mpmath.tanh(z / 2)) / 2,
    "gelu": lambda z: z * mpmath.ncdf(z),  # the normal distribution, as its authors write it
    "gelu_tanh": lambda z: z - z / (1 + mpmath.exp(mpmath.sqrt(8 / mpmath.pi) * (z + mpmath.mpf("0.044715") * z**3))),
    "softsign": lambda z: mpmath.sign(z) * (1 - 1 / (1 + abs(z))),
    "hard_sigmoid": lambda z: (abs(z + 3) - abs(z - 3) + 6) / 12,
    "absolute_error": lambda a, t: max(a, t) - min(a, t),
    "huber": lambda a, t: mpmath.quad(lambda u: min(u, 1), [0, min(abs(a - t), 1), abs(a - t)]),  # its slope, added up
    "hinge": lambda a, t: (abs(1 - (t - (1 - t)) * a) + 1 - (t - (1 - t)) * a) / 2,
    "squared_error": lambda a, t: a * a - 2 * a * t + t * t,
    "half_squared_error": lambda a, t: abs(a - t) ** 2 / 2,
    "cross_entropy": lambda p, t: t * mpmath.log(1 / p) + (1 - t) * mpmath.log(1 / (1 - p)),
    "categorical_cross_entropy": lambda p, t: t * mpmath.log(1 / p),
    "cross_entropy_logits": lambda z, t: t * mpmath.log1p(mpmath.exp(-z)) + (1 - t) * mpmath.log1p(mpmath.exp(z)),
}


@pytest.mark.parametrize("key", TEXTBOOK)
def test_the_function_is_the_textbooks(key):
    """Known functions are what textbooks mean by their names, to 13 digits."""
    args = drawn(key, (40, 1), seed=3)
    for n, value in enumerate(np.ravel(KNOWN[key].f(*args))):
        said = TEXTBOOK[key](*(mpmath.mpf(float(a[n, 0])) for a in args))
        assert float(value) == pytest.approx(float(said), rel=1e-13, abs=1e-15)


def test_keras_example_of_the_hinge():
    """The example in the documentation of Keras: targets −1, 1, −1 (here 0, 1, 0) and predictions 0.6, −0.7, −0.5."""
    a, t = np.array([[0.6], [-0.7], [-0.5]]), np.array([[0.0], [1.0], [0.0]])
    assert LOSSES["hinge"].f(a, t) == pytest.approx([1.6, 1.7, 0.5])


def test_targets_between_count_in_between():
    """A target of one half asks the hinge for nothing: every score has the loss 1."""
    assert LOSSES["hinge"].f(np.array([[-5.0], [0.0], [7.0]]), np.full((3, 1), 0.5)).tolist() == [1.0, 1.0, 1.0]


def test_the_two_gelus_differ_by_less_than_a_thousandth():
    """As the entry's paragraph says, everywhere."""
    z = np.linspace(-40, 40, 80_001)
    assert np.abs(ACTIVATIONS["gelu"].f(z) - ACTIVATIONS["gelu_tanh"].f(z)).max() < 1e-3


@pytest.mark.parametrize(
    "key, share",
    [
        ("squared_error", 3), ("half_squared_error", 1), ("cross_entropy", 3), ("cross_entropy_logits", 3),
        ("categorical_cross_entropy", 1), ("absolute_error", 3), ("huber", 3), ("hinge", 3),
    ],
)  # fmt: skip
def test_outputs_are_averaged_or_added(key, share):
    """Of three outputs a loss takes the mean, as Keras and PyTorch do; half squared error takes the sum, as textbooks do, and so
    does categorical cross-entropy, as all do."""
    a, t = drawn(key, (5, 3), seed=5)
    each = EVERY_LOSS[key].f(a[..., None], t[..., None])
    assert EVERY_LOSS[key].f(a, t) == pytest.approx(each.sum(axis=1) / share)


@pytest.mark.parametrize("fused, activation", FUSED.items())
def test_a_fused_loss_is_its_activation_and_a_loss(fused, activation):
    """The fused loss reads z, and has the value and the slope of the activation followed by cross-entropy."""
    z, t = drawn(fused, (20, 3), seed=4)
    op, plain, whole = KNOWN[activation], KNOWN[fused.removesuffix("_logits")], KNOWN[fused]
    y = op.f(z)
    assert whole.f(z, t) == pytest.approx(plain.f(y, t), rel=1e-9)
    out, g = whole.f(z, t), np.ones(20)
    (through_y, _) = plain.vjp(g, out, y, t)
    assert whole.vjp(g, out, z, t)[0] == pytest.approx(op.vjp(through_y, y, z)[0], rel=1e-6)
