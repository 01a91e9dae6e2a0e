"""An experiment as a file: what is too long for an address, or is to last longer than the server, is saved here and loaded again.
What a file says and cannot be read is told beside it; the rest counts."""

from dataclasses import replace
from functools import partial

import streamlit as st

from engine.file import read_file, write_file
from engine.recipe import Recipe
from engine.refused import Refused
from view import controls
from view.text import Text

TOLD = "told_load"  # the refusals of the last file


def save(label: str, key: str, recipe: Recipe, **how) -> None:
    """A button that hands out the experiment and the moment as JSON; it is written when it is pressed."""
    make = partial(write_file, recipe.experiment, recipe.place)
    st.download_button(label, make, "experiment.json", "application/json", on_click="ignore", key=key, **how)


def load(text: Text) -> None:
    """A field for such a file, and what was wrong with the last one."""
    st.file_uploader(text("Load an experiment"), type=["json"], key="load_file", on_change=_load)
    if st.session_state.get(TOLD):
        with st.container(key="refused_file"):
            for reason in st.session_state[TOLD]:
                st.text(text.refusal(reason))


def _load() -> None:
    """The file's experiment at its moment, in the reader's own language; refused whole, it changes nothing. One undo brings the
    experiment of before back."""
    given = st.session_state.get("load_file")
    st.session_state[TOLD] = ()
    if given is None:
        return
    try:
        found = read_file(given.getvalue())
    except Refused as reason:
        st.session_state[TOLD] = (reason,)
        return
    controls.forget_refusals()
    st.session_state.undo = st.query_params.to_dict()
    controls.move(found.experiment, replace(found.place, lang=controls.asked().place.lang))
    st.session_state[TOLD] = found.refused
