"""What the graph shows at one moment: the values found so far going forward, the gradients found so far going backward, and the
one operation that is lit. A number that has not been found yet is not there at all."""

from engine.explain import shares_of
from engine.moments import Moment
from engine.update import Update
from view import entries, names
from view.numbers import equals, is_, show, signed
from view.text import Text

CAPTIONS = {
    "affine": "weighted sum", "relu": "ReLU: max(0, z)", "mean": "mean loss", "sum": "sum of losses",
}  # fmt: skip


def caption(key: str, text: Text) -> str:
    """What a card says of its operation: most go by their name."""
    return text(CAPTIONS[key]) if key in CAPTIONS else entries.name(key, text)


def found(here: Update, m: int) -> set[tuple[str, str]]:
    """(phase, name) of everything found up to moment m."""
    return {(x.phase, x.name) for x in here.moments[:m]}


def lit(here: Update, moment: Moment) -> set[tuple[str, str]]:
    """Exactly what the current equation uses and finds, as (kind, array): kind "value" or "gradient"."""
    if moment.phase == "update":
        return {("next", name) for name, _ in here.of.layout}
    if moment.phase == "forward":
        step = next(s for s in here.of.program if s.out == moment.name)
        return {("value", moment.name), *(("value", name) for name in step.args)}
    used = {("gradient", moment.name)}
    for step in here.of.program:
        if moment.name in step.args and step.out in here.trace.grads:
            used.add(("gradient", step.out))
            if step.op.role == "weighted sum":  # a weight meets the input beside it, an input its weight, a bias nothing
                beside = {0: step.args[1:2], 1: step.args[:1]}.get(step.args.index(moment.name), ())
                used |= {("value", name) for name in beside}
            elif step.op.role != "reduction":
                used |= {("value", name) for name in step.args}
    return used


def graph(here: Update, m: int, weight: tuple[int, ...], selected: str, text: Text) -> dict:
    """The data of components/graph.js."""
    moment = here.moments[m - 1]
    scene = _Scene(here, found(here, m), lit(here, moment), moment, weight, selected, text)
    count = len(here.of.inputs["x"])
    return {
        "samples": [str(n + 1) for n in range(count)] if count > 1 else [],
        "sampleHead": "n",
        "inputs": [scene.input(j) for j in range(here.of.inputs["x"].shape[1])],
        "weights": scene.weights(),
        "cards": scene.cards(),
        "loss": scene.loss(),
        "arrow": moment.phase == "backward",
        "texts": {
            "neuron": text("the neuron"),
            "back": text("gradients travel back"),
            "votes": text("each sample’s share of ∂"),
            "alt": text.say("alt-graph", count=count) if count > 1 else text.say("alt-graph-one"),
            "legend": [
                {"mark": "value", "text": text("value")},
                {"mark": "gradient", "text": text("gradient ∂L/∂·")},
                {"mark": "plus", "text": text("weight +")},
                {"mark": "minus", "text": text("weight −")},
                {"mark": "now", "text": text("this moment")},
                {"mark": "next", "text": text("preview, not done yet")},
            ],
        },
    }


