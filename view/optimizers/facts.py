"""Below the race: the loss to which every rate leads, up to which rate each is stable, how long each one's first step is, and what
a dead neuron does under all of them."""

from dataclasses import replace

import numpy as np
import streamlit as st

from engine.experiment import PRESETS
from engine.explain import Equation
from engine.lockstep import Lane
from engine.op import Array
from engine.race import OWN, Race, bests_of, course_of, horizons, lanes_of
from engine.stability import FORMS, stability
from view import numbers
from view.components.race_sweep import race_sweep
from view.equations import equal
from view.numbers import is_, row, show
from view.optimizers import called, picture, say
from view.optimizers.landscape import View
from view.optimizers.state import Now, begin
from view.printer import Letters, Numbers
from view.tables import markdown
from view.text import Text

SIZES = (1.0, 1e-2, 1e-4, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10)  # of a gradient
DEAD = replace(PRESETS["B"], weights=(-0.5, -1.0))  # on the dead plateau of the neuron on XOR
AT = 1e-6  # a rate this near to its limit, relative to it, is called at the limit
SLEEP = 100  # updates after which one looks whether it still sleeps
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
    with st.container(key="tables_dead"):
        st.markdown(f"##### {text('Does a dead neuron stay dead?')}\n\n{text.say('dead')}\n\n{dead_words(now, text)}")
        st.markdown(dead_table(now, text))
        label = text("Watch these optimizers there")
        st.button(label, on_click=begin, args=(DEAD,), kwargs={"on": OWN}, key="race_dead")


def dead_lanes(race: Race) -> tuple[Lane, ...]:
    """The race's optimizers from the dead neuron, all with the race's η."""
    there = replace(race, on=OWN, mode="same")
    return lanes_of(there, course_of(there, DEAD), SLEEP)


def dead_words(now: Now, text: Text) -> str:
    return text.say("dead-run", start=row(DEAD.weights), k=SLEEP, eta=show(now.race.eta))


def dead_table(now: Now, text: Text) -> str:
    """Where each lane is after SLEEP updates, or where it stopped."""
    rows = []
    for at, lane in enumerate(dead_lanes(now.race)):
        k = min(SLEEP, lane.history.updates)
        losses = lane.history.loss[: k + 1]
        became = text("stopped") if k < SLEEP else fate(losses, text)
        rows.append([say.listed(now, [at], text), row(lane.history.theta[k]), is_(losses[-1]).removeprefix("= "), became])
    return markdown([text("optimizer"), "w", "L", ""], rows)


def fate(losses: Array, text: Text) -> str:
    """What became of a neuron that began dead. While it sleeps its output is 0, so its loss is that of the start to the bit."""
    awake = losses != losses[0]
    if awake[-1]:
        return text("awake")
    return text("woke and died again") if awake.any() else text("still dead")


def limits(now: Now, text: Text) -> list[str]:
    """For each lane that has a limit, what it says of the lane's rate, and the formula."""
    lanes = [at for at, method in enumerate(now.race.methods) if method.key in FORMS]
    plain = [at for at in lanes if stability(now.optimizers[at], 1.0)]
    if not lanes:
        return [text.say("no-limits")]
    place = "minimum" if now.course.experiment is None else "here"
    if not _small(now):
        told = [text.say("limits-large")]
    else:
        told = [text.say(f"limit-where-{place}"), *(words for at in plain for words in _limit(now, at, place, text))]
    changed = [at for at in lanes if at not in plain]
    return [text.say("limits"), *told, *[text.say("limit-changed", who=say.listed(now, changed, text))] * bool(changed)]


def _limit(now: Now, at: int, place: str, text: Text) -> list[str]:
    """What one lane's limit says of its rate. Where L bends upwards in no direction there is none; where it overflows, no word."""
    bend, who = picture.bend_of(now, at), say.listed(now, [at], text)
    found = stability(now.optimizers[at], bend)
    if found is None:
        return [text.say("limit-none", name=who)] if np.isfinite(bend) else []
    eta, method = now.rates[at], now.race.methods[at]
    fields = {"bend": is_(bend), "eta": is_(eta), "limit": show(found.value)}
    said = _said(method.key, now.optimizers[at].hyper.get("momentum", 0.0), _side(eta, found.value), place)
    return [text.say("limit-still" if eta == 0 else said, name=who, **fields), formula(found)]


def _said(key: str, beta: float, side: str, place: str) -> str:
    """The sentence: of gradient descent about this step, of the two with a memory about the long run, as their limits are."""
    if key == "momentum" and beta == 1:
        return "limit-endless"
    remembers = beta > 0 and (place == "here" or side == "at")
    return f"limit-{side}-{place}{'-run' * remembers}"


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
