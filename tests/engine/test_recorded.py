"""The article's program, number for number, against Keras itself: tests/recorded/keras_xor.json was written by the script beside
it, with the versions it names. Both do the same arithmetic, so in float64 they agree to the last digits, in float32 to seven."""

import json
from pathlib import Path

import pytest

from engine.history import descend
from tests.strategies import XOR_WITH_BIAS

RECORDED = json.loads((Path(__file__).parent.parent / "recorded" / "keras_xor.json").read_text(encoding="utf-8"))
CLOSE = {"float64": 1e-13, "float32": 2e-6}  # absolute; weights and losses are at most 2, float32 rounds each to 1e-7


def named(run):
    return f"{run['name']}, {run['precision']}"


@pytest.mark.parametrize("run", RECORDED["runs"], ids=named)
def test_weights_and_losses_are_those_of_keras(run):
    """From the same start, after 1, 2, 3, 10, 100, 300 and 1,000 epochs: the same weights, bias and loss."""
    ours = descend(XOR_WITH_BIAS, run["start"], ((0, RECORDED["rate"]),), RECORDED["epochs"])
    close = CLOSE[run["precision"]]
    for k, theta in run["theta_after"].items():
        assert ours.theta[int(k)] == pytest.approx(theta, abs=close, rel=0)
    for k, loss in run["loss_before_update"].items():
        assert ours.loss[int(k) - 1] == pytest.approx(loss, abs=close, rel=0)


def test_what_was_recorded():
    """Runs from chosen starts, one of them dead, and from starts that Keras drew itself; the makers are named."""
    assert set(RECORDED["made_with"]) == {"keras", "backend", "tensorflow"}
    starts = [run["start"] for run in RECORDED["runs"] if run["seed"] is None]
    assert [2.0, 1.0, 0.0] in starts and any(w1 <= 0 and w2 <= 0 and b <= 0 for w1, w2, b in starts)
    drawn = [run["start"] for run in RECORDED["runs"] if run["seed"] is not None]
    assert len({tuple(start) for start in drawn}) == len(drawn) >= 3
    assert all(abs(w) <= 2**0.5 for start in drawn for w in start[:2]) and all(start[2] == 0 for start in drawn)
