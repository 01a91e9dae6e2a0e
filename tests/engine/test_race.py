"""A race is the runs that its optimizers make alone, in parts or at once; its address is its save file; and what cannot be followed
is refused by name."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.experiment import NETWORK, NETWORKS, PRESETS, Experiment, objective_of, start_of
from engine.file import read_file, write_file
from engine.functions import FUNCTIONS
from engine.history import descend
from engine.kept import Kept
from engine.limits import RACE_NUMBERS, UPDATES
from engine.method import Method, optimizer_of, read_methods
from engine.optimizers import OPTIMIZERS
from engine.race import (
    HORIZONS,
    MODES,
    OWN,
    Race,
    begin_of,
    bests_of,
    course_of,
    end_of,
    fitted,
    horizons,
    lanes_of,
    last_of,
    loss_of,
    raceable,
    rates_of,
    reached,
    tried,
)
from engine.recipe import read, write
from engine.words import Place

ALL = tuple(Method(key) for key in OPTIMIZERS)
methods = st.lists(st.sampled_from(ALL), min_size=1, max_size=6).map(tuple)


@given(
    st.builds(
        Race,
        on=st.sampled_from([*FUNCTIONS, OWN]),
        start=st.one_of(st.none(), st.tuples(st.floats(-1000, 1000), st.floats(-1000, 1000))),
        methods=methods,
        mode=st.sampled_from(MODES),
        eta=st.floats(0, 1e6),
        horizon=st.sampled_from(HORIZONS),
        shown=st.integers(0, 1),
    ),
    st.booleans(),
)
def test_a_race_survives_its_address(race, complete):
    """To the last digit."""
    again = read(write(PRESETS["B"], Place(race=race), complete))
    assert (again.place.race, again.refused) == (race, ())


def test_a_race_survives_its_file():
    """With what the gallery shows; nothing of it is unknown when it is read back."""
    race = Race(on="beale", methods=read_methods("adam:keras:beta1=0.8,gd:cosine", "opt"), mode="best", horizon=50)
    place = Place(race=race, topic="losses", entry="huber", z=0.25, goal=0.0, logits=(1.0, -1.0))
    again = read_file(write_file(NETWORK, place).encode())
    assert (again.experiment, again.place, again.refused) == (NETWORK, place, ())


@pytest.mark.parametrize(
    "word, text, said",
    [
        ("on", "mnist", "mnist"), ("from", "1", "1"), ("from", "1e9,0", "1e9"), ("opt", "adam:beta1=2", "2"), ("opt", "sgd", "sgd"),
        ("opt", "gd,gd,gd,gd,gd,gd,gd", "gd"), ("mode", "fair", "fair"), ("eta", "-1", "-1"), ("eta", "nan", "nan"),
        ("eta", "1e7", "1e7"), ("ahead", "7", "7"), ("shown", "2", "2"), ("shown", "x", "x"), ("lane", "5", "5"),
        ("lane", "0", "0"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(word, text, said):
    """One refusal, with what was found; everything else is the default."""
    found = read({word: text})
    assert found.place.race == Race() and len(found.refused) == 1
    assert any(said in str(value) for value in found.refused[0].fields.values())


@pytest.mark.parametrize("text", ["adam:beta1=1", "rmsprop:eps=0", "momentum:momentum=1", "adam:beta1=0:beta2=0:eps=1"])
def test_absurd_numbers_are_let_in(text):
    """What goes wrong then is worth seeing."""
    assert not read({"opt": text, "eta": "1000000"}).refused


def test_a_function_does_not_ask_for_the_experiment():
    """Two experiments, one course; on the experiment itself they differ."""
    assert course_of(Race(), NETWORK) == course_of(Race(), PRESETS["B"])
    assert course_of(Race(on=OWN), NETWORK) != course_of(Race(on=OWN), PRESETS["B"])


@pytest.mark.parametrize(
    "race, experiment",
    [(Race(eta=0.01), Experiment()), (Race(on=OWN, methods=ALL[:6], eta=0.1), NETWORK)],
    ids=["ravine", "network"],
)
@pytest.mark.parametrize("k", [0, 63, 64, 700])
def test_lanes_are_the_runs_alone(race, experiment, k):
    """Made in parts and joined, each lane is what its optimizer does by itself in one go."""
    course = course_of(race, experiment)
    for lane, method in zip(lanes_of(race, course, k), race.methods, strict=True):
        alone = descend(loss_of(course), begin_of(course), ((0, race.eta),), k + 1, optimizer_of(method))
        assert lane.history.updates > k
        assert lane.history.theta[: k + 2] == pytest.approx(alone.theta, rel=1e-12, abs=1e-14)


def test_frozen_parameters_stay():
    """An experiment of which only two parameters learn races on these two."""
    experiment = replace(NETWORK, free=(0, 3))
    race = Race(on=OWN, methods=ALL[:6], eta=0.1)
    start = start_of(experiment)
    for lane in lanes_of(race, course_of(race, experiment), 20):
        moved = (lane.history.theta[21] != start).nonzero()[0]
        assert set(moved) <= {0, 3} and len(moved)


def test_best_rates_are_the_best_that_were_tried():
    """Each rate run by itself: none leads lower than the one that is called best, and the sweep's losses are theirs."""
    race = Race(mode="best", horizon=20)
    course = course_of(race, Experiment())
    for method, best, rate in zip(race.methods, bests_of(course, race.methods, 20), rates_of(race, course), strict=True):
        ends = []
        for eta in best.rates:
            alone = descend(loss_of(course), begin_of(course), ((0, float(eta)),), 20, optimizer_of(method))
            ends.append(alone.loss[-1] if alone.stopped is None else np.nan)
        assert best.losses == pytest.approx(np.array(ends), rel=1e-6, abs=1e-300, nan_ok=True)
        assert rate == best.rates[int(np.nanargmin(ends))]


