"""The error function against the one of the C library, number by number, and its slope against the bell curve: on the whole line,
at tiny and at huge arguments, and beside the real line, where complex steps go."""

import math

import numpy as np
import pytest

from engine.erf import erf, erfc

EVERYWHERE = np.concatenate([
    np.linspace(-8, 8, 20001), np.geomspace(1e-300, 1e-3, 2000), -np.geomspace(1e-300, 40, 2000),
    [0.0, 0.5, -0.5, 26.6, 1e300, -1e300],
])  # fmt: skip
STATED = 5e-16


def test_the_stated_accuracy_holds_on_the_whole_line():
    """Relative, and math.erf itself is good to about one unit in the last place."""
    known = np.array([math.erf(x) for x in EVERYWHERE])
    assert (np.abs(erf(EVERYWHERE) - known) <= STATED * np.abs(known)).all()


def test_what_is_left_to_one_keeps_its_digits():
    """erfc far out, where 1 − erf would be 0."""
    x = np.linspace(0, 26, 5001)
    known = np.array([math.erfc(one) for one in x])
    assert (np.abs(erfc(x) - known) <= STATED * (1 + x * x) * known).all()
    assert erfc(np.array([-3.0])) == pytest.approx(math.erfc(-3.0), rel=1e-15)


def test_it_is_odd_and_bounded():
    assert (erf(-EVERYWHERE) == -erf(EVERYWHERE)).all() and np.abs(erf(EVERYWHERE)).max() == 1
    assert erf(np.array([np.inf, -np.inf])).tolist() == [1.0, -1.0]


@pytest.mark.filterwarnings("error")
def test_a_complex_step_gives_the_bell_curve():
    """2/√π e^(−x²), on both branches and far out, without a warning."""
    x = np.concatenate([np.linspace(-6, 6, 2001), [-1000.0, 1000.0]])
    slope = erf(x + 1e-30j).imag / 1e-30
    with np.errstate(under="ignore"):
        assert slope == pytest.approx(2 / math.sqrt(math.pi) * np.exp(-x * x), rel=1e-13, abs=1e-300)
