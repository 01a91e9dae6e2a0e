"""What stands around the network's drawing: the two lines above it, the loss as a time line, and the learning rate."""

import numpy as np
import streamlit as st

from engine.experiment import NETWORK, Experiment, is_neuron
from engine.limits import RATE
from engine.update import Update
from view import controls, figures
from view.numbers import is_
from view.text import Text

FLOOR = figures.FLOOR


def slot(experiment: Experiment, here: Update, line: str, text: Text) -> None:
    """The moment's sentence, and beside it the way back after another choice, or on from a single neuron."""
    with st.container(horizontal=True, vertical_alignment="center", key="net_slot"):
        st.markdown(line, width="content")
        if st.session_state.get("undo") and here.k == 0:
            st.button(text("Undo: back to the run before"), on_click=controls.undo, key="undo_button")
        elif is_neuron(experiment):
            st.button(text("Add a hidden layer: XOR, 2-4-1"), on_click=controls.restart, args=(NETWORK,), key="layer_button")


def time_line(experiment: Experiment, here: Update, text: Text) -> dict:
    """The loss so far and, grey, the updates that have been computed ahead."""
    history, k = here.history, here.k
    past = figures.thinned(history.loss[: k + 1])
    ahead = figures.thinned(history.loss[k:])
    heights = figures.height(history.loss, FLOOR)
    low, high = float(heights.min()), float(heights.max())
    slack = max(0.08 * (high - low), 0.02)
    last = history.updates
    marks = [n for e in range(5) for n in (10**e, 3 * 10**e) if n <= last]
    return {
        "curve": {
            "past": figures.packed(np.column_stack([np.log10(1 + past), heights[past]])),
            "at": [float(np.log10(1 + k + n)) for n in ahead],
            "x": [0.0, float(np.log10(1 + last))],
            "y": [low - slack, high + slack],
            "xticks": [(float(np.log10(1 + n)), f"{n:,}") for n in (0, *marks)],
            "yticks": figures.loss_ticks(low - slack, high + slack, FLOOR, 4.5),
            "axis": figures.axis_name(FLOOR),
            "last": k,
        },
        "ks": [int(n) for n in ahead],
        "ahead": figures.packed(np.column_stack([0 * ahead, 0 * ahead, heights[k:][ahead]])),
        "fill": "fate_undecided",
        "ends": f"L {is_(float(history.loss[-1]))}",
        "texts": {
            "curveTitle": text("Time line"),
            "curveNote": text("click to go to an update"),
            "altCurve": text.say("alt-curve", loss=is_(here.loss), k=k),
            "updateAxis": text("updates made k"),
            "jump": text("Go to an update"),
        },
    }


def rate(here: Update, text: Text) -> None:
    """η typed exactly, and the same run once more with it."""
    with st.container(horizontal=True, vertical_alignment="center", key="rate_row"):
        st.markdown(text("η exactly:"), width="content")
        how = {"width": 120, "label_visibility": "collapsed"}
        controls.number_field("η", "eta", here.rate, RATE, controls.turn_rate, text, **how)
        st.button(text("Run again with this rate"), on_click=controls.run_again, key="again", disabled=here.k == 0)
