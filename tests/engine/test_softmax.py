"""Softmax and its cross-entropy, held against printed figures, against 50-digit arithmetic, and against each other: two steps and
one fused step must tell the same story, until the two steps saturate and only the fused one still knows which way to go."""

from itertools import product

import mpmath
import numpy as np
import pytest
import sympy as sp

from engine.activations import ACTIVATIONS, CLASS_ACTIVATIONS
from engine.check import check, composed
from engine.data import data
from engine.explain import evaluate, gradient_of, shares_of, value_of
from engine.losses import CATEGORICAL_CROSS_ENTROPY, CATEGORICAL_CROSS_ENTROPY_LOGITS, CLASS_LOSSES, FUSED, LOSSES
from engine.network import Network, network, offered
from engine.refused import Refused
from engine.softmax import SOFTMAX, Softmax, jacobian, softmax
from engine.symbols import Cells
from engine.terms import paths

THREE = data([[0.5, -1.0], [1.5, 0.3], [-0.7, 0.9]], [[0, 1, 0], [1, 0, 0], [0.2, 0.3, 0.5]])
UNFUSED = network(Network((2, 2, 3), ("tanh", "softmax"), loss="categorical_cross_entropy"), THREE)
WHOLE = network(Network((2, 2, 3), ("tanh", "softmax"), loss="categorical_cross_entropy_logits"), THREE)
THETA = np.linspace(-1, 1.2, UNFUSED.size)
both = pytest.mark.parametrize("of", [UNFUSED, WHOLE], ids=["unfused", "fused"])


# Figures as they stand in print


@pytest.mark.parametrize(
    "z, p, digits",
    [
        # Wikipedia, "Softmax function", the Python example
        ([1, 2, 3, 4, 1, 2, 3], [0.02364054, 0.06426166, 0.1746813, 0.474833, 0.02364054, 0.06426166, 0.1746813], 6),
        # Stanford CS231n, notes "Linear classification": the same scores, then halved; and the figure "SVM vs Softmax"
        ([1, -2, 0], [0.7, 0.04, 0.26], 2),
        ([0.5, -1, 0], [0.55, 0.12, 0.33], 2),
        ([-2.85, 0.86, 0.28], [0.016, 0.631, 0.353], 3),
        ([1, 2, 3], [0.0900, 0.2447, 0.6652], 4),
    ],
)
def test_printed_probabilities(z, p, digits):
    """Rounded to the digits in print, or off by one of the last where a source went on with rounded numbers."""
    assert softmax(np.array(z, dtype=float)) == pytest.approx(np.array(p), abs=1.001 * 10.0**-digits)


def test_printed_losses():
    """CS231n: the correct class is the third, and its loss is 1.04. The pages of Keras for categorical_crossentropy in `losses` and
    in `ops`: the losses of two and of three samples; in the first a probability is 0 where the target is 0."""
    z, third = np.array([[-2.85, 0.86, 0.28]]), np.array([[0.0, 0, 1]])
    assert CATEGORICAL_CROSS_ENTROPY_LOGITS.f(z, third) == pytest.approx([1.04], abs=0.005)
    assert CATEGORICAL_CROSS_ENTROPY.f(softmax(z), third) == pytest.approx([1.04], abs=0.005)
    p, t = np.array([[0.05, 0.95, 0], [0.1, 0.8, 0.1]]), np.array([[0.0, 1, 0], [0, 0, 1]])
    assert CATEGORICAL_CROSS_ENTROPY.f(p, t) == pytest.approx([0.0513, 2.303], abs=5e-4)
    p = np.array([[0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0.2, 0.3, 0.5]])
    assert CATEGORICAL_CROSS_ENTROPY.f(p, np.eye(3)) == pytest.approx([0.10536054, 0.22314355, 0.6931472], abs=1e-6)


# Against arithmetic that neither shifts nor rounds


