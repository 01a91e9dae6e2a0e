"""How large may the learning rate be before a run flies off? On a bowl that bends with λ an update is a straight rule from one
place to the next, so the limit is a formula: one each for gradient descent, the heavy ball and Nesterov."""

from collections.abc import Callable

import sympy as sp

from engine.explain import Equation
from engine.optimizers import Optimizer
from engine.symbols import Cell, over, plus, product

BEND, BETA = Cell("found", "lambda"), Cell("hyper", "momentum")
BOUND = Cell("found", "limit")

FORMS: dict[str, Callable[[], sp.Expr]] = {  # of an optimizer that follows the gradient itself, not its sign or its size
    "gd": lambda: over(sp.Integer(2), BEND),
    "momentum": lambda: over(product(2, plus(1, BETA)), BEND),  # Polyak 1964
    "nesterov": lambda: over(product(2, plus(1, BETA)), product(plus(1, product(2, BETA)), BEND)),  # Lessard et al. 2016
}


def stability(optimizer: Optimizer, bend: float) -> Equation | None:
    """The largest stable rate where L bends with λ = bend > 0; None for an optimizer that has no such limit.

    What stands in front of the optimizer (a schedule, a decay, a clip) changes the rule, so there is none then either.
    """
    plain = set(optimizer.hyper) <= {"momentum"}
    if optimizer.key not in FORMS or not plain or not bend > 0:
        return None
    beta = optimizer.hyper.get("momentum", 0.0)
    value = 2 * (1 + beta) / bend / (1 + 2 * beta if optimizer.key == "nesterov" else 1)
    rhs = FORMS[optimizer.key]()
    numbers = {BEND: bend, BETA: beta}
    return Equation(BOUND, rhs, value, {cell: numbers[cell] for cell in rhs.atoms(Cell)})
