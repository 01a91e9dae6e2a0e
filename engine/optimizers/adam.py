"""Adam (Kingma and Ba 2015): a running mean of the gradients over the root of a running mean of their squares, both corrected for
having begun at 0. AMSGrad (Reddi et al. 2018) takes the largest mean square so far; Keras divides ε by √(1 − β₂ᵗ)."""

from functools import partial

import numpy as np
import sympy as sp

from engine.op import Array
from engine.optimizers.base import At, Form, Optimizer
from engine.optimizers.mean import corrected_form, mean, mean_form, missing
from engine.optimizers.root import square_root
from engine.symbols import negative, over, plus, power, product

BETAS = {"beta1": 0.9, "beta2": 0.999}
EPS = {"pytorch": 1e-8, "keras": 1e-7}


def adam_work(theta: Array, g: Array, state: tuple, t: int, *, lr, beta1, beta2, eps, flavour, amsgrad) -> dict[str, Array]:
    there = 1 - np.power(beta2, t)
    m, v = mean(beta1, state[0], g), mean(beta2, state[1], g * g)
    found = {"m": m, "v": v}
    if amsgrad:
        found["v_max"] = v = np.maximum(state[2], v)
    m_hat, v_hat = m / (1 - np.power(beta1, t)), v / there
    added = eps / np.sqrt(there) if flavour == "keras" else eps
    return {**found, "m_hat": m_hat, "v_hat": v_hat, "step": -lr * m_hat / (np.sqrt(v_hat) + added)}


def adam_forms(at: At, flavour: str, amsgrad: bool) -> tuple[Form, ...]:
    beta1, beta2 = at.hyper("beta1"), at.hyper("beta2")
    added = over(at.hyper("eps"), square_root(missing(beta2, at.t))) if flavour == "keras" else at.hyper("eps")
    largest = (("v_max", sp.Max(at.memory("v_max"), at.found("v"), evaluate=False)),) if amsgrad else ()
    return (
        ("m", mean_form(beta1, at.memory("m"), at.gradient)),
        ("v", mean_form(beta2, at.memory("v"), power(at.gradient, 2))),
        *largest,
        ("m_hat", corrected_form(at.found("m"), beta1, at.t)),
        ("v_hat", corrected_form(at.found("v_max" if amsgrad else "v"), beta2, at.t)),
        ("step", negative(over(product(at.rate, at.found("m_hat")), plus(square_root(at.found("v_hat")), added)))),
    )


def _adam(flavour: str = "pytorch", amsgrad: bool = False, variants: tuple[Optimizer, ...] = ()) -> Optimizer:
    memory = ("m", "v", "v_max") if amsgrad else ("m", "v")
    chosen = {"flavour": flavour, "amsgrad": amsgrad}
    work, forms, hyper = partial(adam_work, **chosen), partial(adam_forms, **chosen), {**BETAS, "eps": EPS[flavour]}
    return Optimizer("adam", hyper, memory, work, forms, variants=variants, **chosen)


ADAM = _adam(variants=(_adam("keras"), _adam("pytorch", True), _adam("keras", True)))
