"""The five starts of one network: what is counted is all there is, what is measured is what its law foretells, and each start shows
the fate it is known for: equal units, a signal that fades, saturated units, a signal that keeps its size."""

from itertools import pairwise
from math import atanh, log, sqrt

import numpy as np
import pytest

from engine.compared import (
    LAYERS,
    RATE,
    SHAPES,
    STARTS,
    UNITS,
    UPDATES,
    Scale,
    backward_factor,
    compared,
    equal_units,
    factor,
    flat_share,
    forward_factor,
    histogram,
    kind,
    objective_of,
    scales,
    spreads,
)
from engine.initialisers import INITIALISERS
from engine.network import start

SEEDS = range(6)
NUMBERS = 150 * UNITS


def run(key: str, shape: str = "tanh", seed: int = 0):
    return dict(zip(STARTS, compared(shape, seed), strict=True))[key]


# What is compared


@pytest.mark.parametrize("shape", SHAPES)
def test_only_the_start_differs(shape):
    """Every run is plain gradient descent from its start, computed here by hand; the same seed gives the same runs."""
    of = objective_of(shape)
    for found in compared(shape, 0):
        theta = start(of, found.key, 0)
        first = of.loss(theta)
        for _ in range(UPDATES):
            theta = theta - RATE * of.loss_and_gradient(theta)[1]
        assert (found.before.loss, found.after.loss, found.updates) == (first, of.loss(theta), UPDATES)
    assert compared(shape, 0) is compared(shape, 0)


def test_the_large_start_is_drawn_wide():
    """Normal with standard deviation 2 whatever the shape, to four standard errors."""
    w = INITIALISERS["large_normal"]((200, 300), np.random.default_rng(0))
    assert w.mean() == pytest.approx(0, abs=4 * 2 / sqrt(w.size))
    assert w.std() == pytest.approx(2, abs=4 * 2 / sqrt(2 * w.size))


# Histograms


@pytest.mark.parametrize("shape", SHAPES)
def test_histograms_count_every_number(shape):
    """Every number of every layer is in exactly one bar, before and after, also where a run has left the scale."""
    runs = compared(shape, 0)
    values, gradients = scales(shape, runs)
    for found in runs:
        for seen in (found.before, found.after):
            assert len(seen.values) == len(seen.gradients) == LAYERS
            for layer in seen.values:
                assert histogram(layer, values).sum() == layer.size == NUMBERS
            for layer in seen.gradients:
                assert histogram(layer, gradients).sum() == NUMBERS
                assert histogram(layer, gradients)[0] == NUMBERS - np.count_nonzero(layer)


def test_bars_stand_where_the_numbers_are():
    """Between −1 and 1 by the number itself, on a scale of sizes by its power of ten; beyond an end at that end."""
    places = Scale(-1.0, 1.0, log=False, bins=4)
    assert histogram(np.array([[-1.0, -0.6, -0.1], [0.0, 0.4, 1.0]]), places).tolist() == [0, 2, 1, 2, 1]
    sizes = Scale(-3.0, 0.0, log=True, bins=3)
    assert histogram(np.array([0.0, -0.5, 0.05, 0.002, 1e-9, -7.0, 0.0]), sizes).tolist() == [2, 2, 1, 2]


def test_scales_hold_the_starts():
    """tanh lies between its bounds; sizes end at the next power of ten above the largest number, and go down 14 decades at most."""
    runs = compared("tanh", 0)
    values, gradients = scales("tanh", runs)
    largest = max(np.abs(g).max() for found in runs for g in found.before.gradients)
    assert (values.low, values.high, values.log) == (-1, 1, False)
    assert largest <= 10**gradients.high < 10 * largest and gradients.high - gradients.low == 14


# The fates


@pytest.mark.parametrize("shape", SHAPES)
def test_zeros_stay_equal(shape):
    """Every a is 0, and no gradient passes back through a weight of 0: only the last bias can move. With as many samples of either
    class it has nothing to learn either, so the loss stays at ln 2."""
    found, of = run("zeros", shape), objective_of(shape)
    for seen in (found.before, found.after):
        assert equal_units(seen) and not np.any(seen.values) and not np.any(seen.gradients)
        assert seen.loss == pytest.approx(log(2), rel=1e-12) and kind(seen) == "equal"
    gradient = of.views(of.loss_and_gradient(start(of, "zeros", 0))[1])
    assert all(not np.any(gradient[name]) for name, _ in of.layout if name != f"b{LAYERS + 1}")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_too_small_fades(shape, seed):
    """The spread shrinks from layer to layer, that of the gradient on its way back; after training the loss is where it was."""
    found = run("small_normal", shape, seed)
    forward, backward = spreads(found.before.values), spreads(found.before.gradients)[::-1]
    for spread in (forward, backward):
        assert all(after < 0.1 * before for before, after in pairwise(spread))
    assert kind(found.before) == "fades" and not equal_units(found.before)
    assert found.after.loss == pytest.approx(log(2), abs=1e-4)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("key", ["glorot_uniform", "he_normal"])
def test_glorot_and_he_keep_the_size(key, seed):
    """Of a tanh network: from layer to layer less than a factor of 2, forwards and backwards; and it learns."""
    found = run(key, "tanh", seed)
    assert 0.5 < forward_factor(found.before) < 2 and 0.5 < backward_factor(found.before) < 2
    assert kind(found.before) == "keeps" and flat_share(found.before) < 0.25
    assert found.after.loss < 0.5 * found.before.loss


@pytest.mark.parametrize("seed", SEEDS)
def test_too_large_saturates_tanh_and_blows_up_relu(seed):
    """A tanh unit is flat where |z| is large: at least a quarter of them, many more than with He; a ReLU has no such bound."""
    wide, he = run("large_normal", "tanh", seed).before, run("he_normal", "tanh", seed).before
    assert kind(wide) == "flat" and flat_share(wide) > 0.25 > flat_share(he)
    loose = run("large_normal", "relu", seed).before
    assert kind(loose) == "grows" and forward_factor(loose) > 2
    assert loose.loss > 2 * run("he_normal", "relu", seed).before.loss


def test_flat_is_where_the_slope_is_below_a_tenth():
    """1 − tanh² z < 0.1 means |z| > artanh √0.9, so |tanh z| > √0.9; a ReLU is flat where it is off."""
    seen = run("large_normal").before
    assert tanh_edge() == pytest.approx(0.9486832980505138)
    assert flat_share(seen) == np.mean([np.abs(a) > tanh_edge() for a in seen.values])
    off = run("he_normal", "relu").before
    assert flat_share(off) == np.mean([a == 0 for a in off.values])


def tanh_edge() -> float:
    return float(np.tanh(atanh(sqrt(0.9))))


def test_factor_is_the_step_of_a_geometric_row():
    """0.8, 0.4, 0.2, 0.1 is halved each time; a row that never begins has no factor."""
    assert factor((0.8, 0.4, 0.2, 0.1)) == pytest.approx(0.5) and factor((1.0, 5.0, 27.0)) == pytest.approx(sqrt(27))
    assert factor((0.0, 0.0, 0.0)) == 0
