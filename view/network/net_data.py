"""The reader's own data: pasted or uploaded as CSV, or made of a data set of the page by adding, moving and removing points. What
cannot be read is refused beside the field, and nothing is lost: neither what was typed nor the data of before."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from engine.data import Data, data
from engine.experiment import Experiment, data_of
from engine.limits import CELL, COLUMNS, SAMPLES, TABLE_MB
from engine.op import Array
from engine.own import own
from engine.parse import number, shortest
from engine.refused import Refused
from engine.table import Table, default_names, read_table, write_table
from engine.update import Update
from view import controls
from view.components.sheet import sheet
from view.network.net_decision import Ends, axes_of
from view.numbers import show
from view.text import Text

ROWS = 4  # of the table, shown as a sample of it
DECIMALS = 3  # of a point set by hand
TARGETS = COLUMNS - 1  # at most
WRONG_TABLE, WRONG_POINT = "bad_own", "bad_point"


def suited(experiment: Experiment, table: Table) -> Experiment:
    """The same network on this table, with the last layer and the loss that its targets ask for, its weights drawn anew."""
    t = table.data.y_true
    zeros_and_ones = bool(((t == 0) | (t == 1)).all())
    if t.shape[1] == 1 and zeros_and_ones:
        last = {"activation": "sigmoid", "loss": "cross_entropy_logits"}
    elif zeros_and_ones and (t.sum(axis=1) == 1).all():
        last = {"activation": "softmax", "loss": "categorical_cross_entropy_logits"}
    else:
        last = {"activation": "identity", "loss": "squared_error"}
    hidden = experiment.hidden or ((4, "tanh"),)
    return replace(experiment, data="own", own=own(table), hidden=hidden, weights=None, free=(), **last)


def take(table: Table) -> None:
    """Train on this table from now on: a new run."""
    controls.forget_refusals()
    controls.restart(suited(controls.recipe().experiment, table))


def table_of(experiment: Experiment) -> Table:
    """The experiment's data as a table: the reader's own, or one of the page's with the usual names."""
    if experiment.data == "own":
        return experiment.own.table
    found = data_of(experiment)
    inputs, targets = found.x.shape[1], found.y_true.shape[1]
    called = default_names(inputs, targets)
    return Table(called[:inputs], called[inputs:], found)


# The table


def show_table(experiment: Experiment, text: Text) -> None:
    """The table in use, to be seen, kept and copied."""
    sheet(preview(experiment, text), "own_sheet")
    make, name = partial(written, experiment), f"{experiment.data}.csv"
    st.download_button(text("Download the data as CSV"), make, name, "text/csv", on_click="ignore", key="data_csv")
    st.button(text("Copy it into the CSV field"), on_click=copy_down, key="own_copy")


def another_table(text: Text) -> None:
    """The way to data of the reader's own."""
    ways, how = {"paste": text("Paste CSV"), "upload": text("Upload a file")}, {"persist_state": "session"}
    st.session_state.setdefault("own_way", "paste")
    st.session_state.setdefault("own_targets", 1)
    way = st.segmented_control(text("Another table"), list(ways), format_func=ways.get, required=True, key="own_way", **how)
    if way == "upload":
        limit = {"max_upload_size": TABLE_MB, "label_visibility": "collapsed"}
        st.file_uploader(ways[way], type=["csv", "tsv", "txt"], key="own_file", **limit)
    else:
        hint = "x1,x2,y_true\n0,0,0\n0,1,1"
        st.text_area(ways["paste"], key="own_text", height=130, placeholder=hint, label_visibility="collapsed", **how)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(text("Target columns"), 1, TARGETS, step=1, key="own_targets", width=140, **how)
        st.button(text("Use this table"), on_click=use, key="own_use")
    wrong(WRONG_TABLE, text)
    st.caption(text.say("data-table", rows=f"{SAMPLES:,}", columns=COLUMNS, size=TABLE_MB))


def preview(experiment: Experiment, text: Text) -> dict:
    """The data of components/sheet.js: the names and the first rows of the data in use."""
    table = table_of(experiment)
    x, y = table.data.x, table.data.y_true
    rows = np.hstack([x[:ROWS], y[:ROWS]])
    return {
        "caption": text("The data in use (rows: {rows})", rows=len(x)),
        "groups": [[text("inputs"), x.shape[1]], [text("targets"), y.shape[1]]],
        "names": [*table.x_names, *table.y_names],
        "rows": [[show(float(cell)) for cell in row] for row in rows],
        "more": text("… {n} more", n=len(x) - ROWS) if len(x) > ROWS else "",
    }


def written(experiment: Experiment) -> bytes:
    """The data as CSV that is safe to open in a spreadsheet."""
    table = table_of(experiment)
    return write_table((*table.x_names, *table.y_names), np.hstack([table.data.x, table.data.y_true]).tolist())


def copy_down() -> None:
    """The data in use as text, to be changed there and used."""
    now = controls.recipe().experiment
    st.session_state.own_way = "paste"
    st.session_state.own_text = written(now).decode("utf-8-sig").replace("\r\n", "\n")
    st.session_state.own_targets = data_of(now).y_true.shape[1]


