"""One update of one parameter, line by line: what the optimizer remembers, corrects and divides, as equations whose numbers are the
engine's. The last line is the new value itself."""

import numpy as np

from engine.explain import Equation, equation
from engine.objective import Objective
from engine.op import Array
from engine.optimizers import At, Optimizer
from engine.program import Trace
from engine.symbols import Cell, plus


def cells(of: Objective, place: int, t: int) -> At:
    """The cells of the parameter at this place in theta, in update t."""
    name, i = of.parameters[place]
    every = tuple(Cell("gradient", n, j) for n, j in of.parameters)
    return At(Cell("value", name, i), Cell("gradient", name, i), Cell("count", "t", (t,)), Cell("rate", "lr"), every)


def lines_of(
    of: Objective, trace: Trace, optimizer: Optimizer, rate, state: tuple[Array, ...], t: int, place: int
) -> tuple[Equation, ...]:
    """Update t (from 1) of the parameter at `place` in theta, from its trace and the state (P,) each before it; rate: η or (P,).

    The last equation's left side is the "next" cell, those before are "found" cells; a value may be nan or inf if the update is.
    """
    theta, g = of.flat(trace.values), of.flat(trace.grads)
    with np.errstate(all="ignore"):
        found = optimizer.found(theta, g, state, t, lr=rate)
        after = theta + found["step"]
    at = cells(of, place, t)
    numbers = {at.rate: _at(rate, place)}
    numbers |= {at.hyper(name): float(value) for name, value in optimizer.hyper.items()}
    numbers |= {at.memory(name): _at(x, place) for name, x in zip(optimizer.memory, state, strict=True)}
    numbers |= {at.found(name): _at(x, place) for name, x in found.items()}
    shown = [equation(trace, at.found(name), rhs, numbers[at.found(name)], numbers) for name, rhs in optimizer.forms(at)]
    last = Cell("next", at.value.of, at.value.index)
    return (*shown, equation(trace, last, plus(at.value, at.found("step")), after[place], numbers))


def _at(x, place: int) -> float:
    """A number that all parameters share, as an array of one, or a parameter's own."""
    x = np.ravel(x)
    return float(x[place if x.size > 1 else 0])
