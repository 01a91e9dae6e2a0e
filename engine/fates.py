"""Where runs of gradient descent end, asked for many runs at once. A run may die, blow up, swing for ever or come to rest; runs
that rest are told apart by the place: two ends share a place if a straight walk between them never climbs."""

from dataclasses import dataclass

import numpy as np

from engine.diagnosis import NEAR, STILL, on
from engine.objective import Objective, chunk
from engine.op import Array, frozen
from engine.starts import grid_starts

KINDS = ("undecided", "dead", "diverged", "swings", "right", "settled")
UNDECIDED, DEAD, DIVERGED, SWINGS, RIGHT, SETTLED = range(len(KINDS))
HUGE = 1e30  # a run whose loss has passed this has diverged
SAME = 1e-3  # losses, and coordinates, this close are the same
PLACES = 6  # as many places get a name
EVERY = 10  # updates between two looks at who has arrived
LINE = 33  # points on a straight walk
PROBES, PROBE_UPDATES = 15, 600  # a side of the probe's grid, and how long it looks

quiet = np.errstate(over="ignore", invalid="ignore", divide="ignore")  # a diverging run is a finding, not a warning


@dataclass(frozen=True, eq=False)
class Ends:
    """theta (R, P) and loss (R,) where each run ended, not always finite if it diverged; kind (R,): its index in KINDS."""

    theta: Array
    loss: Array
    kind: Array


@dataclass(frozen=True)
class Fate:
    """kind: one of KINDS, "valley" (a place at the lowest loss), "basin" (a higher one) or "elsewhere" (at rest at no named place).

    A place has its loss, its coordinates (None where its ends differ), and one end (P,) in its middle.
    """

    kind: str
    loss: float | None = None
    where: tuple[float | None, ...] = ()
    at: tuple[float, ...] = ()


@quiet
def ends(of: Objective, starts: Array, eta, updates: int = 1000) -> Ends:
    """Where runs from starts (R, P) are after so many updates, or once they are decided. eta broadcasts to (R, P); a parameter
    with rate 0 is frozen, and its gradient does not count. R is at least 1; starts not finite or of the wrong length: Refused."""
    theta = of.checked(starts)
    rates = eta = np.broadcast_to(np.asarray(eta, dtype=float), theta.shape)
    last, highest = theta.copy(), np.zeros(len(theta))
    running, peak = np.arange(len(theta)), highest
    for k in range(updates + 1):
        loss, g = of.loss_and_gradient(theta)
        peak = np.maximum(peak, loss)
        if k % EVERY == 0 or k == updates:
            done = _lost(theta, peak) | (_largest(g, eta) < STILL) | (k == updates)
            last[running[done]], highest[running[done]] = theta[done], peak[done]
            running, theta, peak, eta, g = (x[~done] for x in (running, theta, peak, eta, g))
            if not len(running):
                break
        theta = theta - eta * g
    return ended(of, last, rates, highest)


@quiet
def ended(of: Objective, theta: Array, eta: Array, peak: Array) -> Ends:
    """What became of runs that now stand at theta (R, P), with rates that broadcast to it and highest losses (R,) on the way."""
    lost = _lost(theta, peak)
    here = np.where(lost[:, None], 0.0, theta)  # a lost run is asked at a place where there are numbers
    eta = np.broadcast_to(eta, here.shape)
    loss, g = of.loss_and_gradient(here)
    size = _largest(g, eta)
    dead = (size == 0) & (loss >= NEAR) & ~on(of, here).any(axis=-1)
    first = [(lost, DIVERGED), (dead, DEAD), (size < STILL, SETTLED), (_swings(of, here, eta), SWINGS), (_right(of, here), RIGHT)]
    kind = np.select([holds for holds, _ in first], [code for _, code in first], UNDECIDED)
    kind.setflags(write=False)
    return Ends(frozen(theta), frozen(np.where(np.isfinite(theta).all(axis=-1), of.loss(theta), np.nan)), kind)


@quiet
def catalogue(of: Objective, thetas: Array, losses: Array) -> tuple[Fate, ...]:
    """The places of runs at rest at thetas (R, P) with losses (R,): the largest ones, at most PLACES, lowest loss first."""
    left, groups = np.argsort(losses, kind="stable"), []
    while len(left):
        near = losses[left] <= losses[left[0]] + SAME
        near[near] = _joined(of, thetas[left[0]], thetas[left[near]])
        groups.append(left[near])
        left = left[~near]
    groups = sorted(groups, key=len, reverse=True)[:PLACES]
    found = [_place(thetas[group], losses[group], float(losses.min())) for group in groups]
    levels = [place.loss for place in found]

    def order(place: Fate):
        return min(level for level in levels if level >= place.loss - SAME), [round(x, 3) for x in place.at]

    return tuple(sorted(found, key=order))


