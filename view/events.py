"""What the components report: a moment chosen, a number asked about, a place or a rate taken. Each becomes one new address."""

import numpy as np
import streamlit as st

from engine.limits import RATE
from engine.parse import number
from engine.refused import Refused
from engine.update import update_at
from view import controls, names
from view.edits import start_at, start_from
from view.learning_rate import landscape
from view.network import net_rows
from view.network.net_below import complete_at


def go() -> None:
    """The stepper moved; while it plays, no question is asked."""
    asked = st.session_state.stepper.go
    st.session_state.playing = asked["play"]
    controls.go(asked["at"])


def select() -> None:
    """A click on a number in the graph: the page goes to the moment that computed it, the nudge shows that number."""
    address = st.session_state.graph.select
    kind, key = ("backward", address[2:]) if address.startswith("g:") else ("forward", address)
    here = update_at(controls.recipe().experiment, controls.recipe().place.k)
    name, _ = names.from_key(key)
    if name in dict(here.of.layout):
        kind = "backward"
    if name == "L":
        key = names.key("L", (0,) * here.trace.values["L"].ndim)
    found = [m for m, x in enumerate(here.moments, start=1) if (x.phase, x.name) == (kind, name)]
    reached = [m for m in found if m <= controls.recipe().place.m]
    controls.look(select=key, **({"m": reached[0], "k": here.k} if reached else {}))


def pick() -> None:
    spot = st.session_state.chart.pick
    start_at(float(spot["w1"]), float(spot["w2"]))


def jump() -> None:
    controls.go(f"{int(st.session_state.chart.jump)}.1")


def rate() -> None:
    """The range was let go."""
    take_rate(st.session_state.chart.rate)


def take_rate(asked: str) -> None:
    st.session_state.bad_eta = None
    try:
        controls.turn_rate(number(asked, "η", RATE))
    except Refused as reason:
        st.session_state.bad_eta = (asked, reason)


# The learning rate's page


def sweep_rate() -> None:
    take_rate(st.session_state.rates.rate)


def sweep_jump() -> None:
    controls.go(f"{int(st.session_state.rates.jump)}.1")


def sweep_pick() -> None:
    """A start clicked on the map of fates or on the surface, whose plane may be one of two directions."""
    spot, now = st.session_state.rates.pick, controls.recipe()
    across, up = float(spot["across"]), float(spot["up"])
    axes = landscape.axes_of(now.place)
    if axes or spot["on"] == "map":
        start_at(across, up, axes or (0, 1))
    else:
        plane = landscape.plane_of(now.experiment, now.place, update_at(now.experiment, now.place.k))
        start_from(np.round(plane.at([across, up]), 6))


# The network's page


def net_select() -> None:
    """A click on a weight, a bias or a unit: its gradient is explained."""
    name, i = names.from_key(st.session_state.net.select.removeprefix("g:"))
    now = controls.recipe()
    opens = now.place.depth == "network" and not now.experiment.mistake  # a broken engine's numbers are nudged where one is
    net_rows.pick(name, i, depth="unit" if opens else now.place.depth)


def time_jump() -> None:
    now = controls.recipe()
    controls.go(complete_at(update_at(now.experiment, now.place.k), int(st.session_state.timeline.jump)))
