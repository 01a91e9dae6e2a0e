"""Answers that know nothing of our pull-backs. `exact` reads a formula in 40 digits; `by_autograd` lets HIPS autograd
differentiate formulas number by number; `network_loss` is a forward pass in plain loops, without a single matrix."""

import math
from functools import cache

import autograd
import autograd.numpy as anp
import sympy as sp
from autograd.extend import defvjp, primitive

from engine.activations import ACTIVATIONS, CLASS_ACTIVATIONS
from engine.limits import PROBABILITY
from engine.losses import CLASS_LOSSES, FUSED, LOSSES
from engine.symbols import Cell, Cells

erf = primitive(math.erf)  # autograd has it in a module that needs SciPy
defvjp(erf, lambda out, x: lambda g: g * 2 / math.sqrt(math.pi) * anp.exp(-x * x))

SCALAR = {
    "Sigma": lambda z: (1 + anp.tanh(z / 2)) / 2,
    "Largest": max,  # Python's: of equal numbers the first, so that max(0, z) has slope 0 at 0
    "Smallest": min,
    "erf": erf,
    "Size": anp.abs,
    "Sign": anp.sign,
    "Clip": lambda p: PROBABILITY if p <= PROBABILITY else 1 - PROBABILITY if p >= 1 - PROBABILITY else p,
}


def number(cell, values) -> float:
    """A cell's number: a count carries its own, the others stand in `values` (name -> array)."""
    return float(cell.index[0] if cell.what == "count" else values[cell.of][cell.index])


def exact(formula, values) -> float:
    """A formula's number, each cell replaced by its own, worked out in 40 digits."""
    numbers = {cell: sp.Float(number(cell, values), 40) for cell in sp.sympify(formula).atoms(Cell)}
    return float(sp.sympify(formula).xreplace(numbers).doit().evalf(40))


def function(cells, formula):
    """A formula as a Python function of its cells, one number each, in autograd's arithmetic."""
    return sp.lambdify(cells, formula, modules=[SCALAR, anp])


def by_autograd(formula, values, name: str):
    """d formula / d every element of the array `name`, by HIPS autograd."""
    cells = sorted(formula.atoms(Cell), key=str)
    compiled = function(cells, formula)

    def total(array):
        return compiled(*(array[c.index] if c.of == name else number(c, values) for c in cells))

    return autograd.grad(total)(values[name])


@cache
def _activation(key: str, units: int):
    """The outputs of one layer of so many units as a function of their z's."""
    cells, op = Cells("z", (1, units)), (ACTIVATIONS | CLASS_ACTIVATIONS)[key]
    return function([cells.at(0, j) for j in range(units)], [op.form((0, j), cells) for j in range(units)])


@cache
def _loss(key: str, outputs: int):
    a, t = Cells("a", (1, outputs)), Cells("t", (1, outputs))
    return function([c.at(0, j) for c in (a, t) for j in range(outputs)], (LOSSES | CLASS_LOSSES)[key].form((0,), a, t))


def network_loss(case, theta):
    """L of a network at theta, sample by sample, unit by unit, weight by weight; autograd can differentiate it."""
    losses = []
    for x, y_true in zip(case.data.x, case.data.y_true, strict=True):
        a, numbers = list(x), iter(range(len(theta)))
        for wide, key in zip(case.net.units[1:], case.net.activations, strict=True):
            weights = [[theta[next(numbers)] for _ in a] for _ in range(wide)]
            z = [sum(w * v for w, v in zip(row, a, strict=True)) for row in weights]
            if case.net.bias:
                z = [total + theta[next(numbers)] for total in z]
            a = _activation(key, wide)(*z)
        predicted = z if case.net.loss in FUSED else a
        losses.append(_loss(case.net.loss, len(y_true))(*predicted, *y_true))
    seen = 0 * theta[0]  # autograd warns when L does not depend on theta: where every probability is clipped
    return sum(losses) / (len(losses) if case.net.reduction == "mean" else 1) + seen
