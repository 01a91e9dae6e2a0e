"""The way from page to page. Every link carries the whole address, so the experiment and the moment go along: Streamlit's own
navigation bar would drop them."""

from collections.abc import Sequence

import streamlit as st

from engine.race import OWN
from engine.words import EXPERIMENT, RACE
from view.text import Text


def row(pages: Sequence, text: Text) -> None:
    """The app's name, then one link per page."""
    with st.container(horizontal=True, vertical_alignment="center", key="navigation"):
        st.markdown(f"**{text('Backpropagation, step by step')}**", width="content")
        for page in pages:
            st.page_link(page, label=page.title, query_params=_words(page.url_path))


def _words(path: str) -> dict[str, str]:
    """The address as it is. Whoever brings an experiment to the optimizers finds them at work on it, not on a test function."""
    words = st.query_params.to_dict()
    brought = path == "optimizers" and words.keys() & EXPERIMENT.keys() and not words.keys() & RACE.keys()
    return {**words, "on": OWN} if brought else words
