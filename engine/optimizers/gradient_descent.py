"""Gradient descent (Cauchy 1847): a step against the gradient, as long as η times the gradient. It remembers nothing, so where it
goes next depends only on where it stands."""

from engine.op import Array
from engine.optimizers.base import At, Form, Optimizer
from engine.symbols import negative, product


def _work(theta: Array, g: Array, state: tuple, t: int, *, lr) -> dict[str, Array]:
    return {"step": -lr * g}


def _forms(at: At) -> tuple[Form, ...]:
    return (("step", negative(product(at.rate, at.gradient))),)


GRADIENT_DESCENT = Optimizer("gd", {}, (), _work, _forms)
