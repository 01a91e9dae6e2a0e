"""A race is what the reader compares: up to six optimizers on one loss, from one start, all with the same learning rate or each
with its best one. It is a frozen record, so it is a key of caches and a part of every link; its runs are made in parts and kept."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine.experiment import Experiment, is_plain, moves_of, objective_of, start_of
from engine.functions import FUNCTIONS
from engine.kept import Kept
from engine.lengths import ENDS, parts_to
from engine.limits import RACE_NUMBERS, RACES_MB, SWEEP_MOST, SWEEP_WORK, UPDATES
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


def raceable(race: Race, experiment: Experiment) -> bool:
    """Optimizers are compared on all samples, with right gradients, and on a loss of more than one weight."""
    return race.on != OWN or (is_plain(experiment) and objective_of(experiment).size > 1)


def course_of(race: Race, experiment: Experiment) -> Course:
    """A function does not ask what the experiment is, so it is left out of the key."""
    return Course(OWN, None, experiment) if race.on == OWN else Course(race.on, race.start, None)


def loss_of(course: Course) -> Objective:
    return objective_of(course.experiment) if course.experiment else FUNCTIONS[course.on].objective


def fitted(race: Race, experiment: Experiment) -> Race:
    """The race as far as this experiment allows it: what it shows is there, and its sweep is not too long."""
    of = loss_of(course_of(race, experiment))
    allowed = horizons(of, len(race.methods))
    if race.horizon not in allowed:
        race = replace(race, horizon=max(allowed)) if allowed else replace(race, mode="same")
    return replace(race, shown=race.shown if race.shown < of.size else 0, lane=race.lane if race.lane <= len(race.methods) else 1)


def begin_of(course: Course) -> Array:
    """theta (P,) before the first update."""
    if course.experiment:
        return start_of(course.experiment)
    return loss_of(course).checked(course.start or FUNCTIONS[course.on].start)


def moves_on(course: Course) -> Array | float:
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
    return best_rates(of, begin_of(course), optimizers, horizon, rates, moves_on(course))


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
    last, lanes = last_of(race, course), lanes_of(race, course, k)
    return last if goes_on(lanes) else min(last, reached(lanes))


def lanes_of(race: Race, course: Course, k: int) -> tuple[Lane, ...]:
    """The lanes at least up to update k + 1 (one more, so that the next landing places are known), unless they stop before."""
    return made(race, course, parts_to(min(k, last_of(race, course))) - 1)


_runs = Kept(RACES_MB * 2**20)  # (course, methods, rates) -> the lanes as far as they have been made


def made(race: Race, course: Course, n: int) -> tuple[Lane, ...]:
    """The race at least up to the end of its n-th part; what was made before is kept, and a part is only made once."""
    of, moves, rates = loss_of(course), moves_on(course), rates_of(race, course)
    key, each = (course, race.methods, rates), [((0, eta),) for eta in rates]
    lanes, end = _runs.get(key), min(ENDS[n], last_of(race, course) + 1)
    if lanes and (reached(lanes) >= end or not goes_on(lanes)):
        return lanes
    if lanes is None:
        lanes = lockstep(of, begin_of(course), optimizers_of(race.methods), each, min(ENDS[0], end), moves)
    for upto in ENDS[1 : n + 1]:
        if goes_on(lanes) and reached(lanes) < min(upto, end):
            lanes = further(of, lanes, each, min(upto, end) - reached(lanes), moves)
    _runs.put(key, lanes, sum(_size(lane) for lane in lanes))
    return lanes


def goes_on(lanes: tuple[Lane, ...]) -> bool:
    """Whether any lane can make another update."""
    return any(lane.history.stopped is None for lane in lanes)


def _size(lane: Lane) -> int:
    return lane.history.theta.nbytes + lane.history.loss.nbytes + sum(x.nbytes for x in lane.memory.values())


def reached(lanes: tuple[Lane, ...]) -> int:
    """How many updates the lane that went farthest has made."""
    return max(lane.history.updates for lane in lanes)
