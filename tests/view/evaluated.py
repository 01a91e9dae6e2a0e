"""An equation between arrays, evaluated from what it shows: blocks and signs are read from left to right as a reader does. What
stands side by side is multiplied, as matrices or by a number; ⊙ multiplies element by element."""

import re

import numpy as np

from engine.activations import ACTIVATIONS

FUNCTIONS = {
    r"\max\left(0,\,": lambda z: np.maximum(z, 0),
    r"\text{leaky ReLU}\,": lambda z: np.where(z > 0, z, 0.01 * z),
    r"\sigma\,": lambda z: 1 / (1 + np.exp(-z)),
    r"\tanh\,": np.tanh,
    r"\text{softmax}\,": lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True),
}


def evaluated(parts: list) -> np.ndarray:
    """The value of the right side of an equation; ValueError for a sign that is not known."""
    tokens = [part.cells if hasattr(part, "cells") else part.numbers.strip() for part in parts]
    tokens = [token for token in tokens if not (isinstance(token, str) and token == "")]
    value, rest = _sum(tokens)
    if rest:
        raise ValueError(f"left over: {rest}")
    return value


def _is(tokens: list, *signs: str) -> bool:
    return bool(tokens) and isinstance(tokens[0], str) and tokens[0] in signs


def _sum(tokens: list):
    minus = _is(tokens, "-")
    value, tokens = _product(tokens[minus:])
    value = -value if minus else value
    while _is(tokens, "+", "-"):
        sign = 1 if tokens[0] == "+" else -1
        term, tokens = _product(tokens[1:])
        value = value + sign * term
    return value, tokens


def _product(tokens: list):
    value, tokens = _factor(tokens)
    while tokens and not _is(tokens, "+", "-", r"\right)", r"\right)^{\odot 2}"):
        each = _is(tokens, r"\odot")
        factor, tokens = _factor(tokens[each:])
        value = value * factor if each or np.ndim(value) == 0 else value @ factor
    return value, tokens


def _factor(tokens: list):
    first, *rest = tokens
    if not isinstance(first, str):
        return first, rest
    if first == r"\left(":
        value, (close, *rest) = _sum(rest)
        return (value**2 if "2" in close else value), rest
    named = re.fullmatch(r"\\text\{(.+)\}\\,", first)
    if named and first not in FUNCTIONS:  # an entry under its name: what it is, is tested elsewhere
        value, rest = _factor(rest)
        return ACTIVATIONS[named[1].replace(" ", "_")].f(value), rest
    if first in FUNCTIONS:
        value, rest = _factor(rest)
        return FUNCTIONS[first](value), rest[1:] if _is(rest, r"\right)") and first.startswith(r"\max") else rest
    fraction = re.fullmatch(r"\\frac\{(\d+)\}\{(\d+)\}\\,", first)
    if fraction:
        return int(fraction[1]) / int(fraction[2]), rest
    return float(first.removesuffix(r"\,")), rest
