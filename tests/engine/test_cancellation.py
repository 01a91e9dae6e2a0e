"""What cancels between an activation's slope and its loss, and where the two steps break: the terms add up to p − t, and every end
of a stretch lies where arithmetic says it must: at the clip, at the last bit before 1, at the smallest number there is."""

from math import log

import numpy as np
import pytest
import sympy as sp

from engine.cancellation import PAIRS, Stretch, difference, jacobian_of, saturation, shares, stretches, traced
from engine.explain import evaluate
from engine.limits import PROBABILITY
from engine.softmax import jacobian, softmax

LOGIT = log((1 - PROBABILITY) / PROBABILITY)  # the z at which σ(z) reaches the clip, with either sign
LOOKS = np.linspace(-1000, 1000, 2001)
CASES = [
    ("sigmoid", (1.0,), (1.0,)), ("sigmoid", (-3.0,), (0.0,)), ("sigmoid", (2.5,), (0.3,)), ("sigmoid", (-14.0,), (1.0,)),
    ("softmax", (2.0, 1.0, 0.0), (1.0, 0.0, 0.0)), ("softmax", (-9.0, 0.5), (1.0, 0.0)),
    ("softmax", (0.1, -2.0, 3.0, 1.0, 1.0), (1.0, 0.0, 0.0, 0.0, 0.0)),
]  # fmt: skip


def exact(z, t, j: int) -> float:
    """p_j − t_j in 40 digits."""
    scores = [sp.Float(x, 40) for x in z]
    p = 1 / (1 + sp.exp(-scores[0])) if len(z) == 1 else sp.exp(scores[j]) / sum(map(sp.exp, scores))
    return float((p - sp.Float(t[j], 40)).evalf(40))


# The Jacobian


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_jacobian_by_complex_step(classes):
    """∂p_j/∂z_i is the imaginary part of p_j when z_i is moved into the imaginary: no difference is taken, so no digit is lost."""
    for z in np.random.default_rng(classes).normal(0, 2, (20, classes)):
        moved = z + 1e-200j * np.eye(classes)
        assert jacobian(softmax(z)) == pytest.approx((softmax(moved).imag / 1e-200).T, rel=1e-13, abs=1e-16)


@pytest.mark.parametrize("z", [(2.0, 1.0, 0.0), (0.0, 0.0), (-40.0, 0.0, 3.0), (1.0, -1.0, 0.5, 2.0, -3.0)])
def test_jacobian_is_written_as_it_is(z):
    """Each entry's equation has its number; what one class wins the others lose, so every row adds up to 0."""
    written = jacobian_of(traced(PAIRS["softmax"], z, np.eye(len(z))[0]))
    for i, row in enumerate(written):
        for j, entry in enumerate(row):
            assert evaluate(entry) == pytest.approx(entry.value, rel=1e-12)
            assert (entry.value > 0) == (i == j)
        assert abs(sum(entry.value for entry in row)) <= np.finfo(float).eps  # of 1 − p, and p ≤ 1


# What cancels


@pytest.mark.parametrize("key,z,t", CASES)
def test_terms_add_up_to_p_minus_t(key, z, t):
    """Term by term, each with the number its equation has, the two steps give p − t, and so does the fused loss."""
    pair = PAIRS[key]
    apart, fused = traced(pair, z, t), traced(pair, z, t, fused=True)
    for j in range(len(z)):
        terms, left = shares(pair, apart, j), difference(fused, j)
        assert len(terms) == len(z)
        for term in terms:
            assert evaluate(term) == pytest.approx(term.value, rel=1e-9, abs=1e-15)
        assert sum(term.value for term in terms) == pytest.approx(exact(z, t, j), rel=1e-9, abs=1e-15)
        assert left.value == evaluate(left) == pytest.approx(exact(z, t, j), rel=1e-12, abs=1e-15)


def test_beyond_the_clip_nothing_cancels():
    """There the engine's error is 0, not −1/p: every term is 0, and p − t is not."""
    pair, z, t = PAIRS["softmax"], (-40.0, 0.0, 3.0), (1.0, 0.0, 0.0)
    apart, fused = traced(pair, z, t), traced(pair, z, t, fused=True)
    assert all(term.value == 0 == evaluate(term) for j in range(3) for term in shares(pair, apart, j))
    assert [difference(fused, j).value for j in range(3)] == pytest.approx([-1.0, exact(z, t, 1), exact(z, t, 2)])


# Where the two steps break


def found(key, z, t, mask):
    return stretches(lambda at: mask(saturation(PAIRS[key], z, t, 0, at)), LOOKS)


