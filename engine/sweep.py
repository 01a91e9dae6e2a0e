"""One question asked of many runs: what does the learning rate decide, what does the start? A sweep makes the same run at every
rate at once; a map of fates asks, block by block, where runs from many starts end at one rate."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.fates import Ends, Fate, codes, ended, ends, quiet
from engine.objective import Objective
from engine.op import Array, frozen


@dataclass(frozen=True, eq=False)
class Sweep:
    """etas (R,) and kept (K,) updates; theta (K, R, P) and loss (K, R) there; ends: the runs after the last update."""

    etas: Array
    kept: tuple[int, ...]
    theta: Array
    loss: Array
    ends: Ends


def shared_updates(updates: int = 1000, count: int = 61) -> tuple[int, ...]:
    """Update numbers 0, 1, 2, … and then ever farther apart, the last being `updates`: `count` (at least 3) or all that are."""
    if updates < count:
        return tuple(range(updates + 1))
    kept = [0, 1]
    for left in range(count - 2, 0, -1):
        kept.append(max(kept[-1] + 1, round(kept[-1] * (updates / kept[-1]) ** (1 / left))))
    return tuple(kept)


@quiet
def sweep(of: Objective, theta: Array, etas: Array, updates: int, kept: Sequence[int], moves=None) -> Sweep:
    """One run from theta (P,) for each rate (R,), kept at the rising update numbers `kept`, which lie in 0 … updates.

    moves (P,): which parameters move, by default all. From its first number that is not finite on, a run has none that is.
    """
    etas, slots = frozen(etas), {k: slot for slot, k in enumerate(kept)}
    eta = etas[:, None] * (np.ones(of.size) if moves is None else np.asarray(moves, dtype=float))
    theta = np.tile(of.checked(theta), (len(etas), 1))
    thetas, losses = np.full((len(slots), *theta.shape), np.nan), np.full((len(slots), len(etas)), np.nan)
    peak = np.zeros(len(etas))
    for k in range(updates + 1):
        loss, g = of.loss_and_gradient(theta)
        loss = np.where(np.isfinite(theta).all(axis=-1), loss, np.nan)  # a ReLU would turn nan into 0
        peak = np.maximum(peak, loss)
        if k in slots:
            thetas[slots[k]], losses[slots[k]] = theta, loss
        if k < updates:
            theta = np.where(np.isfinite(loss)[:, None], theta - eta * g, np.nan)
    return Sweep(etas, tuple(kept), frozen(thetas), frozen(losses), ended(of, theta, eta, peak))


def block(of: Objective, places: tuple[Fate, ...], starts: Array, eta, updates: int = 1000) -> Array:
    """The fate of each of a few starts (R, P), as its index in `fates(places)`. eta: one rate, or one per parameter (P,)."""
    return codes(of, places, ends(of, starts, eta, updates))
