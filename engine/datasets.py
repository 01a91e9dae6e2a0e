"""The data sets a network can be tried on: the three gates, four pictures to be sorted into classes, and one curve to be
fitted. Each has a held-out part, drawn by the same law from other random numbers, on which nothing is ever trained."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.data import GATES, Data, data
from engine.op import Array

# 150 can be shared equally by two classes or three. It is enough to see the shape and to tell 90 % right from 95 % on the
# held-out part (where chance alone moves that share by about 2 %), and few enough that a step is computed within a click.
COUNT = 150
TRAIN, HELD_OUT = 0, 1  # the seeds
DIGITS = 3  # decimals kept: so short that the page shows them whole, and the same on every machine


@dataclass(frozen=True, eq=False)
class DataSet:
    """train and held_out (None: there is no more to draw from); kind: "gate", "classes" or "regression".

    Two classes have one target, 0 or 1; more classes have one target each, of which exactly one is 1.
    """

    train: Data
    held_out: Data | None
    kind: str


Law = Callable[[np.random.Generator], tuple[Array, Array]]


def circles(rng) -> tuple[Array, Array]:
    """Two rings around the origin, the inner one (radius 0.25 to 0.55) is class 1, the outer one (0.75 to 1.05) class 0."""
    inner = _labels(2)
    radius, angle = np.where(inner, 0.4, 0.9) + rng.uniform(-0.15, 0.15, COUNT), rng.uniform(0, 2 * np.pi, COUNT)
    return _polar(radius, angle), inner


def moons(rng) -> tuple[Array, Array]:
    """Two half circles of radius 1 that reach into each other, the upper one class 0, the lower one class 1; blurred by 0.1."""
    lower, angle = _labels(2), rng.uniform(0, np.pi, COUNT)
    upper = _polar(1, angle) - [0.5, 0.25]
    return np.where(lower[:, None], -upper, upper) + rng.normal(0, 0.1, (COUNT, 2)), lower


def spiral(rng) -> tuple[Array, Array]:
    """Two arms of one turn and a quarter, half a turn apart, from radius 0.1 to 1; blurred by 0.03."""
    arm, along = _labels(2), rng.uniform(0.1, 1, COUNT)
    return _polar(along, 2 * np.pi * 1.25 * along + np.pi * arm) + rng.normal(0, 0.03, (COUNT, 2)), arm


def blobs(rng) -> tuple[Array, Array]:
    """Three round clouds of width 0.3 around the corners of a triangle at distance 1 from the origin; a target for each."""
    which = _labels(3)
    return _polar(1, np.pi / 2 + 2 * np.pi / 3 * which) + rng.normal(0, 0.3, (COUNT, 2)), np.eye(3)[which]


def sine(rng) -> tuple[Array, Array]:
    """One period of the sine: angles from −π to π, counted in units of π so that the input x lies in [−1, 1]; y_true = sin(πx)."""
    x = rng.uniform(-1, 1, (COUNT, 1)).round(DIGITS)
    return x, np.sin(np.pi * x)


def _labels(classes: int) -> Array:
    """0, 1, …, 0, 1, …: every class equally often, and seen from the first rows on."""
    return np.arange(COUNT) % classes


def _polar(radius, angle: Array) -> Array:
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _drawn(law: Law, seed: int) -> Data:
    x, y_true = law(np.random.default_rng(seed))
    return data(_short(x), _short(y_true.reshape(COUNT, -1)))


def _short(numbers: Array) -> Array:
    return numbers.round(DIGITS) + 0.0  # no −0


def _drawn_twice(law: Law, kind: str) -> DataSet:
    return DataSet(_drawn(law, TRAIN), _drawn(law, HELD_OUT), kind)


# One sample with two inputs and two targets: the numbers of Mazur's worked example (2015), which a reader can do by hand.
BY_HAND = data([[0.05, 0.10]], [[0.01, 0.99]])

DATASETS = {
    **{key: DataSet(gate, None, "gate") for key, gate in GATES.items()},
    "mazur": DataSet(BY_HAND, None, "regression"),
    **{law.__name__: _drawn_twice(law, "classes") for law in (circles, moons, spiral, blobs)},
    "sine": _drawn_twice(sine, "regression"),
}
