"""What the network says for every input: shades of its output over two inputs with the line where it changes its mind, the winning
class of several, or the fitted curve over one input; and each sample on it, which may be added to, moved and taken away."""

import base64
from functools import lru_cache

import numpy as np

from engine.data import Data
from engine.datasets import DATASETS
from engine.experiment import Experiment, data_of
from engine.fates import rights
from engine.limits import SHOWN
from engine.network import outputs
from engine.objective import Objective
from engine.op import Array
from engine.update import Update, update_at
from view import figures
from view.components.chart import packed
from view.net_scene import grid, ranges
from view.numbers import is_
from view.pictures import hashed
from view.text import Text

CELLS = 81
CURVE = 201


@lru_cache(maxsize=32)
def shades(experiment: Experiment, k: int) -> tuple[str, str]:
    """(hash, packed): the output, or the winning class, over two inputs."""
    here = update_at(experiment, k)
    y = outputs(here.whole, here.theta, grid(data_of(experiment).x, CELLS))["y"]
    said = base64.b64encode(coded(experiment, y).tobytes()).decode()
    found = {"classes": said, "k": y.shape[1]} if has_classes(experiment) else {"values": said}
    return hashed("shades", experiment, here.theta.tolist()), packed({"n": CELLS, **found})


def coded(experiment: Experiment, y: Array) -> Array:
    """Outputs y (..., M, k) as bytes (..., M): the winning class, or the first output from 0 to 1; one half is 128."""
    if has_classes(experiment):
        return y.argmax(axis=-1).astype(np.uint8)
    return np.clip(np.floor(255 * y[..., 0] + 0.5 + 1e-6), 0, 255).astype(np.uint8)


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


def picture(
    experiment: Experiment, here: Update, text: Text, add: bool = False, edit: bool = False
) -> tuple[dict | None, dict[str, tuple[str, str]]]:
    """(data of components/decision.js, payloads by key). add: a click adds a sample; edit: samples can be moved and removed.
    More than two inputs have no picture: None."""
    table, held = data_of(experiment), held_out(experiment)
    if table.x.shape[1] > 2:
        return None, {}
    across, right = ranges(table.x), hits(here.whole, here.theta)
    y = outputs(here.whole, here.theta, table.x)["y"]
    many = table.y_true.shape[1] if has_classes(experiment) else 1
    points = _points(y, table, right, False)
    texts = {
        "title": text("Decision map"), "note": text("what the network says for every input"), "alt": _alt(here, right, text),
        "keys": text.say("time-keys-edit" if edit else "map-keys"), "add": text("click to add a point") if add else "",
        "output": "y" if table.y_true.shape[1] == many else "y₁", "right": _score(right, text), "newPoint": text("new point:"),
        "tally": "" if right is None else text("{right} of {count} right", right="{0}", count=len(right)),
        "classes": [text("class {n}", n=n + 1) for n in range(many)] if many > 1 else [],
        "point": text("point {n}", n="{0}"),
    }  # fmt: skip
    if table.x.shape[1] == 1:
        line = np.linspace(*across[0], CURVE)
        curve = outputs(here.whole, here.theta, line[:, None])["y"][:, 0]
        up = (float(min(curve.min(), table.y_true.min())) - 0.2, float(max(curve.max(), table.y_true.max())) + 0.2)
        data = {"kind": "curve", "curve": figures.packed(np.column_stack([line, curve])), "axes": _axes(across[0], up, ["x", "y"])}
        told = {**texts, "title": text("Fitted curve")}
        return {**data, "points": points, "editable": edit, "editClasses": [], "texts": told}, {}
    name, payload = shades(experiment, here.k)
    if held is not None:
        points += _points(outputs(here.whole, here.theta, held.x)["y"], held, None, True)
    axes, bar = _axes(*across, ["x₁", "x₂"]), None if many > 1 else ["0", "½", "1"]
    two = table.y_true.shape[1] == 1 and bool(np.isin(table.y_true, (0, 1)).all())
    chosen = texts["classes"] or ([text("class {n}", n=n) for n in (0, 1)] if two else [])
    data = {"kind": "map", "payload": name, "points": points, "axes": axes, "bar": bar, "texts": texts}
    return {**data, "editable": edit, "editClasses": chosen if add else []}, {"shades": (name, payload)}


def _axes(across, up, called: list[str]) -> dict:
    return {"x": list(across), "y": list(up), "xticks": figures.ticks(*across, 5), "yticks": figures.ticks(*up, 5), "names": called}


def _points(y: Array, table: Data, right: Array | None, held: bool) -> list[dict]:
    """Each sample with its class; labelled where they are few. Of several outputs that are no classes, the first is shown."""
    few = len(table.x) <= SHOWN
    t = table.y_true.argmax(axis=1) if _one_hot(table.y_true) else table.y_true[:, 0]
    return [
        {
            "x": [float(a) for a in x],
            "t": float(t[n]),
            "text": f"{n + 1}: y {is_(float(y[n, 0]))}" if few and table.x.shape[1] == 2 else "",
            "right": right is None or bool(right[n]),
            "held": held,
        }
        for n, x in enumerate(table.x)
    ]


def _score(right: Array | None, text: Text) -> str:
    return "" if right is None else text("{right} of {count} right", right=int(right.sum()), count=len(right))


def _alt(here: Update, right: Array | None, text: Text) -> str:
    loss = float(here.whole.loss(here.theta))
    return text.say("alt-decision", k=here.k, loss=is_(loss), score=_score(right, text)).strip()
