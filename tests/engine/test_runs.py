"""Runs of every kind an experiment can name: made in parts, in mini-batches, with a mistake in the engine, and with a second run
pinned behind them."""

from dataclasses import replace

import numpy as np
import pytest

from engine.broken import BROKEN
from engine.experiment import (
    NETWORK,
    NETWORKS,
    PRESETS,
    Experiment,
    ends_of,
    history_of,
    is_plain,
    objective_at,
    objective_of,
    part_of,
    rows_of,
    start_of,
    work_of,
)
from engine.history import descend
from engine.lengths import ENDS, parts_to
from engine.limits import PART_WORK, UPDATES
from engine.moments import moments, stops
from engine.recipe import read, selectable, write
from engine.update import update_at, verdicts_at
from engine.words import Place

MOONS = replace(NETWORKS["moons"], batch=32, shuffle=7)


TURNED = replace(NETWORK, rates=((0, 0.5), (70, 0.1), (600, 1.0)))


@pytest.mark.parametrize("experiment", [NETWORK, PRESETS["keras"], TURNED, MOONS])
def test_a_run_in_parts_is_the_run(experiment):
    """Parts joined are, to the last bit, the run made in one go, turns of the learning rate included."""
    of, batches = objective_of(experiment), None
    if experiment.batch:
        batches = lambda k: objective_at(experiment, k)  # noqa: E731
    whole = descend(of, start_of(experiment), experiment.rates, 1024, batches=batches)
    parts = history_of(experiment, 1000)
    assert parts.updates == 1024 and np.array_equal(parts.theta, whole.theta) and np.array_equal(parts.loss, whole.loss)


def test_a_run_that_stops_has_no_later_parts():
    """A diverging run ends in the same update, however far is asked."""
    wild = replace(NETWORK, hidden=((4, "identity"),), activation="identity", loss="squared_error", rates=((0, 10.0),))
    near, far = history_of(wild, 0), history_of(wild, UPDATES)
    assert near.stopped == far.stopped is not None and near.updates == far.updates


def test_parts_reach_every_update():
    """Each update asked for lies, with the one after it, inside the parts that are made for it."""
    for k in (0, 63, 64, 511, 512, 9727, 9728, UPDATES):
        n = parts_to(k)
        assert ENDS[n - 1] > k and (n == 1 or ENDS[n - 2] <= k)
    assert part_of(NETWORK, 2).first == ENDS[1] and part_of(NETWORK, 2).ends == ENDS[2]


LARGE = replace(NETWORKS["spiral"], hidden=((8, "gelu"),) * 4)  # 249 weights, 150 samples


@pytest.mark.parametrize(
    "experiment", [LARGE, replace(LARGE, batch=10), replace(LARGE, hidden=((8, "relu"),) * 2, reduction="sum")]
)
def test_parts_are_shorter_where_an_update_takes_longer(experiment):
    """Between the shortest and the longest part none is more work than the bar waits for; joined they are still the run."""
    ends, work = ends_of(experiment), work_of(experiment)
    lengths = np.diff([0, *ends])
    assert ends[-1] == UPDATES + 1 and (lengths > 0).all() and max(lengths) <= 513
    assert max(lengths[:-1]) * work <= PART_WORK or max(lengths[:-1]) == 32
    assert max(lengths[:-1]) == 512 or (max(lengths[:-1]) + 1) * work > PART_WORK
    for k in (0, ends[0] - 1, ends[0], ends[1], UPDATES):
        n = parts_to(k, ends)
        assert ends[n - 1] > k and (n == 1 or ends[n - 2] <= k)
    of, k = objective_of(experiment), ends[0]
    batches = (lambda k: objective_at(experiment, k)) if experiment.batch else None
    whole, parts = descend(of, start_of(experiment), experiment.rates, ends[1], batches=batches), history_of(experiment, k)
    assert parts.updates == ends[1] and np.array_equal(parts.theta, whole.theta) and np.array_equal(parts.loss, whole.loss)


def test_each_update_uses_its_own_batch():
    """An epoch uses every sample once; a step goes down the batch's own gradient, worked out here from the samples alone."""
    epoch = [rows_of(MOONS, k) for k in range(5)]
    assert sorted(np.concatenate(epoch).tolist()) == list(range(150)) and [len(rows) for rows in epoch] == [32, 32, 32, 32, 22]
    history, of = history_of(MOONS, 5), objective_of(replace(MOONS, reduction="sum"))
    for k in range(3):
        rows, theta = rows_of(MOONS, k), history.theta[k]
        single = [replace(of, inputs={n: x[[row]] for n, x in of.inputs.items()}).loss_and_gradient(theta)[1] for row in rows]
        step = history.theta[k + 1] - theta
        assert step == pytest.approx(-MOONS.rates[0][1] * np.mean(single, axis=0), rel=1e-9, abs=1e-14)


