"""What stands around the network's drawing: the two lines above it, the row that makes the run, and what its update uses."""

import streamlit as st

from engine.batches import epoch_of
from engine.experiment import NETWORK, Experiment, batched, is_neuron
from engine.limits import RATE, UPDATES
from engine.update import Update
from engine.words import Place
from view import controls
from view.network import net_data, net_health
from view.text import Text


def slot(experiment: Experiment, here: Update, m: int, line: str, text: Text) -> None:
    """The moment's sentence, and under it the way back from another choice, the way on from a neuron, or what goes wrong."""
    with st.container(key="net_slot"):
        st.markdown(line)
        told = here.k and net_health.is_outcome(experiment, here, m)  # there the way back stands beside what became of it
        if st.session_state.get("undo") and not told:
            st.button(text("Undo: back to the run before"), on_click=controls.undo, key="undo_button")
        elif is_neuron(experiment):
            st.button(text("Add a hidden layer: XOR, 2-4-1"), on_click=controls.restart, args=(NETWORK,), key="layer_button")
        net_health.show_findings(experiment, here, m, text)


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


def held_note(experiment: Experiment, text: Text) -> None:
    """Why no loss on held-out samples stands beside the other: a reader's own table has none."""
    if experiment.data == "own":
        st.caption(text("No samples are held out: the network is trained on the whole of this table."))


def run_on(experiment: Experiment, place: Place, here: Update, text: Text) -> None:
    """η typed exactly, the same run once more with it, many updates at once, and this run kept in sight behind the next one."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="rate_row"):
        st.markdown("η", width="content")
        how = {"width": 90, "label_visibility": "collapsed"}
        controls.number_field("η", "eta", here.rate, RATE, controls.turn_rate, text, **how)
        st.button(text("Run again with this rate"), on_click=controls.run_again, key="again", disabled=here.k == 0)
        for n in (100, 1000):
            to = min(here.k + n, UPDATES)
            stopped = here.history.stopped is not None and here.k >= here.history.updates
            act = {"on_click": controls.go, "args": (complete_at(here, to),), "key": f"run_{n}"}
            st.button(text("+{n} updates", n=f"{n:,}"), disabled=stopped or to == here.k, **act)
        pinned = {"kwargs": {"pin": None if place.pin else experiment}, "key": "pin"}
        st.button(text("Unpin") if place.pin else text("Pin this run"), on_click=controls.look, **pinned)


def complete_at(here: Update, k: int) -> str:
    """After k updates, where the forward pass has just been completed: there L and every unit's output are known."""
    return f"{k}.{sum(moment.phase == 'forward' for moment in here.moments)}"