@pytest.mark.parametrize("size", [0.01, 1.0, 30.0, 1000.0])
def test_fifty_digits_say_the_same(size):
    """p, L and p − t as mpmath finds them from the bare definition, for scores from nearly equal to far apart."""
    rng = np.random.default_rng(7)
    z, t = rng.uniform(-size, size, (20, 4)), rng.dirichlet(np.ones(4), 20)
    p, losses = softmax(z), CATEGORICAL_CROSS_ENTROPY_LOGITS.f(z, t)
    (pulled, _) = CATEGORICAL_CROSS_ENTROPY_LOGITS.vjp(np.ones(20), losses, z, t)
    with mpmath.workdps(50):
        for n in range(20):
            e = [mpmath.exp(mpmath.mpf(float(x))) for x in z[n]]
            said = [x / mpmath.fsum(e) for x in e]
            loss = -mpmath.fsum(mpmath.mpf(float(t[n, j])) * mpmath.log(said[j]) for j in range(4))
            assert p[n] == pytest.approx([float(x) for x in said], rel=1e-12, abs=1e-300)
            assert float(losses[n]) == pytest.approx(float(loss), rel=1e-12)
            assert pulled[n] == pytest.approx([float(x) - t[n, j] for j, x in enumerate(said)], rel=1e-11, abs=1e-15)


@pytest.mark.parametrize("sure", [1.0, 10.0, 20.0, 36.0])
def test_the_pull_back_of_a_sure_softmax_keeps_its_digits(sure):
    """Σ_i p_j p_i (g_j − g_i) in fifty digits, at probabilities as far from 1 as e⁻³⁶; also with runs in front and by a complex
    step."""
    rng = np.random.default_rng(2)
    z = rng.permuted(np.tile([sure, 0.0, 0.5, -sure / 3], (6, 1)), axis=-1).reshape(2, 3, 4)
    g, p = rng.normal(size=z.shape) + 100.0, softmax(z)
    (pulled,) = SOFTMAX.vjp(g, p, z)
    with mpmath.workdps(50):
        for n in np.ndindex(2, 3):
            e = [mpmath.exp(mpmath.mpf(float(x))) for x in z[n]]
            q, gs = [x / mpmath.fsum(e) for x in e], [mpmath.mpf(float(x)) for x in g[n]]
            terms = [[q[j] * q[i] * (gs[j] - gs[i]) for i in range(4)] for j in range(4)]
            for j in range(4):
                size = float(mpmath.fsum(map(abs, terms[j])))
                assert abs(pulled[n][j] - float(mpmath.fsum(terms[j]))) <= 1e-14 * size
    step = 1e-30j * rng.normal(size=z.shape)
    (moved,) = SOFTMAX.vjp(g + step, p, z)
    assert moved.imag / 1e-30 == pytest.approx(SOFTMAX.vjp(step.imag / 1e-30, p, z)[0], rel=1e-11, abs=1e-15)


def test_the_jacobian_is_the_slope_the_pull_back_and_the_complex_step():
    """∂p_j/∂z_i in row j, column i: the same matrix entry by entry from `slope`, row by row from the pull-back, and column by
    column from a nudge. Rows add up to 0: a shift of all scores changes nothing."""
    z = np.random.default_rng(3).normal(0, 2, (5, 4))
    p, cells, names = softmax(z), Cells("z", z.shape), Cells("p", z.shape)
    matrix = jacobian(p)
    assert matrix.shape == (5, 4, 4) and np.abs(matrix.sum(axis=-1)).max() < 1e-15
    for j, i in product(range(4), repeat=2):
        pulled = SOFTMAX.vjp(np.eye(4)[j] * np.ones((5, 1)), p, z)[0]
        assert matrix[:, j] == pytest.approx(pulled, abs=np.spacing(1.0))  # 1 − p knows p no better
        assert matrix[:, j, i] == pytest.approx(softmax(z + 1e-30j * np.eye(4)[i])[:, j].imag / 1e-30, abs=1e-15)
        for n in range(5):
            written = SOFTMAX.slope(0, (n, j), (n, i), names, cells)
            numbers = {names.at(n, k): p[n, k] for k in range(4)}
            assert matrix[n, j, i] == pytest.approx(float(written.xreplace(numbers).doit()), abs=1e-16)


def test_two_classes_are_a_sigmoid():
    """With two classes softmax is the sigmoid of the difference of the scores, and the losses are those of the sigmoid."""
    z, t = np.random.default_rng(4).normal(0, 3, (30, 2)), np.random.default_rng(5).uniform(0, 1, 30)
    apart, pairs = (z[:, :1] - z[:, 1:]), np.stack([t, 1 - t], axis=1)
    assert softmax(z)[:, :1] == pytest.approx(ACTIVATIONS["sigmoid"].f(apart), rel=1e-14)
    losses = CATEGORICAL_CROSS_ENTROPY_LOGITS.f(z, pairs)
    assert losses == pytest.approx(LOSSES["cross_entropy_logits"].f(apart, t[:, None]), rel=1e-13)


