"""One activation or one loss by itself, as a program of a single step: what it says of one number, its slope there, the tangent,
and what that slope does to a gradient on its way back through many layers of the same kind."""

import numpy as np

from engine.curves import domain
from engine.explain import Equation, equation, gradient_of, value_of
from engine.losses import FUSED
from engine.op import Array, Op
from engine.program import Step, Trace, trace
from engine.symbols import Cell, minus, plus, product

LAYERS = 20  # a gradient is followed back through so many of them
AT = (0, 0)  # one sample, one unit


def argument(op: Op) -> str:
    """z, a sum or a score; p, a probability; or y, a prediction."""
    return "z" if op.role == "activation" or op.key in FUSED else "p" if op.probability else "y"


def result(op: Op) -> str:
    return "y" if op.role == "activation" else "L"


def place(op: Op, z: float) -> float:
    """The nearest place that it is made for."""
    return float(np.clip(z, *domain(op)))


def alone(op: Op, z: float, goal: float = 0.0) -> Trace:
    """The trace of the entry at z; a loss has the target `goal`, called t."""
    name = argument(op)
    if op.role == "activation":
        return trace((Step("y", op, (name,)),), {name: np.array([[z]])})
    return trace((Step("L", op, (name, "t")),), {name: np.array([[z]]), "t": np.array([[goal]])})


def value(shown: Trace) -> Equation:
    """y or L, as the entry's form says it."""
    step = shown.program[0]
    return value_of(shown, step.out, AT[: shown.values[step.out].ndim])


def slope(shown: Trace) -> Equation:
    """dy/dz, or where backpropagation starts: ∂L/∂y, ∂L/∂p or ∂L/∂z."""
    return gradient_of(shown, shown.program[0].args[0], AT)


def tangent(shown: Trace) -> Equation:
    """The straight line through the point: value + slope · (x − z). x is a cell whose number is z, where line and curve meet."""
    y, s = value(shown), slope(shown)
    z, x = Cell("value", s.lhs.of, AT), Cell("value", "x", ())
    rhs = plus(y.lhs, product(s.lhs, minus(x, z)))
    here = float(shown.values[z.of][AT])
    return equation(shown, Cell("value", "T", ()), rhs, y.value, {y.lhs: y.value, s.lhs: s.value, z: here, x: here})


def passed_back(slope: Array | float, layers: int = LAYERS) -> Array:
    """What becomes of a gradient 1 after 1, 2, … layers of this slope (...,) whose weights are all 1: (..., layers)."""
    return np.power(np.asarray(slope, dtype=float)[..., None], np.arange(1, layers + 1))
