"""An optimizer turns a gradient into a step. It is pure functions on one flat array, and its memory is a value you pass;
backpropagation found the gradient, the optimizer only uses it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import sympy as sp

from engine.op import Array
from engine.optimizers.hyper import BOUNDS
from engine.parse import in_full
from engine.refused import Refused
from engine.symbols import Cell, plus


@dataclass(frozen=True)
class At:
    """The cells of one parameter in one update, of which an optimizer's equations are made; all: the gradients of every parameter.

    Before the update: value, gradient, memory(name). A hyper-parameter is hyper(name), what was worked out on the way found(name).
    """

    value: Cell
    gradient: Cell
    t: Cell  # the number of the update, from 1: a count carries its own number
    rate: Cell
    all: tuple[Cell, ...] = ()

    @staticmethod
    def memory(name: str) -> Cell:
        return Cell("memory", name)

    @staticmethod
    def found(name: str) -> Cell:
        return Cell("found", name)

    @staticmethod
    def hyper(name: str) -> Cell:
        return Cell("hyper", name)


Form = tuple[str, sp.Expr]  # (the name of what is found, its formula)


def _zeros(theta: Array, names: tuple[str, ...], **hyper) -> tuple[Array, ...]:
    return tuple(np.zeros_like(theta) for _ in names)


@dataclass(frozen=True, eq=False)
class Optimizer:
    """hyper: name -> value of each hyper-parameter (but η); memory: the names of what it remembers, arrays shaped like theta.

    work(theta, g, state, t, lr=η, **hyper) -> everything that one update works out by name, in order, "step" among them; theta and
    g are (..., P), t counts updates from 1, η and hyper-parameters are numbers or arrays that broadcast against theta, as (R, 1).
    forms(at) -> the same as equations, ((name, formula), …). start(theta, memory, **hyper) -> the first state.
    variants: the same optimizer in other flavours, or with AMSGrad.
    """

    key: str
    hyper: Mapping[str, float]
    memory: tuple[str, ...]
    work: Callable[..., dict[str, Array]]
    forms: Callable[[At], tuple[Form, ...]]
    start: Callable[..., tuple[Array, ...]] = _zeros
    flavour: str = "pytorch"
    amsgrad: bool = False
    variants: tuple["Optimizer", ...] = ()

    def init(self, theta: Array) -> tuple[Array, ...]:
        """The state before the first update, one array shaped like theta for each name in `memory`."""
        return self.start(theta, self.memory, **self.hyper)

    def found(self, theta: Array, g: Array, state: tuple, t: int, **given) -> dict[str, Array]:
        """Everything the update works out, by name. given: lr, and any hyper-parameter that differs from its value in `hyper`."""
        return self.work(theta, g, state, t, **{**self.hyper, **given})

    def update(self, theta: Array, g: Array, state: tuple, t: int, **given) -> tuple[Array, tuple[Array, ...]]:
        """-> (what is added to theta, the next state)."""
        found = self.work(theta, g, state, t, **{**self.hyper, **given})
        return found["step"], tuple([found[name] for name in self.memory])

    def line(self, value: Cell, gradient: Cell, rate: Cell) -> sp.Expr:
        """The new value in one line: w plus the step as it is written."""
        return plus(value, dict(self.forms(At(value, gradient, Cell("count", "t", (1,)), rate)))["step"])


def checked(name: str, value: float) -> float:
    """The value, if it lies within the bounds of this hyper-parameter; else a refusal."""
    low, high = BOUNDS[name]
    if not low <= value <= high:  # nan fails too
        raise Refused(
            "{name} must lie from {low} to {high}, not {found}.", name=name, low=in_full(low), high=in_full(high), found=value
        )
    return value


def with_hyper(optimizer: Optimizer, **given: float) -> Optimizer:
    """The optimizer with other hyper-parameters. Refuses names it does not have, and values out of bounds."""
    for name, value in given.items():
        if name not in optimizer.hyper:
            raise Refused(
                "{key} has no hyper-parameter {name}; it has {allowed}.",
                key=optimizer.key, name=name, allowed=", ".join(optimizer.hyper) or "—",
            )  # fmt: skip
        checked(name, value)
    return replace(optimizer, hyper={**optimizer.hyper, **given})


def variant(optimizer: Optimizer, flavour: str = "pytorch", amsgrad: bool = False) -> Optimizer:
    """The optimizer in another flavour or with AMSGrad; a refusal where there is none."""
    for one in (optimizer, *optimizer.variants):
        if (one.flavour, one.amsgrad) == (flavour, amsgrad):
            return one
    raise Refused("{key} has no variant “{found}”.", key=optimizer.key, found=f"{flavour}{', amsgrad' * amsgrad}")


def around(optimizer: Optimizer, hyper: Mapping[str, float], work: Callable, forms: Callable) -> Optimizer:
    """The optimizer with something put in front of it, such as clipping, that brings hyper-parameters of its own."""

    def start(theta: Array, names: tuple[str, ...], **both) -> tuple[Array, ...]:
        return optimizer.start(theta, names, **{name: both[name] for name in optimizer.hyper})

    return replace(optimizer, hyper={**optimizer.hyper, **hyper}, work=work, forms=forms, start=start, variants=())
