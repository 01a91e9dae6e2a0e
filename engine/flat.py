"""Units on the flat part of their activation: where, and since when without a break. A long run is not looked at update by update:
interval arithmetic settles whole stretches of it at one blow."""

from collections.abc import Mapping

import numpy as np

from engine.batches import on_rows
from engine.curves import steep_end, switched
from engine.diagnosis import FLAT, local_slopes
from engine.objective import Objective
from engine.op import Array
from engine.program import Step

WORK = 4000  # updates × samples looked at one by one in one go
ROUNDING = 1e-14  # relative, of one weighted sum


def flat(steps: list[Step], values: Mapping[str, Array]) -> Array:
    """(..., N, U): where units of these layers, in a row, have no slope if they are on or off, hardly any if they are not."""
    limits = [0.0 if switched(step.op) else FLAT for step in steps]
    return np.concatenate([np.abs(local_slopes(values, s)) <= most for s, most in zip(steps, limits, strict=True)], axis=-1)


def since_flat(of: Objective, thetas: Array, steps: list[Step], now: Array) -> Array:
    """Since when the units in `now` (U,) have been flat without a break: thetas (k+1, P) -> (U,).

    Going back, samples at which the units are flat for *every* theta between the smallest and the largest numbers of a stretch
    of updates are settled at one blow. A stretch with samples left is computed update by update for these, or halved if long.
    """
    k = len(thetas) - 1
    since, open_, stretches = np.full(len(now), k), now.copy(), [(0, k, of)] if k else []
    while stretches and open_.any():
        low, high, some = stretches.pop()
        left = np.flatnonzero(~_surely_flat(some, steps, thetas[low:high])[:, open_].all(axis=-1))
        if not len(left):
            since[open_] = low
        elif (high - low) * len(left) <= WORK:
            broken = ~flat(steps, on_rows(some, left).values(thetas[low:high])).all(axis=-2)[::-1]
            length = np.where(broken.any(axis=0), broken.argmax(axis=0), high - low)
            since[open_] = high - length[open_]
            open_ &= length == high - low
        else:
            middle, some = (low + high) // 2, on_rows(some, left)
            stretches += [(low, middle, some), (middle, high, some)]
    return since


def _surely_flat(of: Objective, steps: list[Step], thetas: Array) -> Array:
    """(N, U): where units are flat for every theta in the box around thetas (R, P), by interval arithmetic through the layers.

    An activation that rises takes bounds to bounds. If its slope never falls, it is steepest at the upper bound; if it never rises
    with the distance from 0, at the place nearest to 0: one point of the interval speaks for all of it. Of others nothing is sure.
    """
    low, high = of.views(thetas.min(axis=0)), of.views(thetas.max(axis=0))
    bounds = {name: (x, x) for name, x in of.inputs.items()} | {name: (low[name], high[name]) for name in low}
    worst = {}
    for step in of.program[: of.program.index(steps[-1]) + 1]:
        if step.op.role == "weighted sum":
            bounds[step.out] = _bounds_of_sum(*(bounds[name] for name in step.args))
        else:
            z, steep = step.args[0], steep_end(step.op)
            sure = bounds[z] if steep else tuple(np.full_like(bounds[z][0], x) for x in (-np.inf, np.inf))
            bounds[step.out] = tuple(step.op.f(bound) for bound in sure) if steep else sure
            worst[z] = sure[1] if steep == "right" else np.clip(0.0, *sure)
            worst[step.out] = step.op.f(worst[z])
    return flat(steps, worst)


def _bounds_of_sum(a, W, b=None) -> tuple[Array, Array]:
    """A Wᵀ + 1 bᵀ for A, W and b each between two bounds: the middle, plus and minus how far one can get from it."""
    (a, da), (W, dW) = ((sum(x) / 2, (x[1] - x[0]) / 2) for x in (a, W))
    z, away = a @ W.T, np.abs(a) @ (dW + ROUNDING * np.abs(W)).T + da @ (np.abs(W) + dW).T
    if b is not None:
        z, away = z + sum(b) / 2, away + (b[1] - b[0]) / 2 + ROUNDING * np.abs(b[1])
    return z - away, z + away
