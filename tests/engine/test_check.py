"""A check that never fails checks nothing. Engines are broken here on purpose, one mistake at a time, and each must be caught;
the honest engine must never be called wrong, not on a kink, not far out, not where it has arrived."""

from dataclasses import replace

import numpy as np
import pytest

from engine.activations import RELU, SIGMOID
from engine.check import check, composed, curve
from engine.data import GATES, data
from engine.explain import evaluate, update_of
from engine.history import descend
from engine.losses import MEAN, SQUARED_ERROR, SUM
from engine.network import Network, network
from engine.objective import objective
from engine.op import AFFINE
from engine.optimizers import GRADIENT_DESCENT
from engine.program import Step
from tests.strategies import MULTIPLY, XOR, XOR_WITH_BIAS, neuron

B = np.array([1.25, 0.25])  # all samples with an error are on
C = [0.5, -0.25]  # the sample (0, 1) is off


def verdicts(of, theta, claimed=None):
    """The verdict on every number of the trace, or on the gradients that somebody claims."""
    theta = of.checked(theta)
    grads = of.trace(theta).grads if claimed is None else claimed
    return [v for name in grads for v in check(of, theta, grads, name)]


def answers(*args) -> set:
    return {v.answer for v in verdicts(*args)}


def with_vjp(of, broken, vjp):
    """The same objective with another pull-back in one operation; values stay right, as in a real mistake."""
    swap = {broken.key: replace(broken, vjp=vjp)}
    return replace(of, program=tuple(replace(step, op=swap.get(step.op.key, step.op)) for step in of.program))


def affine_with(change):
    """The weighted sum with a mistake in its pull-back, on gradients (∂L/∂A, ∂L/∂W, …)."""
    return AFFINE, lambda g, out, a, W, *b: change(g, a, W, AFFINE.vjp(g, out, a, W, *b))


MISTAKES = {
    "forgotten y′": (RELU, lambda g, y, z: (g,)),
    "wrong sign": (SQUARED_ERROR, lambda g, out, a, t: (-SQUARED_ERROR.vjp(g, out, a, t)[0], None)),
    "forgotten factor 2": (SQUARED_ERROR, lambda g, out, a, t: (g[..., None] * (a - t), None)),
    "sum for mean": (MEAN, SUM.vjp),
    "a sample dropped": affine_with(lambda g, a, W, right: (right[0], g[:-1].T @ a[:-1], *right[2:])),
    "one sample for all": affine_with(lambda g, a, W, right: (right[0], g[-1:].T @ a[-1:], *right[2:])),
    "gradients averaged twice": affine_with(lambda g, a, W, right: (right[0], right[1] / len(a), *right[2:])),
}


@pytest.mark.parametrize("of, theta", [(XOR, C), (XOR_WITH_BIAS, [*C, 0.1])], ids=["no bias", "bias"])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_broken_neuron_is_caught(of, theta, mistake):
    """One mistake in one pull-back: at least one number differs. Without it all agree."""
    assert answers(of, theta) == {"agrees"}
    assert "differs" in answers(with_vjp(of, *MISTAKES[mistake]), theta)


LAYERED = network(Network((2, 2, 1), ("sigmoid", "sigmoid")), data([[0.5, -1.0], [1.5, 0.3], [-0.7, 0.9]], [[0], [1], [1]]))
LAYERED_MISTAKES = {
    "W transposed on the way back": lambda g, a, W, right: (g @ (W.T if len(W) == W.shape[1] else W), *right[1:]),
    "∂L/∂W transposed": lambda g, a, W, right: (right[0], right[1].T if len(W) == W.shape[1] else right[1], *right[2:]),
    "a unit's path dropped": lambda g, a, W, right: (g[:, :1] @ W[:1], *right[1:]),
    "bias forgotten": lambda g, a, W, right: (*right[:2], np.zeros_like(right[2])),
}


@pytest.mark.parametrize("mistake", LAYERED_MISTAKES)
def test_a_broken_network_is_caught(mistake):
    """Mistakes that need a hidden layer or two units to show, on a 2-2-1 network."""
    theta = np.linspace(-1, 1.2, LAYERED.size)
    assert answers(LAYERED, theta) == {"agrees"}
    assert "differs" in answers(with_vjp(LAYERED, *affine_with(LAYERED_MISTAKES[mistake])), theta)


def test_a_dropped_use_is_caught():
    """x·x with one of its two paths forgotten: x for 2x."""
    of = objective((Step("p", MULTIPLY, ("x", "x")), Step("L", SUM, ("p",))), {}, [("x", (1,))])
    right = of.trace([3.0]).grads
    assert answers(of, [3.0]) == {"agrees"}
    assert "differs" in answers(of, [3.0], {**right, "x": right["x"] / 2})


def test_a_new_w1_used_for_w2_is_caught():
    """Updating w1 first and then asking for w2's gradient breaks the update's equation; the engine's update keeps it."""
    trace, eta = XOR.trace(B), 0.5
    right = descend(XOR, B, ((0, eta),), 1).theta[-1]
    half_way = np.array([right[0], B[1]])
    wrong = B[1] - eta * XOR.loss_and_gradient(half_way)[1][1]
    shown = update_of(trace, GRADIENT_DESCENT, eta, "W", (0, 1), right[1])
    assert evaluate(shown) == right[1] != wrong
    assert abs(evaluate(update_of(trace, GRADIENT_DESCENT, eta, "W", (0, 1), wrong)) - wrong) > 0.01


