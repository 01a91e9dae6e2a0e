"""What is printed says what the formula is: every line of every optimizer, clipping and schedule, and every activation and loss, is
printed in numbers with all their digits and read back; in letters it is what the book writes."""

import re

import numpy as np
import pytest
import sympy as sp

from engine.activations import ACTIVATIONS, CLASS_ACTIVATIONS
from engine.explain import gradient_of, value_of
from engine.functions import ROSENBROCK
from engine.lines import lines_of
from engine.losses import CLASS_LOSSES, LOSSES
from engine.objective import Objective
from engine.program import Step
from engine.symbols import Cell, over
from tests.engine.test_optimizers import ALL, ETA, OF, START, states
from tests.view.read_latex import FUNCTIONS as READ
from tests.view.read_latex import read
from view import numbers
from view.printer import FUNCTIONS, Letters, Numbers


@pytest.fixture
def all_digits(monkeypatch):
    """Numbers are printed with every digit, so that what is read back is the engine's number and not nearly so."""

    def digits(x: float) -> str:
        text = f"{x:.17g}"
        return re.sub(r"e\+?(-?)0*(\d+)", r" \\cdot 10^{\1\2}", text)

    monkeypatch.setattr(numbers, "latex", digits)


Z, T = Cell("value", "z", (0, 0)), Cell("value", "t", (0, 0))
HALF = sp.Rational(1, 2)
WRITTEN = {
    "root": (sp.Pow(Z, HALF, evaluate=False), r"\sqrt{z}", r"\sqrt{0.25}"),
    "max": (sp.Max(Z, -3, evaluate=False), r"\max\left(-3, z\right)", r"\max\left(-3, 0.25\right)"),
    "min": (sp.Min(1, Z, T, evaluate=False), r"\min\left(1, t, z\right)", r"\min\left(1, -2, 0.25\right)"),
    "abs": (sp.Abs(T, evaluate=False), r"\left|t\right|", r"\left|-2\right|"),
    "sign": (sp.sign(T, evaluate=False), r"\operatorname{sign}\left(t\right)", r"\operatorname{sign}\left(-2\right)"),
    "erf": (sp.erf(T, evaluate=False), r"\operatorname{erf}\left(t\right)", r"\operatorname{erf}\left(-2\right)"),
    "floor": (
        sp.floor(over(Z, T), evaluate=False),
        r"\left\lfloor \frac{z}{t} \right\rfloor", r"\left\lfloor \frac{0.25}{-2} \right\rfloor",
    ),
    "cos": (
        sp.cos(sp.Mul(sp.pi, Z, evaluate=False), evaluate=False),
        r"\cos\left(\pi \cdot z\right)", r"\cos\left(\pi \cdot 0.25\right)",
    ),
    "power of a sum": (sp.Pow(sp.Add(Z, T, evaluate=False), HALF), r"\sqrt{z + t}", r"\sqrt{0.25 + \left(-2\right)}"),
    "number to a power": (sp.Pow(sp.Rational("0.96"), Z, evaluate=False), "0.96^{z}", "0.96^{0.25}"),
    "gradient squared": (
        sp.Pow(Cell("gradient", "W", (0, 0)), 2, evaluate=False), r"\left(\frac{\partial L}{\partial w_{1}}\right)^{2}", "3^{2}",
    ),
}  # fmt: skip


@pytest.mark.parametrize("formula, words, figures", WRITTEN.values(), ids=WRITTEN)
def test_functions_as_the_book_writes_them(formula, words, figures):
    """In letters and in numbers; a negative number needs no bracket where a bracket, a bar or a comma is beside it."""
    assert Letters().write(formula, True) == words
    assert Numbers({Z: 0.25, T: -2.0, Cell("gradient", "W", (0, 0)): 3.0}).write(formula, True) == figures


@pytest.mark.parametrize("optimizer", ALL.values(), ids=ALL)
def test_the_lines_of_an_update_are_read_back(optimizer, all_digits):
    """Three updates of both weights: every line as it is printed in numbers gives the engine's number."""
    for theta, _, state, t in states(optimizer, OF, START, 3):
        for place in range(2):
            for shown in lines_of(ROSENBROCK.objective, OF.trace(theta), optimizer, ETA, state, t, place):
                assert read(Numbers(shown.numbers).write(shown.rhs, True)) == pytest.approx(shown.value, rel=1e-11, abs=1e-15)


