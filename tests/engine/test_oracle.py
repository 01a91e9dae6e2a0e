"""Every number of the oracle against another route: by hand for the presets, in exact fractions for one ReLU neuron (along a
line its loss is a parabola from kink to kink), and by walking along the line for random networks."""

from fractions import Fraction
from itertools import pairwise
from math import inf, isfinite

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.data import data
from engine.diagnosis import on
from engine.experiment import PRESETS, objective_of, start_of
from engine.oracle import along, oracle
from tests.engine.oracle import network_loss
from tests.engine.test_hessian import by_autograd
from tests.strategies import XOR, cases, examples, neuron

XOR_ROWS = (((0, 0), 0), ((0, 1), 1), ((1, 0), 1), ((1, 1), 0))


def exact_step(rows, w, most=10):
    """(best, L there, rises, {sample: off}, last off) of one ReLU neuron with mean squared error, in exact fractions.

    z of a sample is a − η s, so L is a parabola between the rates at which some z is 0; none of the engine is asked.
    """
    w, size = [Fraction(v) for v in w], len(rows)
    rows = [([Fraction(v) for v in x], Fraction(t)) for x, t in rows]
    a = [sum(p * q for p, q in zip(w, x, strict=True)) for x, _ in rows]
    g = [sum(2 * (z - t) * x[i] for z, (x, t) in zip(a, rows, strict=True) if z > 0) / size for i in range(len(w))]
    s = [sum(p * q for p, q in zip(g, x, strict=True)) for x, _ in rows]
    if not any(g):
        return None, None, None, {}, None

    def height(eta):
        return sum((max(z - eta * v, 0) - t) ** 2 for z, v, (_, t) in zip(a, s, rows, strict=True)) / size

    crossings = [z / v for z, v in zip(a, s, strict=True) if v]
    kinks = sorted({Fraction(0), Fraction(most), *(eta for eta in crossings if 0 < eta < most)})
    low, cuts = [], []
    for left, right in pairwise(kinks):
        middle, half = (left + right) / 2, (right - left) / 2
        ends = height(left), height(middle), height(right)
        bend, slope = (ends[0] - 2 * ends[1] + ends[2]) / half**2, (ends[2] - ends[0]) / (2 * half)
        vertex = middle - slope / bend if bend > 0 else left
        low += [left, right, *([vertex] if left < vertex < right else [])]
        above = float(ends[1] - height(0)), float(slope), float(bend) / 2  # L − L(0) as a parabola about the middle
        roots = np.roots(above[::-1]) if above[2] or above[1] else np.array([])
        inside = [float(middle) + float(r.real) for r in roots if abs(r.imag) < 1e-12 and abs(r.real) < half]
        cuts += [float(left), *sorted(inside), float(right)]
    best = min(low, key=lambda eta: (height(eta), eta))
    rises = next((p for p, q in pairwise(cuts) if q - p > 1e-9 and height(Fraction((p + q) / 2)) > height(0)), None)
    offs = {n: z / v for n, (z, v) in enumerate(zip(a, s, strict=True), start=1) if z > 0 and v > 0 and z / v <= most}
    stays = (Fraction(0), Fraction(1, 10**11))  # off for a stretch, not at one point where one goes off as another comes on
    dead = [eta for eta in kinks if all(z - (eta + more) * v <= 0 for z, v in zip(a, s, strict=True) for more in stays)]
    better = height(best) < height(0)
    return best if better else None, height(best) if better else None, rises, offs, dead[0] if dead else None


def compare(found, expected, close=1e-9):
    best, lowest, rises, offs, last = expected
    assert (found.best is None) == (best is None)
    if best is not None:
        assert found.best == pytest.approx((float(best), float(lowest)), abs=close)
    assert found.rises == (None if rises is None else pytest.approx(float(rises), abs=close))
    assert {n: eta for eta, n in found.offs} == pytest.approx({n: float(eta) for n, eta in offs.items()}, abs=close)
    assert found.last_off == (None if last is None else pytest.approx(float(last), abs=close))
    assert list(found.offs) == sorted(found.offs) and found.first_off == (found.offs[0][0] if found.offs else None)


def at_preset(key):
    return oracle(objective_of(PRESETS[key]), start_of(PRESETS[key]))


def test_by_hand():
    """A: the error is multiplied by 1 − 10 η, and z = 1.5 − 5 η."""
    found = at_preset("A")
    assert (found.loss, found.slope, found.bend) == (0.25, -5, 50)
    assert found.best == pytest.approx((0.1, 0), abs=1e-12) and not found.falling
    assert found.rises == pytest.approx(0.2, abs=1e-12) == found.curvature.limit
    assert found.offs == ((pytest.approx(0.3, abs=1e-12), 1),) and found.last_off == found.first_off


