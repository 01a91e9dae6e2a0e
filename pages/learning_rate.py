"""Learning rate: where the run ends for every rate, what this step would do, and from where else one could have started."""

from dataclasses import replace

import streamlit as st

from engine.experiment import is_plain
from engine.limits import SHOWN
from engine.update import update_at
from view import controls, elsewhere, events
from view.components.chart import carry
from view.components.rates import rates
from view.components.stepper import end_of, track, update_stepper
from view.learning_rate import rate_below, rate_chart, rate_slot, rate_words
from view.learning_rate.rate_choices import title_row

recipe, text, theme = controls.recipe(), replace(controls.text(), page="learning_rate"), controls.theme()
experiment, place = recipe.experiment, recipe.place
here = update_at(experiment, place.k)
if len(here.whole.inputs["x"]) > SHOWN or here.of.size < 2:
    title_row(text("Learning rate"), recipe, here, text)
    elsewhere.large_notice(text)
    st.stop()
if not is_plain(experiment):
    title_row(text("Learning rate"), recipe, here, text)
    elsewhere.plain_notice(experiment, text)
    st.stop()
line = rate_words.ending(experiment, here, text)

title_row(text("Learning rate"), recipe, here, text)
controls.refusals(recipe, text)
rate_slot.slot(recipe, here, line, text)

seen = rate_chart.view(recipe, here, text)
data, heavy = rate_chart.chart(recipe, here, seen, text)
rates(data, "rates", events.sweep_rate, events.sweep_pick, events.sweep_jump)
for key, (name, payload) in heavy.items():
    carry(name, payload, key)

with st.bottom:
    update_stepper(place, end_of(here), text, line, theme, events.go, track(place.k))
rate_below.show(recipe, here, seen, text)
