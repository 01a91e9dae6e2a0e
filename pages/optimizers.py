"""Optimizers: several of them make their updates together, from the same weights on the same loss; each one's next update in words
and numbers, their paths side by side, and what is known about their rates."""

from dataclasses import replace

import streamlit as st

from engine.experiment import is_plain
from engine.race import raceable
from view import controls, elsewhere
from view.components.chart import carry
from view.components.race import race
from view.components.stepper import track, update_stepper
from view.optimizers import cards, choices, events, facts, gradient, landscape, picture, say, slot
from view.optimizers.state import now

recipe, text, theme = controls.recipe(), replace(controls.text(), page="optimizers"), controls.theme()
if not raceable(recipe.place.race, recipe.experiment):
    choices.title_row(text("Optimizers"), recipe, None, text)
    if is_plain(recipe.experiment):
        elsewhere.single_notice(text)
    else:
        elsewhere.plain_notice(recipe.experiment, text)
    st.stop()
here = now(recipe)

choices.title_row(text("Optimizers"), recipe, here, text)
controls.refusals(recipe, text)
line = say.sentence(here, text)
slot.slot(recipe, here, line, text)
choices.lane_row(here, text)

view = landscape.view_of(here, text)
race(picture.race(here, view, recipe.place.view, text), "race", events.pick, events.jump)
carry(view.hash, view.payload, "race_surface")
choices.shown_row(here, text)
cards.show_cards(here, theme, text)
gradient.show_gradient(here, theme, text)
facts.show_facts(here, view, text)

with st.bottom:
    shown = track(max(here.k, here.race.horizon if here.race.mode == "best" else 0))
    update_stepper(recipe.place, here.last, text, line, theme, events.go, shown)
