"""What the network says for every input: shades of its output over two inputs with the line where it changes its mind, the winning
class of several, or the fitted curve over one input; and each sample on it."""

import base64
from functools import lru_cache

import numpy as np

from engine.datasets import DATASETS
from engine.experiment import Experiment, data_of
from engine.fates import rights
from engine.limits import SHOWN
from engine.network import outputs
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
    y = outputs(here.of, here.theta, grid(data_of(experiment).x, CELLS))["y"]
    if _classes(experiment):
        found = {"n": CELLS, "classes": _bytes(y.argmax(axis=1)), "k": y.shape[1]}
    else:
        found = {"n": CELLS, "values": _bytes(np.clip(np.floor(255 * y[:, 0] + 0.5 + 1e-6), 0, 255))}
    return hashed("shades", experiment, here.theta.tolist()), packed(found)


def _bytes(numbers) -> str:
    return base64.b64encode(np.asarray(numbers).astype(np.uint8).tobytes()).decode()


def picture(experiment: Experiment, here: Update, text: Text) -> tuple[dict, dict[str, tuple[str, str]]]:
    """(data of components/decision.js, payloads by key)."""
    table, entry = data_of(experiment), DATASETS.get(experiment.data)
    held = entry.held_out if entry else None
    across = ranges(table.x)
    many = table.y_true.shape[1] if _classes(experiment) else 1
    texts = {
        "title": text("Decision map"), "note": text("what the network says for every input"), "add": "", "alt": _alt(here, text),
        "keys": text.say("map-keys"), "output": "y" if table.y_true.shape[1] == many else "y₁", **_score(here, text),
        "classes": [text("class {n}", n=n + 1) for n in range(many)] if many > 1 else [],
    }  # fmt: skip
    if table.x.shape[1] == 1:
        line = np.linspace(*across[0], CURVE)
        y = outputs(here.of, here.theta, line[:, None])["y"][:, 0]
        up = (float(min(y.min(), table.y_true.min())) - 0.2, float(max(y.max(), table.y_true.max())) + 0.2)
        points = [{"x": [float(x[0])], "t": float(t[0])} for x, t in zip(table.x, table.y_true, strict=True)]
        told = {**texts, "title": text("Fitted curve")}
        curve = figures.packed(np.column_stack([line, y]))
        return {"kind": "curve", "curve": curve, "points": points, "axes": _axes(across[0], up, ["x", "y"]), "texts": told}, {}
    name, payload = shades(experiment, here.k)
    points = _points(here.trace.values["y"], table, rights(here.of, here.theta), False)
    if held is not None:
        points += _points(outputs(here.of, here.theta, held.x)["y"], held, None, True)
    axes, bar = _axes(*across, ["x₁", "x₂"]), None if many > 1 else ["0", "½", "1"]
    data = {"kind": "map", "payload": name, "points": points, "axes": axes, "bar": bar, "texts": texts}
    return data, {"shades": (name, payload)}


def _axes(across, up, called: list[str]) -> dict:
    return {"x": list(across), "y": list(up), "xticks": figures.ticks(*across, 5), "yticks": figures.ticks(*up, 5), "names": called}


def _classes(experiment: Experiment) -> bool:
    """Whether the outputs are classes of which one is right."""
    t = data_of(experiment).y_true
    return t.shape[1] > 1 and bool(((t == 0) | (t == 1)).all())


def _points(y, table, right, held: bool) -> list[dict]:
    """Each sample with its class; labelled where they are few. Of several outputs that are no classes, the first is shown."""
    few, one_hot = len(table.x) <= SHOWN, table.y_true.shape[1] > 1 and bool(((table.y_true % 1) == 0).all())
    t = table.y_true.argmax(axis=1) if one_hot else table.y_true[:, 0]
    wins = y.argmax(axis=1) == t if one_hot else None
    return [
        {
            "x": [float(a) for a in x],
            "t": float(t[n]),
            "text": f"{n + 1}: y {is_(float(y[n, 0]))}" if few else "",
            "right": bool(wins[n]) if wins is not None else bool(right[n].all()) if right is not None else True,
            "held": held,
        }
        for n, x in enumerate(table.x)
    ]


def correct(here: Update) -> tuple[int, int] | None:
    """(how many samples are right, of how many); None where there is no right or wrong."""
    y, t = here.trace.values["y"], here.of.inputs["y_true"]
    if y.shape[1] > 1 and ((t == 0) | (t == 1)).all():
        return int((y.argmax(axis=1) == t.argmax(axis=1)).sum()), len(y)
    found = rights(here.of, here.theta)
    return None if found is None else (int(found.all(axis=1).sum()), len(found))


def _score(here: Update, text: Text) -> dict:
    found = correct(here)
    return {"right": "" if found is None else text("{right} of {count} right", right=found[0], count=found[1])}


def _alt(here: Update, text: Text) -> str:
    found = correct(here)
    score = "" if found is None else text("{right} of {count} right", right=found[0], count=found[1])
    return text.say("alt-decision", k=here.k, loss=is_(here.loss), score=score)
