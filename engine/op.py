"""An op is one operation of a network: its value, its pull-back and its textbook form, all in one entry. A network is a list
of ops; whatever we compute, explain, draw or print reads the same entry."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.symbols import Cells, plus, product

Array = np.ndarray


@dataclass(frozen=True)
class Op:
    """One operation. Arrays are (..., own axes): the axes in front are runs, and no function here asks how many.

    f(*args) -> out; vjp(g, out, *args) -> one gradient per argument, None for a constant such as a target;
    form(o, *cells) -> element o of the output, as the book writes it;
    slope(k, o, i, out, *cells) -> d out[o] / d argument k[i] as the book writes it (None: SymPy differentiates the form);
    reach(k, i, shape) -> the outputs (indices into an output of this shape) that element i of argument k enters;
    kink(*args) -> mask of the elements on a kink (None: smooth everywhere); side(*args) -> between which kinks each element lies;
    probability: the first argument must lie in (0, 1); unit_targets: the targets must lie in [0, 1]; boundary: of a loss, the
    output that divides the classes 0 and 1.
    """

    key: str
    role: str
    f: Callable
    vjp: Callable
    form: Callable
    reach: Callable
    slope: Callable | None = None
    kink: Callable | None = None
    side: Callable | None = None
    probability: bool = False
    unit_targets: bool = False
    boundary: float = 0.5


def _affine(a: Array, W: Array, b: Array | None = None) -> Array:
    """Z = A Wᵀ + 1 bᵀ: (..., N, n_in), (..., n_out, n_in), (..., n_out) -> (..., N, n_out)."""
    z = a @ W.swapaxes(-1, -2)
    return z if b is None else z + b[..., None, :]


def _affine_vjp(g: Array, out: Array, a: Array, W: Array, b: Array | None = None) -> tuple:
    """∂L/∂A = G W, ∂L/∂W = Gᵀ A, ∂L/∂b = Gᵀ 1."""
    pulled = (g @ W, g.swapaxes(-1, -2) @ a)
    return pulled if b is None else (*pulled, np.add.reduce(g, axis=-2))


def _affine_form(o, a: Cells, W: Cells, b: Cells | None = None):
    n, r = o
    terms = [product(W.at(r, j), a.at(n, j)) for j in range(W.shape[1])]
    return plus(*terms, *([b.at(r)] if b else []))


def _affine_slope(k, o, i, out, a: Cells, W: Cells, b: Cells | None = None):
    n, r = o
    return W.at(r, i[1]) if k == 0 else a.at(n, i[1]) if k == 1 else 1


def _affine_reach(k, i, shape) -> list[tuple]:
    samples, units = shape
    return [(i[0], r) for r in range(units)] if k == 0 else [(n, i[0]) for n in range(samples)]


AFFINE = Op("affine", "weighted sum", _affine, _affine_vjp, _affine_form, _affine_reach, _affine_slope)


def frozen(x) -> Array:
    """A read-only float copy: what is shared cannot be edited."""
    x = np.array(x, dtype=float)
    x.flags.writeable = False
    return x
