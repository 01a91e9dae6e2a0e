"""What the network says for every input: shades of its output over two inputs with the line where it changes its mind, the winning
class of several, or the fitted curve over one input; and each sample on it, which may be added to, moved and taken away."""

import base64
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.data import Data
from engine.datasets import DATASETS
from engine.experiment import Experiment, batched, data_of, history_of, objective_of
from engine.fates import rights
from engine.limits import SHOWN
from engine.losses import LOSSES
from engine.network import outputs
from engine.objective import Objective
from engine.op import Array
from engine.update import Update, update_at
from view import figures
from view.components.chart import packed
from view.network.net_scene import ranges, spots
from view.numbers import is_, show
from view.pictures import hashed
from view.text import Text

CELLS = 81
CURVE = 201
ENDS = 8  # at most so many round steps from end to end of a scale

Ends = tuple[tuple[float, float], ...]  # (low, high) of each axis


@lru_cache(maxsize=32)
def shades(experiment: Experiment, k: int, across: Ends) -> tuple[str, str]:
    """(hash, packed): the output, or the winning class, over two inputs between these ends."""
    here = update_at(experiment, k)
    y = outputs(here.whole, here.theta, spots(across, CELLS))["y"]
    said = base64.b64encode(coded(experiment, y).tobytes()).decode()
    many = has_classes(experiment)
    found = {"classes": said, "k": y.shape[1]} if many else {"values": said, "half": scale(experiment).half}
    return hashed("shades", experiment, here.theta.tolist(), across), packed({"n": CELLS, **found})


@dataclass(frozen=True)
class Scale:
    """Which outputs the shading reaches from and to; half: its middle, mostly one half, divides two classes."""

    low: float = 0.0
    high: float = 1.0
    half: bool = True


@lru_cache(maxsize=64)
def scale(experiment: Experiment) -> Scale:
    """The first output's scale, the same for every moment of a run. Classes and probabilities have 0 to 1; other numbers what holds
    the targets and what the network says for the samples early in the run, as far as that is not far away; its ends are round."""
    table, bounded = data_of(experiment), experiment.activation in ("sigmoid", "softmax")
    t = table.y_true[:, 0]
    zeros_and_ones = bool(np.isin(table.y_true, (0, 1)).all())
    if (zeros_and_ones and (bounded or len(np.unique(t)) == 2)) or (bounded and t.min() >= 0 and t.max() <= 1):
        middle = LOSSES[experiment.loss].boundary if experiment.loss in LOSSES else 0.5
        return Scale(half=zeros_and_ones) if middle == 0.5 or not zeros_and_ones else Scale(middle - 1, middle + 1)
    y = outputs(objective_of(experiment), history_of(experiment, 0).theta, table.x)["y"][..., 0]
    reach = max(float(np.ptp(t)), float(np.abs(t).max())) or 1.0
    y = np.clip(y[np.isfinite(y)], t.min() - reach, t.max() + reach)
    low, high = min(float(t.min()), float(y.min(initial=t.min()))), max(float(t.max()), float(y.max(initial=t.max())))
    room = 0.05 * (high - low) or reach
    step = figures.round_step(high - low + 2 * room, ENDS)
    return Scale(float(np.floor((low - room) / step) * step), float(np.ceil((high + room) / step) * step), False)


def coded(experiment: Experiment, y: Array) -> Array:
    """Outputs y (..., M, k) as bytes (..., M): the winning class, or the first output on its scale; the middle is 128."""
    if has_classes(experiment):
        return y.argmax(axis=-1).astype(np.uint8)
    own = scale(experiment)
    return np.clip(np.floor(255 * (y[..., 0] - own.low) / (own.high - own.low) + 0.5 + 1e-6), 0, 255).astype(np.uint8)


def has_classes(experiment: Experiment) -> bool:
    """Whether the outputs are classes of which one is right."""
    return _one_hot(data_of(experiment).y_true)


def _one_hot(t: Array) -> bool:
    return t.shape[1] > 1 and bool(((t == 0) | (t == 1)).all())


def held_out(experiment: Experiment) -> Data | None:
    """Samples of the same law on which nothing is trained."""
    entry = DATASETS.get(experiment.data)
    return entry.held_out if entry else None


def hits(of: Objective, theta: Array) -> Array | None:
    """Whether the network is right about each sample: theta (..., P) -> (..., N); None where there is no right or wrong."""
    t = of.inputs["y_true"]
    if _one_hot(t):
        return of.values(theta)["y"].argmax(axis=-1) == t.argmax(axis=-1)
    found = rights(of, theta)
    return None if found is None else found.all(axis=-1)


def axes_of(experiment: Experiment, here: Update) -> Ends:
    """The picture's axes: each input with room around the data; of a curve also the heights."""
    table = data_of(experiment)
    across = tuple(ranges(table.x))
    if len(across) > 1:
        return across
    heights = np.concatenate([_curve(here, across)[:, 1], table.y_true[:, 0]])
    return *across, (float(heights.min()) - 0.2, float(heights.max()) + 0.2)


