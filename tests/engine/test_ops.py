"""One contract for every operation: its value, its pull-back, its textbook form, its slope and its reach tell the same story.
The list of operations is read off the registries, so a new entry is examined without a new test."""

from itertools import product

import numpy as np
import pytest
import sympy as sp

from engine.activations import ACTIVATIONS, CLASS_ACTIVATIONS, LEAKY_RELU, RELU
from engine.limits import LEAK, PROBABILITY
from engine.losses import CLASS_LOSSES, LOSSES, REDUCTIONS
from engine.op import AFFINE
from engine.symbols import Cells
from tests.engine.oracle import by_autograd, exact

SHAPES = {
    "activation": [(3, 2)], "probabilities": [(2, 3)], "loss": [(3, 2), (3, 2)], "reduction": [(4,)],
    "weighted sum": [(3, 2), (4, 2), (4,)],
}  # fmt: skip
EVERY_LOSS = {**LOSSES, **CLASS_LOSSES}
REGISTERED = {**ACTIVATIONS, **CLASS_ACTIVATIONS, **EVERY_LOSS, **REDUCTIONS, "affine": AFFINE}
OPS = {key: (op, SHAPES[op.role]) for key, op in REGISTERED.items()} | {"affine without bias": (AFFINE, [(3, 2), (4, 2)])}
KINKS = (-3.0, -2.5, -1.0, -0.7, -0.1, 0.0, PROBABILITY, 0.1, 0.3, 0.5, 1 - PROBABILITY, 1.0, 1.3, 3.0)  # losses: beside 0.3

every_op = pytest.mark.parametrize("op, shapes", OPS.values(), ids=OPS)
every_curve = pytest.mark.parametrize("op", [*ACTIVATIONS.values(), *EVERY_LOSS.values()], ids=[*ACTIVATIONS, *EVERY_LOSS])


def drawn(op, shapes, seed):
    """Random arguments on both sides of 0; probabilities and targets strictly between 0 and 1."""
    rng = np.random.default_rng(seed)
    args = [rng.normal(0, 2, shape) for shape in shapes]
    if op.role == "loss":
        args = [rng.uniform(0.02, 0.98, args[0].shape) if op.probability else args[0], rng.uniform(0, 1, args[1].shape)]
    return args


def symbols(args):
    """The symbolic twins of the arguments, and all numbers by name."""
    names = [f"argument {k}" for k in range(len(args))]
    return [Cells(n, a.shape) for n, a in zip(names, args, strict=True)], dict(zip(names, args, strict=True))


def nudged(args, k, i, by):
    """The arguments with element i of argument k moved by `by`."""
    moved = [a.astype(type(by)) for a in args]
    moved[k][i] += by
    return moved


def at_points(op, points):
    """Arguments of a function of one number (a loss has the target 0.3 beside it) at the points, each a sample of its own."""
    column = np.array(points)[:, None]
    return [column] if op.role == "activation" else [column, np.full_like(column, 0.3)]


def slope_at(op, args, k, i, o):
    """The written slope of output o by element i of argument k, as a number."""
    cells, values = symbols(args)
    out = op.f(*args)
    return exact(op.slope(k, o, i, Cells("out", out.shape), *cells), {**values, "out": out})


@every_op
def test_the_form_is_the_function(op, shapes):
    """The formula we show, read in 40 digits, gives the numbers the engine computes."""
    args = drawn(op, shapes, seed=1)
    (cells, values), out = symbols(args), op.f(*args)
    for o in np.ndindex(out.shape):
        assert float(out[o]) == pytest.approx(exact(op.form(o, *cells), values), rel=1e-12, abs=1e-14)


@every_op
@pytest.mark.parametrize("seed", range(3))
def test_the_pull_back_is_the_complex_step_and_autograd(op, shapes, seed):
    """The pull-back is the derivative of the value (complex step) and of the formula (autograd); only a target has none."""
    args = drawn(op, shapes, seed)
    (cells, values), out = symbols(args), op.f(*args)
    g = np.random.default_rng(seed).normal(size=out.shape)
    weighted = sp.Add(*(float(g[o]) * op.form(o, *cells) for o in np.ndindex(out.shape)))
    for k, pulled in enumerate(op.vjp(g, out, *args)):
        assert (pulled is None) == (op.role == "loss" and k == 1)
        if pulled is not None:
            stepped = [np.sum(g * op.f(*nudged(args, k, i, 1e-30j))).imag / 1e-30 for i in np.ndindex(args[k].shape)]
            assert np.shape(pulled) == args[k].shape
            assert np.ravel(pulled) == pytest.approx(np.array(stepped), rel=1e-10, abs=1e-12)
            assert pulled == pytest.approx(by_autograd(weighted, values, f"argument {k}"), rel=1e-10, abs=1e-12)


