"""The Hessian by differences of the gradient is the one that calculus gives: by hand for the neuron, by HIPS autograd for random
networks. On a kink it is that of theta's own side, and it says so."""

import autograd
import numpy as np
import pytest
from hypothesis import given

from engine.data import GATES, data
from engine.hessian import curvature
from engine.network import Network, network
from tests.engine.oracle import network_loss
from tests.strategies import BY_HAND, XOR, XOR_WITH_BIAS, Case, cases, examples, neuron


def by_autograd(case, theta):
    """The second term is 0: without it autograd warns where the gradient does not depend on theta."""
    return autograd.hessian(lambda place: network_loss(case, place) + 0 * (place @ place))(theta)


def agrees(found, expected, close=1e-6):
    return np.abs(found - expected).max() <= close * max(1.0, np.abs(expected).max())


def test_the_neuron_on_xor():
    """Three samples are on: H = ½ Σ x xᵀ = ½ (2 1; 1 2), so λ = ½ and 3/2, and the steepest bend is along (1, 1)."""
    found = curvature(XOR, np.array([0.7, 0.4]))
    assert found.hessian == pytest.approx(np.array([[1, 0.5], [0.5, 1]]), abs=1e-10)
    assert found.values == pytest.approx([0.5, 1.5], abs=1e-10)
    assert found.top == pytest.approx(np.sqrt([0.5, 0.5]), abs=1e-9)
    assert found.limit == pytest.approx(4 / 3, abs=1e-10) and not found.kink


def test_short_numbers_have_an_exact_hessian():
    """By hand, H = 2 x xᵀ with x = (1, 2): λ = 0 and 10."""
    found = curvature(BY_HAND, np.array([0.5, 0.5]))
    assert found.hessian.tolist() == [[2, 4], [4, 8]] and found.limit == pytest.approx(0.2, abs=1e-15)
    assert found.top == pytest.approx(np.array([1, 2]) / np.sqrt(5), abs=1e-12)


@examples(60)
@given(cases(layers=2, width=3, samples=3))
def test_random_networks(case):
    """Every entry to 1e-6 (of the largest, where that is above 1), symmetric to the last digit, with its eigenvalues in order."""
    found = curvature(case.of, case.theta)
    expected = by_autograd(case, case.theta)
    assert agrees(found.hessian, expected)
    assert np.array_equal(found.hessian, found.hessian.T) and not found.kink
    assert agrees(found.values, np.sort(np.linalg.eigvals((expected + expected.T) / 2).real))
    assert agrees(found.hessian @ found.top, found.values[-1] * found.top, 1e-10)
    assert found.top @ found.top == pytest.approx(1) and found.top[np.abs(found.top).argmax()] > 0
    assert found.limit is None or found.limit == pytest.approx(2 / found.values[-1])


@examples(30)
@given(cases(layers=1, width=4, samples=5))
def test_quadratics_are_nearly_exact(case):
    """One layer of ReLUs with squared error is a quadratic piece by piece; differences of its gradient only round."""
    net = Network(case.net.units, ("relu",), case.net.bias, "squared_error", case.net.reduction)
    quadratic = Case(net, case.data, case.theta)
    assert agrees(curvature(quadratic.of, case.theta).hessian, by_autograd(quadratic, case.theta), 1e-9)


@pytest.mark.parametrize("size", [1e-3, 30.0, 1000.0])
def test_large_and_small_inputs(size):
    """A nudge that goes too far round a bend is made smaller: with x = 1000 a sigmoid bends a million times as much."""
    table = data([[size, -size / 2], [size / 4, size / 2]], [[1], [0]])
    case = Case(Network((2, 1), ("sigmoid",)), table, np.array([1.0, 1.5, 0.2]) / max(1.0, size))
    found, expected = curvature(case.of, case.theta), by_autograd(case, case.theta)
    assert np.abs(found.hessian - expected).max() <= 1e-6 * np.abs(expected).max()


@pytest.mark.parametrize("b", [0.0, -0.1])
def test_a_zero_bias_is_a_kink(b):
    """At b = 0 sample 1 has z = 0 and counts as off: the Hessian is the one just below b = 0."""
    on = np.array([[0, 1, 1], [1, 0, 1], [1, 1, 1]])  # (x1, x2, 1) of samples 2, 3, 4
    found = curvature(XOR_WITH_BIAS, np.array([0.7, 0.4, b]))
    assert found.kink == (b == 0)
    assert found.hessian == pytest.approx(on.T @ on / 2, abs=1e-6)


