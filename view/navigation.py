"""The way from page to page. Every link carries the whole address, so the experiment and the moment go along: Streamlit's own
navigation bar would drop them."""

from collections.abc import Sequence

import streamlit as st

from engine.race import OWN
from engine.words import EXPERIMENT, RACE
from view.text import Text

RACES = "optimizers"  # the path of the page on which optimizers are compared


def row(pages: Sequence, here: str, text: Text) -> None:
    """The app's name, then one link per page; here: the path of the page that is open."""
    with st.container(horizontal=True, vertical_alignment="center", key="navigation"):
        st.markdown(f"**{text('Backpropagation, step by step')}**", width="content")
        for page in pages:
            st.page_link(page, label=page.title, query_params=_words(here, page.url_path))


def _words(here: str, path: str) -> dict[str, str]:
    """The address as it is. Whoever brings an experiment to the optimizers finds them at work on it, not on a test function; and
    the updates made on a test function are none of the experiment's."""
    words = st.query_params.to_dict()
    if here == RACES and path != RACES and words.get("on") != OWN:
        return {word: said for word, said in words.items() if word != "at"}
    brought = path == RACES and words.keys() & EXPERIMENT.keys() and not words.keys() & RACE.keys()
    return {**words, "on": OWN} if brought else words
