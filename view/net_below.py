"""What stands around the network's drawing: the two lines above it, the loss as a time line, and the learning rate."""

import streamlit as st

from engine.batches import epoch_of
from engine.experiment import NETWORK, Experiment, batched, is_neuron
from engine.limits import RATE, UPDATES
from engine.update import Update
from engine.words import Place
from view import controls, net_data
from view.text import Text


def slot(experiment: Experiment, here: Update, line: str, text: Text) -> None:
    """The moment's sentence, and beside it the way back after another choice, or on from a single neuron."""
    with st.container(horizontal=True, vertical_alignment="center", key="net_slot"):
        st.markdown(line, width="content")
        if st.session_state.get("undo") and here.k == 0:
            st.button(text("Undo: back to the run before"), on_click=controls.undo, key="undo_button")
        elif is_neuron(experiment):
            st.button(text("Add a hidden layer: XOR, 2-4-1"), on_click=controls.restart, args=(NETWORK,), key="layer_button")


def edit_points(text: Text) -> None:
    """Whether a click on the picture adds a sample. It is the reader's hand, not the experiment: it has no place in the address."""
    st.toggle(text("Add and move points"), key="edit_points")
    net_data.refused_point(text)


def batch_note(experiment: Experiment, here: Update, text: Text) -> None:
    """Which samples this update uses, where it does not use all."""
    if batched(experiment):
        count = len(here.whole.inputs["x"])
        epoch, at = epoch_of(count, experiment.batch, here.k)
        fields = {
            "epoch": epoch + 1,
            "batch": at + 1,
            "count": -(-count // experiment.batch),
            "size": len(here.rows),
            "samples": count,
        }
        st.caption(text("epoch {epoch}, batch {batch} of {count}: {size} of {samples} samples", **fields))


def run_on(experiment: Experiment, place: Place, here: Update, text: Text) -> None:
    """Many updates at once, and this run kept in sight behind the next one."""
    with st.container(horizontal=True, vertical_alignment="center", key="run_row"):
        for n in (100, 1000):
            to = min(here.k + n, UPDATES)
            stopped = here.history.stopped is not None and here.k >= here.history.updates
            act = {"on_click": controls.go, "args": (f"{to}.1",), "key": f"run_{n}"}
            st.button(text("+{n} updates", n=f"{n:,}"), disabled=stopped or to == here.k, **act)
        if place.pin:
            st.button(text("Unpin"), on_click=controls.look, kwargs={"pin": None}, key="pin")
        else:
            st.button(text("Pin this run"), on_click=controls.look, kwargs={"pin": experiment}, key="pin")


def rate(here: Update, text: Text) -> None:
    """η typed exactly, and the same run once more with it."""
    with st.container(horizontal=True, vertical_alignment="center", key="rate_row"):
        st.markdown(text("η exactly:"), width="content")
        how = {"width": 120, "label_visibility": "collapsed"}
        controls.number_field("η", "eta", here.rate, RATE, controls.turn_rate, text, **how)
        st.button(text("Run again with this rate"), on_click=controls.run_again, key="again", disabled=here.k == 0)
