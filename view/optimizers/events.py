"""What the race's picture and the stepper report: a start clicked on the surface, an update to go to."""

import streamlit as st

from engine.race import OWN
from view import controls, edits
from view.optimizers.state import begin, now


def go() -> None:
    asked = st.session_state.stepper.go
    st.session_state.playing = asked["play"]
    controls.go(asked["at"])


def jump() -> None:
    controls.go(f"{int(st.session_state.race.jump)}.1")


def pick() -> None:
    """On the plane of all parameters a click is a start; the shadows of a larger network have none."""
    spot, here = st.session_state.race.pick, now(controls.recipe())
    across, up = float(spot["across"]), float(spot["up"])
    if here.race.on != OWN:
        begin(start=(round(across, 3), round(up, 3)))
    elif here.of.size == 2:
        edits.start_at(across, up)
