"""How fast optimizers race: a sweep of rates for six of them at once, a race with all they remember, and a long run of Adam. That
is timed in turns with the same run written by hand in NumPy, so that both meet the same moods of the machine."""

from statistics import median

import numpy as np
from engine_speed import timed
from report import Row, pair
from server import ROOT  # noqa: F401 - puts the project on the path

from engine.data import GATES
from engine.functions import ROSENBROCK
from engine.history import descend
from engine.lockstep import best_rates, lockstep
from engine.network import Network, network
from engine.op import Array
from engine.optimizers import ADAM, OPTIMIZERS

UPDATES, ETA = 5000, 0.01
SWEEPS, RACES, TURNS, WARM = 20, 10, 6, 1
SIX = tuple(OPTIMIZERS.values())[2:]  # the six that remember most


def rows() -> list[Row]:
    return [sweep_row(), race_row(), adam_row()]


def sweep_row() -> Row:
    of, theta = ROSENBROCK.objective, ROSENBROCK.start
    times = [timed(lambda: best_rates(of, theta, SIX, 500)) for _ in range(WARM + SWEEPS)][WARM:]
    return Row("200 rates × 6 optimizers × 500 steps: median / p95", "600 ms", pair(times), median(times) <= 0.6)


def race_row() -> Row:
    of, theta = xor()
    times = [timed(lambda: lockstep(of, theta, SIX, [((0, ETA),)] * 6, 500)) for _ in range(WARM + RACES)][WARM:]
    return Row("6 optimizers × 500 steps in lockstep, XOR 2-4-1: median / p95", "—", pair(times), True)


def adam_row() -> Row:
    of, theta = xor()
    x, y_true = of.inputs["x"], of.inputs["y_true"]
    np.testing.assert_allclose(
        descend(of, theta, ((0, ETA),), UPDATES, ADAM).theta, by_hand(x, y_true, theta)[0], rtol=1e-6, atol=1e-9
    )
    ours, hand = [], []
    for _ in range(WARM + TURNS):
        ours.append(timed(lambda: descend(of, theta, ((0, ETA),), UPDATES, ADAM)))
        hand.append(timed(lambda: by_hand(x, y_true, theta)))
    ours, hand = ours[WARM:], hand[WARM:]
    ratio = median(ours) / median(hand)
    shown = f"{ratio:.2f} × ({1e3 * median(ours):.0f} / {1e3 * median(hand):.0f} ms, {TURNS} turns)"
    return Row("5,000 Adam updates of XOR 2-4-1, full history: engine / by hand", "4 ×", shown, ratio <= 4)


def xor() -> tuple:
    """XOR 2-4-1 with tanh, sigmoid and squared error, and a start (17,)."""
    of = network(Network((2, 4, 1), ("tanh", "sigmoid")), GATES["xor"])
    return of, np.random.default_rng(0).normal(size=of.size)


def by_hand(x: Array, y_true: Array, theta: Array) -> tuple[Array, Array]:
    """The same run as one would write it for itself: x (4, 2), y_true (4, 1), theta (17,) -> every theta, every loss."""
    w = [theta[:8].reshape(4, 2), theta[8:12], theta[12:16].reshape(1, 4), theta[16:]]
    w = [part.copy() for part in w]
    m, v = [np.zeros_like(part) for part in w], [np.zeros_like(part) for part in w]
    path, losses, n = np.empty((UPDATES + 1, len(theta))), np.empty(UPDATES + 1), len(x)
    for k in range(UPDATES + 1):
        w1, b1, w2, b2 = w
        a = np.tanh(x @ w1.T + b1)
        y = 1 / (1 + np.exp(-(a @ w2.T + b2)))
        error = y - y_true
        path[k], losses[k] = np.concatenate([part.ravel() for part in w]), (error**2).mean()
        dz2 = 2 / n * error * y * (1 - y)
        dz1 = dz2 @ w2 * (1 - a * a)
        gradients = dz1.T @ x, dz1.sum(axis=0), dz2.T @ a, dz2.sum(axis=0)
        for at, g in enumerate(gradients):
            m[at] = 0.9 * m[at] + 0.1 * g
            v[at] = 0.999 * v[at] + 0.001 * g * g
            m_hat, v_hat = m[at] / (1 - 0.9 ** (k + 1)), v[at] / (1 - 0.999 ** (k + 1))
            w[at] = w[at] - ETA * m_hat / (np.sqrt(v_hat) + 1e-8)
    return path, losses
