"""Explaining is reading the program again with symbols instead of numbers. Every equation on the screen is built here, from
the same steps that computed it, and carries the trace's number as its value, so tests can evaluate it and compare."""

from collections.abc import Mapping
from dataclasses import dataclass

import sympy as sp

from engine.optimizers import Optimizer
from engine.program import Step, Trace
from engine.symbols import Cell, plus, product
from engine.terms import Term, cells_of, number, paths, terms


@dataclass(frozen=True)
class Equation:
    """lhs = rhs, with the number of each cell; value comes from the engine, never from SymPy."""

    lhs: Cell
    rhs: sp.Expr
    value: float
    numbers: Mapping[Cell, float]


def step_of(trace: Trace, name: str) -> Step:
    """The step that computes `name`."""
    return next(step for step in trace.program if step.out == name)


def equation(trace: Trace, lhs: Cell, rhs: sp.Expr, value: float, more: Mapping[Cell, float] | None = None) -> Equation:
    """An equation with the numbers of its cells looked up in the trace, or in `more` for what a trace does not hold."""
    more = more or {}
    cells = rhs.atoms(Cell)
    return Equation(lhs, rhs, float(value), {c: more[c] if c in more else number(trace, c) for c in cells})


def value_of(trace: Trace, name: str, i: tuple[int, ...]) -> Equation:
    """How element i of `name` was computed."""
    step = step_of(trace, name)
    rhs = step.op.form(tuple(i), *cells_of(trace, step))
    return equation(trace, Cell("value", name, i), rhs, trace.values[name][i])


def share(trace: Trace, term: Term) -> sp.Expr:
    """One term of a gradient: upstream gradient × local slope. ∂L/∂L = 1 is not written."""
    if term.step.out == trace.program[-1].out:
        return term.slope
    return product(Cell("gradient", term.step.out, term.output), term.slope)


def gradient_of(trace: Trace, name: str, i: tuple[int, ...]) -> Equation:
    """∂L/∂name[i] by the chain rule: the sum over its terms of upstream × local."""
    rhs = plus(*(share(trace, term) for term in terms(trace, name, i)))
    return equation(trace, Cell("gradient", name, i), rhs, trace.grads[name][i])


def shares_of(trace: Trace, name: str, i: tuple[int, ...]) -> list[tuple[Term, float]]:
    """Each term of ∂L/∂name[i] with its number; they add up to the gradient. For a weight: one per sample, its votes."""
    found = []
    for term in terms(trace, name, i):
        shown = equation(trace, Cell("gradient", name, i), share(trace, term), 0.0)
        found.append((term, float(evaluate(shown))))
    return found


def evaluate(shown: Equation) -> float:
    """The right side of an equation worked out from its own numbers, by SymPy in 30 digits: never shown, only compared."""
    exact = {cell: sp.Float(x, 30) for cell, x in shown.numbers.items()}
    return float(shown.rhs.xreplace(exact).doit().evalf(30))


def summary_of(trace: Trace, name: str, i: tuple[int, ...]) -> tuple[Equation, list[tuple[Term, ...]]]:
    """The long product: the same gradient with every upstream gradient written out, and the paths it is made of."""
    routes = list(paths(trace, name, i))
    rhs = plus(*(product(*(term.slope for term in route)) for route in routes))
    return equation(trace, Cell("gradient", name, i), rhs, trace.grads[name][i]), routes


def update_of(trace: Trace, optimizer: Optimizer, rate: float, name: str, i: tuple[int, ...], after: float) -> Equation:
    """The optimizer's line for one parameter: its old value, its gradient and the learning rate give the new value."""
    old, gradient, eta = Cell("value", name, i), Cell("gradient", name, i), Cell("rate", "lr")
    return equation(trace, Cell("next", name, i), optimizer.line(old, gradient, eta), after, {eta: rate})
