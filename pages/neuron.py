"""One neuron: every operation of one update, forwards and backwards, in words, numbers and pictures."""

import streamlit as st

from engine.experiment import is_neuron, is_plain
from engine.update import update_at, verdicts_at
from view import below, board, controls, elsewhere, events, pictures, scene, slot
from view.choices import rate_row, title_row
from view.components.chart import carry, chart
from view.components.graph import graph
from view.components.stepper import stepper

recipe, text, theme = controls.recipe(), controls.text(), controls.theme()
experiment, place = recipe.experiment, recipe.place
here = update_at(experiment, place.k)
if not is_neuron(experiment):
    title_row(text("One neuron"), recipe, here, text)
    elsewhere.network_notice(text)
    st.stop()
if not is_plain(experiment):
    title_row(text("One neuron"), recipe, here, text)
    elsewhere.plain_notice(experiment, text)
    st.stop()
verdicts = verdicts_at(experiment, here.k)
weight = pictures.weight(place)
line = slot.sentence(recipe, here, weight, text)

title_row(text("One neuron"), recipe, here, text)
controls.refusals(recipe, text)
slot.slot(recipe, here, line, text)

with st.container(key="board"):
    left, right = st.columns([58, 42], gap="medium")
with left:
    graph(scene.graph(here, place.m, weight, place.select, text), "graph", events.select)
    board.now_card(experiment, here, place.m, weight, verdicts, theme, text)
    board.show_ledger(experiment, here, place.m, weight, theme, text)
with right:
    rate_row(here, text)
    data, heavy = pictures.chart(experiment, place, here, slot.open_question(experiment, place, here) is not None, text)
    chart(data, "chart", events.rate, events.pick, events.jump)
    for key, (name, payload) in heavy.items():
        carry(name, payload, key)

below.show(experiment, here, place.m, verdicts, text)
with st.bottom:
    stepper(place, here, text, line, theme, events.go)
