"""A plane is honest when its coordinates lead back to where they came from, and when the distance off it is the distance to the
nearest of its points: found here by looking for a nearer one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.plane import of_directions, of_parameters
from engine.surface import surface
from tests.strategies import cases, examples

seeds = st.integers(0, 2**32 - 1)


def planes(size: int, seed: int):
    """One plane of either kind through a random theta, and that theta."""
    rng = np.random.default_rng(seed)
    theta, axes = rng.normal(size=size), tuple(rng.permutation(size)[:2])
    return theta, [of_parameters(theta, axes), of_directions(theta, *rng.normal(size=(2, size)))]


@examples(40)
@given(st.integers(2, 17), seeds)
def test_coordinates_lead_back(size, seed):
    """A point of the plane is seen at its own coordinates, at distance 0; both directions are of length 1 and at right angles."""
    theta, both = planes(size, seed)
    spots = np.random.default_rng(seed + 1).normal(size=(3, 4, 2))
    for plane in both:
        seen, off = plane.seen(plane.at(spots))
        assert seen == pytest.approx(spots, abs=1e-12) and off == pytest.approx(np.zeros((3, 4)), abs=1e-12)
        assert plane.seen(theta)[1] == pytest.approx(0, abs=1e-12), "the plane goes through where it was laid"
        assert [plane.across @ plane.across, plane.up @ plane.up, plane.across @ plane.up] == pytest.approx([1, 1, 0], abs=1e-12)


@examples(40)
@given(st.integers(2, 17), seeds)
def test_the_distance_is_that_to_the_nearest_point(size, seed):
    """No point of the plane is nearer to theta than where it is seen, and that one is as far as said."""
    _, both = planes(size, seed)
    rng = np.random.default_rng(seed + 2)
    theta = rng.normal(size=size)
    for plane in both:
        spot, off = plane.seen(theta)
        assert np.linalg.norm(theta - plane.at(spot)) == pytest.approx(off, abs=1e-12)
        others = plane.at(spot + rng.normal(size=(50, 2)))
        assert (np.linalg.norm(theta - others, axis=1) >= off - 1e-12).all()


def test_a_plane_of_parameters_has_their_own_values():
    """Its coordinates are the two parameters; the others stay as they are, and the distance is that of the others."""
    plane = of_parameters(np.array([1.0, 2.0, 3.0, 4.0]), (3, 1))
    assert plane.at([7.0, 8.0]).tolist() == [1.0, 8.0, 3.0, 7.0]
    spot, off = plane.seen(np.array([1.0, 5.0, 7.0, 6.0]))
    assert spot.tolist() == [6.0, 5.0] and off == 4.0


@pytest.mark.parametrize("first,second", [([0, 0, 0], [0, 0, 0]), ([1, 1, 0], [2, 2, 0]), ([0, 0, 2], [0, 0, 0])])
def test_there_is_always_a_plane(first, second):
    """No gradient, or an eigenvector along it: a parameter's own direction takes the missing one's place."""
    plane = of_directions(np.ones(3), np.array(first), np.array(second))
    found = np.array([plane.across, plane.up])
    assert found @ found.T == pytest.approx(np.eye(2), abs=1e-12)


@examples(20)
@given(cases(layers=2, samples=3).filter(lambda case: case.of.size >= 2), seeds)
def test_heights_on_any_plane_are_the_loss(case, seed):
    """In a plane of two directions, too, a height is L at that very theta."""
    first, second = np.random.default_rng(seed).normal(size=(2, case.of.size))
    plane = of_directions(case.theta, first, second)
    picture = surface(case.of, plane, (-1.0, 0.5), (0.0, 2.0), 5)
    for u, a in np.ndindex(5, 5):
        theta = plane.origin + picture.across[a] * plane.across + picture.up[u] * plane.up
        assert picture.loss[u, a] == pytest.approx(float(case.of.loss(theta)), rel=1e-12)