def test_a_kink_that_no_nudge_feels_is_none():
    """Without a bias sample 1 has z = 0 wherever one goes; with w2 = 0 sample 2 is switched on by a nudge."""
    assert not curvature(XOR, np.array([0.7, 0.4])).kink
    found = curvature(XOR, np.array([0.5, 0.0]))
    assert found.kink and found.hessian.tolist() == [[1, 0.5], [0.5, 0.5]]  # samples 3 and 4 only
    assert found.limit == pytest.approx(8 / (3 + 5**0.5), abs=1e-12)
    assert not curvature(XOR, np.array([0.5, 0.0]), moves=np.array([1.0, 0.0])).kink  # w1 alone moves: nothing is switched


def test_a_kink_below():
    """Here it is a smaller weight that would switch the second sample on; theta's own side is the one above."""
    found = curvature(neuron(data([[1, 1], [0, -1]], [[0], [0]])), np.array([0.5, 0.0]))
    assert found.kink and found.hessian.tolist() == [[1, 1], [1, 1]]


def test_a_steep_bend():
    """A probability of 0.001 straight into the cross-entropy, p = w: its second derivative is t / p² + (1 − t) / (1 − p)²."""
    of = network(Network((1, 1), ("identity",), False, "cross_entropy"), data([[1]], [[0.5]]))
    expected = 0.5 / 0.001**2 + 0.5 / 0.999**2
    assert curvature(of, np.array([0.001])).hessian == pytest.approx(np.array([[expected]]), rel=1e-6)


@pytest.mark.parametrize("side", [1, -1])
def test_near_a_kink_is_not_on_it(side):
    """A millionth beside the kink, nearer than the usual nudge, the Hessian is still that of this side."""
    case = Case(Network((2, 1), ("relu",), False, "half_squared_error"), GATES["xor"], np.array([0.5, side * 1e-6]))
    found = curvature(case.of, case.theta)
    assert not found.kink and agrees(found.hessian, by_autograd(case, case.theta))


def test_a_kink_inside_a_curved_network():
    """Hidden ReLUs with zero biases, a sigmoid after them: theta's side is the one just below zero."""
    net = Network((2, 3, 1), ("relu", "sigmoid"))
    theta = np.random.default_rng(3).uniform(-1, 1, 13)
    theta[6:9] = 0.0  # sample (0, 0) stands on the kink of each hidden unit
    below = theta - np.where(np.arange(13) // 3 == 2, 1e-9, 0)
    found = curvature(network(net, GATES["xor"]), theta)
    assert found.kink and agrees(found.hessian, by_autograd(Case(net, GATES["xor"], below), below))


def test_frozen_parameters_have_no_curvature():
    """Their rows are zero, they have no eigenvalue, and the steepest bend does not touch them."""
    theta, moves = np.array([0.7, 0.4, 0.1]), np.array([1.0, 0.0, 1.0])
    found, free = curvature(XOR_WITH_BIAS, theta, moves), curvature(XOR_WITH_BIAS, theta)
    assert found.hessian == pytest.approx(free.hessian * np.outer(moves, moves), abs=1e-12)
    assert len(found.values) == 2 and found.top[1] == 0
    assert found.values == pytest.approx(np.linalg.eigvalsh(free.hessian[np.ix_([0, 2], [0, 2])]), abs=1e-12)
    none = curvature(XOR_WITH_BIAS, theta, np.zeros(3))
    assert none.limit is None and len(none.values) == 0 and not none.hessian.any() and not none.top.any()


def test_flat_or_hollow_ground_has_no_limit():
    """Where the neuron is dead, or the loss bends only downwards, no rate is too large for the bend."""
    dead = curvature(XOR, np.array([-1.0, -1.0]))
    assert dead.limit is None and not dead.hessian.any()
    hill = curvature(neuron(data([[1.0]], [[1.0]]), "sigmoid"), np.array([-4.0]))
    assert hill.values[-1] < 0 and hill.limit is None


def test_overflow_is_silent():
    """Where the gradient is no longer finite there is no Hessian, and no warning."""
    found = curvature(neuron(data([[1000.0]], [[0.0]])), np.array([1e307]))
    assert np.isnan(found.values).all() and found.limit is None
