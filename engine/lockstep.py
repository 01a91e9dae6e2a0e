"""Up to six optimizers start from the same weights on the same loss and make their updates together. All gradients of one step
come from one call, and every lane keeps where it has been and what its optimizer remembered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.history import History, Rates, checked_rates, joined, rate_at
from engine.objective import Objective, chunk
from engine.op import Array, frozen
from engine.optimizers import Optimizer
from engine.refused import Refused

LANES = 6  # how many can run together
SWEEP = np.geomspace(1e-4, 10.0, 200)  # the rates among which the best is looked for
SILENT = {"over": "ignore", "invalid": "ignore", "divide": "ignore"}


@dataclass(frozen=True, eq=False)
class Lane:
    """One optimizer's run. memory: name -> (T+1, ..., P), what it remembers before the first and after every update."""

    optimizer: Optimizer
    history: History
    memory: Mapping[str, Array]

    def state(self, k: int) -> tuple[Array, ...]:
        """What the optimizer remembers after k updates."""
        return tuple(self.memory[name][k] for name in self.optimizer.memory)


def lockstep(
    of: Objective,
    theta,
    optimizers: Sequence[Optimizer],
    rates: Sequence[Rates],
    updates: int,
    moves: Array | float = 1.0,
    batches: Callable[[int], Objective] | None = None,
) -> tuple[Lane, ...]:
    """`updates` updates by each optimizer from the same theta (..., P), each with its own rates.

    A lane that stops being finite stops there, on its own: the others go on. moves and batches are those of `descend`.
    """
    if not 1 <= len(optimizers) <= LANES or len(rates) != len(optimizers):
        raise Refused("Up to {most} optimizers can run together, each with its own rates.", most=LANES)
    theta, rates = of.checked(theta), [checked_rates(one) for one in rates]
    states = [optimizer.init(theta) for optimizer in optimizers]
    return _run(of, np.stack([theta] * len(optimizers)), optimizers, states, rates, 0, updates, moves, batches)


def further(
    of: Objective,
    lanes: Sequence[Lane],
    rates: Sequence[Rates],
    updates: int,
    moves: Array | float = 1.0,
    batches: Callable[[int], Objective] | None = None,
) -> tuple[Lane, ...]:
    """The same lanes, `updates` updates longer: as if they had been run so far at once. A lane that stopped stays as it is."""
    alive = [at for at, lane in enumerate(lanes) if lane.history.stopped is None]
    if not alive:
        return tuple(lanes)
    going = [lanes[at] for at in alive]
    here, first = np.stack([lane.history.theta[-1] for lane in going]), going[0].history.ends
    optimizers, states = [lane.optimizer for lane in going], [lane.history.state for lane in going]
    more = _run(of, here, optimizers, states, [rates[at] for at in alive], first, updates, moves, batches)
    longer = dict(zip(alive, map(_joined, going, more), strict=True))
    return tuple(longer.get(at, lane) for at, lane in enumerate(lanes))


def _run(of, here, optimizers, states, rates, first, updates, moves, batches) -> tuple[Lane, ...]:
    """All lanes, after `first` updates at here (M, ..., P) with these states, `updates` updates on: one gradient call per step."""
    states, turns = list(states), [dict(one) for one in rates]
    thetas, losses = np.empty((updates + 1, *here.shape)), np.empty((updates + 1, *here.shape[:-1]))
    memories = [[np.empty((updates + 1, *here.shape[1:])) for _ in one.memory] for one in optimizers]
    etas = [rate_at(one, first) for one in rates]
    with np.errstate(**SILENT):
        for at in range(updates + 1):
            k = first + at
            losses[at], g = (batches(k) if batches else of).loss_and_gradient(here)
            thetas[at] = here
            for memory, state in zip(memories, states, strict=True):
                for kept, now in zip(memory, state, strict=True):
                    kept[at] = now
            if at == updates:
                break
            here = here.copy()
            for lane, optimizer in enumerate(optimizers):
                etas[lane] = turns[lane].get(k, etas[lane])
                step, states[lane] = optimizer.update(here[lane], g[lane], states[lane], k + 1, lr=etas[lane] * moves)
                here[lane] += step
    return tuple(_lane(one, thetas[:, at], losses[:, at], memories[at], first) for at, one in enumerate(optimizers))


def _lane(optimizer: Optimizer, theta: Array, loss: Array, memory: Sequence[Array], first: int) -> Lane:
    """A lane up to its last finite update."""
    good = (np.isfinite(theta).all(axis=-1) & np.isfinite(loss)).reshape(len(theta), -1).all(axis=1)
    kept = len(theta) if good.all() else int(good.argmin())
    named = {name: frozen(x[:kept]) for name, x in zip(optimizer.memory, memory, strict=True)}
    state = tuple(x[-1] for x in named.values()) if kept else ()
    stopped = None if kept == len(theta) else first + kept
    return Lane(optimizer, History(frozen(theta[:kept]), frozen(loss[:kept]), state, stopped, first), named)


def _joined(lane: Lane, more: Lane) -> Lane:
    memory = {name: frozen(np.concatenate([x, more.memory[name][1:]])) for name, x in lane.memory.items()}
    return Lane(lane.optimizer, joined([lane.history, more.history]), memory)


@dataclass(frozen=True, eq=False)
class Best:
    """rates (R,) and the loss (R,) each leads to, nan where the run stopped being finite; rate: the one with the lowest, or None.

    Of rates that lead to equally low losses it is the smallest.
    """

    rates: Array
    losses: Array
    rate: float | None


def best_rates(
    of: Objective, theta, optimizers: Sequence[Optimizer], updates: int, rates: Array = SWEEP, moves: Array | float = 1.0
) -> tuple[Best, ...]:
    """For each optimizer the rate among the rising `rates` (R,) with the lowest loss after so many updates from theta (P,)."""
    theta, rates = of.checked(theta), frozen(rates)
    parts = np.array_split(rates, -(-len(rates) * len(optimizers) // chunk(of)))
    losses = np.concatenate([_ends(of, theta, optimizers, part, updates, moves) for part in parts if len(part)], axis=1)
    return tuple(_best(rates, loss) for loss in losses)


def _best(rates: Array, losses: Array) -> Best:
    at = None if np.isnan(losses).all() else int(np.nanargmin(losses))
    return Best(rates, frozen(losses), None if at is None else float(rates[at]))


def _ends(of: Objective, theta: Array, optimizers: Sequence[Optimizer], rates: Array, updates: int, moves) -> Array:
    """The loss (M, R) after the last update, nan where some number on the way was not finite."""
    here = np.broadcast_to(theta, (len(optimizers), len(rates), len(theta))).copy()
    states, lr = [one.init(here[lane]) for lane, one in enumerate(optimizers)], rates[:, None] * moves
    alive = np.ones(here.shape[:-1], dtype=bool)
    with np.errstate(**SILENT):
        for k in range(updates):
            loss, g = of.loss_and_gradient(here)
            alive &= np.isfinite(loss)
            for lane, optimizer in enumerate(optimizers):
                step, states[lane] = optimizer.update(here[lane], g[lane], states[lane], k + 1, lr=lr)
                here[lane] += step  # the loss of this step has been read
        loss = of.loss(here)
    return np.where(alive & np.isfinite(loss) & np.isfinite(here).all(axis=-1), loss, np.nan)
