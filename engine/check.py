"""Is the gradient right? Every number of the trace is asked again in three ways that know nothing of backpropagation: a nudge
along the imaginary axis, a nudge to both sides, and SymPy's derivative of the whole composed formula."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import sympy as sp

from engine.activations import stable_sigmoid
from engine.limits import PROBABILITY
from engine.losses import clipped
from engine.objective import Objective
from engine.op import Array
from engine.program import Program
from engine.symbols import Cell, Cells

STEP = 1e-6  # of central and one-sided differences, relative to max(1, |value|)
CAREFUL = 1e-4  # of the step, where the usual one would reach over a kink
JUMP = 1e-3  # two sides this far apart, relative to max(1, |gradient|), are more than curvature where a kink is about
CREASE = 0.1  # and this far apart, relative to the larger one, they are more than the curvature of any loss at STEP
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
        """The largest distance of an independent answer from ours, relative to max(1, |ours|)."""
        others = [self.complex_step, self.central] + ([] if self.symbolic is None else [self.symbolic])
        return max(abs(x - self.ours) for x in others) / max(1.0, abs(self.ours))


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
    formula = symbolic(values) if symbolic else [None] * values[name].size
    return _verdicts(of, theta, values, grads, name, list(np.ndindex(values[name].shape)), formula)


def check_one(of: Objective, theta: Array, grads: Mapping[str, Array], name: str, i: tuple[int, ...]) -> Verdict:
    """The verdict for element i alone, without the symbolic answer: a handful of forward passes, however large the array."""
    (verdict,) = _verdicts(of, theta, of.values(theta), grads, name, [tuple(i)], [None])
    return verdict


def _verdicts(of: Objective, theta: Array, values, grads, name: str, places: list[tuple[int, ...]], formula) -> list[Verdict]:
    """One run per place asked about."""
    value, claimed = values[name], grads[name]
    each = np.zeros((len(places), *value.shape))
    for run, i in enumerate(places):
        each[(run, *i)] = 1
    step = STEP * np.array([max(1.0, abs(value[i])) for i in places])
    upright = (-1, *[1] * value.ndim)
    step = np.where(_across_kink(of, theta, name, step.reshape(upright) * each), CAREFUL * step, step)
    sized = step.reshape(upright) * each
    here = of.loss(theta)
    ahead, behind = nudged(of, theta, name, sized), nudged(of, theta, name, -sized)
    right, left = (ahead - here) / step, (here - behind) / step
    felt = max(float(np.max(np.abs(g * values[n]), initial=0.0)) for n, g in grads.items())  # what L feels of each rounded value
    rounding = 8 * np.finfo(float).eps * (np.abs(here) + felt) / step
    imaginary = nudged(of, theta, name, 1j * TINY * each).imag / TINY
    bent = _on_kink(of, values, name) | _across_kink(of, theta, name, sized)
    return [
        _verdict(name, i, float(claimed[i]), imaginary[r], formula[r], left[r], right[r], rounding[r], bent[r])
        for r, i in enumerate(places)
    ]


def _on_kink(of: Objective, values: Mapping[str, Array], name: str) -> bool:
    """Does a step after `name` stand exactly on a kink?"""
    later = of.program[_computed_at(of.program, name) + 1 :]
    return any(step.op.kink is not None and np.any(step.op.kink(*(values[a] for a in step.args))) for step in later)


def _across_kink(of: Objective, theta: Array, name: str, offsets: Array) -> Array:
    """(R,): does a step change from one side of a kink to the other between the two ends of a nudge?"""
    value = of.values(theta)[name]
    ends = [of.values(theta, hold={name: value + way * offsets}) for way in (1, -1)]
    crossed = np.zeros(len(offsets), dtype=bool)
    for step in of.program:
        if step.op.side is not None:
            ahead, behind = (step.op.side(*(end[a] for a in step.args)) for end in ends)
            if ahead.ndim > 2:  # the nudge reaches this step, so there is an axis of runs in front
                crossed |= (ahead != behind).reshape(len(offsets), -1).any(axis=1)
    return crossed


def _verdict(name, i, ours, imaginary, formula, left, right, rounding, bent) -> Verdict:
    """The complex step has no error to forgive. The central difference may be off by the rounding of L and by the distance of
    its two sides, which is curvature; with a kink about, sides further apart than JUMP are the kink's doing. Where both sides lie
    as far from ours, as |x| has them at 0, their middle agrees, and it is a kink all the same."""
    central, known = (left + right) / 2, None if formula is None else float(formula)
    close = TOLERANCE * max(1.0, abs(ours))
    apart = min(abs(right - left), JUMP * max(1.0, abs(ours))) if bent else abs(right - left)
    smooth = abs(central - ours) <= close + rounding + apart
    told = known is None or abs(known - ours) <= close + (apart if bent else 0.0)
    if abs(imaginary - ours) > close or (smooth and not told):
        answer = "differs"
    else:
        creased = bent and abs(right - left) > max(JUMP * max(1.0, abs(ours)), CREASE * max(abs(left), abs(right)))
        answer = "kink" if creased or (bent and not smooth) else "agrees" if smooth else "differs"
    return Verdict(name, i, ours, float(imaginary), float(central), known, float(left), float(right), answer)


def _computed_at(program: Program, name: str) -> int:
    """The place of the step that computes `name`; -1 for an input or a parameter."""
    return next((k for k, step in enumerate(program) if step.out == name), -1)


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
    "exp": lambda x: float(np.exp(x)),  # overflows to infinity instead of stopping the page
    "Heaviside": lambda z, half=0.5: half if z == 0 else float(z > 0),
    "Sigma": lambda z: float(stable_sigmoid(np.float64(z))),
    "Clip": lambda p: float(clipped(np.float64(p))),
    "Inside": lambda p: float(PROBABILITY < p < 1 - PROBABILITY),
    "Above": lambda x: float(x > 0),
    "Largest": max,
    "Smallest": min,
    "Size": abs,
    "Sign": lambda x: float(np.sign(x)),
}


def composed(of: Objective, name: str) -> Callable[[Mapping[str, Array]], list[float | None]]:
    """∂L/∂ every element of `name` as SymPy derives it from one formula, all later forms put into each other.

    Returns values -> list in the order of np.ndindex, None where the textbook form leaves the range of a float (e⁷¹⁰).
    Deriving takes tens of milliseconds: once per program and shapes.
    """
    return _derived(of.program, _shapes(of), name)


@lru_cache(maxsize=1024)
def _derived(program: Program, shapes: tuple[tuple[str, tuple], ...], name: str):
    sizes = dict(shapes)
    known = {n: _Composed(_formulas(n, shape)) for n, shape in shapes}
    for step in program[_computed_at(program, name) + 1 :]:
        grid = np.empty(sizes[step.out], dtype=object)
        for o in np.ndindex(grid.shape):
            grid[o] = step.op.form(o, *[known[a] for a in step.args])
        known[step.out] = _Composed(grid)
    last = known[program[-1].out].elements
    total = last[()] if last.ndim == 0 else last[0]
    slopes = [sp.diff(total, Cells(name, sizes[name]).at(*i)) for i in np.ndindex(sizes[name])]
    free = sorted(set().union(*(s.atoms(Cell) for s in slopes)), key=lambda cell: cell.name)
    compiled = sp.lambdify(free, slopes, modules=[NUMERIC, "math"])

    def at(values: Mapping[str, Array]) -> list[float | None]:
        with np.errstate(all="ignore"):
            try:
                found = compiled(*(_number(values, cell) for cell in free))
            except (OverflowError, ZeroDivisionError, ValueError):
                return [None] * len(slopes)
        return [x if np.isfinite(x) else None for x in found]

    return at


def _number(values: Mapping[str, Array], cell: Cell) -> float:
    return float(cell.index[0] if cell.what == "count" else values[cell.of][cell.index])


def _shapes(of: Objective) -> tuple[tuple[str, tuple], ...]:
    return tuple((name, np.shape(x)) for name, x in of.values(np.zeros(of.size)).items())
