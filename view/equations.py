"""Each equation as the page shows it: in words, in numbers, and as a result. The engine gives the equation, the printers its
letters and numbers; here they are only put in lines."""

from dataclasses import dataclass

import sympy as sp

from engine.explain import Equation, gradient_of, shares_of, summary_of, update_of, value_of
from engine.moments import Moment
from engine.optimizers import GRADIENT_DESCENT
from engine.symbols import Cell
from engine.terms import Term
from engine.update import Update
from view import names, numbers
from view.printer import Letters, Numbers
from view.text import Text

ROLES = {"loss": "error", "activation": "slope", "probabilities": "slope", "reduction": "share"}
INPUT, AHEAD = "input", "weight ahead"


@dataclass(frozen=True)
class Writer:
    """The printers' common ground: the update, the language, and the palette of the theme."""

    update: Update
    text: Text
    colours: dict

    @property
    def sample(self) -> str:
        return "n" if self.samples > 1 else ""

    @property
    def samples(self) -> int:
        return len(self.update.of.inputs["x"])

    @property
    def many(self) -> bool:
        """Whether there are several outputs, so that y needs its number."""
        return self.update.of.inputs["y_true"].shape[-1] > 1

    def name(self, name: str, index: tuple[int, ...], sample: str = "") -> str:
        return names.latex(name, index, sample, self.many)

    def letters(self, phase: str, sample: str | None = None) -> Letters:
        sample = self.sample if sample is None else sample
        return Letters(sample, self._prime(sample) if phase == "backward" else None, self.purple, self.many)

    def numbers(self, equation: Equation) -> Numbers:
        return Numbers(equation.numbers, lambda cell, tex: self.purple(tex) if cell.what == "gradient" else tex)

    def purple(self, tex: str) -> str:
        return rf"\textcolor{{{self.colours['gradient']}}}{{{tex}}}"

    def _prime(self, sample: str):
        def prime(z: Cell) -> str:
            y = next((s.out for s in self.update.of.program if z.of in s.args and s.op.role == "activation"), "")
            if not y:
                return ""
            letter = rf"{{{self.name(y, ())}}}" if names.layered(y) else self.name(y, ())  # TeX takes no prime beside a superscript
            return rf"{letter}'\left({self.name(z.of, z.index, sample)}\right)"

        return prime

    def label(self, cell: Cell, sample: str) -> str:
        """The left side: z_n, ∂L/∂z_n."""
        letter = self.name(cell.of, cell.index, sample)
        return self.purple(rf"\frac{{\partial L}}{{\partial {letter}}}") if cell.what == "gradient" else letter

    def result(self, what: str, x: float) -> str:
        tex = rf"\mathbf{{{numbers.latex(x)}}}"
        return self.purple(tex) if what == "gradient" else tex


def equal(x: float) -> str:
    return "=" if numbers.exact(x) else r"\approx"


def card(w: Writer, moment: Moment, weight: tuple[int, ...]) -> list[str]:
    """The lines of the "now" card, as `left &= right`; `weight` is the index of the weight that ∂L/∂w explains."""
    if moment.phase == "update":
        return _updates(w)
    if moment.phase == "forward":
        return _lines(w, [value_of(w.update.trace, moment.name, i) for i in _indices(w, moment.name)])
    if moment.name in dict(w.update.of.layout):
        index = weight if moment.name == "W" else (0,)
        return _parameter(w, gradient_of(w.update.trace, moment.name, index))
    return _lines(w, [gradient_of(w.update.trace, moment.name, i) for i in _indices(w, moment.name)])


def _indices(w: Writer, name: str):
    """The elements that are an equation each: one per sample, or the one number."""
    shape = w.update.trace.values[name].shape
    if not shape:
        return [()]
    return [(n,) + (0,) * (len(shape) - 1) for n in range(shape[0])]


def _lines(w: Writer, equations: list[Equation]) -> list[str]:
    """The words once, then the numbers sample by sample; a constant such as 1/N once for all."""
    first = equations[0]
    words = f"{w.label(first.lhs, w.sample)} &= {_words(w, first)}"
    if len(equations) == 1 or not any(c.index[:1] != (0,) for e in equations for c in e.numbers if c.what != "count"):
        return [words, f"&{_result(w, first)}"]
    return [words, *(_numbers(w, e, str(n)) for n, e in enumerate(equations, start=1))]


def _numbers(w: Writer, e: Equation, sample: str) -> str:
    """One sample's line; its label is small, so that four of them leave room for the rest of the page."""
    label = w.label(e.lhs, sample).replace(r"\frac", r"\tfrac")
    return f"{label} &{_result(w, e)}"


def _result(w: Writer, e: Equation) -> str:
    """ "= 0.25 · 1 = 0.25", or only "= 0.25" where the numbers already are the result."""
    shown = w.numbers(e).write(e.rhs, True)
    result = f"{equal(e.value)} {w.result(e.lhs.what, e.value)}"
    return (result if shown == numbers.latex(e.value) else f"= {shown} {result}") + _because(w, e)


def _because(w: Writer, e: Equation) -> str:
    """The branch an activation's slope in cases took: (1, because z = 0.5 > 0)."""
    pieces = [c for c in e.rhs.args if c.is_Piecewise] if e.lhs.what == "gradient" else []
    if not pieces or len(pieces[0].atoms(Cell)) > 1:
        return ""
    figures = w.numbers(e)
    slope = figures.write(pieces[0], True)
    return rf"\quad\small\left({slope}\text{{{w.text(', because ')}}} {reason(figures, pieces[0], e)}\right)"


