"""The data of the gallery's picture: the curves of value and slope, what follows the point at every place of its range, and the
small pictures of all entries. Every number is the engine's; the browser only looks them up and draws."""

from functools import lru_cache
from itertools import pairwise

import numpy as np

from engine.alone import LAYERS, passed_back
from engine.curves import kinks, slopes, values
from engine.op import Array, Op
from view import entries, figures
from view.components.chart import packed
from view.gallery import words
from view.gallery.entry import ENTRIES, STEPS, Chosen
from view.gallery.words import beside
from view.numbers import is_, show
from view.pictures import hashed
from view.text import Text

FINEST, MOST = -20.0, 2.0  # the ends of the axis of powers of ten
SLACK = 0.08  # of a picture's height, left free above and below
STEEP = 0.97  # of the places: where a loss grows without limit, the highest ones leave the picture
TILE = 33  # places of a small picture
SHOWN = (-4.0, 4.0)  # what a small picture shows
TOP = 0.8  # of the places: where values grow without limit, the highest ones leave a small picture
TARGET = 1.0  # of the losses in the small pictures


def grid(chosen: Chosen) -> Array:
    """(R,): where the point can stand while it is dragged."""
    low, high = chosen.ends
    middle, half = 0.5 * (low + high), 0.5 * (high - low)
    return np.round(middle + half / STEPS * np.arange(-STEPS, STEPS + 1), 9)


def chain(slope: Array) -> Array:
    """(..., LAYERS): the power of ten of what is left of a gradient after each layer; −∞ where it is 0."""
    with np.errstate(divide="ignore"):
        return np.log10(np.abs(passed_back(slope)))


def row(z: float, y: float, s: float) -> list[str]:
    """The texts of one place: the place, the value, the slope, the slope through all layers."""
    return [is_(z), is_(y), is_(s), show(float(passed_back(s)[-1]))]


@lru_cache(maxsize=64)
def payload(op: Op, chosen: Chosen) -> tuple[str, str]:
    """(hash, packed) of the whole range; chosen: with its place at the picture's end, so that all places share it."""
    zs = grid(chosen)
    y, s = slopes(op, zs, chosen.goal)
    rows = [row(*map(float, three)) for three in zip(zs, y, s, strict=True)]
    heavy = {"curve": figures.packed(np.column_stack([zs, y, s])), "chain": figures.packed(chain(s)), "rows": rows}
    return hashed("gallery", op.key, chosen.topic, chosen.ends, chosen.goal), packed(heavy)


def heavy(chosen: Chosen) -> tuple[str, str]:
    return payload(chosen.op, Chosen(chosen.topic, chosen.op, chosen.ends[1], chosen.goal))


def slope_line(chosen: Chosen) -> Array:
    """(M, 2): the slope's curve, broken where it jumps; nan stands for the gap."""
    low, high = chosen.ends
    zs = grid(chosen)
    found, gap = [], np.full((1, 2), np.nan)
    edges = [low, *(k for k in chosen.kinks if low < k < high), high]
    for left, right in pairwise(edges):
        step = 1e-9 * (high - low)
        inner = np.concatenate([[left + step], zs[(zs > left + step) & (zs < right - step)], [right - step]])
        found += [np.column_stack([inner, slopes(chosen.op, inner, chosen.goal)[1]]), gap]
    return np.concatenate(found[:-1])


def kink_marks(chosen: Chosen) -> list[list[float]]:
    """[place, value, slope to the left, ours, slope to the right] of each corner inside the picture."""
    low, high = chosen.ends
    found = []
    for at in chosen.kinks:
        if low < at < high:
            y = float(slopes(chosen.op, np.array([at]), chosen.goal)[0][0])
            found.append([at, y, *beside(chosen, at)])
    return found


def heights(chosen: Chosen, of: Array) -> tuple[float, float]:
    """From where to where the upward axis reaches; 0 is always on it. A loss of a probability grows without limit at one end."""
    inside = of[np.isfinite(of)]
    low, high = np.quantile(inside, [1 - STEEP, STEEP] if chosen.op.probability else [0, 1]).tolist()
    low, high = min(low, 0.0), max(high, 0.0)
    slack = SLACK * (high - low) or 1.0
    return low - slack, high + slack


