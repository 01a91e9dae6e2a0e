"""The title row: presets, the rarer choices, the language and the link. Each choice is one click and makes one new run; what
does not matter yet is folded away."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from engine.data import DATA
from engine.experiment import Experiment, data_of, start_of
from engine.limits import INPUT, RATE, SEED, WEIGHT
from engine.losses import FUSED, LOSSES, REDUCTIONS
from engine.moments import GRANULARITIES
from engine.network import INITIALISERS, offered
from engine.parse import shortest, whole
from engine.recipe import Recipe
from engine.update import Update
from engine.words import SPEEDS, Place
from view import controls, edits, entries, names
from view.components.link import link
from view.components.stepper import granularity
from view.text import LANGUAGES, Text

PRESET_NAMES = {
    "A": "By hand",
    "B": "Three fates",
    "C": "Silent sample",
    "D": "Too far",
    "article": "Article",
    "keras": "Article, Keras",
}
DATA_NAMES = {
    "one": "One sample", "xor": "XOR", "and": "AND", "or": "OR", "mazur": "One sample by hand", "circles": "Circles",
    "moons": "Moons", "spiral": "Spiral", "blobs": "Blobs", "sine": "Sine", "own": "Own table",
}  # fmt: skip


def named(keys, text: Text) -> dict:
    """key -> what the menu says: data sets by their labels, entries of a registry by their names."""
    return {key: text(DATA_NAMES[key]) if key in DATA_NAMES else entries.name(key, text) for key in keys}


def title_row(title: str, recipe: Recipe, here: Update, text: Text) -> None:
    """The neuron's page: its presets, the rarer choices, the language and the link."""
    with st.container(horizontal=True, vertical_alignment="center", key="title"):
        st.title(title, anchor=False, width="content")
        presets = {key: text(name) for key, name in PRESET_NAMES.items()}
        chosen = controls.preset_of(recipe.experiment)
        controls.segmented(text("Presets"), "preset", presets, chosen, controls.take_preset, label_visibility="collapsed")
        folded(text("More choices"), "more", partial(more_choices, recipe, here, text))
        language_and_link(recipe, text)


def folded(label: str, key: str, inside: Callable[[], None]) -> None:
    """A popover that is made when it is opened: folded away, it would cost a fifth of every click."""
    popover = st.popover(label, key=key, on_change="rerun")
    if popover.open:
        with popover:
            inside()


def language_and_link(recipe: Recipe, text: Text) -> None:
    st.space("stretch")
    how = {"label_visibility": "collapsed", "required": True}
    controls.segmented("Language · 语言", "language", LANGUAGES, text.lang, edits.look("lang"), **how)
    with st.container(width=130, key="link_room"):
        link(recipe, text)


def more_choices(recipe: Recipe, here: Update, text: Text) -> None:
    """The neuron, its start, and how to step."""
    experiment, place = recipe.experiment, recipe.place
    left, right = st.columns(2)
    with left:
        objective_choices(experiment, text)
        bias = {False: text("without"), True: text("with")}
        controls.segmented(text("Bias"), "bias", bias, experiment.bias, edits.bias, required=True)
    with right:
        start_choices(experiment, here, text)
        steps = {key: text(key) for key in GRANULARITIES if key != "layer" or place.steps == key}  # a neuron has one layer
        controls.segmented(text("Steps"), "steps", steps, granularity(place, place.k), edits.look("steps"), required=True)
        speed_choice(place, text)
        controls.toggle(text("Predict first"), "predict", place.predict, edits.look("predict"))


def speed_choice(place: Place, text: Text) -> None:
    speeds = {s: text("{n} a second", n=shortest(s)) for s in SPEEDS}
    controls.select(text("Play: moments"), "speed", speeds, place.speed, edits.look("speed"))


def objective_choices(experiment: Experiment, text: Text) -> None:
    """What is learned, and what is called wrong."""
    tables = named(dict.fromkeys((*DATA, experiment.data)), text)  # a network's data set stays chosen until another is taken
    activations, losses = offered(data_of(experiment).y_true.shape[1])
    controls.segmented(text("Data"), "data", tables, experiment.data, edits.choose("data"), required=True)
    if experiment.data == "one":
        _sample(experiment, text)
    inside = FUSED.get(experiment.loss)
    menu = named([inside] if inside else activations, text)
    controls.select(text("Activation"), "act", menu, experiment.activation, edits.choose("activation"))
    controls.select(text("Loss"), "loss", named(losses, text), experiment.loss, edits.loss)
    if experiment.data != "one":
        samples, act = named(REDUCTIONS, text), edits.choose("reduction")
        controls.segmented(text("Samples"), "reduce", samples, experiment.reduction, act, required=True)


def _sample(experiment: Experiment, text: Text) -> None:
    with st.container(horizontal=True):
        for j, x in enumerate(experiment.x):
            controls.number_field(names.plain("x", (0, j)), f"x{j}", x, INPUT, partial(edits.sample, j), text, width=90)
        bounds = (0, 1) if LOSSES[experiment.loss].unit_targets else INPUT
        controls.number_field("y_true", "t", experiment.y_true, bounds, edits.choose("y_true"), text, width=90)


def start_choices(experiment: Experiment, here: Update, text: Text) -> None:
    """Start weights: typed, clicked on the contour, or drawn."""
    with st.container(horizontal=True, key="weights"):
        for at, (parameter, w) in enumerate(zip(here.of.parameters, start_of(experiment), strict=True)):
            label = text("start {name}", name=names.plain(*parameter))
            controls.number_field(label, f"w{at}", float(w), WEIGHT, partial(edits.weight, at), text, width=100)
    st.caption(text("or click the contour"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        drawn = experiment.initialiser if experiment.weights is None else None
        controls.segmented(text("or draw them"), "init", named(INITIALISERS, text), drawn, edits.draw)
        controls.number_field(text("seed"), "seed", experiment.seed, SEED, edits.seed, text, parse=whole, width=90)


def rate_row(here: Update, text: Text) -> None:
    """η typed exactly, and the same run once more with it."""
    with st.container(horizontal=True, vertical_alignment="center", key="rate_row"):
        how = {"width": 120, "label_visibility": "collapsed"}
        st.markdown(text("η exactly:"), width="content")
        controls.number_field("η", "eta", here.rate, RATE, controls.turn_rate, text, **how)
        fresh = here.k == 0
        st.button(text("Run again with this rate"), on_click=controls.run_again, key="again", disabled=fresh)
