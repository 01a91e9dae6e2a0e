"""The way forward on whole arrays: a layer's weighted sums are one matrix product, an activation acts on every number alone, and
the losses and their mean are made of the same few operations."""

from collections.abc import Callable
from functools import partial

import numpy as np

from engine.losses import clipped
from engine.op import Array, Op
from engine.program import Step
from engine.update import Update
from view.network.net_axes import Index
from view.network.net_parts import CLOSE, ODOT, OPEN, SQUARED, Block, Operation, Sign, block, count, factor, made, ones, sign

SYMBOLS = {"sigmoid": r"\sigma", "tanh": r"\tanh", "relu": r"\text{ReLU}", "leaky_relu": r"\text{leaky ReLU}"}
BENT = {"identity": (sign(""), sign("")), "relu": (Sign(r"\max(0,\,", r"\max\left(0,\,", r"\max(0,\,"), CLOSE)}


def symbol(key: str) -> str:
    """How a function is written where its formula is not: under its own sign, or else its name."""
    return SYMBOLS.get(key, rf"\text{{{key.replace('_', ' ')}}}")


def bent(key: str) -> tuple[Sign, Sign]:
    """An activation around its argument: among letters it needs a bracket, a matrix has one of its own."""
    name = symbol(key)
    return BENT.get(key, (Sign(f"{name}(", rf"{name}\,", f"{name}("), Sign(")", "", ")")))


def sums(here: Update, step: Step, at: Index) -> Operation:
    """Z = A Wᵀ + 1 bᵀ."""
    (n, o), (A, W, *b) = at, step.args
    bias = [sign("+"), ones(here, (n, 0)), block(here, b[0], (0, o), turned=True)] if b else []
    factors = (block(here, A, (n, None)), block(here, W, (None, o), turned=True))
    return made("z-bias" if b else "z", step.out, at, block(here, step.out, at), *factors, *bias)


def activation(here: Update, step: Step, at: Index) -> Operation:
    """A = tanh(Z), number by number; softmax looks at the whole row. Where a fused loss reads Z itself it is a side step."""
    before, after = bent(step.op.key)
    shares = step.op.role == "probabilities"
    says = "p" if shares else "a-identity" if step.op.key == "identity" else "a"
    says += "" if step.out in here.trace.grads else "-side"
    z = block(here, step.args[0], (at[0], None) if shares else at)
    return made(says, step.out, at, block(here, step.out, at), before, z, after)


def reduction(here: Update, step: Step, at: Index) -> Operation:
    """L = 1/N 1ᵀ ℓ."""
    sum_of = ones(here, (0, None), turned=True), block(here, step.args[0], (None, 0))
    return made(step.op.key, step.out, at, block(here, step.out, (0, 0)), *share(here, step), *sum_of)


def share(here: Update, step: Step) -> list[Sign]:
    """What one sample's loss counts in L: 1/N in the mean, nothing to write in the sum."""
    return [factor(r"\frac{1}{N}", rf"\frac{{1}}{{{count(here)}}}")] if step.op.key == "mean" else []


def loss(here: Update, step: Step, at: Index) -> Operation:
    """Each sample's loss from what the network says, U, and the targets, T, both (N, k)."""
    row = (at[0], None)
    u, t = (block(here, name, row) for name in step.args)
    k = u.cells.shape[1]
    every = [] if k == 1 else [Block(r"\mathbf{1}", np.ones((k, 1)), (str(k), "1"), (None, 0))]
    front = [] if k == 1 else [factor(*2 * [rf"\frac{{1}}{{{k}}}"])]
    says = "losses" if step.out != "L" else "loss-one"
    return made(says, step.out, at, block(here, step.out, (at[0], 0)), *written(step.op)(u, t, front, every))


def of(source: Block, letters: str, cells: Array) -> Block:
    """A number made of each number of an array; {} stands for the array's letter."""
    sizes = source.sizes if cells.shape[1] > 1 else (source.sizes[0], "1")
    return Block(letters.replace("{}", source.letter), cells, sizes, source.lit)


def _cross_entropy(p: Block, t: Block, front: list, every: list) -> list:
    """−(T ⊙ ln P + (1 − T) ⊙ ln(1 − P)), P held inside (0, 1)."""
    sure, unsure = of(p, r"\ln {}", np.log(clipped(p.cells))), of(p, r"\ln(1 - {})", np.log(1 - clipped(p.cells)))
    return [sign("-"), *front, OPEN, t, ODOT, sure, sign("+"), of(t, "(1 - {})", 1 - t.cells), ODOT, unsure, CLOSE, *every]


def _cross_entropy_logits(z: Block, t: Block, front: list, every: list) -> list:
    """ln(1 + e^Z) − T ⊙ Z."""
    inner = [of(z, r"\ln(1 + e^{{}})", np.logaddexp(0, z.cells)), sign("-"), t, ODOT, z]
    return [*front, OPEN, *inner, CLOSE, *every] if every else inner


def _categorical(p: Block, t: Block, front: list, every: list) -> list:
    """−(T ⊙ ln P) 1: not divided by the number of classes."""
    return [sign("-"), OPEN, t, ODOT, of(p, r"\ln {}", np.log(clipped(p.cells))), CLOSE, *every]


def _categorical_logits(z: Block, t: Block, front: list, every: list) -> list:
    """ln(e^Z 1) − (T ⊙ Z) 1."""
    whole = of(z, r"\ln(e^{{}} \mathbf{1})", np.logaddexp.reduce(z.cells, axis=1, keepdims=True))
    return [whole, sign("-"), OPEN, t, ODOT, z, CLOSE, *every]


LOSSES = {
    "squared_error": lambda y, t, front, every: [*front, OPEN, y, sign("-"), t, SQUARED, *every],
    "half_squared_error": lambda y, t, front, every: [HALF, OPEN, y, sign("-"), t, SQUARED, *every],
    "cross_entropy": _cross_entropy,
    "cross_entropy_logits": _cross_entropy_logits,
    "categorical_cross_entropy": _categorical,
    "categorical_cross_entropy_logits": _categorical_logits,
}


def written(op: Op) -> Callable:
    """What a loss is made of; one without a wording of its own is the loss of every output under its name, averaged or added."""
    return LOSSES.get(op.key, partial(_named, op))


def _named(op: Op, y: Block, t: Block, front: list, every: list) -> list:
    """huber(Y, T)."""
    each = op.f(y.cells[..., None], t.cells[..., None])
    averaged = np.allclose(each.mean(axis=1), op.f(y.cells, t.cells))
    return [*(front if averaged else []), of(y, rf"{symbol(op.key)}({{}}, {t.letter})", each), *every]


HALF = factor(*2 * [r"\frac{1}{2}"])
FORMS = {
    "weighted sum": sums, "activation": activation, "probabilities": activation, "loss": loss, "reduction": reduction,
}  # fmt: skip
