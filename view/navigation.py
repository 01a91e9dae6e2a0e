"""The way from page to page. Every link carries the whole address, so the experiment and the moment go along: Streamlit's own
navigation bar would drop them."""

from collections.abc import Sequence

import streamlit as st

from view.text import Text


def row(pages: Sequence, text: Text) -> None:
    """The app's name, then one link per page."""
    with st.container(horizontal=True, vertical_alignment="center", key="navigation"):
        st.markdown(f"**{text('Backpropagation, step by step')}**", width="content")
        for page in pages:
            st.page_link(page, label=page.title, query_params=st.query_params.to_dict())
