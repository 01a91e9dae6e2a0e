"""The frame around every page: its title in the browser's tab, the one style block, and the navigation. It runs before the page
in every run, so what all pages share stands here."""

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from view import controls, style  # noqa: E402 - the project's folder has to be on the path first

text = controls.text()
st.set_page_config(page_title=text("Backpropagation, step by step"), layout="wide", initial_sidebar_state="collapsed")
style.block(controls.theme())
page = st.navigation([st.Page(ROOT / "pages" / "neuron.py", title=text("One neuron"), default=True)], position="hidden")
page.run()
