"""One network from five starts: zeros, too small, too large, Glorot, He. What becomes of the signal on its way forward and of the
gradient on its way back is measured layer by layer, before training and after; everything else is the same for all."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.activations import ACTIVATIONS
from engine.datasets import DATASETS
from engine.history import descend
from engine.limits import HIDDEN
from engine.network import Network, network, start
from engine.objective import Objective
from engine.op import Array

STARTS = ("zeros", "small_normal", "large_normal", "glorot_uniform", "he_normal")
SHAPES = ("tanh", "relu")  # activations that can be compared
DATA = "moons"
LAYERS, UNITS = HIDDEN  # the deepest and widest network that a reader can build
UPDATES, RATE = 200, 0.3
FLAT = 0.1  # a slope below this lets less than a tenth of the gradient through
KEPT = (0.7, 1.5)  # a spread that is multiplied by less or more than this from layer to layer fades or grows
MANY = {"tanh": 0.25, "relu": 0.75}  # the share of flat places that is worth telling; about half of all ReLUs are off anyway
SPAN = 14  # decades of a logarithmic scale; what is smaller hardly counts as a signal


@dataclass(frozen=True, eq=False)
class Seen:
    """One moment of a run: per hidden layer a and ∂L/∂z, (N, units) each, and where the slope is nearly 0; the loss, and
    the share of samples whose output lies on the right side of one half."""

    shape: str
    values: tuple[Array, ...]
    gradients: tuple[Array, ...]
    flat: tuple[Array, ...]
    loss: float
    right: float


@dataclass(frozen=True, eq=False)
class Run:
    """One start, before training and after `updates` updates (fewer than UPDATES if its numbers were no longer finite)."""

    key: str
    before: Seen
    after: Seen
    updates: int


@lru_cache(maxsize=8)
def objective_of(shape: str) -> Objective:
    table = DATASETS[DATA].train
    units = (table.x.shape[1], *(UNITS,) * LAYERS, 1)
    return network(Network(units, (*(shape,) * LAYERS, "sigmoid"), loss="cross_entropy_logits"), table)


@lru_cache(maxsize=32)
def compared(shape: str, seed: int) -> tuple[Run, ...]:
    """One run of plain gradient descent from each of STARTS, drawn with the same seed; shape: one of SHAPES."""
    return tuple(_run(objective_of(shape), shape, key, seed) for key in STARTS)


def _run(of: Objective, shape: str, key: str, seed: int) -> Run:
    history = descend(of, start(of, key, seed), ((0, RATE),), UPDATES)
    first, last = (_seen(of, shape, theta) for theta in (history.theta[0], history.theta[-1]))
    return Run(key, first, last, history.updates)


def _seen(of: Objective, shape: str, theta: Array) -> Seen:
    found, layers = of.trace(theta), range(1, LAYERS + 1)
    values, sums = ([found.values[f"{name}{layer}"] for layer in layers] for name in "az")
    slopes = [ACTIVATIONS[shape].vjp(np.ones_like(a), a, z)[0] for a, z in zip(values, sums, strict=True)]
    gradients = tuple(found.grads[f"z{layer}"] for layer in layers)
    flat = tuple(np.abs(slope) < FLAT for slope in slopes)
    right = (found.values["y"] > 0.5) == (found.values["y_true"] > 0.5)
    return Seen(shape, tuple(values), gradients, flat, float(found.values["L"]), float(right.mean()))


# What is measured


def spreads(layers: tuple[Array, ...]) -> tuple[float, ...]:
    """The standard deviation of each layer's numbers, over all samples and units."""
    return tuple(float(layer.std()) for layer in layers)


def factor(spread: tuple[float, ...]) -> float:
    """By how much a spread is multiplied from one to the next, in the geometric mean; 0 where nothing is spread."""
    return (spread[-1] / spread[0]) ** (1 / (len(spread) - 1)) if spread[0] else 0.0


def forward_factor(seen: Seen) -> float:
    return factor(spreads(seen.values))


def backward_factor(seen: Seen) -> float:
    """That of the gradient, from the last hidden layer back to the first."""
    return factor(spreads(seen.gradients)[::-1])


def flat_share(seen: Seen) -> float:
    """The share of all a whose slope is nearly 0."""
    return float(np.mean(seen.flat))


def equal_units(seen: Seen) -> bool:
    """Whether in every layer all units say the same for every sample."""
    return all((layer == layer[:, :1]).all() for layer in seen.values)


def kind(seen: Seen) -> str:
    """What is told of a start: "equal", "fades", "grows", "flat" or "keeps" its size."""
    low, high = KEPT
    if equal_units(seen):
        return "equal"
    if forward_factor(seen) < low:
        return "fades"
    if forward_factor(seen) > high:
        return "grows"
    return "flat" if flat_share(seen) > MANY[seen.shape] else "keeps"


# Histograms


@dataclass(frozen=True)
class Scale:
    """Bins between low and high; log: of log₁₀ |x|, with the numbers that are exactly 0 counted apart."""

    low: float
    high: float
    log: bool
    bins: int = 25  # an odd number: 0 lies in the middle of one


def histogram(layer: Array, scale: Scale) -> Array:
    """How many numbers are exactly 0 (only where the scale is logarithmic), then how many lie in each bin: (1 + bins,). What lies
    beyond an end is counted in the bin at that end, so no number is left out."""
    numbers = layer.ravel()
    zero = (numbers == 0) & scale.log
    places = np.log10(np.abs(numbers[~zero])) if scale.log else numbers
    edges = np.linspace(scale.low, scale.high, scale.bins + 1)
    counts, _ = np.histogram(np.clip(places, scale.low, scale.high), edges)
    return np.concatenate([[zero.sum()], counts])


def decades(layers: list[Array]) -> Scale:
    """A logarithmic scale in whole powers of ten that ends above the largest number and spans at most SPAN decades."""
    sizes = np.concatenate([np.abs(layer[layer != 0]) for layer in layers])
    low, high = (np.floor(np.log10(sizes.min())), np.ceil(np.log10(sizes.max()))) if sizes.size else (-1.0, 0.0)
    return Scale(float(max(low, high - SPAN)), float(max(high, low + 1)), log=True)


def scales(shape: str, runs: tuple[Run, ...]) -> tuple[Scale, Scale]:
    """For all a and for all ∂L/∂z of these runs: tanh lies between −1 and 1; what has no bounds is sorted by its size, on a scale
    for the starts. A run that blows up leaves it."""
    seen = [run.before for run in runs]
    values = Scale(-1.0, 1.0, log=False) if shape == "tanh" else decades([a for moment in seen for a in moment.values])
    return values, decades([g for moment in seen for g in moment.gradients])
