"""Where runs start: on a grid of two parameters, drawn like a network's first weights, or drawn from the picture's square. Many
starts are asked about in blocks, so that the numbers of one block stay in the processor's cache."""

import numpy as np

from engine.network import start
from engine.objective import Objective, chunk
from engine.op import Array
from engine.plane import of_parameters


def centres(low: float, high: float, n: int) -> Array:
    """The middles (n,) of n equal cells from low to high."""
    return low + (np.arange(n) + 0.5) * ((high - low) / n)


def grid_starts(theta: Array, axes: tuple[int, int], across: tuple[float, float], up: tuple[float, float], n: int = 101) -> Array:
    """The centres of n × n cells (n², P), row by row from the lowest: run u·n + a stands at across[a], up[u], else at theta (P,).

    Half a cell off the corners, 101 cells of [−2, 2.5] put no start on an axis, on w1 + w2 = 0 or on a valley (w1 = 1, w2 = 1,
    w1 + 2 w2 = 1). With the same range both ways n starts do lie on w1 = w2: the picture is as symmetric as the problem.
    """
    a, u = np.meshgrid(centres(*across, n), centres(*up, n))
    return of_parameters(theta, axes).at(np.column_stack([a.ravel(), u.ravel()]))


def glorot_starts(of: Objective, count: int, seed: int) -> Array:
    """(count, P): the starts of the seeds seed, seed + 1, …, each the one that a link with its seed opens."""
    return np.array([start(of, "glorot_uniform", seed + i) for i in range(count)]).reshape(count, of.size)


def square_starts(theta: Array, axes: tuple[int, int], low: float, high: float, count: int, seed: int) -> Array:
    """(count, P): two parameters uniform on the square [low, high)², the others as in theta (P,)."""
    return of_parameters(theta, axes).at(np.random.default_rng(seed).uniform(low, high, (count, 2)))


def blocks(of: Objective, starts: Array) -> list[Array]:
    """starts (R, P) in equal blocks of about `chunk` runs, in order."""
    return np.array_split(starts, max(1, -(-len(starts) // chunk(of))))
