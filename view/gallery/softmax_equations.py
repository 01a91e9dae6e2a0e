"""Softmax, its Jacobian and the two cancellations as the page shows them: in words under braces, then the same in the numbers of
this example. The engine gives the equations; here they are only put in lines."""

from dataclasses import dataclass

import numpy as np

from engine.cancellation import Pair, difference, jacobian_of, shares
from engine.explain import Equation, value_of
from engine.op import Array
from engine.program import Trace
from engine.symbols import Cell
from view import numbers
from view.equations import equal
from view.printer import Numbers, Printer
from view.text import Text

TARGET = 0  # the class that is right: which one it is called is a matter of naming, so it is the first
FEW = 2  # terms are written out in full, whatever they are


@dataclass(frozen=True)
class Case:
    """What is printed: the pair at one example, traced in two steps and as one, and the language and colours to print it in."""

    pair: Pair
    apart: Trace
    fused: Trace
    text: Text
    colours: dict

    def coloured(self, tex: str, colour: str) -> str:
        return rf"\textcolor{{{self.colours[colour]}}}{{{tex}}}"

    def gradient(self, below: str) -> str:
        """∂L/∂z₁ in its colour."""
        return self.coloured(rf"\frac{{\partial L}}{{\partial {below}}}", "gradient")

    def letter(self, cell: Cell) -> str:
        """z, or z₁ where there are several."""
        return cell.of if self.pair.key == "sigmoid" else f"{cell.of}_{{{cell.index[-1] + 1}}}"


class Words(Printer):
    """Letters, with no dot between two of them."""

    def beside(self, before, after) -> bool:
        return isinstance(before, Cell)


def brace(tex: str, below: str) -> str:
    """A brace with LaTeX below it."""
    return rf"\underbrace{{{tex}}}_{{{below}}}"


def block(lines: list[str]) -> str:
    """`left &= right` lines below each other."""
    return "$$\n" + r"\begin{aligned}" + r" \\[8pt] ".join(lines) + r"\end{aligned}" + "\n$$"


def in_numbers(equation: Equation) -> str:
    return Numbers(equation.numbers).write(equation.rhs, opens=True)


# Softmax itself


def softmax(case: Case) -> list[str]:
    """p_i in words, then each p in numbers."""
    above = rf"\overbrace{{e^{{z_i}}}}^{{\text{{{case.text('its own')}}}}}"
    below = brace(r"\textstyle\sum_{j} e^{z_j}", rf"\text{{{case.text('those of all')}}}")
    classes = range(case.apart.values["p"].shape[-1])
    return [rf"p_i &= \frac{{{above}}}{{{below}}}", *(_share(case, value_of(case.apart, "p", (0, i)), i) for i in classes)]


def _share(case: Case, shown: Equation, i: int) -> str:
    return rf"p_{{{i + 1}}} &= {in_numbers(shown)} {equal(shown.value)} \mathbf{{{numbers.latex(shown.value)}}}"


# The Jacobian


def jacobian(case: Case) -> list[str]:
    """The rule in words, the matrix in letters, and the matrix in numbers; colour and sign say who wins and who loses."""
    entries = jacobian_of(case.apart)
    diagonal = case.coloured("p_i\\,(1 - p_i)", "positive")
    beside = case.coloured("-p_i\\,p_j", "negative")
    rule = rf"\begin{{cases}} {diagonal} & i = j \\ {beside} & i \ne j \end{{cases}}"
    letters = [[_signed(case, Words(case.letter).write(e.rhs, opens=True), 1 if i == j else -1) for j, e in enumerate(row)]
               for i, row in enumerate(entries)]  # fmt: skip
    found = [[_signed(case, numbers.latex(e.value), np.sign(e.value)) for e in row] for row in entries]
    sign = equal_all([e.value for row in entries for e in row])
    return [rf"\frac{{\partial p_i}}{{\partial z_j}} &= {rule}", rf"J &= {matrix(letters)}", rf"&{sign} {matrix(found)}"]


def matrix(rows: list[list[str]]) -> str:
    lines = r" \\ ".join(" & ".join(row) for row in rows)
    return r"\left(\begin{array}{" + "r" * len(rows[0]) + "}" + lines + r"\end{array}\right)"


