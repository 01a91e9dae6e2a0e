"""Network: how a gradient travels through hidden layers: the drawing, then the operation, the layer or one number up close; beside
it what the network says and when; around it what goes wrong, and an engine to be mended."""

from dataclasses import replace

import streamlit as st

from engine.update import update_at
from view import controls, events, run_ahead
from view.components.chart import carry
from view.components.decision import decision
from view.components.net import net
from view.components.stepper import stepper
from view.components.timeline import timeline
from view.network import (
    net_below,
    net_break,
    net_card,
    net_data,
    net_decision,
    net_film,
    net_health,
    net_rows,
    net_scene,
    net_time,
    net_words,
)
from view.network.net_choices import title_row
from view.network.net_layer import show_layer
from view.network.net_norms import show_norms
from view.network.net_unit import lit, show_unit

recipe, text, theme = controls.recipe(), replace(controls.text(), page="network"), controls.theme()
experiment = recipe.experiment
here = update_at(experiment, recipe.place.k)
place, row = net_rows.inside(here, recipe.place)
moment, select = here.moments[place.m - 1], net_card.selected(here, place)
say = net_words.of_picked if place.depth == "unit" else net_words.sentence
line = say(here, moment, select, text)
seen = net_time.updates_in_sight(experiment, here)
run_ahead.behind(place.pin, seen, text)

title_row(text("Network"), recipe, here, text)
controls.refusals(recipe, text)
net_break.banner(experiment, text)
net_below.slot(experiment, here, place.m, line, text)

with st.container(key="board"):
    left, right = st.columns([58, 42], gap="medium")
with left:
    path = lit(here, place.m, place) if place.depth == "unit" else None
    dead = net_health.marked(net_health.known(net_health.found_at(experiment, here.k), here, place.m), here.of.program)
    net(net_scene.diagram(experiment, here, place.m, place.select, text, path, dead), "net", events.net_select)
    net_below.run_on(experiment, place, here, text)
    if row is not None:
        st.markdown(net_rows.absent(here, place, row, text))
    if place.depth == "unit":
        show_unit(experiment, here, place.m, place, theme, text)
    else:
        net_card.card(here, place.m, text)
        show_norms(experiment, here, place.m, text)
with right:
    edit = st.session_state.get("edit_points", False)
    axes = net_data.axes_held(experiment, here, edit)
    picture, heavy = net_decision.picture(experiment, here, text, edit, edit, axes)
    if picture:
        decision(picture, "decision", net_data.point_added, net_data.point_moved, net_data.point_removed)
        net_below.edit_points(text)
    timeline(net_time.time_line(experiment, here, place.pin, text, seen, axes), "timeline", events.time_jump)
    net_below.batch_note(experiment, here, text)
    net_below.held_note(experiment, text)
    if place.depth == "unit":
        show_norms(experiment, here, place.m, text)
if place.depth == "layer" and experiment.mistake:
    st.markdown(text("The arrays in numbers are hidden while the mistake is looked for."))
elif place.depth == "layer":
    show_layer(here, place.m, select, theme, text)
net_break.offer(experiment, text)
net_break.play(replace(recipe, place=place), here, text)

film = net_film.film(experiment, seen, axes)
for key, (name, payload) in {**heavy, "film": film, **net_scene.payloads(experiment, here)}.items():
    carry(name, payload, key)
with st.bottom:
    stepper(place, here, text, line, theme, events.go)
