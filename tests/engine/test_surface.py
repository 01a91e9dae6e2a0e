"""The picture is the loss itself: every height is L at that place. Its frame holds all points and only grows, and the places
that get a label are the ones that the mathematics names."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data import data
from engine.objective import chunk
from engine.plane import of_parameters
from engine.surface import landmarks, span, square, surface
from tests.strategies import BY_HAND, XOR, XOR_WITH_BIAS, cases, examples, neuron

FLAT = of_parameters(np.zeros(2), (0, 1))  # all there is of a neuron without bias


@examples(20)
@given(cases(layers=2, samples=3).filter(lambda case: case.of.size >= 2), st.integers(2, 9), st.data())
def test_heights_are_the_loss(case, points, draw):
    """loss[u, a] is L with one parameter at across[a], one at up[u], and all others as they are."""
    axes = draw.draw(st.permutations(range(case.of.size)))[:2]
    picture = surface(case.of, of_parameters(case.theta, tuple(axes)), (-1.5, 2.0), (-1.5, 2.0), points)
    for u, a in np.ndindex(points, points):
        theta = case.theta.copy()
        theta[axes[0]], theta[axes[1]] = picture.across[a], picture.up[u]
        assert picture.loss[u, a] == pytest.approx(float(case.of.loss(theta)), rel=1e-12)


def test_a_picture_of_many_chunks_is_in_order():
    """A picture is asked for in chunks; no row is lost or shuffled where they meet."""
    picture = surface(XOR, FLAT, square(0), square(0))
    assert picture.loss.shape == (101, 101) and 2 * chunk(XOR) < 101 * 101
    w1, w2 = np.meshgrid(picture.across, picture.up)
    assert np.array_equal(picture.loss, XOR.loss(np.stack([w1, w2], axis=-1)))
    assert (picture.across[0], picture.across[-1]) == (-2.0, 2.5)


def test_with_a_bias_the_picture_is_the_plane_at_that_b():
    """The third parameter stays where theta has it: another b is another picture."""
    low, high = (
        surface(XOR_WITH_BIAS, of_parameters(np.array([9.0, 9.0, b]), (0, 1)), square(0), square(0), 21) for b in (0.0, 0.5)
    )
    assert np.array_equal(low.loss, surface(XOR, FLAT, square(0), square(0), 21).loss)
    assert not np.array_equal(low.loss, high.loss)


def test_far_out_is_silent():
    """A square so large that L overflows gives infinity there, and no warning."""
    picture = surface(BY_HAND, FLAT, (-1e200, 1e200), (-1e200, 1e200), 5)
    assert picture.loss[-1, -1] == np.inf and picture.loss[0, 0] == 1


def test_the_first_square():
    """The square starts as [−2, 2.5]², where the lesson takes place, and each next one is twice as wide about the middle."""
    assert square(0) == (-2.0, 2.5) and square(1) == (-4.25, 4.75)
    assert span(np.array([[1.25, 0.25], [-2.0, 2.5]])) == 0
    assert span(np.array([[2.500001, 0.0]])) == span(np.array([[-4.25, 4.75]])) == 1
    assert span(np.empty((0, 2))) == 0


points = st.lists(st.tuples(*[st.floats(-1e6, 1e6)] * 2), min_size=1, max_size=6).map(np.array)


@examples(200)
@given(points, points)
def test_the_square_holds_its_points_and_only_grows(some, more):
    """Every point lies inside, no smaller square would do, and further points never make it shrink."""
    j = span(some)
    low, high = square(j)
    assert low <= some.min() * (1 + 1e-9) + 1e-9 and some.max() <= high * (1 + 1e-9)
    if j:
        low, high = square(j - 1)
        assert some.min() < low or some.max() > high
    assert span(np.concatenate([some, more])) >= j


def test_landmarks_on_xor():
    """On XOR the labels stand at the two valleys (1/4), the basin in the middle (1/3) and the plateau (1/2)."""
    picture = surface(XOR, FLAT, square(0), square(0))
    found = landmarks(XOR, picture)
    assert sorted(m.kind for m in found) == ["basin", "plateau", "valley", "valley"]
    assert [m.loss for m in found if m.kind == "plateau"] == [0.5]
    plateau = next(m for m in found if m.kind == "plateau")
    assert plateau.across < 0 and plateau.up < 0
    low, middle, right = sorted((m for m in found if m.kind != "plateau"), key=lambda m: m.across)
    assert [low.kind, middle.kind, right.kind] == ["valley", "basin", "valley"]
    assert [low.loss, middle.loss, right.loss] == pytest.approx([1 / 4, 1 / 3, 1 / 4], abs=1e-8)
    assert (middle.across, middle.up) == pytest.approx((1 / 3, 1 / 3), abs=1e-4)
    assert (low.up, right.across) == pytest.approx((1, 1), abs=1e-4)
    assert low.across <= -1 + 1e-4 and right.up <= -1 + 1e-4


@pytest.mark.parametrize("j", [0, 1, 2])
def test_landmarks_stand_where_they_say(j):
    """A label's height is L at its place, whatever the square, and no two labels sit on each other."""
    picture = surface(XOR, FLAT, square(j), square(j))
    found = landmarks(XOR, picture)
    assert 2 <= len(found) <= 4
    for m in found:
        assert m.loss == pytest.approx(float(XOR.loss(np.array([m.across, m.up]))), abs=1e-8)
    places = np.array([(m.across, m.up) for m in found])
    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))[np.triu_indices(len(found), 1)]
    assert apart.min() > np.ptp(picture.up) / 5


def test_the_by_hand_surface_has_a_valley_and_a_plateau():
    """One sample x = (1, 2): L is 0 on the line w1 + 2 w2 = 1 and 1 where the neuron is off."""
    picture = surface(BY_HAND, FLAT, square(0), square(0))
    found = landmarks(BY_HAND, picture)
    assert [m.loss for m in found if m.kind == "plateau"] == [1.0]
    valleys = [m for m in found if m.kind == "valley"]
    assert valleys and all(m.across + 2 * m.up == pytest.approx(1, abs=1e-3) for m in valleys)
    assert all(m.loss == pytest.approx(0, abs=1e-8) for m in valleys)


def test_the_rim_is_no_valley():
    """Where the loss falls out of the picture there is no lowest point to name."""
    slope = neuron(data([[1, 0.5]], [[50]]), "identity")
    assert landmarks(slope, surface(slope, FLAT, square(0), square(0))) == []