def picture(chosen: Chosen, text: Text) -> dict:
    """The data of components/gallery.js."""
    zs = grid(chosen)
    low, high = chosen.ends
    called = entries.name(chosen.op.key, text)
    y, s = slopes(chosen.op, zs, chosen.goal)
    here_y, here_s = (float(x[0]) for x in slopes(chosen.op, np.array([chosen.z]), chosen.goal))
    value_ends, slope_ends = heights(chosen, y), heights(chosen, s)
    seen = [one for one in chosen.flats if low < one.at < high]
    return {
        "payload": heavy(chosen)[0],
        "now": {
            "row": row(chosen.z, here_y, here_s),
            "point": [chosen.z, here_y, here_s],
            "chain": figures.plain(chain(np.array(here_s))),
            "index": int(np.abs(zs - chosen.z).argmin()),
        },
        "best": None if chosen.is_loss else figures.plain(chain(np.array(words.largest(chosen)))),
        "x": [low, high],
        "y": list(value_ends),
        "s": list(slope_ends),
        "xticks": figures.ticks(low, high, 8),
        "yticks": figures.ticks(*value_ends, 5),
        "sticks": figures.ticks(*slope_ends, 3),
        "powers": {"x": [0, LAYERS], "y": [FINEST, MOST], "xticks": _counted(), "yticks": _powers()},
        "slope": figures.packed(slope_line(chosen)),
        "kinks": kink_marks(chosen),
        "flats": [[low, one.at] if one.end < 0 else [one.at, high] for one in seen],
        "target": chosen.goal if chosen.marks_target and low <= chosen.goal <= high else None,
        "texts": {
            "title": text("{entry}: value and slope", entry=called),
            "note": text("drag the point"),
            "name": chosen.name,
            "value": chosen.result,
            "slope": chosen.slope_name,
            "flat": text("flat"),
            "kink": text("kink"),
            "target": text("target"),
            "range": text("move {name} along the curve", name=chosen.name),
            "told": words.told(chosen, text),
            "alt": words.alt(chosen, called, text),
            "depthTitle": text("A gradient through many layers"),
            "depthNote": text("all weights 1"),
            "depthAxis": text("layers"),
            "depthUp": text("what is left of 1"),
            "here": text("here"),
            "best": text("at its steepest"),
            "altDepth": "" if chosen.is_loss else words.alt_depth(chosen, text),
        },
    }  # fmt: skip


def _counted() -> list[tuple[float, str]]:
    return [(float(n), str(n)) for n in (1, 5, 10, 15, LAYERS)]


def _powers() -> list[tuple[float, str]]:
    return [(float(n), show(10.0**n)) for n in (-20, -15, -10, -5, 0)]


# All entries at a glance


def tiles(chosen: Chosen, text: Text) -> dict:
    """The data of the small pictures: each entry's name and both curves, already as places in a box of 100 by 60."""
    return {
        "topic": chosen.topic,
        "chosen": chosen.op.key,
        "tiles": [tile(key, op, text) for key, op in ENTRIES[chosen.topic].items()],
        "texts": {"label": text("All of them"), "hint": text("value and slope of each; click one")},
    }


def tile(key: str, op: Op, text: Text) -> dict:
    value, slope = small(op)
    return {"key": key, "name": entries.name(key, text), "value": value, "slope": slope}


@lru_cache(maxsize=64)
def small(op: Op) -> tuple[str, str]:
    """(value, slope) as the points of a polyline; what is too high leaves the box and is cut off there."""
    low, high = (0.02, 0.98) if op.probability else SHOWN
    z = np.linspace(low, high, TILE)
    kept = np.unique(np.concatenate([z, *([k - 1e-6, k + 1e-6] for k in kinks(op, TARGET) if low < k < high)]))
    y, s = slopes(op, kept, TARGET)
    limited = np.isfinite(values(op, TARGET)).all() and not op.probability
    up = float(np.quantile(np.abs(np.concatenate([y, s])), 1.0 if limited else TOP)) * 1.1
    across = 100 * (kept - low) / (high - low)
    return tuple(" ".join(f"{a:.1f},{30 - 28 * v / up:.1f}" for a, v in zip(across, of, strict=True)) for of in (y, s))