def test_one_start_three_fates():
    """B: g = (0.875, 0.375), so z = (0.25 − 0.375 η, 1.25 − 0.875 η, 1.5 − 1.25 η). The best step lies after sample 2 is off;
    2/λmax is neither the rate that raises the loss (none does) nor the one that kills."""
    found = at_preset("B")
    assert (found.loss, found.slope) == (0.71875, -0.90625)
    assert found.bend == pytest.approx((0.375**2 + 0.875**2 + 1.25**2) / 2, abs=1e-10)
    best = (0.875 * 0.25 + 1.25 * 1.5) / (0.875**2 + 1.25**2)
    lowest = (1 + (0.25 - 0.875 * best) ** 2 + (1.5 - 1.25 * best) ** 2) / 4
    assert found.best == pytest.approx((best, lowest), abs=1e-12)
    assert found.offs == tuple((pytest.approx(eta, abs=1e-12), n) for eta, n in ((2 / 3, 2), (1.2, 4), (10 / 7, 3)))
    assert found.rises is None and found.last_off == pytest.approx(10 / 7, abs=1e-12)
    assert found.curvature.limit == pytest.approx(4 / 3, abs=1e-10) and found.best[0] < found.curvature.limit < found.last_off


def test_too_far():
    """D: from (1, 1) the gradient is (1, 1), so η = 1 lands on (0, 0), where all samples are off, though 2/λmax is 4/3."""
    found = at_preset("D")
    assert found.offs == tuple((pytest.approx(1, abs=1e-15), n) for n in (2, 3, 4))
    assert found.last_off == pytest.approx(1, abs=1e-15) and found.curvature.limit == pytest.approx(4 / 3, abs=1e-10)
    assert found.best == pytest.approx((2 / 3, 1 / 3), abs=1e-12) and found.rises is None  # dead is 1/2, better than 1


def test_the_picture():
    """From (0.7, 0.4) all three z fall together: 0.4 − 0.25 η, 0.7 − 0.4 η, 1.1 − 0.65 η, and L is one parabola up to 1.6."""
    found = oracle(XOR, np.array([0.7, 0.4]))
    best = (0.65 * 1.1 - 0.4 * 0.3 - 0.25 * 0.6) / (0.25**2 + 0.4**2 + 0.65**2)
    assert found.best[0] == pytest.approx(best, abs=1e-12) and best == pytest.approx(0.6899, abs=5e-5)
    assert found.rises == pytest.approx(2 * best, abs=1e-12)
    assert found.offs == tuple((pytest.approx(eta, abs=1e-12), n) for eta, n in ((1.6, 2), (1.1 / 0.65, 4), (1.75, 3)))
    assert found.last_off == pytest.approx(1.75, abs=1e-12)
    assert found.curvature.limit == pytest.approx(4 / 3, abs=1e-10)


@pytest.mark.parametrize("w", [(1.25, 0.25), (0.5, -0.25), (1, 1), (2, 1), (0.7, 0.4), (0.5, 0), (3, -2), (-1, 5), (0, 0)])
def test_exact_fractions_on_xor(w):
    compare(oracle(XOR, np.array(w, dtype=float)), exact_step(XOR_ROWS, w))


eighths = st.integers(-16, 16).map(lambda n: n / 8)


@examples(250)
@given(st.lists(st.tuples(st.tuples(eighths, eighths), eighths), min_size=1, max_size=5), st.tuples(eighths, eighths, eighths))
def test_exact_fractions_on_any_table(rows, theta):
    """Random tables and weights, many of them exactly on kinks; the bias is the weight of an input that is always 1."""
    of = neuron(data([x for x, _ in rows], [[t] for _, t in rows]), bias=True)
    compare(oracle(of, np.array(theta)), exact_step([((*x, 1), t) for x, t in rows], theta))


@pytest.mark.parametrize(
    "rows, theta",
    [
        ([((0, 0), 1 / 8), ((-3 / 8, 0), 1 / 8), ((-1, 0), 1 / 8)], (-7 / 8, 0, 1)),  # the lowest of two near hollows
        ([((-1, -1 / 8), 0), ((-1, -1 / 8), -3 / 8), ((-1.5, 1.875), 1 / 4)], (-1, 7 / 8, 1.25)),  # a hollow 0.0003 wide
        ([((7 / 8, 1 / 8), 1 / 8), ((-1.5, -5 / 8), 0)], (-3 / 4, -3 / 8, 1 / 2)),  # all off from 0.2747 to 0.2759 only
    ],
)
def test_narrow_places_are_found(rows, theta):
    of = neuron(data([x for x, _ in rows], [[t] for _, t in rows]), bias=True)
    compare(oracle(of, np.array(theta)), exact_step([((*x, 1), t) for x, t in rows], theta))


