"""A number reaches the loss through every place where it is used: another sample, another unit, another argument. Each place
is one term, upstream gradient × local slope, and the gradient is the sum of the terms: that is all of backpropagation."""

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp

from engine.program import Step, Trace
from engine.symbols import Cell, Cells, expression


@dataclass(frozen=True)
class Term:
    """One occurrence: element `output` of `step` depends on our number, through argument `argument`, with this local slope."""

    step: Step
    output: tuple[int, ...]
    argument: int
    slope: sp.Expr


def cells_of(trace: Trace, step: Step) -> list[Cells]:
    """One Cells per argument; an array that enters twice is told apart by its slot."""
    return [Cells(name, trace.values[name].shape, slot=step.args[:k].count(name)) for k, name in enumerate(step.args)]


def terms(trace: Trace, name: str, i: tuple[int, ...]) -> Iterator[Term]:
    """Every occurrence of element i of array `name` on a path to the loss."""
    for step in trace.program:
        if step.out not in trace.grads:
            continue
        cells, out = cells_of(trace, step), Cells(step.out, trace.values[step.out].shape)
        for k, arg in enumerate(step.args):
            if arg == name:
                for o in step.op.reach(k, tuple(i), out.shape):
                    slope = local_slope(step, k, o, tuple(i), out, cells)
                    if slope is not None:
                        yield Term(step, tuple(o), k, expression(slope))


def local_slope(step: Step, k: int, o, i, out: Cells, cells: list[Cells]):
    """d out[o] / d argument k[i] as the book writes it; where the op leaves it open, SymPy's derivative of the form."""
    if step.op.slope is None:
        return sp.diff(step.op.form(o, *cells), cells[k].at(*i))
    return step.op.slope(k, o, i, out, *cells)


def paths(trace: Trace, name: str, i: tuple[int, ...]) -> Iterator[tuple[Term, ...]]:
    """Every path from the number to the loss, as its terms from the loss's end to the number's. The sum over all paths of the
    product of slopes is the gradient; their number grows with width to the power of depth, so ask for small networks only."""
    for term in terms(trace, name, i):
        if term.step.out == trace.program[-1].out:
            yield (term,)
        else:
            for rest in paths(trace, term.step.out, term.output):
                yield (*rest, term)


def number(trace: Trace, cell: Cell) -> float:
    """The number in a cell that is a value or a gradient of this trace, or the count of its samples."""
    if cell.what == "count":
        return float(cell.index[0])
    return float((trace.values if cell.what == "value" else trace.grads)[cell.of][cell.index])
