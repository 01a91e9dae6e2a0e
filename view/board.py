"""The left column under the graph: the "now" card with the current equation in words, numbers and result, and the ledger of
everything found so far in this update. Lines to come are blanks."""

from functools import lru_cache

import streamlit as st

from engine.check import Verdict
from engine.experiment import Experiment
from engine.moments import Moment
from engine.update import update_at
from view import names
from view.equations import Writer, card
from view.ledger import ledger
from view.numbers import show
from view.palette import PALETTE
from view.tables import largest_difference
from view.text import Text

HEADINGS = {"forward": "Forward: values", "backward": "Backward: gradients", "update": "Update"}


@lru_cache(maxsize=512)
def texts(experiment: Experiment, k: int, m: int, weight: tuple[int, ...], lang: str, theme: str) -> tuple[str, dict[str, str]]:
    """(the card's LaTeX, phase -> the ledger's Markdown), written once per moment."""
    here = update_at(experiment, k)
    writer = Writer(here, Text(lang), PALETTE[theme])
    moment = here.moments[m - 1]
    lines = card(writer, moment, weight)
    block = r"$$\begin{aligned}" + r"\\[2pt] ".join(lines) + r"\end{aligned}$$" if lines else ""
    found = here.moments[:m]
    return block, {phase: _markdown(ledger(writer, found, moment, phase)) for phase in HEADINGS}


def _markdown(lines: list[tuple[str, bool]]) -> str:
    return "\n\n".join(f":yellow-background[${line}$]" if lit else f"${line}$" for line, lit in lines)


def heading(here, m: int, weight: tuple[int, ...], text: Text) -> str:
    """Moment 8 of 9 · gradient of w₂, by the chain rule."""
    moment: Moment = here.moments[m - 1]
    where = text("Moment {m} of {count}", m=m, count=len(here.moments))
    if moment.phase == "update":
        return f"{where} · {text('update: all gradients were computed with the old weights')}"
    if moment.phase == "forward":
        return f"{where} · {text('value of {name}', name=plain(moment.name))}"
    name = names.plain(moment.name, weight) if moment.name == "W" else plain(moment.name)
    return f"{where} · {text('gradient of {name}, by the chain rule', name=name)}"


def plain(name: str) -> str:
    return names.plain(name).replace("_", r"\_")


def now_card(experiment: Experiment, here, m: int, weight, verdicts: tuple[Verdict, ...], theme: str, text: Text) -> None:
    moment = here.moments[m - 1]
    room = "one" if len(here.of.inputs["x"]) == 1 else "tall" if experiment.loss == "cross_entropy" else "many"
    asked, checked = tuple(v for v in verdicts if v.name == moment.name), ""
    if moment.phase == "backward" and all(v.answer == "agrees" for v in asked):
        ways = 2 + all(v.symbolic is not None for v in asked)
        checked = f" · :green[✓] {text('checked {n} ways, largest difference {x}', n=ways, x=show(largest_difference(asked)))}"
    block, _ = texts(experiment, here.k, m, weight, text.lang, theme)
    with st.container(key=f"now_{room}" + ("_eta" if moment.phase == "update" else "")):
        st.markdown(heading(here, m, weight, text) + checked)
        st.markdown(block)


def show_ledger(experiment: Experiment, here, m: int, weight, theme: str, text: Text) -> None:
    _, columns = texts(experiment, here.k, m, weight, text.lang, theme)
    with st.container(key="ledger"):
        for place, (phase, title) in zip(st.columns([12, 15, 6]), HEADINGS.items(), strict=True):
            with place, st.container(key=f"ledger_{phase}" + ("_eta" if phase == "update" else "")):
                st.markdown(f"###### {text(title)}\n\n{columns[phase]}")
