"""The plane on which the learning rate's page draws the loss: two parameters, or the gradient and the direction of the strongest
bend; how much of it is seen; and the run on it, each point at its true loss and its distance off the plane."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.experiment import Experiment, objective_of, start_of
from engine.fates import SAME, Fate
from engine.objective import Objective
from engine.op import Array
from engine.outlook import bare, oracle_at, places_of
from engine.plane import Plane, of_directions, of_parameters
from engine.surface import Landmark, Span, Surface, landmarks, square, surface
from engine.switches import switches
from engine.update import Update
from engine.words import Place
from view import figures, names
from view.components.chart import packed
from view.learning_rate.fates import KINDS
from view.numbers import show
from view.pictures import ghost_of, hashed, in_words, kind_of
from view.text import Text

LARGEST = 12  # the picture grows by itself up to a half width of 2.25·2¹²
EXACT = 1e-9  # what is this near the plane is on it


@dataclass(frozen=True, eq=False)
class View:
    """A plane, the part of it that is seen, and how: names of its two axes, floor of the height (figures.height), points a side."""

    plane: Plane
    key: tuple
    across: Span
    up: Span
    names: tuple[str, str]
    floor: float | None
    hash: str
    payload: str
    marks: str
    off: Array  # (T,) distances of the run so far off the plane
    exact: bool  # no run from here can leave it


def axes_of(place: Place) -> tuple[int, int] | None:
    """The two parameters of the plane; None for the plane of directions."""
    return (0, 1) if place.plane is None else place.plane or None


def plane_of(experiment: Experiment, place: Place, here: Update) -> Plane:
    """The plane through the current weights."""
    axes = axes_of(place)
    if axes:
        return of_parameters(here.theta, axes)
    bent = oracle_at(bare(experiment), tuple(here.theta)).curvature
    return of_directions(here.theta, -here.direction, bent.top)


def axis_names(experiment: Experiment, place: Place, here: Update, text: Text) -> tuple[str, str]:
    axes = axes_of(place)
    if not axes:
        return text("along −∇L"), text("across it, where L bends most")
    across, up = (names.plain(*here.of.parameters[at]) for at in axes)
    return across, up


def frame(experiment: Experiment, place: Place, spots: Array) -> tuple[Span, Span]:
    """What is seen of the plane: the chosen half width around the current point, or the smallest square that holds the run so far,
    spots (T, 2). What is still to come does not move it: whatever leaves it is shown by an arrow at the rim."""
    if place.reach:
        return tuple((float(x) - place.reach, float(x) + place.reach) for x in spots[-1])
    if not axes_of(place):
        middle = np.zeros(2)
    elif experiment.hidden:
        middle = np.round(4 * spots[0]) / 4
    else:
        middle = np.full(2, sum(square(0)) / 2)
    needed = float(np.max(np.abs(spots - middle)))
    half = next(h for j in range(LARGEST + 1) if (h := 2.25 * 2.0**j) >= needed or j == LARGEST)
    return tuple((float(x) - half, float(x) + half) for x in middle)


def view_of(experiment: Experiment, place: Place, here: Update, text: Text) -> View:
    """The plane through the current weights, and what is seen of it."""
    plane = plane_of(experiment, place, here)
    spots, off = plane.seen(here.history.theta[: here.k + 1])
    across, up = frame(experiment, place, spots)
    labels = axis_names(experiment, place, here, text)
    rest = tuple(start_of(experiment)[2:])
    seen = Seen(bare(experiment), rest, place.scale, place.grid, across, up, labels, text.lang)
    key = tuple(plane.origin), tuple(plane.across), tuple(plane.up)
    name, floor, payload, marks = picture(seen, key)
    leaves = plane.seen(here.theta + np.diag(here.moves))[1]  # each parameter that moves, by itself
    exact = bool((leaves <= EXACT).all() and (off <= EXACT).all())
    return View(plane, key, across, up, labels, floor, name, payload, marks, off, exact)


@dataclass(frozen=True)
class Seen:
    """All that a picture depends on besides its plane."""

    experiment: Experiment
    rest: tuple[float, ...]
    scale: str
    grid: int
    across: Span
    up: Span
    names: tuple[str, str]
    lang: str


@lru_cache(maxsize=64)
def picture(seen: Seen, key: tuple) -> tuple[str, float | None, str, str]:
    """(hash, floor, packed figure with the lines where a ReLU switches, landmarks in words)."""
    of, text, plane = objective_of(seen.experiment), Text(seen.lang), Plane(*map(np.array, key))
    drawn = surface(of, plane, seen.across, seen.up, seen.grid)
    floor = figures.LINEAR if seen.scale == "linear" else _floor(drawn, places_of(seen.experiment, seen.rest))
    marks = [(m, f"{_called(m, seen, of, text)} {show(m.loss)}") for m in landmarks(of, drawn)]
    figure = figures.surface_figure(drawn, floor, seen.names, marks)
    lines = switches(of, plane, seen.across, seen.up)
    ends = [figures.height(of.loss(plane.at(lines[:, side])), floor) for side in ([0, 1], [2, 3])]
    figure["switches"] = figures.packed(np.column_stack([lines[:, :2], ends[0], lines[:, 2:], ends[1]])) if len(lines) else None
    said = in_words(marks, text)
    return hashed(seen, key), floor, packed(figure), said


def _floor(drawn: Surface, known: tuple[Fate, ...]) -> float:
    """As the picture needs it, or because runs come to rest at 0: a narrow valley may lie between the picture's points."""
    return figures.FLOOR if any(place.loss < figures.NEAR_ZERO for place in known) else figures.floor_of(drawn)


def _called(mark: Landmark, seen: Seen, of: Objective, text: Text) -> str:
    """As the fates call the place where runs come to rest at this loss. Else a low place is low only in this picture."""
    known = places_of(seen.experiment, seen.rest)
    place = next((p for p in known if abs(p.loss - mark.loss) < SAME and mark.kind != "plateau"), None)
    if place is None and mark.kind != "plateau" and known:
        return text("low here")
    return text(KINDS[place.kind]) if place else kind_of(mark, seen.experiment, text)


def path(here: Update, view: View) -> Array:
    """The run so far (T, 5): coordinates, height of its true loss, update number, height of the surface under it."""
    kept = figures.thinned(here.history.loss[: here.k + 1])
    theta, loss = here.history.theta[kept], here.history.loss[kept]
    spots, _ = view.plane.seen(theta)
    foot = figures.height(here.of.loss(view.plane.at(spots)), view.floor)
    return np.column_stack([spots, figures.height(loss, view.floor), kept, foot])


def ghost(experiment: Experiment, place: Place, here: Update, view: View) -> Array | None:
    """The run that was made before this one (T, 3), drawn behind it at its true losses."""
    before = ghost_of(experiment, place)
    if before is None:
        return None
    theta, loss = before
    kept = figures.thinned(loss)
    return np.column_stack([view.plane.seen(theta[kept])[0], figures.height(loss[kept], view.floor)])


def start_spot(experiment: Experiment, axes: tuple[int, int]) -> list[float]:
    """Where the run started, on two of its parameters."""
    return [float(start_of(experiment)[at]) for at in axes]
