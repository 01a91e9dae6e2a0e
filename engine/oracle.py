"""What will this step do? Everything that can be known of a gradient-descent step before it is taken: the exact loss along its
line, the best rate, the rate from which the loss rises, and the rates at which a ReLU switches a sample off."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from engine.diagnosis import on
from engine.hessian import Curvature, curvature
from engine.limits import RATE
from engine.objective import Objective
from engine.op import Array

EPS = float(np.finfo(float).eps)
LEVEL = 1e-10  # a direction with no component above this is rounding, not slope
SHALLOW = 1e-8  # a loss that falls by less than this part of itself is measured by adding up its slope
DECADES = 13  # the scan begins so many decades below the largest rate
CLOSER = (3, 16)  # so many times, up to so many cells of the scan are looked at more closely
HOLLOWS = 8  # how many low places of the line are looked at closely
BUFFER = 2**14  # samples times runs per call: buffers stay in the processor's cache
HAIR = 1e-12  # a stretch of rates shorter than this part of them is a point
GAUSS = (0.5 - 0.5 / 3**0.5, 0.5 + 0.5 / 3**0.5)  # two places whose mean slope is exact up to the third power


@dataclass(frozen=True, eq=False)
class Oracle:
    """The step theta − η d, seen from theta; rates are looked for in (0, most].

    loss: L now. slope, bend: the first-order guess is L + η·slope, the quadratic one adds η²/2·bend.
    best: (η, L there), the smallest rate with the lowest loss, or None if no step lowers it; falling: that is `most` itself, and
    the loss still falls there.
    rises: the smallest rate at which L is above L now (0.0: even the smallest step raises it), or None.
    offs: ((η, sample counted from 1), …) in the order of η: the smallest rate at which a sample that is on now is off.
    last_off: the smallest rate at which every sample is off; None if there is none, or if all are off already.
    Where the gradient is zero (no component above LEVEL) there is no line: best, rises, last_off are None, offs is empty.
    """

    loss: float
    slope: float
    bend: float
    curvature: Curvature
    best: tuple[float, float] | None
    falling: bool
    rises: float | None
    offs: tuple[tuple[float, int], ...]
    last_off: float | None

    @property
    def first_off(self) -> float | None:
        return self.offs[0][0] if self.offs else None


def along(of: Objective, theta: Array, d: Array, etas: Array) -> Array:
    """The exact L (R,) of theta − η d for each rate (R,); infinite or nan, without a warning, where it overflows."""
    with np.errstate(over="ignore", invalid="ignore"):
        return of.loss(theta - np.multiply.outer(etas, d))


def oracle(of: Objective, theta: Array, moves: Array | None = None, most: float = RATE[1]) -> Oracle:
    """Everything about the step from theta (P,). moves (P,): 1 for a parameter that moves, 0 for a frozen one (default: all)."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        loss, g = of.loss_and_gradient(theta)
        d = g if moves is None else g * moves
        bent = curvature(of, theta, moves)
        known = float(loss), 0.0 - float(d @ d), float(d @ bent.hessian @ d), bent
        if not (np.isfinite(d).all() and np.abs(d).max() > LEVEL):
            return Oracle(*known, best=None, falling=False, rises=None, offs=(), last_off=None)
        return Oracle(*known, **_thresholds(_Line(of, theta, d, float(loss)), most))


