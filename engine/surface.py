"""The loss surface is the objective itself, asked at many places at once: no stand-in picture, no fitted curve. Two of the
parameters run over a square, the others stay as they are."""

from dataclasses import dataclass

import numpy as np

from engine.objective import Objective
from engine.op import Array, frozen

CHUNK = 1000  # points per call: buffers stay in the processor's cache


@dataclass(frozen=True, eq=False)
class Surface:
    """across (n,) and up (n,) are the two parameters' values; loss[u, a] (n, n) is L there; axes: their places in theta."""

    axes: tuple[int, int]
    across: Array
    up: Array
    loss: Array


def surface(of: Objective, theta: Array, axes: tuple[int, int], low: float, high: float, points: int = 101) -> Surface:
    """L over a square of two parameters, all others held at theta (P,)."""
    line = np.linspace(low, high, points)
    grid = np.broadcast_to(theta, (points * points, len(theta))).copy()
    grid[:, axes[0]] = np.tile(line, points)
    grid[:, axes[1]] = np.repeat(line, points)
    with np.errstate(over="ignore", invalid="ignore"):
        loss = np.concatenate([of.loss(part) for part in np.array_split(grid, max(1, len(grid) // CHUNK))])
    return Surface(axes, frozen(line), frozen(line), frozen(loss.reshape(points, points)))


def span(thetas: Array) -> int:
    """The smallest j for which the square 0.25 ± 2.25·2ʲ holds all points (R, 2): at j = 0 it is [−2, 2.5]²."""
    reach = float(np.max(np.abs(thetas - 0.25), initial=0.0))
    return max(0, int(np.ceil(np.log2(max(reach, 1e-9) / 2.25) - 1e-12)))


def square(j: int) -> tuple[float, float]:
    """Low and high end of the square number j."""
    half = 2.25 * 2.0**j
    return 0.25 - half, 0.25 + half


@dataclass(frozen=True)
class Landmark:
    """A place worth a label: kind "valley" (a lowest point of the picture) or "plateau" (every sample's slope is 0)."""

    kind: str
    across: float
    up: float
    loss: float


def landmarks(of: Objective, theta: Array, picture: Surface) -> list[Landmark]:
    """Up to three low places of the picture and the middle of its flat part, each with the loss computed there."""
    flat = _flat(of, theta, picture)
    found = []
    if flat.any():
        rows, columns = np.nonzero(flat)
        middle = np.argmin((rows - rows.mean()) ** 2 + (columns - columns.mean()) ** 2)
        found.append(_landmark("plateau", picture, rows[middle], columns[middle]))
    for row, column in _lows(np.where(flat, np.inf, picture.loss)):
        if len(found) < 4 and all(
            np.hypot(picture.up[row] - m.up, picture.across[column] - m.across) > np.ptp(picture.up) / 4 for m in found
        ):
            found.append(_landmark("valley", picture, row, column))
    return found


def _landmark(kind: str, picture: Surface, row: int, column: int) -> Landmark:
    return Landmark(kind, float(picture.across[column]), float(picture.up[row]), float(picture.loss[row, column]))


def _flat(of: Objective, theta: Array, picture: Surface) -> Array:
    """Where the gradient is exactly 0 all around: neighbours with equal losses to the last digit."""
    same = np.zeros(picture.loss.shape, dtype=bool)
    level = picture.loss[1:-1, 1:-1]
    beside = [picture.loss[:-2, 1:-1], picture.loss[2:, 1:-1], picture.loss[1:-1, :-2], picture.loss[1:-1, 2:]]
    same[1:-1, 1:-1] = np.all([level == other for other in beside], axis=0)
    return same


def _lows(loss: Array) -> list[tuple[int, int]]:
    """Cells not above any of their four neighbours, lowest first; among equals the one nearest the middle of the picture."""
    padded = np.pad(loss, 1, constant_values=np.inf)
    beside = np.minimum.reduce([padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]])
    rows, columns = np.nonzero(np.isfinite(loss) & (loss <= beside + 1e-9))
    middle = (len(loss) - 1) / 2
    far = (rows - middle) ** 2 + (columns - middle) ** 2
    order = np.lexsort((far, np.round(loss[rows, columns], 3)))
    return [(int(rows[at]), int(columns[at])) for at in order]
