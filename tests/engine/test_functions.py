"""The named landscapes go through the same code as every network: value, gradient, equations, moments, Hessian and surface. Their
formulas stand here as the papers write them, and autograd differentiates these."""

import autograd
import numpy as np
import pytest
import sympy as sp

import tests.engine.test_ops as contract
from engine.check import check, composed
from engine.explain import evaluate, gradient_of, shares_of, value_of
from engine.functions import BEALE, FUNCTIONS, HIMMELBLAU, RAVINE, ROSENBROCK, SADDLE
from engine.hessian import curvature
from engine.moments import moments
from engine.plane import of_parameters
from engine.scalar_ops import SCALAR_OPS, weighted
from engine.surface import surface

PAPER = {
    "bowl": lambda w: (w[0] ** 2 + w[1] ** 2) / 2,
    "ravine": lambda w: w[0] ** 2 / 2 + 25 * w[1] ** 2 / 2,
    "saddle": lambda w: w[0] ** 2 / 2 + (w[1] ** 2 - 1) ** 2 / 4,
    "rosenbrock": lambda w: (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2,
    "beale": lambda w: (
        (1.5 - w[0] + w[0] * w[1]) ** 2 + (2.25 - w[0] + w[0] * w[1] ** 2) ** 2 + (2.625 - w[0] + w[0] * w[1] ** 3) ** 2
    ),
    "himmelblau": lambda w: (w[0] ** 2 + w[1] - 11) ** 2 + (w[0] + w[1] ** 2 - 7) ** 2,
}
OPS = {**SCALAR_OPS, "three with a constant": weighted("1/2", -3, "2.25", constant=-11), "c − a": weighted(-1, constant="2.625")}
ARGUMENTS = {"square": 1, "product": 2, "sum": 2, "difference": 2, "three with a constant": 3, "c − a": 1}

each = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
each_op = pytest.mark.parametrize("op, shapes", [(op, [(3,)] * ARGUMENTS[key]) for key, op in OPS.items()], ids=OPS)


def places(count=20, reach=3.0):
    return np.random.default_rng(3).uniform(-reach, reach, (count, 2))


@each_op
def test_every_scalar_operation_keeps_the_contract(op, shapes):
    """Form, pull-back, slope, reach, runs in front, and finite far out: as for every operation of a network."""
    contract.test_the_form_is_the_function(op, shapes)
    contract.test_the_pull_back_is_the_complex_step_and_autograd(op, shapes, seed=1)
    contract.test_the_slope_is_the_derivative_of_the_form(op, shapes)
    contract.test_reach_is_complete_and_no_more(op, shapes)
    contract.test_axes_in_front_are_runs(op, shapes)
    contract.test_finite_and_silent_far_out(op, shapes)


@each
def test_value_and_gradient_are_the_papers(function):
    """At twenty places at once: L is the paper's formula, its gradient is autograd's."""
    loss, gradient = function.objective.loss_and_gradient(places())
    paper = PAPER[function.key]
    assert loss == pytest.approx([paper(w) for w in places()], rel=1e-12)
    assert gradient == pytest.approx(np.array([autograd.grad(paper)(w) for w in places()]), rel=1e-11, abs=1e-11)


@each
def test_every_equation_holds(function):
    """Each value and each gradient, worked out from its equation, is the trace's number; shares add up."""
    trace = function.objective.trace(function.start)
    for step in function.program:
        shown = value_of(trace, step.out, (0,))
        assert evaluate(shown) == pytest.approx(shown.value, rel=1e-12, abs=1e-14)
    for name in trace.grads:
        if name != "L":
            shown = gradient_of(trace, name, (0,))
            assert evaluate(shown) == pytest.approx(shown.value, rel=1e-12, abs=1e-12)
            assert sum(vote for _, vote in shares_of(trace, name, (0,))) == pytest.approx(shown.value, rel=1e-12, abs=1e-12)


@each
def test_moments_are_its_own(function):
    """Every step forwards, every value and both unknowns backwards, one update."""
    found = moments(function.objective)
    steps = [step.out for step in function.program]
    assert [m.name for m in found if m.phase == "forward"] == steps
    assert sorted(m.name for m in found if m.phase == "backward") == sorted([*steps[:-1], "u", "v"])
    assert found[-1].phase == "update"


@each
def test_the_check_agrees(function):
    """Complex step, differences and SymPy's derivative of the whole formula find the same gradient."""
    of, theta = function.objective, np.array([0.7, -0.4])
    grads = of.trace(theta).grads
    for name in ("u", "v"):
        assert [v.answer for v in check(of, theta, grads, name, composed(of, name))] == ["agrees"]


@each
def test_its_minima_are_minima(function):
    """At each named minimum L is 0, the gradient is 0 and everything bends upwards; the start and the window are where it says."""
    of = function.objective
    for minimum in function.minima:
        loss, gradient = of.loss_and_gradient(np.array(minimum))
        assert loss == pytest.approx(0, abs=1e-18) and gradient == pytest.approx(0, abs=1e-9)
        assert curvature(of, np.array(minimum)).values.min() > 0
    for u, v in (function.start, *function.minima):
        assert function.across[0] <= u <= function.across[1] and function.up[0] <= v <= function.up[1]
    assert of.loss(np.array(function.start)) > 0.1 and np.abs(of.loss_and_gradient(np.array(function.start))[1]).max() > 0.001


@each
def test_its_surface_is_itself(function):
    """The surface is drawn by the same code as a network's."""
    of = function.objective
    picture = surface(of, of_parameters(np.zeros(2), (0, 1)), function.across, function.up, 21)
    assert picture.loss[3, 5] == float(of.loss(np.array([picture.across[5], picture.up[3]])))
    assert picture.loss.shape == (21, 21) and np.isfinite(picture.loss).all() and picture.loss.min() >= 0


def test_known_bends():
    """The ravine bends 25 times as much across as along; the saddle bends up and down; Rosenbrock has a nearly flat floor."""
    assert curvature(RAVINE.objective, np.zeros(2)).values == pytest.approx([1, 25])
    assert curvature(SADDLE.objective, np.zeros(2)).values == pytest.approx([-1, 1])
    low, high = curvature(ROSENBROCK.objective, np.ones(2)).values
    assert (low, high) == pytest.approx((0.39936, 1001.60064), rel=1e-5)


def test_sums_are_written_as_in_the_book():
    """1.5 − u + p1 with the constant first, p + v − 11 with it last, and no plus before a minus."""
    beale, himmelblau = BEALE.objective.trace((1.0, 1.5)), HIMMELBLAU.objective.trace((1.0, 1.5))
    first, second, third = value_of(beale, "r1", (0,)).rhs.args
    assert first == sp.Rational(3, 2) and second.args[0] == -1 and (second.args[1].of, third.of) == ("u", "p1")
    p, v, last = value_of(himmelblau, "r1", (0,)).rhs.args
    assert (p.of, v.of) == ("p", "v") and last.args == (-1, 11)


def test_known_values():
    """From the literature: Rosenbrock's start has 24.2, Himmelblau's origin 170, Beale's origin 14.203125."""
    assert float(ROSENBROCK.objective.loss(np.array([-1.2, 1.0]))) == pytest.approx(24.2)
    assert float(HIMMELBLAU.objective.loss(np.zeros(2))) == 170 and len(HIMMELBLAU.minima) == 4
    assert float(BEALE.objective.loss(np.zeros(2))) == 14.203125
