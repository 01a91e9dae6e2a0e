"""The network's page: its title row with the presets, and, folded away, data, layers, loss and start. A choice is a new run."""

from dataclasses import replace
from functools import partial

import streamlit as st

from engine.datasets import DATASETS
from engine.experiment import NETWORKS, Experiment, data_of
from engine.limits import HIDDEN, SEED
from engine.losses import FUSED
from engine.moments import GRANULARITIES
from engine.network import INITIALISERS, offered
from engine.parse import whole
from engine.recipe import Recipe
from engine.update import Update
from view import controls, edits
from view.choices import folded, language_and_link, named, speed_choice
from view.components.stepper import granularity
from view.text import Text

NETWORK_NAMES = {
    "xor4": "XOR, 2-4-1", "xor2": "XOR, 2-2-1", "hand": "By hand, 2-2-2", "circles": "Circles, 2-4-1", "moons": "Moons, 2-8-1",
    "spiral": "Spiral, 2-8-8-1", "blobs": "Blobs, 2-4-3", "sine": "Sine, 1-8-1",
}  # fmt: skip
STACKS = ((), (2,), (4,), (8,), (4, 4), (8, 8), (8, 8, 8), (8, 8, 8, 8))  # hidden layers that can be chosen here; a link takes any


def title_row(title: str, recipe: Recipe, here: Update, text: Text) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="title"):
        st.title(title, anchor=False, width="content")
        with st.container(width=200):
            options = {"": text("own choices"), **{key: text(name) for key, name in NETWORK_NAMES.items()}}
            chosen = _preset(recipe.experiment)
            controls.select(text("Presets"), "network", options, chosen, take_network, label_visibility="collapsed")
        steps = {key: text(key) for key in GRANULARITIES}
        how = {"label_visibility": "collapsed", "required": True}
        controls.segmented(text("Steps"), "steps", steps, granularity(recipe.place, recipe.place.k), edits.look("steps"), **how)
        folded(text("More choices"), "more_net", partial(_more, recipe, here, text))
        language_and_link(recipe, text)


def _preset(experiment: Experiment) -> str:
    """The preset this is, its rates so far aside; "" for choices of the reader's own."""
    return next((key for key, x in NETWORKS.items() if replace(x, rates=experiment.rates) == experiment), "")


def take_network(key: str) -> None:
    if key:
        controls.forget_refusals()
        controls.restart(NETWORKS[key])


def _more(recipe: Recipe, here: Update, text: Text) -> None:
    experiment = recipe.experiment
    activations, losses = offered(data_of(experiment).y_true.shape[1])
    left, right = st.columns(2)
    with left:
        controls.select(text("Data"), "net_data", named(DATASETS, text), experiment.data, take_data)
        sizes = tuple(n for n, _ in experiment.hidden)
        stacks = {s: " – ".join(map(str, s)) or text("none") for s in dict.fromkeys((*STACKS, sizes))}
        controls.select(text("Hidden layers"), "stack", stacks, sizes, take_stack)
        if experiment.hidden:
            inner = named([key for key in activations if key != "softmax"], text)
            controls.select(text("Activation of the hidden layers"), "inner", inner, experiment.hidden[0][1], take_inner)
        controls.select(text("Loss"), "loss", named(losses, text), experiment.loss, edits.loss)
        inside = FUSED.get(experiment.loss)
        outer = named([inside] if inside else activations, text)
        controls.select(text("Activation of the last layer"), "act", outer, experiment.activation, edits.choose("activation"))
    with right:
        drawn = experiment.initialiser if experiment.weights is None else ""
        ways = {"": text("as typed"), **named(INITIALISERS, text)}
        controls.select(text("Draw the weights"), "net_init", ways, drawn, take_initialiser)
        controls.number_field(text("seed"), "seed", experiment.seed, SEED, edits.seed, text, parse=whole, width=90)
        bias = {False: text("without"), True: text("with")}
        controls.segmented(text("Bias"), "bias", bias, experiment.bias, edits.bias, required=True)
        speed_choice(recipe.place, text)


def take_data(key: str) -> None:
    """Another data set brings the last layer and the loss that suit it."""
    now = controls.recipe().experiment
    preset = next((n for n in NETWORKS.values() if n.data == key), NETWORKS["xor4"])
    suited = {"activation": preset.activation, "loss": preset.loss, "weights": None}
    controls.change(data=key, hidden=now.hidden or preset.hidden, **suited)


def take_stack(sizes: tuple[int, ...]) -> None:
    now = controls.recipe().experiment
    key = now.hidden[0][1] if now.hidden else "tanh"
    controls.change(hidden=tuple((n, key) for n in sizes[: HIDDEN[0]]), weights=None, free=())


def take_inner(key: str) -> None:
    controls.change(hidden=tuple((n, key) for n, _ in controls.recipe().experiment.hidden))


def take_initialiser(key: str) -> None:
    if key:
        edits.draw(key)
