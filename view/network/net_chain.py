"""The chain rule of one picked number of a network, as equations: in words with a brace under every factor, in numbers, and as a
result. Where each sample has one way to the loss the whole product is written; else the gradient from above times the slope."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod

import sympy as sp

from engine.explain import step_of, value_of
from engine.parts import Part, parts
from engine.program import Trace
from engine.routes import Route, how_many, routes
from engine.symbols import Cell, Cells, expression, product
from engine.terms import cells_of, local_slope
from view import names, numbers
from view.equations import AHEAD, INPUT, ROLES, Writer, equal
from view.printer import Letters

FEW = 3  # more terms are written as first + second + ⋯ + last
LINE = 62  # characters of numbers that fit into one line of the card
SMALL, DOTS = r"\small", r"\cdots"


class Words(Letters):
    """A fused loss contains the last activation, whose value the page calls y: so p − y_true reads y − y_true."""

    def _print_Sigma(self, e, **_):
        return self._letter(Cell("value", "y", e.args[0].index))

    def _print_Softmax(self, e, **_):
        return self._letter(Cell("value", "y", (*e.args[1].index[:-1], int(e.args[0]))))


def block(lines: list[str]) -> str:
    """Lines as one aligned formula for Markdown."""
    return r"$$\begin{aligned}" + r"\\[3pt] ".join(lines) + r"\end{aligned}$$" if lines else ""


# How the value was computed


def value_lines(w: Writer, name: str, i: tuple[int, ...]) -> list[str]:
    """z = w a + w a + b in words and in numbers; none for a weight, an input or a target, which nothing computes."""
    trace = w.update.trace
    if not any(step.out == name for step in trace.program):
        return []
    x, step = float(trace.values[name][i]), step_of(trace, name)
    left, result = w.label(Cell("value", name, i), _letter(w, name)), f"{equal(x)} {w.result('value', x)}"
    if step.op.role == "reduction":
        return _reduced(w, step, left, result)
    shown = value_of(trace, name, i)
    words, figures = _words(w).write(shown.rhs, True), w.numbers(shown).write(shown.rhs, True)
    same = _sign(*(shown.numbers[cell] for cell in shown.rhs.atoms(Cell)))
    return [f"{left} &= {words}", f"&{'' if figures == numbers.latex(x) else f'{same} {figures} '}{result}"]


def _reduced(w: Writer, step, left: str, result: str) -> list[str]:
    """The loss of all samples: every sample's own, added; no symbol is made for each of two thousand."""
    losses = [float(x) for x in w.update.trace.values[step.args[0]]]
    weight = expression(step.op.slope(0, (), (0,), None, *cells_of(w.update.trace, step)))
    one = "" if weight == 1 else _words(w).write(weight)
    count, shown = rf"\frac{{1}}{{{len(losses)}}}" if one else "", _ended(losses)
    same = _sign(*(x for x in shown if x is not None))
    body = " + ".join(DOTS if x is None else numbers.latex(x) for x in shown)
    return [
        f"{left} &= {one} \\sum_{{n=1}}^{{N}} {w.name(step.args[0], (0,), 'n')}",
        rf"&{same} {count}\left({body}\right) {result}",
    ]


def _letter(w: Writer, name: str) -> str:
    """The sample's letter where a number has a sample and there are several."""
    return w.sample if names.sampled(name) else ""


def _words(w: Writer, backward: bool = False) -> Words:
    return Words(w.sample, w.letters("backward").prime if backward else None, w.purple, w.many)


# Its gradient


def long(trace: Trace, name: str, i: tuple[int, ...]) -> bool:
    """Whether each sample has just one way from this number to the loss: then the whole product is written."""
    samples = 1 if (i and names.sampled(name)) or name == trace.program[-1].out else len(trace.values["x"])
    return how_many(trace, name, i) == samples


def gradient_lines(w: Writer, name: str, i: tuple[int, ...]) -> list[str]:
    """∂L/∂name[i] in words and in numbers; none where no gradient comes."""
    trace = w.update.trace
    if name not in trace.grads:
        return []
    left, g = w.label(Cell("gradient", name, i), _letter(w, name)), float(trace.grads[name][i])
    result = f"{equal(g)} {w.result('gradient', g)}"
    if name == trace.program[-1].out:
        return [f"{left} &{result}"]
    words, same, figures = (_whole if long(trace, name, i) else _local)(w, name, i)
    return [f"{left} &= {words}", f"&{'' if figures == numbers.latex(g) else f'{same} {{{SMALL} {figures}}} '}{result}"]


