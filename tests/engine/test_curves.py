"""What is said of a curve is found from the entry itself; here it is held against what the textbooks say of each: corners, flat
ends, the range, the largest slope. An entry to come is described like these, so nothing is expected of it by name."""

import math

import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.alone import LAYERS, alone, argument, passed_back, slope, tangent, value
from engine.curves import FLAT, domain, flats, kinks, slopes, steepest, values
from engine.explain import evaluate
from engine.losses import LOSSES

INF = math.inf
EVERY = {**ACTIVATIONS, **LOSSES}
CORNERS = {"relu": (0.0,), "leaky_relu": (0.0,), "hard_sigmoid": (-3.0, 3.0), "elu": ()}
RANGES = {
    "identity": (-INF, INF), "relu": (0, INF), "leaky_relu": (-INF, INF), "sigmoid": (0, 1), "tanh": (-1, 1), "elu": (-1, INF),
    "softplus": (0, INF), "silu": (-0.27846, INF), "gelu": (-0.16997, INF), "gelu_tanh": (-0.17004, INF), "softsign": (-1, 1),
    "hard_sigmoid": (0, 1), "squared_error": (0, INF), "absolute_error": (0, INF), "huber": (0, INF), "hinge": (0, INF),
}  # fmt: skip
STEEPEST = {  # the size of the largest slope, and where it is
    "sigmoid": (0, 0.25), "tanh": (0, 1), "softsign": (0, 1), "hard_sigmoid": (None, 1 / 6), "relu": (None, 1),
    "gelu": (1.4142, 1.1289), "silu": (2.3994, 1.0998),
}  # fmt: skip


@pytest.mark.parametrize("key, wanted", CORNERS.items())
def test_corners(key, wanted):
    assert kinks(ACTIVATIONS[key]) == pytest.approx(wanted, abs=1e-9)


def test_a_losss_corner_goes_along_with_its_target():
    """|y − t| has it at t, the hinge where the margin is 1, the squared error nowhere."""
    assert kinks(LOSSES["absolute_error"], 0.3) == (0.3,) and kinks(LOSSES["squared_error"], 0.3) == ()
    assert kinks(LOSSES["hinge"], 1.0) == (1.0,) and kinks(LOSSES["hinge"], 0.0) == (-1.0,)


@pytest.mark.parametrize("key, wanted", RANGES.items())
def test_ranges(key, wanted):
    assert values(EVERY[key]) == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize("key, wanted", STEEPEST.items())
def test_the_largest_slope(key, wanted):
    """Its place and size by closed forms; GELU's is at √2, where its second derivative is 0."""
    at, size = steepest(ACTIVATIONS[key])
    assert size == pytest.approx(wanted[1], abs=1e-4)
    assert wanted[0] is None or at == pytest.approx(wanted[0], abs=0.01)


@pytest.mark.parametrize("key", EVERY)
def test_flat_is_flat(key):
    """Beyond each end that is called flat the slope stays below its bound, just inside it does not; elsewhere it never stays so."""
    op = EVERY[key]
    most = FLAT * abs(steepest(op)[1])
    for one in flats(op):
        outside = one.at + one.end * np.linspace(1e-6, 40, 2001)
        assert (np.abs(slopes(op, outside)[1]) < most).all()
        assert np.abs(slopes(op, np.array([one.at - one.end * 1e-6]))[1])[0] >= most * (1 - 1e-3)
    ends = {one.end for one in flats(op)}
    for end in {-1, 1} - ends if not np.isfinite(domain(op)).any() else ():
        assert abs(slopes(op, np.array([end * 15.0]))[1][0]) >= most * (1 - 1e-9)


@pytest.mark.parametrize("goal", [0.0, 1.0])
@pytest.mark.parametrize("key", EVERY)
def test_alone_is_the_entry(key, goal):
    """Value, slope and tangent by itself are what the op says, its equations evaluate to them, and central differences agree."""
    op = EVERY[key]
    for z in (-2.3, -0.4, 0.2, 0.7, 3.4):
        z = float(np.clip(z, *domain(op)))
        shown = alone(op, z, goal)
        y, s, line = value(shown), slope(shown), tangent(shown)
        assert [y.value, s.value] == pytest.approx([float(x[0]) for x in slopes(op, np.array([z]), goal)], rel=1e-14)
        for e in (y, s, line):
            assert evaluate(e) == pytest.approx(e.value, rel=1e-12, abs=1e-14)
        beside = slopes(op, np.array([z - 1e-6, z + 1e-6]), goal)[0]
        if 0 < z < 1 or not np.isfinite(domain(op)).any():
            assert s.value == pytest.approx((beside[1] - beside[0]) / 2e-6, rel=1e-4, abs=1e-6)


def test_what_a_slope_leaves_of_a_gradient():
    """A sigmoid at its steepest takes 20 layers' gradient to 4⁻²⁰; ReLU's slope 1 keeps it, its slope 0 ends it."""
    assert passed_back(0.25)[-1] == pytest.approx(4.0**-20) and passed_back(0.25).shape == (LAYERS,)
    assert (passed_back(1.0) == 1).all() and (passed_back(0.0) == 0).all()
    assert passed_back(np.array([0.5, -1.0])).shape == (2, LAYERS) and passed_back(-1.0)[:2].tolist() == [-1.0, 1.0]


def test_arguments_have_their_fields_names():
    """A sum or a score is z, a probability p, a prediction y."""
    for key, name in {"relu": "z", "cross_entropy": "p", "cross_entropy_logits": "z", "huber": "y"}.items():
        assert argument(EVERY[key]) == name
