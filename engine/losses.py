"""A loss says how wrong one prediction is; its slope is where backpropagation starts. A reduction then makes one number of
all samples' losses, and is an ordinary last step with an equation like any other."""

import numpy as np
import sympy as sp

from engine.activations import softplus, stable_sigmoid
from engine.limits import PROBABILITY
from engine.op import Op
from engine.softmax import Softmax, log_sum_exp, softmax
from engine.symbols import (
    Cell,
    Cells,
    Clip,
    Largest,
    Sigma,
    Sign,
    Size,
    Smallest,
    exp,
    log,
    minus,
    negative,
    over,
    plus,
    power,
    product,
)


def loss(key, f, df, form, slope, mean, kink=None, side=None, probability=False, unit_targets=False, boundary=0.5) -> Op:
    """One sample's loss over its k outputs: f(a, t), df(a, t) act element by element and are summed over the outputs.

    form(a, t) and slope(a, t) are one output's share as the book writes it; `mean` divides by k, as Keras and PyTorch do.
    (..., N, k) and targets (N, k) -> (..., N).
    """

    def share(a) -> int:
        return a.shape[-1] if mean else 1

    return Op(
        key,
        "loss",
        f=lambda a, t: np.add.reduce(f(a, t), axis=-1) / share(a),
        vjp=lambda g, out, a, t: (g[..., None] * (df(a, t) / share(a)), None),
        form=lambda o, a, t: over(plus(*(form(a.at(*o, j), t.at(*o, j)) for j in range(a.shape[-1]))), share(a)),
        reach=lambda k, i, shape: [i[:-1]],
        slope=lambda k, o, i, out, a, t: over(slope(a.at(*i), t.at(*i)), share(a)) if k == 0 else None,
        kink=kink,
        side=side,
        probability=probability,
        unit_targets=unit_targets,
        boundary=boundary,
    )


SQUARED_ERROR = loss(
    "squared_error",
    f=lambda a, t: (a - t) ** 2,
    df=lambda a, t: 2 * (a - t),
    form=lambda a, t: power(minus(a, t), 2),
    slope=lambda a, t: product(2, minus(a, t)),
    mean=True,
)

HALF_SQUARED_ERROR = loss(
    "half_squared_error",
    f=lambda a, t: 0.5 * (a - t) ** 2,
    df=lambda a, t: a - t,
    form=lambda a, t: product(sp.Rational(1, 2), power(minus(a, t), 2)),
    slope=lambda a, t: minus(a, t),
    mean=False,
)

ABSOLUTE_ERROR = loss(
    "absolute_error",
    f=lambda a, t: np.sign((a - t).real) * (a - t),
    df=lambda a, t: np.sign(a - t),  # slope 0 at the kink
    form=lambda a, t: Size(minus(a, t)),
    slope=lambda a, t: Sign(minus(a, t)),
    mean=True,
    kink=lambda a, t: a == t,
    side=lambda a, t: np.sign(a - t),
)


def _huber(d):
    return np.where(np.abs(d.real) <= 1, 0.5 * d * d, np.where(d.real > 0, d, -d) - 0.5)


def _huber_form(d):
    size = Size(d)
    half = sp.Rational(1, 2)
    return sp.Piecewise((product(half, power(d, 2)), size <= 1), (minus(size, half), True))


HUBER = loss(  # with δ = 1, as Keras and PyTorch take it unless told otherwise; its slope has no jump
    "huber",
    f=lambda a, t: _huber(a - t),
    df=lambda a, t: np.clip(a - t, -1.0, 1.0),
    form=lambda a, t: _huber_form(minus(a, t)),
    slope=lambda a, t: Largest(-1, Smallest(1, minus(a, t))),
    mean=True,
    side=lambda a, t: np.clip(np.trunc(a - t), -1.0, 1.0),
)


def _signed(t):
    """Targets 0 and 1 as −1 and 1, as Keras turns them."""
    return 2 * t - 1


def _signed_form(t):
    return minus(product(2, t), 1)


HINGE = loss(
    "hinge",
    f=lambda a, t: np.where((_signed(t) * a).real < 1, 1 - _signed(t) * a, 0.0),
    df=lambda a, t: np.where(_signed(t) * a < 1, -_signed(t), 0.0),  # slope 0 at the kink
    form=lambda a, t: Largest(0, minus(1, product(_signed_form(t), a))),
    slope=lambda a, t: sp.Piecewise((negative(_signed_form(t)), product(_signed_form(t), a) < 1), (0, True)),
    mean=True,
    kink=lambda a, t: _signed(t) * a == 1,
    side=lambda a, t: _signed(t) * a < 1,
    unit_targets=True,
    boundary=0.0,  # a score on the right side of 0
)


def clipped(p):
    """p held inside [1e-7, 1 − 1e-7]; analytic inside, constant outside."""
    return np.where(p.real <= PROBABILITY, PROBABILITY, np.where(p.real >= 1 - PROBABILITY, 1 - PROBABILITY, p))


def _inside(p):
    return (p > PROBABILITY) & (p < 1 - PROBABILITY)


def _on_clip(p):
    return (p == PROBABILITY) | (p == 1 - PROBABILITY)


