"""The gallery's topics "Activations" and "Losses": all entries at a glance, and one of them with its paragraph, its curves, a point
to move along them, its equations there and what its slope does to a gradient through many layers."""

from dataclasses import replace

import streamlit as st

from engine.curves import domain
from engine.limits import INPUT
from engine.recipe import Recipe
from view import controls, entries
from view.components import gallery as component
from view.components.chart import carry
from view.gallery import equations, words
from view.gallery.entry import ENTRIES, Chosen, chosen
from view.gallery.picture import grid, heavy, picture, tiles
from view.numbers import show as shown
from view.palette import PALETTE
from view.text import Text

WIDE = 46  # signs: an equation that is longer gets the page's whole width


def show(recipe: Recipe, text: Text, theme: str) -> None:
    """The whole topic."""
    text = replace(text, page="gallery")
    now = chosen(recipe.place)
    component.tiles(tiles(now, text), "tiles", clicked)
    left, right = st.columns([58, 42], gap="medium")
    with left:
        component.gallery(picture(now, text), "curve", moved)
        carry(*heavy(now), "curve_numbers")
    with right:
        describe(now, text)
        choices(now, text)
        with st.container(key="moving_words"):
            st.markdown(words.start(now, text) if now.is_loss else words.depth(now, text))
        if not now.is_loss:
            with st.container(key="tables_moving"):
                st.markdown(words.depth_table(now, text))
                st.caption(text.say("about-depth"))
    with st.container(key="moving_equations"):
        written = equations.lines(now, PALETTE[theme]["gradient"], text)
        wide = any(equations.width(line) > WIDE for lines in written for line in lines)
        for lines, room in zip(written, [st.container() for _ in written] if wide else st.columns(3, gap="medium"), strict=True):
            room.markdown(equations.block(lines))


def describe(now: Chosen, text: Text) -> None:
    """Its name, its paragraph, and what the curve shows."""
    st.markdown(f"#### {entries.name(now.op.key, text)}")
    if paragraph := entries.paragraph(now.op.key, text):
        st.markdown(paragraph)
    st.markdown("\n".join(f"- {fact}" for fact in words.facts(now, text)))


# Choices


def choices(now: Chosen, text: Text) -> None:
    """The entry by name, the exact place, and a loss's target."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="gallery_choices"):
        menu = entries.called(ENTRIES[now.topic], text)
        label = text("Loss") if now.is_loss else text("Activation")
        controls.select(label, "gallery_entry", menu, now.op.key, take, width=190)
        bounds = tuple(max(min(end, most), least) for end, (least, most) in zip(domain(now.op), (INPUT, INPUT), strict=True))
        controls.number_field(now.name, "gallery_place", now.z, bounds, place, text, width=100)
        if now.is_loss and now.op.unit_targets:
            targets = {t: f"t = {shown(t)}" for t in (0.0, 1.0)}
            at = now.goal if now.goal in targets else None
            controls.segmented(text("target"), "gallery_goal", targets, at, target, required=at is not None)
        elif now.is_loss:
            controls.number_field("t", "gallery_target", now.goal, INPUT, target, text, width=100)


def take(key: str) -> None:
    controls.forget_refusals()
    controls.look(entry=key)


def place(z: float) -> None:
    controls.look(z=z)


def target(t: float) -> None:
    controls.look(goal=t)


# What the components report


def clicked() -> None:
    take(str(st.session_state.tiles.entry))


def moved() -> None:
    """The point was let go at a place of its range."""
    zs = grid(chosen(controls.asked().place))
    place(float(zs[min(max(int(st.session_state.curve.z), 0), len(zs) - 1)]))