def test_an_update_speaks_of_its_batch():
    """Loss before and after an update are those of the same batch."""
    here = update_at(MOONS, 3)
    assert here.of.inputs["x"].shape == (32, 2) and here.whole.inputs["x"].shape == (150, 2)
    assert here.loss == pytest.approx(float(here.of.loss(here.theta))) and here.loss_after == float(here.of.loss(here.after))
    assert np.array_equal(here.of.inputs["x"], here.whole.inputs["x"][here.rows])
    assert not is_plain(MOONS) and is_plain(replace(MOONS, batch=150)) and is_plain(NETWORK)


@pytest.mark.parametrize("key", BROKEN)
def test_a_broken_engine_is_found_by_the_nudge(key):
    """The values stay right; some gradient differs from its nudges, and without the mistake none does."""
    broken = replace(NETWORKS["blobs"] if key == "z" else NETWORK, mistake=key)
    here, honest = update_at(broken, 0), update_at(replace(broken, mistake=""), 0)
    assert all(np.array_equal(here.trace.values[n], x) for n, x in honest.trace.values.items())
    assert any(not np.allclose(here.trace.grads[n], g) for n, g in honest.trace.grads.items())
    if broken.data == "xor":
        assert {v.answer for v in verdicts_at(broken, 0)} >= {"differs"}
        assert {v.answer for v in verdicts_at(replace(broken, mistake=""), 0)} == {"agrees"}


def test_the_address_hides_which_mistake_it_is():
    """A number stands for it, and comes back as the mistake."""
    for key in BROKEN:
        words = write(replace(NETWORK, mistake=key), Place())
        assert words["broken"].isdigit() and read(words).experiment.mistake == key
    assert "broken" in str(read({"broken": "7"}).refused[0])


@pytest.mark.parametrize("pin", [
    TURNED, replace(NETWORK, weights=tuple(float(n) for n in range(17))), NETWORKS["blobs"], PRESETS["B"],
])  # fmt: skip
@pytest.mark.parametrize("now", [NETWORK, replace(NETWORK, weights=(0.25,) * 17), NETWORKS["spiral"]])
def test_a_pinned_run_survives_the_address(now, pin):
    """Whatever differs from the run it is pinned behind."""
    found = read(write(now, Place(pin=pin)))
    assert found.experiment == now and found.place.pin == pin and not found.refused


@pytest.mark.parametrize("complete", [False, True])
def test_typed_and_drawn_weights_are_told_apart(complete):
    """A typed start that is the default one beside a seed; a drawn pin behind a typed run, and the other way round."""
    typed, drawn = Experiment(data="xor", seed=5), Experiment(data="xor", seed=5, weights=None)
    for now, pin in ((typed, drawn), (drawn, typed), (Experiment(data="xor"), NETWORKS["blobs"]), (NETWORKS["blobs"], typed)):
        found = read(write(now, Place(pin=pin), complete))
        assert found.experiment == now and found.place.pin == pin and not found.refused


def test_a_wrong_pin_is_named():
    """What cannot be read in it is refused by name; the run itself is untouched."""
    found = read({**write(NETWORK, Place()), "pin": "lr=fast&colour=red"})
    assert found.experiment == NETWORK and "lr" in str(found.refused[0]) and len(found.refused) == 1


def test_layer_by_layer():
    """Forwards a weighted sum and its activation go together, then the loss; backwards the loss, then layer by layer."""
    every = moments(objective_of(NETWORK))
    assert [every[m - 1].name for m in stops(every, "layer")] == ["a1", "y", "L", "l", "b2", "b1", "theta"]
    assert set(stops(every, "phase")) < set(stops(every, "layer")) < set(stops(every, "operation"))


@pytest.mark.parametrize("key,answer", [
    ("W1.3.1", True), ("W1.4.0", False), ("b2.0", True), ("L", True), ("l.3", True), ("z1.3.0", True), ("W1.3", False),
    ("W1.-1.0", False), ("W1.03.0", False), ("W9.0.0", False), ("", False), ("W1.²2.0", False),
])  # fmt: skip
def test_which_numbers_can_be_asked_about(key, answer):
    """An array's name and an index into it, written in one way only."""
    assert selectable(NETWORK, key) is answer
