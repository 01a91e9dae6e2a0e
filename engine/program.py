"""A network is a flat list of named steps, in the order in which they are computed. Reading the list forwards gives the loss;
reading it backwards, multiplying by one local slope at a time and adding where paths meet, gives every gradient."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from engine.op import Array, Op


@dataclass(frozen=True)
class Step:
    """out = op(*args), all by name."""

    out: str
    op: Op
    args: tuple[str, ...]


Program = tuple[Step, ...]


@dataclass(frozen=True, eq=False)
class Trace:
    """All numbers of one forward and one backward pass, by name and read-only. grads lacks what the loss does not depend on."""

    program: Program
    values: Mapping[str, Array]
    grads: Mapping[str, Array]


def forward(program: Program, inputs: Mapping[str, Array], hold: Mapping[str, Array] | None = None) -> dict[str, Array]:
    """Every value by name; a name in `hold` keeps the array given there, whatever its step would say."""
    hold = hold or {}
    values = {**inputs, **{name: hold[name] for name in inputs if name in hold}}
    for step in program:
        held = hold.get(step.out)
        values[step.out] = step.op.f(*[values[name] for name in step.args]) if held is None else held
    return values


def backward(program: Program, values: Mapping[str, Array]) -> dict[str, Array]:
    """∂L/∂ of every value the loss depends on, L being the last step's output. Shapes as the values."""
    last = program[-1].out
    grads = {last: np.ones_like(values[last])}
    for step in reversed(program):
        g = grads.get(step.out)
        if g is None:
            continue  # a side step: shown, but not on a path to the loss
        args = [values[name] for name in step.args]
        for name, pulled in zip(step.args, step.op.vjp(g, values[step.out], *args), strict=True):
            if pulled is not None:  # None: a constant, such as a target
                grads[name] = grads[name] + pulled if name in grads else pulled  # one path more
    return grads


Backward = Callable[[Program, Mapping[str, Array]], dict[str, Array]]


def trace(
    program: Program, inputs: Mapping[str, Array], hold: Mapping[str, Array] | None = None, back: Backward = backward
) -> Trace:
    """One pass forwards, one backwards, shared by all that explains, draws and checks."""
    values = forward(program, inputs, hold)
    return Trace(program, _shared(values), _shared(back(program, values)))


def _shared(arrays: Mapping[str, Array]) -> Mapping[str, Array]:
    views = {name: np.asarray(x).view() for name, x in arrays.items()}
    for view in views.values():
        view.flags.writeable = False
    return MappingProxyType(views)
