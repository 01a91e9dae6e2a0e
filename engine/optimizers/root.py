"""What Adagrad and RMSprop divide by. PyTorch adds ε to the root, Keras adds it under the root: far above ε there is no difference,
near 0 Keras's steps are smaller, because the root of a small ε is much larger than ε."""

import numpy as np
import sympy as sp

from engine.op import Array
from engine.symbols import plus


def square_root(a) -> sp.Expr:
    return sp.Pow(a, sp.Rational(1, 2), evaluate=False)


def root(s: Array, eps, flavour: str) -> Array:
    return np.sqrt(s + eps) if flavour == "keras" else np.sqrt(s) + eps


def root_form(s, eps, flavour: str) -> sp.Expr:
    return square_root(plus(s, eps)) if flavour == "keras" else plus(square_root(s), eps)
