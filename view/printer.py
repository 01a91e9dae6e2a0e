"""SymPy's LaTeX printer, taught three things: a cell prints as its letter or as its number, every factor stays where the book
puts it, and a negative number is bracketed unless it opens the line. It knows functions, not entries: a new activation, loss or
optimizer is printed without a change here."""

import re
from collections.abc import Callable
from contextlib import contextmanager

import numpy as np
import sympy as sp
from sympy.printing.latex import LatexPrinter

from engine.limits import PROBABILITY
from engine.parse import shortest
from engine.softmax import softmax
from engine.symbols import Cell
from view import letters, names, numbers

LONG = 6  # a sum of more terms prints its first two and its last
DIGITS = 9  # characters of a constant that is shown in full
NEAR_ONE = 1e-5
WIDE = 10  # operations: an activation's slope of more is not written out where its letter y' will do
FUNCTIONS = {
    "tanh": r"\tanh", "log": r"\ln", "cos": r"\cos", "sin": r"\sin", "Sigma": r"\sigma", "erf": r"\operatorname{erf}",
    "sign": r"\operatorname{sign}", "Sign": r"\operatorname{sign}", "Max": r"\max", "Largest": r"\max", "Min": r"\min",
    "Smallest": r"\min", "atan": r"\arctan", "sinh": r"\sinh", "cosh": r"\cosh",
}  # fmt: skip
AROUND = {"Abs": (r"\left|", r"\right|"), "Size": (r"\left|", r"\right|"), "floor": (r"\left\lfloor ", r" \right\rfloor")}
ZERO = re.compile(r"(\\textcolor\{[^}]*\}\{)?0(?![.\d]|\^\{0\})")  # what begins with this is 0, which has no sign
SIGNS = {sp.Gt: ">", sp.Ge: r"\ge", sp.Lt: "<", sp.Le: r"\le", sp.Eq: "=", sp.Ne: r"\ne"}


