"""RMSprop (Hinton 2012): like Adagrad, but of the squared gradients it keeps a running mean that forgets, so the steps need not
shrink for ever. PyTorch adds ε to the root, Keras adds it under the root."""

from functools import partial

from engine.op import Array
from engine.optimizers.base import At, Form, Optimizer
from engine.optimizers.mean import mean, mean_form
from engine.optimizers.root import root, root_form
from engine.symbols import negative, over, power, product


def _work(theta: Array, g: Array, state: tuple, t: int, *, lr, alpha, eps, flavour) -> dict[str, Array]:
    v = mean(alpha, state[0], g * g)
    return {"v": v, "step": -lr * g / root(v, eps, flavour)}


def _forms(at: At, flavour: str) -> tuple[Form, ...]:
    below = root_form(at.found("v"), at.hyper("eps"), flavour)
    return (
        ("v", mean_form(at.hyper("alpha"), at.memory("v"), power(at.gradient, 2))),
        ("step", negative(over(product(at.rate, at.gradient), below))),
    )


def _rmsprop(flavour: str, alpha: float, eps: float, variants: tuple[Optimizer, ...] = ()) -> Optimizer:
    work, forms = partial(_work, flavour=flavour), partial(_forms, flavour=flavour)
    return Optimizer("rmsprop", {"alpha": alpha, "eps": eps}, ("v",), work, forms, flavour=flavour, variants=variants)


RMSPROP = _rmsprop("pytorch", 0.99, 1e-8, (_rmsprop("keras", 0.9, 1e-7),))
