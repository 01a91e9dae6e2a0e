"""One number of the network up close: the number the reader has picked, how its value was computed and its gradient found, its
paths to the loss, what the samples want of it, whether the gradient stands the nudge, and what it is made of."""

from functools import partial
from math import isfinite

import streamlit as st

from engine.experiment import Experiment
from engine.parse import whole
from engine.update import Update
from engine.words import Place
from view import controls, names
from view.components.paths import paths
from view.equations import Writer
from view.network import net_nudge, net_rows, net_votes
from view.network.net_chain import block, gradient_lines, value_lines
from view.network.net_trail import equation_ids, picked
from view.network.net_why import called, show_why
from view.numbers import is_, show
from view.palette import PALETTE
from view.scene import found
from view.text import Text


def known(here: Update, m: int, name: str) -> tuple[bool, bool]:
    """(whether its value, whether its gradient has been found): weights and data are there from the start, and data's gradient
    comes with that of what reads them."""
    reached = found(here, m)
    computed = any(step.out == name for step in here.of.program)
    value = not computed or ("forward", name) in reached
    if name not in here.trace.grads:
        return value, False
    if name == here.of.program[-1].out:
        return value, any(phase == "backward" for phase, _ in reached)
    readers = [step.out for step in here.of.program if name in step.args and step.out in here.trace.grads]
    asked = readers if name in here.of.inputs else [name]
    return value, all(("backward", x) in reached for x in asked)


def lit(here: Update, m: int, place: Place) -> frozenset[str]:
    """The ids that the drawing lights for this depth: what the card's equation uses, once it is there."""
    name, i = picked(here, place)
    value, gradient = known(here, m, name)
    return frozenset(equation_ids(here, name, i, gradient)) if value else frozenset()


def show_unit(experiment: Experiment, here: Update, m: int, place: Place, theme: str, text: Text) -> None:
    """Everything about the picked number that this moment has found."""
    name, i = picked(here, place)
    value, gradient = known(here, m, name)
    who = called(here, name, i, text)
    choose_sample(here, name, i, text)
    with st.container(key="now_unit"):
        for part in card(here, name, i, (value, gradient), theme, text):
            st.markdown(part)
    if gradient and name != here.of.program[-1].out:
        with st.container(key="tables_paths", gap="xsmall"):
            st.markdown(net_votes.sentence(here, name, i, who, text))
            paths(net_votes.table(here, name, i, who, text), "paths")
            for line in said(here, name, i, who, text):
                st.markdown(line)
            st.caption(net_votes.cheap(here, text))
    show_why(here, name, i, (value, gradient), text)


def card(here: Update, name: str, i: tuple[int, ...], seen: tuple[bool, bool], theme: str, text: Text) -> list[str]:
    """The yellow card, part by part: what it is, how its value was computed, its gradient by the chain rule."""
    writer = Writer(here, text, PALETTE[theme])
    value, gradient = seen
    lines = value_lines(writer, name, i) if value else []
    lines += gradient_lines(writer, name, i) if gradient else []
    return [part for part in (heading(here, name, i, seen, text), block(lines), later(here, name, i, seen, text)) if part]


def heading(here: Update, name: str, i: tuple[int, ...], seen: tuple[bool, bool], text: Text) -> str:
    """**w⁽¹⁾₄₁** ≈ 0.5338 · ∂L/∂w⁽¹⁾₄₁ ≈ −0.02966 · ✓ shares add up to the gradient."""
    who, (value, gradient) = called(here, name, i, text), seen
    parts = [f"**{who}**" + (f" {is_(float(here.trace.values[name][i]))}" if value else "")]
    if gradient:
        parts.append(f":violet[∂L/∂{who} {is_(float(here.trace.grads[name][i]))}]")
    if gradient and name != here.of.program[-1].out:
        total, right = net_votes.summed(here, name, i)
        wrong = text("✗ the shares add up to {sum}, not to the gradient", sum=show(total))
        parts.append(f":green[✓ {text('shares add up to the gradient')}]" if right else f":orange[{wrong}]")
    return " · ".join(parts)


def later(here: Update, name: str, i: tuple[int, ...], seen: tuple[bool, bool], text: Text) -> str:
    """What is not there, and why: not reached yet, or never coming."""
    value, gradient = seen
    who = called(here, name, i, text)
    if gradient:
        return ""
    if name not in here.trace.grads:
        return text.say("unit-target" if name in here.of.inputs else "unit-aside", name=who)
    return text.say("unit-later" if value else "unit-later-value", name=who)


def said(here: Update, name: str, i: tuple[int, ...], who: str, text: Text) -> list[str]:
    """The votes in a sentence, and the nudge; a gradient that is not finite can be compared with nothing."""
    if not isfinite(here.trace.grads[name][i]):
        return []
    nudge = net_nudge.promise(here, name, i, who, text), net_nudge.finding(net_nudge.verdict(here, name, i), who, text)
    return [line for line in (net_votes.verdict(here, name, i, who, text), *nudge) if line]


def choose_sample(here: Update, name: str, i: tuple[int, ...], text: Text) -> None:
    """The same number of another sample, where every sample has its own."""
    count = len(here.of.inputs["x"])
    if not names.sampled(name) or count < 2:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="unit_sample"):
        st.markdown(text("sample"), width="content")
        act = partial(take_sample, name, i)
        options = {n: str(row + 1) for n, row in enumerate(here.rows.tolist())}
        if count <= net_votes.FEW:
            controls.segmented(text("sample"), "unit_n", options, i[0], act, label_visibility="collapsed", required=True)
        elif count < len(here.whole.inputs["x"]):  # a mini-batch: these samples and no others
            controls.select(text("sample"), "unit_n", options, i[0], act, label_visibility="collapsed", width=120)
        else:
            how = {"width": 90, "label_visibility": "collapsed", "parse": whole}
            controls.number_field(text("sample"), "unit_n", i[0] + 1, (1, count), lambda n: act(n - 1), text, **how)


def take_sample(name: str, i: tuple[int, ...], n: int) -> None:
    net_rows.pick(name, (n, *i[1:]))