def _clip_side(p):
    """0 below the clip, 1 inside, 2 above."""
    return (p > PROBABILITY).astype(int) + (p >= 1 - PROBABILITY)


def _cross_entropy_slope(p, t):
    """The gradient of the clipped loss: (p − t) / (p (1 − p)) inside, 0 where p was clipped."""
    q = clipped(p)
    return np.where(_inside(p), (q - t) / (q * (1 - q)), 0.0)


CROSS_ENTROPY = loss(
    "cross_entropy",
    f=lambda p, t: -(t * np.log(clipped(p)) + (1 - t) * np.log(1 - clipped(p))),
    df=_cross_entropy_slope,
    form=lambda p, t: negative(plus(product(t, log(Clip(p))), product(minus(1, t), log(minus(1, Clip(p)))))),
    slope=lambda p, t: sp.Piecewise(
        (over(minus(p, t), product(p, minus(1, p))), sp.And(p > PROBABILITY, p < 1 - PROBABILITY)), (0, True)
    ),
    mean=True,
    kink=lambda p, t: _on_clip(p),
    side=lambda p, t: _clip_side(p),
    probability=True,
    unit_targets=True,
)


CROSS_ENTROPY_LOGITS = loss(
    "cross_entropy_logits",
    f=lambda z, t: softplus(z) - t * z,
    df=lambda z, t: stable_sigmoid(z) - t,
    form=lambda z, t: minus(log(plus(1, exp(z))), product(t, z)),
    slope=lambda z, t: minus(Sigma(z), t),
    mean=True,
    unit_targets=True,
)


def _row(cells: Cells, o) -> list[Cell]:
    """The cells of one sample."""
    return [cells.at(*o, j) for j in range(cells.shape[-1])]


CATEGORICAL_CROSS_ENTROPY = Op(  # −Σ t ln p, added over the classes; Keras would first divide p by its sum, which is 1
    "categorical_cross_entropy",
    "loss",
    f=lambda p, t: -np.add.reduce(t * np.log(clipped(p)), axis=-1),
    vjp=lambda g, out, p, t: (g[..., None] * np.where(_inside(p), -t / clipped(p), 0.0), None),
    form=lambda o, p, t: negative(plus(*(product(share, log(Clip(q))) for share, q in zip(_row(t, o), _row(p, o), strict=True)))),
    reach=lambda k, i, shape: [i[:-1]],
    slope=lambda k, o, i, out, p, t: _share_slope(p.at(*i), t.at(*i)) if k == 0 else None,
    kink=lambda p, t: _on_clip(p) & (t != 0),  # a class that is not the target's has no part in the loss
    side=lambda p, t: _clip_side(p) * (t != 0),
    probability=True,
    unit_targets=True,
)


def _share_slope(p: Cell, t: Cell):
    return sp.Piecewise((negative(over(t, p)), sp.And(p > PROBABILITY, p < 1 - PROBABILITY)), (0, True))


CATEGORICAL_CROSS_ENTROPY_LOGITS = Op(  # −Σ t ln softmax(z) with Σ t = 1, in one: ln Σ eᶻ − Σ t z, with gradient p − t
    "categorical_cross_entropy_logits",
    "loss",
    f=lambda z, t: log_sum_exp(z) - np.add.reduce(t * z, axis=-1),
    vjp=lambda g, out, z, t: (g[..., None] * (softmax(z) - t), None),
    form=lambda o, z, t: minus(log(plus(*map(exp, _row(z, o)))), plus(*map(product, _row(t, o), _row(z, o)))),
    reach=lambda k, i, shape: [i[:-1]],
    slope=lambda k, o, i, out, z, t: minus(Softmax(i[-1], *_row(z, o)), t.at(*i)) if k == 0 else None,
    unit_targets=True,
)

LOSSES = {
    e.key: e
    for e in (SQUARED_ERROR, HALF_SQUARED_ERROR, CROSS_ENTROPY, CROSS_ENTROPY_LOGITS, ABSOLUTE_ERROR, HUBER, HINGE)
}  # fmt: skip
CLASS_LOSSES = {e.key: e for e in (CATEGORICAL_CROSS_ENTROPY, CATEGORICAL_CROSS_ENTROPY_LOGITS)}  # at least two outputs
FUSED = {  # losses that read z and contain this activation themselves
    "cross_entropy_logits": "sigmoid",
    "categorical_cross_entropy_logits": "softmax",
}


def reduction(key, share, weight) -> Op:
    """All samples' losses to one number, each divided by share(N), as the book writes it times weight(N): (..., N) -> (...)."""
    return Op(
        key,
        "reduction",
        f=lambda l: np.add.reduce(l, axis=-1) / share(l.shape[-1]),
        vjp=lambda g, out, l: (np.broadcast_to((g / share(l.shape[-1]))[..., None], l.shape),),
        form=lambda o, l: product(weight(l.shape[0]), plus(*(l.at(n) for n in range(l.shape[0])))),
        reach=lambda k, i, shape: [()],
        slope=lambda k, o, i, out, l: weight(l.shape[0]),
    )


MEAN = reduction("mean", lambda n: n, lambda n: over(1, Cell("count", "N", (n,))))
SUM = reduction("sum", lambda n: 1, lambda n: sp.Integer(1))
REDUCTIONS = {entry.key: entry for entry in (MEAN, SUM)}
