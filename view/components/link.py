"""Copy link: a button that writes the address of this moment, complete with its defaults, to the reader's clipboard. What is too
long for an address is saved as a file instead."""

from dataclasses import replace

import streamlit as st

from engine.limits import QUERY
from engine.recipe import Recipe, write
from view import files, shelf
from view.components import component
from view.text import Text

mount = component("link")


def link(recipe: Recipe, text: Text) -> None:
    """v, language and view are always in it, so it means the same elsewhere and later."""
    words = write(recipe.experiment, replace(recipe.place, lang=text.lang), complete=True)
    fits = shelf.length(words) <= QUERY
    texts = {"copy": text("Copy link"), "copied": text("Copied"), "failed": text("Copy the address bar")}
    with st.container(gap=None):
        if not fits:
            files.save(text("Save as file"), "save_link", recipe, width="stretch")
            st.caption(text("too long for a link"))
        mount(data={"query": words if fits else None, "texts": texts}, key="link")
