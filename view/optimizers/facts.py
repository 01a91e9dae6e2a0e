"""Below the race: the loss to which every rate leads, up to which rate each is stable, how long each one's first step is, and what
a dead neuron does under all of them."""

from dataclasses import replace

import numpy as np
import streamlit as st

from engine.experiment import PRESETS
from engine.explain import Equation
from engine.race import OWN, bests_of, horizons
from engine.stability import stability
from view import numbers
from view.components.race_sweep import race_sweep
from view.equations import equal
from view.numbers import is_, show
from view.optimizers import called, picture, say
from view.optimizers.landscape import View
from view.optimizers.state import Now, begin
from view.printer import Letters, Numbers
from view.text import Text

SIZES = (1.0, 1e-2, 1e-4, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10)  # of a gradient
DEAD = replace(PRESETS["B"], weights=(-0.5, -1.0))  # on the dead plateau of the neuron on XOR
AT = 1e-6  # a rate this near to its limit, relative to it, is called at the limit
SMALL = 3000  # weights × samples up to which the Hessian is asked at every step


def show_facts(now: Now, view: View, text: Text) -> None:
    if horizons(now.of, len(now.lanes)):
        with st.container(key="race_sweep"), st.spinner(text("Every rate is being tried …"), show_time=False):
            race_sweep(picture.sweep(now, view.floor, text), "race_sweep_picture")
            found = bests_of(now.course, now.race.methods, now.race.horizon)
            st.markdown(text.say("bests", bests=text("; ").join(say.best_words(now, found, text))))
    left, right = st.columns(2, gap="large")
    with left, st.container(key="tables_limits"):
        st.markdown("\n\n".join([f"##### {text('Up to which rate is it stable?')}", *limits(now, text)]))
    with right, st.container(key="tables_first"):
        st.markdown(f"##### {text('How long is the first step?')}\n\n{text.say('first-step')}\n\n{first_steps(now, text)}")
    with st.container(key="race_dead"):
        st.markdown(f"##### {text('A dead neuron stays dead')}\n\n{text.say('dead')}")
        st.button(text("See it: a dead neuron under these optimizers"), on_click=begin, args=(DEAD,), kwargs={"on": OWN})


def limits(now: Now, text: Text) -> list[str]:
    """For each lane that has a limit, what it says of the lane's rate, and the formula."""
    told = []
    for at, optimizer in enumerate(now.optimizers):
        if stability(optimizer, 1.0) is None:
            continue
        if not _small(now):
            return [text.say("limits"), text.say("limits-large")]
        bend = picture.bend_of(now, at)
        found = stability(optimizer, bend)
        who = f"{at + 1} · {called.name(now.race.methods[at], text)}"
        if found is None:
            if np.isfinite(bend):
                told.append(text.say("limit-none", name=who))
            continue
        told.append(
            text.say(
                f"limit-{_side(now.rates[at], found.value)}",
                name=who,
                bend=is_(bend),
                eta=show(now.rates[at]),
                limit=is_(found.value),
            )
        )
        told.append(formula(found))
    place = text.say("limit-where-minimum" if now.course.experiment is None else "limit-where-here")
    return [text.say("limits"), place, *told] if told else [text.say("no-limits")]


def _side(rate: float, limit: float) -> str:
    """Above, below or at the limit, which itself is known to about seven digits."""
    if abs(rate - limit) <= AT * limit:
        return "at"
    return "above" if rate > limit else "below"


def formula(found: Equation) -> str:
    """The limit in letters, in numbers and as a result."""
    letters, values = Letters(), Numbers(found.numbers)
    return (
        f"${letters.write(found.lhs)} = {letters.write(found.rhs, True)} = {values.write(found.rhs, True)}"
        f" {equal(found.value)} {numbers.latex(found.value)}$"
    )


def _small(now: Now) -> bool:
    return now.of.size * max((len(x) for x in now.of.inputs.values()), default=1) <= SMALL


def first_steps(now: Now, text: Text) -> str:
    """A table: for a gradient of every size the length of each lane's first step, in units of η."""
    heads = [text("gradient"), *(f"{at + 1} · {called.name(m, text)}" for at, m in enumerate(now.race.methods))]
    rows = [heads, ["---:"] * len(heads)]
    for size in SIZES:
        rows.append([show(size), *(show(first_step(optimizer, size)) for optimizer in now.optimizers)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def first_step(optimizer, g: float) -> float:
    """The length of an optimizer's first step from 0 against a gradient g, divided by η."""
    theta, eta = np.zeros(1), 1.0
    with np.errstate(all="ignore"):
        step, _ = optimizer.update(theta, np.full(1, g), optimizer.init(theta), 1, lr=eta)
    return float(-step[0]) / eta