def test_rounding_is_no_rise():
    """Large terms nearly cancel, so L is rounded coarsely; L is one parabola, which comes back to L now at −2 slope / bend."""
    x = np.array([[0.74, 0.7400261922323768, 1], [0.54, 0.5405871530304512, 1], [0.37, 0.36907559874793133, 1]])
    t, theta = np.array([0.97, -0.71, 0.32]), np.array([960.9523353053214, -960.9523353053214, 0.1])
    d = 2 / 3 * x.T @ (x @ theta - t)
    rises = 2 * (d @ d) / (2 / 3 * (x @ d) @ (x @ d))
    assert oracle(neuron(data(x[:, :2], t[:, None]), "identity", bias=True), theta).rises == pytest.approx(rises, rel=1e-9)


@examples(60)
@given(st.integers(2, 9), eighths, eighths)
def test_near_the_end_of_a_run(decimals, one, two):
    """Close to the middle of the basin L changes by less than it is rounded; the thresholds stay those of the parabola."""
    offset = 10.0**-decimals * np.array([one, two])
    theta = 1 / 3 + offset
    d = np.array([[1, 0.5], [0.5, 1]]) @ (theta - 1 / 3)
    assume(np.abs(d).max() > 1e-9)
    found, bend = oracle(XOR, theta), d @ np.array([[1, 0.5], [0.5, 1]]) @ d
    assume(found.first_off is None)
    blur = 1e-6 + 4e-16 / np.abs(d).max()  # the gradient itself is rounded
    assert found.best[0] == pytest.approx(d @ d / bend, rel=blur)
    assert found.rises == pytest.approx(2 * (d @ d) / bend, rel=blur)


@pytest.mark.parametrize("theta, moves", [((-1, -1), None), ((0.7, 0.4), (0, 0)), ((1 / 3 + 1e-12, 1 / 3), None)])
def test_no_direction_no_thresholds(theta, moves):
    """Dead, all frozen, or so near the middle of the basin that the gradient is mostly rounding: nothing is read from the line."""
    found = oracle(XOR, np.array(theta, dtype=float), None if moves is None else np.array(moves))
    assert (found.slope, found.bend) == pytest.approx((0, 0), abs=1e-20)
    assert (found.best, found.falling, found.rises) == (None, False, None)
    assert found.offs == () and found.first_off is None and found.last_off is None


def test_even_the_smallest_step_raises_it():
    """Sample 2 stands on the kink and has no say; the step that sample 1 asks for switches it on, far from its target."""
    of, theta = neuron(data([[1, 0], [1, -1]], [[1], [-10]])), np.array([0.5, 0.5])
    found = oracle(of, theta)
    assert found.curvature.kink and found.rises == 0 and found.best is None
    assert (along(of, theta, np.array([-0.5, 0.0]), np.array([1e-6, 1e-3, 1.0, 10.0])) > found.loss).all()


def test_it_still_falls_at_the_largest_rate():
    """With most = 0.5 the best of preset D is 0.5 itself; with 2/3 and more it lies inside."""
    short, long = (oracle(XOR, np.ones(2), most=most) for most in (0.5, 5.0))
    assert short.best == (0.5, pytest.approx(0.375, abs=1e-15)) and short.falling and short.last_off is None
    assert long.best[0] == pytest.approx(2 / 3, abs=1e-12) and not long.falling


def test_the_first_of_a_flat_bottom():
    """Target 0: the loss is 0 from the rate that switches the sample off, and every larger one is as good."""
    found = oracle(neuron(data([[2.0]], [[0.0]])), np.array([1.0]))
    assert found.best == pytest.approx((1 / 8, 0), abs=1e-12) and found.first_off == pytest.approx(1 / 8, abs=1e-12)
    assert not found.falling and found.rises is None


def test_frozen_parameters_stay():
    """With w2 frozen, B moves along w1 only: z = (0.25, 1.25 − 0.875 η, 1.5 − 0.875 η), and λmax is H's first entry, 1."""
    found = oracle(XOR, np.array([1.25, 0.25]), moves=np.array([1.0, 0.0]))
    assert (found.slope, found.bend) == (-(0.875**2), pytest.approx(0.875**2, abs=1e-10))
    assert found.offs == tuple((pytest.approx(eta, abs=1e-12), n) for eta, n in ((10 / 7, 3), (12 / 7, 4)))
    assert found.last_off is None and found.curvature.limit == pytest.approx(2, abs=1e-10)
    assert found.best[0] == pytest.approx(1, abs=1e-12)


# a straight line into a logarithm, which the app refuses, has spikes of no width where a probability is clipped
smooth_enough = cases(layers=2, width=4, samples=4).filter(
    lambda case: (
        case.net.loss not in ("cross_entropy", "categorical_cross_entropy") or case.net.activations[-1] in ("sigmoid", "softmax")
    )
)


