"""The two lines above the race: how far they are, and on what terms they run. After another start, the way back, too."""

import streamlit as st

from engine.recipe import Recipe
from view import controls
from view.optimizers import say
from view.optimizers.state import Now
from view.text import Text


def slot(recipe: Recipe, now: Now, line: str, text: Text) -> None:
    with st.container(key="slot"):
        with st.container(key="line1"):
            st.markdown(line)
        with st.container(horizontal=True, vertical_alignment="center", key="line2"):
            if now.race.mode == "same" and st.session_state.get("bad_race_eta"):
                controls.refused("race_eta", text, width="content")
            else:
                st.markdown(say.mode(now, text), width="content")
            if st.session_state.get("undo") and recipe.place.k == 0:
                st.button(text("Undo: back to the run before"), on_click=controls.undo, key="undo_button")
