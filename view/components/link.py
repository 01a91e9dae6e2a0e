"""Copy link: a button that writes the address of this moment, complete with its defaults, to the reader's clipboard."""

from dataclasses import replace

from engine.recipe import Recipe, write
from view.components import component
from view.text import Text

mount = component("link")


def link(recipe: Recipe, text: Text) -> None:
    """v, language and view are always in it, so it means the same elsewhere and later."""
    place = replace(recipe.place, lang=text.lang)
    texts = {"copy": text("Copy link"), "copied": text("Copied"), "failed": text("Copy the address bar")}
    mount(data={"query": write(recipe.experiment, place, complete=True), "texts": texts}, key="link")
