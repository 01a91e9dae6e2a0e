"""The choices of the article's page: which program, from which start, at which rate. Each is a new run of the program that is
shown, also where the address holds another experiment: the first choice made here takes the article's."""

from dataclasses import replace
from functools import partial

import streamlit as st

from engine.experiment import Experiment, objective_of, rate_of, start_of
from engine.limits import RATE, SEED, WEIGHT
from engine.parse import whole
from engine.recipe import Recipe
from engine.seeds import ARTICLE, REPAIRS
from engine.words import EXPERIMENT
from view import controls, names
from view.article.article_program import bare, named, program_of, shown
from view.article.article_run import FEW
from view.choices import folded, language_and_link
from view.numbers import row
from view.text import Text


def current() -> Experiment:
    return shown(controls.recipe()).experiment


def take(key: str) -> None:
    """One of the programs, as it is named."""
    controls.forget_refusals()
    controls.restart(REPAIRS[key])


def seed(n: int) -> None:
    """The run of one seed, at the rate at which all seeds were followed."""
    controls.forget_refusals()
    controls.restart(replace(bare(current()), seed=n))


def weight(at: int, value: float) -> None:
    now = current()
    start = [float(w) for w in start_of(now)]
    start[at] = value
    controls.restart(replace(now, weights=tuple(start)))


def rate(eta: float) -> None:
    """Another rate from the first epoch on, so that the run stays one of those that a thousand seeds make."""
    controls.restart(replace(current(), rates=((0, eta),)))


# What the components report


def seed_clicked() -> None:
    seed(int(st.session_state.seeds.seed))


def card_clicked() -> None:
    take(st.session_state.path.take)


def go() -> None:
    """The stepper moved."""
    asked = st.session_state.stepper.go
    st.session_state.playing = asked["play"]
    _go(int(asked["at"].split(".")[0]))


def jumped() -> None:
    _go(int(st.session_state.timeline.jump))


def _go(k: int) -> None:
    now = shown(controls.recipe())
    st.session_state.undo = None
    controls.move(now.experiment, replace(now.place, k=k, m=1))


# Widgets


def title_row(title: str, now: Recipe, text: Text) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="title"):
        st.title(title, anchor=False, width="content")
        with st.container(width=270):
            programs = {key: named(key, text) for key in REPAIRS}
            chosen = program_of(now.experiment)
            controls.select(text("Program"), "program", programs, chosen, take, label_visibility="collapsed")
        folded(_start(now.experiment, text), "article_start", partial(_starts, now.experiment, text))
        with st.container(horizontal=True, vertical_alignment="center", width="content", gap="small", key="article_rate"):
            st.markdown("η", width="content")
            how = {"width": 90, "label_visibility": "collapsed"}  # refused, it is told in the slot
            controls.bare_field("η", "article_eta", rate_of(now.experiment, 0), RATE, rate, **how)
        language_and_link(now, text)


def _start(experiment: Experiment, text: Text) -> str:
    if experiment.weights is None:
        return text("Start: seed {n}", n=experiment.seed)
    return text("Start: {w}", w=row(experiment.weights)) if len(experiment.weights) <= FEW else text("own start weights")


def _starts(experiment: Experiment, text: Text) -> None:
    """A seed, or a neuron's own weights."""
    controls.number_field(text("seed"), "article_seed", experiment.seed, SEED, seed, text, parse=whole, width=90)
    of = objective_of(experiment)
    if of.size > FEW:
        return
    with st.container(horizontal=True, key="weights"):
        for at, (parameter, w) in enumerate(zip(of.parameters, start_of(experiment), strict=True)):
            label = text("start {name}", name=names.plain(*parameter))
            controls.number_field(label, f"article_w{at}", float(w), WEIGHT, partial(weight, at), text, width=100)


def slot(recipe: Recipe, line: str, text: Text) -> None:
    """The moment's sentence; under it, why a rate was refused, which experiment the address holds if it is not one of these
    programs, or the way back. An address without an experiment holds none."""
    elsewhere = program_of(recipe.experiment) is None and any(word in st.query_params for word in EXPERIMENT)
    with st.container(key="slot"):
        with st.container(key="line1"):
            st.markdown(line)
        with st.container(horizontal=True, vertical_alignment="center", key="line2"):
            controls.refused("article_eta", text, width="content")
            if elsewhere:
                st.markdown(text.say("another"), width="content")
                st.button(text("Take the article's program"), on_click=controls.restart, args=(ARTICLE,), key="article_take")
            elif st.session_state.get("undo") and recipe.place.k == 0:
                st.markdown(text("Another run: it starts at update 0."), width="content")
                st.button(text("Undo"), on_click=controls.undo, key="undo_button")