def test_where_no_rate_helps_the_smallest_is_taken():
    """β₁ = 1 divides 0 by 0 at every rate."""
    race = Race(mode="best", methods=read_methods("adam:beta1=1,gd", "opt"))
    assert rates_of(race, course_of(race, Experiment()))[0] == 1e-4


def test_a_race_ends_where_all_have_stopped():
    """A lane that stops does not end the race; all of them do."""
    both = Race(on="rosenbrock", methods=read_methods("gd,adam", "opt"), eta=0.1)
    alone = replace(both, methods=both.methods[:1])
    course = course_of(both, Experiment())
    first, second = lanes_of(both, course, 500)
    assert first.history.stopped is not None and second.history.stopped is None
    assert end_of(both, course, 500) == UPDATES and end_of(alone, course, 500) == first.history.updates < 20
    assert reached((first, second)) == second.history.updates


def test_long_races_of_many_weights_are_bounded():
    """What is kept of a race stays below its limit, whatever is raced."""
    for key in NETWORKS:
        race = Race(on=OWN, methods=ALL[2:])
        kept = sum(1 + len(OPTIMIZERS[m.key].memory) for m in race.methods) * objective_of(NETWORKS[key]).size
        last = last_of(race, course_of(race, NETWORKS[key]))
        assert last == UPDATES or RACE_NUMBERS - kept < last * kept <= RACE_NUMBERS


def test_no_more_is_made_than_is_kept():
    """Asked for update 10,000 of a race that is kept to 334, it ends one update later, not ten thousand."""
    deep = replace(NETWORKS["spiral"], data="xor", hidden=((8, "tanh"),) * 4)
    race = Race(on=OWN, methods=read_methods("nadam," * 5 + "nadam", "opt"), eta=0.001)
    course = course_of(race, deep)
    last = last_of(race, course)
    assert last < 1000 and reached(lanes_of(race, course, UPDATES)) == last + 1


def test_two_long_races_do_not_push_each_other_out():
    """Each is made once: asked for again in turn, both are the very same lanes."""
    first, second = Race(eta=0.011), Race(eta=0.012)
    course = course_of(first, Experiment())
    lanes = [lanes_of(race, course, 3000) for race in (first, second)]
    assert [lanes_of(race, course, k) for race in (first, second) for k in (3000,)] == lanes
    assert lanes_of(first, course, 5) is lanes[0]


def test_the_longest_unused_goes_first():
    """As much is kept as fits, and at least the last."""
    kept = Kept(100)
    for key in "abc":
        kept.put(key, key.upper(), 40)
    assert [kept.get(key) for key in "abc"] == [None, "B", "C"]
    kept.get("b")
    kept.put("d", "D", 40)
    assert [kept.get(key) for key in "bcd"] == ["B", None, "D"]
    kept.put("e", "E", 1000)
    assert [kept.get(key) for key in "bde"] == [None, None, "E"]


@pytest.mark.parametrize("changes", [{"batch": 2}, {"mistake": "slope"}, {"data": "sine", "hidden": (), "bias": False}])
def test_what_cannot_be_raced(changes):
    """Mini-batches, a broken engine, a single weight: the page says why. A test function asks for none of it."""
    experiment = replace(NETWORK, **changes)
    assert not raceable(Race(on=OWN), experiment) and raceable(Race(), experiment) and raceable(Race(on=OWN), NETWORK)


def test_a_sweep_of_a_large_loss_tries_fewer_rates():
    """And looks less far ahead; what is asked beyond is refused with a sentence."""
    small, large = objective_of(PRESETS["B"]), objective_of(NETWORKS["spiral"])
    assert tried(small, 100) == 201 and 21 <= tried(large, 500) < 201
    assert horizons(small, 6) == HORIZONS and max(horizons(large, 6)) < HORIZONS[-1]
    found = read({**write(NETWORKS["spiral"], Place()), "on": OWN, "opt": "gd,adam,adamw,nadam,rmsprop,momentum", "ahead": "500"})
    assert found.refused[0].fields == {"most": max(horizons(large, 6)), "found": 500}
    assert found.place.race.horizon == max(horizons(large, 6))
    unasked = read(
        {**write(replace(NETWORKS["spiral"], hidden=((8, "tanh"),) * 4), Place()), "on": OWN, "opt": "nadam," * 5 + "adam"}
    )
    assert not unasked.refused and unasked.place.race.horizon < 100


@pytest.mark.parametrize("key", NETWORKS)
def test_what_does_not_fit_another_loss_is_left_out_of_its_address(key):
    """A reader who takes another experiment is told nothing of a parameter or a sweep that they chose for the one before."""
    race = Race(on=OWN, methods=ALL[:6], mode="best", horizon=HORIZONS[-1], shown=500, lane=6)
    fit = fitted(race, NETWORKS[key])
    assert fit.methods == race.methods and fitted(fit, NETWORKS[key]) == fit
    found = read(write(NETWORKS[key], Place(race=fit)))
    assert found.place.race == fit and not found.refused
    assert read(write(NETWORKS[key], Place(race=race))).refused
