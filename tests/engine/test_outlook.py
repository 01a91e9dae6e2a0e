"""What the page says about a run's last updates is measured on the run itself: distances to its end, update after update."""

import numpy as np
import pytest

from engine.experiment import PRESETS, moves_of, objective_of, start_of
from engine.history import descend
from engine.outlook import RATES, approach, bare, runs_from


@pytest.mark.parametrize("start,eta,factor", [
    ((1.25, 0.25), 0.5, 0.75), ((1.25, 0.25), 0.3, 0.85), ((0.7, 0.4), 1.3, -0.95), ((1.0, 1.0), 0.5, 0.25),
    ((1.4, -2.0), 0.7, 0.65),
])  # fmt: skip
def test_near_its_end_each_update_multiplies_the_distance(start, eta, factor):
    """In the middle basin λ is ½ and 3/2: the direction that is left decides. On the diagonal only the steep one is there; in a
    valley λ is ½."""
    of = objective_of(PRESETS["B"])
    history = descend(of, start, ((0, eta),), 1000)
    away = history.theta - history.theta[-1]
    far = np.linalg.norm(away, axis=1)
    k = np.flatnonzero(far > 1e-6)[-1] - 1
    measured = float(away[k + 1] @ away[k] / (away[k] @ away[k]))  # with its sign: across or not
    assert approach(of, history.theta, eta, np.ones(2)) == pytest.approx(measured, abs=1e-4)
    assert measured == pytest.approx(factor, abs=1e-3)


def test_a_run_that_stands_has_no_approach():
    """Dead from the start, or placed at its end: there is no last update to speak of."""
    of = objective_of(PRESETS["B"])
    for start in ((-1.0, -1.0), (1.0, -2.0)):
        assert approach(of, np.tile(np.array(start), (5, 1)), 0.5, np.ones(2)) is None


def test_the_rates_are_logarithmic():
    """From 0.001 to 10 at least 120 rates, none more than a tenth above the one before, all written with three digits at most."""
    assert len(RATES) >= 120 and (RATES[0], RATES[-1]) == (0.001, 10.0)
    assert (np.diff(np.log10(RATES)) < np.log10(1.1)).all() and (np.diff(RATES) > 0).all()
    assert all(float(f"{eta:.3g}") == eta for eta in RATES)


def test_runs_know_their_fates():
    """Every run of a sweep has a fate, and preset B's three are among them."""
    experiment = PRESETS["B"]
    runs = runs_from(bare(experiment), tuple(start_of(experiment)), (), tuple(RATES))
    kinds = {runs.fates[c].kind for c in runs.codes}
    assert {"basin", "valley", "dead"} <= kinds and len(runs.codes) == len(RATES)
    assert moves_of(bare(experiment)).tolist() == [1, 1]
