"""Where the reader of the optimizers' page stands: the race that the address names, its lanes, and the update they are at. Every
choice is one new address."""

from dataclasses import dataclass, replace

import numpy as np

from engine import race as races
from engine.lockstep import Lane
from engine.method import Method
from engine.objective import Objective
from engine.op import Array
from engine.optimizers import Optimizer
from engine.race import Course, Race
from engine.recipe import Recipe
from engine.refused import Refused
from view import controls


@dataclass(frozen=True, eq=False)
class Now:
    """k: how many updates the lanes have made, each unless it stopped before; rates: η of each lane; moves (P,): 0 where frozen."""

    race: Race
    course: Course
    of: Objective
    optimizers: tuple[Optimizer, ...]
    rates: tuple[float, ...]
    lanes: tuple[Lane, ...]
    moves: Array
    k: int
    last: int

    def at(self, lane: int) -> int:
        """After how many updates this lane stands: k, or where it stopped."""
        return min(self.k, self.lanes[lane].history.updates)

    def theta(self, lane: int) -> Array:
        return self.lanes[lane].history.theta[self.at(lane)]

    def loss(self, lane: int) -> float:
        return float(self.lanes[lane].history.loss[self.at(lane)])

    def stopped(self, lane: int) -> bool:
        """Whether this lane can go no further from where it stands."""
        return self.k >= self.lanes[lane].history.updates


def now(recipe: Recipe) -> Now:
    race = recipe.place.race
    course = races.course_of(race, recipe.experiment)
    lanes = races.lanes_of(race, course, recipe.place.k)
    parts = races.loss_of(course), races.optimizers_of(race.methods), races.rates_of(race, course)
    moves = np.ones(parts[0].size) * races.moves_on(course)
    return Now(race, course, *parts, lanes, moves, recipe.place.k, races.end_of(race, course, recipe.place.k))


def within(found: Recipe) -> Recipe:
    """The recipe as far as its race can be followed, with a sentence where it asked for more."""
    race, k = found.place.race, found.place.k
    if not races.raceable(race, found.experiment):
        return found
    last = races.end_of(race, races.course_of(race, found.experiment), k)
    if k <= last:
        return found
    said = Refused("at asks for update {k}, but this race can be followed to update {last}.", k=k, last=last)
    return replace(found, place=replace(found.place, k=last, m=1), refused=(*found.refused, said))


def made(found: Recipe, n: int) -> tuple[int, bool]:
    """Make the n-th part of the race: how many updates there are then, and whether it goes on."""
    race = found.place.race
    if not races.raceable(race, found.experiment):
        return 0, False
    course = races.course_of(race, found.experiment)
    lanes = races.made(race, course, n)
    done = races.reached(lanes)
    return done, races.goes_on(lanes) and done <= races.last_of(race, course)


# What the reader changes


def race() -> Race:
    return controls.recipe().place.race


def choose(**changes) -> None:
    """Another race to the same update."""
    controls.look(race=replace(race(), **changes), m=1)


def begin(experiment=None, **changes) -> None:
    """Another race from its start; one undo brings the old one back."""
    recipe = controls.recipe()
    controls.forget_refusals()
    controls.restart(experiment or recipe.experiment, race=replace(recipe.place.race, shown=0, **changes))


def set_method(lane: int, method: Method) -> None:
    methods = race().methods
    choose(methods=(*methods[:lane], method, *methods[lane + 1 :]))


def add_method(method: Method) -> None:
    choose(methods=(*race().methods, method))


def remove_method(lane: int) -> None:
    """The lanes behind it move up, so their fields are no longer those in which something was typed."""
    before = race()
    controls.forget_refusals("lane")
    choose(methods=before.methods[:lane] + before.methods[lane + 1 :], lane=1)
