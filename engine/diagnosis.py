"""Failure is content. A run that dies, swings, stands still or blows up is named, with the update at which it happened and the
numbers that show it; arriving is named too, because a gradient of 0 means three different things."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.curves import switched
from engine.felt import reads_probabilities, unfelt
from engine.history import History
from engine.objective import Objective
from engine.program import Step, Trace

FLAT = 1e-3  # a unit whose slope is at most this for every sample is saturated, or dead if it is one that is on or off
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
    off = off_samples(of, history.theta[k])
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


def on(of: Objective, theta: np.ndarray) -> np.ndarray:
    """theta (..., P) -> (..., N): does every layer that is on or off hand something back for this sample?

    A ReLU layer hands nothing back when every unit of it is on its flat side, z ≤ 0. Other layers count as handing back.
    """
    kinked = [step for step in of.program if switched(step.op)]
    alive = np.ones((*theta.shape[:-1], len(of.inputs["x"])), dtype=bool)
    values = of.values(theta) if kinked else {}
    for step in kinked:
        alive &= (local_slopes(values, step) != 0).any(axis=-1)
    return alive


def off_samples(of: Objective, theta: np.ndarray) -> tuple[int, ...]:
    """Samples (from 1) for which some layer hands nothing back, at theta (P,)."""
    return tuple(int(n) + 1 for n in np.flatnonzero(~on(of, theta)))


def _saturated(of: Objective, trace: Trace) -> tuple[int, ...]:
    """Samples (from 1) for which every unit of a layer that is not on or off is nearly flat: |slope| at most 0.001.

    A cross-entropy that reads p has the reciprocal slope, so that a flat sigmoid before it still passes the whole error on. It
    counts only where nothing gets through although the answer is wrong, which is where p was clipped.
    """
    flat = np.zeros(len(of.inputs["x"]), dtype=bool)
    for step in trace.program:
        if step.op.role == "activation" and not switched(step.op) and step.out in trace.grads:
            level = (np.abs(local_slopes(trace.values, step)) <= FLAT).all(axis=-1)
            flat |= level & _unheard(of, trace, step) if reads_probabilities(of.program, step) else level
    return tuple(int(n) + 1 for n in np.flatnonzero(flat))


def _unheard(of: Objective, trace: Trace, step: Step) -> np.ndarray:
    """(N,): is this sample's answer worse than a guess of one half, and hardly felt by the loss?"""
    error = of.program[of.program.index(step) + 1].op
    z, p, t = (trace.values[name][:, None] for name in (step.args[0], step.out, "y_true"))  # each sample a run of its own
    return unfelt(error, step.op, z, p, t) & (error.f(p, t) > error.f(np.full_like(p, 0.5), t))[:, 0]


def local_slopes(values: Mapping[str, np.ndarray], step: Step) -> np.ndarray:
    """An activation's slope at each of its z."""
    z, y = values[step.args[0]], values[step.out]
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
    return back | np.append(back[1:], False) | np.append(back[2:], (False, False))


def _since_dead(history: History, k: int) -> int:
    """A dead neuron never moves again, so it died where theta last changed."""
    return _since((history.theta[: k + 1] == history.theta[k]).all(axis=-1))