@examples(80)
@given(smooth_enough, st.data())
def test_random_networks(case, draw):
    """Of every network: nothing on a fine grid is below the best; the loss is not above L now before `rises`, and is just after
    it; a sample is on up to its rate and off at it."""
    of, theta = case.of, case.theta
    moves = np.array(draw.draw(st.lists(st.sampled_from([0.0, 1.0, 1.0]), min_size=of.size, max_size=of.size)))
    found, (loss, g) = oracle(of, theta, moves), of.loss_and_gradient(theta)
    d = moves * g
    assert found.loss == pytest.approx(float(network_loss(case, theta)), rel=1e-12)
    assert found.slope == pytest.approx(-sum(v * v for v in d), rel=1e-12, abs=1e-300)
    hessian = by_autograd(case, theta)
    assert abs(found.bend - d @ hessian @ d) <= 1e-6 * max(1.0, np.abs(hessian).max()) * (d @ d)
    if not d.any():
        return
    etas = np.sort(np.concatenate([np.linspace(0, 10, 3001), np.geomspace(1e-6, 10, 3001)]))
    line, hands_on = along(of, theta, d, etas), on(of, theta - etas[:, None] * d)
    same = 1e-13 * max(1.0, abs(loss))

    eta, lowest = found.best
    assert 0 < eta <= 10 and lowest < loss and lowest <= np.nanmin(line) + same
    assert lowest == pytest.approx(float(network_loss(case, theta - eta * d)), rel=1e-11, abs=1e-13)
    slopes = [-float(of.loss_and_gradient(theta - at * d)[1] @ d) for at in (eta * (1 - 1e-9), eta * (1 + 1e-9))]
    rounding = 1e-15 * (d @ d)  # of terms that cancel, as those of an absolute error do
    assert slopes[0] <= rounding and (found.falling or slopes[1] >= -rounding)
    assert found.falling == (eta == 10 and slopes[1] < 0)

    until = inf if found.rises is None else found.rises
    assert (line[etas < until] <= loss + same).all()
    if found.rises is not None:
        before, after = along(of, theta, d, until * np.array([1 - 1e-8, 1 + 1e-6]))
        assert before <= loss + same and after > loss - same

    number_off = {n: eta for eta, n in found.offs}
    for n in range(1, len(case.data.x) + 1):
        off_at = number_off.get(n, inf)
        if hands_on[0, n - 1]:
            assert hands_on[etas < off_at * (1 - 1e-12), n - 1].all()
            assert not isfinite(off_at) or not on(of, theta - off_at * d)[n - 1]
        else:
            assert n not in number_off
    if hands_on[0].any():
        last = inf if found.last_off is None else found.last_off
        assert hands_on[etas < last * (1 - 1e-12)].any(axis=1).all()
        assert not isfinite(last) or not on(of, theta - last * d).any()


def test_along_is_the_loss_and_overflows_silently():
    losses = along(XOR, np.array([1.0, 1.0]), np.array([-1.0, -1.0]), np.array([0.0, 1.0, 1e6, 1e200]))
    assert losses[:2].tolist() == [1.0, (1 + 1 + 16) / 4] and losses[2] > 1e11 and losses[3] == inf


def test_a_rate_that_overflows_raises_the_loss():
    """Rates up to 1e300 are looked at without a warning; past the overflow L counts as above L now."""
    of, theta = neuron(activation="identity"), np.array([0.7, 0.4])
    assert not isfinite(along(of, theta, of.loss_and_gradient(theta)[1], np.array([1e300]))[0])
    assert oracle(of, theta, most=1e300).rises is not None
    far = oracle(XOR, np.array([1e200, 1e200]))  # g = 1.5e200 (1, 1): from η = 2/3 on all samples are off, and L is 1/2
    assert far.loss == inf and far.best == (pytest.approx(2 / 3), 0.5)


def test_large_inputs_have_small_rates():
    """x = (1000, 1000): the error is multiplied by 1 − 4·10⁶ η, so all happens far below the smallest rate of the page."""
    of = neuron(data([[1000, 1000]], [[1]]))
    below, above = oracle(of, np.array([5e-4, 2.5e-4])), oracle(of, np.array([0.5, 0.25]))
    assert (below.best[0], below.rises) == pytest.approx((2.5e-7, 5e-7), rel=1e-9, abs=0) and below.last_off is None
    assert above.best[0] == pytest.approx(2.5e-7, rel=1e-9, abs=0) and above.rises is None
    assert above.last_off == pytest.approx(750 / (2 * 749 * 2e6), rel=1e-9, abs=0)
