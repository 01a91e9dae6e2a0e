"""On a line where a ReLU switches its weighted sum is 0; the textbook neuron's lines are known, a network's are asked."""

import numpy as np
import pytest

from engine.data import GATES
from engine.network import Network, network
from engine.plane import of_parameters
from engine.switches import switches
from tests.strategies import XOR, XOR_WITH_BIAS, neuron

SQUARE = (-2.0, 2.5)


def test_the_neurons_lines_are_those_of_the_textbook():
    """On XOR without a bias the sums are 0, w2, w1 and w1 + w2: the axes and the falling diagonal, and no line for the first."""
    found = switches(XOR, of_parameters(np.zeros(2), (0, 1)), SQUARE, SQUARE)
    on = [np.isclose(found[:, [i, i + 2]], 0).all(axis=1) for i in (0, 1)]
    diagonal = np.isclose(found[:, 0] + found[:, 1], 0) & np.isclose(found[:, 2] + found[:, 3], 0)
    assert (on[0] | on[1] | diagonal).all() and on[0].any() and on[1].any() and diagonal.any()
    length = np.hypot(found[:, 0] - found[:, 2], found[:, 1] - found[:, 3])
    assert [length[on[0]].sum(), length[on[1]].sum()] == pytest.approx([4.5, 4.5])
    assert length[diagonal].sum() == pytest.approx(np.hypot(4, 4)), "from (−2, 2) to (2, −2)"


def test_a_bias_moves_the_lines():
    """At b = ½ sample 2 switches at w2 = −½."""
    found = switches(XOR_WITH_BIAS, of_parameters(np.array([0, 0, 0.5]), (0, 1)), SQUARE, SQUARE)
    flat = np.isclose(found[:, 1], found[:, 3])
    assert np.isclose(found[flat][:, 1], -0.5).all() and flat.any()


def test_on_every_line_of_a_network_a_sum_is_zero():
    """In a network's first layer the lines are exact, in its second they follow the bend between grid points."""
    of = network(Network((2, 3, 1), ("relu", "relu")), GATES["xor"])
    theta = np.random.default_rng(3).normal(size=of.size)
    plane = of_parameters(theta, (0, 3))
    found = switches(of, plane, SQUARE, SQUARE, 201)
    values = of.values(plane.at((found[:, :2] + found[:, 2:]) / 2))
    nearest = np.minimum(np.abs(values["z1"]).min(axis=(1, 2)), np.abs(values["z2"]).min(axis=(1, 2)))
    assert len(found) > 100 and nearest.max() < 0.02


def test_a_smooth_neuron_has_none():
    """A sigmoid never switches."""
    assert switches(neuron(activation="sigmoid"), of_parameters(np.zeros(2), (0, 1)), SQUARE, SQUARE).shape == (0, 4)