class Printer(LatexPrinter):
    """leaf(cell) -> LaTeX; prime(cell): the letter of the slope of the activation that reads it, such as y', where its cases are
    not written out, or "" if none does."""

    def __init__(self, leaf: Callable[[Cell], str], prime: Callable[[Cell], str] | None = None):
        super().__init__()
        self.leaf, self.prime, self.opens = leaf, prime, True

    @contextmanager
    def _inside(self, opens: bool):
        before, self.opens = self.opens, opens
        yield
        self.opens = before

    def write(self, e: sp.Expr, opens: bool = False) -> str:
        with self._inside(opens):
            return self._print(e)

    def _print_Cell(self, e):
        return self.bracketed(self.leaf(e))

    def bracketed(self, tex: str) -> str:
        return rf"\left({tex}\right)" if tex.startswith("-") and not self.opens else tex

    def _print_Add(self, e):
        texts = [self.write(t, self.opens) if k == 0 else self._later(t) for k, t in enumerate(e.args)]
        if len(texts) > LONG:
            texts = [*texts[:2], r" + \cdots", texts[-1]]
        return "".join(texts)

    def _later(self, term) -> str:
        if isinstance(term, sp.Mul) and term.args[0] == -1:
            return " - " + self._factors(term.args[1:])
        return " + " + self.write(term)

    def _print_Mul(self, e):
        if e.args[0] == -1:
            tex = self._factors(e.args[1:])
            return tex if ZERO.match(tex) else self.bracketed("-" + tex)
        return self._factors(e.args, self.opens)

    def _factors(self, args, opens: bool = False) -> str:
        if isinstance(args[0], sp.Pow) and args[0].exp == -1:
            return self._row(args, opens)  # the book's 1/N stands in front
        below = [a.base for a in args if isinstance(a, sp.Pow) and a.exp == -1]
        above = [a for a in args if not (isinstance(a, sp.Pow) and a.exp == -1)]
        if below:
            return rf"\frac{{{self._row(above, True)}}}{{{self._row(below, True)}}}"
        return self._row(above, opens)

    def _row(self, args, opens: bool) -> str:
        if len(args) == 1:
            bare = opens or not isinstance(args[0], sp.Add)
            return self.write(args[0], opens) if bare else rf"\left({self.write(args[0], True)}\right)"
        texts = [self._factor(a, opens and k == 0) for k, a in enumerate(args)]
        row = texts[0]
        for k in range(1, len(args)):
            row += self._between(args[k - 1], args[k], texts[k]) + texts[k]
        return row

    def _factor(self, e, opens: bool) -> str:
        if not isinstance(e, sp.Add):
            return self.write(e, opens)
        text = self.write(e, True)
        return text if text.startswith(r"\sum") else rf"\left({text}\right)"

    def _between(self, before: sp.Expr, after: sp.Expr, text: str) -> str:
        """2(y − t), ¼(a + b) and ¼ Σ need no dot, nor do two letters; two numbers do."""
        constant = before.is_Rational or (isinstance(before, sp.Pow) and before.exp == -1)
        if constant and (isinstance(after, sp.Add) or text.startswith(r"\sum")):
            return ""
        return r"\," if self.beside(before, after) else r" \cdot "

    def beside(self, before: sp.Expr, after: sp.Expr) -> bool:
        """Whether two factors stand beside each other without a dot."""
        return before.is_Number and after == sp.pi

    def _print_Pow(self, e, **_):
        base, n = e.args
        if n == -1:
            return rf"\frac{{1}}{{{self.write(base, True)}}}"
        if n == sp.Rational(1, 2):
            return rf"\sqrt{{{self.write(base, True)}}}"
        return f"{self._base(base)}^{{{self.write(n, True)}}}"

    def _base(self, base: sp.Expr) -> str:
        text = self.write(base)
        alone = isinstance(base, sp.Symbol) or base.is_Number or text.startswith(r"\left(")
        if isinstance(base, sp.Add) or not alone or "^" in text or r"\frac" in text:
            return rf"\left({self.write(base, True)}\right)"
        return text

    def _print_Rational(self, e):
        """Halves and quarters as fractions, a hundredth as 0.01."""
        if e.q == 1:
            return self.bracketed(str(e.p))
        sign = "-" if e.p < 0 else ""
        return self.bracketed(rf"{sign}\frac{{{abs(e.p)}}}{{{e.q}}}" if e.q <= 10 else _decimal(e))

    _print_Integer = _print_Half = _print_One = _print_Zero = _print_NegativeOne = _print_Rational

    def _print_Float(self, e):
        return self.bracketed(numbers.latex(float(e)))

    def _call(self, e, **_) -> str:
        """A function under its name. SymPy keeps the arguments of Max and Min in an order of its own, numbers first."""
        listed = ", ".join(self.write(a, True) for a in e.args)
        return rf"{FUNCTIONS[e.func.__name__]}\left({listed}\right)"

    _print_tanh = _print_log = _print_cos = _print_sin = _print_Sigma = _print_erf = _print_sign = _print_Sign = _call
    _print_Max = _print_Min = _print_Largest = _print_Smallest = _print_atan = _print_sinh = _print_cosh = _call

    def _print_Abs(self, e, **_):
        left, right = AROUND[e.func.__name__]
        return f"{left}{self.write(e.args[0], True)}{right}"

    _print_floor = _print_Size = _print_Abs

    def _print_Softmax(self, e, **_):
        """softmax₁(z): the output's own number at the name, in the brackets the scores of all."""
        j, *scores = e.args
        row = [self.write(z, True) for z in scores]
        listed = ", ".join(row if len(row) <= 3 else [row[0], r"\ldots", row[-1]])
        return rf"\text{{softmax}}_{{{j + 1}}}\left({listed}\right)"

    def _print_exp(self, e, **_):
        return f"e^{{{self.write(e.args[0], True)}}}"

    def _print_Clip(self, e, **_):
        return self.write(e.args[0], self.opens)

    def _print_Piecewise(self, e):
        """A slope in cases goes by its name, and one that only a clip switches off by its formula; a value by its cases."""
        if self.prime:
            if name := max(map(self.prime, e.atoms(Cell))):
                return name
            if _clipped(e):
                return self.write(e.args[0][0], self.opens)
        rows = [rf"{self.write(v, True)} & {self.condition(c)}" for v, c in e.args]
        return r"\begin{cases}" + r" \\ ".join(rows) + r"\end{cases}"

    def condition(self, condition) -> str:
        """z > 0, or several of its kind with commas between them."""
        if condition == True:  # noqa: E712 - SymPy's true is not Python's
            return r"\text{otherwise}"
        if isinstance(condition, sp.And):  # between two bounds
            low, high = (next(c for c in condition.args if isinstance(c, kind)) for kind in (sp.Gt, sp.Lt))
            return f"{self.bound(low.rhs)} < {self.condition(high)}"
        return f"{self.write(condition.lhs, True)} {SIGNS[condition.func]} {self.bound(condition.rhs)}"

    def bound(self, e: sp.Expr) -> str:
        """A number very near to 1 as 1 − 10⁻⁷."""
        gap = 1 - float(e) if e.is_Number else 0
        return f"1 - {numbers.latex(gap)}" if 0 < gap < NEAR_ONE else self.write(e, True)


