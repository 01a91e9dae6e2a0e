"""Optimizers that run together run as they would alone, each stops on its own, and the best rate is the one that a plain search
over single runs finds. Nothing a lane remembered is lost."""

import numpy as np
import pytest

from engine.experiment import NETWORKS, objective_of, start_of
from engine.functions import BEALE, BOWL, RAVINE, ROSENBROCK, SADDLE
from engine.history import descend
from engine.lines import lines_of
from engine.lockstep import best_rates, further, lockstep
from engine.optimizers import ADAM, ADAMW, GRADIENT_DESCENT, MOMENTUM, NADAM, NESTEROV, OPTIMIZERS, VARIANTS, with_hyper
from engine.refused import Refused
from tests.strategies import XOR

SIX = (GRADIENT_DESCENT, MOMENTUM, NESTEROV, ADAM, ADAMW, NADAM)
NETWORK = NETWORKS["xor4"]
PLACES = {
    "rosenbrock": (ROSENBROCK.objective, np.array(ROSENBROCK.start)),
    "neuron": (XOR, np.array([1.25, 0.25])),
    "network": (objective_of(NETWORK), start_of(NETWORK)),
}


def best_rate(of, theta, optimizer, updates, *rates):
    return best_rates(of, theta, (optimizer,), updates, *rates)[0]


@pytest.mark.parametrize("of, theta", PLACES.values(), ids=PLACES)
def test_together_is_alone(of, theta):
    """Every lane is the run its optimizer makes alone, with its own rates and turns of them."""
    rates = [((0, 1e-4 * (1 + at)), (10, 2e-4)) for at in range(6)]
    for lane, optimizer, rate in zip(lockstep(of, theta, SIX, rates, 40), SIX, rates, strict=True):
        alone = descend(of, theta, rate, 40, optimizer)
        assert lane.history.theta == pytest.approx(alone.theta, rel=1e-12, abs=1e-14)
        assert lane.history.loss == pytest.approx(alone.loss, rel=1e-12, abs=1e-14)


def test_a_lane_keeps_what_was_remembered():
    """At every k the state makes, with the gradient there, the next step and the next state."""
    of, theta = PLACES["rosenbrock"]
    for lane in lockstep(of, theta, SIX, [((0, 1e-3),)] * 6, 20):
        assert [*lane.memory] == [*lane.optimizer.memory]
        for k in range(20):
            _, g = of.loss_and_gradient(lane.history.theta[k])
            step, state = lane.optimizer.update(lane.history.theta[k], g, lane.state(k), k + 1, lr=1e-3)
            assert np.array_equal(lane.history.theta[k] + step, lane.history.theta[k + 1])
            assert all(np.array_equal(a, b) for a, b in zip(state, lane.state(k + 1), strict=True))
        last = lines_of(of, of.trace(lane.history.theta[19]), lane.optimizer, 1e-3, lane.state(19), 20, 1)[-1]
        assert last.value == lane.history.theta[20, 1]


@pytest.mark.parametrize("cuts", [(10, 30), (1, 1, 38), (0, 40)])
def test_a_run_in_parts_is_the_run(cuts):
    """Gone on with, a lane is the lane that was run at once: theta, loss, memory, and where it stops."""
    of, theta = PLACES["rosenbrock"]
    rates = [((0, 1e-3), (15, 2e-3))] * 5 + [((0, 1e6),)]
    optimizers = (*SIX[:5], GRADIENT_DESCENT)
    whole, parts = lockstep(of, theta, optimizers, rates, 40), lockstep(of, theta, optimizers, rates, cuts[0])
    for updates in cuts[1:]:
        parts = further(of, parts, rates, updates)
    for one, other in zip(whole, parts, strict=True):
        assert np.array_equal(one.history.theta, other.history.theta) and one.history.stopped == other.history.stopped
        assert np.array_equal(one.history.loss, other.history.loss)
        assert all(np.array_equal(one.memory[name], other.memory[name]) for name in one.optimizer.memory)
    assert whole[-1].history.stopped is not None and whole[0].history.stopped is None
    stopped = [parts[-1]]
    assert further(of, stopped, rates[-1:], 10) == tuple(stopped)


def test_each_lane_stops_on_its_own():
    """One that is thrown away says at which update; the others go on as if it had not been there."""
    lanes = lockstep(
        RAVINE.objective, [-2.5, 0.8], (GRADIENT_DESCENT, MOMENTUM, ADAM), [((0, 10.0),), ((0, 0.01),), ((0, 0.1),)], 500
    )
    assert lanes[0].history.stopped == lanes[0].history.updates + 1 < 500
    assert [lane.history.stopped for lane in lanes[1:]] == [None, None]
    assert all(np.isfinite(lane.history.theta).all() for lane in lanes)
    assert np.array_equal(lanes[1].history.theta, descend(RAVINE.objective, [-2.5, 0.8], ((0, 0.01),), 500, MOMENTUM).theta)


