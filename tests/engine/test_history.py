"""Time travel is a look-up: every place a run has been is kept, so going back is exact to the last bit. A run that stops being
finite stops there, says at which update, and keeps only finite numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data import data
from engine.history import checked_rates, descend, rate_at, with_rate
from engine.refused import Refused
from tests.strategies import BY_HAND, XOR, XOR_WITH_BIAS, cases, examples, neuron

RATES = ((0, 0.5), (7, 0.1), (30, 1.0))
turns = st.lists(st.tuples(st.integers(1, 60), st.floats(0.01, 2)), max_size=4, unique_by=lambda turn: turn[0])
rates = st.tuples(st.floats(0.01, 2), turns).map(lambda drawn: ((0, drawn[0]), *sorted(drawn[1])))


def steps(history):
    """What each update added to theta."""
    return np.diff(history.theta, axis=0)


@examples(25)
@given(cases(samples=3), rates)
def test_going_back_is_exact(case, rates):
    """A longer run begins with the shorter one, bit for bit: stepping forward and back again gives the same numbers."""
    short, long = descend(case.of, case.theta, rates, 20), descend(case.of, case.theta, rates, 35)
    assert np.array_equal(long.theta[: len(short.theta)], short.theta)
    assert np.array_equal(long.loss[: len(short.loss)], short.loss)


def test_fifty_updates_are_the_first_fifty_of_eighty():
    """descend to 50 is the first 51 rows of descend to 80."""
    short, long = descend(XOR, [1.25, 0.25], RATES, 50), descend(XOR, [1.25, 0.25], RATES, 80)
    assert (short.updates, long.updates, short.stopped, long.stopped) == (50, 80, None, None)
    assert long.theta[:51].tobytes() == short.theta.tobytes() and long.loss[:51].tobytes() == short.loss.tobytes()


def test_the_loss_is_the_loss_of_its_theta():
    """Row k holds the loss at theta after k updates; the first row is the start."""
    history = descend(XOR, [1.25, 0.25], RATES, 40)
    assert history.theta[0].tolist() == [1.25, 0.25]
    assert history.loss.tolist() == [float(XOR.loss(theta)) for theta in history.theta]


def test_each_step_is_minus_rate_times_gradient():
    """Update k + 1 subtracts its own rate times the gradient at theta after k updates, for all weights at once."""
    history = descend(XOR_WITH_BIAS, [1.25, 0.25, 0.1], RATES, 40)
    _, gradients = XOR_WITH_BIAS.loss_and_gradient(history.theta[:-1])
    etas = np.array([[0.5]] * 7 + [[0.1]] * 23 + [[1.0]] * 10)
    assert steps(history) == pytest.approx(-etas * gradients, rel=1e-12, abs=1e-15)


@examples(50)
@given(rates, st.integers(0, 70), st.floats(0.01, 2))
def test_turning_the_rate_leaves_the_past(rates, k, eta):
    """The rate turned at update k holds from there on; every earlier update keeps its own."""
    turned = checked_rates(with_rate(rates, k, eta))
    assert [rate_at(turned, j) for j in range(k)] == [rate_at(rates, j) for j in range(k)]
    assert [rate_at(turned, j) for j in range(k, k + 80)] == [eta] * 80


def test_a_run_turned_at_update_20_has_the_same_first_20_updates():
    """Updates 1 to 20 stay as they were, the 21st is the first with the new rate."""
    kept, turned = (descend(XOR, [1.25, 0.25], r, 40) for r in (RATES, with_rate(RATES, 20, 0.9)))
    assert np.array_equal(kept.theta[:21], turned.theta[:21])
    assert steps(turned)[20] == pytest.approx(9 * steps(kept)[20])


def test_with_rate_keeps_the_list_short():
    """Turning to the rate that holds already adds nothing; later turns are dropped; at update 0 the run begins anew."""
    assert with_rate(RATES, 10, 0.1) == ((0, 0.5), (7, 0.1))
    assert with_rate(RATES, 7, 0.2) == ((0, 0.5), (7, 0.2))
    assert with_rate(RATES, 0, 0.2) == ((0, 0.2),)


def test_many_runs_at_once_are_the_single_runs():
    """Axes in front of theta are runs: each has the history it would have alone."""
    thetas = np.array([[1.25, 0.25], [0.5, -0.25], [1.0, 1.0]])
    together = descend(XOR, thetas, RATES, 30)
    assert together.theta.shape == (31, 3, 2) and together.loss.shape == (31, 3)
    for r, theta in enumerate(thetas):
        assert np.array_equal(together.theta[:, r], descend(XOR, theta, RATES, 30).theta)


def test_a_frozen_bias_is_no_bias():
    """With the bias frozen at 0 the neuron's run is, number by number, that of the neuron without a bias."""
    frozen = descend(XOR_WITH_BIAS, [1.25, 0.25, 0.0], ((0, 0.5),), 60, moves=np.array([1.0, 1.0, 0.0]))
    without = descend(XOR, [1.25, 0.25], ((0, 0.5),), 60)
    assert np.array_equal(frozen.theta[:, :2], without.theta) and not frozen.theta[:, 2].any()
    assert not np.array_equal(descend(XOR_WITH_BIAS, [1.25, 0.25, 0.0], ((0, 0.5),), 60).theta[:, :2], without.theta)


