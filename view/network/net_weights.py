"""Every weight and bias of the network as a table to type in: the numbers the run starts from, and to compare, those it has now. A
number typed here makes a new run from update 0; one that cannot be read stays in its field, with a sentence that names it."""

import streamlit as st

from engine.experiment import Experiment, objective_of, start_of
from engine.limits import WEIGHT
from engine.objective import Objective
from engine.parse import number, shortest
from engine.refused import Refused
from engine.table import Table, default_names
from engine.update import Update, update_at
from view import controls, names
from view.components.weights import weights
from view.network.net_scene import layers
from view.numbers import show
from view.text import Text

KEY = "weight_table"
WRONG = "bad_weight_table"  # (layout, {place: (typed, why)}, pasted numbers that found no field)
LONGEST = 40  # characters of a field that are kept
ROOM = 14  # characters of a column's own name for which its caption has room


def show_weights(experiment: Experiment, here: Update, text: Text) -> None:
    """The table, and a run that starts where this one has come."""
    weights(table(experiment, here, text), KEY, typed)
    with st.container(horizontal=True, vertical_alignment="center"):
        stays = here.k == 0 or any(not WEIGHT[0] <= w <= WEIGHT[1] for w in here.theta)
        act = {"on_click": start_from_here, "disabled": stays, "key": "start_from_here"}
        st.button(text("Start from the weights now"), **act)
        st.caption(text("Another weight is another run: it starts at update 0."), width="content")


def table(experiment: Experiment, here: Update, text: Text) -> dict:
    """The data of components/weights.js."""
    of, many = here.whole, here.whole.inputs["y_true"].shape[-1] > 1
    wrong, beyond = _wrong(of)
    left_out = [text("{n} pasted numbers found no field in this table.", n=beyond)] if beyond else []
    matrices = [_layer(of, step, out, many, text) for step, out in zip(_sums(of), layers(here)[1:], strict=True)]
    if experiment.data == "own":
        _name(matrices, experiment.own.table)
    return {
        "layers": matrices,
        "names": [names.plain(*parameter, many=many) for parameter in of.parameters],
        "start": [shortest(w) for w in start_of(experiment)],
        "now": [show(w) for w in here.theta],
        "wrong": {str(at): said for at, (said, _) in wrong.items()},
        "told": [*(text.refusal(why) for _, (_, why) in sorted(wrong.items())), *left_out],
        "texts": {
            "which": text("Which weights"), "start": text("start weights"), "now": text("now, k = {k}", k=here.k),
            "to": text("to"), "from": text("from"),
        },
    }  # fmt: skip


def _sums(of: Objective):
    return [step for step in of.program if step.op.role == "weighted sum"]


def _layer(of: Objective, step, out: str, many: bool, text: Text) -> dict:
    """at: the places in theta of each row's weights and, last, its bias."""
    first = {name: part.start for name, part, _ in of.places}
    (source, W, *biases), (rows, columns) = step.args, dict(of.layout)[step.args[1]]
    matrix = [range(first[W] + i * columns, first[W] + (i + 1) * columns) for i in range(rows)]
    return {
        "caption": text("{weights}: to {out} from {source}", weights=_whole(W), out=_whole(out), source=_whole(source)),
        "from": [*(names.plain(source, (0, j)) for j in range(columns)), *map(_whole, biases)],
        "to": [names.plain(out, (0, i), many) for i in range(rows)],
        "at": [[*row, *(first[b] + i for b in biases)] for i, row in enumerate(matrix)],
    }


def _name(matrices: list[dict], table: Table) -> None:
    """The reader's own names beside the inputs' and outputs' letters, where they are no usual ones and not too long."""
    usual = default_names(len(table.x_names), len(table.y_names))
    own = [f" ({name})" if name not in usual and len(name) <= ROOM else "" for name in (*table.x_names, *table.y_names)]
    for ends, named in ((matrices[0]["from"], own[: len(table.x_names)]), (matrices[-1]["to"], own[len(table.x_names) :])):
        ends[: len(named)] = [letter + name for letter, name in zip(ends, named, strict=False)]


def _whole(name: str) -> str:
    """The whole array: W⁽¹⁾ is a capital, a⁽¹⁾ and b are not."""
    letter = names.parts(name)[0]
    return letter.upper() if name.startswith("W") else letter


def typed() -> None:
    """What the table sends: {"cells": {place: text}, "beyond": how many pasted numbers it had no field for}."""
    asked, now = st.session_state[KEY].typed, controls.recipe().experiment
    of, start = objective_of(now), tuple(map(float, start_of(now)))
    many, found, wrong = of.inputs["y_true"].shape[-1] > 1, dict(enumerate(start)), dict(_wrong(of)[0])
    for at, said in ((int(at), said) for at, said in asked["cells"].items()):
        if at not in found:
            continue
        wrong.pop(at, None)
        try:
            found[at] = number(said, names.plain(*of.parameters[at], many=many), WEIGHT)
        except Refused as why:
            wrong[at] = (said[:LONGEST], why)
    if tuple(found.values()) != start:
        controls.change(weights=tuple(found.values()))
    st.session_state[WRONG] = (of.layout, wrong, int(asked["beyond"]))


def _wrong(of: Objective) -> tuple[dict[int, tuple[str, Refused]], int]:
    """What was typed wrongly into the table of a network of this shape."""
    layout, wrong, beyond = st.session_state.get(WRONG) or (None, {}, 0)
    return (wrong, beyond) if layout == of.layout else ({}, 0)


def start_from_here() -> None:
    """The weights and the rate of now become those of a new run."""
    now = controls.recipe()
    here = update_at(now.experiment, now.place.k)
    controls.change(weights=tuple(map(float, here.theta)), rates=((0, here.rate),))