# Far out


def test_far_out_the_fused_loss_still_knows_the_way():
    """At every corner of ±1000 all is finite and silent; the fused gradient is p − t, also where both steps apart have none."""
    z = np.array(list(product((-1000.0, 0.0, 1000.0), repeat=3)))
    t = np.eye(3)[np.zeros(len(z), dtype=int)]
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        p, fused = softmax(z), CATEGORICAL_CROSS_ENTROPY_LOGITS.f(z, t)
        (ours, _) = CATEGORICAL_CROSS_ENTROPY_LOGITS.vjp(np.ones(len(z)), fused, z, t)
        loss = CATEGORICAL_CROSS_ENTROPY.f(p, t)
        (on_p, _) = CATEGORICAL_CROSS_ENTROPY.vjp(np.ones(len(z)), loss, p, t)
        (apart,) = SOFTMAX.vjp(on_p, p, z)
    assert all(np.isfinite(x).all() for x in (p, fused, ours, loss, on_p, apart))
    assert np.array_equal(ours, p - t) and p.sum(axis=1) == pytest.approx(np.ones(len(z)))
    wrong = z[:, 0] < z[:, 1:].max(axis=1)
    assert (np.abs(ours[wrong, 0]) == 1).all() and not apart[wrong].any()
    assert fused[wrong] == pytest.approx((z[:, 1:].max(axis=1) - z[:, 0])[wrong], abs=1)
    assert loss[wrong] == pytest.approx(-np.log(1e-7))  # the clip: no answer is more wrong than this


def test_a_class_without_a_share_has_no_kink():
    """Where the target is 0 the loss does not ask about p, so its clip is no kink; where it is not, it is."""
    p, t = np.full((1, 2), 1e-7), np.array([[0.0, 1.0]])
    assert CATEGORICAL_CROSS_ENTROPY.kink(p, t).tolist() == [[False, True]]
    assert CATEGORICAL_CROSS_ENTROPY.side(np.full((1, 2), 0.5), t).tolist() == [[0, 1]]


# In a network


def test_both_ways_have_the_same_gradient():
    """Softmax and cross-entropy apart or fused: the same loss, the same gradient, and p to look at either way."""
    assert float(UNFUSED.loss(THETA)) == pytest.approx(float(WHOLE.loss(THETA)), rel=1e-14)
    apart, fused = UNFUSED.trace(THETA), WHOLE.trace(THETA)
    for name in fused.grads:
        assert fused.grads[name] == pytest.approx(apart.grads[name], rel=1e-12, abs=1e-15)
    assert "y" in apart.grads and "y" not in fused.grads
    assert np.array_equal(apart.values["y"], fused.values["y"])
    assert fused.grads["z2"] == pytest.approx((fused.values["y"] - THREE.y_true) / 3, rel=1e-13)


@both
def test_every_number_passes_the_check(of):
    """Complex step and central difference agree with every gradient, and SymPy on the composed formula with the output layer's."""
    trace = of.trace(THETA)
    for name in trace.grads.keys() - of.inputs.keys():
        formula = None if name in ("W1", "b1", "z1") else composed(of, name)  # from the first layer on a formula takes seconds
        verdicts = check(of, THETA, trace.grads, name, formula)
        assert {v.answer for v in verdicts} == {"agrees"}
        if formula:
            assert [v.symbolic for v in verdicts] == pytest.approx([v.ours for v in verdicts], rel=1e-10, abs=1e-14)


@both
def test_every_equation_holds(of):
    """Values and gradients, worked out from their equations, are the numbers of the trace."""
    trace = of.trace(THETA)
    shown = [value_of(trace, step.out, i) for step in of.program for i in np.ndindex(trace.values[step.out].shape)]
    shown += [gradient_of(trace, n, i) for n, g in trace.grads.items() if n != "L" for i in np.ndindex(g.shape)]
    assert all(evaluate(e) == pytest.approx(e.value, rel=1e-12, abs=1e-15) for e in shown)


