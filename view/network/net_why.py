"""Why is it this number? Chips of the numbers it is made of: what its value was computed from, and which gradients arrive at it
from above. A click picks that one, so that the question can be asked again, down to the inputs or up to the loss."""

import numpy as np
import streamlit as st

from engine.explain import step_of
from engine.parts import parts
from engine.routes import Place
from engine.update import Update
from view import controls, names
from view.network import net_rows
from view.numbers import is_
from view.text import Text, without_markup

SHOWN = 6  # chips of one kind; of more, the largest
LISTED = 100  # of the others, the largest that a menu beside them holds


def made_of(here: Update, name: str, i: tuple[int, ...]) -> list[Place]:
    """The numbers its value was computed from, those that count most first; none for a weight or for data."""
    if not any(step.out == name for step in here.of.program):
        return []
    step, values = step_of(here.trace, name), here.trace.values
    if step.op.role == "weighted sum":
        a, W, *bias = step.args
        order = np.argsort(-np.abs(values[W][i[1]] * values[a][i[0]]), kind="stable").tolist()
        return [place for j in order for place in ((W, (i[1], j)), (a, (i[0], j)))] + [(b, (i[1],)) for b in bias]
    if step.op.role == "reduction":
        (losses,) = step.args
        return [(losses, (n,)) for n in np.argsort(-np.abs(values[losses]), kind="stable").tolist()]
    shape = values[name].shape
    enters = [(arg, (i[0], u)) for k, arg in enumerate(step.args) for u in range(values[arg].shape[-1])
              if i in [tuple(o) for o in step.op.reach(k, (i[0], u), shape)]]  # fmt: skip
    return enters


def arrives(here: Update, name: str, i: tuple[int, ...]) -> list[Place]:
    """The numbers whose gradients come from above, those with the largest share first."""
    found = sorted(parts(here.trace, name, i), key=lambda part: -abs(part.share))
    return [(part.step.out, part.output) for part in found]


def beside(here: Update, name: str, i: tuple[int, ...]) -> list[Place]:
    """What a weight's gradient is multiplied by: the input of the sample with the largest share."""
    found = max(parts(here.trace, name, i), key=lambda part: abs(part.share), default=None)
    if found is None or found.argument != 1 or found.step.op.role != "weighted sum":
        return []
    return [(found.step.args[0], (found.output[0], i[1]))]


def called(here: Update, name: str, i: tuple[int, ...], text: Text) -> str:
    """z⁽¹⁾₄, and of which sample where there are several."""
    plain = names.plain(name, i, here.of.inputs["y_true"].shape[-1] > 1)
    sampled = i and names.sampled(name) and len(here.of.inputs["x"]) > 1
    return f"{plain} ({text('sample {n}', n=here.rows[i[0]] + 1)})" if sampled else plain


Chip = tuple[str, str, tuple[int, ...]]  # "value" or "gradient", and the number


def chips(here: Update, name: str, i: tuple[int, ...], known: tuple[bool, bool], text: Text) -> dict[str, list[Chip]]:
    """Title -> chips; known: whether the number's value, and whether its gradient, has been found."""
    below = made_of(here, name, i) if known[0] else []
    above = arrives(here, name, i) if known[1] else []
    partner = beside(here, name, i) if known[1] else []
    return {
        text("Its value comes from"): [("value", *place) for place in below],
        text("Its gradient comes from"): [*(("value", *place) for place in partner), *(("gradient", *place) for place in above)],
    }


def label(here: Update, chip: Chip, text: Text) -> str:
    """The number as it counts here: its value, or the gradient that arrives."""
    kind, name, i = chip
    who = called(here, name, i, text)
    if kind == "value":
        return f"{who} {is_(float(here.trace.values[name][i]))}"
    return f":violet[∂L/∂{who} {is_(float(here.trace.grads[name][i]))}]"


def show_why(here: Update, name: str, i: tuple[int, ...], known: tuple[bool, bool], text: Text) -> None:
    for at, (title, found) in enumerate(chips(here, name, i, known, text).items()):
        if found:
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"tables_why_{at}"):
                st.markdown(title, width="content")
                for n, chip in enumerate(found[:SHOWN]):
                    said = label(here, chip, text)
                    st.button(said, key=f"why_{at}_{n}", on_click=net_rows.pick, args=chip[1:], width="content")
                if len(found) > SHOWN:
                    options = {"": said_more(len(found) - SHOWN, text), **others(here, found, text)}
                    how = {"label_visibility": "collapsed", "width": 260}
                    controls.select(title, f"why_{at}_more", options, "", take, **how)


def said_more(count: int, text: Text) -> str:
    if count <= LISTED:
        return text("… {n} more", n=f"{count:,}")
    return text("… {n} more, the largest {most} of them here", n=f"{count:,}", most=LISTED)


def others(here: Update, found: list[Chip], text: Text) -> dict[str, str]:
    """The numbers that have no chip, as a menu: which one -> what it says."""
    return {names.key(*chip[1:]): without_markup(label(here, chip, text)) for chip in found[SHOWN : SHOWN + LISTED]}


def take(key: str) -> None:
    net_rows.pick(*names.from_key(key))
