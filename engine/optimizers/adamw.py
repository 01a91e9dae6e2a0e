"""AdamW (Loshchilov and Hutter 2019): Adam, and beside it every parameter shrinks by the part η λ of itself. That decay does not
pass through the gradient, so it is not divided by its root: it is decoupled."""

from functools import partial

from engine.op import Array
from engine.optimizers.adam import BETAS, EPS, adam_forms, adam_work
from engine.optimizers.base import At, Form, Optimizer
from engine.symbols import minus, product

DECAY = {"pytorch": 0.01, "keras": 0.004}


def _work(theta: Array, g: Array, state: tuple, t: int, *, lr, decay, flavour, **hyper) -> dict[str, Array]:
    found = adam_work(theta, g, state, t, lr=lr, flavour=flavour, amsgrad=False, **hyper)
    return {**found, "step": found["step"] - lr * decay * theta}


def _forms(at: At, flavour: str) -> tuple[Form, ...]:
    *before, (_, step) = adam_forms(at, flavour, amsgrad=False)
    return (*before, ("step", minus(step, product(at.rate, at.hyper("decay"), at.value))))


def _adamw(flavour: str, variants: tuple[Optimizer, ...] = ()) -> Optimizer:
    hyper = {**BETAS, "eps": EPS[flavour], "decay": DECAY[flavour]}
    work, forms = partial(_work, flavour=flavour), partial(_forms, flavour=flavour)
    return Optimizer("adamw", hyper, ("m", "v"), work, forms, flavour=flavour, variants=variants)


ADAMW = _adamw("pytorch", (_adamw("keras"),))