def picture(
    experiment: Experiment, here: Update, text: Text, add: bool = False, edit: bool = False, axes: Ends | None = None
) -> tuple[dict | None, dict[str, tuple[str, str]]]:
    """(data of components/decision.js, payloads by key). add: a click adds a sample; edit: samples can be moved and removed; axes:
    other ones than `axes_of` finds. More than two inputs have no picture: None."""
    table, held = data_of(experiment), held_out(experiment)
    if table.x.shape[1] > 2:
        return None, {}
    across, right, classes = axes or axes_of(experiment, here), hits(here.whole, here.theta), has_classes(experiment)
    count = table.y_true.shape[1]
    many, first = (count, False) if classes else (1, count > 1)
    points = _points(experiment, outputs(here.whole, here.theta, table.x)["y"], table, right, False)
    if batched(experiment):
        points = [{**point, "used": n in here.rows} for n, point in enumerate(points)]
    curve, letter = table.x.shape[1] == 1, "y₁" if first else "y"
    two = count == 1 and bool(np.isin(table.y_true, (0, 1)).all())
    named = [text("class {n}", n=n + 1) for n in range(many)] if classes else []
    texts = {
        "title": text("Fitted curve") if curve else text("Decision map"),
        "note": text("y₁ of {n} outputs, for every input", n=count) if first else text("what the network says for every input"),
        "alt": _alt(here, right, text) + _first(count if first else 1, text),
        "keys": text.say("time-keys-edit" if edit else "map-keys"),
        "add": _how_to_add(curve and not classes, two or classes, text) if add else "",
        "output": letter, "right": _score(right, text), "newPoint": text("new point:"),
        "tally": "" if right is None else text("{right} of {count} right", right="{0}", count=len(right)),
        "classes": named, "point": text("point {n}", n="{0}"),
    }  # fmt: skip
    legend = [{"used": True, "text": text("sample of this batch")}] if batched(experiment) else []
    data = {"points": points, "legend": legend, "editable": edit, "editClasses": [], "texts": texts}
    if curve:
        return {**data, "kind": "curve", "curve": figures.packed(_curve(here, across)), "axes": _axes(*across, ["x", letter])}, {}
    name, payload = shades(experiment, here.k, across)
    if held is not None:
        points += _points(experiment, outputs(here.whole, here.theta, held.x)["y"], held, None, True)
    shown = {} if classes else _bar(scale(experiment))
    if add:
        data["editClasses"] = named or ([text("class {n}", n=n) for n in (0, 1)] if two else [])
    return {**data, **shown, "kind": "map", "payload": name, "axes": _axes(*across, ["x₁", "x₂"])}, {"shades": (name, payload)}


def _curve(here: Update, across: Ends) -> Array:
    """The first output over the one input: (CURVE, 2)."""
    line = np.linspace(*across[0], CURVE)
    return np.column_stack([line, outputs(here.whole, here.theta, line[:, None])["y"][:, 0]])


def _bar(own: Scale) -> dict:
    """The scale in numbers and, beside the colours, in words."""
    middle = (own.low + own.high) / 2
    middle = "½" if middle == 0.5 else show(middle)
    return {"scale": [own.low, own.high], "half": own.half, "bar": [show(own.low), middle, show(own.high)]}


def _how_to_add(height: bool, classes: bool, text: Text) -> str:
    """What the reader's hand can do; what target a new sample has: a height, a class, or its neighbour's."""
    if height:
        return text.say("time-edit-curve")
    return text.say("time-edit-class") if classes else text.say("time-edit-number")


def _first(count: int, text: Text) -> str:
    between = " " if text.lang == "en" else ""
    return between + text.say("time-first", n=count) if count > 1 else ""


def _axes(across, up, called: list[str]) -> dict:
    return {"x": list(across), "y": list(up), "xticks": figures.ticks(*across, 5), "yticks": figures.ticks(*up, 5), "names": called}


def _points(experiment: Experiment, y: Array, table: Data, right: Array | None, held: bool) -> list[dict]:
    """Each sample with its class, or with its target and that one's shade; labelled where they are few. Of several outputs the
    first is told."""
    few, letter = len(table.x) <= SHOWN, "y" if y.shape[1] == 1 else "y₁"
    classes = has_classes(experiment)
    t = table.y_true.argmax(axis=1) if classes else table.y_true[:, 0]
    shaded = table.x.shape[1] == 2 and not classes and not scale(experiment).half
    codes = coded(experiment, table.y_true).tolist()
    return [
        {
            "x": [float(a) for a in x],
            "t": float(t[n]),
            "text": f"{n + 1}: {letter} {is_(float(y[n, 0]))}" if few and table.x.shape[1] == 2 else "",
            "right": right is None or bool(right[n]),
            "held": held,
            **({"shade": codes[n]} if shaded else {}),
        }
        for n, x in enumerate(table.x)
    ]


def _score(right: Array | None, text: Text) -> str:
    return "" if right is None else text("{right} of {count} right", right=int(right.sum()), count=len(right))


def _alt(here: Update, right: Array | None, text: Text) -> str:
    loss = float(here.whole.loss(here.theta))
    return text.say("alt-decision", k=here.k, loss=is_(loss), score=_score(right, text)).strip()
