"""The surface on which a race is run: for two parameters all there is of the loss, for more the plane through the start that holds
the runs best. It is chosen once per race and does not move while the race goes on."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.functions import FUNCTIONS
from engine.lockstep import Lane
from engine.op import Array
from engine.plane import Plane, of_directions, of_parameters
from engine.race import Course, begin_of, loss_of
from engine.surface import Landmark, Span, landmarks, span, square, surface
from view import figures, names
from view.components.chart import packed
from view.numbers import show
from view.optimizers.state import Now
from view.pictures import hashed
from view.text import Text

FIRST = 64  # updates that the picture holds, as far as they stay near
NEAR = 4.0  # times the distance that the middle lane goes: what is farther flies off, and is an arrow at the rim
LARGE, POINTS, FEW = 8, 101, 51  # samples from which on fewer points a side are asked
KINDS = {"valley": "lowest here", "basin": "low here", "plateau": "flat"}


@dataclass(frozen=True, eq=False)
class View:
    """exact: no lane can leave the plane."""

    plane: Plane
    across: Span
    up: Span
    names: tuple[str, str]
    floor: float | None
    hash: str
    payload: str
    exact: bool


def view_of(now: Now, text: Text) -> View:
    course, of = now.course, now.of
    if course.experiment is None:
        function = FUNCTIONS[course.on]
        plane, across, up = of_parameters(begin_of(course), (0, 1)), function.across, function.up
    elif of.size == 2:
        plane = of_parameters(begin_of(course), (0, 1))
        across = up = square(min(2, span(_near(now.lanes))))
    else:
        plane = _best(begin_of(course), _ends(now.lanes))
        spots, _ = plane.seen(_near(now.lanes))
        half = 1.2 * float(np.abs(spots).max()) or 1.0
        across = up = (-half, half)
    exact = of.size == 2
    labels = tuple(names.plain(*p) for p in of.parameters) if exact else (text("towards the ends"), text("where they differ"))
    key = tuple(tuple(map(float, part)) for part in (plane.origin, plane.across, plane.up))
    name, floor, payload = _picture(course, key, across, up, labels, text.lang)
    return View(plane, across, up, labels, floor, name, payload, exact)


def _ends(lanes: tuple[Lane, ...]) -> Array:
    """Where each lane is after FIRST updates, or where it stopped."""
    return np.stack([lane.history.theta[min(FIRST, lane.history.updates)] for lane in lanes])


def _near(lanes: tuple[Lane, ...]) -> Array:
    """Where the lanes go in their first updates (T, P), without those that fly off."""
    runs = [lane.history.theta[: FIRST + 1] for lane in lanes]
    far = [float(np.abs(run - run[0]).max()) for run in runs]
    middle = sorted(far)[(len(far) - 1) // 2]
    return np.concatenate([run for run, away in zip(runs, far, strict=True) if away <= NEAR * middle])


def _best(start: Array, ends: Array) -> Plane:
    """Through the start, along the way that the lanes go on average, and where one of them leaves that way most."""
    ways = ends - start
    ways = ways / np.maximum(np.abs(ways).max(axis=1, keepdims=True), 1e-300)  # before squares of them are taken
    sizes = np.linalg.norm(ways, axis=1, keepdims=True)
    ways = ways / np.where(sizes > 0, sizes, 1.0)  # one that flies off counts no more than the others
    first = ways.mean(axis=0)
    beside = ways - np.outer(ways @ first, first) / max(float(first @ first), 1e-30)
    return of_directions(start, first, beside[int(np.argmax(np.linalg.norm(beside, axis=1)))])


@lru_cache(maxsize=64)
def _picture(
    course: Course, key: tuple, across: Span, up: Span, labels: tuple[str, str], lang: str
) -> tuple[str, float | None, str]:
    """(hash, floor of its heights, packed figure)."""
    of, plane, text = loss_of(course), Plane(*map(np.array, key)), Text(lang)
    large = max((len(x) for x in of.inputs.values()), default=1) > LARGE
    drawn = surface(of, plane, across, up, FEW if large else POINTS)
    floor = figures.floor_of(drawn)
    if course.experiment is None:
        floor = figures.FLOOR  # each of them reaches 0, be it between two points of the picture
        marks = [(Landmark("valley", *spot, 0.0), text("minimum, L = 0")) for spot in FUNCTIONS[course.on].minima]
    else:
        marks = [(m, f"{text(KINDS[m.kind])} {show(m.loss)}") for m in landmarks(of, drawn)] if of.size == 2 else []
    return hashed(course, key, across, up, labels, lang), floor, packed(figures.surface_figure(drawn, floor, labels, marks))
