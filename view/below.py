"""Below the fold: all numbers of this update as a table and as a file, and the proof that the gradients are right."""

from functools import lru_cache, partial

import streamlit as st

from engine.check import Verdict
from engine.experiment import Experiment
from engine.losses import LOSSES
from engine.update import Update, update_at, verdicts_at
from view import tables
from view.scene import found
from view.text import Text


@lru_cache(maxsize=256)
def _numbers(experiment: Experiment, k: int, m: int, lang: str) -> str:
    here = update_at(experiment, k)
    return tables.all_numbers(here, found(here, m), Text(lang))


@lru_cache(maxsize=128)
def _check(experiment: Experiment, k: int, lang: str) -> str:
    return tables.gradient_check(update_at(experiment, k), verdicts_at(experiment, k), Text(lang))


def show(experiment: Experiment, here: Update, m: int, verdicts: tuple[Verdict, ...], text: Text) -> None:
    with st.container(key="tables"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"##### {text('All numbers of this update')}", width="content")
            st.space("stretch")
            make = partial(tables.as_csv, here, text)
            name = f"neuron-update-{here.k}.csv"
            st.download_button("CSV ↓", make, file_name=name, mime="text/csv", on_click="ignore", key="csv")
        st.markdown(_numbers(experiment, here.k, m, text.lang))
        st.markdown(f"##### {text('Is the gradient right?')}")
        st.caption(text.say("about-check"))
        if all(("backward", name) in found(here, m) for name, _ in here.of.layout):
            st.markdown(_check(experiment, here.k, text.lang))
            st.markdown(tables.verdict(verdicts, text))
        else:
            st.markdown(text("The comparison appears when the gradient has been found."))
        notes(experiment, text)


def notes(experiment: Experiment, text: Text) -> None:
    """Decisions that a reader may trip over, said where they matter."""
    if experiment.loss == "cross_entropy":
        st.caption(text.say("about-clip"))
    if LOSSES[experiment.loss].probability and experiment.activation != "sigmoid":
        st.caption(text.say("about-pairing"))
    if experiment.activation in ("relu", "leaky_relu"):
        st.caption(text.say("about-kink"))
