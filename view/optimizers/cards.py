"""Each lane's next update of one chosen parameter: what the optimizer remembers, corrects and divides, line by line, in letters and
in this update's numbers. Where Keras writes a term otherwise than PyTorch, that one term is marked and the other shown."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import streamlit as st
import sympy as sp

from engine.explain import Equation
from engine.lines import cells, lines_of
from engine.method import Method, optimizer_of
from engine.objective import Objective
from engine.race import Course, loss_of
from engine.symbols import Cell
from view import names, numbers
from view.equations import equal
from view.ledger import length
from view.numbers import is_
from view.optimizers import called, say
from view.optimizers.state import Now
from view.palette import PALETTE
from view.printer import Letters, Numbers
from view.text import Text

COLUMNS = {2: 2, 4: 2}  # of that many cards; else three
SHORT = 9  # signs of a formula beside which its numbers have room


@dataclass(frozen=True)
class Line:
    """One equation in letters; its caption says what is found, its note what PyTorch has where Keras differs. Both may be empty."""

    caption: str
    formula: str
    note: str


def show_cards(now: Now, theme: str, text: Text) -> None:
    """One card per lane, in rows; below them what is to be said of any, so that no card changes its height."""
    count = len(now.lanes)
    wide = COLUMNS.get(count, 3)
    with st.container(key="race_cards"):
        for first in range(0, count, wide):
            for at, column in zip(range(first, min(first + wide, count)), st.columns(wide, gap="medium"), strict=False):
                with column, st.container(key=f"race_card_{at}"):
                    st.markdown(card(now, at, theme, text))
    with st.container(key="race_remarks"):
        st.markdown("\n".join(f"- {words}" for words in say.all_remarks(now, text)))


def card(now: Now, at: int, theme: str, text: Text) -> str:
    """Title, equations and the effective rate of one lane, as Markdown."""
    equations, method = lines(now, at), now.race.methods[at]
    letters = _letters(now.course, method, now.race.shown, theme, text.lang)
    rows = [row for words, e in zip(letters, equations, strict=True) for row in _rows(words, e, theme)]
    block = r"$$\begin{aligned}" + r"\\[1pt] ".join(rows) + r"\end{aligned}$$"
    title = f"**{at + 1} · {called.name(method, text)}** · η {is_(now.rates[at])}"
    return "\n\n".join([title, block, say.effective(now, at, equations[-2].value, text)])


def lines(now: Now, at: int) -> tuple[Equation, ...]:
    """The update that this lane makes next; of a lane that stopped, the one that it did not survive."""
    k, of, rate = now.at(at), now.of, now.rates[at] * now.moves
    return lines_of(of, of.trace(now.theta(at)), now.optimizers[at], rate, now.lanes[at].state(k), k + 1, now.race.shown)


def _rows(line: Line, e: Equation, theme: str) -> list[str]:
    """What it is, the equation in letters and in numbers, on one row if it is short, and what PyTorch has there. The letters alone
    decide, so no card changes its height from update to update."""
    result = _result(e, theme)
    body = [f"{line.formula} {result}"] if length(line.formula) <= SHORT else [line.formula, f"&{result}"]
    return [*filter(None, [line.caption]), *body, *filter(None, [line.note])]


def _result(e: Equation, theme: str) -> str:
    """ "= 0.9 · 0 + 0.1 · 2.5 = 0.25", or only "= 0.25" where the numbers already are the result."""
    purple = PALETTE[theme]["gradient"]
    printer = Numbers(e.numbers, lambda cell, tex: rf"\textcolor{{{purple}}}{{{tex}}}" if cell.what == "gradient" else tex)
    shown, value = printer.write(e.rhs, True), numbers.latex(e.value)
    sign = equal(e.value) if np.isfinite(e.value) else "="
    return f"= {shown} {sign} {value}" if shown != value else f"{sign} {value}"


# In letters: the same in every update, so written once


@lru_cache(maxsize=512)
def _letters(course: Course, method: Method, shown: int, theme: str, lang: str) -> tuple[Line, ...]:
    """A line for each equation of this method. What two lines have in common is said once."""
    of, text, colours = loss_of(course), Text(lang, "optimizers"), PALETTE[theme]
    forms, others = _forms(of, method, shown), dict(_forms(of, replace(method, flavour="pytorch"), shown))
    found, said = [], ""
    for name, rhs in forms:
        mark, there = changed(rhs, others[name])
        printer, words = Marked(colours["gradient"], mark, text("Keras")), text(called.LINES[name])
        formula = f"{printer.write(Cell('found', name))} &= {printer.write(rhs, True)}"
        caption = _second(rf"\text{{{words}}}", colours) if words != said else ""
        note = _second(rf"\text{{{text('PyTorch has here')}}}\; {Marked().write(there, True)}", colours) if mark else ""
        found.append(Line(caption, formula, note))
        said = words
    value = names.latex(*of.parameters[shown])
    return (*found, Line("", rf"{value} &\leftarrow {value} + {Marked().write(Cell('found', 'step'))}", ""))


def _second(tex: str, colours: dict) -> str:
    """A row of second rank."""
    return rf"&\small\textcolor{{{colours['second']}}}{{{tex}}}"


def _forms(of: Objective, method: Method, shown: int) -> tuple[tuple[str, sp.Expr], ...]:
    return optimizer_of(method).forms(cells(of, shown, 1))


def changed(here: sp.Expr, other: sp.Expr) -> tuple[sp.Expr | None, sp.Expr | None]:
    """The smallest part in which two formulas differ, of each; (None, None) where they are the same."""
    if here == other:
        return None, None
    if here.func == other.func and len(here.args) == len(other.args):
        pairs = [pair for pair in zip(here.args, other.args, strict=True) if pair[0] != pair[1]]
        if len(pairs) == 1:
            return changed(*pairs[0])
    return here, other


class Marked(Letters):
    """Letters, with the one term that is marked under a brace with a word."""

    def __init__(self, colour: str = "", mark: sp.Expr | None = None, word: str = ""):
        super().__init__(gradient=lambda tex: rf"\textcolor{{{colour}}}{{{tex}}}" if colour else tex)
        self.mark, self.word = mark, word

    def _print(self, e, **how):
        tex = super()._print(e, **how)
        return rf"\underbrace{{{tex}}}_{{\text{{{self.word}}}}}" if self.mark is not None and e == self.mark else tex
