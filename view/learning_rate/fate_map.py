"""The map of fates: from every start of a square, where does the run end at this rate? It is computed block by block, so that a
progress bar can move and a click can come between; each block is kept, so that nothing is computed twice."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.experiment import Experiment, moves_of, objective_of, start_of
from engine.fates import Fate, fates
from engine.limits import AHEAD
from engine.op import Array
from engine.outlook import bare, places_of
from engine.starts import blocks, glorot_starts, grid_starts, square_starts
from engine.surface import span, square
from engine.sweep import block
from view import figures, names
from view.components.chart import packed
from view.learning_rate.fates import described, fate_names
from view.numbers import show
from view.pictures import hashed
from view.text import Text

CELLS = {"neuron": 101, "network": 51}  # a side; a network's runs are some twenty times as dear
DRAWN = 1000  # starts of each named distribution
SMALL = 0.015  # of the map; a smaller region has no label


@dataclass(frozen=True)
class Question:
    """All that a map depends on. experiment is bare; theta: the start, two of whose numbers, at axes, run over the square;
    rest: where the probe that names the places starts in the parameters after the first two."""

    experiment: Experiment
    theta: tuple[float, ...]
    axes: tuple[int, int]
    ends: tuple[float, float]
    eta: float
    seed: int
    rest: tuple[float, ...]

    @property
    def cells(self) -> int:
        return CELLS["network" if self.experiment.hidden else "neuron"]


def question(experiment: Experiment, axes: tuple[int, int], eta: float) -> Question:
    """The map around this experiment's start. The two mapped numbers of theta do not matter: 0, so that equal maps are equal."""
    theta = np.array(start_of(experiment))
    ends = square(min(span(theta[None, list(axes)]), 12))
    theta[list(axes)] = 0.0
    rest = tuple(float(x) for x in start_of(experiment)[2:])
    return Question(bare(experiment), tuple(map(float, theta)), axes, ends, eta, experiment.seed, rest)


def places(asked: Question) -> tuple[Fate, ...]:
    return places_of(asked.experiment, asked.rest)


STARTS = ("map", "glorot_uniform", "square")


@lru_cache(maxsize=6)
def starts_of(asked: Question, kind: str) -> list[Array]:
    """The starts of the map or of a named distribution, in blocks."""
    of, theta = objective_of(asked.experiment), np.array(asked.theta)
    if kind == "map":
        starts = grid_starts(theta, asked.axes, asked.ends, asked.ends, asked.cells)
    elif kind == "square":
        starts = square_starts(theta, asked.axes, *asked.ends, DRAWN, asked.seed)
    else:
        starts = glorot_starts(of, DRAWN, asked.seed)
    return blocks(of, starts)


@lru_cache(maxsize=1024)
def part(asked: Question, kind: str, n: int) -> Array:
    """The fates of block n, as small numbers."""
    eta = asked.eta * moves_of(asked.experiment)
    return block(objective_of(asked.experiment), places(asked), starts_of(asked, kind)[n], eta, AHEAD).astype(np.uint8)


def parts(asked: Question) -> Iterator[float]:
    """Computes what is missing, block by block; yields how much is done."""
    todo = [(kind, n) for kind in STARTS for n in range(len(starts_of(asked, kind)))]
    for done, (kind, n) in enumerate(todo, start=1):
        part(asked, kind, n)
        yield done / len(todo)


def codes(asked: Question, kind: str) -> Array:
    return np.concatenate([part(asked, kind, n) for n in range(len(starts_of(asked, kind)))])


def shares(asked: Question) -> dict[str, Array]:
    """Share of each fate among the starts of the map and of each named distribution."""
    count = len(fates(places(asked)))
    return {kind: np.bincount(c, minlength=count) / len(c) for kind in STARTS for c in [codes(asked, kind)]}


@lru_cache(maxsize=64)
def payload(asked: Question, text: Text) -> tuple[str, str]:
    """(hash, packed map) for components/rates_map.js."""
    of, n = objective_of(asked.experiment), asked.cells
    code = codes(asked, "map").reshape(n, n)
    share = np.bincount(code.ravel(), minlength=len(fates(places(asked)))) / n**2
    named = described(fates(places(asked)), of, text)
    low, high = asked.ends
    found = {
        "n": n,
        "across": [low, high],
        "up": [low, high],
        "codes": base64.b64encode(code.tobytes()).decode(),
        "fates": [{**fate, "share": percent(s)} for fate, s in zip(named, share, strict=True)],
        "labels": [
            {"at": _middle(code == c, low, high), "text": named[c]["text"], "share": percent(share[c]), "code": c}
            for c in np.argsort(-share).tolist()
            if share[c] > SMALL
        ],
        "eta": show(asked.eta),
        "facts": "\n".join(facts(asked, text)),
        "alt": alt(asked, text),
        "xticks": figures.ticks(low, high, 5),
        "yticks": figures.ticks(low, high, 5),
        "names": [text("start {name}", name=names.plain(*of.parameters[at])) for at in asked.axes],
    }
    return name_of(asked, text), packed(found)


def listed(share: Array, asked: Question, text: Text) -> str:
    """ "43.8 % dead, 3.3 % middle basin", the largest first."""
    called = fate_names(fates(places(asked)), objective_of(asked.experiment), text)
    order = [int(c) for c in np.argsort(-share, kind="stable") if share[c] > 0]
    return text(", ").join(text("{share} {fate}", share=percent(float(share[c])), fate=called[c]) for c in order)


def facts(asked: Question, text: Text) -> list[str]:
    """The shares of the fates among the two named distributions of starts."""
    found, count = shares(asked), f"{DRAWN:,}"
    glorot, square = (listed(found[kind], asked, text) for kind in ("glorot_uniform", "square"))
    first, last = asked.seed, asked.seed + DRAWN - 1
    return [
        text.say("map-facts-glorot", count=count, first=first, last=last, shares=glorot),
        text.say("map-facts-square", count=count, first=first, shares=square),
    ]


def alt(asked: Question, text: Text) -> str:
    """The map in words."""
    across, up = (names.plain(*objective_of(asked.experiment).parameters[at]) for at in asked.axes)
    low, high = map(show, asked.ends)
    told = {"across": across, "up": up, "low": low, "high": high, "ahead": f"{AHEAD:,}", "cells": asked.cells}
    return text.say("alt-map", eta=show(asked.eta), shares=listed(shares(asked)["map"], asked, text), **told)


def name_of(asked: Question, text: Text) -> str:
    """The payload's hash, known before it is computed."""
    return hashed(asked, text)


def percent(share: float) -> str:
    return f"{show(round(100 * share, 1))} %"


def _middle(region: Array, low: float, high: float) -> list[float]:
    """A place well inside a region (n, n): what is left when its rim has been taken off as often as it can be."""
    while True:
        padded = np.pad(region, 1)
        inner = region & padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        if not inner.any():
            break
        region = inner
    rows, columns = np.nonzero(region)
    nearest = np.argmin((rows - rows.mean()) ** 2 + (columns - columns.mean()) ** 2)
    cell = (high - low) / len(region)
    return [low + (int(columns[nearest]) + 0.5) * cell, low + (int(rows[nearest]) + 0.5) * cell]
