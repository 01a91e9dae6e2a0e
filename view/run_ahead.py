"""A long run is made part by part before the page is shown. Beyond half a second a bar says how far it is and a button leaves it
there: what has been made is kept."""

from collections.abc import Callable
from time import monotonic

import streamlit as st

from engine.experiment import part_of, parts_to
from engine.recipe import Recipe
from view import controls
from view.text import Text

PATIENCE = 0.5  # seconds before the bar appears


def made(found: Recipe, n: int) -> tuple[int, bool]:
    """Make the n-th part of the experiment's own run: how many updates there are then, and whether it goes on."""
    part = part_of(found.experiment, n)
    return part.ends, part.stopped is None


def ahead(text: Text, make: Callable[[Recipe, int], tuple[int, bool]] = made) -> None:
    """Make the run that the address asks for, up to its update."""
    asked, began, room = controls.asked(), monotonic(), st.empty()
    count, bar = parts_to(asked.place.k), None
    for n in range(count):
        done, goes_on = make(asked, n)
        if not goes_on:
            break
        st.session_state.reached = done
        if monotonic() - began > PATIENCE and n + 1 < count:
            bar = bar or _bar(room, text)
            told = text("Update {done} of {k} …", done=f"{done:,}", k=f"{asked.place.k:,}")
            bar.progress(min(1.0, done / asked.place.k), told)
    room.empty()


def _bar(room, text: Text):
    """A place for the bar, and beside it the button; both are made once, however many parts follow."""
    with room.container(horizontal=True, vertical_alignment="center", key="run_ahead"):
        bar = st.empty()
        st.button(text("Stop here"), on_click=_stop, key="stop_run")
    return bar


def _stop() -> None:
    """Only the moment changes: the run that the address asks for has not been made."""
    st.query_params["at"] = f"{st.session_state.reached}.1"
