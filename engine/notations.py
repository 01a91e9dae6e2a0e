"""A layer's backward pass fits in two matrix products: ∂L/∂W = (∂L/∂Z)ᵀ A and ∂L/∂A = (∂L/∂Z) W. Where does the transpose come
from? From adding up edge by edge: the same numbers in four notations, each worked out in its own way, all of them equal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from engine.op import Array
from engine.program import Step, Trace

Index = tuple[int, ...]


@dataclass(frozen=True)
class Rule:
    """One of a layer's three products. `meet(r, c, k)` says which elements of the two factors meet, as their k-th pair, in
    element (r, c) of the result; the index k, the one that is added over, runs over axis `inner` of the left factor."""

    rows: int  # the axis of the left factor that the result's rows run over
    columns: int  # the axis of the right factor that its columns run over
    meet: Callable[[int, int, int], tuple[Index, Index]]

    @property
    def inner(self) -> int:
        return 1 - self.rows


RULES = {
    "weights": Rule(1, 1, lambda o, i, n: ((n, o), (n, i))),  # ∂L/∂W[o, i] = Σₙ ∂L/∂Z[n, o] · A[n, i]
    "inputs": Rule(0, 1, lambda n, i, o: ((n, o), (o, i))),  # ∂L/∂A[n, i] = Σₒ ∂L/∂Z[n, o] · W[o, i]
    "sums": Rule(0, 0, lambda n, o, i: ((n, i), (o, i))),  # Z[n, o] = Σᵢ A[n, i] · W[o, i] + b[o]
}
KEYS = ("edges", "index", "outer", "matrix")  # from the single connection to the whole layer


@dataclass(frozen=True, eq=False)
class Notation:
    """key: one of KEYS; value: all elements of the result, read-only; shapes: what is multiplied with what, as text. N is the
    number of samples, Σ an addition of several such products."""

    key: str
    value: Array
    shapes: str


@dataclass(frozen=True)
class Entry:
    """What enters one element of the result: pairs of numbers, the places they stand in (an index into the left factor, one into
    the right), their products, and the sum of these. A bias is the last pair, 1 · b[o], at ((n,), (o,))."""

    pairs: tuple[tuple[float, float], ...]
    places: tuple[tuple[Index, Index], ...]
    products: tuple[float, ...]
    total: float


def notations(trace: Trace, step: Step, what: str = "weights") -> tuple[Notation, ...]:
    """∂L/∂W (n_out, n_in), ∂L/∂A (N, n_in) or Z (N, n_out) of one weighted sum in four notations, in the order of KEYS.

    what: "weights", "inputs" or "sums". ValueError if the step is no weighted sum, KeyError for another word or without ∂L/∂Z.
    """
    left, right, b = factors(trace, step, what)
    values = {
        "edges": _edges(left.tolist(), right.tolist(), None if b is None else b.tolist(), what),
        "index": INDEX_FORM[what](left, right) + (0 if b is None else b[None, :]),
        "outer": sum(outer_products(trace, step, what)),
        "matrix": MATRIX_FORM[what](left, right) + (0 if b is None else np.ones((len(left), 1)) @ b[None, :]),
    }
    texts = _shapes(left, right, b, what)
    return tuple(Notation(key, _closed(np.asarray(values[key])), texts[key]) for key in KEYS)


def factors(trace: Trace, step: Step, what: str) -> tuple[Array, Array, Array | None]:
    """The two factors as they stand in the trace, not transposed, and the bias if it is added: ∂L/∂Z (N, n_out) and A (N, n_in);
    ∂L/∂Z and W (n_out, n_in); A, W and b (n_out,). Errors as in `notations`."""
    if step.op.role != "weighted sum":
        raise ValueError(f"{step.out} is not a weighted sum")
    A, W, *b = (trace.values[name] for name in step.args)
    return {
        "weights": lambda: (trace.grads[step.out], A, None),
        "inputs": lambda: (trace.grads[step.out], W, None),
        "sums": lambda: (A, W, b[0] if b else None),
    }[what]()


def entry(trace: Trace, step: Step, at: tuple[int, int], what: str = "weights") -> Entry:
    """What enters one element of the result: for the weight to unit o from input i one pair (∂L/∂z[n, o], a[n, i]) per sample.
    Errors as in `notations`, and IndexError if there is no such element."""
    left, right, b = factors(trace, step, what)
    rule, (r, c) = RULES[what], at
    if not (0 <= r < left.shape[rule.rows] and 0 <= c < right.shape[rule.columns]):
        raise IndexError(f"{what} has no element {at}")
    places = [rule.meet(r, c, k) for k in range(left.shape[rule.inner])]
    pairs = [(float(left[i]), float(right[j])) for i, j in places]
    if b is not None:
        places, pairs = [*places, ((r,), (c,))], [*pairs, (1.0, float(b[c]))]
    products = tuple(x * y for x, y in pairs)
    return Entry(tuple(pairs), tuple(places), products, sum(products))


def outer_products(trace: Trace, step: Step, what: str = "weights") -> Iterator[Array]:
    """The matrices that the notation "outer" adds up, each a column times a row and as large as the result: for "weights" one per
    sample, its whole vote on this layer; for "inputs" one per unit o; for "sums" one per input i, and 1 bᵀ. Errors as there."""
    left, right, b = factors(trace, step, what)
    if what == "weights":
        yield from (np.outer(delta, a) for delta, a in zip(left, right, strict=True))
    elif what == "inputs":
        yield from (np.outer(left[:, o], right[o]) for o in range(len(right)))
    else:
        yield from (np.outer(left[:, i], right[:, i]) for i in range(right.shape[1]))
        if b is not None:
            yield np.outer(np.ones(len(left)), b)


def _edges(left: list, right: list, b: list | None, what: str) -> list[list[float]]:
    """One product per edge and sample, added up in plain loops: no matrix, no transpose."""
    rule = RULES[what]
    rows, inner = (len(left), len(left[0])) if rule.rows == 0 else (len(left[0]), len(left))
    columns = len(right) if rule.columns == 0 else len(right[0])
    value = [[0.0] * columns for _ in range(rows)]
    for r in range(rows):
        for c in range(columns):
            for k in range(inner):
                (p, q), (s, t) = rule.meet(r, c, k)
                value[r][c] += left[p][q] * right[s][t]
            value[r][c] += 0.0 if b is None else b[c]
    return value


INDEX_FORM = {  # every product that occurs in one array of three axes, then the sum over the index that the result lacks
    "weights": lambda G, A: np.sum(G[:, :, None] * A[:, None, :], axis=0),
    "inputs": lambda G, W: np.sum(G[:, :, None] * W[None, :, :], axis=1),
    "sums": lambda A, W: np.sum(A[:, None, :] * W[None, :, :], axis=2),
}
MATRIX_FORM = {"weights": lambda G, A: G.T @ A, "inputs": lambda G, W: G @ W, "sums": lambda A, W: A @ W.T}


def _shapes(left: Array, right: Array, b: Array | None, what: str) -> dict[str, str]:
    """What is multiplied with what, such as 4×2 = (4×N)(N×2); the first two notations speak of one element of the result."""
    rows, columns, inner = {
        "weights": (left.shape[1], right.shape[1], "N"),
        "inputs": ("N", right.shape[1], left.shape[1]),
        "sums": ("N", right.shape[0], left.shape[1]),
    }[what]
    one, all_ = ("", "") if b is None else (" + 1×1", f" + (N×1)(1×{columns})")
    return {
        "edges": f"1×1 = Σ (1×1)(1×1){one}",
        "index": f"1×1 = (1×{inner})({inner}×1){one}",
        "outer": f"{rows}×{columns} = Σ ({rows}×1)(1×{columns}){all_}",
        "matrix": f"{rows}×{columns} = ({rows}×{inner})({inner}×{columns}){all_}",
    }


def _closed(value: Array) -> Array:
    value.flags.writeable = False
    return value
