"""A schedule turns the learning rate as the updates go by: η in update t is the chosen η times a factor s(t). It says nothing of
gradients, so it fits in front of any optimizer, as one more equation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import sympy as sp

from engine.op import Array
from engine.optimizers import At, Form, Optimizer, around
from engine.symbols import minus, over, plus, power, product


@dataclass(frozen=True, eq=False)
class Schedule:
    """factor(t, **hyper) -> s(t) for t = 1, 2, …, a number or an array of them; form(t, **cells) -> the same as it is written."""

    key: str
    hyper: Mapping[str, float]
    factor: Callable
    form: Callable


CONSTANT = Schedule("constant", {}, lambda t: 1.0, lambda t: sp.Integer(1))

STEP = Schedule(  # γ to the number of whole stretches behind: PyTorch's StepLR
    "step",
    {"gamma": 0.5, "every": 100},
    lambda t, gamma, every: np.power(gamma, (t - 1) // every),
    lambda t, gamma, every: power(gamma, sp.floor(over(minus(t, 1), every), evaluate=False)),
)

EXPONENTIAL = Schedule(
    "exponential",
    {"gamma": 0.99},
    lambda t, gamma: np.power(gamma, t - 1),
    lambda t, gamma: power(gamma, minus(t, 1)),
)


def _cosine_form(t, total):
    angle = product(sp.pi, sp.Min(1, over(minus(t, 1), total), evaluate=False))
    return product(sp.Rational(1, 2), plus(1, sp.cos(angle, evaluate=False)))


COSINE = Schedule(  # half a wave from 1 down to 0, and then 0 (Loshchilov and Hutter 2017, without restarts)
    "cosine",
    {"total": 500},
    lambda t, total: 0.5 * (1 + np.cos(np.pi * np.minimum(1.0, (t - 1) / total))),
    _cosine_form,
)

WARM_UP = Schedule(  # in equal parts up to 1
    "warm_up",
    {"warm": 50},
    lambda t, warm: np.minimum(1.0, t / warm),
    lambda t, warm: sp.Min(1, over(t, warm), evaluate=False),
)

SCHEDULES = {entry.key: entry for entry in (CONSTANT, STEP, EXPONENTIAL, COSINE, WARM_UP)}


def scheduled(optimizer: Optimizer, schedule: Schedule) -> Optimizer:
    """The optimizer with η · s(t) in the place of η; "eta" is found before all else."""
    names = tuple(schedule.hyper)

    def work(theta: Array, g: Array, state: tuple, t: int, *, lr, **hyper) -> dict[str, Array]:
        eta = lr * schedule.factor(t, **{name: hyper.pop(name) for name in names})
        return {"eta": eta, **optimizer.work(theta, g, state, t, lr=eta, **hyper)}

    def forms(at: At) -> tuple[Form, ...]:
        eta = product(at.rate, schedule.form(at.t, **{name: at.hyper(name) for name in names}))
        return ("eta", eta), *optimizer.forms(replace(at, rate=at.found("eta")))

    return around(optimizer, schedule.hyper, work, forms)