def test_a_diverging_run_stops_and_says_where():
    """Without an activation the error grows by −3 per update; the run stops before the first number that is not finite."""
    of = neuron(data([[1, 1]], [[0]]), "identity")
    history = descend(of, [0.5, 0.5], ((0, 1.0),), 1000)
    assert np.isfinite(history.theta).all() and np.isfinite(history.loss).all()
    assert history.stopped == history.updates + 1
    assert history.loss[-1] > 1e307 / 9
    with np.errstate(over="ignore"):
        _, gradient = of.loss_and_gradient(history.theta[-1])
        beyond = of.loss(history.theta[-1] - gradient)
    assert not np.isfinite(beyond)
    assert np.array_equal(descend(of, [0.5, 0.5], ((0, 1.0),), 5).theta, history.theta[:6])


def test_zero_updates_are_a_history():
    """The start alone is a run of no updates."""
    history = descend(BY_HAND, [0.5, 0.5], ((0, 0.1),), 0)
    assert (history.updates, history.stopped, history.loss.tolist()) == (0, None, [0.25])


def test_a_history_cannot_be_edited():
    """What was, was: the arrays are read-only, and the caller's theta is not touched."""
    theta = np.array([1.25, 0.25])
    history = descend(XOR, theta, RATES, 5)
    assert theta.tolist() == [1.25, 0.25] and theta.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        history.theta[0] = 0


@pytest.mark.parametrize("theta", [[1.0], [1.0, 2.0, 3.0], 1.0])
def test_a_theta_of_the_wrong_length_is_refused(theta):
    """The refusal names theta and how many numbers it needs."""
    with pytest.raises(Refused, match="theta must have 2 numbers"):
        descend(XOR, theta, RATES, 1)


@pytest.mark.parametrize("theta", [["one", "two"], [10**400, 0], [[1, 2], [3]]])
def test_a_theta_that_is_no_row_of_numbers_is_refused(theta):
    """Text, a number beyond all floats and a ragged table are refused by name, not with NumPy's own words."""
    with pytest.raises(Refused, match="theta must"):
        descend(XOR, theta, RATES, 1)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_theta_that_is_not_finite_is_refused(bad):
    """The refusal names theta and says finite."""
    with pytest.raises(Refused, match="theta must be finite"):
        descend(XOR, [1.0, bad], RATES, 1)


@pytest.mark.parametrize("found", [(), ((1, 0.5),), ((0, 0.5), (3, 0.1), (3, 0.2)), ((0, 0.5), (5, 0.1), (2, 0.2))])
def test_rates_out_of_order_are_refused(found):
    """Rates start at update 0 and go on in order; the refusal says so."""
    with pytest.raises(Refused, match="Learning rates must start at update 0"):
        descend(XOR, [1.0, 1.0], found, 1)


@pytest.mark.parametrize("eta", [-0.1, np.nan, np.inf])
def test_a_bad_rate_is_refused(eta):
    """A negative or endless learning rate is refused by name, with what was found."""
    with pytest.raises(Refused, match=f"learning rate must be a finite number of at least 0, not {eta}"):
        descend(XOR, [1.0, 1.0], ((0, 0.5), (3, eta)), 1)
