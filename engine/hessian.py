"""How fast does the gradient itself change around a place? The Hessian holds the answer, one row per parameter; its largest
eigenvalue λmax says how steep the steepest bend is, and 2/λmax is the rate above which a run cannot stay at such a bend."""

from dataclasses import dataclass

import numpy as np

from engine.objective import Objective
from engine.op import Array, frozen

CAREFUL = 2.0**-10  # of the step, where the usual one reaches over a kink or too far round a bend
ROUND = 1e-3  # the two halves of a difference may differ by this part of it; its error is about the square
FLAT = 1e-8  # an eigenvalue up to this, relative to max(1, |Hessian|), is no bend


@dataclass(frozen=True, eq=False)
class Curvature:
    """hessian (P, P), with zeros for the parameters that do not move; values (M,): its eigenvalues over the M that move, ascending.

    top (P,): the unit eigenvector of the largest, its largest component positive (zeros if nothing moves); limit: 2/λmax, or None
    where nothing bends upwards. kink: theta lies on a kink, and the Hessian is that of theta's own side.
    """

    hessian: Array
    values: Array
    top: Array
    limit: float | None
    kink: bool


def curvature(of: Objective, theta: Array, moves: Array | None = None) -> Curvature:
    """The curvature of L at theta (P,). moves (P,): 1 for a parameter that moves, 0 for a frozen one (default: all move).

    Where L overflows nearby, the Hessian and its eigenvalues are nan and limit is None.
    """
    moving = np.flatnonzero(np.ones(of.size) if moves is None else moves)
    hessian, top, kink = np.zeros((of.size, of.size)), np.zeros(of.size), False
    if moving.size:
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            steps = _steps(theta)
            block, kink, far = _differences(of, theta, moving, steps)
            if kink or far:  # is theta on the kink, or only near it?
                block, kink, _ = _differences(of, theta, moving, CAREFUL * steps)
        hessian[np.ix_(moving, moving)] = block
    if not (moving.size and np.isfinite(block).all()):
        return Curvature(frozen(hessian), frozen(np.full(moving.size, np.nan)), frozen(top), None, kink)
    values, vectors = np.linalg.eigh(block)
    top[moving] = vectors[:, -1]
    top *= np.sign(top[np.argmax(np.round(np.abs(top), 9))])  # of two equally large ones the first
    bends = values[-1] > FLAT * max(1.0, float(np.abs(block).max()))
    return Curvature(frozen(hessian), frozen(values), frozen(top), float(2 / values[-1]) if bends else None, kink)


def _steps(theta: Array) -> Array:
    """(P,): what a parameter is nudged by. Near ∛ε rounding and bending err alike; powers of two do not round short numbers."""
    best = 4 * np.cbrt(np.finfo(float).eps * np.maximum(1, np.abs(theta)))
    return 2.0 ** np.ceil(np.log2(np.maximum(best, 2.0**-26 * np.abs(theta))))


def _differences(of: Objective, theta: Array, moving: Array, steps: Array) -> tuple[Array, bool, bool]:
    """The Hessian over the moving parameters (M, M); has a nudge met a kink; did one go too far? The gradient is asked once, at
    2 M + 1 places; of a nudge that changes sides only the end on theta's own side counts."""
    nudges = steps[moving, None] * np.eye(of.size)[moving]
    places = theta + np.concatenate([nudges, -nudges, np.zeros((1, of.size))])
    g = of.loss_and_gradient(places)[1][:, moving]
    ahead, behind = np.split(_changes_side(of, places), 2)
    one, other, here = np.arange(len(moving)), np.arange(len(moving)) + len(moving), 2 * len(moving)
    right, left = np.where(ahead & ~behind, here, one), np.where(behind & ~ahead, here, other)  # rows of `places`
    apart = places[right, moving] - places[left, moving]  # as rounded
    rows = (g[right] - g[left]) / apart[:, None]
    halves = np.abs(g[one] - 2 * g[here] + g[other]).max() / steps[moving].min()
    return (rows + rows.T) / 2, bool((ahead | behind).any()), bool(halves > ROUND * max(1.0, np.abs(rows).max()))


def _changes_side(of: Objective, places: Array) -> Array:
    """(R,): is some step on another side of a kink at this place than at the last one?"""
    values, changed = of.values(places), np.zeros(len(places) - 1, dtype=bool)
    for step in of.program:
        if step.op.side is not None:
            side = step.op.side(*(values[name] for name in step.args))
            changed |= (side[:-1] != side[-1]).reshape(len(changed), -1).any(axis=1)
    return changed
