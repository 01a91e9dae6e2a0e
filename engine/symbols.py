"""How a formula is written down: cells are the numbers in it, and the builders keep every factor where the book puts it.
SymPy must not sort, merge or multiply out what a reader is about to see, so nothing here is ever evaluated."""

from dataclasses import dataclass

import sympy as sp

from engine.limits import PROBABILITY


class Cell(sp.Symbol):
    """One occurrence of one number: `what` it is, `of` which array, at which `index`, through which argument `slot`.

    what: "value", "gradient", "next" (the value after the update), "rate" (the learning rate) or "count" (of samples, of updates);
    in an optimizer's lines also "memory" (kept from the update before), "found" (worked out in this one) and "hyper" (chosen).
    Two occurrences of the same number differ in their slot, so x·x keeps its two paths and never becomes x².
    """

    def __new__(cls, what: str, of: str, index: tuple = (), slot: int = 0):
        cell = super().__new__(cls, f"{what} {of} {index} {slot}", real=True)
        cell.what, cell.of, cell.index, cell.slot = what, of, tuple(index), slot
        return cell


@dataclass(frozen=True)
class Cells:
    """The symbolic twin of an array: `at(*i)` is the cell of element i."""

    name: str
    shape: tuple
    slot: int = 0

    def at(self, *i) -> Cell:
        return Cell("value", self.name, i, self.slot)


def expression(x) -> sp.Expr:
    """A plain 2 as SymPy's 2; an expression as it is."""
    return sp.Integer(x) if isinstance(x, int) else x


def product(*factors):
    """f·g·h in this order; factors 1 are left out."""
    kept = [f for f in map(expression, factors) if f != 1]
    return sp.Mul(*kept, evaluate=False) if len(kept) > 1 else kept[0] if kept else sp.Integer(1)


def plus(*terms):
    """a + b + c in this order; equal terms stay apart."""
    return sp.Add(*terms, evaluate=False) if len(terms) > 1 else expression(terms[0])


def minus(a, b):
    return plus(a, negative(b))


def negative(a):
    return sp.Mul(sp.Integer(-1), a, evaluate=False)


def over(a, b):
    """a divided by b; a denominator 1 is left out."""
    if b == 1:
        return a
    below = sp.Pow(b, -1, evaluate=False)
    return below if a == 1 else sp.Mul(a, below, evaluate=False)


def power(a, n):
    return sp.Pow(a, n, evaluate=False)


def exp(a):
    return sp.exp(a, evaluate=False)


def log(a):
    return sp.log(a, evaluate=False)


class Sigma(sp.Function):
    """The logistic function under its own name, σ(z) = 1 / (1 + e⁻ᶻ), where writing it out would hide the idea."""

    def fdiff(self, argindex=1):
        return self * (1 - self)

    def _eval_evalf(self, prec):
        return (1 / (1 + sp.exp(-self.args[0])))._eval_evalf(prec)


# Functions with corners. SymPy's own ponder for seconds whether a long formula is real or positive; here nobody asks.


class Above(sp.Function):
    """1 where a number is above 0, else 0."""

    def fdiff(self, argindex=1):
        return sp.Integer(0)

    def _eval_evalf(self, prec):
        return sp.Integer(bool(self.args[0]._eval_evalf(prec) > 0))


class Largest(sp.Function):
    """max(a, b), the arguments in the given order; where they are equal the slope is a's."""

    def fdiff(self, argindex=1):
        a, b = self.args
        second = Above(b - a)
        return 1 - second if argindex == 1 else second

    def _eval_evalf(self, prec):
        return sp.Max(*(x._eval_evalf(prec) for x in self.args))


class Smallest(sp.Function):
    """min(a, b), the arguments in the given order; where they are equal the slope is a's."""

    def fdiff(self, argindex=1):
        a, b = self.args
        second = Above(a - b)
        return 1 - second if argindex == 1 else second

    def _eval_evalf(self, prec):
        return sp.Min(*(x._eval_evalf(prec) for x in self.args))


class Sign(sp.Function):
    """−1, 0 or 1: on which side of 0 a number lies."""

    def fdiff(self, argindex=1):
        return sp.Integer(0)

    def _eval_evalf(self, prec):
        return sp.sign(self.args[0]._eval_evalf(prec))


class Size(sp.Function):
    """|x|."""

    def fdiff(self, argindex=1):
        return Sign(self.args[0])

    def _eval_evalf(self, prec):
        return sp.Abs(self.args[0]._eval_evalf(prec))


class Inside(sp.Function):
    """1 where a probability is inside of the clip, else 0."""

    def fdiff(self, argindex=1):
        return sp.Integer(0)

    def _eval_evalf(self, prec):
        return sp.Integer(bool(PROBABILITY < self.args[0]._eval_evalf(prec) < 1 - PROBABILITY))


class Clip(sp.Function):
    """A probability held inside [1e-7, 1 − 1e-7]; its slope is 1 inside and 0 outside (the gradient of the clipped loss)."""

    def fdiff(self, argindex=1):
        return Inside(self.args[0])

    def _eval_evalf(self, prec):
        p = self.args[0]._eval_evalf(prec)
        return sp.Min(sp.Max(p, PROBABILITY), 1 - PROBABILITY) if p.is_Number else None
