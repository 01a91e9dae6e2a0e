"""What each choice does to the experiment: another neuron, another start, another way of looking. Each is one new address."""

from collections.abc import Callable
from dataclasses import replace

from engine.experiment import Experiment, start_of
from engine.limits import WEIGHT
from engine.losses import CLASS_LOSSES, FUSED, LOSSES
from engine.recipe import with_bias
from view import controls


def choose(field: str) -> Callable:
    """A choice that is one field of the experiment."""
    return lambda value: controls.change(**{field: value})


def look(field: str) -> Callable:
    """A choice that changes no number, only how the reader looks at them."""
    return lambda value: controls.look(**{field: value})


def bias(on: bool) -> None:
    controls.forget_refusals()
    controls.restart(with_bias(controls.recipe().experiment, on))


def loss(key: str) -> None:
    """A fused loss contains its activation, and cross-entropy wants probabilities: choosing it chooses their activation; a target
    that is no probability becomes 1."""
    now, entry = controls.recipe().experiment, (LOSSES | CLASS_LOSSES)[key]
    probabilities = "softmax" if key in CLASS_LOSSES else "sigmoid"
    inside = FUSED.get(key) or (probabilities if entry.probability else now.activation)
    target = 1.0 if entry.unit_targets and not 0 <= now.y_true <= 1 else now.y_true
    controls.change(loss=key, activation=inside, y_true=target)


def sample(j: int, value: float) -> None:
    controls.change(x=_with(controls.recipe().experiment.x, j, value))


def weight(at: int, value: float) -> None:
    controls.change(weights=_with(_start(), at, value))


def draw(initialiser: str) -> None:
    controls.change(weights=None, initialiser=initialiser)


def seed(number: int) -> None:
    controls.change(weights=None, seed=number)


def start_at(w1: float, w2: float, axes: tuple[int, int] = (0, 1)) -> None:
    """A click on a picture of two parameters: start there, to three decimals, the others as they were."""
    start = list(_start())
    for at, w in zip(axes, (w1, w2), strict=True):
        start[at] = round(w, 3)
    start_from(start)


def start_from(theta) -> None:
    """Another start, within bounds."""
    weights = tuple(float(min(max(w, WEIGHT[0]), WEIGHT[1])) for w in theta)
    controls.restart(replace(controls.recipe().experiment, weights=weights))


def frozen_to(experiment: Experiment, axes) -> Experiment:
    """Only these two parameters move."""
    return replace(experiment, free=tuple(sorted(axes)))


def freed(experiment: Experiment) -> Experiment:
    return replace(experiment, free=())


def _start() -> tuple[float, ...]:
    return tuple(float(w) for w in start_of(controls.recipe().experiment))


def _with(numbers: tuple[float, ...], at: int, value: float) -> tuple[float, ...]:
    return (*numbers[:at], value, *numbers[at + 1 :])
