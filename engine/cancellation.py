"""A sigmoid or softmax and its cross-entropy: the loss divides by exactly what the activation's slope multiplies with, and on
paper both cancel to p − t. Computed one after the other they break where p is nearly 0 or 1; computed as one they do not."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.activations import SIGMOID
from engine.explain import Equation, equation
from engine.losses import CATEGORICAL_CROSS_ENTROPY, CATEGORICAL_CROSS_ENTROPY_LOGITS, CROSS_ENTROPY, CROSS_ENTROPY_LOGITS
from engine.op import Array, Op
from engine.program import Step, Trace, trace
from engine.softmax import SOFTMAX, jacobian
from engine.symbols import Cell, Cells, expression, minus, product
from engine.terms import cells_of, local_slope, paths

SEEN = 1e-3  # two gradients that differ by more are not the same; the clip itself changes them by a ten-thousandth of that


@dataclass(frozen=True)
class Pair:
    """activation: z -> p; apart: the loss as it reads p; fused: the same loss as it reads z.

    bare(p, t) -> (loss (R,), ∂L/∂p (R, k)): as the formulas say, without the clip. slopes(p) -> ∂p_i/∂z_j, (R, k, k).
    """

    key: str
    activation: Op
    apart: Op
    fused: Op
    bare: Callable[[Array, Array], tuple[Array, Array]]
    slopes: Callable[[Array], Array]


def _bare_binary(p: Array, t: Array) -> tuple[Array, Array]:
    return -(t * np.log(p) + (1 - t) * np.log(1 - p))[:, 0], (p - t) / (p * (1 - p))


def _bare_categorical(p: Array, t: Array) -> tuple[Array, Array]:
    return -np.add.reduce(t * np.log(p), axis=-1), -t / p


PAIRS = {
    "sigmoid": Pair("sigmoid", SIGMOID, CROSS_ENTROPY, CROSS_ENTROPY_LOGITS, _bare_binary, lambda p: (p * (1 - p))[..., None]),
    "softmax": Pair("softmax", SOFTMAX, CATEGORICAL_CROSS_ENTROPY, CATEGORICAL_CROSS_ENTROPY_LOGITS, _bare_categorical, jacobian),
}


# The equations


def traced(pair: Pair, z, t, fused: bool = False) -> Trace:
    """One sample with scores z (k,) and targets t (k,): z -> p -> L in two steps, or fused, where p is only shown."""
    last = Step("L", pair.fused, ("z", "t")) if fused else Step("L", pair.apart, ("p", "t"))
    return trace((Step("p", pair.activation, ("z",)), last), {"z": np.array([z], float), "t": np.array([t], float)})


def shares(pair: Pair, apart: Trace, j: int) -> tuple[Equation, ...]:
    """∂L/∂z_j term by term: ∂L/∂p_i · ∂p_i/∂z_j for each p_i that z_j enters, both written out. They add up to it."""
    upstream, local = apart.grads["p"][0], pair.slopes(apart.values["p"][0])[:, j]
    lhs, routes = Cell("gradient", "z", (0, j)), list(paths(apart, "z", (0, j)))
    return tuple(
        equation(apart, lhs, product(error.slope, slope.slope), upstream[i] * local[i]) for i, (error, slope) in enumerate(routes)
    )


def difference(fused: Trace, j: int) -> Equation:
    """∂L/∂z_j = p_j − t_j, what is left when all has cancelled; its number is that of the fused loss."""
    rhs = minus(Cell("value", "p", (0, j)), Cell("value", "t", (0, j)))
    return equation(fused, Cell("gradient", "z", (0, j)), rhs, fused.grads["z"][0, j])


def jacobian_of(apart: Trace) -> tuple[tuple[Equation, ...], ...]:
    """∂p_i/∂z_j of softmax in row i and column j, each written in terms of the p's. Left sides: Cell("found", "J", (i, j))."""
    (step, _), numbers = apart.program, jacobian(apart.values["p"][0])
    cells, p = cells_of(apart, step), Cells("p", apart.values["p"].shape)

    def entry(i: int, j: int) -> Equation:
        slope = expression(local_slope(step, 0, (0, i), (0, j), p, cells))
        return equation(apart, Cell("found", "J", (i, j)), slope, numbers[i, j])

    return tuple(tuple(entry(i, j) for j in range(len(numbers))) for i in range(len(numbers)))


