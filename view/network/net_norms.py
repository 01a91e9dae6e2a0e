"""Vanishing and exploding as a picture: how long each layer's gradient is, on a logarithmic scale, with the limits from which it is
called vanished or exploded. A bar appears when the backward pass has reached its layer; the line behind it is the run."""

from functools import lru_cache
from math import isfinite

import numpy as np

from engine.experiment import Experiment, history_of, objective_of
from engine.health import FADED, SWOLLEN, gradient_norms, sums
from engine.op import Array
from engine.update import Update
from view import figures
from view.components.norms import norms
from view.names import plain
from view.numbers import is_, show
from view.scene import found
from view.text import Text

LOOKS = 96  # updates of a line, evenly on its logarithmic axis
ROOM = 0.5  # decades above the longest and below the shortest
HIGHEST = 300  # a height beyond has no number any more


@lru_cache(maxsize=32)
def over_time(experiment: Experiment, last: int) -> tuple[Array, Array]:
    """(ks (K,), norms (K, layers)) over the run so far known."""
    ks = np.unique(np.round(np.expm1(np.linspace(0, np.log1p(last), LOOKS))).astype(int))
    with np.errstate(all="ignore"):
        return ks, gradient_norms(objective_of(experiment), history_of(experiment, max(last - 1, 0)).theta[ks])


def heights(lengths: Array) -> Array:
    """log₁₀; a length of 0, or one that no number holds, has none."""
    with np.errstate(all="ignore"):
        return np.where(np.isfinite(lengths) & (lengths > 0), np.log10(lengths), np.nan)


def picture(experiment: Experiment, here: Update, m: int, text: Text) -> dict:
    """The data of components/norms.js."""
    ks, lengths = over_time(experiment, here.history.updates)
    with np.errstate(all="ignore"):
        now = gradient_norms(here.whole, here.theta[None])[0]
    names = sums(here.whole)
    known = [("backward", name) in found(here, m) for name in names]
    every = np.concatenate([heights(lengths).ravel(), heights(now), heights(lengths[:, -1]) + np.log10(FADED)])
    every = every[np.isfinite(every)] if np.isfinite(every).any() else np.zeros(1)
    low, high = float(every.min()) - ROOM, float(every.max()) + ROOM
    layers = [
        {
            "name": f"∂L/∂{plain(name)}",
            "known": known[at],
            "height": float(heights(now)[at]) if np.isfinite(heights(now)[at]) else None,
            "text": show(float(now[at])) if known[at] else "",
            "points": figures.packed(_line(ks, heights(lengths)[:, at], here.k, known[at])),
        }
        for at, name in enumerate(names)
    ]
    return {
        "layers": layers,
        "at": float(np.log10(1 + here.k)),
        "x": [0.0, float(np.log10(1 + max(here.history.updates, 1)))],
        "y": [low, high],
        "yticks": _ticks(low, high),
        "limits": _limits(float(now[-1]), low, high, text) if known[-1] else [],
        "texts": {
            "title": text("Gradient, layer by layer"),
            "note": text("bar: now, line: the run"),
            "alt": alt(here, names, now, known, text),
        },
    }


def _line(ks: Array, line: Array, k: int, known: bool) -> Array:
    """(K, 2): places and heights; what the present moment has not found, and what comes after it, is not there yet."""
    shown = np.isfinite(line) & (known | (ks < k))
    return np.column_stack([np.log10(1 + ks[shown]), line[shown]])


def _ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Powers of ten, at most four of them."""
    step = int(figures.round_step(max(high - low, 1.0), 4) + 0.5) or 1
    first = int(np.ceil(low / step))
    return [
        (float(n * step), show(10.0 ** (n * step))) for n in range(first, int(high / step + 100) - 99) if abs(n * step) < HIGHEST
    ]


def _limits(last: float, low: float, high: float, text: Text) -> list[dict]:
    """A thousandth of the last layer's length, and a thousand times it, as far as they lie in the picture."""
    told = ((FADED, text("a thousandth of the last layer’s")), (SWOLLEN, text("a thousand times the last layer’s")))
    drawn = [(float(heights(np.array([last * share]))[0]), words) for share, words in told]
    return [{"height": at, "text": words} for at, words in drawn if isfinite(at) and low < at < high]


def alt(here: Update, names: tuple[str, ...], now: Array, known: list[bool], text: Text) -> str:
    """Every number that is drawn, and the first layer's beside the last's."""
    told = [_is(plain(name), float(x)) for name, x, on in zip(names, now, known, strict=True) if on]
    if not told:
        return text.say("health-norms-later", k=here.k)
    if all(known) and 0 < now[-1] < np.inf and isfinite(now[0]):
        return text.say("health-norms-share", k=here.k, numbers=text("; ").join(told), share=is_(float(now[0] / now[-1])))
    return text.say("health-norms", k=here.k, numbers=text("; ").join(told))


def _is(name: str, x: float) -> str:
    return f"{name} {is_(x)}" if isfinite(x) else f"{name} = {show(x)}"


def show_norms(experiment: Experiment, here: Update, m: int, text: Text) -> None:
    """Beside the time line; a single layer has nothing to be compared with."""
    if len(sums(here.whole)) > 1:
        norms(picture(experiment, here, m, text), "norms")
