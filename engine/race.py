"""A race is what the reader compares: up to six optimizers on one loss, from one start, all with the same learning rate or each
with its best one. It is a frozen record, so it is a key of caches and a part of every link; its runs are made in parts and kept."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.experiment import ENDS, Experiment, moves_of, objective_of, parts_to, start_of
from engine.functions import FUNCTIONS
from engine.history import Rates
from engine.limits import RACE_NUMBERS, SWEEP_MOST, SWEEP_WORK, UPDATES
from engine.lockstep import Best, Lane, best_rates, further, lockstep
from engine.method import Method, optimizer_of
from engine.objective import Objective
from engine.op import Array
from engine.optimizers import Optimizer

OWN = "experiment"  # the word for the loss of the neuron or network that the address holds
MODES = ("same", "best")  # one rate for all, or each its own best one
HORIZONS = (20, 50, 100, 200, 500)  # after how many updates a rate is called best
TRIED = (1, 10)  # a sweep tries 20 rates and one, times this
SPAN = (1e-4, 10.0)  # the rates among which the best is looked for


@dataclass(frozen=True)
class Race:
    """on: a key of FUNCTIONS, or "experiment"; start: where u and v of a function begin, None for its own start.

    eta: the rate of all in mode "same"; horizon: after how many updates the loss decides which rate is best in mode "best".
    shown: the place in theta of the parameter whose equations are shown; lane: whose gradient is shown, counted from 1.
    """

    on: str = "ravine"
    start: tuple[float, float] | None = None
    methods: tuple[Method, ...] = (Method("gd"), Method("momentum"), Method("rmsprop"), Method("adam"))
    mode: str = "same"
    eta: float = 0.05
    horizon: int = 100
    shown: int = 0
    lane: int = 1


@dataclass(frozen=True)
class Course:
    """Where a race is run: a function from a start, or an experiment's loss from its start weights."""

    on: str
    start: tuple[float, float] | None
    experiment: Experiment | None


def course_of(race: Race, experiment: Experiment) -> Course:
    """A function does not ask what the experiment is, so it is left out of the key."""
    return Course(OWN, None, experiment) if race.on == OWN else Course(race.on, race.start, None)


def loss_of(course: Course) -> Objective:
    return objective_of(course.experiment) if course.experiment else FUNCTIONS[course.on].objective


def begin_of(course: Course) -> Array:
    """theta (P,) before the first update."""
    if course.experiment:
        return start_of(course.experiment)
    return loss_of(course).checked(course.start or FUNCTIONS[course.on].start)


def _moves(course: Course) -> Array | float:
    return moves_of(course.experiment) if course.experiment else 1.0


@lru_cache(maxsize=256)
def optimizers_of(methods: tuple[Method, ...]) -> tuple[Optimizer, ...]:
    return tuple(map(optimizer_of, methods))


def rates_of(race: Race, course: Course) -> tuple[float, ...]:
    """η of each lane. Where no rate leads to a finite loss, the smallest that was tried."""
    if race.mode == "same":
        return (race.eta,) * len(race.methods)
    return tuple(SPAN[0] if best.rate is None else best.rate for best in bests_of(course, race.methods, race.horizon))


@lru_cache(maxsize=64)
def bests_of(course: Course, methods: tuple[Method, ...], horizon: int) -> tuple[Best, ...]:
    """Each method's sweep: the loss after `horizon` updates for every rate that is tried, and the best of them."""
    of, optimizers = loss_of(course), optimizers_of(methods)
    rates = np.geomspace(*SPAN, tried(of, len(methods) * horizon))
    return best_rates(of, begin_of(course), optimizers, horizon, rates, _moves(course))


def tried(of: Objective, updates: int) -> int:
    """How many rates a sweep tries, each for so many updates of one lane: 201, or as few as 21 where an update is long."""
    return 1 + 20 * int(np.clip(SWEEP_WORK // (20 * updates * _work(of)), *TRIED))


def horizons(of: Objective, lanes: int) -> tuple[int, ...]:
    """The HORIZONS for which a sweep of so many lanes takes no longer than a moment; none for a large network on much data."""
    return tuple(updates for updates in HORIZONS if 20 * updates * lanes * _work(of) <= SWEEP_MOST)


def _work(of: Objective) -> int:
    """Of one update: about weights × samples."""
    return of.size * max((len(x) for x in of.inputs.values()), default=1)


def last_of(race: Race, course: Course) -> int:
    """The latest update to which a race of these lanes is kept, with all that they remember."""
    kept = sum(1 + len(one.memory) for one in optimizers_of(race.methods)) * loss_of(course).size
    return min(UPDATES, RACE_NUMBERS // kept)


def end_of(race: Race, course: Course, k: int) -> int:
    """The latest update to which it can be followed, as far as is known after k updates: all its lanes may stop before."""
    last = last_of(race, course)
    lanes = lanes_of(race, course, min(k, last))
    goes_on = any(lane.history.stopped is None for lane in lanes)
    return last if goes_on else min(last, reached(lanes))


def lanes_of(race: Race, course: Course, k: int) -> tuple[Lane, ...]:
    """The lanes at least up to update k + 1 (one more, so that the next landing places are known), unless they stop before."""
    return part_of(course, race.methods, rates_of(race, course), parts_to(k) - 1)


def part_of(course: Course, methods: tuple[Method, ...], rates: tuple[float, ...], n: int) -> tuple[Lane, ...]:
    """The race up to update ENDS[n]. Many short races are kept, and few long ones, which take more room."""
    return _longer(course, methods, rates, n) if n else _first(course, methods, rates)


@lru_cache(maxsize=256)
def _first(course: Course, methods: tuple[Method, ...], rates: tuple[float, ...]) -> tuple[Lane, ...]:
    return lockstep(loss_of(course), begin_of(course), optimizers_of(methods), _turns(rates), ENDS[0], _moves(course))


@lru_cache(maxsize=8)
def _longer(course: Course, methods: tuple[Method, ...], rates: tuple[float, ...], n: int) -> tuple[Lane, ...]:
    before = part_of(course, methods, rates, n - 1)
    return further(loss_of(course), before, _turns(rates), ENDS[n] - ENDS[n - 1], _moves(course))


def _turns(rates: tuple[float, ...]) -> list[Rates]:
    return [((0, eta),) for eta in rates]


def reached(lanes: tuple[Lane, ...]) -> int:
    """How many updates the lane that went farthest has made."""
    return max(lane.history.updates for lane in lanes)
