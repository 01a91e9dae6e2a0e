"""Network: how a gradient travels through hidden layers: the drawing, the operation on whole arrays, the paths."""

from dataclasses import replace

import streamlit as st

from engine.update import update_at
from view import controls, events, net_below, net_card, net_decision, net_scene, net_words
from view.components.chart import carry
from view.components.decision import decision
from view.components.net import net
from view.components.stepper import stepper
from view.components.timeline import timeline
from view.net_choices import title_row
from view.net_health import show_findings
from view.net_transpose import show_transpose

recipe, text, theme = controls.recipe(), replace(controls.text(), page="network"), controls.theme()
experiment, place = recipe.experiment, recipe.place
here = update_at(experiment, place.k)
moment, select = here.moments[place.m - 1], net_card.selected(here, place)
line = net_words.sentence(here, moment, select, text)

title_row(text("Network"), recipe, here, text)
controls.refusals(recipe, text)
net_below.slot(experiment, here, line, text)
show_findings(experiment, here, place.m, text)

with st.container(key="board"):
    left, right = st.columns([58, 42], gap="medium")
with left:
    net(net_scene.diagram(experiment, here, place.m, place.select, text), "net", events.net_select)
    net_card.card(here, place.m, text)
    net_card.path_table(here, place.m, select, text)
    show_transpose(here, place.m, select, text)
with right:
    picture, heavy = net_decision.picture(experiment, here, text)
    decision(picture, "decision")
    timeline(net_below.time_line(experiment, here, text), "timeline", events.time_jump)
    net_below.rate(here, text)
for key, (name, payload) in {**heavy, **net_scene.payloads(experiment, here)}.items():
    carry(name, payload, key)

with st.bottom:
    stepper(place, here, text, line, theme, events.go)
