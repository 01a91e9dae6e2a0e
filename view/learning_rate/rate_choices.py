"""The learning rate's page: its title row, with the objective, the start and how the surface is looked at. Each choice is one new
address."""

from functools import partial

import streamlit as st

from engine.experiment import NETWORK, PRESETS, Experiment, data_of, start_of
from engine.limits import SHOWN
from engine.recipe import Recipe, with_bias
from engine.update import Update
from engine.words import GRIDS, REACHES
from view import controls, edits, names
from view.choices import PRESET_NAMES, folded, language_and_link, objective_choices, speed_choice, start_choices
from view.learning_rate.landscape import axes_of
from view.numbers import row, show
from view.text import Text

MODELS = {"neuron": "Neuron without bias", "bias": "Neuron with bias", "network": "Network 2-4-1"}
SCALE_NAMES = {"log": "logarithmic", "linear": "linear"}
AXIS_NAMES = ("horizontal axis", "vertical axis")


def model_of(experiment: Experiment) -> str | None:
    """Which of MODELS it is; None for another network, and on data too large for this page."""
    table = data_of(experiment)
    units = (table.x.shape[1], *(n for n, _ in experiment.hidden), table.y_true.shape[1])
    if len(table.x) > SHOWN or units[-1] > 1:
        return None
    if len(units) == 2:
        return "bias" if experiment.bias else "neuron"
    return "network" if units == (2, 4, 1) else None


def take_model(key: str) -> None:
    """The same neuron with or without a bias, or the network on XOR; from the network back to XOR's neuron."""
    now = controls.recipe().experiment
    controls.forget_refusals()
    neuron = now if model_of(now) in ("neuron", "bias") else PRESETS["B"]
    controls.restart(NETWORK if key == "network" else with_bias(neuron, key == "bias"), plane=None)


def title_row(title: str, recipe: Recipe, here: Update, text: Text) -> None:
    experiment = recipe.experiment
    with st.container(horizontal=True, vertical_alignment="center", key="title"):
        st.title(title, anchor=False, width="content")
        models = {key: text(name) for key, name in MODELS.items()}
        how = {"label_visibility": "collapsed", "required": True}
        controls.segmented(text("Objective"), "model", models, model_of(experiment), take_model, **how)
        folded(_start_label(experiment, text), "starts", partial(_starts, experiment, here, text))
        folded(text("More choices"), "more_rate", partial(_more, recipe, here, text))
        language_and_link(recipe, text)


def _start_label(experiment: Experiment, text: Text) -> str:
    if experiment.weights is None:
        return text("Start: seed {n}", n=experiment.seed)
    return text("Start: {w}", w=row(start_of(experiment)))


def _starts(experiment: Experiment, here: Update, text: Text) -> None:
    """A preset, or own weights, or drawn ones."""
    presets = {key: text(name) for key, name in PRESET_NAMES.items()}
    controls.segmented(text("Presets"), "preset", presets, controls.preset_of(experiment), controls.take_preset)
    start_choices(experiment, here, text)


def _more(recipe: Recipe, here: Update, text: Text) -> None:
    """What is learned; which plane of the surface is seen, how, and what moves."""
    experiment, place = recipe.experiment, recipe.place
    left, right = st.columns(2)
    with left:
        objective_choices(experiment, text)
        speed_choice(place, text)
    with right:
        _plane(recipe, here, text)
        scales = {key: text(name) for key, name in SCALE_NAMES.items()}
        controls.segmented(text("Height of the surface"), "scale", scales, place.scale, edits.look("scale"), required=True)
        reaches = {x: text("± {x} around now", x=show(x)) if x else text("the whole run") for x in REACHES}
        controls.select(text("Range"), "range", reaches, place.reach, edits.look("reach"))
        grids = {n: f"{n} × {n}" for n in GRIDS}
        controls.segmented(text("Resolution"), "grid", grids, place.grid, edits.look("grid"), required=True)


def _plane(recipe: Recipe, here: Update, text: Text) -> None:
    """Two parameters, or two directions; frozen, the others make the plane exact."""
    experiment, axes = recipe.experiment, axes_of(recipe.place)
    if here.of.size > 2:
        kinds = {True: text("two parameters"), False: text("gradient and strongest bend")}
        controls.segmented(text("Plane"), "plane_kind", kinds, axes is not None, take_plane_kind, required=True)
    if here.of.size > 2 and axes:
        labels = {at: names.plain(*parameter) for at, parameter in enumerate(here.of.parameters)}
        with st.container(horizontal=True):
            for side, (title, other) in enumerate(zip(AXIS_NAMES, reversed(axes), strict=True)):
                options = {at: label for at, label in labels.items() if at != other}
                controls.select(text(title), f"axis{side}", options, axes[side], partial(take_axis, side))
        controls.toggle(text("Freeze the other parameters"), "freeze", experiment.free == tuple(sorted(axes)), freeze)


def take_plane_kind(parameters: bool) -> None:
    """Directions change with every step, so nothing can be frozen to them."""
    now = controls.recipe()
    if now.experiment.free and not parameters:
        controls.restart(edits.freed(now.experiment), plane=())
    else:
        controls.look(plane=None if parameters else ())


def take_axis(side: int, at: int) -> None:
    now = controls.recipe()
    axes = list(axes_of(now.place) or (0, 1))
    axes[side] = at
    if now.experiment.free:
        controls.restart(edits.frozen_to(now.experiment, axes), plane=tuple(axes))
    else:
        controls.look(plane=tuple(axes))


def freeze(on: bool) -> None:
    """Only the plane's two parameters learn, so the run never leaves it; another run, from its start."""
    now = controls.recipe()
    axes = axes_of(now.place) or (0, 1)
    controls.restart(edits.frozen_to(now.experiment, axes) if on else edits.freed(now.experiment), plane=now.place.plane)
