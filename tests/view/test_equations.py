"""Every equation the page can show, for every activation, loss and moment: made only of commands that KaTeX knows, and in numbers
that are the trace's own."""

import re
from dataclasses import replace
from itertools import product

import pytest

from engine.experiment import PRESETS
from engine.explain import gradient_of, value_of
from engine.losses import REDUCTIONS
from engine.recipe import with_bias
from engine.symbols import Cell, Cells, minus, plus, power
from engine.symbols import product as times
from engine.update import update_at
from tests.strategies import pairs
from view.equations import Writer, card
from view.ledger import ledger
from view.palette import PALETTE
from view.printer import FUNCTIONS, Letters, Numbers
from view.text import Text

ALLOWED = {
    "frac", "tfrac", "partial", "textcolor", "mathbf", "underbrace", "text", "left", "right", "cdot", "cdots", "sum", "eta", "ell",
    "max", "ln", "tanh", "sigma", "approx", "leftarrow", "quad", "small", "le", "begin", "end", "ldots",
    "ge", "min", "sqrt", "pi", "operatorname",
}  # fmt: skip
ALLOWED |= set(
    re.findall(r"\\([a-zA-Z]+)", " ".join(FUNCTIONS.values()))
)  # a function that is new to the printer is new to no test


def neurons():
    """Activations and losses with every reduction they can have, with and without bias."""
    for (act, loss), reduction, data in product(pairs(), REDUCTIONS, ("xor", "one")):
        base = replace(PRESETS["C"], activation=act, loss=loss, reduction=reduction, data=data)
        yield pytest.param(with_bias(base, reduction == "mean"), id=f"{act}-{loss}-{reduction}-{data}")


def writer(experiment, lang="en") -> Writer:
    return Writer(update_at(experiment, 0), Text(lang), PALETTE["light"])


@pytest.mark.parametrize("experiment", list(neurons()))
def test_only_known_commands(experiment):
    """KaTeX shows an unknown command as red text without an error, so nothing else may ever be written; braces balance."""
    w = writer(experiment)
    lines = [line for m in w.update.moments for line in card(w, m, (0, 1))]
    lines += [line for p in ("forward", "backward", "update") for line, _ in ledger(w, w.update.moments, w.update.moments[-1], p)]
    assert len(lines) > 10
    for line in lines:
        assert set(re.findall(r"\\([a-zA-Z]+)", line)) <= ALLOWED
        bare = line.replace(r"\{", "").replace(r"\}", "")
        assert bare.count("{") == bare.count("}") and line.count(r"\left") - line.count(r"\leftarrow") == line.count(r"\right")
        assert not re.search(r"[+·] -|\\cdot -|-0(?![.\d])", line), line


def test_a_negative_is_bracketed_unless_it_opens():
    """−0.375 · 1 may open a line; behind a sign or a dot it stands in brackets."""
    a, b = Cells("a", (1, 1)).at(0, 0), Cells("b", (1, 1)).at(0, 0)
    known = {a: -0.5, b: -2.0}
    assert Numbers(known).write(times(a, b), True) == r"-0.5 \cdot \left(-2\right)"
    assert Numbers(known).write(plus(a, b), True) == r"-0.5 + \left(-2\right)"
    assert Numbers(known).write(power(minus(a, b), 2), True) == r"\left(-0.5 - \left(-2\right)\right)^{2}"


def test_factors_stay_where_the_book_puts_them():
    """Nothing is sorted, merged or multiplied out."""
    b, a = Cells("b", (1, 1)).at(0, 0), Cells("a", (1, 1)).at(0, 0)
    assert Letters().write(times(2, minus(b, a)), True) == r"2\left(b - a\right)"
    assert Letters().write(times(b, a), True) == r"b\,a"


def test_equal_terms_of_one_sample_are_no_sum_sign():
    """x·x has two paths, x + x; a sum sign is only for terms that differ in their sample."""
    twice = plus(*(Cell("value", "x", (0, 0), slot) for slot in (0, 1)))
    assert Letters("n").write(twice) == "x_{1,n} + x_{1,n}"
    samples = plus(*(Cell("value", "l", (n,)) for n in range(4)))
    assert Letters("n").write(samples) == r"\sum_{n} \ell_{n}"


def test_preset_b_reads_as_in_the_book():
    """∂L/∂w₂ of preset B in words and in numbers: the two samples' votes are seen to disagree."""
    w = writer(PRESETS["B"])
    e = gradient_of(w.update.trace, "W", (0, 1))
    assert Numbers(e.numbers).write(e.rhs, True) == r"0 \cdot 0 + \left(-0.375\right) \cdot 1 + 0.125 \cdot 0 + 0.75 \cdot 1"
    z = value_of(w.update.trace, "z", (3, 0))
    assert Letters("n").write(z.rhs, True) == r"w_{1}\,x_{1,n} + w_{2}\,x_{2,n}"
    assert Numbers(z.numbers).write(z.rhs, True) == r"1.25 \cdot 1 + 0.25 \cdot 1"


def test_later_lines_are_blanks():
    """What a moment has not reached is a blank with no number in it."""
    w = writer(PRESETS["B"])
    for line, lit in ledger(w, w.update.moments[:4], w.update.moments[3], "backward"):
        assert "ldots" in line and not lit and not re.search(r"= [-\d(]", line)
