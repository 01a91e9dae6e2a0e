"""The article's program: what it does epoch by epoch, what becomes of a thousand seeds, why none can learn XOR, and what helps."""

from dataclasses import replace

import streamlit as st

from engine.seeds import EPOCHS
from engine.update import update_at
from view import controls
from view.article import article_board, article_choices, article_run
from view.article.article_program import bare, shown
from view.components.stepper import end_of, update_stepper

recipe, text, theme = controls.recipe(), replace(controls.text(), page="article"), controls.theme()
now = shown(recipe)
experiment, place = now.experiment, now.place
here = update_at(experiment, place.k)
line = article_run.sentence(experiment, here, text)

article_choices.title_row(text("The article's program"), now, text)
controls.refusals(recipe, text)
article_choices.slot(recipe, line, text)

with st.container(key="board"):
    left, right = st.columns(2, gap="medium")
with left:
    article_board.program(experiment, text)
    many = st.container()
with right:
    article_board.run(experiment, here, text)
    article_board.links(now, text)
    told = st.container()
article_board.proof(experiment, here, text)
path = st.container()

with st.bottom:
    update_stepper(replace(place, m=1), end_of(here), text, line, theme, article_choices.go, EPOCHS)
with many:
    known = article_board.thousand(now, text)
if known:
    with told:
        article_board.numbers(bare(experiment), text)
with path:
    article_board.repairs(now, known, text)
