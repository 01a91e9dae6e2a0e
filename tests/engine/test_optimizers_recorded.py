"""Every optimizer against the frameworks themselves: tests/recorded/optimizers.json was written by the script beside it, with the
versions it names. Both do the same arithmetic in float64, so after 25 updates they agree to twelve digits."""

import ast
import json
from pathlib import Path

import numpy as np
import pytest

from engine.clipping import clipped_by_norm, clipped_by_value, decayed
from engine.data import GATES
from engine.functions import RAVINE, ROSENBROCK
from engine.history import descend
from engine.network import Network, network
from engine.optimizers import OPTIMIZERS, VARIANTS, variant, with_hyper
from engine.schedules import SCHEDULES, scheduled

FOLDER = Path(__file__).parent.parent / "recorded"
RECORDED = json.loads((FOLDER / "optimizers.json").read_text(encoding="utf-8"))
CLOSE = 1e-12  # relative to max(1, |theta|)
OBJECTIVES = {
    "quadratic": RAVINE.objective,
    "rosenbrock": ROSENBROCK.objective,
    "network": network(Network((2, 4, 1), ("tanh", "sigmoid")), GATES["xor"]),
}
BEFORE = {"l2": decayed, "clip_value": clipped_by_value, "clip_norm": clipped_by_norm}


def named(run):
    chosen = "chosen" if run["hyper"] else "defaults"
    return f"{run['key']} {run['flavour']}{' amsgrad' * run['amsgrad']}, {run['objective']}, {chosen}"


def follows(optimizer, run):
    """Our run from the same start is the recorded one, at every update that was written down."""
    ours = descend(OBJECTIVES[run["objective"]], RECORDED["starts"][run["objective"]], ((0, run["rate"]),), 25, optimizer)
    for k, theta in run["theta"].items():
        assert np.abs(ours.theta[int(k)] - theta).max() <= CLOSE * max(1.0, np.abs(theta).max()), k


@pytest.mark.parametrize("run", RECORDED["runs"], ids=named)
def test_the_run_is_the_frameworks(run):
    """With the framework's own defaults and with chosen hyper-parameters, in which ε is large enough to be seen."""
    follows(with_hyper(variant(OPTIMIZERS[run["key"]], run["flavour"], run["amsgrad"]), **run["hyper"]), run)


@pytest.mark.parametrize("run", RECORDED["around"], ids=lambda run: f"{run['key']}, {run.get('schedule', '')} {run['around']}")
def test_what_stands_before_the_optimizer_is_the_frameworks(run):
    """Schedules and weight decay by PyTorch, clipping by value by both, clipping by norm by Keras."""
    optimizer = OPTIMIZERS[run["key"]]
    if "schedule" in run:
        follows(with_hyper(scheduled(optimizer, SCHEDULES[run["schedule"]]), **run["around"]), run)
    else:
        ((key, value),) = run["around"].items()
        follows(BEFORE[key](optimizer, value), run)


def test_what_was_recorded():
    """Every entry of the registry in every flavour, on three losses; the makers are named."""
    assert set(RECORDED["made_with"]) == {"torch", "keras", "jax"}
    found = {(r["key"], r["flavour"], r["amsgrad"], r["objective"]) for r in RECORDED["runs"]}
    assert found == {(one.key, one.flavour, one.amsgrad, of) for one in VARIANTS for of in OBJECTIVES}
    chosen = {(r["key"], r["flavour"], name) for r in RECORDED["runs"] for name in r["hyper"]}
    assert chosen == {(one.key, one.flavour, name) for one in VARIANTS for name in one.hyper}
    assert {r["schedule"] for r in RECORDED["around"] if "schedule" in r} == {*SCHEDULES} - {"constant"}
    assert {(r["by"], name) for r in RECORDED["around"] for name in BEFORE if name in r["around"]} == {
        ("torch", "l2"), ("torch", "clip_value"), ("keras", "clip_value"), ("keras", "clip_norm")
    }  # fmt: skip
    assert all("25" in r["theta"] for r in (*RECORDED["runs"], *RECORDED["around"]))


def test_what_was_not_recorded_is_named():
    """With the framework and the reason, in the file as in the script; and none of it is in the file after all."""
    script = ast.parse((FOLDER / "optimizers.py").read_text(encoding="utf-8"))
    given = {ast.unparse(node.targets[0]): node.value for node in script.body if isinstance(node, ast.Assign)}
    missing = RECORDED["not_recorded"]
    assert missing == ast.literal_eval(given["NOT_RECORDED"]) and all(set(one) == {"by", "what", "why"} for one in missing)
    made = {("torch" if r["flavour"] == "pytorch" else "keras", r["key"]) for r in RECORDED["runs"]}
    made |= {(r["by"], name) for r in RECORDED["around"] for name in r["around"]}
    assert not made & {(one["by"], one["what"]) for one in missing}
