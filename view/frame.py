"""The frame around every page: the one style block and the navigation. It runs before the page in every run, so what all pages
share stands here."""

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from engine.experiment import NETWORK, Experiment  # noqa: E402 - the project's folder has to be on the path first
from view import controls, navigation, run_ahead, style  # noqa: E402
from view.optimizers import state  # noqa: E402

text = controls.text()
pages = [
    st.Page(ROOT / "pages" / "neuron.py", title=text("One neuron"), default=True),
    st.Page(ROOT / "pages" / "network.py", title=text("Network"), url_path="network"),
    st.Page(ROOT / "pages" / "learning_rate.py", title=text("Learning rate"), url_path="learning-rate"),
    st.Page(ROOT / "pages" / "optimizers.py", title=text("Optimizers"), url_path="optimizers"),
    st.Page(ROOT / "pages" / "gallery.py", title=text("Activations and losses"), url_path="activations"),
    st.Page(ROOT / "pages" / "article.py", title=text("The article's program"), url_path="article"),
]
page = st.navigation(pages, position="hidden")
title = f"{page.title} · {text('Backpropagation, step by step')}"
st.set_page_config(page_title=title, layout="wide", initial_sidebar_state="collapsed")
style.block(controls.theme())
races = page.url_path == navigation.RACES
controls.opens_with({"network": NETWORK}.get(page.url_path, Experiment()), state.within if races else controls.within)
navigation.row(pages, page.url_path, text)
run_ahead.ahead(text, state.made if races else run_ahead.made)
page.run()
