"""The network's page: its title row with the presets and how deep to look; and, folded away, the data, the weights, the layers with
their loss, how to step, and files. Another network is a new run."""

from dataclasses import replace
from functools import partial

import streamlit as st

from engine.datasets import DATASETS
from engine.experiment import NETWORKS, PRESETS, Experiment, data_of
from engine.limits import HIDDEN, SEED
from engine.losses import CLASS_LOSSES, FUSED, LOSSES, REDUCTIONS
from engine.moments import GRANULARITIES
from engine.network import INITIALISERS, offered
from engine.parse import whole
from engine.recipe import Recipe
from engine.update import Update
from engine.words import DEPTHS
from view import controls, edits, files
from view.choices import folded, language_and_link, named, speed_choice
from view.components.stepper import granularity
from view.network import net_data
from view.network.net_weights import show_weights
from view.text import Text

NETWORK_NAMES = {
    "xor4": "XOR, 2-4-1", "xor2": "XOR, 2-2-1", "hand": "By hand, 2-2-2", "article": "Article’s neuron, 2-1",
    "circles": "Circles, 2-4-1", "moons": "Moons, 2-8-1", "spiral": "Spiral, 2-8-8-1", "blobs": "Blobs, 2-4-3",
    "sine": "Sine, 1-8-1",
}  # fmt: skip
OFFERED = {**NETWORKS, "article": PRESETS["keras"]}
DEPTH_NAMES = {"network": "Network", "layer": "Layer", "unit": "Unit and weight"}
BATCHES = (1, 8, 16, 32, 64, 128, 256, 512, 1024)


def title_row(title: str, recipe: Recipe, here: Update, text: Text) -> None:
    experiment, place = recipe.experiment, recipe.place
    bare = {"label_visibility": "collapsed"}
    with st.container(horizontal=True, vertical_alignment="center", key="title"):
        st.title(title, anchor=False, width="content")
        with st.container(width=180):
            options = {"": text("own choices"), **{key: text(name) for key, name in NETWORK_NAMES.items()}}
            controls.select(text("Presets"), "network", options, _preset(experiment), take_network, **bare)
        depths = {key: text(DEPTH_NAMES[key]) for key in DEPTHS}
        controls.segmented(text("Depth"), "depth", depths, place.depth, edits.look("depth"), required=True, **bare)
        folded(text("Data"), "data_net", partial(_data, experiment, text))
        folded(text("Weights"), "weights_net", partial(show_weights, experiment, here, text))
        folded(text("More choices"), "more_net", partial(_more, recipe, text))
        language_and_link(recipe, text)


def _preset(experiment: Experiment) -> str:
    """The preset this is, its rates so far aside; "" for choices of the reader's own."""
    return next((key for key, x in OFFERED.items() if replace(x, rates=experiment.rates) == experiment), "")


def take_network(key: str) -> None:
    if key:
        controls.forget_refusals()
        controls.restart(OFFERED[key])


# Data


def _data(experiment: Experiment, text: Text) -> None:
    left, right = st.columns(2)
    with left:
        own = {"own": text("Own table")} if experiment.own else {}
        tables = {**named(dict.fromkeys((*DATASETS, experiment.data)), text), **own}
        controls.select(text("Data"), "net_data", tables, experiment.data, take_data)
        net_data.show_table(experiment, text)
    with right:
        _batches(experiment, text)
        net_data.another_table(text)


def _batches(experiment: Experiment, text: Text) -> None:
    """How many samples an update uses, where there are several."""
    count = len(data_of(experiment).x)
    size = experiment.batch if experiment.batch < count else 0
    sizes = sorted({*(n for n in BATCHES if n < count), *([size] if size else [])})
    ways = {0: text("all samples"), **{n: text("{n} of {count} samples", n=n, count=count) for n in sizes}}
    controls.select(text("Each update uses"), "batch", ways, size, take_batch)
    with st.container(horizontal=True):
        how = {"parse": whole, "width": 110}
        controls.number_field(text("or exactly"), "batch_size", size or count, (1, count), take_batch, text, **how)
        if size:
            act = edits.choose("shuffle")
            controls.number_field(text("order: seed"), "shuffle", experiment.shuffle, SEED, act, text, **how)


def take_batch(size: int) -> None:
    """A batch that holds all samples is none."""
    count = len(data_of(controls.recipe().experiment).x)
    controls.change(batch=size if size < count else 0)


