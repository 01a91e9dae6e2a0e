"""Everything that makes one lane's optimizer what it is: which one, whose flavour, its hyper-parameters, its schedule, weight decay
and clipping. The popover that holds them is made when it is opened."""

from dataclasses import replace
from functools import partial

import streamlit as st

from engine.method import AMSGRAD, BEFORE, KERAS, WHOLE, Method, optimizer_of
from engine.optimizers import BOUNDS, OPTIMIZERS
from engine.parse import number, whole
from engine.schedules import SCHEDULES
from view import controls
from view.optimizers import called
from view.optimizers.state import Now, race, remove_method, set_method
from view.text import Text

FEWEST = 2  # lanes of a race that can be chosen; an address may hold one
FRONT = {"l2": 0.01, "clip_value": 1.0, "clip_norm": 1.0}  # what each starts with when it is switched on
FRONT_NAMES = {"l2": "Weight decay in the gradient", "clip_value": "Clip each part", "clip_norm": "Clip the length"}


def lane_choices(now: Now, at: int, text: Text) -> None:
    method = now.race.methods[at]
    left, right = st.columns(2)
    with left:
        optimizers = {key: text(said) for key, said in called.OPTIMIZERS.items()}
        act = partial(_take, at)
        controls.select(text("Optimizer"), f"lane{at}_key", optimizers, method.key, act)
        _variants(method, at, text)
        _numbers(method, at, OPTIMIZERS[method.key].hyper, text)
    with right:
        schedules = {key: text(said) for key, said in called.SCHEDULES.items()}
        act = partial(_schedule, at)
        controls.select(text("Schedule of η"), f"lane{at}_schedule", schedules, method.schedule, act)
        _numbers(method, at, SCHEDULES[method.schedule].hyper, text)
        for which in BEFORE:
            on = which in dict(method.hyper)
            controls.toggle(text(FRONT_NAMES[which]), f"lane{at}_{which}_on", on, partial(_switch, at, which))
            if on:
                _numbers(method, at, (which,), text)
    if len(now.race.methods) > FEWEST:
        st.button(text("Remove this optimizer"), on_click=remove_method, args=(at,), key=f"lane{at}_remove")


def _variants(method: Method, at: int, text: Text) -> None:
    """Keras's flavour and AMSGrad, where there are such."""
    variants = OPTIMIZERS[method.key].variants
    if any(one.flavour == KERAS for one in variants):
        flavours = {"pytorch": "PyTorch", KERAS: "Keras"}
        act = partial(_change, at, "flavour")
        controls.segmented(text("As in"), f"lane{at}_flavour", flavours, method.flavour, act, required=True)
    if any(one.amsgrad for one in variants):
        controls.toggle("AMSGrad", f"lane{at}_{AMSGRAD}", method.amsgrad, partial(_change, at, "amsgrad"))


def _numbers(method: Method, at: int, hyper, text: Text) -> None:
    """A field for each of these hyper-parameters."""
    values = optimizer_of(method).hyper
    for which in hyper:
        label = f"{called.HYPER[which]} · {text(called.MEANINGS[which])}"
        parse = whole if which in WHOLE else number
        act = partial(_set, at, which)
        controls.number_field(label, f"lane{at}_{which}", values[which], BOUNDS[which], act, text, parse=parse)


# What each choice does. A hyper-parameter that is set back to its default leaves the address. A refused text belongs to one field
# of one method: it stays while others are edited, and goes when that field is of another method or gone.


def _forget(at: int, hyper) -> None:
    for which in hyper:
        controls.forget_refusals(f"lane{at}_{which}")


def _take(at: int, key: str) -> None:
    """Another optimizer, at its own defaults; what stands in front of it stays."""
    before = race().methods[at]
    kept = {*BEFORE, *SCHEDULES[before.schedule].hyper}
    hyper = tuple(pair for pair in before.hyper if pair[0] in kept)
    _forget(at, OPTIMIZERS[before.key].hyper)
    set_method(at, Method(key, schedule=before.schedule, hyper=hyper))


def _change(at: int, field: str, value) -> None:
    before = race().methods[at]
    _forget(at, OPTIMIZERS[before.key].hyper)
    set_method(at, replace(before, **{field: value}))


def _schedule(at: int, key: str) -> None:
    before = race().methods[at]
    old = SCHEDULES[before.schedule].hyper
    _forget(at, old)
    set_method(at, replace(before, schedule=key, hyper=tuple(pair for pair in before.hyper if pair[0] not in old)))


def _switch(at: int, which: str, on: bool) -> None:
    _forget(at, (which,))
    _set(at, which, FRONT[which] if on else None)


def _set(at: int, which: str, value: float | None) -> None:
    """A hyper-parameter's value; None takes it away."""
    before = race().methods[at]
    hyper = {**dict(before.hyper), which: value}
    if value is None or (which not in BEFORE and value == optimizer_of(replace(before, hyper=())).hyper[which]):
        del hyper[which]
    set_method(at, replace(before, hyper=tuple(sorted(hyper.items()))))
