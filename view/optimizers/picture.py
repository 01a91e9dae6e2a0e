"""What the race's picture is told: where every lane has been, where its next update lands, and its losses; and the sweep, the loss
to which every learning rate leads. Everything is computed on the loss that the lanes run on."""

from math import log10

import numpy as np

from engine.functions import FUNCTIONS
from engine.hessian import curvature
from engine.op import Array
from engine.race import SPAN, bests_of
from engine.stability import stability
from view import figures
from view.numbers import is_, show
from view.optimizers import called, say
from view.optimizers.landscape import View
from view.optimizers.state import Now
from view.text import Text

ARROW = np.linspace(0, 1, 25)[:, None]  # −∇L to scale, in so many places
FIRST = 200  # updates that are all drawn
ABOVE = 3.0  # decades above the start that a curve still shows


def race(now: Now, view: View, asked: str, text: Text) -> dict:
    """The data of components/race.js; asked: "", "3d" or "contour", what the link says of the surface."""
    arrows = _arrows(now, view)
    return {
        "surface": view.hash,
        "view": asked,
        "lit": None,
        "lanes": [_lane(now, view, at, arrows[at], text) for at in range(len(now.lanes))],
        "curve": _curves(now, view.floor),
        "texts": say.race_texts(now, view, text),
    }


def _lane(now: Now, view: View, at: int, arrow: dict | None, text: Text) -> dict:
    history, k = now.lanes[at].history, now.at(at)
    kept = _kept(history.loss[: k + 1])
    lands = None if now.stopped(at) else history.theta[k + 1]
    return {
        "number": at + 1,
        "name": called.name(now.race.methods[at], text),
        "eta": f"η {is_(now.rates[at])}",
        "loss": f"L {is_(now.loss(at))}",
        "state": say.state(now, at, text),
        "path": figures.packed(np.column_stack([_seen(history.theta[kept], history.loss[kept], view), kept])),
        "next": None if lands is None else figures.plain(_seen(lands, history.loss[k + 1], view)),
        "arrow": arrow,
        "lands": "" if lands is None else say.landing(now, at, text),
    }


def _kept(loss: Array) -> Array:
    """The updates that are drawn: the first ones all, in which most happens, and of the others the most extreme."""
    return np.union1d(np.arange(min(FIRST, len(loss))), figures.thinned(loss))


def _seen(theta: Array, loss: Array, view: View) -> Array:
    """theta (..., P), loss (...) -> across, up and height (..., 3)."""
    spots, _ = view.plane.seen(theta)
    return np.concatenate([spots, np.asarray(figures.height(loss, view.floor))[..., None]], axis=-1)


def _arrows(now: Now, view: View) -> list[dict | None]:
    """−∇L from where each lane stands, to scale."""
    here = np.stack([now.theta(at) for at in range(len(now.lanes))])
    with np.errstate(over="ignore", invalid="ignore"):
        g = now.of.loss_and_gradient(here)[1]
        ways = here[:, None] - ARROW * g[:, None]
        rows = _seen(ways, now.of.loss(ways), view)
    return [figures.packed(row) if np.isfinite(row).all() else None for row in rows]


def _curves(now: Now, floor: float | None) -> dict:
    runs = [lane.history.loss[: now.at(at) + 1] for at, lane in enumerate(now.lanes)]
    kept = [_kept(run) for run in runs]
    heights = [figures.height(run[at], floor) for run, at in zip(runs, kept, strict=True)]
    seen = np.concatenate(heights)
    low, high = _ends(seen[np.isfinite(seen)], float(heights[0][0]))
    last = figures.room(now.k)
    return {
        "lanes": [figures.packed(np.column_stack(pair)) for pair in zip(kept, heights, strict=True)],
        "x": [0, last],
        "y": [low, high],
        "xticks": [(at, text) for at, text in figures.ticks(0, last, 6) if at == int(at)],
        "yticks": figures.loss_ticks(low, high, floor, 5),
        "axis": figures.axis_name(floor),
        "known": now.k,
    }


def _ends(heights: Array, start: float) -> tuple[float, float]:
    """The ends of an axis of heights, which holds the start: what rises far above it leaves the picture."""
    low, high = min(float(heights.min()), start), min(max(float(heights.max()), start), start + ABOVE)
    slack = max(0.06 * (high - low), 0.1)
    return low - slack, high + slack


# The sweep


def sweep(now: Now, floor: float | None, text: Text) -> dict:
    """The data of components/race_sweep.js."""
    found = bests_of(now.course, now.race.methods, now.race.horizon)
    start = float(figures.height(now.lanes[0].history.loss[0], floor))
    heights = [np.where(np.isnan(best.losses), np.nan, figures.height(best.losses, floor)) for best in found]
    known = np.concatenate(heights)
    low, high = _ends(known[np.isfinite(known)], start) if np.isfinite(known).any() else (start - 1, start + 1)
    x = [log10(end) for end in SPAN]
    lanes = [
        {
            "number": at + 1,
            "name": called.name(now.race.methods[at], text),
            "curve": figures.packed(np.column_stack([np.log10(best.rates), heights[at]])),
            "best": None if best.rate is None else [log10(best.rate), float(np.nanmin(heights[at]))],
            "limit": _limit(now, at, text),
        }
        for at, best in enumerate(found)
    ]
    same = now.race.mode == "same" and SPAN[0] <= now.race.eta <= SPAN[1]
    return {
        "lanes": lanes,
        "now": [log10(now.race.eta), f"η = {show(now.race.eta)}"] if same else None,
        "x": x,
        "y": [low, high],
        "xticks": [(e, show(10.0**e)) for e in range(round(x[0]), round(x[1]) + 1)],
        "yticks": figures.loss_ticks(low, high, floor, 5),
        "axis": figures.axis_name(floor),
        "texts": say.sweep_texts(now, found, text),
    }


def bend_of(now: Now, at: int) -> float:
    """λmax: at the nearest minimum of a function, else where the lane stands; nan where the loss overflows nearby."""
    here = now.theta(at)
    if now.course.experiment is None:
        minima = np.array(FUNCTIONS[now.course.on].minima)
        here = minima[int(np.argmin(((minima - here) ** 2).sum(axis=1)))]
    values = curvature(now.of, here, now.moves).values
    return float(values[-1]) if len(values) else float("nan")


def _limit(now: Now, at: int, text: Text) -> list | None:
    """On a function, above which rate this lane cannot stay at the minimum."""
    found = None if now.course.experiment else stability(now.optimizers[at], bend_of(now, at))
    if found is None or not SPAN[0] < found.value < SPAN[1]:
        return None
    return [log10(found.value), text("limit {x}", x=show(found.value))]
