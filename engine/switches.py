"""Where does a ReLU switch? Its weighted sum is 0 there, and the loss surface has a crease. The lines are found on a grid: where
a sum passes a kink between two neighbours, the line passes, and in each small triangle it is straight."""

import numpy as np

from engine.curves import kinks
from engine.objective import Objective
from engine.op import Array
from engine.plane import Plane
from engine.surface import Span


def switches(of: Objective, plane: Plane, across: Span, up: Span, points: int = 41) -> Array:
    """Segments (S, 4) as (across, up, across, up), where the argument of an op with a kink changes its side; exact for the
    first layer, whose sums are linear in the weights. A sum that is 0 everywhere, as of x = (0, 0), has no line."""
    lines = np.linspace(*across, points), np.linspace(*up, points)
    spots = np.stack(np.meshgrid(*lines), axis=-1)  # (up, across, 2)
    values = of.values(plane.at(spots))
    bends = [step for step in of.program if step.op.role == "activation"]
    sums = [values[step.args[0]] - place for step in bends for place in kinks(step.op)]
    found = [_zero_lines(spots, z) for array in sums for z in np.moveaxis(array.reshape(points, points, -1), -1, 0)]
    return np.concatenate(found) if found else np.zeros((0, 4))


def _zero_lines(spots: Array, z: Array) -> Array:
    """Segments (S, 4) where z (n, n), linear on each half of a cell, is 0."""
    corners = [
        (slice(None, -1), slice(None, -1)),
        (slice(None, -1), slice(1, None)),
        (slice(1, None), slice(1, None)),
        (slice(1, None), slice(None, -1)),
    ]
    found = []
    for triangle in ((0, 1, 2), (0, 2, 3)):
        at = np.stack([spots[corners[c]].reshape(-1, 2) for c in triangle], axis=1)  # (T, 3, 2)
        height = np.stack([z[corners[c]].ravel() for c in triangle], axis=1)  # (T, 3)
        above = height > 0
        crossed = above.any(axis=1) & ~above.all(axis=1)
        at, height, above = at[crossed], height[crossed], above[crossed]
        lone = np.where(above.sum(axis=1) == 1, above.argmax(axis=1), (~above).argmax(axis=1))  # the corner on a side of its own
        each = np.arange(len(at))
        ends = []
        for other in (1, 2):
            to = (lone + other) % 3
            share = height[each, lone] / (height[each, lone] - height[each, to])
            ends.append(at[each, lone] + share[:, None] * (at[each, to] - at[each, lone]))
        found.append(np.concatenate(ends, axis=1))
    return np.concatenate(found)
