"""A long run is made part by part before the page is shown. Beyond half a second a bar says how far it is and a button leaves it
there: what has been made is kept."""

from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from time import monotonic

import streamlit as st

from engine.experiment import Experiment, ends_of, part_of
from engine.lengths import ENDS, parts_to
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
    asked = controls.asked()
    ends = ends_of(asked.experiment) if make is made else ENDS
    stop = text("Stop here"), _stop
    for done in _watched(partial(make, asked), parts_to(asked.place.k, ends), asked.place.k, stop, text):
        st.session_state.reached = done


def behind(pinned: Experiment | None, k: int, text: Text) -> None:
    """Make as much of the run that is pinned behind this one as is shown of it; it can be left by unpinning it."""
    if pinned is not None:
        make, count = partial(made, Recipe(pinned, controls.asked().place, ())), parts_to(max(k - 1, 0), ends_of(pinned))
        deque(_watched(make, count, k, (text("Unpin"), _unpin), text), maxlen=0)


def _watched(make: Callable[[int], tuple[int, bool]], count: int, k: int, leave: tuple[str, Callable], text: Text) -> Iterator[int]:
    """Make so many parts: after each, how many updates there are. Beyond the reader's patience a bar and a button stand there."""
    began, room, bar = monotonic(), st.empty(), None
    for n in range(count):
        done, goes_on = make(n)
        if not goes_on:
            break
        yield done
        if monotonic() - began > PATIENCE and n + 1 < count:
            bar = bar or _bar(room, *leave)
            bar.progress(min(1.0, done / k), text("Update {done} of {k} …", done=f"{done:,}", k=f"{k:,}"))
    room.empty()


def _bar(room, leave: str, act: Callable):
    """A place for the bar, and beside it the button; both are made once, however many parts follow."""
    with room.container(horizontal=True, vertical_alignment="center", key=f"run{act.__name__}"):
        bar = st.empty()
        st.button(leave, on_click=act, key=f"leave{act.__name__}")
    return bar


def _unpin() -> None:
    controls.look(pin=None)


def _stop() -> None:
    """Only the moment changes: the run that the address asks for has not been made."""
    st.query_params["at"] = f"{st.session_state.reached}.1"
