"""A run that dies, swings, stands still, blows up or arrives is named, with the update since when. Each name is shown here on
a run built for it, and a healthy run gets none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.curves import switched
from engine.data import GATES, data
from engine.diagnosis import diagnose, on
from engine.history import descend
from engine.network import Network, network
from tests.strategies import BY_HAND, XOR, XOR_WITH_BIAS, cases, examples, neuron


def after(of, theta, eta, k, updates=None):
    """The diagnosis after k of so many updates."""
    history = descend(of, theta, ((0, eta),), k if updates is None else updates)
    k = min(k, history.updates)
    return diagnose(of, history, of.trace(history.theta[k]), k)


def summary(found):
    return (found.kind, found.since, found.samples)


EVERYONE = (1, 2, 3, 4)


@pytest.mark.parametrize(
    "of, theta, eta, k",
    [(XOR, [1.25, 0.25], 0.5, 0), (XOR, [1.25, 0.25], 0.5, 3), (BY_HAND, [0.5, 0.5], 0.05, 2), (XOR, [1, 1], 0.5, 0)],
)
def test_a_healthy_run_has_no_diagnosis(of, theta, eta, k):
    """On its way down, with every wrong sample heard, a run is simply on its way."""
    assert after(of, theta, eta, k) is None


@pytest.mark.parametrize("k", [1, 2, 40])
def test_dead_since_the_update_that_killed_it(k):
    """B at η = 2 is dead after its first update, for all samples, at loss 1/2, and whenever asked it died then."""
    found = after(XOR, [1.25, 0.25], 2, k, updates=60)
    assert summary(found) == ("dead", 1, EVERYONE) and found.loss == 0.5


def test_dead_from_the_start():
    """A start with w1, w2 ≤ 0 was never alive."""
    assert summary(after(XOR, [-0.5, -1.0], 0.5, 5)) == ("dead", 0, EVERYONE)


def test_dead_after_three_updates():
    """A at η = 0.25 swings ever wider and dies at its third update; before, it is not dead."""
    assert summary(after(BY_HAND, [0.5, 0.5], 0.25, 10)) == ("dead", 3, (1,))
    assert after(BY_HAND, [0.5, 0.5], 0.25, 2) is None


def test_arrived_since_the_update_that_arrived():
    """A at η = 0.1 is there in one step and stays: a gradient of 0 that is neither dead nor stuck."""
    found = after(BY_HAND, [0.5, 0.5], 0.1, 7)
    assert summary(found) == ("arrived", 1, (1,)) and found.loss < 1e-30


def test_swings_for_ever():
    """A at η = 0.2 jumps between the same two places from the start on."""
    for k in (2, 3, 4, 5, 30):
        found = after(BY_HAND, [0.5, 0.5], 0.2, k)
        assert summary(found) == ("swings", 0, ()) and found.loss == pytest.approx(0.25)


@pytest.mark.parametrize("eta, loss", [(0.5, 1 / 3), (1, 1 / 4)])
def test_still_where_no_small_change_helps(eta, loss):
    """In the middle basin and in a valley the gradient fades although the loss stays: still, not arrived and not dead."""
    found = after(XOR, [1.25, 0.25], eta, 400)
    assert found.kind == "still" and found.loss == pytest.approx(loss, abs=1e-9) and 0 < found.since < 400


def test_diverged_at_the_update_that_was_not_finite():
    """A run that blows up is named at its last finite place, with the number of the update that failed."""
    of = neuron(data([[1, 1]], [[0]]), "identity")
    history = descend(of, [0.5, 0.5], ((0, 1.0),), 1000)
    found = after(of, [0.5, 0.5], 1.0, 1000)
    assert (found.kind, found.since) == ("diverged", history.stopped) and found.loss == history.loss[-1]
    assert after(of, [0.5, 0.5], 1.0, 5, updates=1000) is None


def test_the_silent_sample():
    """C: the second sample is wrong by 1 and hands back nothing; the first is off too, but right, so it is not named."""
    assert summary(after(XOR, [0.5, -0.25], 0.5, 0)) == ("silent", 0, (2,))


def test_saturated():
    """A sigmoid far out on both sides passes almost nothing back, although its unit is not dead."""
    of = neuron(data([[1, 1], [-1, -1]], [[0], [1]]), "sigmoid")
    assert summary(after(of, [6.0, 6.0], 0.5, 0)) == ("saturated", 0, (1, 2))
    assert after(of, [0.5, 0.5], 0.5, 0) is None


@pytest.mark.parametrize("w", [9.0, 40.0, 1000.0])
def test_saturated_to_the_last_digit(w):
    """Even where its slope rounds to 0, a sigmoid is saturated: not dead, not silent, not standing still."""
    of = neuron(data([[1, 1], [-1, -1]], [[0], [1]]), "sigmoid")
    assert summary(after(of, [w, w], 0.5, 0)) == ("saturated", 0, (1, 2))


@pytest.mark.parametrize("data_, w", [(data([[1, 2]], [[1]]), [-3.0, -3.0]), (GATES["and"], [20.0, 20.0, -30.0])])
def test_a_flat_sigmoid_before_cross_entropy_is_no_trouble(data_, w):
    """The loss has the reciprocal slope: far on the wrong side ∂L/∂z is −1 and one update helps."""
    of = neuron(data_, "sigmoid", loss="cross_entropy", bias=len(w) == 3)
    trace = of.trace(np.array(w))
    assert np.abs(trace.values["y"] - np.round(trace.values["y"])).max() < 1e-3
    assert after(of, w, 0.5, 0) is None


def test_a_clipped_sigmoid_is_saturated():
    """Beyond the clip the loss feels nothing of a wrong answer, and then it is trouble."""
    of = neuron(data([[1, 1], [-1, -1]], [[0], [1]]), "sigmoid", loss="cross_entropy")
    assert summary(after(of, [20.0, 20.0], 0.5, 0)) == ("saturated", 0, (1, 2))


def test_a_saturated_hidden_layer():
    """A hidden layer whose units are all far out is saturated, whatever comes after it."""
    of = network(Network((1, 2, 1), ("tanh", "identity"), bias=False), data([[1], [2]], [[1], [2]]))
    assert summary(after(of, [8.0, -9.0, 0.5, 0.5], 0.1, 0)) == ("saturated", 0, (1, 2))


@examples(60)
@given(st.tuples(*[st.floats(-3, 3)] * 3), st.sampled_from([0.1, 0.5, 2.0]))
def test_leaky_relu_is_never_dead(theta, eta):
    """Leaky ReLU hands back 0.01 of the gradient on its left side, so no sample is silent and no run is called dead."""
    of = neuron(GATES["xor"], "leaky_relu", bias=True)
    for k in (0, 1, 20):
        found = after(of, theta, eta, k)
        assert found is None or found.kind not in ("dead", "silent", "saturated")


@examples(100)
@given(st.tuples(*[st.floats(-3, 3)] * 3))
def test_dead_is_exactly_a_gradient_of_zero_with_every_sample_off(theta):
    """Whatever the start: dead is said where nothing moves because no unit is on, and nowhere else."""
    found = after(XOR_WITH_BIAS, theta, 0.5, 0)
    off = (XOR_WITH_BIAS.values(np.array(theta))["z"] <= 0).all()
    assert (found is not None and found.kind == "dead") == bool(off)


def test_a_dead_layer_silences_a_deep_network():
    """One hidden layer with every unit off hands nothing back: dead, though the last layer is alive."""
    of = network(Network((2, 2, 1), ("relu", "identity"), bias=False), data([[1, 1], [2, 1]], [[1], [2]]))
    found = after(of, [-1.0, -1.0, -1.0, -1.0, 0.5, 0.5], 0.1, 4)
    assert summary(found) == ("dead", 0, (1, 2))


def test_a_layer_with_one_unit_on_is_heard():
    """One unit off beside one that is on hands enough back: no diagnosis."""
    of = network(Network((2, 2, 1), ("relu", "identity"), bias=False), data([[1, 1], [2, 1]], [[1], [2]]))
    assert after(of, [-1.0, -1.0, 1.0, 1.0, 0.5, 0.5], 0.1, 0) is None


def test_a_network_that_still_moves_is_not_dead():
    """With every hidden unit off, an output bias still learns: all samples are silent, and the network lives."""
    of = network(Network((2, 2, 1), ("relu", "identity")), data([[1, 1], [2, 1]], [[1], [2]]))
    found = after(of, of.flat({"W1": -np.ones((2, 2)), "b1": np.zeros(2), "W2": np.ones((1, 2)), "b2": np.zeros(1)}), 0.1, 0)
    assert summary(found) == ("silent", 0, (1, 2))


@examples(40)
@given(cases(layers=3, width=3, samples=5), st.integers(0, 2**32 - 1))
def test_a_sample_is_on_while_every_layer_with_a_switch_hands_something_back(case, seed):
    """Many places at once, or one: in each layer that is on or off some z of the sample lies where the curve is not flat to its
    left, which for ReLU is above 0; any other network hands everything on."""

    def on_at(op, z):
        return (z > 0) if op.key == "relu" else op.f(z) != op.f(z - 1e-6)

    of = case.of
    thetas = np.random.default_rng(seed).uniform(-2, 2, (2, 3, of.size))
    found = on(of, thetas)
    assert found.shape == (2, 3, len(case.data.x))
    for place in np.ndindex(2, 3):
        values = of.values(thetas[place])
        layers = [on_at(step.op, values[step.args[0]]) for step in of.program if switched(step.op)]
        assert found[place].tolist() == [all(layer[n].any() for layer in layers) for n in range(len(case.data.x))]
        assert np.array_equal(on(of, thetas[place]), found[place])
