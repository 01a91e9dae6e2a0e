"""Softmax makes probabilities of a whole layer: each unit's eᶻ as a share of all of them. Raising one z raises its own p and
lowers every other, so each output hangs on every input, and its slope is a matrix (Bridle 1990; Bishop 2006, eq. 4.106)."""

import numpy as np
import sympy as sp

from engine.op import Array, Op
from engine.symbols import exp, minus, negative, over, plus, product


def share(j: int, z: list) -> sp.Expr:
    """e^{z_j} / Σ_i e^{z_i} as the book writes it."""
    return over(exp(z[j]), plus(*map(exp, z)))


class Softmax(sp.Function):
    """One output of softmax under its own name, Softmax(j, z_0, z_1, …), where writing it out would hide the idea. `doit` writes
    it out; j counts from 0."""

    def doit(self, **hints):
        j, *z = (a.doit(**hints) for a in self.args)
        return share(j, z)

    def _eval_evalf(self, prec):
        return self.doit()._eval_evalf(prec)


def _shifted(z: Array) -> tuple[Array, Array]:
    """The largest z of each row (..., 1), and eᶻ divided by e to it: at most 1, so nothing overflows. A shift is a constant to
    a complex step, and cancels."""
    most = z.real.max(axis=-1, keepdims=True)
    return most, np.exp(z - most)


def softmax(z: Array) -> Array:
    """p_j = e^{z_j} / Σ_i e^{z_i} over the last axis: (..., k) -> (..., k)."""
    _, e = _shifted(z)
    return e / np.add.reduce(e, axis=-1, keepdims=True)


def log_sum_exp(z: Array) -> Array:
    """ln Σ_i e^{z_i} over the last axis: (..., k) -> (...)."""
    most, e = _shifted(z)
    return most[..., 0] + np.log(np.add.reduce(e, axis=-1))


def _pull_back(g: Array, p: Array, z: Array) -> tuple[Array]:
    """p_j (g_j − Σ_i p_i g_i). A constant added to every g changes nothing, so the g of the surest class is taken off first:
    where its p is nearly 1, that is what would cancel."""
    sure = p.real.argmax(axis=-1)[..., None]
    apart = g - np.take_along_axis(g, sure, axis=-1)
    return (p * (apart - np.add.reduce(apart * p, axis=-1, keepdims=True)),)


def jacobian(p: Array) -> Array:
    """∂p_j/∂z_i = p_j (δ_ji − p_i) in row j and column i, as in Bishop 2006, eq. 4.106: (..., k) -> (..., k, k). Symmetric; rows
    and columns add up to 0: what one class wins, the others lose."""
    return p[..., :, None] * (np.eye(p.shape[-1]) - p[..., None, :])


def _slope(k, o, i, p, z):
    """∂p_j/∂z_i in terms of the p's: p_j (1 − p_j) on the diagonal, −p_j p_i beside it."""
    return product(p.at(*o), minus(1, p.at(*o))) if o == i else negative(product(p.at(*o), p.at(*i)))


SOFTMAX = Op(
    "softmax",
    "probabilities",  # not an activation: it has no slope of its own at each z
    f=softmax,
    vjp=_pull_back,
    form=lambda o, z: share(o[-1], [z.at(*o[:-1], j) for j in range(z.shape[-1])]),
    reach=lambda k, i, shape: [(*i[:-1], j) for j in range(shape[-1])],
    slope=_slope,
)