@pytest.mark.parametrize("key,rest,t", [("sigmoid", (), (1.0,)), ("sigmoid", (), (0.0,)), ("softmax", (1.0, 0.0), (1.0, 0.0, 0.0))])
def test_the_clip_begins_where_it_must(key, rest, t):
    """p reaches 1e-7 where z is ln(1e-7 / (1 − 1e-7)) above the logarithm of all other e^z, on both sides; a gradient is lost on
    the wrong side alone."""
    shift = log(sum(np.exp(rest))) if rest else 0.0
    low, high = found(key, (0.0, *rest), t, lambda s: s.outside)
    assert (low.low, high.high) == (-1000, 1000)
    assert (low.high, high.low) == pytest.approx((shift - LOGIT, shift + LOGIT), abs=1e-8)
    assert found(key, (0.0, *rest), t, lambda s: s.lost) == ((low,) if t[0] else (high,))


@pytest.mark.parametrize("t", [0.0, 1.0])
def test_two_steps_are_right_up_to_the_clip_and_0_beyond(t):
    """A hair before the end the two ways agree; a hair beyond it the one says 0 and the other still the truth."""
    wrong = 1 if t == 0 else -1
    near = saturation(PAIRS["sigmoid"], (0.0,), (t,), 0, wrong * np.array([LOGIT - 1e-6, LOGIT + 1e-6, 60.0]))
    assert near.clipped.gradient[0] == pytest.approx(near.fused.gradient[0], rel=1e-12)
    assert (near.clipped.gradient[1:] == 0).all() and near.fused.gradient[1:] == pytest.approx([wrong, wrong], abs=2e-7)
    assert near.lost.tolist() == [False, True, True]
    assert near.clipped.loss[1:] == pytest.approx(-log(PROBABILITY), rel=1e-8) and near.fused.loss[2] == pytest.approx(60.0)


@pytest.mark.parametrize("t", [0.0, 1.0])
def test_without_the_clip_double_precision_breaks(t):
    """1 + e⁻ᶻ is 1 once e⁻ᶻ is below half the distance to the next number, 2⁻⁵³; e^z is 0 below half the smallest, 2⁻¹⁰⁷⁵. Then the
    error is infinite or no number, the slope is 0, and their product is no number."""
    low, high = found("sigmoid", (0.0,), (t,), lambda s: np.isnan(s.bare.gradient))
    assert (low.high, high.low) == pytest.approx((-1075 * log(2), 53 * log(2)), abs=1e-9)
    ends = saturation(PAIRS["sigmoid"], (0.0,), (t,), 0, np.array([low.high, high.low]))
    assert not np.isfinite(ends.bare.error).any() and (ends.slope == 0).all()
    assert ends.complement[1] == 0 and ends.p[0] == 0
    assert np.isfinite(np.concatenate([ends.fused.gradient, ends.fused.loss, ends.clipped.gradient, ends.clipped.loss])).all()


def test_without_the_clip_softmax_breaks_on_both_sides():
    """Its own p becomes 0, or that of another class, whose error is then 0 / 0."""
    low, high = found("softmax", (0.0, 1.0, 0.0), (1.0, 0.0, 0.0), lambda s: np.isnan(s.bare.gradient))
    own, other = (softmax(np.array([z, 1.0, 0.0])) for z in (low.high, high.low))
    assert own[0] == 0 and other[0] == 1 and other[2] == 0 < other[1]
    loss, error = PAIRS["softmax"].bare(np.array([[1.0, 0.5, 0.25]]), np.array([[1.0, 0.0, 0.0]]))
    assert loss[0] == 0 and error[0].tolist() == [-1, 0, 0]


def test_fused_is_right_everywhere():
    """From −1000 to 1000 its gradient is p − t to the last bits, and its loss is −ln of the probability of the answer."""
    at = np.array([-1000.0, -745.0, -60.0, -16.2, -1.0, 0.0, 3.0, 30.0, 700.0, 1000.0])
    seen = saturation(PAIRS["sigmoid"], (0.0,), (1.0,), 0, at)
    assert seen.fused.gradient == pytest.approx([exact((z,), (1.0,), 0) for z in at], abs=1e-15)
    assert seen.fused.loss == pytest.approx([float(sp.log(1 + sp.exp(sp.Float(-z, 400)))) for z in at], rel=1e-12, abs=1e-12)


def test_stretches_have_exact_ends():
    """The last number on the true side, wherever it begins or ends; none where nothing holds."""
    grid = np.linspace(-1, 1, 5)
    assert stretches(lambda x: x >= 0.3, grid) == (Stretch(0.3, 1.0),)
    assert stretches(lambda x: np.abs(x) <= 0.25, grid) == (Stretch(-0.25, 0.25),)
    assert stretches(lambda x: x < 0, grid) == (Stretch(-1.0, -5e-324),)
    assert stretches(lambda x: x > 5, grid) == () and stretches(lambda x: x < 5, grid) == (Stretch(-1.0, 1.0),)
