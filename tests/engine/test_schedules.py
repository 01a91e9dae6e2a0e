"""What stands in front of an optimizer: schedules turn η, clipping and decay change the gradient. Each is compared with what it is
known to do at chosen updates; the frameworks' own runs are in test_optimizers_recorded.py."""

import numpy as np
import pytest
import sympy as sp

from engine.clipping import by_norm, by_value, clipped_by_norm, clipped_by_value, decayed, norm, with_l2
from engine.functions import ROSENBROCK
from engine.history import descend
from engine.optimizers import ADAM, ADAMW, GRADIENT_DESCENT, MOMENTUM, with_hyper
from engine.schedules import SCHEDULES, scheduled
from engine.symbols import Cell

KNOWN = {  # key -> (hyper-parameters, {update: factor})
    "constant": ({}, {1: 1, 2: 1, 1000: 1}),
    "step": ({"gamma": 0.5, "every": 10}, {1: 1, 10: 1, 11: 0.5, 20: 0.5, 21: 0.25, 31: 0.125}),
    "exponential": ({"gamma": 0.5}, {1: 1, 2: 0.5, 3: 0.25, 11: 2**-10}),
    "cosine": ({"total": 100}, {1: 1, 26: 0.8535533905932737, 51: 0.5, 101: 0, 102: 0, 5000: 0}),
    "warm_up": ({"warm": 10}, {1: 0.1, 5: 0.5, 10: 1, 11: 1, 1000: 1}),
}


@pytest.mark.parametrize("key", SCHEDULES)
def test_factors_are_the_known_ones(key):
    """At chosen updates, one by one and as an array."""
    hyper, known = KNOWN[key]
    factor = SCHEDULES[key].factor
    assert [factor(t, **hyper) for t in known] == pytest.approx([*known.values()], abs=1e-15)
    assert factor(np.array([*known]), **hyper) + np.zeros(len(known)) == pytest.approx([*known.values()], abs=1e-15)


@pytest.mark.parametrize("key", SCHEDULES)
def test_the_form_is_the_factor(key):
    """The formula, worked out in 30 digits, is the factor, for the first 120 updates."""
    schedule, hyper = SCHEDULES[key], KNOWN[key][0]
    t, cells = Cell("count", "t", (1,)), {name: Cell("hyper", name) for name in KNOWN[key][0]}
    for at in (1, 2, 9, 10, 11, 12, 50, 99, 100, 101, 102, 120):
        numbers = {t: sp.Integer(at), **{cells[name]: sp.nsimplify(value) for name, value in hyper.items()}}
        exact = sp.sympify(schedule.form(t, **cells)).xreplace(numbers).doit().evalf(30)
        assert schedule.factor(at, **hyper) == pytest.approx(float(exact), rel=1e-13, abs=1e-15)


def test_a_scheduled_run_is_the_run_with_these_rates():
    """Gradient descent with a step schedule is gradient descent whose rate is turned by hand."""
    of, start = ROSENBROCK.objective, [-1.2, 1.0]
    by_hand = descend(of, start, ((0, 1e-3), (10, 5e-4), (20, 2.5e-4)), 25)
    turned = descend(of, start, ((0, 1e-3),), 25, with_hyper(scheduled(GRADIENT_DESCENT, SCHEDULES["step"]), every=10))
    assert np.array_equal(turned.theta, by_hand.theta)


def test_a_constant_schedule_changes_nothing():
    of, start = ROSENBROCK.objective, [-1.2, 1.0]
    plain, turned = (descend(of, start, ((0, 0.01),), 25, one) for one in (ADAM, scheduled(ADAM, SCHEDULES["constant"])))
    assert np.array_equal(plain.theta, turned.theta)


def test_clipping_by_value_cuts_each_part():
    """Parts within the limit stay, others become ± the limit; so the direction may turn."""
    assert by_value(np.array([[3.0, -0.5], [-7.0, 2.0]]), 2.0).tolist() == [[2.0, -0.5], [-2.0, 2.0]]


def test_clipping_by_norm_keeps_the_direction():
    """A gradient of length 5 becomes one of length 2 in the same direction; a short one and a zero stay as they are."""
    g = np.array([[3.0, 4.0], [0.3, 0.4], [0.0, 0.0]])
    assert norm(g).tolist() == [[5.0], [0.5], [0.0]]
    assert by_norm(g, norm(g), 2.0) == pytest.approx(np.array([[1.2, 1.6], [0.3, 0.4], [0.0, 0.0]]))


def test_decay_is_the_gradient_of_a_penalty():
    """λ w is the slope of ½ λ w²; added to the gradient, gradient descent shrinks each weight by η λ before its step."""
    theta, g = np.array([2.0, -1.0]), np.array([0.5, 0.5])
    assert with_l2(g, theta, 0.1).tolist() == pytest.approx([0.7, 0.4])
    step, _ = decayed(GRADIENT_DESCENT, 0.1).update(theta, g, (), 1, lr=0.5)
    assert theta + step == pytest.approx((1 - 0.05) * theta - 0.5 * g)


def test_in_the_gradient_is_not_beside_it():
    """Adam divides a decay in the gradient by its root, AdamW's it leaves alone: from the same start they part."""
    of, start = ROSENBROCK.objective, [-1.2, 1.0]
    inside = descend(of, start, ((0, 0.02),), 50, decayed(ADAM, 0.1)).theta[-1]
    beside = descend(of, start, ((0, 0.02),), 50, with_hyper(ADAMW, decay=0.1)).theta[-1]
    assert np.abs(inside - beside).max() > 1e-3


def test_clipping_saves_a_run():
    """At a rate at which heavy ball throws Rosenbrock's run away, a clipped gradient keeps it finite."""
    of, start = ROSENBROCK.objective, [-1.2, 1.0]
    assert descend(of, start, ((0, 0.01),), 100, MOMENTUM).stopped is not None
    for saved in (clipped_by_norm(MOMENTUM, 1.0), clipped_by_value(MOMENTUM, 1.0)):
        assert descend(of, start, ((0, 0.01),), 100, saved).stopped is None


def test_the_order_is_the_one_in_which_they_are_put():
    """What is put around last is done first, and every line reads the one before it."""
    wrapped = clipped_by_norm(decayed(scheduled(MOMENTUM, SCHEDULES["warm_up"]), 0.1), 1.0)
    g, state = np.array([3.0, 4.0]), MOMENTUM.init(np.zeros(2))
    found = wrapped.found(np.array([1.0, 1.0]), g, state, 1, lr=1.0)
    assert [*found] == ["norm", "g_short", "g_decay", "eta", "m", "step"]
    assert found["g_decay"] == pytest.approx([0.7, 0.9]) and found["step"] == pytest.approx([-0.014, -0.018])
    assert {*wrapped.hyper} == {"momentum", "warm", "l2", "clip_norm"}
