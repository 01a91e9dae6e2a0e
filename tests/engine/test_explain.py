"""Every equation on the screen is data, so it can be worked out: its right side, in 30 digits, is the number the engine
computed. Shares and paths add up to the gradient, and no factor is merged, moved or lost on the way."""

from math import prod

import numpy as np
import pytest
import sympy as sp
from hypothesis import given

from engine.explain import Equation, equation, evaluate, gradient_of, shares_of, summary_of, update_of, value_of
from engine.history import descend
from engine.losses import SUM
from engine.objective import objective
from engine.optimizers import GRADIENT_DESCENT
from engine.program import Step
from engine.symbols import Cell, product
from engine.terms import paths, terms
from tests.strategies import BY_HAND, MULTIPLY, XOR, cases, examples

SQUARE = objective((Step("p", MULTIPLY, ("x", "x")), Step("L", SUM, ("p",))), {}, [("x", (1,))])


def holds(shown: Equation) -> bool:
    """The right side of the equation, worked out, is its number."""
    return evaluate(shown) == pytest.approx(shown.value, rel=1e-9, abs=1e-12)


def places(arrays):
    """Every element of every array: (name, index)."""
    return [(name, i) for name, array in arrays.items() for i in np.ndindex(np.shape(array))]


def reading(formula) -> list:
    """The cells of a formula in the order in which they are written."""
    return [node for node in sp.preorder_traversal(formula, keys=None) if isinstance(node, Cell)]


@examples(15)
@given(cases(layers=2, width=3, samples=3))
def test_every_equation_holds(case):
    """Each value, each gradient and each update: the equation, evaluated, is the number of the trace."""
    trace = case.of.trace(case.theta)
    computed = {step.out: trace.values[step.out] for step in case.of.program}
    after = case.of.views(descend(case.of, case.theta, ((0, 0.3),), 1).theta[-1])
    assert all(holds(value_of(trace, name, i)) for name, i in places(computed))
    assert all(holds(gradient_of(trace, name, i)) for name, i in places(trace.grads) if name != "L")
    assert all(holds(update_of(trace, GRADIENT_DESCENT, 0.3, name, i, after[name][i])) for name, i in places(after))


@examples(15)
@given(cases(layers=2, width=3, samples=3))
def test_shares_add_up_to_the_gradient(case):
    """The votes under a gradient, one per term, have the gradient as their sum."""
    trace = case.of.trace(case.theta)
    for name, i in places({name: trace.grads[name] for name, _ in case.of.layout}):
        votes = [vote for _, vote in shares_of(trace, name, i)]
        assert len(votes) == len(case.data.x)
        assert sum(votes) == pytest.approx(float(trace.grads[name][i]), rel=1e-9, abs=1e-12)


@examples(10)
@given(cases(layers=3, width=2, samples=2))
def test_the_sum_over_all_paths_is_the_gradient(case):
    """A weight has one path per sample and per way through the later layers, and through a softmax by each of its outputs; the
    long product over them is the gradient."""
    trace = case.of.trace(case.theta)
    ways = case.net.units[-1] if case.net.activations[-1] == "softmax" and "y" in trace.grads else 1
    for layer, (name, _) in enumerate((n, s) for n, s in case.of.layout if n.startswith("W")):
        i = (0, 0)
        shown, routes = summary_of(trace, name, i)
        assert len(routes) == len(case.data.x) * prod(case.net.units[layer + 2 :]) * ways
        assert all(route[0].step.out == "L" and name in route[-1].step.args for route in routes)
        alone = [evaluate(equation(trace, shown.lhs, product(*(t.slope for t in route)), 0.0)) for route in routes]
        assert sum(alone) == pytest.approx(float(trace.grads[name][i]), rel=1e-9, abs=1e-12)
        assert holds(shown)


def test_x_times_x_has_two_paths_and_is_never_x_squared():
    """Two uses of one number are two cells, two terms and two paths, and are written x·x."""
    trace = SQUARE.trace([3.0])
    shown = value_of(trace, "p", (0,))
    assert [cell.slot for cell in reading(shown.rhs)] == [0, 1]
    assert not shown.rhs.has(sp.Pow) and holds(shown)
    assert len(list(terms(trace, "x", (0,)))) == len(list(paths(trace, "x", (0,)))) == 2
    assert [share for _, share in shares_of(trace, "x", (0,))] == [3.0, 3.0]
    assert len(gradient_of(trace, "x", (0,)).rhs.args) == 2 and trace.grads["x"][0] == 6.0


def test_order_of_factors_is_the_books():
    """A product is read in the order in which it was built, even against the alphabet."""
    cells = [Cell("value", name) for name in ("z", "a", "m")]
    assert reading(product(*cells)) == cells
    assert list(product(*cells).args) == cells


def test_the_chain_rule_is_written_from_the_loss_to_the_weight():
    """∂L/∂w1 of the neuron in one line: 2 · (y − y_true) · y′(z) · x1, with no factor 1 and nothing multiplied out."""
    trace = BY_HAND.trace([0.5, 0.5])
    shown, _ = summary_of(trace, "W", (0, 0))
    assert len(shown.rhs.args) == 3 and shown.rhs.args[0].args[0] == 2
    assert [cell.of for cell in reading(shown.rhs)] == ["y", "y_true", "z", "x"]
    assert shown.value == 1.0


def test_the_loss_is_written_as_a_square():
    """L = (y − y_true)²: a power of a difference, not multiplied out."""
    shown = value_of(BY_HAND.trace([0.5, 0.5]), "L", (0,))
    difference, exponent = shown.rhs.args
    assert shown.rhs.is_Pow and difference.is_Add and exponent == 2
    assert [cell.of for cell in reading(difference)] == ["y", "y_true"] and shown.value == 0.25


def test_each_gradient_is_upstream_times_local():
    """∂L/∂w1 on XOR is a sum over the samples of ∂L/∂z · x1, each upstream gradient first, samples in order."""
    shown = gradient_of(XOR.trace([1.25, 0.25]), "W", (0, 0))
    assert [(c.what, c.of, c.index) for c in reading(shown.rhs)] == [
        cell for n in range(4) for cell in (("gradient", "z", (n, 0)), ("value", "x", (n, 0)))
    ]


def test_the_update_is_old_minus_rate_times_gradient():
    """w1 ← w1 − η · ∂L/∂w1, in this order and with the rate that was used."""
    shown = update_of(BY_HAND.trace([0.5, 0.5]), GRADIENT_DESCENT, 0.05, "W", (0, 1), 0.4)
    assert [cell.what for cell in reading(shown.rhs)] == ["value", "rate", "gradient"]
    assert sorted(shown.numbers.values()) == [0.05, 0.5, 2.0] and holds(shown)


def test_a_wrong_number_is_noticed():
    """`holds` is no rubber stamp: an equation with another value fails."""
    shown = value_of(BY_HAND.trace([0.5, 0.5]), "z", (0, 0))
    assert holds(shown) and not holds(Equation(shown.lhs, shown.rhs, shown.value + 1e-6, shown.numbers))
