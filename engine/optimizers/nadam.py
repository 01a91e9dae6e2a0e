"""NAdam (Dozat 2016): Adam with Nesterov's look ahead, so the new gradient counts once more. Its momentum μ warms up from about
half of β₁ to β₁, the slower the smaller ψ; c is the product of all μ so far, what the mean still misses."""

import numpy as np
import sympy as sp

from engine.op import Array
from engine.optimizers.adam import BETAS
from engine.optimizers.base import At, Form, Optimizer
from engine.optimizers.mean import corrected_form, mean, mean_form
from engine.optimizers.root import square_root
from engine.symbols import minus, negative, over, plus, power, product

BASE = 0.96


def _start(theta: Array, names: tuple[str, ...], **hyper) -> tuple[Array, ...]:
    return np.zeros_like(theta), np.zeros_like(theta), np.ones_like(theta)


def _mu(beta1, psi, t):
    return beta1 * (1 - 0.5 * np.power(BASE, t * psi))


def _work(theta: Array, g: Array, state: tuple, t: int, *, lr, beta1, beta2, eps, psi) -> dict[str, Array]:
    mu, mu_next = _mu(beta1, psi, t), _mu(beta1, psi, t + 1)
    c = state[2] * mu
    m, v = mean(beta1, state[0], g), mean(beta2, state[1], g * g)
    v_hat = v / (1 - np.power(beta2, t))
    ahead = mu_next * m / (1 - c * mu_next) + (1 - mu) * g / (1 - c)
    return {
        "mu": mu + np.zeros_like(c), "mu_next": mu_next + np.zeros_like(c), "c": c, "m": m, "v": v, "v_hat": v_hat,
        "m_hat": ahead, "step": -lr * ahead / (np.sqrt(v_hat) + eps),
    }  # fmt: skip


def _mu_form(at: At, t) -> sp.Expr:
    warming = product(sp.Rational(1, 2), power(sp.Rational(str(BASE)), product(t, at.hyper("psi"))))
    return product(at.hyper("beta1"), minus(1, warming))


def _forms(at: At) -> tuple[Form, ...]:
    beta1, beta2, mu, mu_next, c, m = at.hyper("beta1"), at.hyper("beta2"), *map(at.found, ("mu", "mu_next", "c", "m"))
    old = over(product(mu_next, m), minus(1, product(c, mu_next)))
    new = over(product(minus(1, mu), at.gradient), minus(1, c))
    return (
        ("mu", _mu_form(at, at.t)),
        ("mu_next", _mu_form(at, plus(at.t, 1))),
        ("c", product(at.memory("c"), mu)),
        ("m", mean_form(beta1, at.memory("m"), at.gradient)),
        ("v", mean_form(beta2, at.memory("v"), power(at.gradient, 2))),
        ("v_hat", corrected_form(at.found("v"), beta2, at.t)),
        ("m_hat", plus(old, new)),
        ("step", negative(over(product(at.rate, at.found("m_hat")), plus(square_root(at.found("v_hat")), at.hyper("eps"))))),
    )


NADAM = Optimizer("nadam", {**BETAS, "eps": 1e-8, "psi": 0.004}, ("m", "v", "c"), _work, _forms, _start)
