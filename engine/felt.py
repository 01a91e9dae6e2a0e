"""Whether a loss feels the output before it. A sigmoid or softmax that is sure is flat, and yet all of an error arrives at its z
where the loss takes a logarithm; only where that one clips p, hardly anything does."""

import numpy as np

from engine.curves import switched
from engine.op import Array, Op
from engine.program import Program, Step

FELT = 0.1  # a loss that passes at most this share of the error on does not feel it


def reads_probabilities(program: Program, step: Step) -> bool:
    """Whether a loss with a logarithm of its own comes next. A small slope says nothing there: the logarithm's is as large, and
    what arrives at z is p − t."""
    return program[program.index(step) + 1].op.probability and not switched(step.op)


def unfelt(error: Op, bent: Op, z: Array, p: Array, t: Array) -> Array:
    """Arrays (..., N, U) -> (...): whether a loss hardly feels these z, as where it clips p: of all that p is wrong by, Σ|p − t|,
    at most a tenth arrives there."""
    losses = error.f(p, t)
    g = bent.vjp(error.vjp(np.ones_like(losses), losses, p, t)[0], p, z)[0]
    return np.abs(g).sum(axis=(-1, -2)) <= FELT * np.abs(p - t).sum(axis=(-1, -2))