@every_op
def test_the_slope_is_the_derivative_of_the_form(op, shapes):
    """The slope we show is SymPy's derivative of the form we show, on both sides of every kink."""
    args = drawn(op, shapes, seed=2)
    (cells, values), out = symbols(args), op.f(*args)
    if op.role == "activation":
        args[0][:, 0] = -0.3, 1e-3, -1e-3
    for k, pulled in enumerate(op.vjp(np.ones_like(out), out, *args)):
        if pulled is None or op.slope is None:
            continue
        for i in np.ndindex(args[k].shape):
            for o in op.reach(k, i, out.shape):
                derived = exact(sp.diff(op.form(o, *cells), cells[k].at(*i)), values)
                assert slope_at(op, args, k, i, o) == pytest.approx(derived, rel=1e-12, abs=1e-14)


@every_curve
def test_the_slope_is_the_pull_back_on_kinks_too(op):
    """Where the derivative does not exist, the equation takes the same side as the engine."""
    args = at_points(op, KINKS)
    out = op.f(*args)
    pulled = op.vjp(np.ones_like(out), out, *args)[0]
    for i in np.ndindex(args[0].shape):
        (o,) = op.reach(0, i, out.shape)
        assert slope_at(op, args, 0, i, o) == pytest.approx(float(pulled[i]), rel=1e-9), f"at {args[0][i]!r}"


@every_op
def test_reach_is_complete_and_no_more(op, shapes):
    """The outputs an element enters are exactly those that change when it is nudged (at one of ten random places)."""
    out_shape = op.f(*drawn(op, shapes, 0)).shape
    for k, shape in enumerate(shapes):
        for i in np.ndindex(shape):
            changed = set()
            for seed in range(10):
                changed |= set(map(tuple, np.argwhere(op.f(*nudged(drawn(op, shapes, seed), k, i, 1e-30j)).imag).tolist()))
            assert changed == set(map(tuple, op.reach(k, i, out_shape)))


@every_op
def test_finite_and_silent_far_out(op, shapes):
    """At ±1000, and for losses at predictions and targets of 0 and 1: finite value, pull-back and complex step, no warning."""
    extremes = np.array(list(product((-1000.0, 0.0, 1.0, 1000.0), (0.0, 1.0))))
    args = [extremes[:, :1], extremes[:, 1:]] if op.role == "loss" else [np.resize([-1000.0, 1000.0, 0.0], s) for s in shapes]
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        out = op.f(*args)
        pulled = op.vjp(np.ones_like(out), out, *args)
        stepped = op.f(args[0] + 1e-30j, *args[1:])
    assert all(np.isfinite(x).all() for x in (out, stepped, *pulled) if x is not None)


@every_curve
def test_the_kink_mask_is_true_exactly_on_kinks(op):
    """A point is marked as a kink exactly where the slopes from the left and from the right differ."""
    args, h = at_points(op, KINKS), 1e-8
    here, left, right = op.f(*args), op.f(args[0] - h, *args[1:]), op.f(args[0] + h, *args[1:])
    bends = np.abs((right - here) / h - (here - left) / h).reshape(-1) > 1e-3
    marked = op.kink(*args).reshape(-1) if op.kink else np.zeros(len(KINKS), dtype=bool)
    assert dict(zip(KINKS, marked.tolist(), strict=True)) == dict(zip(KINKS, bends.tolist(), strict=True))


@every_op
def test_axes_in_front_are_runs(op, shapes):
    """An operation on a stack of runs is the operation on each run."""
    runs = [drawn(op, shapes, seed) for seed in range(3)]
    stacked = [np.stack(parts) for parts in zip(*runs, strict=True)]
    out = op.f(*stacked)
    g = np.random.default_rng(0).normal(size=out.shape)
    pulled = op.vjp(g, out, *stacked)
    for r, args in enumerate(runs):
        alone = op.f(*args)
        assert out[r] == pytest.approx(alone, rel=1e-14)
        for together, one in zip(pulled, op.vjp(g[r], alone, *args), strict=True):
            assert one is None if together is None else together[r] == pytest.approx(one, rel=1e-12, abs=1e-14)


def test_conventions_at_the_kink():
    """ReLU′(0) = 0, and leaky ReLU takes its left slope at 0, as the page says."""
    zero = np.zeros((1, 1))
    assert RELU.vjp(np.ones_like(zero), zero, zero)[0] == 0
    assert LEAKY_RELU.vjp(np.ones_like(zero), zero, zero)[0] == LEAK == 0.01