def _whole(w: Writer, name: str, i: tuple[int, ...]) -> tuple[str, str, str]:
    """(words, = or ≈, numbers) of the long product, from the loss back to the number."""
    trace, count = w.update.trace, w.samples
    asked = [i[0]] if names.sampled(name) else sorted({*range(min(count, FEW)), count - 1})
    found = routes(trace, name, i, asked)
    factors = factors_of(trace, found[0])
    words = r" \cdot ".join(_braced(w, factor.slope, factor.role) for factor in factors) or "1"
    if not names.sampled(name) and count > 1:
        words = rf"\sum_{{n=1}}^{{N}} {words}"
    return words, *_fitted([[factor.of(route) for factor in factors] for route in found])


@dataclass(frozen=True)
class Factor:
    """One factor of a long product: what it is called, its formula, and which of a route's factors it is made of."""

    role: str
    slope: sp.Expr
    at: tuple[int, ...]

    def of(self, route: Route) -> float:
        return prod(route.factors[k] for k in self.at)


def factors_of(trace: Trace, route: Route) -> list[Factor]:
    """The factors of a path from the loss back; 1/N and the loss's slope are one, and a slope that is always 1 is none."""
    found: list[Factor] = []
    for at, ((out, o), (name, i)) in enumerate(pairwise(route.places)):
        step = step_of(trace, out)
        k = step.args.index(name)
        slope = local_slope(step, k, o, i, Cells(out, trace.values[out].shape), cells_of(trace, step))
        found.append(Factor(role(step.op.role, k), expression(slope), (at,)))
    if len(found) > 1 and found[0].role == ROLES["reduction"]:
        first, second, *rest = found
        what = "error / N" if first.slope != 1 else second.role
        found = [Factor(what, product(first.slope, second.slope), (0, 1)), *rest]
    return [factor for factor in found if factor.slope != 1]


def role(of: str, argument: int) -> str:
    return ROLES.get(of) or (INPUT if argument == 1 else AHEAD)


def _braced(w: Writer, slope: sp.Expr, what: str) -> str:
    tex = _words(w, backward=True).factor(slope)
    return rf"\underbrace{{{tex}}}_{{\text{{{w.text(what)}}}}}"


def _local(w: Writer, name: str, i: tuple[int, ...]) -> tuple[str, str, str]:
    """(words, = or ≈, numbers) of upstream × local, added over the samples, or over the units that read the number."""
    trace = w.update.trace
    found = parts(trace, name, i)
    shared = not names.sampled(name)
    if shared:
        words = (r"\sum_{n=1}^{N} " if len(found) > 1 else "") + _product(w, name, i, found[0])
    else:
        words = _joined([DOTS if part is None else _product(w, name, i, part) for part in _ended(found)])
    return words, *_fitted([[part.upstream, part.slope] if part.slope != 1 else [part.upstream] for part in found])


def _product(w: Writer, name: str, i: tuple[int, ...], part: Part) -> str:
    """∂L/∂z · x, each under its brace."""
    step, trace = part.step, w.update.trace
    cells = Cells(step.out, trace.values[step.out].shape)
    slope = expression(local_slope(step, part.argument, part.output, i, cells, cells_of(trace, step)))
    above = rf"\underbrace{{{w.label(Cell('gradient', step.out, part.output), w.sample)}}}_{{\text{{{w.text('from above')}}}}}"
    if slope == 1:
        return above
    return rf"{above} \cdot {_braced(w, slope, role(step.op.role, part.argument))}"


def _ended(terms: Sequence) -> list:
    """First, second, None for all that is left out, last."""
    return list(terms) if len(terms) <= FEW else [terms[0], terms[1], None, terms[-1]]


def _fitted(terms: list[list[float]]) -> tuple[str, str]:
    """(= or ≈, the sum of products) on one line of the card: where the terms are long, only the first and the last."""
    shown = _ended(terms)
    if sum(len(re.sub(r"\\(left|right)|(?<=\\)cdot| ", "", _term(term))) for term in shown) > LINE and len(terms) > 2:
        shown = [terms[0], None, terms[-1]]
    return _sign(*(x for term in shown for x in term or ())), _joined(list(map(_term, shown)))


def _sign(*shown: float) -> str:
    """Whether the numbers in a line are all of what they stand for."""
    return "=" if numbers.exact(*shown) else r"\approx"


def _term(factors: list[float] | None) -> str:
    return DOTS if factors is None else _times(factors)


def _joined(texts: list[str]) -> str:
    return " + ".join(text if k == 0 or not text.startswith("-") else rf"\left({text}\right)" for k, text in enumerate(texts))


def _times(factors: list[float]) -> str:
    shown = [numbers.latex(x) for x in factors]
    return r" \cdot ".join(rf"\left({x}\right)" if k and x.startswith("-") else x for k, x in enumerate(shown)) or "1"