def printed(key: str) -> list[str]:
    """The lines of an optimizer's first weight, in letters."""
    theta, _, state, t = next(states(ALL[key], OF, START, 1))
    return [Letters().write(e.rhs, True) for e in lines_of(OF, OF.trace(theta), ALL[key], ETA, state, t, 0)]


def test_an_update_in_letters():
    """Adam's lines as in Kingma and Ba 2015, clipping and schedules as in the documentation of PyTorch."""
    m, v, m_hat, v_hat, step, new = printed("adam pytorch")
    assert m.startswith(r"\beta_{1}\,m_{t-1} + \left(1 - \beta_{1}\right) \cdot ")
    assert v.startswith(r"\beta_{2}\,v_{t-1}") and v_hat == r"\frac{v_{t}}{1 - \beta_{2}^{t}}"
    assert m_hat == r"\frac{m_{t}}{1 - \beta_{1}^{t}}"
    assert step == r"-\frac{\eta\,\hat{m}_{t}}{\sqrt{\hat{v}_{t}} + \varepsilon}" and new == r"u + \Delta_{t}"
    assert re.fullmatch(r"\\max\\left\(-c, \\min\\left\(.*, c\\right\)\\right\)", printed("cut")[0])
    assert printed("schedule step")[0] == r"\eta \cdot \gamma^{\left\lfloor \frac{t - 1}{S} \right\rfloor}"
    assert printed("schedule cosine")[0].startswith(r"\eta \cdot \frac{1}{2}\left(1 + \cos\left(\pi \cdot \min\left(1, ")
    assert printed("adam pytorch amsgrad")[2] == r"\max\left(v_{t}, v^{\max}_{t-1}\right)"


def one_step(op, *args) -> Objective:
    """The entry alone as a program: its arguments are the parameters."""
    names = tuple(f"a{k}" for k in range(len(args)))
    return Objective((Step("L", op, names),), dict(zip(names, args, strict=True)), ((names[0], np.shape(args[0])),))


ENTRIES = {**ACTIVATIONS, **CLASS_ACTIVATIONS, **LOSSES, **CLASS_LOSSES}


@pytest.mark.parametrize("op", ENTRIES.values(), ids=ENTRIES)
def test_every_entry_is_read_back(op, all_digits):
    """Form and slope of every activation and loss as they are printed in numbers, on both sides of 0, beyond ±1 and beyond ±3."""
    for z in (-4.0, -1.5, -0.3, 0.2, 0.75, 3.5):
        a = np.array([[1 / (1 + np.exp(-z)) if op.probability else z, 0.4]])
        args = [a] if op.role in ("activation", "probabilities") else [a, np.array([[1.0, 0.0]])]
        of = one_step(op, *args)
        trace = of.trace(a.ravel())
        shown = [value_of(trace, "L", o) for o in np.ndindex(trace.values["L"].shape)]
        shown += [gradient_of(trace, "a0", i) for i in np.ndindex(a.shape)]
        for e in shown:
            assert read(Numbers(e.numbers).write(e.rhs, True)) == pytest.approx(e.value, rel=1e-11, abs=1e-14)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_the_printer_writes_can_be_read_back(name):
    """So an entry with a function that is new to both fails here, by its name, and needs a line in each."""
    assert FUNCTIONS[name] in READ
    if hasattr(np, name):
        assert READ[FUNCTIONS[name]](0.5) == pytest.approx(getattr(np, name)(0.5))


MINUS = {  # a product with a minus sign in front, of the numbers of z and t
    "a zero in front": ((0.0, 3.0), r"0 \cdot 3"),
    "a zero behind": ((3.0, 0.0), r"-3 \cdot 0"),
    "no zero": ((0.5, 3.0), r"-0.5 \cdot 3"),
}


@pytest.mark.parametrize("values, alone", MINUS.values(), ids=MINUS)
def test_zero_has_no_sign(values, alone):
    """A product that begins with 0 is 0, also in colour: −0 is never seen."""
    e = sp.Mul(sp.Integer(-1), Z, T, evaluate=False)
    known = dict(zip((Z, T), values, strict=True))
    assert Numbers(known).write(e, True) == alone
    coloured = Numbers(known, lambda cell, tex: rf"\textcolor{{#A63292}}{{{tex}}}").write(e, True)
    assert re.sub(r"\\textcolor\{#A63292\}\{([^}]*)\}", r"\1", coloured) == alone
    inside = Numbers(known).write(sp.Mul(T, e, evaluate=False))
    assert "-0 " not in inside and read(inside) == pytest.approx(-values[0] * values[1] ** 2)