def use() -> None:
    """Read what was pasted or uploaded. What is refused stays where it is, and so do the data in use."""
    held = st.session_state
    file = held.get("own_file")
    source = (file.getvalue() if file else "") if held.get("own_way") == "upload" else held.get("own_text") or ""
    try:
        take(read_table(source, int(held.get("own_targets") or 1)))
        held[WRONG_TABLE] = None
    except Refused as reason:
        held[WRONG_TABLE] = reason


def wrong(key: str, text: Text) -> None:
    """The refusal under this key, as plain text."""
    if st.session_state.get(key):
        with st.container(key=f"wrong_{key}"):
            st.text(text.refusal(st.session_state[key]))


# Points on the decision picture


def axes_held(experiment: Experiment, here: Update, edit: bool) -> Ends | None:
    """The picture's axes while samples are edited: they stay until that ends, or until other data or a sample beyond them come;
    None when nothing is edited."""
    name, held = st.session_state.get("edit_axes") or ("", ())
    if not edit:
        st.session_state.edit_axes = None
        return None
    if experiment.data not in (name, "own") or not _within(data_of(experiment), held):
        name, held = experiment.data, axes_of(experiment, here)
        st.session_state.edit_axes = name, held
    return held


def _within(table: Data, axes: Ends) -> bool:
    """Whether these are axes for the table that hold all of it."""
    curve = table.x.shape[1] == 1
    places = np.hstack([table.x, table.y_true[:, :1]]) if curve else table.x
    ends = np.array(axes).reshape(-1, 2)
    return len(ends) == places.shape[1] and bool(((ends[:, 0] <= places) & (places <= ends[:, 1])).all())


def point_added() -> None:
    """A click on the picture: a sample of the chosen class; without classes it gets the target of its nearest neighbour. On a
    curve the height of the click is its target."""
    spot = st.session_state.decision.point
    _edit(lambda table: _appended(table, _place(spot, table), spot["t"]))


def point_moved() -> None:
    """A sample dragged elsewhere; on a curve its target goes along."""
    spot = st.session_state.decision.move
    _edit(lambda table: _replaced(table, int(spot["n"]), _place(spot, table), spot.get("t")))


def point_removed() -> None:
    """A sample taken away, unless it is the last one."""
    n = int(st.session_state.decision.remove["n"])
    _edit(lambda table: _without(table, n))


def refused_point(text: Text) -> None:
    """Why the last point could not be set, under the picture."""
    wrong(WRONG_POINT, text)


def _edit(change: Callable[[Data], Data]) -> None:
    """The data after this change, as own data; the network and its start stay. More than two inputs have no picture to click."""
    now = controls.recipe().experiment
    table = table_of(now)
    try:
        changed = change(table.data) if table.data.x.shape[1] <= 2 else table.data
        if changed is not table.data:
            controls.change(data="own", own=own(replace(table, data=changed)))
        st.session_state[WRONG_POINT] = None
    except Refused as reason:
        st.session_state[WRONG_POINT] = reason


def _place(spot: dict, table: Data) -> list[float]:
    """The inputs, within bounds and rounded, or a refusal."""
    return [_rounded(name, spot[word]) for name, word in (("x₁", "x1"), ("x₂", "x2"))[: table.x.shape[1]]]


def _rounded(name: str, x: float) -> float:
    return round(number(shortest(x), name, CELL), DECIMALS) + 0.0


def _appended(table: Data, x: list[float], t: float | None) -> Data:
    if len(table.x) >= SAMPLES:
        raise Refused("The table may have at most {limit} rows.", limit=SAMPLES)
    nearest = table.y_true[((table.x - x) ** 2).sum(axis=1).argmin()]
    return data(np.vstack([table.x, x]), np.vstack([table.y_true, _target(table, nearest, t)]))


def _replaced(table: Data, n: int, x: list[float], t: float | None) -> Data:
    """The n-th sample, from 0, elsewhere; one that is no longer there changes nothing."""
    if n >= len(table.x):
        return table
    places, targets = table.x.copy(), table.y_true.copy()
    places[n], targets[n] = x, _target(table, targets[n], t)
    return data(places, targets)


def _without(table: Data, n: int) -> Data:
    """All samples but the n-th, from 0; one that is no longer there changes nothing."""
    if n >= len(table.x):
        return table
    if len(table.x) == 1:
        raise Refused("The last sample stays: the data must hold at least one sample to learn from.")
    return data(np.delete(table.x, n, axis=0), np.delete(table.y_true, n, axis=0))


def _target(table: Data, before: Array, t: float | None) -> Array:
    """The targets that t means: a class on a map, a height on a curve. A height stays 0 or 1 where all targets are, and says
    nothing about one class of several."""
    curve, many = table.x.shape[1] == 1, len(before) > 1
    classes = bool(np.isin(table.y_true, (0, 1)).all())
    if t is None or (curve and classes and many):
        return before
    if curve:
        height = float(t > 0.5) if classes else _rounded("y_true", t)
        return np.array([height, *before[1:]])
    return np.eye(len(before))[int(t)] if many else np.array([float(t)])
