"""What an activation or a loss looks like as a curve: where it has kinks, where it goes flat, which values it takes. Nothing is
listed here by name; everything is found from the entry itself, so a new entry is described like all others."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.limits import PROBABILITY
from engine.op import Array, Op

FLAT = 0.01  # a slope below this share of the largest one is flat
WIDE = 20.0  # curves are looked at from −WIDE to WIDE
FINE = 4001  # places
OUT = 1e9  # so far out, what still grows grows for ever
HALVINGS = 60


@dataclass(frozen=True)
class Flat:
    """From this place on outwards the slope stays flat: `end` is −1 on the left, 1 on the right."""

    end: int
    at: float


def slopes(op: Op, z: Array, goal: float = 0.0) -> tuple[Array, Array]:
    """Value and slope at each of z (n,), for a loss beside the target `goal`: (n,), (n,)."""
    args = arguments(op, z, goal)
    y = op.f(*args)
    return y.reshape(z.shape), op.vjp(np.ones_like(y), y, *args)[0].reshape(z.shape)


def arguments(op: Op, z: Array, goal: float) -> tuple[Array, ...]:
    """Each of z (n,) as a sample of one unit: (n, 1), for a loss with its target."""
    column = np.asarray(z, dtype=float)[:, None]
    return (column,) if op.role == "activation" else (column, np.full_like(column, goal))


def domain(op: Op) -> tuple[float, float]:
    """The places it is made for: all, or the probabilities from 0 to 1."""
    return (0.0, 1.0) if op.probability else (-np.inf, np.inf)


def places(op: Op) -> Array:
    """(FINE,) evenly spread over what is looked at."""
    low, high = domain(op)
    return np.linspace(max(low, -WIDE), min(high, WIDE), FINE)


@lru_cache(maxsize=256)
def kinks(op: Op, goal: float = 0.0) -> tuple[float, ...]:
    """Where the slope jumps."""
    if op.kink is None:
        return ()
    z = np.unique(np.concatenate([places(op), [goal, PROBABILITY, 1 - PROBABILITY]]))
    side = op.side(*arguments(op, z, goal)).ravel()
    on = z[op.kink(*arguments(op, z, goal)).ravel()]
    between = [_boundary(op, goal, z[k], z[k + 1]) for k in np.flatnonzero(side[1:] != side[:-1])]
    found = np.unique([float(x) for x in (*on, *between)])
    return tuple(float(x) for x in found[np.concatenate([[True], np.diff(found) > 1e-12])[: len(found)]])


def _boundary(op: Op, goal: float, low: float, high: float) -> float:
    """The place between two sides of a kink, exactly where it has few digits."""

    def side(x: float):
        return op.side(*arguments(op, np.array([x]), goal)).item()

    left = side(low)
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if side(middle) == left else (low, middle)
    return round(high, 12)


@lru_cache(maxsize=256)
def steepest(op: Op, goal: float = 0.0) -> tuple[float, float]:
    """(place, slope) of the largest slope by size that is looked at; of equal ones the place nearest to the middle."""
    z = places(op)
    _, slope = slopes(op, z, goal)
    size = np.abs(slope)
    best = np.flatnonzero(size >= size.max() * (1 - 1e-12))
    at = best[np.argmin(np.abs(z[best] - 0.5 * (z[0] + z[-1])))]
    return float(z[at]), float(slope[at])


@lru_cache(maxsize=256)
def flats(op: Op, goal: float = 0.0) -> tuple[Flat, ...]:
    """Where it saturates: the ends on which its slope stays below FLAT of the largest one."""
    if np.isfinite(domain(op)).any():
        return ()
    most = FLAT * abs(steepest(op, goal)[1])

    def is_flat(z: Array) -> Array:
        return np.abs(slopes(op, z, goal)[1]) < most

    found = []
    for end in (-1, 1):
        z = places(op)[::end]
        steep = np.flatnonzero(~is_flat(z))
        if steep.size and steep[-1] + 1 < len(z) - 1:
            inner, outer = float(z[steep[-1]]), float(z[steep[-1] + 1])
            for _ in range(HALVINGS):
                middle = 0.5 * (inner + outer)
                inner, outer = (inner, middle) if is_flat(np.array([middle]))[0] else (middle, outer)
            found.append(Flat(end, outer))
    return tuple(found)


@lru_cache(maxsize=256)
def values(op: Op, goal: float = 0.0) -> tuple[float, float]:
    """The smallest and the largest value, or what it comes near to; ±∞ where it grows for ever."""
    low, high = domain(op)
    z = np.concatenate([places(op), np.clip([-OUT, OUT], low, high)])
    y, _ = slopes(op, z, goal)
    ends = [x if abs(x) < OUT / 1e4 else np.sign(x) * np.inf for x in y[-2:]]
    both = (*y[:-2], *ends)
    return float(_tidy(min(both))), float(_tidy(max(both)))


def _tidy(x: float) -> float:
    """A limit that floats only come near to: 1 − 10⁻⁹ is 1."""
    return x if np.isinf(x) or abs(x - round(x)) > 1e-7 else round(x) + 0.0


def switched(op: Op) -> bool:
    """Whether it is an activation that is on or off: its slope jumps at 0, as that of ReLU does."""
    return op.role == "activation" and op.kink is not None and bool(op.kink(np.zeros(1))[0])


@lru_cache(maxsize=64)
def steep_end(op: Op) -> str | None:
    """Where in any interval an activation is steepest: "right" if its slope never falls, "middle" if it never rises with the
    distance from 0; None if neither, or if its values do not rise all along."""
    z = places(op)
    y, slope = slopes(op, z)
    if (np.diff(y) < 0).any():
        return None
    outwards = np.concatenate([np.diff(slope[z >= 0]), np.diff(slope[z <= 0][::-1])])
    return "right" if (np.diff(slope) >= 0).all() else "middle" if (outwards <= 0).all() else None
