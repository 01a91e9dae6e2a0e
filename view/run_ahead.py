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
    count = parts_to(asked.place.k)
    for n in range(count):
        done, goes_on = make(asked, n)
        if not goes_on:
            break
        st.session_state.reached = done
        if monotonic() - began > PATIENCE and n + 1 < count:
            _bar(room, done, asked.place.k, text)
    room.empty()


def _bar(room, done: int, k: int, text: Text) -> None:
    with room.container(horizontal=True, vertical_alignment="center", key="run_ahead"):
        st.progress(done / k, text("Update {done} of {k} …", done=f"{done:,}", k=f"{k:,}"))
        st.button(text("Stop here"), on_click=_stop, key="stop_run")


def _stop() -> None:
    """Only the moment changes: the run that the address asks for has not been made."""
    st.query_params["at"] = f"{st.session_state.reached}.1"