def reason(figures: Numbers, pieces: sp.Piecewise, e: Equation) -> str:
    """z = 0.5 > 0, or −3 < 0.5 < 3: why this branch, with the cell's bare letter."""
    why = taken(pieces, e)
    cell = getattr(why, "lhs", None)
    return (f"{cell.of} = " if isinstance(cell, Cell) else "") + figures.condition(why)


def taken(pieces: sp.Piecewise, e: Equation) -> sp.Expr:
    """Why this branch: its own condition, or for the last one that part of the first which does not hold, turned round."""
    condition = next(c for _, c in pieces.args if c.xreplace(e.numbers) == True)  # noqa: E712 - SymPy's true is not Python's
    if condition != True:  # noqa: E712
        return condition
    first = pieces.args[0][1]
    broken = next(c for c in (first.args if isinstance(first, sp.And) else (first,)) if c.xreplace(e.numbers) == False)  # noqa: E712
    return broken.negated


def _words(w: Writer, e: Equation) -> str:
    """The formula in letters; the factors of a gradient under braces that say what each is."""
    phase = "backward" if e.lhs.what == "gradient" else "forward"
    if phase == "forward":
        return w.letters(phase).write(e.rhs, True)
    terms = [term for term, _ in shares_of(w.update.trace, e.lhs.of, e.lhs.index)]
    shown = [_braced(w, (term,), upstream=True) for term in terms]
    return _sum(shown)


def _sum(shown: list[str]) -> str:
    return rf"\sum_{{n=1}}^{{N}} {shown[0]}" if len(shown) > 1 and len(set(shown)) == 1 else " + ".join(shown)


def _braced(w: Writer, route: tuple[Term, ...], upstream: bool) -> str:
    """One path's factors, each under a brace with its role; `upstream` puts the gradient from above first."""
    letters, factors = w.letters("backward"), []
    if upstream and route[0].step.out != w.update.of.program[-1].out:
        above = letters.write(Cell("gradient", route[0].step.out, route[0].output))
        factors.append(rf"\underbrace{{{above}}}_{{\text{{{w.text('from above')}}}}}")
    for term in route:
        if term.slope != 1:
            factors.append(rf"\underbrace{{{letters.factor(term.slope)}}}_{{\text{{{w.text(_role(term))}}}}}")
    return r" \cdot ".join(factors) or "1"


def _role(term: Term) -> str:
    return ROLES.get(term.step.op.role) or (INPUT if term.argument == 1 else AHEAD)


def _parameter(w: Writer, e: Equation) -> list[str]:
    """A weight's gradient: the sum over its samples, each share under a brace; last the long product as summary."""
    shares = shares_of(w.update.trace, e.lhs.of, e.lhs.index)
    lines = [f"{w.label(e.lhs, '')} &= {_words(w, e)}"]
    written = w.numbers(e)
    if len(shares) > 1:
        texts = [written.write(t, k == 0) for k, t in enumerate(e.rhs.args)]
        values = numbers.together([x for _, x in shares])
        texts = [
            rf"\underbrace{{{tex}}}_{{{_share(w, n, x, shown)}}}"
            for n, (tex, (_, x), shown) in enumerate(zip(texts, shares, values, strict=True), start=1)
        ]
        lines.append(rf"&= {' + '.join(texts)} {equal(e.value)} {w.result('gradient', e.value)}")
    else:
        lines.append(f"&{_result(w, e)}")
    return [*lines, summary(w, e)]


def _share(w: Writer, n: int, x: float, shown: str) -> str:
    colour = w.colours["positive" if x > 0 else "negative" if x < 0 else "second"]
    sign = "+" if x > 0 else ""
    return rf"\text{{{w.text('sample {n}', n=n)}: }}\textcolor{{{colour}}}{{{sign}{shown.replace('−', '-')}}}"


def summary(w: Writer, e: Equation) -> str:
    """The long product, all upstream gradients written out: a summary, second rank."""
    whole, routes = summary_of(w.update.trace, e.lhs.of, e.lhs.index)
    parts = [[t for t in route if t.step.op.role != "reduction"] for route in routes]
    front = [t for t in routes[0] if t.step.op.role == "reduction" and t.slope != 1]
    letters = w.letters("backward")
    lead = letters.write(front[0].slope) if front else ""
    body = _sum([_braced(w, tuple(p), upstream=False) for p in parts])
    return rf"&= \textcolor{{{w.colours['second']}}}{{{lead} {body}}} {equal(whole.value)} {numbers.latex(whole.value)}"


def _updates(w: Writer) -> list[str]:
    """Every parameter's line; all gradients were computed with the old weights."""
    if w.update.after is None:
        return []
    lines = []
    for (name, i), after, moves in zip(w.update.of.parameters, w.update.after, w.update.moves, strict=True):
        e = update_of(w.update.trace, GRADIENT_DESCENT, w.update.rate * moves, name, i, after)
        words = w.letters("update").write(e.rhs, True)
        result = f"{w.numbers(e).write(e.rhs, True)} {equal(e.value)} {w.result('value', e.value)}"
        lines += [rf"{w.name(name, i)} &\leftarrow {words}".replace(r"\frac", r"\tfrac"), f"&= {result}"]
    return lines
