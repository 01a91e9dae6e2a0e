"""The way back on whole arrays: two matrix products per layer, a slope for every number, and before them the loss. The right side
is worked out here from its parts, so that an engine that says something else is found out."""

import numpy as np

from engine.diagnosis import local_slopes
from engine.losses import FUSED
from engine.op import Array
from engine.program import Step
from engine.update import Update
from view.network.net_axes import Index, Select, entry_of
from view.network.net_forward import share, symbol
from view.network.net_parts import (
    CLOSE,
    ODOT,
    OPEN,
    Block,
    Operation,
    Sign,
    as_index,
    as_table,
    block,
    factor,
    letter,
    made,
    ones,
    sign,
)
from view.numbers import latex


def sums(here: Update, step: Step, name: str, at: Index) -> Operation:
    """∂L/∂W = (∂L/∂Z)ᵀ A, ∂L/∂A = (∂L/∂Z) W, ∂L/∂b = (∂L/∂Z)ᵀ 1."""
    (A, W, *_), G = step.args, here.trace.grads[step.out]
    if name == A:
        n, i = at
        parts = block(here, step.out, (n, None), gradient=True), block(here, W, (None, i))
        return made("d-a", name, at, block(here, name, at, gradient=True), *parts, right=G @ here.trace.values[W])
    one = "-one" if len(G) == 1 else ""
    turned = block(here, step.out, (at[0], None), gradient=True, turned=True)
    if name == W:
        parts = turned, block(here, A, (None, at[1]))
        return made(f"d-w{one}", name, at, block(here, name, at, gradient=True), *parts, right=G.T @ here.trace.values[A])
    right = as_table(G.sum(axis=0))
    return made(f"d-b{one}", name, at, block(here, name, (at[0], 0), gradient=True), turned, ones(here, (None, 0)), right=right)


def activation(here: Update, step: Step, name: str, at: Index) -> Operation:
    """∂L/∂Z = ∂L/∂A ⊙ tanh′(Z), number by number."""
    above, slopes = block(here, step.out, at, gradient=True), local_slopes(here.trace.values, step)
    said = r"\mathbf{1}" if step.op.key == "identity" else rf"{symbol(step.op.key)}'({letter(name)})"
    slope = Block(said, slopes, above.sizes, at)
    return made("d-z", name, at, block(here, name, at, gradient=True), above, ODOT, slope, right=above.cells * slopes)


def probabilities(here: Update, step: Step, name: str, at: Index) -> Operation:
    """∂L/∂Z = Y ⊙ (G − (G ⊙ Y) 1 1ᵀ) with G = ∂L/∂Y: from every class the sample's average is taken off first."""
    above, y = block(here, step.out, at, gradient=True), block(here, step.out, at)
    mean = np.sum(above.cells * y.cells, axis=1, keepdims=True)
    said = rf"\left({above.letter} \odot {y.letter}\right) \mathbf{{1}} \mathbf{{1}}^{{\top}}"
    taken = Block(said, mean.repeat(y.cells.shape[1], axis=1), y.sizes, at, True)
    right = y.cells * (above.cells - mean)
    parts = (y, ODOT, OPEN, above, sign("-"), taken, CLOSE)
    return made("d-p", name, at, block(here, name, at, gradient=True), *parts, right=right)


def reduction(here: Update, step: Step, name: str, at: Index) -> Operation:
    """∂L/∂ℓ = 1/N 1."""
    right = as_table(np.full(len(here.trace.values[name]), 1 / len(here.trace.values[name]) if step.op.key == "mean" else 1.0))
    result = block(here, name, (at[0], 0), gradient=True)
    return made(f"d-{step.op.key}", name, at, result, *share(here, step), ones(here, (at[0], 0)), right=right)


def loss(here: Update, step: Step, name: str, at: Index) -> Operation:
    """∂L/∂Y = ∂L/∂ℓ · ∂ℓ/∂Y: what one sample's loss counts in L, times the slope of that loss."""
    U, T = (block(here, arg, at) for arg in step.args)
    upstream = here.trace.grads[step.out]
    slopes = step.op.vjp(np.ones_like(upstream), here.trace.values[step.out], U.cells, T.cells)[0]
    counts, k = _upstream(here, step), U.cells.shape[1]
    result, right = block(here, name, at, gradient=True), as_table(upstream) * slopes
    if step.op.key in FUSED:
        side = next(s.out for s in here.of.program if s.args == (name,) and s.out not in here.trace.grads)
        front = [factor(*2 * [rf"\frac{{1}}{{{k}}}"])] if step.op.key == "cross_entropy_logits" and k > 1 else []
        return made("d-fused", name, at, result, *counts, *front, OPEN, block(here, side, at), sign("-"), T, CLOSE, right=right)
    if step.op.key in DIFFERENCES:
        two = [factor(*2 * [rf"\frac{{2}}{{{k}}}" if k > 1 else "2"])] if step.op.key == "squared_error" else []
        return made("d-y", name, at, result, *counts, *two, OPEN, U, sign("-"), T, CLOSE, right=right)
    slope = Block(rf"\frac{{\partial \ell}}{{\partial {letter(name)}}}", slopes, U.sizes, at)
    return made("d-y", name, at, result, *counts, slope, right=right)


DIFFERENCES = ("squared_error", "half_squared_error")


def _upstream(here: Update, step: Step) -> list[Sign]:
    """∂L/∂ℓ as the trace has it, the same for every sample; nothing to write for one sample, whose loss is L, or for a sum."""
    N, known = len(here.trace.values[step.out]), next((s for s in here.of.program if s.args == (step.out,)), None)
    if known is None or known.op.key == "sum":
        return []
    x = float(here.trace.grads[step.out][0])
    shown = rf"\frac{{1}}{{{N}}}" if x == 1 / N else latex(x)
    return [factor(r"\underbrace{\frac{1}{N}}_{\partial L / \partial \ell_n}", shown)]


def update(here: Update, select: Select) -> Operation:
    """W ← W − η ∂L/∂W for the array that the picked number belongs to, or else for the first weights."""
    name = select[0] if select[0] in dict(here.of.layout) else here.of.layout[0][0]
    after = None if here.after is None else here.of.views(here.after)[name]
    arrays = here.trace.values[name], here.of.views(here.direction)[name], after
    return _update(here, letter(name), name, entry_of(here, name, select), *arrays)


def update_of_all(here: Update) -> Operation:
    return _update(here, r"\theta", "theta", (0,), here.theta, here.direction, here.after)


def _update(here: Update, called: str, name: str, at: Index, old: Array, direction: Array, after: Array | None) -> Operation:
    """new ← old − η · direction; where the run stops, there is nothing new to show."""
    sizes, lit = tuple(map(str, as_table(old).shape)), as_index(at)
    slope = Block(rf"\frac{{\partial L}}{{\partial {called}}}", as_table(direction), sizes, lit, True)
    step = Block(called, as_table(old), sizes, lit), sign("-"), factor(r"\eta", latex(here.rate)), slope
    if after is None:
        return Operation("update-stops", name, at, step)
    new = Block(called, as_table(after), sizes, lit)
    return Operation("update" if here.moves.all() else "update-frozen", name, at, (new, sign(r"\leftarrow"), *step))


FORMS = {
    "weighted sum": sums, "activation": activation, "probabilities": probabilities, "loss": loss, "reduction": reduction,
}  # fmt: skip
