"""A running mean that forgets: each update keeps β of the old mean and takes in 1 − β of what is new. Begun at 0 it is too small at
first, by the factor 1 − βᵗ after t updates; dividing by that is the bias correction."""

import sympy as sp

from engine.op import Array
from engine.symbols import minus, over, plus, power, product


def mean(beta, old: Array, new: Array) -> Array:
    return beta * old + (1 - beta) * new


def mean_form(beta, old, new) -> sp.Expr:
    return plus(product(beta, old), product(minus(1, beta), new))


def missing(beta, t) -> sp.Expr:
    """1 − βᵗ, the part of the mean that is there after t updates."""
    return minus(1, power(beta, t))


def corrected_form(found, beta, t) -> sp.Expr:
    return over(found, missing(beta, t))