def _decimal(e: sp.Rational) -> str:
    """A constant with all its digits where it has few of them: 0.044715."""
    text = shortest(float(e))
    return text if len(text) <= DIGITS else numbers.latex(float(e))


def _clipped(e: sp.Piecewise) -> bool:
    """Whether its cases are inside and outside of what the logarithm's clip lets through."""
    return any(float(x) == PROBABILITY for _, condition in e.args for x in condition.atoms(sp.Number))


class Numbers(Printer):
    """The same formula in numbers: cells print their number, and of a Piecewise only the branch that was taken."""

    def __init__(self, known: dict[Cell, float], colour: Callable[[Cell, str], str] = lambda cell, tex: tex):
        super().__init__(lambda cell: numbers.latex(known[cell]))
        self.known, self.colour = known, colour

    def _print_Cell(self, e):
        return self.colour(e, super()._print_Cell(e))

    def _print_Piecewise(self, e):
        value = next(v for v, c in e.args if c.xreplace(self.known) == True)  # noqa: E712
        return self.write(value, self.opens)

    def _print_Softmax(self, e, **_):
        j, *scores = e.args
        return self.bracketed(numbers.latex(float(softmax(np.array([self.known[z] for z in scores]))[int(j)])))

    def _print_Clip(self, e, **_):
        return self.bracketed(numbers.latex(float(e.xreplace(self.known).evalf())))


LETTERS = ("value", *letters.UPDATE)  # cells whose product needs no dot; a gradient's fraction does


class Letters(Printer):
    """The formula in letters; a sample's index prints as `sample`, and terms that differ only in it become one sum sign."""

    def __init__(self, sample: str = "", prime: Callable[[Cell], str] | None = None, gradient=lambda tex: tex, many=False):
        super().__init__(self._letter, prime)
        self.sample, self.gradient, self.many = sample, gradient, many

    def factor(self, slope: sp.Expr) -> str:
        """One slope of a chain: an activation's long one goes by its name, a sum stands in brackets."""
        name = max(map(self.prime, slope.atoms(Cell)), default="") if self.prime and slope.count_ops() > WIDE else ""
        tex = name or self.write(slope, True)
        return rf"\left({tex}\right)" if slope.is_Add and not name else tex

    def beside(self, before, after) -> bool:
        """Two letters, or a number and a letter."""
        letter = [isinstance(e, Cell) and e.what in LETTERS for e in (before, after)]
        return (letter[1] and (letter[0] or before.is_Number)) or super().beside(before, after)

    def _letter(self, cell: Cell) -> str:
        if cell.what in letters.UPDATE:
            return letters.letter(cell)
        letter = names.latex(cell.of, cell.index, self.sample, self.many)
        return self.gradient(rf"\frac{{\partial L}}{{\partial {letter}}}") if cell.what == "gradient" else letter

    def _print_Add(self, e):
        texts = {self.write(term) for term in e.args}
        if len(texts) > 1 or len({_samples(term) for term in e.args}) < len(e.args):
            return super()._print_Add(e)
        body = texts.pop()
        return r"\sum_{n} " + (rf"\left({body}\right)" if isinstance(e.args[0], sp.Add) else body)


def _samples(term: sp.Expr) -> frozenset[int]:
    return frozenset(cell.index[0] for cell in term.atoms(Cell) if names.sampled(cell.of))
