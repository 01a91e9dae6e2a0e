"""The outlook from one moment: what every learning rate would make of the run from here on, what the next step would do, and
which places there are to end at. Computed once per moment and kept; it knows nothing of how it is shown."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine.experiment import Experiment, moves_of, objective_of
from engine.fates import Fate, codes, fates, known_fates
from engine.hessian import curvature
from engine.limits import AHEAD, RATE
from engine.objective import Objective
from engine.op import Array
from engine.oracle import Oracle, oracle
from engine.surface import square
from engine.sweep import Sweep, shared_updates, sweep

# Round rates, nearly even on a logarithmic axis: 40 a decade, none more than 9 % above the one before.
MANTISSAS = (
    10, 10.5, 11, 11.5, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 24, 25, 27, 28, 30, 32, 34, 36, 38,
    40, 42, 45, 48, 50, 53, 56, 60, 63, 67, 70, 75, 80, 85, 90, 95,
)  # fmt: skip
RATES = np.array([round(m * 10.0 ** (e - 1), 6) for e in (-3, -2, -1, 0) for m in MANTISSAS] + [RATE[1]])
NEARBY = 1e-6  # of a run's end, relative to its size: nearer, the steps are rounding
KEPT = shared_updates(AHEAD)


def bare(experiment: Experiment) -> Experiment:
    """The objective and its frozen parameters alone: equal for all starts and rates."""
    return replace(experiment, weights=None, initialiser="glorot_uniform", seed=0, rates=())


@lru_cache(maxsize=64)
def places_of(experiment: Experiment, rest: tuple[float, ...]) -> tuple[Fate, ...]:
    """The places where runs of this bare experiment come to rest; rest: where its parameters after the first two start."""
    theta = np.array([0.0, 0.0, *rest])
    return known_fates(objective_of(experiment), theta, (0, 1), *square(0), moves_of(experiment))


@dataclass(frozen=True, eq=False)
class Runs:
    """Runs from one moment on, one for each rate: the sweep, all fates, and each run's place among them (R,)."""

    sweep: Sweep
    fates: tuple[Fate, ...]
    codes: Array


def runs_from(experiment: Experiment, theta: tuple[float, ...], rest: tuple[float, ...], etas: tuple[float, ...]) -> Runs:
    """The runs of this bare experiment from theta on; rest: where the probe that names the places starts, see `places_of`."""
    return (_network_runs if experiment.hidden else _neuron_runs)(experiment, theta, rest, etas)


def _runs(experiment: Experiment, theta: tuple[float, ...], rest: tuple[float, ...], etas: tuple[float, ...]) -> Runs:
    of, places = objective_of(experiment), places_of(experiment, rest)
    found = sweep(of, np.array(theta), np.array(etas), AHEAD, KEPT, moves_of(experiment))
    return Runs(found, fates(places), codes(of, places, found.ends))


_neuron_runs = lru_cache(maxsize=128)(_runs)  # a quarter of a megabyte each
_network_runs = lru_cache(maxsize=8)(_runs)  # 1.3 MB each for 17 parameters, 20 MB for the largest network


def approach(of: Objective, run: Array, eta: float, moves: Array) -> float | None:
    """What each update multiplies the distance by when a run (K, P) nears its end: 1 − ηλ, λ being the Hessian's eigenvalue there
    in the direction from which the run comes in last. None on a kink, where nothing bends, or if the run stood there already."""
    end, away = run[-1], run - run[-1]
    apart = np.flatnonzero(np.linalg.norm(away, axis=1) > NEARBY * max(1.0, float(np.abs(end).max())))
    bent = curvature(of, end, moves)
    if bent.kink or not apart.size:
        return None
    values, directions = np.linalg.eigh(bent.hessian)
    factor = 1 - eta * values[np.argmax(np.abs(directions.T @ away[apart[-1]]))]
    return round(float(factor), 8) if abs(factor) < 1 else None  # the Hessian is found by differences: the rest is rounding


@lru_cache(maxsize=256)
def oracle_at(experiment: Experiment, theta: tuple[float, ...]) -> Oracle:
    """What the next step of this bare experiment from theta would do, for every rate."""
    return oracle(objective_of(experiment), np.array(theta), moves_of(experiment))