def equal_all(values: list[float]) -> str:
    return "=" if numbers.exact(*values) else r"\approx"


def _signed(case: Case, tex: str, sign: float) -> str:
    return case.coloured(tex, "positive" if sign > 0 else "negative" if sign < 0 else "later")


# What cancels


def cancelled(case: Case) -> list[str]:
    """∂L/∂z in words: the error from above times the slope, what cancels in them, and what is left."""
    return _two(case) if case.pair.key == "sigmoid" else _many(case)


def _two(case: Case) -> list[str]:
    factors = _factors(case, r"\frac{p - t}{p\,(1 - p)}", r"\partial L / \partial p", r"p\,(1 - p)", r"\partial p / \partial z")
    crossed = r"\frac{p - t}{\cancel{p\,(1 - p)}} \cdot \cancel{p\,(1 - p)}"
    return [rf"{case.gradient('z')} &= {factors}", rf"&= {crossed} = p - t"]


def _many(case: Case) -> list[str]:
    error, slope = r"\left(-\frac{t_i}{p_i}\right)", r"p_i\,\left([i = j] - p_j\right)"
    factors = _factors(case, error, r"\partial L / \partial p_i", slope, r"\partial p_i / \partial z_j")
    crossed = r"\left(-\frac{t_i}{\cancel{p_i}}\right) \cdot \cancel{p_i}\,\left([i = j] - p_j\right)"
    one = brace(r"\textstyle\sum_{i} t_i", "1")
    return [
        rf"{case.gradient('z_j')} &= \sum_{{i}} {factors}",
        rf"&= \sum_{{i}} {crossed}",
        rf"&= -t_j + p_j {one} = p_j - t_j",
    ]


def _factors(case: Case, error: str, upstream: str, slope: str, local: str) -> str:
    """Both factors with their roles below: the error, a gradient, in its colour."""
    above = brace(error, rf"\text{{{case.text('error')} }}" + case.coloured(upstream, "gradient"))
    return rf"{above} \cdot " + brace(slope, rf"\text{{{case.text('slope')} }}" + local)


def worked_out(case: Case) -> list[str]:
    """The same in numbers, one line for each z_j: term by term, their sum, and p_j − t_j beside it."""
    return [_line(case, j) for j in range(case.apart.values["z"].shape[-1])]


def _line(case: Case, j: int) -> str:
    terms, left = shares(case.pair, case.apart, j), difference(case.fused, j)
    total, row = float(case.apart.grads["z"][0, j]), " + ".join(_term(case, term, k, len(terms)) for k, term in enumerate(terms))
    line = rf"{case.gradient(case.letter(left.lhs))} &= {row} {equal(total)} {_result(case, total)}"
    rest = f"{Words(case.letter).write(left.rhs, opens=True)} = {in_numbers(left)}"
    if np.isclose(total, left.value, rtol=1e-9, atol=1e-15):
        return f"{line} = {rest}"
    apart = case.coloured(r"\ne", "negative")
    return rf"{line} {apart} {rest} {equal(left.value)} {_result(case, left.value)}"


def _result(case: Case, x: float) -> str:
    return case.coloured(rf"\mathbf{{{numbers.latex(x)}}}", "gradient")


def _term(case: Case, term: Equation, k: int, count: int) -> str:
    """The k-th term in numbers, with its result below it where there are several. One that is 0 is grey, and among many only its
    error is written out."""
    printer = Numbers(term.numbers)
    tex = printer.write(term.rhs, opens=k == 0)
    if not term.value and count > FEW:
        tex = rf"{printer.write(term.rhs.args[0], opens=k == 0)} \cdot (\cdots)"
    shown = brace(tex, numbers.latex(term.value)) if count > 1 else tex
    return shown if term.value else case.coloured(shown, "later")


def first_row(slopes: Array) -> str:
    """The Jacobian's first row (k, k) as a sum in running text, to one decimal place: 0.22269 − 0.1628 − 0.05989."""
    first, *rest = numbers.together([*map(float, slopes[0]), 0.0])[:-1]
    return " ".join([first, *(f"− {x[1:]}" if x.startswith("−") else f"+ {x}" for x in rest)])
