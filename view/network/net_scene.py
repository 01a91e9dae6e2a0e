"""The network as a drawing at one moment: which numbers have been found, how far the forward and the backward pass have come, what
the current operation uses, and what each unit says for every input. The drawing is told every word; it computes nothing."""

import base64
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.experiment import Experiment, data_of
from engine.network import outputs
from engine.op import Array
from engine.starts import centres
from engine.update import Update, update_at
from view import entries, names
from view.components.chart import packed
from view.network.net_trail import drawn as drawn_as
from view.numbers import is_, show
from view.pictures import hashed
from view.scene import found, lit
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


def spots(across: Sequence[tuple[float, float]], cells: int) -> Array:
    """The centres of cells × cells (cells², 2) between these ends of both inputs, row by row from the lowest x₂."""
    over, up = np.meshgrid(*(centres(*ends, cells) for ends in across))
    return np.column_stack([over.ravel(), up.ravel()])


@lru_cache(maxsize=32)
def maps(experiment: Experiment, k: int) -> tuple[str, str] | None:
    """(hash, packed): every unit's value over the inputs; None unless there are two."""
    here, table = update_at(experiment, k), data_of(experiment).x
    if table.shape[1] != 2:
        return None
    inputs = spots(ranges(table), CELLS)
    values = {"x": inputs, **outputs(here.of, here.theta, inputs)}
    cells = {f"{name}.{u}": _bytes(name, values[name][:, u]) for name in layers(here) for u in range(values[name].shape[1])}
    return hashed("maps", experiment, here.theta.tolist()), packed({"n": CELLS, "cells": cells})


def _bytes(name: str, values: Array) -> str:
    """From the most negative (0) by 0 (128) to the most positive (255); an output between 0 and 1 has its middle at one half."""
    values = np.nan_to_num(values, posinf=1e300, neginf=-1e300)  # a network beyond its numbers is drawn all the same
    unit = name == "y" and values.min() >= 0 and values.max() <= 1
    centred = 2 * values - 1 if unit else values / max(1.0, float(np.abs(values).max()))
    return base64.b64encode(np.clip(np.round(128 + 127 * centred), 0, 255).astype(np.uint8).tobytes()).decode()


@dataclass(frozen=True)
class _Moment:
    """What the drawing asks of this moment: what is known, what is lit, what is picked."""

    here: Update
    known: set[tuple[str, str]]
    used: set[tuple[str, str]]
    path: Set[str] | None
    dead: Set[str]
    select: str
    maps: tuple[str, str] | None
    many: bool
    sample: str  # whose values the units show: "sample 3", "" where there is one alone or where maps show all

    def lit(self, key: str, name: str) -> bool:
        """By the path of the picked number where there is one, else by what the operation uses."""
        return (
            key in self.path if self.path is not None else any((kind, name) in self.used for kind in ("value", "gradient", "next"))
        )

    def found(self, phase: str, name: str) -> bool:
        return (phase, name) in self.known


def diagram(
    experiment: Experiment,
    here: Update,
    m: int,
    select: str,
    text: Text,
    path: Set[str] | None = None,
    dead: Set[str] = frozenset(),
) -> dict:
    """The data of components/net.js. path: the ids to light instead of those that the moment uses; dead: the ids of dead units."""
    moment, picked = here.moments[m - 1], names.from_key(select) if select else ("", ())
    selected = drawn_as(here, *picked) if picked[0] in here.trace.values else ""
    many = here.of.inputs["y_true"].shape[-1] > 1
    drawn = maps(experiment, here.k)
    first = "" if drawn or len(here.rows) == 1 else str(here.rows[0] + 1)
    sample = text("sample {n}", n=first) if first else ""
    now = _Moment(here, found(here, m), lit(here, moment), path, dead, selected, drawn, many, sample)
    columns = layers(here)
    affine = [step for step in here.of.program if step.op.role == "weighted sum"]
    units = []
    for layer, name in enumerate(columns):
        every = range(here.trace.values[name].shape[-1])
        caption = text("inputs") if layer == 0 else _caption(here, name, text)
        units.append({"caption": caption, "units": [_unit(now, name, u) for u in every], "more": 0})
    edges = [_edge(now, step, layer, i) for layer, step in enumerate(affine)
             for i in np.ndindex(here.trace.values[step.args[1]].shape)]  # fmt: skip
    biases = [_bias(now, step, layer, u) for layer, step in enumerate(affine) if len(step.args) > 2
              for u in range(here.trace.values[step.args[2]].shape[0])]  # fmt: skip
    last = here.of.program[-1].out
    loss = next(step for step in here.of.program if step.op.role == "loss")
    return {
        "layers": units,
        "edges": edges,
        "biases": biases,
        "loss": {
            "base": "L", "id": "L", "value": show(here.loss) if now.found("forward", last) else "",
            "lit": now.lit("L", last), "caption": entries.name(loss.op.key, text), "selected": selected == "L",
        },
        "traced": path is not None,
        "wave": {"forward": "forward", "backward": "backward"}.get(moment.phase),
        "maps": now.maps[0] if now.maps else None,
        "texts": {
            "alt": text.say("alt-network", units=" – ".join(str(len(c["units"])) for c in units), loss=is_(here.loss)),
            "gradient": text("gradient"),
            "legend": [
                {"mark": "plus", "text": text("weight +")}, {"mark": "minus", "text": text("weight −")},
                {"mark": "now", "text": text("this moment")}, {"mark": "gradient", "text": text("gradient ∂L/∂·")},
                *([{"mark": "value", "text": text("values: sample {n}", n=first)}] if first else []),
            ],
        },
    }  # fmt: skip