def test_one_score_reaches_the_loss_through_every_probability():
    """∂L/∂z has a share by way of each p of the same sample; fused it has one. Both add up to the gradient."""
    apart, fused = UNFUSED.trace(THETA), WHOLE.trace(THETA)
    for trace, ways in ((apart, 3), (fused, 1)):
        for i in np.ndindex(3, 3):
            shares = shares_of(trace, "z2", i)
            assert len(shares) == len(list(paths(trace, "z2", i))) == ways
            assert all(term.output[0] == i[0] for term, _ in shares)
            assert sum(share for _, share in shares) == pytest.approx(float(trace.grads["z2"][i]), rel=1e-12)


def test_the_fused_slope_is_written_as_softmax_minus_target():
    """∂ℓ/∂z_j = softmax(z)_j − t_j under its own name, and the name stands for e^{z_j} / Σ e^{z_i}."""
    z, t = Cells("z", (1, 3)), Cells("t", (1, 3))
    written = CATEGORICAL_CROSS_ENTROPY_LOGITS.slope(0, (0,), (0, 1), None, z, t)
    named = written.args[0]
    assert named == Softmax(1, *(z.at(0, j) for j in range(3))) and written.args[1] == -t.at(0, 1)
    numbers = {z.at(0, j): sp.Float(j + 1, 30) for j in range(3)}
    assert float(named.xreplace(numbers).evalf()) == pytest.approx(0.24472847105479767, rel=1e-14)
    assert float(named.xreplace(numbers).doit().evalf()) == pytest.approx(0.24472847105479767, rel=1e-14)


# Where it belongs


def test_classes_are_offered_to_two_outputs_and_more():
    """One output keeps the menus it had; two or more may be classes too."""
    assert offered(1) == (ACTIVATIONS, LOSSES)
    assert offered(2) == ({**ACTIVATIONS, **CLASS_ACTIVATIONS}, {**LOSSES, **CLASS_LOSSES})
    assert not CLASS_ACTIVATIONS.keys() & ACTIVATIONS.keys() and not CLASS_LOSSES.keys() & LOSSES.keys()
    assert {inside for loss, inside in FUSED.items() if loss in CLASS_LOSSES} == set(CLASS_ACTIVATIONS)


ONE, TWO = data([[1, 2]], [[1]]), data([[1, 2]], [[1, 0]])
LOSS = "categorical_cross_entropy"


@pytest.mark.parametrize(
    "net, table, sentence",
    [
        (Network((2, 1), ("softmax",)), ONE, "The activation softmax belongs to an output layer of at least two units."),
        (Network((2, 2, 2), ("softmax", "tanh")), TWO, "The activation softmax belongs to an output layer of at least two units."),
        (Network((2, 1), ("sigmoid",), loss=LOSS), ONE, f"The loss {LOSS} needs at least two outputs, one for each class."),
        (
            Network((2, 2), ("relu",), loss=f"{LOSS}_logits"), TWO,
            f"The loss {LOSS}_logits contains the activation softmax; choose that one.",
        ),
    ],
)  # fmt: skip
def test_softmax_out_of_place_is_refused(net, table, sentence):
    """One output, a hidden layer, or a fused loss without its softmax: the refusal says where each belongs."""
    with pytest.raises(Refused) as refused:
        network(net, table)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("loss", CLASS_LOSSES)
@pytest.mark.parametrize("row", [[1, 1], [0, 0], [-0.5, 1.5], [0.5, 0.4], [2, 0], [0.5, 0.5002]])
def test_targets_that_are_no_probabilities_are_refused(loss, row):
    """The refusal names the row, counted from 1, and what stands in it."""
    with pytest.raises(Refused, match=r"add up to 1 in each row; row 2 is " + ", ".join(f"{x:g}" for x in row)):
        network(Network((1, 2), ("softmax",), loss=loss), data([[1], [2]], [[1, 0], row]))


def test_thirds_may_be_typed_and_other_pairings_tried():
    """Six digits of a third are near enough; softmax may have squared error, and a sigmoid layer categorical cross-entropy."""
    thirds = data([[1, 2]], [[0.333333] * 3])
    for activation, loss in (("softmax", LOSS), ("softmax", "squared_error"), ("softmax", "cross_entropy"), ("sigmoid", LOSS)):
        assert np.isfinite(network(Network((2, 3), (activation,), loss=loss), thirds).loss(np.ones(9)))
