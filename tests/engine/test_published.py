"""Two worked examples that others have printed, with the figures as they stand in print. Nothing here was computed by us: the
numbers come from the sources named beside them, and are compared to as many digits as the source gives."""

import numpy as np
import pytest

from engine.data import data
from engine.explain import shares_of
from engine.history import descend
from engine.network import Network, network


def printed(*figures: str):
    """Equal to figures as printed: off by at most one unit of the last digit, because sources go on with rounded numbers, and
    never by more than 0.001, where a short figure such as 0.4 is exact."""
    return [pytest.approx(float(f), abs=min(1.001 * 10.0 ** -len(f.partition(".")[2]), 0.001)) for f in figures]


# Matt Mazur, "A Step by Step Backpropagation Example" (17 March 2015),
# https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/
# 2-2-2 sigmoid network, half squared error, η = 0.5; figures to nine digits. He leaves the biases as they are.

MAZUR = network(
    Network((2, 2, 2), ("sigmoid", "sigmoid"), bias=True, loss="half_squared_error"),
    data([[0.05, 0.10]], [[0.01, 0.99]]),
)
MAZUR_START = MAZUR.flat(
    {
        "W1": np.array([[0.15, 0.20], [0.25, 0.30]]),
        "b1": np.array([0.35, 0.35]),
        "W2": np.array([[0.40, 0.45], [0.50, 0.55]]),
        "b2": np.array([0.60, 0.60]),
    }
)


def test_mazur_forward():
    """net and out of both layers, and the total error, are his."""
    values = MAZUR.trace(MAZUR_START).values
    assert [values["z1"][0, 0], *values["a1"][0]] == printed("0.3775", "0.593269992", "0.596884378")
    assert [values["z2"][0, 0], *values["y"][0]] == printed("1.105905967", "0.75136507", "0.772928465")
    assert [values["L"][0]] == printed("0.298371109")


def test_mazur_backward():
    """His chain for w5, the two ways by which h1 reaches the error, and his gradient of w1."""
    trace = MAZUR.trace(MAZUR_START)
    grads = trace.grads
    assert [grads["y"][0, 0], grads["z2"][0, 0], grads["W2"][0, 0]] == printed("0.74136507", "0.138498562", "0.082167041")
    assert [share for _, share in shares_of(trace, "a1", (0, 0))] == printed("0.055399425", "-0.019049119")
    assert [grads["a1"][0, 0], grads["W1"][0, 0]] == printed("0.036350306", "0.000438568")


def test_mazur_update():
    """All eight new weights are his; every gradient was taken with the old ones."""
    after = MAZUR.views(descend(MAZUR, MAZUR_START, ((0, 0.5),), 1).theta[-1])
    assert list(after["W1"].ravel()) == printed("0.149780716", "0.19956143", "0.24975114", "0.29950229")
    assert list(after["W2"].ravel()) == printed("0.35891648", "0.408666186", "0.511301270", "0.561370121")


def test_mazur_error_after_the_update():
    """With his biases held, the error falls to his 0.291027924, to six digits: the weights he prints give 0.2910278."""
    after = MAZUR.views(descend(MAZUR, MAZUR_START, ((0, 0.5),), 1).theta[-1])
    kept = MAZUR.flat({**after, "b1": np.full(2, 0.35), "b2": np.full(2, 0.60)})
    assert [MAZUR.loss(kept)] == printed("0.291028")


# Jiawei Han, Micheline Kamber and Jian Pei, "Data Mining: Concepts and Techniques", 3rd edition, Morgan Kaufmann 2012,
# section 9.2.3, Figure 9.5 and Tables 9.1 to 9.4. 3-2-1 sigmoid network, one tuple, l = 0.9; figures to three digits.
# The book's error of a unit, Err = (T − O) O (1 − O), is −∂L/∂z of the half squared error; its θ is our bias.

BOOK = network(
    Network((3, 2, 1), ("sigmoid", "sigmoid"), bias=True, loss="half_squared_error"),
    data([[1, 0, 1]], [[1]]),
)
BOOK_START = BOOK.flat(
    {
        "W1": np.array([[0.2, 0.4, -0.5], [-0.3, 0.1, 0.2]]),
        "b1": np.array([-0.4, 0.2]),
        "W2": np.array([[-0.3, -0.2]]),
        "b2": np.array([0.1]),
    }
)


def test_han_kamber_pei_forward():
    """Table 9.2: net input and output of units 4, 5 and 6."""
    values = BOOK.trace(BOOK_START).values
    assert [*values["z1"][0], *values["z2"][0]] == printed("-0.7", "0.1", "-0.105")
    assert [*values["a1"][0], *values["y"][0]] == printed("0.332", "0.525", "0.474")


def test_han_kamber_pei_errors():
    """Table 9.3: the error of units 6, 5 and 4 is minus our gradient of z."""
    grads = BOOK.trace(BOOK_START).grads
    assert [-grads["z2"][0, 0], -grads["z1"][0, 1], -grads["z1"][0, 0]] == printed("0.1311", "-0.0065", "-0.0087")


def test_han_kamber_pei_update():
    """Table 9.4: all eight weights and three biases after one update."""
    after = BOOK.views(descend(BOOK, BOOK_START, ((0, 0.9),), 1).theta[-1])
    assert list(after["W2"].ravel()) == printed("-0.261", "-0.138")
    assert list(after["W1"].ravel()) == printed("0.192", "0.4", "-0.508", "-0.306", "0.1", "0.194")
    assert [*after["b2"], *after["b1"]] == printed("0.218", "-0.408", "0.194")


def test_the_tolerance_is_one_unit_of_the_last_digit():
    """`printed` is strict: two units of the last printed digit are refused."""
    assert printed("0.332") == [0.3325] and printed("0.332") != [0.334]