def _caption(here: Update, name: str, text: Text) -> str:
    return entries.name(next(step.op.key for step in here.of.program if step.out == name), text)


def _unit(now: _Moment, name: str, u: int) -> dict:
    """A unit: its map where there are two inputs, else its value, of several samples the first one's; its gradient where there is
    one sample. `reached`: the forward pass has come here; `back`: the gradient has, at the unit itself or at its weighted sum."""
    here, key = now.here, names.key(name, (0, u))
    values, grads = here.trace.values[name], here.trace.grads.get(name)
    one = len(here.of.inputs["x"]) == 1
    shown, found_back = name == "x" or now.found("forward", name), now.found("backward", name) and grads is not None
    value = is_(float(values[0, u])) if shown and (one or now.sample) else ""
    called, note = names.plain(name, (0, u), now.many), f" · {now.sample}" if value and now.sample else ""
    base, sup, sub = _letters(name, u, values.shape[-1] > 1)
    step = next((step for step in here.of.program if step.out == name), None)
    return {
        "id": key, "base": base, "sup": sup, "sub": sub,
        "sign": int(np.sign(values[0, u])), "value": value, "note": note,
        "gradient": is_(float(grads[0, u])) if one and found_back else "",
        "map": f"{name}.{u}" if now.maps and shown else None,
        "reached": shown, "back": found_back or bool(step and now.found("backward", step.args[0])),
        "lit": now.lit(key, name), "muted": key in now.dead,
        "selected": now.select == key, "label": f"{called} {value}{note}" if note else called,
    }  # fmt: skip


def _letters(name: str, u: int, numbered: bool) -> tuple[str, str, str]:
    """(a, (1), 4): the letter, the layer above it, the unit below it."""
    letter, layer = names.layered(name) or (name, "")
    return letter, f"({layer})" if layer else "", str(u + 1) if numbered or layer else ""


def _edge(now: _Moment, step, layer: int, i: tuple[int, int]) -> dict:
    return {**_parameter(now, step, step.args[1], i), "from": [layer, i[1]], "to": [layer + 1, i[0]]}


def _bias(now: _Moment, step, layer: int, u: int) -> dict:
    return {**_parameter(now, step, step.args[2], (u,)), "to": [layer + 1, u]}


def _parameter(now: _Moment, step, name: str, i: tuple[int, ...]) -> dict:
    """A weight's or a bias's number, its gradient once it has been found, whether it is lit, and how far the waves have come."""
    x, key = float(now.here.trace.values[name][i]), names.key(name, i)
    called, back = names.plain(name, i, now.many), now.found("backward", name)
    text = f"{called} {is_(x)}"
    gradient = f"∂ {is_(float(now.here.trace.grads[name][i]))}" if back else ""
    return {
        "id": key, "size": x, "name": called, "text": text, "gradient": gradient, "reached": now.found("forward", step.out),
        "back": back, "lit": now.lit(key, name), "selected": now.select == key, "label": f"{text} {gradient}".strip(),
    }  # fmt: skip


def payloads(experiment: Experiment, here: Update) -> dict[str, tuple[str, str]]:
    """What the drawing names by its hash."""
    drawn = maps(experiment, here.k)
    return {"maps": drawn} if drawn else {}
