"""The loss surface is the objective itself, asked at many places at once: no stand-in picture, no fitted curve. The places are a
grid on a plane through the space of all parameters; for two parameters the plane is all there is."""

from dataclasses import dataclass, replace
from math import hypot

import numpy as np

from engine.objective import Objective, chunk
from engine.op import Array, frozen
from engine.plane import Plane

Span = tuple[float, float]  # (low, high)


@dataclass(frozen=True, eq=False)
class Surface:
    """across (n,) and up (n,) are coordinates in the plane; loss[u, a] (n, n) is L there."""

    plane: Plane
    across: Array
    up: Array
    loss: Array


def surface(of: Objective, plane: Plane, across: Span, up: Span, points: int = 101) -> Surface:
    """L over a rectangle of the plane; across and up are its (low, high)."""
    across, up = np.linspace(*across, points), np.linspace(*up, points)
    grid = plane.at(np.column_stack([np.tile(across, points), np.repeat(up, points)]))
    with np.errstate(over="ignore", invalid="ignore"):
        loss = np.concatenate([of.loss(part) for part in np.array_split(grid, 1 + len(grid) // chunk(of))])
    return Surface(plane, frozen(across), frozen(up), frozen(loss.reshape(points, points)))


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
    """A place worth a label: "valley" (the lowest of the picture), "basin" (low, but not the lowest) or "plateau" (flat)."""

    kind: str
    across: float
    up: float
    loss: float


def landmarks(of: Objective, picture: Surface) -> list[Landmark]:
    """The middle of the picture's flat part and up to three low places, each refined and each a valley of its own."""
    flat, found = _flat(picture), []
    if flat.any():
        rows, columns = np.nonzero(flat)
        middle = np.argmin((rows - rows.mean()) ** 2 + (columns - columns.mean()) ** 2)
        at = float(picture.across[columns[middle]]), float(picture.up[rows[middle]])
        found.append(Landmark("plateau", *at, float(picture.loss[rows[middle], columns[middle]])))
    apart = float(np.ptp(picture.up)) / 4
    for row, column in _lows(np.where(flat, np.inf, picture.loss)):
        if len(found) < 4 and all(hypot(picture.up[row] - m.up, picture.across[column] - m.across) > apart for m in found):
            low = _refined(of, picture, row, column)
            level = found[0].loss if flat.any() else np.inf
            known = any(_connected(of, picture.plane, low, m) for m in found if m.kind == "valley")
            if low.loss < level - 1e-3 and not known and _is_low(of, picture.plane, low):
                found.append(low)
    lowest = min((m.loss for m in found), default=0.0)
    return [replace(m, kind="basin") if m.kind == "valley" and m.loss > lowest + 1e-3 else m for m in found]


def _connected(of: Objective, plane: Plane, a: Landmark, b: Landmark) -> bool:
    """Whether one can walk straight from a to b without climbing: then both are the same valley."""
    line = np.linspace((a.across, a.up), (b.across, b.up), 41)
    return bool((of.loss(plane.at(line)) < max(a.loss, b.loss) + 1e-3).all())


def _is_low(of: Objective, plane: Plane, mark: Landmark) -> bool:
    """Whether the ground is level there; in a very narrow valley the picture's points miss its floor."""
    _, g = of.loss_and_gradient(plane.at([mark.across, mark.up]))
    return max(abs(float(g @ plane.across)), abs(float(g @ plane.up))) < 1e-3


def _refined(of: Objective, picture: Surface, row: int, column: int) -> Landmark:
    """The lowest point near a grid point, by looking closer and closer."""
    at, half = np.array([picture.across[column], picture.up[row]]), float(picture.up[1] - picture.up[0])
    for _ in range(8):
        steps = np.stack(np.meshgrid(*[np.linspace(-half, half, 11)] * 2), axis=-1).reshape(-1, 2)
        loss = of.loss(picture.plane.at(at + steps))
        best = int(np.lexsort((np.abs(steps).sum(axis=1), np.round(loss, 12)))[0])
        at, half = at + steps[best], half / 5
    return Landmark("valley", float(at[0]), float(at[1]), float(np.round(loss[best], 9)))


def _flat(picture: Surface) -> Array:
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
    inside = np.zeros(loss.shape, dtype=bool)
    inside[1:-1, 1:-1] = True  # at the rim the picture ends, not the slope
    rows, columns = np.nonzero(inside & np.isfinite(loss) & (loss <= beside + 1e-9))
    middle = (len(loss) - 1) / 2
    far = (rows - middle) ** 2 + (columns - middle) ** 2
    order = np.lexsort((far, np.round(loss[rows, columns], 3)))
    return [(int(rows[at]), int(columns[at])) for at in order]
