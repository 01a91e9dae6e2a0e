"""Adagrad (Duchi et al. 2011): every parameter has its own rate, η divided by the root of the sum of its squared gradients. The sum
only grows, so the steps only shrink. PyTorch adds ε to the root, Keras adds it under the root and starts the sum from 0.1."""

from functools import partial

import numpy as np

from engine.op import Array
from engine.optimizers.base import At, Form, Optimizer
from engine.optimizers.root import root, root_form
from engine.symbols import negative, over, plus, power, product


def _start(theta: Array, names: tuple[str, ...], *, start, eps) -> tuple[Array, ...]:
    return (np.zeros_like(theta) + start,)


def _work(theta: Array, g: Array, state: tuple, t: int, *, lr, eps, start, flavour) -> dict[str, Array]:
    s = state[0] + g * g
    return {"s": s, "step": -lr * g / root(s, eps, flavour)}


def _forms(at: At, flavour: str) -> tuple[Form, ...]:
    below = root_form(at.found("s"), at.hyper("eps"), flavour)
    return (
        ("s", plus(at.memory("s"), power(at.gradient, 2))),
        ("step", negative(over(product(at.rate, at.gradient), below))),
    )


def _adagrad(flavour: str, eps: float, start: float, variants: tuple[Optimizer, ...] = ()) -> Optimizer:
    work, forms = partial(_work, flavour=flavour), partial(_forms, flavour=flavour)
    return Optimizer("adagrad", {"eps": eps, "start": start}, ("s",), work, forms, _start, flavour, variants=variants)


ADAGRAD = _adagrad("pytorch", 1e-10, 0.0, (_adagrad("keras", 1e-7, 0.1),))