def test_every_independent_answer_can_catch():
    """Complex step, central difference and SymPy each know the true gradient, however wrong ours is."""
    (wrong, _) = check(XOR, B, {"W": np.array([[9.0, 9.0]])}, "W", composed(XOR, "W"))
    assert [wrong.complex_step, wrong.central, wrong.symbolic] == pytest.approx([0.875] * 3, rel=1e-8)
    assert wrong.answer == "differs" and wrong.difference == pytest.approx(8.125 / 9)


def test_each_witness_alone_can_object():
    """One dissenting answer is enough: a formula that says 9, or a function that is another one on the real line."""
    grads = XOR.trace(B).grads
    assert {v.answer for v in check(XOR, B, grads, "W", lambda values: [9.0, 9.0])} == {"differs"}
    two_faced = replace(RELU, f=lambda z: RELU.f(z) if np.iscomplexobj(z) else 2 * RELU.f(z), kink=None)
    of = objective((Step("y", two_faced, ("x",)), Step("L", SUM, ("y",))), {}, [("x", (1,))])
    (x,) = check(of, np.ones(1), {"x": np.ones(1)}, "x")
    assert (x.complex_step, x.answer) == (1.0, "differs") and x.central == pytest.approx(2)


def test_on_a_kink_both_slopes_are_named():
    """At w = (0, 1) the sample (1, 0) has z = 0: for w1 the slopes are ½ from the left and 0 from the right, and we take ½."""
    found = {(v.name, v.index): v for v in verdicts(XOR, [0.0, 1.0], {"W": XOR.trace([0.0, 1.0]).grads["W"]})}
    w1, w2 = found["W", (0, 0)], found["W", (0, 1)]
    assert (w1.answer, w2.answer) == ("kink", "agrees")
    assert [w1.left, w1.right, w1.ours] == pytest.approx([0.5, 0.0, 0.5], abs=1e-5)


def test_a_symmetric_kink_is_a_kink():
    """Absolute error exactly on its target: to the left the slope is −1, to the right 1, and our 0 lies between. The middle of the
    two agrees with it, yet it is no slope. A gradient of 1 there is claimed by nobody's rule, and caught."""
    of = neuron(data([[1.0]], [[1.0]]), "identity", loss="absolute_error")
    (found,) = check(of, np.ones(1), of.trace(np.ones(1)).grads, "W")
    assert (found.answer, found.ours) == ("kink", 0.0)
    assert (found.left, found.right) == pytest.approx((-1, 1))
    assert "differs" in answers(of, np.ones(1), {**of.trace(np.ones(1)).grads, "W": np.ones((1, 1))})
    batch = neuron(GATES["xor"], "relu", loss="absolute_error")
    assert "differs" not in answers(batch, [1.25, 0.25])


def test_a_wrong_gradient_on_a_kink_is_caught():
    """A kink excuses the two one-sided slopes, and nothing else: 0.3 is wrong."""
    assert answers(XOR, [0.0, 1.0], {"W": np.array([[0.3, 0.5]])}) >= {"differs"}


@pytest.mark.parametrize("theta", [[2.0, 1.0], [3.0, -1.0], [5.0, 2.0], [40.0, -7.0]])
def test_honest_where_a_sample_rests_on_the_kink(theta):
    """Without a bias XOR's first sample has z = 0 at any weights; its inputs' slopes are 0 on both sides, only curved on one."""
    assert answers(XOR, theta) == {"agrees"}


@pytest.mark.parametrize("far", [23, 100, 1000])
def test_honest_where_the_loss_is_steeply_curved(far):
    """Arrived with an input as large as may be typed, the two sides differ by curvature alone, and that is no fault."""
    assert answers(neuron(data([[far, 0]], [[1]])), [1 / far, 0.0]) == {"agrees"}


@pytest.mark.parametrize("w", [-14.0, -12.0, -8.0, 8.0, 12.0, 14.0])
@pytest.mark.parametrize("target", [0, 1])
def test_honest_where_a_probability_is_extreme(w, target):
    """Unfused cross-entropy on a saturated sigmoid: a probability near 0 or 1 needs a smaller step, not a wrong verdict."""
    of = neuron(data([[1, 1]], [[target]]), SIGMOID.key, loss="cross_entropy")
    assert answers(of, [w, 0.0]) == {"agrees"}


@pytest.mark.parametrize("x1", [1, 10, 30, 1000])
def test_honest_where_rounding_is_large(x1):
    """A loss of 10⁶ to 10¹² leaves few digits for a difference of 10⁻⁶; the gradient is still called right."""
    assert answers(neuron(data([[x1, 0.001]], [[1]])), [1000.0, 0.5]) == {"agrees"}


def test_honest_where_two_kinks_meet():
    """Two samples on their kinks bend to different sides; our 0 is neither one-sided slope, and still the convention."""
    of = neuron(data([[1, 0], [-1, 0]], [[1], [-2]]))
    w1, _ = verdicts(of, [0.0, 0.0], {"W": of.trace([0.0, 0.0]).grads["W"]})
    assert (w1.answer, w1.ours) == ("kink", 0.0)
    assert [w1.left, w1.right] == pytest.approx([-2, -1], abs=1e-5)


def test_the_nudge_curve_is_the_loss():
    """L as a function of w1 alone is L at theta with w1 replaced, and its tangent at w1 is the gradient."""
    at = np.linspace(-1, 2, 7)
    assert curve(XOR, B, "W", (0, 0), at) == pytest.approx(XOR.loss(np.stack([at, np.full(7, 0.25)], axis=1)), abs=1e-15)
    near = curve(XOR, B, "W", (0, 0), np.array([1.25 - 1e-5, 1.25 + 1e-5]))
    assert (near[1] - near[0]) / 2e-5 == pytest.approx(0.875, rel=1e-8)
