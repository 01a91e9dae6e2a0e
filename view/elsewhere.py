"""What a page says when the experiment is not one it can show: which one it is, and the way on. The experiment itself stays in the
address until the reader decides."""

from dataclasses import replace

import streamlit as st

from engine.experiment import PRESETS, Experiment
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


def plain_notice(experiment: Experiment, text: Text) -> None:
    """What this page says of an update holds where each uses all samples, and its gradients are right."""
    st.markdown(text("This page needs all samples and right gradients; this run uses mini-batches or a broken engine."))
    plain = replace(experiment, batch=0, mistake="")
    st.button(text("Use all samples and the honest engine"), on_click=controls.restart, args=(plain,), key="plain_button")
