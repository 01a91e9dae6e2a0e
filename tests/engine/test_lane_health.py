"""Every finding about a lane on a race built to show it, and none on a healthy one. Hyper-parameters at the end of their range are
named, and what breaks first is the number that one would find by working through the update by hand."""

from dataclasses import replace

import numpy as np
import pytest

from engine.experiment import PRESETS, Experiment, moves_of
from engine.lane_health import EXTREMES, extremes, finding
from engine.method import read_method, read_methods
from engine.optimizers import NADAM, NESTEROV, OPTIMIZERS
from engine.race import OWN, Race, course_of, lanes_of, loss_of, rates_of


def found(race: Race, k: int, experiment: Experiment = PRESETS["B"], lane: int = 0):
    course = course_of(race, experiment)
    one = lanes_of(race, course, k)[lane]
    return finding(loss_of(course), one, rates_of(race, course)[lane], min(k, one.history.updates))


def one(text: str, **choices) -> Race:
    return Race(methods=read_methods(text, "opt"), **choices)


@pytest.mark.parametrize("key", OPTIMIZERS)
@pytest.mark.parametrize("on", ["ravine", "bowl", "beale"])
def test_a_healthy_lane_is_not_spoken_of(key, on):
    """On its way, and not there yet."""
    assert found(one(key, on=on, eta=0.005), 3) is None


@pytest.mark.parametrize(
    "text, eta, what, at",
    [
        ("adam:beta1=1", 0.01, "m_hat", 1), ("adam:beta2=1", 0.01, "v_hat", 1), ("adam:beta2=1:amsgrad", 0.01, "v_hat", 1),
        ("nadam:beta2=1", 0.01, "v_hat", 1), ("rmsprop:alpha=1:eps=0", 0.01, "step", 1),
    ],
)  # fmt: skip
def test_the_first_broken_number_is_named(text, eta, what, at):
    """1 − βᵗ is 0 for β = 1, so the correction divides by 0; with α = 1 and ε = 0 nothing is left to divide by."""
    told = found(one(text, eta=eta), 5)
    assert (told.kind, told.what, told.since) == ("stopped", what, at)


def test_a_run_that_explodes_stops_at_the_loss():
    """Rosenbrock at η = 0.1: the gradient is finite as long as the loss is."""
    told = found(one("gd", on="rosenbrock", eta=0.1), 50)
    assert told.kind == "stopped" and told.what == "loss" and np.isfinite(told.loss) and told.loss > 1e100


def test_flown_off():
    """GD on the bowl with η = 3 doubles its distance each time: after k updates the loss is 4ᵏ times that of the start."""
    assert [getattr(found(one("gd", on="bowl", eta=3.0), k), "kind", None) for k in (4, 5, 9)] == [None, "flown", "flown"]
    assert found(one("gd", on="bowl", eta=3.0), 9).since == 5


def test_arrived():
    """With η = 1 on the bowl one update is enough, and it stays."""
    told = found(one("gd", on="bowl", eta=1.0), 7)
    assert (told.kind, told.since, told.loss) == ("arrived", 1, 0.0)


@pytest.mark.parametrize("key", [key for key in OPTIMIZERS if key != "adamw"])
def test_a_dead_neuron_rests(key):
    """Under every optimizer, from the start on; AdamW's decay alone still moves it."""
    dead = Experiment(data="xor", weights=(-0.5, -1.0))
    told = found(one(key, on=OWN, eta=0.1), 9, dead)
    assert (told.kind, told.since) == ("rests", 0)
    assert found(one("adamw", on=OWN, eta=0.1), 9, dead).kind == "coasting"


def test_momentum_carries_a_dead_neuron_on():
    """Preset D with η = 1: the first step kills the neuron, and the memory of that step goes on moving it."""
    told = found(one("momentum,gd", on=OWN, eta=1.0), 1, PRESETS["D"])
    assert told.kind == "coasting"
    assert found(one("momentum,gd", on=OWN, eta=1.0), 2, PRESETS["D"], lane=1).kind == "rests"


def test_level_ground_is_not_arrival():
    """Along v = 0 the saddle is reached: the gradient is next to nothing, the loss is ¼."""
    told = found(one("gd", on="saddle", start=(-1.5, 0.0), eta=0.5), 40)
    assert told.kind == "level" and told.loss == pytest.approx(0.25)


def test_no_rate_no_move():
    assert found(one("gd,adam", eta=0.0), 3).kind == "still"


