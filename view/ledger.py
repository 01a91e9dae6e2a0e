"""The ledger: everything found so far in this update, one line each, in three columns. A line to come is a dotted blank after
its symbol; the current one is lit."""

import re

from engine.explain import gradient_of, value_of
from engine.moments import Moment
from engine.symbols import Cell
from view import names, numbers
from view.equations import Writer

ROOM = {"forward": 32, "backward": 40}  # signs a column holds; a longer line leaves its formula to the card


def ledger(w: Writer, found: tuple[Moment, ...], moment: Moment, phase: str) -> list[tuple[str, bool]]:
    """One line per moment of this phase: what has been found, or a dotted blank after the symbol; and whether it is lit."""
    lines = []
    for m in w.update.moments:
        if m.phase != phase:
            continue
        if phase == "update":
            lines += [(line, m == moment) for line in (_landed(w) if m in found else _blanks(w))]
        else:
            lines += [(_line(w, m, i) if m in found else _blank(w, m, i), m == moment) for i in _every(w, m)]
    return lines


def _every(w: Writer, m: Moment) -> list[tuple[int, ...]]:
    """A parameter array has a line per parameter; any other array one line for all its samples."""
    shape = w.update.trace.values[m.name].shape
    if m.name in dict(w.update.of.layout):
        return [(0, j) for j in range(shape[1])] if len(shape) == 2 else [(0,)]
    return [(0,) * len(shape)]


def _line(w: Writer, m: Moment, i: tuple[int, ...]) -> str:
    e = (value_of if m.phase == "forward" else gradient_of)(w.update.trace, m.name, i)
    words = w.letters(m.phase, sample="").write(e.rhs, True)
    array = (w.update.trace.values if m.phase == "forward" else w.update.trace.grads)[m.name]
    many = m.name not in dict(w.update.of.layout) and array.ndim > 0 and len(array) > 1
    value = numbers.row(array.reshape(len(array), -1)[:, 0], numbers.latex, r"\cdots") if many else numbers.latex(e.value)
    sign = "=" if numbers.exact(*(array.ravel() if many else [e.value])) else r"\approx"
    result = f"{sign} {w.purple(value) if m.phase == 'backward' else value}"
    label = w.label(e.lhs, "")
    return f"{label} = {words} {result}" if length(f"{label}={words}{result}") <= ROOM[m.phase] else f"{label} {result}"


def length(tex: str) -> int:
    """About how many signs wide a formula is: a command counts one, colours, braces and sizes nothing."""
    bare = re.sub(r"\\textcolor\{#\w+\}|\\(left|right|frac|,)|[{}_^& ]", "", tex)
    return len(re.sub(r"\\[a-zA-Z]+", "x", bare))


def _blank(w: Writer, m: Moment, i: tuple[int, ...]) -> str:
    cell = Cell("value" if m.phase == "forward" else "gradient", m.name, i)
    return rf"\textcolor{{{w.colours['later']}}}{{{w.label(cell, '')} = \;\ldots\ldots}}"


def _landed(w: Writer) -> list[str]:
    """Only where each parameter landed; the card shows how."""
    if w.update.after is None:
        return []
    landed = zip(w.update.of.parameters, w.update.after, strict=True)
    return [rf"{names.latex(*p)} \leftarrow {w.result('value', float(x))}" for p, x in landed]


def _blanks(w: Writer) -> list[str]:
    letters = [names.latex(n, i) for n, i in w.update.of.parameters]
    return [rf"\textcolor{{{w.colours['later']}}}{{{letter} \leftarrow \;\ldots\ldots}}" for letter in letters]
