"""The card under the network's drawing: this moment's operation in words and in matrix form, with its shapes."""

import numpy as np
import streamlit as st

from engine.moments import Moment
from engine.update import Update
from engine.words import Place
from view import names
from view.network import net_backward, net_forward, net_matrix
from view.network.net_axes import Select, entry_of
from view.network.net_parts import Operation, count, reader
from view.numbers import latex
from view.text import Text


def operation(here: Update, moment: Moment, select: Select | None) -> Operation:
    """What this moment computes; the picked entry is the one that goes with `select`. None: the update of all of theta at once."""
    if moment.phase == "update":
        return net_backward.update(here, select) if select else net_backward.update_of_all(here)
    at = entry_of(here, moment.name, select or first(here))
    if moment.phase == "forward":
        step = next(s for s in here.of.program if s.out == moment.name)
        return net_forward.FORMS[step.op.role](here, step, at)
    step = reader(here, moment.name)
    return net_backward.FORMS[step.op.role](here, step, moment.name, at)


def selected(here: Update, place: Place) -> Select:
    """The number whose gradient is explained: the one the reader picked, or the first weight."""
    if place.select:
        name, i = names.from_key(place.select)
        if name in here.trace.grads and i in np.ndindex(np.shape(here.trace.grads[name])):
            return name, i
    return first(here)


def first(here: Update) -> Select:
    """The first weight."""
    return here.of.layout[0][0], (0, 0)


def heading(here: Update, moment: Moment, text: Text) -> str:
    """Backward · gradient of W⁽¹⁾: what happens in a few words."""
    says = operation(here, moment, None).says
    name = titled(moment.name)
    return f"{text(moment.phase.capitalize())} · {text.say(f'layer-{says}', name=name)}"


def titled(name: str) -> str:
    """The whole array in running text: W⁽¹⁾, A⁽¹⁾, Y."""
    split = names.layered(name)
    if split:
        return f"{split[0] if split[0] == 'b' else split[0].upper()}⁽{split[1].translate(names.SUPERSCRIPT)}⁾"
    return {"x": "X", "y": "Y", "z": "Z", "l": "ℓ", "theta": "θ"}.get(name, name)


def card(here: Update, m: int, text: Text) -> None:
    """The moment's operation in words and on whole arrays, with what each array's rows and columns count."""
    moment = here.moments[m - 1]
    with st.container(key="now_net"):
        st.markdown(heading(here, moment, text))
        st.markdown(f"$$\n{in_letters(here, moment)}\n$$")


def in_letters(here: Update, moment: Moment) -> str:
    """The equation on whole arrays, each with its shape, and what N or η is."""
    known = rf"\eta = {latex(here.rate)}" if moment.phase == "update" else f"N = {count(here)}"
    return rf"{net_matrix.letters(operation(here, moment, None))} \qquad {known}"
