"""The network as a drawing at one moment: which numbers have been found, which the current operation uses, and what each unit says
for every input. The drawing is told every word; it computes nothing."""

import base64
from functools import lru_cache

import numpy as np

from engine.experiment import Experiment, data_of
from engine.network import outputs
from engine.op import Array
from engine.starts import centres
from engine.update import Update, update_at
from view import names
from view.components.chart import packed
from view.numbers import is_, show
from view.pictures import hashed
from view.scene import CAPTIONS, found, lit
from view.text import Text

CELLS = 24  # a side of a unit's own map
MARGIN = 0.25  # of the data's range, around it


def layers(here: Update) -> list[str]:
    """The arrays that a reader sees as layers: x, each activation, the last one being y."""
    return ["x", *(step.out for step in here.of.program if step.op.role in ("activation", "probabilities"))]


def ranges(table: Array) -> list[tuple[float, float]]:
    """(low, high) of each input, with room around the data."""
    low, high = table.min(axis=0), table.max(axis=0)
    room = np.maximum(MARGIN * (high - low), 0.25)
    return [(float(a), float(b)) for a, b in zip(low - room, high + room, strict=True)]


def grid(table: Array, cells: int) -> Array:
    """The centres of cells × cells (cells², 2) over the data's range, row by row from the lowest x₂."""
    across, up = np.meshgrid(*(centres(*ends, cells) for ends in ranges(table)))
    return np.column_stack([across.ravel(), up.ravel()])


@lru_cache(maxsize=32)
def maps(experiment: Experiment, k: int) -> tuple[str, str] | None:
    """(hash, packed): every unit's value over the inputs; None unless there are two."""
    here, table = update_at(experiment, k), data_of(experiment).x
    if table.shape[1] != 2:
        return None
    spots = grid(table, CELLS)
    values = {"x": spots, **outputs(here.of, here.theta, spots)}
    cells = {f"{name}.{u}": _bytes(name, values[name][:, u]) for name in layers(here) for u in range(values[name].shape[1])}
    return hashed("maps", experiment, here.theta.tolist()), packed({"n": CELLS, "cells": cells})


def _bytes(name: str, values: Array) -> str:
    """From the most negative (0) by 0 (128) to the most positive (255); an output between 0 and 1 has its middle at one half."""
    unit = name == "y" and values.min() >= 0 and values.max() <= 1
    centred = 2 * values - 1 if unit else values / max(1.0, float(np.abs(values).max()))
    return base64.b64encode(np.clip(np.round(128 + 127 * centred), 0, 255).astype(np.uint8).tobytes()).decode()


def diagram(experiment: Experiment, here: Update, m: int, select: str, text: Text) -> dict:
    """The data of components/net.js."""
    moment, known = here.moments[m - 1], found(here, m)
    used, drawn = lit(here, moment), maps(experiment, here.k)
    columns = layers(here)
    affine = [step for step in here.of.program if step.op.role == "weighted sum"]
    one = len(here.of.inputs["x"]) == 1
    units = []
    for layer, name in enumerate(columns):
        every = range(here.trace.values[name].shape[-1])
        caption = text("inputs") if layer == 0 else text(_caption(here, name))
        units.append(
            {"caption": caption, "units": [_unit(here, name, u, used, known, one, drawn, select) for u in every], "more": 0}
        )
    edges = [_edge(here, step.args[1], layer, i, used, known, select) for layer, step in enumerate(affine)
             for i in np.ndindex(here.trace.values[step.args[1]].shape)]  # fmt: skip
    biases = [_bias(here, step.args[2], layer, i, used, known, select) for layer, step in enumerate(affine) if len(step.args) > 2
              for i in range(here.trace.values[step.args[2]].shape[0])]  # fmt: skip
    last = here.of.program[-1].out
    loss = next(step for step in here.of.program if step.op.role == "loss")
    return {
        "layers": units,
        "edges": edges,
        "biases": biases,
        "loss": {
            "base": "L", "id": "L", "value": show(here.loss) if ("forward", last) in known else "",
            "lit": ("value", last) in used or ("gradient", last) in used, "caption": text(CAPTIONS.get(loss.op.key, loss.op.key)),
        },
        "wave": {"forward": "forward", "backward": "backward"}.get(moment.phase),
        "maps": drawn[0] if drawn else None,
        "texts": {
            "alt": text.say("alt-network", units=" – ".join(str(len(c["units"])) for c in units), loss=is_(here.loss)),
            "gradient": text("gradient"),
            "legend": [
                {"mark": "plus", "text": text("weight +")}, {"mark": "minus", "text": text("weight −")},
                {"mark": "now", "text": text("this moment")}, {"mark": "gradient", "text": text("gradient ∂L/∂·")},
            ],
        },
    }  # fmt: skip


def _caption(here: Update, name: str) -> str:
    key = next(step.op.key for step in here.of.program if step.out == name)
    return {"relu": "ReLU"}.get(key, CAPTIONS.get(key, key))


def _unit(here, name: str, u: int, used, known, one: bool, drawn, select: str) -> dict:
    """A unit: its numbers where there is one sample, its map where there are two inputs; h is the output of a hidden unit."""
    values, grads = here.trace.values[name], here.trace.grads.get(name)
    shown, back = name == "x" or ("forward", name) in known, ("backward", name) in known and grads is not None
    numbered = name == "x" or values.shape[-1] > 1
    return {
        "id": names.key(name, (0, u)), "base": {"x": "x", "y": "y"}.get(name, "h"), "sup": "", 
        "sub": str(u + 1) if numbered else "",
        "sign": int(np.sign(values[0, u])), "value": is_(float(values[0, u])) if one and shown else "",
        "gradient": is_(float(grads[0, u])) if one and back else "", "map": f"{name}.{u}" if drawn and shown else None,
        "lit": ("value", name) in used or ("gradient", name) in used, "muted": False,
        "selected": select == names.key(name, (0, u)), "label": names.plain(name, (0, u)),
    }  # fmt: skip


def _edge(here, name: str, layer: int, i: tuple[int, int], used, known, select: str) -> dict:
    return {**_parameter(here, name, i, used, known, select), "from": [layer, i[1]], "to": [layer + 1, i[0]]}


def _bias(here, name: str, layer: int, u: int, used, known, select: str) -> dict:
    return {**_parameter(here, name, (u,), used, known, select), "to": [layer + 1, u]}


def _parameter(here, name: str, i: tuple[int, ...], used, known, select: str) -> dict:
    """A weight's or a bias's number, its gradient once it has been found, and whether it is lit."""
    x, key = float(here.trace.values[name][i]), names.key(name, i)
    text = f"{names.plain(name, i)} {is_(x)}"
    gradient = f"∂ {is_(float(here.trace.grads[name][i]))}" if ("backward", name) in known else ""
    lit_now = any((kind, name) in used for kind in ("value", "gradient", "next"))
    found_now = {"id": key, "size": x, "text": text, "gradient": gradient, "lit": lit_now, "selected": select == key}
    return {**found_now, "label": f"{text} {gradient}".strip()}


def payloads(experiment: Experiment, here: Update) -> dict[str, tuple[str, str]]:
    """What the drawing names by its hash."""
    drawn = maps(experiment, here.k)
    return {"maps": drawn} if drawn else {}
