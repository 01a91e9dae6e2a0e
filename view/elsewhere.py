"""What a page says when the experiment is not one it can show: which one it is, and the way on. The experiment itself stays in the
address until the reader decides."""

import streamlit as st

from engine.experiment import PRESETS
from view import controls
from view.text import Text


def network_notice(text: Text) -> None:
    """Nothing of a network is shown as if it were one neuron."""
    st.markdown(text("This experiment is a network or a large data set; this page shows one neuron."))
    st.button(text("Show the neuron on XOR"), on_click=controls.restart, args=(PRESETS["B"],), key="neuron_button")


def large_notice(text: Text) -> None:
    """A thousand updates of every rate on many samples would take too long to be followed by a finger."""
    st.markdown(text("This data set is too large for this page, which follows thousands of runs at once."))
    st.button(text("Show the neuron on XOR"), on_click=controls.restart, args=(PRESETS["B"],), key="neuron_button")
