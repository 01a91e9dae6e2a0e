"""The two speeds of the engine that a page depends on: one loss surface, and a long run with its full history. The run is timed in
turns with the same run written by hand in NumPy, so that both meet the same moods of the machine."""

from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np
from report import Row, pair
from server import ROOT  # noqa: F401 - puts the project on the path

from engine.experiment import PRESETS, objective_of, start_of
from engine.history import descend
from engine.op import Array
from engine.plane import of_parameters
from engine.surface import square, surface

UPDATES, ETA = 1000, 0.05
SURFACES, TURNS, WARM = 100, 30, 3


def rows() -> list[Row]:
    return [surface_row(), history_row()]


def surface_row() -> Row:
    of, theta = objective_of(PRESETS["B"]), start_of(PRESETS["B"])
    times = [timed(lambda: surface(of, of_parameters(theta, (0, 1)), square(0), square(0))) for _ in range(WARM + SURFACES)][WARM:]
    return Row("surface of the neuron on XOR, 101×101: median / p95", "3 ms (median)", pair(times, 2), median(times) <= 3e-3)


def history_row() -> Row:
    of, theta = objective_of(PRESETS["B"]), start_of(PRESETS["B"])
    x, y_true = of.inputs["x"], of.inputs["y_true"][:, 0]
    same(descend(of, theta, ((0, ETA),), UPDATES), by_hand(x, y_true, theta))
    ours, hand = [], []
    for _ in range(WARM + TURNS):
        ours.append(timed(lambda: descend(of, theta, ((0, ETA),), UPDATES)))
        hand.append(timed(lambda: by_hand(x, y_true, theta)))
    ours, hand = ours[WARM:], hand[WARM:]
    ratio = median(ours) / median(hand)
    shown = f"{ratio:.2f} × ({1e3 * median(ours):.1f} / {1e3 * median(hand):.1f} ms, {TURNS} turns)"
    return Row("1,000 updates with full history: engine / by hand", "4 ×", shown, ratio <= 4)


def by_hand(x: Array, y_true: Array, w: Array) -> tuple[Array, Array]:
    """The neuron without bias as one would write it for itself: x (N, 2), y_true (N,), w (2,) -> every w, every loss."""
    n = len(x)
    path, losses = np.empty((UPDATES + 1, 2)), np.empty(UPDATES + 1)
    for k in range(UPDATES + 1):
        z = x @ w
        y = np.maximum(z, 0)
        error = y - y_true
        path[k], losses[k] = w, (error**2).mean()
        gradient = x.T @ (2 / n * error * (z > 0))
        w = w - ETA * gradient
    return path, losses


def same(history, hand: tuple[Array, Array]) -> None:
    """Two programs may only race if they do the same."""
    np.testing.assert_allclose(history.theta, hand[0], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(history.loss, hand[1], rtol=1e-9, atol=1e-12)


def timed(act: Callable[[], object]) -> float:
    since = perf_counter()
    act()
    return perf_counter() - since