@quiet
def known_fates(of: Objective, theta: Array, axes: tuple[int, int], low: float, high: float, moves=None) -> tuple[Fate, ...]:
    """The places that a coarse, fixed probe of a square of two parameters finds, the others starting at theta (P,).

    moves (P,): which parameters move, by default all. Equal arguments give equal places in equal order. A probe that is still
    on its way, or caught on a crease of the loss, names nothing; so a small or slow place can be missing, and ends elsewhere.
    """
    starts = grid_starts(theta, axes, (low, high), (low, high), PROBES)
    moves = np.ones(of.size) if moves is None else np.asarray(moves, dtype=float)
    found = ended(of, _downhill(of, starts, moves), moves, np.zeros(len(starts)))
    rest = found.kind == SETTLED
    return catalogue(of, found.theta[rest], found.loss[rest])


def fates(places: tuple[Fate, ...]) -> tuple[Fate, ...]:
    """Every fate, in the order of its code: the kinds of run that are not at rest, the places, elsewhere."""
    return (*map(Fate, KINDS[:SETTLED]), *places, Fate("elsewhere"))


def codes(of: Objective, places: tuple[Fate, ...], found: Ends) -> Array:
    """Each run's index (R,) in `fates(places)`."""
    elsewhere = SETTLED + len(places)
    code = np.where(found.kind == SETTLED, elsewhere, found.kind)
    for i, place in enumerate(places):
        level = np.flatnonzero((code == elsewhere) & (np.abs(found.loss - place.loss) <= SAME))
        code[level[_joined(of, np.array(place.at), found.theta[level])]] = SETTLED + i
    return code


def _lost(theta: Array, peak: Array) -> Array:
    """Runs (R,) whose numbers are not finite any more, or whose loss has been huge."""
    return ~(peak <= HUGE) | ~np.isfinite(theta).all(axis=-1)


def _largest(g: Array, eta: Array) -> Array:
    """The largest |∂L/∂theta| of a parameter that moves: (R, P) -> (R,)."""
    return np.abs(np.where(eta > 0, g, 0.0)).max(axis=-1)


def _swings(of: Objective, theta: Array, eta: Array) -> Array:
    """Whether two more updates lead away and exactly back: (R,)."""
    away = theta - eta * of.loss_and_gradient(theta)[1]
    back = away - eta * of.loss_and_gradient(away)[1]
    scale = np.maximum(1.0, np.abs(theta).max(axis=-1))
    return (np.abs(back - theta).max(axis=-1) <= 1e-12 * scale) & (np.abs(away - theta).max(axis=-1) > 1e-9 * scale)


def rights(of: Objective, theta: Array) -> Array | None:
    """Whether each output lies on its target's side of the loss's boundary, mostly one half: theta (..., P) -> (..., N, k). None
    unless the targets are a table of zeros and ones, which alone can be got right."""
    y_true = of.inputs["y_true"]
    if not np.array_equal(np.unique(y_true), [0.0, 1.0]):
        return None
    boundary = next(step.op.boundary for step in of.program if step.op.role == "loss")
    return (of.values(theta)["y"] - boundary) * (y_true - 0.5) > 0


def _right(of: Objective, theta: Array) -> Array:
    """Whether all outputs are right: (R,)."""
    found = rights(of, theta)
    return np.zeros(len(theta), dtype=bool) if found is None else found.all(axis=(-1, -2))


def _joined(of: Objective, a: Array, thetas: Array) -> Array:
    """Whether one can walk straight from a (P,) to each of thetas (R, P) without climbing: (R,)."""
    parts = np.array_split(thetas, max(1, len(thetas) * LINE // chunk(of)))
    lines = np.concatenate([of.loss(np.linspace(np.broadcast_to(a, part.shape), part, LINE)) for part in parts], axis=-1)
    return (lines <= np.maximum(lines[0], lines[-1]) + SAME).all(axis=0)


def _place(thetas: Array, losses: Array, lowest: float) -> Fate:
    """The place of a group of ends: what they share, and the end nearest their mean."""
    middle = thetas[np.argmin(((thetas - thetas.mean(axis=0)) ** 2).sum(axis=-1))]
    shared = np.ptp(thetas, axis=0) < SAME
    where = tuple(float(x) if same else None for x, same in zip(middle, shared, strict=True))
    loss = float(losses.min())
    return Fate("valley" if loss <= lowest + SAME else "basin", loss, where, tuple(map(float, middle)))


def _downhill(of: Objective, theta: Array, moves: Array) -> Array:
    """Follow the slope from theta (R, P) without ever jumping: a run's rate is halved until the loss falls by half of what
    the slope promises, so it stays at or below 1/λ along the slope, whatever the objective's scale."""
    rate, (loss, g) = np.ones(len(theta)), of.loss_and_gradient(theta)
    for _ in range(PROBE_UPDATES):
        g = g * moves
        if (np.abs(g).max(axis=-1) < STILL).all():
            break
        there = theta - rate[:, None] * g
        new_loss, new_g = of.loss_and_gradient(there)
        fell = new_loss <= loss - rate * (g * g).sum(axis=-1) / 2
        theta, g = np.where(fell[:, None], there, theta), np.where(fell[:, None], new_g, g)
        loss, rate = np.where(fell, new_loss, loss), np.where(fell, 1.2 * rate, rate / 2)
    return theta
