"""A run is the same update made again and again. Its history keeps every theta, so going back in time is a look-up and never
a computation run backwards."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.objective import Objective
from engine.op import Array, frozen
from engine.optimizers import GRADIENT_DESCENT, Optimizer
from engine.refused import Refused

Rates = tuple[tuple[int, float], ...]  # (from update, η): holds for every update that starts there or later


@dataclass(frozen=True, eq=False)
class History:
    """theta (T+1, ..., P) and loss (T+1, ...) before the first and after every update; state: the optimizer's, at the end.

    stopped: the number of the update (counting from 1) whose numbers were no longer finite, or None. What is kept is finite.
    """

    theta: Array
    loss: Array
    state: tuple
    stopped: int | None

    @property
    def updates(self) -> int:
        return len(self.theta) - 1


def rate_at(rates: Rates, k: int) -> float:
    """The learning rate of the update that starts after k updates."""
    return next(eta for start, eta in reversed(rates) if start <= k)


def with_rate(rates: Rates, k: int, eta: float) -> Rates:
    """The learning rate turned to eta at update k: earlier updates keep theirs, later turns are dropped."""
    kept = tuple(turn for turn in rates if turn[0] < k)
    return kept if kept and kept[-1][1] == eta else (*kept, (k, eta))


def checked_rates(rates: Rates) -> Rates:
    """The first turn starts at update 0, starts increase, rates are finite and at least 0; or a refusal."""
    starts = [k for k, _ in rates]
    if not rates or starts[0] != 0 or any(a >= b for a, b in pairwise(starts)):
        raise Refused("Learning rates must start at update 0 and go on in order, not at {found}.", found=starts)
    for _, eta in rates:
        if not (np.isfinite(eta) and eta >= 0):
            raise Refused("A learning rate must be a finite number of at least 0, not {found}.", found=eta)
    return rates


def descend(
    of: Objective, theta, rates: Rates, updates: int, optimizer: Optimizer = GRADIENT_DESCENT, moves: Array | float = 1.0
) -> History:
    """`updates` full-batch updates from theta (..., P). A run that stops being finite stops there.

    moves (P,) multiplies the learning rate: 0 freezes a parameter.
    """
    theta, rates = of.checked(theta), checked_rates(rates)
    turns, eta, state = dict(rates), rates[0][1], optimizer.init(theta)
    thetas = np.empty((updates + 1, *theta.shape))
    losses = np.empty((updates + 1, *theta.shape[:-1]))
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for k in range(updates + 1):
            losses[k], g = of.loss_and_gradient(theta)
            thetas[k] = theta
            if k < updates:
                eta = turns.get(k, eta)
                step, state = optimizer.update(theta, g, state, k + 1, lr=eta * moves)
                theta = theta + step
    finite = np.isfinite(thetas).all(axis=-1) & np.isfinite(losses)
    good = finite.reshape(updates + 1, -1).all(axis=1)
    kept = updates + 1 if good.all() else int(good.argmin())
    return History(frozen(thetas[:kept]), frozen(losses[:kept]), state, None if kept > updates else kept)
