"""What the page of the single neuron says when the experiment is a network: that it is one, and the two ways on."""

import streamlit as st

from engine.experiment import PRESETS
from view import controls
from view.text import Text


def network_notice(text: Text) -> None:
    """Nothing of a network is shown as if it were one neuron; the network itself stays in the address until the reader decides."""
    st.markdown(text("This experiment is a network with a hidden layer; this page shows one neuron."))
    st.button(text("Show the neuron on XOR"), on_click=controls.restart, args=(PRESETS["B"],), key="neuron_button")