def test_many_starts_can_run_in_lockstep():
    """Runs in front of theta stay runs."""
    thetas = np.array([[-1.2, 1.0], [0.5, 0.5]])
    lanes = lockstep(ROSENBROCK.objective, thetas, (ADAM, NADAM), [((0, 0.01),)] * 2, 10)
    assert [lane.history.theta.shape for lane in lanes] == [(11, 2, 2)] * 2
    assert lanes[0].memory["v"].shape == (11, 2, 2) and lanes[0].history.loss.shape == (11, 2)


def test_frozen_parameters_and_batches_are_passed_on():
    """moves holds a weight; batches gives each step its own loss."""
    of, held = PLACES["rosenbrock"][0], np.array([0.0, 1.0])
    (lane,) = lockstep(of, [-1.2, 1.0], (ADAM,), [((0, 0.01),)], 5, moves=held, batches=lambda k: of if k else BOWL.objective)
    assert (lane.history.theta[:, 0] == -1.2).all() and lane.history.loss[0] == float(BOWL.objective.loss(np.array([-1.2, 1.0])))
    assert lane.history.loss[1] == float(of.loss(lane.history.theta[1]))


RATES = np.geomspace(1e-3, 1.0, 7)


@pytest.mark.parametrize("optimizer", VARIANTS, ids=lambda one: f"{one.key} {one.flavour}{one.amsgrad:d}")
def test_the_best_rate_is_that_of_single_runs(optimizer):
    """Each swept loss is that of a run made alone; the rate is the first of the lowest; a run thrown away does not count."""
    of, theta, best = BEALE.objective, BEALE.start, best_rate(BEALE.objective, BEALE.start, optimizer, 60, RATES)
    runs = [descend(of, theta, ((0, eta),), 60, optimizer) for eta in RATES]
    losses = np.array([np.nan if run.stopped else run.loss[-1] for run in runs])
    assert best.losses == pytest.approx(losses, rel=1e-12, nan_ok=True)
    assert best.rate == RATES[np.nanargmin(losses)]


def test_all_optimizers_are_swept_in_one():
    """The sweep of many is the sweep of each; the best of two hundred rates solves the bowl in one step of gradient descent."""
    together = best_rates(SADDLE.objective, SADDLE.start, [*OPTIMIZERS.values()], 50, RATES)
    for best, optimizer in zip(together, OPTIMIZERS.values(), strict=True):
        assert best.losses == pytest.approx(best_rate(SADDLE.objective, SADDLE.start, optimizer, 50, RATES).losses, nan_ok=True)
    assert best_rate(BOWL.objective, BOWL.start, GRADIENT_DESCENT, 1).rate == pytest.approx(1.0, rel=0.03)


def test_a_network_is_swept_in_chunks():
    """A larger loss is asked in several calls, with the same answer."""
    of, theta = PLACES["network"]
    swept = best_rates(of, theta, SIX, 20, np.geomspace(1e-3, 1, 50))
    for best, optimizer in zip(swept, SIX, strict=True):
        for at in (0, 25, 49):
            assert best.losses[at] == pytest.approx(descend(of, theta, ((0, best.rates[at]),), 20, optimizer).loss[-1], rel=1e-10)


def test_no_finite_rate_has_no_best():
    """Where every rate throws the run away, there is no best one."""
    best = best_rate(RAVINE.objective, [1.0, 1.0], GRADIENT_DESCENT, 1000, np.array([10.0, 20.0]))
    assert best.rate is None and np.isnan(best.losses).all()


def test_a_loss_that_overflows_on_the_way_does_not_count():
    """From 10¹⁶⁰ one step of the bowl with η = 1 ends exactly at the minimum, but its first loss was no number."""
    assert best_rate(BOWL.objective, [1e160, 0.0], GRADIENT_DESCENT, 1, np.array([1.0])).rate is None
    assert best_rate(BOWL.objective, [1e150, 0.0], GRADIENT_DESCENT, 1, np.array([1.0])).rate == 1.0


def test_absurd_hyper_parameters_only_stop_their_own_lane():
    """β = 1 divides 0 by 0 at once: that lane keeps its start and says it stopped at update 1."""
    lanes = lockstep(RAVINE.objective, [-2.5, 0.8], (with_hyper(ADAM, beta1=1.0), ADAM), [((0, 0.1),)] * 2, 30)
    assert (lanes[0].history.updates, lanes[0].history.stopped, lanes[1].history.stopped) == (0, 1, None)


def test_too_many_or_unequal_lanes_are_refused():
    for optimizers, rates in (((), []), ((ADAM,) * 7, [((0, 0.1),)] * 7), ((ADAM, NADAM), [((0, 0.1),)])):
        with pytest.raises(Refused, match="Up to 6 optimizers"):
            lockstep(RAVINE.objective, [1.0, 1.0], optimizers, rates, 5)
