"""Failure is content. A run that dies, swings, stands still or blows up is named, with the update at which it happened and the
numbers that show it; arriving is named too, because a gradient of 0 means three different things."""

from dataclasses import dataclass

import numpy as np

from engine.history import History
from engine.objective import Objective
from engine.program import Trace

STILL = 1e-6  # a largest gradient below this is standing still
NEAR = 1e-6  # a loss below this is arrived


@dataclass(frozen=True)
class Diagnosis:
    """kind: "diverged", "dead", "arrived", "swings", "still", "saturated" or "silent"; since: the first update count at which
    it holds; samples: the ones concerned, counted from 1; loss: L there."""

    kind: str
    since: int
    samples: tuple[int, ...]
    loss: float


def diagnose(of: Objective, history: History, trace: Trace, k: int, moves: np.ndarray | float = 1.0) -> Diagnosis | None:
    """What is wrong (or done) after k updates; None while the run is healthily on its way. moves (P,) is 0 where frozen."""
    loss, everyone = float(history.loss[k]), tuple(range(1, 1 + len(of.inputs["x"])))
    if history.stopped is not None and k >= history.updates:
        return Diagnosis("diverged", history.stopped, (), loss)
    size = float(np.max(np.abs(moves * of.flat(trace.grads))))
    if loss < NEAR:
        return Diagnosis("arrived", _since(history.loss[: k + 1] < NEAR), everyone, loss)
    off = off_samples(of, trace)
    if len(off) == len(everyone) and size == 0:
        return Diagnosis("dead", _since_dead(history, k), off, loss)
    if k >= 2 and np.array_equal(history.theta[k], history.theta[k - 2]) and size > STILL:
        return Diagnosis("swings", _since(_repeats(history.theta[: k + 1])), (), loss)
    flat = _saturated(of, trace)
    if len(flat) == len(everyone):
        return Diagnosis("saturated", k, flat, loss)
    if size < STILL:
        return Diagnosis("still", _since(history.loss[: k + 1] <= loss * (1 + 1e-9) + 1e-12), (), loss)
    silent = tuple(n for n in off if float(np.ravel(_sample_losses(trace))[n - 1]) > 0)
    return Diagnosis("silent", k, silent, loss) if silent else None


def off_samples(of: Objective, trace: Trace) -> tuple[int, ...]:
    """Samples (from 1) for which a layer hands nothing back: every unit of it is on its flat side (ReLU, z ≤ 0)."""
    return _stuck(of, trace, smooth=False, limit=0.0)


def _saturated(of: Objective, trace: Trace) -> tuple[int, ...]:
    """Samples for which every unit of a smooth layer is nearly flat: |slope| at most 0.001."""
    return _stuck(of, trace, smooth=True, limit=1e-3)


def _stuck(of: Objective, trace: Trace, smooth: bool, limit: float) -> tuple[int, ...]:
    """Samples (from 1) for which some layer, of the smooth or of the kinked ones, has no unit with |slope| above the limit."""
    stuck = np.zeros(len(of.inputs["x"]), dtype=bool)
    for step in trace.program:
        if step.op.role == "activation" and (step.op.kink is None) == smooth and step.out in trace.grads:
            stuck |= (np.abs(local_slopes(trace, step)) <= limit).all(axis=-1)
    return tuple(int(n) + 1 for n in np.flatnonzero(stuck))


def local_slopes(trace: Trace, step) -> np.ndarray:
    """An activation's slope at each of its z."""
    z, y = trace.values[step.args[0]], trace.values[step.out]
    return step.op.vjp(np.ones_like(y), y, z)[0]


def _sample_losses(trace: Trace):
    return trace.values["l" if "l" in trace.values else "L"]


def _since(holds) -> int:
    """The first index from which `holds` is true without a break up to its end."""
    broken = np.flatnonzero(~np.asarray(holds))
    return int(broken[-1]) + 1 if broken.size else 0


def _repeats(theta) -> np.ndarray:
    back = np.zeros(len(theta), dtype=bool)
    back[2:] = (theta[2:] == theta[:-2]).all(axis=-1)
    back[:-2] |= back[2:]
    return back


def _since_dead(history: History, k: int) -> int:
    """A dead neuron never moves again, so it died where theta last changed."""
    return _since((history.theta[: k + 1] == history.theta[k]).all(axis=-1))
