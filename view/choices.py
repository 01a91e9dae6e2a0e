"""The title row: presets, the rarer choices, the language and the link. Each choice is one click and makes one new run; what
does not matter yet is folded away."""

from dataclasses import replace

import streamlit as st

from engine.activations import ACTIVATIONS
from engine.data import DATA
from engine.experiment import Experiment, start_of
from engine.limits import INPUT, SEED, WEIGHT
from engine.losses import FUSED, LOSSES, REDUCTIONS
from engine.moments import GRANULARITIES
from engine.network import INITIALISERS
from engine.parse import shortest
from engine.recipe import SPEEDS, Recipe, with_bias
from view import controls, names
from view.components.link import link
from view.components.stepper import granularity
from view.sentences import parameters
from view.text import LANGUAGES, Text

PRESET_NAMES = {
    "A": "By hand",
    "B": "Three fates",
    "C": "Silent sample",
    "D": "Too far",
    "article": "Article",
    "keras": "Article, Keras",
}
DATA_NAMES = {"one": "One sample", "xor": "XOR", "and": "AND", "or": "OR"}
ENTRY_NAMES = {
    "identity": "identity", "relu": "ReLU", "leaky_relu": "leaky ReLU", "sigmoid": "sigmoid", "tanh": "tanh",
    "squared_error": "squared error", "half_squared_error": "half squared error", "cross_entropy": "cross-entropy",
    "cross_entropy_logits": "cross-entropy from logits", "mean": "mean", "sum": "sum",
    "zeros": "zeros", "glorot_uniform": "Glorot uniform",
}  # fmt: skip


def named(keys, text: Text) -> dict:
    """key -> what the menu says; an entry without a name of its own shows its key."""
    return {key: text(ENTRY_NAMES.get(key, DATA_NAMES.get(key, key))) for key in keys}


def title_row(title: str, recipe: Recipe, here, text: Text) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="title"):
        st.title(title, anchor=False, width="content")
        presets = {key: text(name) for key, name in PRESET_NAMES.items()}
        chosen = controls.preset_of(recipe.experiment)
        controls.segmented(text("Presets"), "preset", presets, chosen, controls.take_preset, label_visibility="collapsed")
        with st.popover(text("More choices")):
            more_choices(recipe, here, text)
        st.space("stretch")
        how = {"label_visibility": "collapsed", "required": True}
        controls.segmented("Language · 语言", "language", LANGUAGES, text.lang, lambda lang: controls.look(lang=lang), **how)
        with st.container(width=130, key="link_room"):
            link(recipe, text)


def more_choices(recipe: Recipe, here, text: Text) -> None:
    """The neuron, its start, and how to step."""
    experiment, place = recipe.experiment, recipe.place
    left, right = st.columns(2)
    with left:
        controls.segmented(text("Data"), "data", named(DATA, text), experiment.data, _set("data"), required=True)
        if experiment.data == "one":
            _sample(experiment, text)
        bias = {False: text("without"), True: text("with")}
        act = lambda on: controls.restart(with_bias(controls.recipe().experiment, on))  # noqa: E731
        controls.segmented(text("Bias"), "bias", bias, experiment.bias, act, required=True)
        inside = FUSED.get(experiment.loss)
        activations = named([inside] if inside else ACTIVATIONS, text)
        controls.select(text("Activation"), "act", activations, experiment.activation, _set("activation"))
        controls.select(text("Loss"), "loss", named(LOSSES, text), experiment.loss, _set_loss)
        if experiment.data != "one":
            reductions = named(REDUCTIONS, text)
            controls.segmented(text("Samples"), "reduce", reductions, experiment.reduction, _set("reduction"), required=True)
    with right:
        _start(experiment, here, text)
        steps = {key: text(key) for key in GRANULARITIES}
        now = granularity(place, place.k)
        controls.segmented(text("Steps"), "steps", steps, now, lambda key: controls.look(steps=key), required=True)
        speeds = {s: text("{n} a second", n=shortest(s)) for s in SPEEDS}
        controls.select(text("Play: moments"), "speed", speeds, place.speed, lambda s: controls.look(speed=s))
        controls.toggle(text("Predict first"), "predict", place.predict, lambda on: controls.look(predict=on))


def _set(field: str):
    return lambda value: controls.change(**{field: value})


def _set_loss(key: str) -> None:
    """A fused loss contains its activation, so choosing it chooses both."""
    inside = FUSED.get(key)
    controls.change(loss=key, **({"activation": inside} if inside else {}))


def _sample(experiment: Experiment, text: Text) -> None:
    with st.container(horizontal=True):
        for j in range(2):
            set_x = lambda v, j=j: controls.change(x=_with(controls.recipe().experiment.x, j, v))  # noqa: E731
            controls.number_field(f"x{'₁₂'[j]}", f"x{j}", experiment.x[j], INPUT, set_x, text, width=90)
        set_y = lambda v: controls.change(y_true=v)  # noqa: E731
        controls.number_field("y_true", "t", experiment.y_true, INPUT, set_y, text, width=90)


def _with(numbers: tuple[float, ...], at: int, value: float) -> tuple[float, ...]:
    return (*numbers[:at], value, *numbers[at + 1 :])


def _start(experiment: Experiment, here, text: Text) -> None:
    """Start weights: typed, clicked on the contour, or drawn."""
    theta = tuple(float(x) for x in start_of(experiment))
    with st.container(horizontal=True):
        for at, (name, i) in enumerate(parameters(here)):
            act = lambda v, at=at: controls.change(weights=_with(_typed_start(), at, v))  # noqa: E731
            label = text("start {name}", name=names.plain(name, i))
            controls.number_field(label, f"w{at}", theta[at], WEIGHT, act, text, width=100)
    st.caption(text("or click the contour"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        drawn = named(INITIALISERS, text)
        value = experiment.initialiser if experiment.weights is None else None
        controls.segmented(text("or draw them"), "init", drawn, value, lambda key: controls.change(weights=None, initialiser=key))
        set_seed = lambda v: controls.change(weights=None, seed=int(v))  # noqa: E731
        controls.number_field(text("seed"), "seed", experiment.seed, SEED, set_seed, text, width=90)


def _typed_start() -> tuple[float, ...]:
    return tuple(float(x) for x in start_of(controls.recipe().experiment))


def start_at(w1: float, w2: float) -> None:
    """A click on the contour: start there, with the bias as it was."""
    experiment = controls.recipe().experiment
    rounded = tuple(min(max(round(w, 3), WEIGHT[0]), WEIGHT[1]) for w in (w1, w2))
    controls.restart(replace(experiment, weights=(*rounded, *_typed_start()[2:])))
