"""The two lines above the learning rate's pictures: what becomes of this run, and under it what 2/λmax says here, and what it does
not; after another start, the way back, too."""

import streamlit as st

from engine.recipe import Recipe
from engine.update import Update
from view import controls
from view.learning_rate import rate_words
from view.text import Text


def slot(recipe: Recipe, here: Update, line: str, text: Text) -> None:
    """Both depend on η, so both are dimmed while it is dragged."""
    with st.container(key="rate_slot"), st.container(key="slot"):
        with st.container(key="line1_eta"):
            st.markdown(line)
        with st.container(horizontal=True, vertical_alignment="center", key="line2_eta"):
            st.markdown(rate_words.limit(recipe.experiment, here, text), width="content")
            if st.session_state.get("undo") and here.k == 0:
                st.button(text("Undo: back to the run before"), on_click=controls.undo, key="undo_button")
