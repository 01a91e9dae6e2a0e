"""A run is the same update made again and again. Its history keeps every theta, so going back in time is a look-up and never
a computation run backwards."""

from collections.abc import Callable, Sequence
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
    first: how many updates were made before, where this is a part of a run.
    """

    theta: Array
    loss: Array
    state: tuple
    stopped: int | None
    first: int = 0

    @property
    def ends(self) -> int:
        """How many updates have been made at its end."""
        return self.first + self.updates

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
    of: Objective,
    theta,
    rates: Rates,
    updates: int,
    optimizer: Optimizer = GRADIENT_DESCENT,
    moves: Array | float = 1.0,
    batches: Callable[[int], Objective] | None = None,
    before: History | None = None,
) -> History:
    """`updates` updates from theta (..., P). A run that stops being finite stops there.

    moves (P,) multiplies the learning rate: 0 freezes a parameter. batches: after k updates -> the objective of the next one, whose
    loss and gradient are then a mini-batch's; without it all are those of `of`. before: the part of this run made so far, which is
    gone on with where it ends, whatever theta is; what is returned is the new part, from that end on.
    """
    theta, rates = of.checked(before.theta[-1] if before else theta), checked_rates(rates)
    first = before.ends if before else 0
    turns, eta = dict(rates), rate_at(rates, first)
    state = before.state if before else optimizer.init(theta)
    thetas = np.empty((updates + 1, *theta.shape))
    losses = np.empty((updates + 1, *theta.shape[:-1]))
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for at in range(updates + 1):
            k = first + at
            losses[at], g = (batches(k) if batches else of).loss_and_gradient(theta)
            thetas[at] = theta
            if at < updates:
                eta = turns.get(k, eta)
                step, state = optimizer.update(theta, g, state, k + 1, lr=eta * moves)
                theta = theta + step
    finite = np.isfinite(thetas).all(axis=-1) & np.isfinite(losses)
    good = finite.reshape(updates + 1, -1).all(axis=1)
    kept = updates + 1 if good.all() else int(good.argmin())
    return History(frozen(thetas[:kept]), frozen(losses[:kept]), state, None if kept > updates else first + kept, first)


def joined(parts: Sequence[History]) -> History:
    """Parts of one run, each beginning where the one before ends, as one."""
    if len(parts) == 1:
        return parts[0]
    theta = np.concatenate([parts[0].theta, *(part.theta[1:] for part in parts[1:])])
    loss = np.concatenate([parts[0].loss, *(part.loss[1:] for part in parts[1:])])
    return History(frozen(theta), frozen(loss), parts[-1].state, parts[-1].stopped, parts[0].first)
