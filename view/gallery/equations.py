"""The chosen entry in equations: what it is, its slope and its tangent, each in letters, then in the numbers of the place where the
reader stands. The engine gives the equations; here they are only put in lines."""

import re

from engine.alone import slope, tangent, value
from engine.explain import Equation
from engine.symbols import Cell
from view import numbers
from view.equations import equal, reason
from view.gallery.entry import Chosen
from view.printer import Letters, Numbers
from view.text import Text

Lines = tuple[list[str], list[str], list[str]]  # value, slope, tangent


class Alone(Letters):
    """The slope of an activation that stands alone is y'(z); that of a loss is where backpropagation starts, ∂L/∂y."""

    def __init__(self, chosen: Chosen, colour: str):
        super().__init__(gradient=lambda tex: rf"\textcolor{{{colour}}}{{{tex}}}")
        self.chosen = chosen

    def _letter(self, cell: Cell) -> str:
        if cell.what == "gradient" and not self.chosen.is_loss:
            return self.gradient(rf"y'\left({cell.of}\right)")
        return super()._letter(cell)


class Free(Numbers):
    """Numbers, but for the cell of this name, which stays a letter: the x of a straight line."""

    def __init__(self, known, free: str, colour):
        super().__init__(known, colour)
        self.leaf = lambda cell: cell.of if cell.of == free else numbers.latex(known[cell])


def lines(chosen: Chosen, colour: str, text: Text) -> Lines:
    """`left &= right` lines; colour: of slopes."""
    letters = Alone(chosen, colour)
    y, s, line = value(chosen.trace), slope(chosen.trace), tangent(chosen.trace)
    straight = rf"T\left(x\right) &= {letters.write(line.rhs, True)}"
    figures = Free(line.numbers, "x", _coloured(colour)).write(line.rhs, True)
    return (
        [_words(letters, y), *_figures(y, "value", colour, text)],
        [_words(letters, s), *_figures(s, "gradient", colour, text)],
        [straight, f"&{_sign(line, 'x')} {figures}"],
    )


def _words(letters: Alone, e: Equation) -> str:
    return f"{letters.write(e.lhs, True)} &= {letters.write(e.rhs, True)}"


def _figures(e: Equation, what: str, colour: str, text: Text) -> list[str]:
    """In numbers and as a result; where there are cases, why this one."""
    figures = Numbers(e.numbers)
    shown, number = figures.write(e.rhs, True), numbers.latex(e.value)
    bold = rf"\mathbf{{{number}}}"
    result = rf"\textcolor{{{colour}}}{{{bold}}}" if what == "gradient" else bold
    found = f"&{equal(e.value)} {result}" if shown == number else f"&{_sign(e)} {shown} {equal(e.value)} {result}"
    return [found + rf"\text{{{text(', because ')}}} {reason(figures, e.rhs, e)}" if e.rhs.is_Piecewise else found]


def _sign(e: Equation, free: str = "") -> str:
    """= where all digits of its numbers are shown."""
    return "=" if numbers.exact(*(x for cell, x in e.numbers.items() if cell.of != free)) else r"\approx"


def _coloured(colour: str):
    return lambda cell, tex: rf"\textcolor{{{colour}}}{{{tex}}}" if cell.what == "gradient" else tex


def width(line: str) -> int:
    """About as many signs as it is wide: the larger part of a fraction is not told apart, commands and braces are nothing."""
    return len(re.sub(r"\\textcolor\{#\w+\}|\\[a-zA-Z]+|[{}\\^_&]| ", "", line))


def block(lines: list[str]) -> str:
    return "$$\n" + r"\begin{aligned}" + r" \\[6pt] ".join(lines) + r"\end{aligned}" + "\n$$"