# Into saturation


@dataclass(frozen=True, eq=False)
class Way:
    """One way to the gradient at R values of z_j: loss and ∂L/∂z_j, (R,); error = ∂L/∂p_j, None where p is never divided by."""

    loss: Array
    gradient: Array
    error: Array | None = None


@dataclass(frozen=True, eq=False)
class Saturation:
    """p_j, its complement 1 − p_j in double precision and its slope ∂p_j/∂z_j, (R,); and three ways to ∂L/∂z_j.

    clipped: in two steps, with probabilities held inside the clip, as the engine does; bare: in two steps without the clip;
    fused: as one. outside: where the clip holds p_j; lost: where it thereby takes away a gradient that is there, (R,).
    """

    p: Array
    complement: Array
    slope: Array
    clipped: Way
    bare: Way
    fused: Way
    outside: Array
    lost: Array


def saturation(pair: Pair, z, t, j: int, at) -> Saturation:
    """All of it for scores z (k,) and targets t (k,) of which z_j takes the values `at` (R,)."""
    z, t = _moved(z, j, at), np.array([t], float)
    ones, p = np.ones(len(z)), pair.activation.f(z)
    apart, fused = pair.apart.f(p, t), pair.fused.f(z, t)
    (error, *_), (whole, *_) = pair.apart.vjp(ones, apart, p, t), pair.fused.vjp(ones, fused, z, t)
    (clipped,) = pair.activation.vjp(error, p, z)
    local = pair.slopes(p)
    with np.errstate(all="ignore"):
        loss, upstream = pair.bare(p, t)
        bare = np.add.reduce(upstream * local[:, :, j], axis=-1)
    outside = pair.apart.side(p, t)[:, j] != 1
    return Saturation(
        p[:, j], 1 - p[:, j], local[:, j, j],
        Way(apart, clipped[:, j], error[:, j]), Way(loss, bare, upstream[:, j]), Way(fused, whole[:, j]),
        outside, outside & (np.abs(whole[:, j] - clipped[:, j]) > SEEN),
    )  # fmt: skip


def _moved(z, j: int, at) -> Array:
    """z (k,) once for each value that z_j takes: (R, k)."""
    rows = np.repeat(np.array([z], float), len(at), axis=0)
    rows[:, j] = at
    return rows


@dataclass(frozen=True)
class Stretch:
    """From where to where z_j may go, with ends that belong to it, unless they are those of the window."""

    low: float
    high: float


def stretches(holds: Callable[[Array], Array], grid: Array) -> tuple[Stretch, ...]:
    """Where holds(z (R,)) -> mask (R,) is true along a rising grid (G,), its ends found by halving to the last digit."""
    found = holds(grid)
    ends = [_end(holds, grid[i], grid[i + 1]) for i in np.flatnonzero(found[1:] != found[:-1])]
    ends = [*([float(grid[0])] if found[0] else []), *ends, *([float(grid[-1])] if found[-1] else [])]
    return tuple(Stretch(low, high) for low, high in zip(ends[::2], ends[1::2], strict=True))


def _end(holds: Callable[[Array], Array], low: float, high: float) -> float:
    """The last number on the true side between two neighbours of which one holds."""
    rising = bool(holds(np.array([high]))[0])
    while (middle := (low + high) / 2) not in (low, high):
        if bool(holds(np.array([middle]))[0]) == rising:
            high = middle
        else:
            low = middle
    return float(high if rising else low)