@dataclass(frozen=True, eq=False)
class _Line:
    """The places theta − η d. shallow: L hardly changes, so its change is summed up from its slope, not the difference of two L."""

    of: Objective
    theta: Array
    d: Array
    loss: float
    shallow: bool = False

    @property
    def same(self) -> float:
        """Two losses no further apart than this are equal."""
        return 0.0 if self.shallow else 4 * EPS * abs(self.loss)

    def look(self, etas: Array) -> tuple[Array, Array, Array]:
        """The gain of L (R,), its slope (R,), and what is true at each rate (R, 3 + N): L no longer falls; it is above L now; all
        samples are off; sample 1, 2, … is off."""
        parts = np.array_split(etas, 1 + len(etas) * len(self.of.inputs["x"]) // BUFFER)
        return tuple(np.concatenate(found) for found in zip(*(self._look(part) for part in parts), strict=True))

    def _look(self, etas: Array) -> tuple[Array, Array, Array]:
        loss, slope = self._slope(etas)
        gain = loss - self.loss
        if self.shallow:
            summed = etas * np.mean([self._slope(part * etas)[1] for part in GAUSS], axis=0)
            gain = np.where(np.abs(gain) < SHALLOW * abs(self.loss), summed, gain)
        off = ~on(self.of, self.places(etas))
        return gain, slope, np.column_stack([~(slope < 0), ~(gain <= self.same), off.all(axis=1), off])  # not a number: risen

    def _slope(self, etas: Array) -> tuple[Array, Array]:
        loss, g = self.of.loss_and_gradient(self.places(etas))
        return loss, -(g @ self.d)

    def places(self, etas: Array) -> Array:
        return self.theta - np.multiply.outer(etas, self.d)


def _thresholds(line: _Line, most: float) -> dict:
    """The line is scanned; then each cell of the scan in which something begins is looked at closer and closer."""
    line, etas, gain, facts = _scan(line, most)
    turns = np.flatnonzero(facts[1:, 0] & ~facts[:-1, 0])
    turns = turns[np.argsort(np.fmin(gain[turns], gain[turns + 1]), kind="stable")[:HOLLOWS]]
    begins = 1 + np.flatnonzero(facts[:, 1:].any(axis=0) & ~facts[0, 1:])
    cells = np.concatenate([turns, facts[1:, begins].argmax(axis=0)])
    columns = np.concatenate([0 * turns, begins])

    def holds(grid: Array) -> Array:
        seen = line.look(grid.ravel())[2].reshape(*grid.shape, -1)
        return np.take_along_axis(seen, columns[:, None, None], axis=2)[..., 0]

    points = BUFFER // max(1, len(cells) * len(line.of.inputs["x"]))
    found = _first(etas[cells], etas[cells + 1], holds, min(max(points, 3), 64))
    first = dict(zip(begins.tolist(), found[len(turns) :].tolist(), strict=True))
    falling, rises = not facts[-1, 0], first.get(1)
    best = _best(line, found[: len(turns)], etas[1], most, falling)
    offs = sorted((eta, column - 2) for column, eta in first.items() if column > 2)
    return {
        "best": best,
        "falling": falling and best is not None and best[0] == most,
        "rises": 0.0 if rises is not None and rises < etas[1] else rises,
        "offs": tuple(offs),
        "last_off": _last_off(line, np.array([eta for eta, _ in offs]), first.get(2, inf)),
    }


def _scan(line: _Line, most: float) -> tuple[_Line, Array, Array, Array]:
    """The line, now known to be shallow or not; rates (R,) from 0 to `most`, dense where it matters; gain and facts there."""
    etas = np.unique(np.concatenate([[0.0], np.geomspace(most / 10**DECADES, most, 24 * DECADES), np.linspace(0, most, 513)[1:]]))
    seen = line.look(etas)
    if -np.nanmin(seen[0]) < SHALLOW * abs(line.loss):
        line = replace(line, shallow=True)
        seen = line.look(etas)
    for _ in range(CLOSER[0]):
        more = _closer(etas, *seen)
        if len(more):
            order = np.argsort(np.concatenate([etas, more]), kind="stable")
            etas = np.concatenate([etas, more])[order]
            seen = [np.concatenate(both)[order] for both in zip(seen, line.look(more), strict=True)]
    seen[2][:, 1] = _risen(seen[2])
    return line, etas, seen[0], seen[2]


def _risen(facts: Array) -> Array:
    """Where L is above L now; before its slope has turned, that is rounding."""
    return facts[:, 1] & np.maximum.accumulate(facts[:, 0])


def _closer(etas: Array, gain: Array, slope: Array, facts: Array) -> Array:
    """More rates in the cells of a scan in which, as steep as it is, L may be lower than seen, or above L now sooner than seen."""
    reach = 2 * np.diff(etas) * np.fmax(np.abs(slope[:-1]), np.abs(slope[1:]))
    low, high = np.fmin(gain[:-1], gain[1:]) - reach, np.fmax(gain[:-1], gain[1:]) + reach
    lower = np.argsort(low)[: CLOSER[1]]
    sooner = np.flatnonzero((high > 0) & ~np.maximum.accumulate(_risen(facts))[:-1])[-CLOSER[1] :]
    cells = np.union1d(lower[low[lower] < np.nanmin(gain)], sooner)
    return np.linspace(etas[cells], etas[cells + 1], 10, axis=-1)[:, 1:-1].ravel()


def _best(line: _Line, hollows: Array, least: float, most: float, falling: bool) -> tuple[float, float] | None:
    """Of the hollows found, and the end of the line if L still falls there, the first of the lowest, if it is below L now."""
    tried = np.sort(np.append(hollows[hollows > least], [most] * falling))
    gain = line.look(tried)[0] if len(tried) else np.array([np.inf])
    if not np.nanmin(gain) < 0:
        return None
    eta = tried[np.argmax(gain <= np.nanmin(gain) + line.same)]
    return float(eta), float(line.of.loss(line.places(eta)))


def _last_off(line: _Line, offs: Array, seen: float) -> float | None:
    """The first rate from which on all are off: the one seen, or, in a stretch too short to be seen, one that switches a sample."""
    last = min([seen, *offs[~on(line.of, line.places(offs * (1 + HAIR))).any(axis=1)]])
    return float(last) if last < inf else None


def _first(low: Array, high: Array, holds: Callable[[Array], Array], points: int) -> Array:
    """The first place in each (low, high] (B,) at which `holds` (B, points) is true, to the last digits; at high it is."""
    parts = np.arange(1, points + 1) / points
    for _ in range(int(np.ceil(52 / np.log2(points)))):
        if (high - low <= 2 * EPS * high).all():
            break
        grid = np.where(parts < 1, low[:, None] + (high - low)[:, None] * parts, high[:, None])
        true = holds(grid) | (parts == 1)
        at, each = true.argmax(axis=1), np.arange(len(grid))
        low, high = np.where(at > 0, grid[each, at - 1], low), grid[each, at]
    return high
