"""Where the table of one number meets the limits of arithmetic: beyond all numbers, at probabilities of nearly 1, and in figures
that are rounded. Nobody is accused who is innocent, and no figure is called equal that is not."""

import json

import numpy as np
import pytest

from engine.data import data
from engine.experiment import Experiment
from engine.own import own
from engine.routes import routes
from engine.table import Table
from engine.update import update_at
from tests.view.test_net_unit import TEXT, at, with_gradient
from view import names
from view.equations import Writer
from view.network import net_votes
from view.network.net_chain import factors_of, gradient_lines, long, value_lines
from view.palette import PALETTE


def test_beyond_all_numbers_nobody_is_accused():
    """η = 10 ends this run at ∞ − ∞. The shares are shown one by one, in a form that a browser can read; neither ✗ nor votes."""
    hidden = ((1, "identity"), (1, "identity"), (3, "leaky_relu"), (4, "relu"))
    base = {"data": "mazur", "bias": True, "activation": "identity", "weights": None, "seed": 21}
    with np.errstate(all="ignore"):
        here = update_at(Experiment(hidden=hidden, rates=((0, 10.0),), **base), 4)
        assert np.isnan(here.trace.grads["W4"]).any()
        for name, i in [(name, i) for name, i in with_gradient(here) if name in ("W4", "W1", "z4", "a3")]:
            drawn = net_votes.table(here, name, i, "w", TEXT)
            json.dumps(drawn["rows"], allow_nan=False)
            if np.isnan(here.trace.grads[name][i]):
                assert drawn["sum"]["share"] == "NaN" and drawn["votes"] is None
                assert net_votes.summed(here, name, i)[1] and net_votes.verdict(here, name, i, "w", TEXT) == ""


@pytest.mark.parametrize("sure", [10.0, 15.0, 20.0])
def test_a_sure_softmax_adds_up(sure):
    """p is 1 but for a hundred-millionth: the shares are the gradient all the same."""
    table = Table(("x",), ("a", "b", "c"), data([[1], [2]], [[0, 1, 0], [0, 0, 1]]))
    here = update_at(Experiment(data="own", own=own(table), activation="softmax", weights=(sure, 0.0, 1.0)), 0)
    assert all(net_votes.summed(here, name, i)[1] for name in ("z", "W") for i in np.ndindex(here.trace.grads[name].shape))


def test_rounded_figures_are_not_called_equal():
    """tanh(0.3333) is not what stands there: ≈ before figures that were rounded, = before those that were not."""
    for key, signs in (("xor4", {r"\approx"}), ("neuron", {"=", r"\approx"})):
        here, found = at(key), set()
        for name, i in with_gradient(here):
            trace, line = here.trace, gradient_lines(Writer(here, TEXT, PALETTE["light"]), name, i)[-1]
            if r"\small" in line and "cdots" not in line and long(trace, name, i):
                every = routes(trace, name, i, [i[0]] if names.sampled(name) else None)
                factors = [factor.of(route) for route in every for factor in factors_of(trace, every[0])]
                rounded = any(float(f"{x:.3e}") != pytest.approx(x, rel=1e-12, abs=0) for x in factors)
                assert line.startswith(r"&\approx" if rounded else "&="), line
                found.add(line[1:].split(" ")[0])
        assert found == signs
    value = value_lines(Writer(at("xor4"), TEXT, PALETTE["light"]), "a1", (3, 0))[-1]
    assert value.startswith(r"&\approx \tanh"), value


def test_going_back_is_compared_with_walking_every_path():
    """XOR 2-4-1: 4 samples × (8 weights by 5 slopes, 4 biases by 4, 4 weights by 3, 1 bias by 2) = 280 multiplications, or 117."""
    assert "68 paths" in net_votes.cheap(at("xor4"), TEXT) and "280 multi" in net_votes.cheap(at("xor4"), TEXT)
    assert "117 for all" in net_votes.cheap(at("xor4"), TEXT)
