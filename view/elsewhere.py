"""What a page says when the experiment is not one it can show: why, and the ways on. The experiment itself stays in the address
until the reader decides, and the network's page shows every experiment."""

from dataclasses import replace

import streamlit as st

from engine.data import DATA
from engine.experiment import PRESETS, Experiment, batched, data_of
from engine.limits import SHOWN
from view import controls
from view.choices import DATA_NAMES
from view.text import Text


def network_notice(text: Text) -> None:
    """Nothing of a network is shown as if it were one neuron."""
    _say(no_neuron(controls.recipe().experiment, text))
    with _ways(text):
        st.button(text("Show the neuron on XOR"), on_click=controls.restart, args=(PRESETS["B"],), key="neuron_button")


def large_notice(text: Text) -> None:
    """A thousand updates of every rate on many samples would take too long to be followed by a finger."""
    _say([too_large(controls.recipe().experiment, text)])
    with _ways(text):
        st.button(text("Show the neuron on XOR"), on_click=controls.restart, args=(PRESETS["B"],), key="neuron_button")


def plain_notice(experiment: Experiment, text: Text) -> None:
    """What this page says of an update holds where each uses all samples, and its gradients are right."""
    _say(not_plain(experiment, text))
    plain = replace(experiment, batch=0, mistake="")
    if not experiment.mistake:
        label = text("Use all samples")
    else:
        label = text("Use all samples and the honest engine") if batched(experiment) else text("Use the honest engine")
    with _ways(text):
        st.button(label, on_click=controls.restart, args=(plain,), key="plain_button")


def single_notice(text: Text) -> None:
    """A surface needs two weights."""
    _say([text("This experiment has a single weight; this page needs two, for the surface of its loss.")])
    with _ways(text):
        st.button(text("Show the neuron on XOR"), on_click=controls.restart, args=(PRESETS["B"],), key="neuron_button")


def no_neuron(experiment: Experiment, text: Text) -> list[str]:
    """Why it is not one neuron whose every number can be shown: its hidden layers, its data, or both."""
    said = []
    if experiment.hidden:
        layers = ", ".join(str(n) for n, _ in experiment.hidden)
        said.append(text("This experiment is a network with hidden units ({layers}); this page shows one neuron.", layers=layers))
    if experiment.data in DATA:
        return said
    return [
        *said,
        text("Its data: {data}. This page shows one neuron on a single sample or on XOR, AND, OR.", data=_named(experiment, text)),
    ]


def too_large(experiment: Experiment, text: Text) -> str:
    """Why its rates cannot be followed here: the number of samples, or of weights."""
    count = len(data_of(experiment).x)
    if count > SHOWN:
        fields = {"data": _named(experiment, text), "count": count, "most": SHOWN}
        return text(
            "Too many samples for this page, which follows thousands of runs at once: {data}, {count} samples, at most {most}.",
            **fields,
        )
    return text("This experiment has a single weight; this page needs two, for the surface of its loss.")


def not_plain(experiment: Experiment, text: Text) -> list[str]:
    """Mini-batches, a planted mistake, or both."""
    said = []
    if batched(experiment):
        fields = {"n": experiment.batch, "count": len(data_of(experiment).x)}
        said.append(
            text("Each update of this run uses mini-batches ({n} of {count} samples); this page needs all samples.", **fields)
        )
    if experiment.mistake:
        said.append(text("The engine of this run has a planted mistake; this page needs right gradients."))
    return said


def _named(experiment: Experiment, text: Text) -> str:
    return text(DATA_NAMES[experiment.data])


def _say(causes: list[str]) -> None:
    for cause in causes:
        st.markdown(cause)


def _ways(text: Text):
    """A row of ways on, the first of which keeps the experiment."""
    row = st.container(horizontal=True, vertical_alignment="center", key="navigation_elsewhere")
    with row:
        st.page_link(
            "../pages/network.py", label=text("Open this experiment on the Network page"), query_params=st.query_params.to_dict()
        )
    return row
