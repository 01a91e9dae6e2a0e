"""Clipping keeps one huge gradient from throwing a run away: by value it cuts each part on its own, by norm it shortens the whole
gradient and keeps its direction. Weight decay adds a pull towards 0. Each changes the gradient before the optimizer reads it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import sympy as sp

from engine.op import Array
from engine.optimizers import At, Form, Optimizer, around
from engine.optimizers.root import square_root
from engine.symbols import negative, over, plus, power, product


def by_value(g: Array, limit) -> Array:
    """Every part of g (..., P) held between −limit and limit."""
    return np.clip(g, -limit, limit)


def norm(g: Array) -> Array:
    """‖g‖ of each run, g (..., P) -> (..., 1)."""
    return np.sqrt(np.add.reduce(g * g, axis=-1, keepdims=True))


def by_norm(g: Array, length: Array, limit) -> Array:
    """g (..., P) of this length (..., 1), shortened to `limit` where it is longer (Pascanu et al. 2013)."""
    return g * (limit / np.maximum(length, limit))


def with_l2(g: Array, theta: Array, l2) -> Array:
    """The gradient of L + ½ λ ‖theta‖²: PyTorch's weight_decay of every optimizer but AdamW."""
    return g + l2 * theta


def clipped_by_value(optimizer: Optimizer, clip_value: float) -> Optimizer:
    """The optimizer, reading a gradient whose parts are cut at ±clip_value: "g_cut"."""

    def form(at: At) -> tuple[Form, ...]:
        limit = at.hyper("clip_value")
        return (("g_cut", sp.Max(negative(limit), sp.Min(at.gradient, limit, evaluate=False), evaluate=False)),)

    return _before(optimizer, "clip_value", clip_value, lambda theta, g, limit: {"g_cut": by_value(g, limit)}, form)


def clipped_by_norm(optimizer: Optimizer, clip_norm: float) -> Optimizer:
    """The optimizer, reading a gradient no longer than clip_norm: first its length "norm", then "g_short"."""

    def change(theta: Array, g: Array, limit) -> dict[str, Array]:
        length = norm(g)
        return {"norm": length, "g_short": by_norm(g, length, limit)}

    def form(at: At) -> tuple[Form, ...]:
        limit = at.hyper("clip_norm")
        scale = over(limit, sp.Max(at.found("norm"), limit, evaluate=False))
        return ("norm", square_root(plus(*(power(g, 2) for g in at.all)))), ("g_short", product(at.gradient, scale))

    return _before(optimizer, "clip_norm", clip_norm, change, form)


def decayed(optimizer: Optimizer, l2: float) -> Optimizer:
    """The optimizer, reading a gradient to which λ times the parameter itself is added: "g_decay"."""

    def form(at: At) -> tuple[Form, ...]:
        return (("g_decay", plus(at.gradient, product(at.hyper("l2"), at.value))),)

    return _before(optimizer, "l2", l2, lambda theta, g, l2: {"g_decay": with_l2(g, theta, l2)}, form)


def _before(optimizer: Optimizer, name: str, value: float, change: Callable, form: Callable) -> Optimizer:
    """The optimizer with a changed gradient, the last thing that `change` works out; `name` is the change's hyper-parameter."""

    def work(theta: Array, g: Array, state: tuple, t: int, **hyper) -> dict[str, Array]:
        found = change(theta, g, hyper.pop(name))
        *_, changed = found.values()
        return {**found, **optimizer.work(theta, changed, state, t, **hyper)}

    def forms(at: At) -> tuple[Form, ...]:
        first = form(at)
        return *first, *optimizer.forms(replace(at, gradient=at.found(first[-1][0])))

    return around(optimizer, {name: value}, work, forms)
