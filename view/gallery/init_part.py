"""The gallery's topic "Initialisations": one network from five starts, what happens to its signal and to its gradient layer by
layer, before training and after, as histograms, in a sentence each and as a table."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import streamlit as st

from engine.compared import SHAPES, Run, Scale, compared, histogram, scales
from engine.limits import SEED
from engine.parse import whole
from engine.recipe import Recipe
from view import controls, figures
from view.components.chart import carry, packed
from view.components.histograms import histograms
from view.gallery import init_words as words
from view.numbers import SUPERSCRIPT
from view.numbers import show as shown
from view.pictures import hashed
from view.text import Text


def show(recipe: Recipe, text: Text, theme: str) -> None:
    """The whole topic."""
    text = replace(text, page="initialisers")
    shape, seed = asked(recipe)
    with st.container(horizontal=True, vertical_alignment="bottom", key="init_choices"):
        controls.segmented(text("Activation"), "init_shape", words.shapes(text), shape, take_shape, required=True)
        controls.number_field(text("seed"), "init_seed", seed, SEED, take_seed, text, parse=whole, width=110)
    st.markdown(words.lead(shape, text))
    histograms(picture(shape, seed, text), "histograms")
    carry(*payload(shape, seed), "histograms_counts")
    st.markdown(words.about(text))
    with st.container(key="tables_initialisers"):
        st.markdown(words.table(shape, seed, text))


def asked(recipe: Recipe) -> tuple[str, int]:
    """The activation, tanh where the address names one that is not compared here, and the experiment's own seed."""
    entry = recipe.place.entry
    return entry if entry in SHAPES else SHAPES[0], recipe.experiment.seed


def take_shape(shape: str) -> None:
    controls.look(entry=shape)


def take_seed(seed: int) -> None:
    """The experiment's seed, which its own run starts from too, unless its weights are typed."""
    now = controls.recipe()
    controls.restart(replace(now.experiment, seed=seed))


# The picture


def layers(run: Run) -> list[list[tuple[np.ndarray, ...]]]:
    """[time][kind]: the layers' numbers, in the order of components/histograms.js."""
    return [[seen.values, seen.gradients] for seen in (run.before, run.after)]


@lru_cache(maxsize=32)
def payload(shape: str, seed: int) -> tuple[str, str]:
    """(hash, packed): the counts of every histogram."""
    runs = compared(shape, seed)
    scale = scales(shape, runs)
    counts = [histogram(layer, scale[kind]) for run in runs for time in layers(run) for kind in (0, 1) for layer in time[kind]]
    return hashed("histograms", shape, seed), packed({"counts": figures.packed(np.array(counts))})


def picture(shape: str, seed: int, text: Text) -> dict:
    """The data of components/histograms.js."""
    runs, called, laws = compared(shape, seed), words.names(text), words.laws(text)
    return {
        "payload": payload(shape, seed)[0],
        "starts": [
            {
                "name": called[run.key],
                "note": laws[run.key],
                "says": words.says(run, text),
                "ends": words.ends(run, text),
                "cells": cells(run, text),
            }
            for run in runs
        ],
        "layers": words.NAMES,
        "scales": [{"log": scale.log, "ticks": ticks(scale)} for scale in scales(shape, runs)],
        "texts": {
            "title": text("Layer by layer"),
            "kinds": [text("activations a"), text("gradients ∂L/∂z")],
            "kind": text("What is counted"),
            "times": words.times(text),
            "time": text("when"),
            "spread": text("spread"),
            "zero": "0",
            "note": text.say("note"),
        },
    }


def cells(run: Run, text: Text) -> list:
    """[time][kind]: the spread of each layer, and its histogram in words."""
    return [
        [
            [{"spread": shown(float(x.std())), "alt": words.alt(x, name, when, text)} for x, name in zip(group, named, strict=True)]
            for group, named in zip(time, words.NAMES, strict=True)
        ]
        for time, when in zip(layers(run), words.times(text, run), strict=True)
    ]


def ticks(scale: Scale) -> list[tuple[float, str]]:
    """Both ends and the middle, as places from 0 to 1."""
    middle = (scale.low + scale.high) / 2
    middle = np.floor(middle) if scale.log else middle
    places = dict.fromkeys((scale.low, float(middle), scale.high))
    return [((x - scale.low) / (scale.high - scale.low), power(int(x)) if scale.log else shown(x)) for x in places]


def power(n: int) -> str:
    """10⁻⁴: short, and like its neighbours on the scale."""
    return "1" if n == 0 else "10" if n == 1 else "10" + str(n).translate(SUPERSCRIPT)
