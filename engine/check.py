"""Is the gradient right? Every number of the trace is asked again in three ways that know nothing of backpropagation: a nudge
along the imaginary axis, a nudge to both sides, and SymPy's derivative of the whole composed formula."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import sympy as sp

from engine.activations import stable_sigmoid
from engine.losses import clipped
from engine.objective import Objective
from engine.op import Array
from engine.symbols import Cell, Cells

STEP = 1e-6  # of central and one-sided differences, relative to max(1, |value|)
TINY = 1e-30  # of the complex step: no subtraction, so no rounding
TOLERANCE = 1e-6  # relative to max(1, |gradient|); differences are good to about 1e-9


@dataclass(frozen=True)
class Verdict:
    """One number's gradient, four times. answer: "agrees", "differs", or "kink" (then left and right are the two slopes).

    symbolic is None where no composed formula was given.
    """

    name: str
    index: tuple[int, ...]
    ours: float
    complex_step: float
    central: float
    symbolic: float | None
    left: float
    right: float
    answer: str

    @property
    def difference(self) -> float:
        """The largest distance of an independent answer from ours."""
        others = [self.complex_step, self.central] + ([] if self.symbolic is None else [self.symbolic])
        return max(abs(x - self.ours) for x in others)


def nudged(of: Objective, theta: Array, name: str, offsets: Array) -> Array:
    """L (R,) with the array `name` held at its value plus each offset (R, *shape), and everything after it computed anew."""
    value = of.values(theta)[name]
    return of.loss(theta, hold={name: value + offsets})


def curve(of: Objective, theta: Array, name: str, i: tuple[int, ...], at: Array) -> Array:
    """L (R,) as a function of that one number alone, at its values `at` (R,)."""
    value = of.values(theta)[name]
    offsets = np.zeros((len(at), *np.shape(value)))
    offsets[(slice(None), *i)] = at - value[i]
    return nudged(of, theta, name, offsets)


def check(of: Objective, theta: Array, grads: Mapping[str, Array], name: str, symbolic: Callable | None = None) -> list[Verdict]:
    """A verdict for every element of the array `name`; grads are the claimed gradients, symbolic what `composed` returns."""
    values = of.values(theta)
    value, claimed = values[name], grads[name]
    step = STEP * np.maximum(1, np.abs(value)).ravel()
    each = np.eye(value.size).reshape(value.size, *value.shape)  # one run per element
    sized = step.reshape(-1, *[1] * value.ndim) * each
    here = of.loss(theta)
    ahead, behind = nudged(of, theta, name, sized), nudged(of, theta, name, -sized)
    right, left = (ahead - here) / step, (here - behind) / step
    central = (ahead - behind) / (2 * step)
    imaginary = nudged(of, theta, name, 1j * TINY * each).imag / TINY
    formula = symbolic(values) if symbolic else [None] * value.size
    return [
        _verdict(name, i, float(claimed[i]), imaginary[r], central[r], formula[r], left[r], right[r])
        for r, i in enumerate(np.ndindex(value.shape))
    ]


def _verdict(name, i, ours, imaginary, central, formula, left, right) -> Verdict:
    size = max(1.0, abs(ours), abs(left), abs(right))
    if abs(right - left) > 1e3 * STEP * size:  # the two sides disagree by more than curvature explains
        takes = any(abs(ours - side) <= 1e3 * STEP * size for side in (left, right))
        answer = "kink" if takes else "differs"
    else:
        others = [imaginary, central] + ([] if formula is None else [formula])
        answer = "agrees" if all(abs(x - ours) <= TOLERANCE * size for x in others) else "differs"
    known = None if formula is None else float(formula)
    return Verdict(name, i, ours, float(imaginary), float(central), known, float(left), float(right), answer)


class _Composed:
    """Looks like Cells to an op's form, but each element is already a formula."""

    def __init__(self, elements: Array):
        self.elements, self.shape = elements, elements.shape

    def at(self, *i):
        return self.elements[i]


def _formulas(name: str, shape: tuple) -> Array:
    grid = np.empty(shape, dtype=object)
    for i in np.ndindex(shape):
        grid[i] = Cells(name, shape).at(*i)
    return grid


NUMERIC = {
    "Heaviside": lambda z, half=0.5: half if z == 0 else float(z > 0),
    "Sigma": lambda z: float(stable_sigmoid(np.float64(z))),
    "Clip": lambda p: float(clipped(np.float64(p))),
}


def composed(of: Objective, name: str) -> Callable[[Mapping[str, Array]], list[float]]:
    """∂L/∂ every element of `name` as SymPy derives it from one formula, all later forms put into each other.

    Returns values -> list in the order of np.ndindex. Deriving takes tens of milliseconds: once per program, not per update.
    """
    shapes = _shapes(of)
    known = {n: _Composed(_formulas(n, shape)) for n, shape in shapes.items()}
    after = next((k for k, step in enumerate(of.program) if step.out == name), -1)
    for step in of.program[after + 1 :]:
        grid = np.empty(shapes[step.out], dtype=object)
        for o in np.ndindex(grid.shape):
            grid[o] = step.op.form(o, *[known[a] for a in step.args])
        known[step.out] = _Composed(grid)
    last = known[of.program[-1].out].elements
    total = last[()] if last.ndim == 0 else last[0]
    slopes = [sp.diff(total, Cells(name, shapes[name]).at(*i)) for i in np.ndindex(shapes[name])]
    free = sorted(set().union(*(s.atoms(Cell) for s in slopes)), key=lambda cell: cell.name)
    compiled = sp.lambdify(free, slopes, modules=[NUMERIC, "math"])
    return lambda values: compiled(*(_number(values, cell) for cell in free))


def _number(values: Mapping[str, Array], cell: Cell) -> float:
    return float(cell.index[0] if cell.what == "count" else values[cell.of][cell.index])


@lru_cache(maxsize=256)
def _shapes(of: Objective) -> dict[str, tuple]:
    return {name: np.shape(x) for name, x in of.values(np.zeros(of.size)).items()}