@pytest.mark.parametrize("which", EXTREMES)
def test_extremes_are_named(which):
    """For the optimizers to which it happens, and only at the extreme."""
    name, value, keys = EXTREMES[which]
    for key, optimizer in OPTIMIZERS.items():
        if name in optimizer.hyper:
            said = extremes(read_method(f"{key}:{name}={value}", "opt"), 0.1)
            assert len(said) == 1 and (which in said) == (key in keys), key
            assert extremes(read_method(f"{key}:{name}=0.5", "opt"), 0.1) == ()


def test_nesterov_without_friction_does_not_stop_on_level_ground():
    """The memory of one gradient of 1 moves it by as much in every later update."""
    steps, state = [], NESTEROV.init(np.zeros(1))
    for t in range(1, 50):
        step, state = NESTEROV.update(np.zeros(1), np.array([float(t == 1)]), state, t, lr=0.1, momentum=1.0)
        steps.append(float(step[0]))
    assert steps[1:] == pytest.approx([-0.1] * 48)


def test_nadam_without_a_mean_moves_by_the_newest_gradient_and_fades():
    """β₁ = 1: its memory stays 0 for ever, a gradient of 0 gives a step of 0, and one of 1 an ever shorter one."""
    steps, state = [], NADAM.init(np.zeros(1))
    for t in range(1, 400):
        step, state = NADAM.update(np.zeros(1), np.array([float(t % 2)]), state, t, lr=0.1, beta1=1.0, psi=0.5)
        assert state[0] == 0
        steps.append(abs(float(step[0])))
    assert not any(steps[1::2]) and steps[0] > 0.01 and steps[398] < 0.01 * steps[0]


@pytest.mark.parametrize("which", ["beta1", "beta2"])
def test_where_a_correction_divides_by_nothing_the_run_stops_at_once(which):
    """Exactly the optimizers that are said to divide 0 by 0 do so."""
    for key, optimizer in OPTIMIZERS.items():
        if which in optimizer.hyper:
            told = found(one(f"{key}:{which}=1", eta=0.01), 1)
            assert (told is not None and told.kind == "stopped") == (key in EXTREMES[which][2]), key


def test_without_friction_heavy_ball_goes_on_and_nesterov_comes_to_rest():
    """β = 1 on the bowl: one keeps its swing for thousands of updates, the other's looking ahead still brakes."""
    race = one("momentum:momentum=1,nesterov:momentum=1", on="bowl", eta=0.3)
    swinging, braked = lanes_of(race, course_of(race, PRESETS["B"]), 3000)
    assert swinging.history.loss[-500:].max() > 0.5 * swinging.history.loss[0] and braked.history.loss[300] < 1e-6


def test_adagrad_with_a_start_has_something_to_divide_by():
    """Keras starts the sum from 0.1."""
    assert extremes(read_method("adagrad:keras:eps=0", "opt"), 0.1) == ()
    assert extremes(read_method("adagrad:eps=0", "opt"), 0.1) == ("eps",)


def test_a_step_too_small_is_not_a_step_of_zero():
    """At η = 10⁻¹⁸ the step is there, but 0.5 less so little is 0.5."""
    assert found(one("gd", on="bowl", eta=1e-18), 3).kind == "tiny"


def test_frozen_parameters_do_not_count():
    """Both free weights have converged; that the frozen bias has a gradient is not of interest."""
    experiment = replace(PRESETS["B"], bias=True, weights=(0.5, 0.5, 0.3), free=(0, 1), activation="identity")
    course = course_of(one("gd", on=OWN, eta=0.5), experiment)
    lane = lanes_of(one("gd", on=OWN, eta=0.5), course, 2000)[0]
    assert finding(loss_of(course), lane, 0.5, 2000, moves_of(experiment)).kind == "rests"
    assert finding(loss_of(course), lane, 0.5, 2000).kind != "rests"


def test_a_low_start_is_not_flown_from():
    """From a minimum a little decay moves away: a thousand times 0 is not far."""
    race = one("gd:l2=1", on="himmelblau", start=(3.0, 2.0), eta=0.001)
    assert lanes_of(race, course_of(race, PRESETS["B"]), 20)[0].history.loss[20] > 1e-3
    assert found(race, 20) is None


def test_a_rate_of_zero_is_named():
    assert extremes(read_method("gd", "opt"), 0.0) == ("lr",)
