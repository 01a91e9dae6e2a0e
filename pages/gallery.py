"""Activations and losses: each by itself, with its curves and equations; softmax with its loss; initialisations compared."""

from dataclasses import replace

import streamlit as st

from engine.activations import CLASS_ACTIVATIONS
from engine.losses import CLASS_LOSSES
from view import controls, entries
from view.choices import language_and_link
from view.gallery import curve_part, init_part, softmax_part

recipe, text, theme = controls.recipe(), replace(controls.text(), page="gallery"), controls.theme()
topics = {
    "activations": text("Activations"), "losses": text("Losses"), "softmax": text("Softmax and cross-entropy"),
    "initialisers": text("Initialisations"),
}  # fmt: skip
PARTS = {
    "activations": curve_part, "losses": curve_part, "softmax": softmax_part, "initialisers": init_part,
}  # fmt: skip


def turn(topic: str) -> None:
    controls.forget_refusals()
    controls.look(topic=topic)


with st.container(horizontal=True, vertical_alignment="center", key="title"):
    st.title(text("Activations and losses"), anchor=False, width="content")
    how = {"label_visibility": "collapsed", "required": True}
    controls.segmented(text("Topic"), "topic", topics, recipe.place.topic, turn, **how)
    language_and_link(recipe, text)
controls.refusals(recipe, text)
PARTS[recipe.place.topic].show(recipe, text, theme)
if recipe.place.topic == "softmax":
    with st.container(key="described"):
        for column, key in zip(st.columns(3, gap="medium"), (*CLASS_ACTIVATIONS, *CLASS_LOSSES), strict=False):
            column.markdown(f"##### {entries.name(key, text)}\n\n{entries.paragraph(key, text)}")