class _Scene:
    def __init__(self, here, known, lights, moment, weight, selected, text):
        self.here, self.known, self.lights, self.moment = here, known, lights, moment
        self.weight, self.selected, self.text = weight, selected, text
        self.second = moment.phase == "update"  # everything but the weights turns second rank

    def cell(self, kind: str, name: str, i: tuple[int, ...]) -> dict:
        """One number: its address, its text ("" while it is not found), and how it stands out."""
        array = self.here.trace.values if kind == "value" else self.here.trace.grads
        shown = self.is_known(kind, name) and name in array
        x = float(array[name][i]) if shown else 0.0
        label = names.plain(name, i) if kind == "value" else names.partial(name, i)
        sample = self.text("of sample {n}", n=i[0] + 1) if i and len(array[name]) > 1 else ""
        address = names.key(name, i)
        return {
            "id": address if kind == "value" else f"g:{address}",
            "text": show(x) if shown else "",
            "lit": (kind, name) in self.lights and self.in_path(name, i),
            "muted": self.second or (kind == "gradient" and x == 0),
            "selected": kind == "value" and address == self.selected,
            "label": f"{label} {sample} {is_(x)}".replace("  ", " ") if shown else "",
        }

    def is_known(self, kind: str, name: str) -> bool:
        if name in self.here.of.inputs:
            return kind == "value"
        return ("forward" if kind == "value" else "backward", name) in self.known

    def in_path(self, name: str, i: tuple[int, ...]) -> bool:
        """Of the inputs, only the selected weight's column belongs to its equation."""
        return name != "x" or self.moment.name != "W" or i[-1] == self.weight[-1]

    def column(self, kind: str, name: str) -> dict:
        base, sub = names.parts(name)
        array = self.here.trace.values[name]
        rows = [(n,) + (0,) * (array.ndim - 1) for n in range(len(array))]
        return {
            "base": base, "sub": sub, "partial": kind == "gradient", "kind": kind, "lit": (kind, name) in self.lights,
            "cells": [self.cell(kind, name, i) for i in rows],
        }  # fmt: skip

    def input(self, j: int) -> dict:
        base, sub = names.parts("x", (0, j))
        cells = [self.cell("value", "x", (n, j)) for n in range(len(self.here.of.inputs["x"]))]
        return {"base": base, "sub": sub, "lit": ("value", "x") in self.lights and self.in_path("x", (0, j)), "cells": cells}

    def weights(self) -> list[dict]:
        return [self.one_weight(n, (0, j), j) for n, s in self.here.of.layout if len(s) == 2 for j in range(s[1])] + [
            self.one_weight(n, (0,), None) for n, s in self.here.of.layout if len(s) == 1
        ]

    def one_weight(self, name: str, i: tuple[int, ...], source: int | None) -> dict:
        here, (base, sub) = self.here, names.parts(name, i)
        x, known = float(here.trace.values[name][i]), ("backward", name) in self.known
        g = float(here.trace.grads[name][i]) if known else 0.0
        after = here.of.views(here.after)[name][i] if self.second and here.after is not None else None
        chosen = name != "W" or i == self.weight
        shares = shares_of(here.trace, name, i) if known and len(here.of.inputs["x"]) > 1 else []
        on = ("next", name) in self.lights or ("value", name) in self.lights or (("gradient", name) in self.lights and chosen)
        return {
            "id": names.key(name, i), "base": base, "sub": sub, "from": source, "size": x,
            "value": show(x), "equals": equals(x), "after": None if after is None else show(float(after)),
            "gradient": show(g) if known else None, "gradientEquals": equals(g),
            "lit": on, "selected": names.key(name, i) == self.selected, "label": self.spoken(name, i, x, g if known else None),
            "votes": [{"text": signed(x), "share": x, "sample": str(n)} for n, (_, x) in enumerate(shares, start=1)] or None,
        }  # fmt: skip

    def spoken(self, name: str, i: tuple[int, ...], x: float, g: float | None) -> str:
        label = f"{names.plain(name, i)} {is_(x)}"
        return label if g is None else f"{label}{self.text(', ')}{names.partial(name, i)} {is_(g)}"

    def cards(self) -> list[dict]:
        """One per step of the program up to the loss: what it computes, and the gradient that comes back."""
        cards = []
        for step in self.here.of.program:
            columns = [self.column("value", step.out)] if self.here.trace.values[step.out].ndim else []
            if step.op.role == "loss":
                columns = [self.column("value", "y_true"), *([] if step.out == "L" else columns)]
            if step.op.role == "reduction":
                continue
            if step.out in self.here.trace.grads and step.out != "L":
                columns.append(self.column("gradient", step.out))
            cards.append({"caption": caption(step.op.key, self.text), "inside": step.op.role != "loss", "columns": columns})
        return cards

    def loss(self) -> dict:
        last = self.here.of.program[-1]
        cell = self.cell("value", "L", (0,) * self.here.trace.values["L"].ndim)
        what = caption(last.op.key, self.text) if last.op.role == "reduction" else self.text("loss")
        return {"base": "L", "caption": what, "lit": ("value", "L") in self.lights, "cell": {**cell, "id": "L"}}