def take_data(key: str) -> None:
    """Another data set brings the last layer and the loss that suit it."""
    now = controls.recipe().experiment
    if key == "own":
        net_data.take(now.own.table)
        return
    preset = next((n for n in NETWORKS.values() if n.data == key), NETWORKS["xor4"])
    suited = {"activation": preset.activation, "loss": preset.loss, "weights": None, "free": ()}
    controls.change(data=key, hidden=now.hidden or preset.hidden, **suited)


# Layers, loss, start, files


def _more(recipe: Recipe, text: Text) -> None:
    experiment, place = recipe.experiment, recipe.place
    left, right = st.columns(2)
    with left:
        _layers(experiment, text)
        _loss(experiment, text)
    with right:
        drawn = experiment.initialiser if experiment.weights is None else ""
        ways = {"": text("as typed"), **named(INITIALISERS, text)}
        controls.select(text("Draw the weights"), "net_init", ways, drawn, take_initialiser)
        with st.container(horizontal=True):
            controls.number_field(text("seed"), "seed", experiment.seed, SEED, edits.seed, text, parse=whole, width=90)
            bias = {False: text("without"), True: text("with")}
            controls.segmented(text("Bias"), "bias", bias, experiment.bias, edits.bias, required=True)
        steps = {key: text(key) for key in GRANULARITIES}
        controls.segmented(text("Steps"), "steps", steps, granularity(place, place.k), edits.look("steps"), required=True)
        speed_choice(place, text)
        files.save(text("Save the experiment"), "save", recipe)
        files.load(text)


def _layers(experiment: Experiment, text: Text) -> None:
    """Each hidden layer by itself: its units and its activation."""
    most, units = HIDDEN
    bent = named(offered(1)[0], text)
    for at, (n, key) in enumerate(experiment.hidden):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
            label = text("layer {n}: units", n=at + 1)
            controls.select(label, f"units_{at}", {u: str(u) for u in range(1, units + 1)}, n, partial(take_units, at), width=84)
            controls.select(text("Activation"), f"bend_{at}", bent, key, partial(take_bend, at), width=114)
            st.button(text("Remove"), on_click=take_away, args=(at,), key=f"less_{at}")
    if len(experiment.hidden) < most:
        st.button(text("Add a hidden layer"), on_click=add_layer, key="more_layers")


def _loss(experiment: Experiment, text: Text) -> None:
    """The loss and the last layer, with a word where the two are an unusual pair."""
    activations, losses = offered(data_of(experiment).y_true.shape[1])
    controls.select(text("Loss"), "loss", named(losses, text), experiment.loss, edits.loss)
    inside = FUSED.get(experiment.loss)
    outer = named([inside] if inside else activations, text)
    controls.select(text("Activation of the last layer"), "act", outer, experiment.activation, edits.choose("activation"))
    if note := pairing(experiment):
        st.caption(text.say(note))
    if len(data_of(experiment).x) > 1:
        samples, act = named(REDUCTIONS, text), edits.choose("reduction")
        controls.segmented(text("Samples"), "reduce", samples, experiment.reduction, act, required=True)


def pairing(experiment: Experiment) -> str | None:
    """The section that says what is unusual about this last layer with this loss."""
    last, loss = experiment.activation, (LOSSES | CLASS_LOSSES)[experiment.loss]
    usual = "softmax" if experiment.loss in CLASS_LOSSES else "sigmoid"
    if loss.probability:
        return None if last == usual else f"data-wants-{usual}"
    return "data-slope-stays" if last in ("sigmoid", "softmax") and experiment.loss not in FUSED else None


def _stack(hidden: tuple[tuple[int, str], ...]) -> None:
    """Other layers need other weights: they are drawn."""
    controls.change(hidden=hidden, weights=None, free=())


def take_units(at: int, n: int) -> None:
    hidden = controls.recipe().experiment.hidden
    _stack((*hidden[:at], (n, hidden[at][1]), *hidden[at + 1 :]))


def take_bend(at: int, key: str) -> None:
    """Another activation on the same start weights."""
    hidden = controls.recipe().experiment.hidden
    controls.change(hidden=(*hidden[:at], (hidden[at][0], key), *hidden[at + 1 :]))


def take_away(at: int) -> None:
    hidden = controls.recipe().experiment.hidden
    _stack((*hidden[:at], *hidden[at + 1 :]))


def add_layer() -> None:
    """One more like the last."""
    hidden = controls.recipe().experiment.hidden
    _stack((*hidden, *(hidden[-1:] or ((4, "tanh"),))))


def take_initialiser(key: str) -> None:
    if key:
        edits.draw(key)
