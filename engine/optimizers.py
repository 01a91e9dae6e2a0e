"""An optimizer turns a gradient into a step. It is two pure functions on one flat array, and its memory is a value you pass;
backpropagation found the gradient, the optimizer only uses it."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.op import Array
from engine.symbols import minus, product


@dataclass(frozen=True)
class Optimizer:
    """init(theta) -> state; update(theta, g, state, t, **hyper) -> (step, state); line(w, g, lr): the same as an equation."""

    key: str
    init: Callable
    update: Callable
    line: Callable


def _descend(theta: Array, g: Array, state: tuple, t: int, *, lr) -> tuple[Array, tuple]:
    """step = −η g (Cauchy 1847)."""
    return -lr * g, state


GRADIENT_DESCENT = Optimizer("gd", lambda theta: (), _descend, lambda w, g, lr: minus(w, product(lr, g)))
