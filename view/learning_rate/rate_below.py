"""Below the fold of the learning rate's page: the same as tables and as a file. The map of fates is computed here, last of all, so
that everything else is on the screen while it is."""

from functools import partial
from time import monotonic

import streamlit as st

from engine.limits import AHEAD
from engine.outlook import RATES
from engine.recipe import Recipe
from engine.update import Update
from view.choices import rate_row
from view.components.chart import carry
from view.learning_rate import fate_map, rate_chart, rate_tables
from view.learning_rate.landscape import View
from view.text import Text

PATIENCE = 0.3  # s: a computation that takes longer shows how far it is


def show(recipe: Recipe, here: Update, seen: View, text: Text) -> None:
    asked, experiment = rate_chart.question(recipe, here), recipe.experiment
    rate_row(here, text)
    with st.container(key="map_progress"):
        progress = st.empty()
    with st.container(key="tables"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"##### {text('Where the run ends, for every learning rate')}", width="content")
            st.space("stretch")
            make = partial(rate_tables.as_csv, experiment, here, text)
            st.download_button("CSV ↓", make, file_name=f"sweep-update-{here.k}.csv", mime="text/csv", on_click="ignore", key="csv")
        st.caption(text.say("about-sweep", count=len(RATES), ahead=f"{AHEAD:,}"))
        left, right = st.columns(2, gap="medium")
        with left:
            st.markdown(rate_tables.sweep(experiment, here, text))
        with right:
            st.markdown(rate_tables.oracle(experiment, here, text))
            st.caption(text.say("about-oracle"))
        st.markdown(f"##### {text('The run so far')}")
        st.markdown(rate_tables.run(here, seen, text))
        st.markdown(f"##### {text('Map of fates')}")
        st.caption(text.say("about-map", ahead=f"{AHEAD:,}"))
        if experiment.hidden:
            st.caption(text.say("about-cells", cells=asked.cells))
        places = st.empty()
    compute(asked, progress, text)
    with places:
        st.markdown(rate_tables.shares(asked, experiment, here, text))
    name, payload = fate_map.payload(asked, text)
    carry(name, payload, "map")


def compute(asked: fate_map.Question, place, text: Text) -> None:
    """The map, with a bar where it takes its time; a click of the reader may come between any two blocks."""
    began = monotonic()
    for done in fate_map.parts(asked):
        if monotonic() - began > PATIENCE:
            place.progress(done, text("Map of fates: following {n} starts", n=f"{asked.cells**2:,}"))
    place.empty()
