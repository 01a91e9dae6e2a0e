"""Operations on single numbers, from which a formula in two unknowns is built: a square, a product, a weighted sum. They are ops
like those of a network, so such a formula is computed, differentiated and explained by the same code."""

from fractions import Fraction

import sympy as sp

from engine.op import Op
from engine.symbols import Cell, negative, plus, power, product

SQUARE = Op(
    "square",
    "scalar",
    f=lambda a: a * a,
    vjp=lambda g, out, a: (2 * a * g,),
    form=lambda o, a: power(a.at(*o), 2),
    reach=lambda k, i, shape: [i],
    slope=lambda k, o, i, out, a: product(2, a.at(*i)),
)

PRODUCT = Op(
    "product",
    "scalar",
    f=lambda a, b: a * b,
    vjp=lambda g, out, a, b: (g * b, g * a),
    form=lambda o, a, b: product(a.at(*o), b.at(*o)),
    reach=lambda k, i, shape: [i],
    slope=lambda k, o, i, out, a, b: (b if k == 0 else a).at(*i),
)


def weighted(*weights, constant=0) -> Op:
    """c + Σ wₖ aₖ, element by element. Weights and constant are exact: whole numbers, or texts such as "1/2" and "2.625"."""
    exact, c = [Fraction(w) for w in weights], Fraction(constant)
    factors, first = [float(w) for w in exact], float(c)

    def f(*args):
        total = factors[0] * args[0] + first
        for factor, a in zip(factors[1:], args[1:], strict=True):
            total = total + factor * a
        return total

    return Op(
        "sum",
        "scalar",
        f=f,
        vjp=lambda g, out, *args: tuple(factor * g for factor in factors),
        form=lambda o, *cells: _sum(exact, c, [a.at(*o) for a in cells]),
        reach=lambda k, i, shape: [i],
        slope=lambda k, o, i, out, *cells: sp.Rational(exact[k]),
    )


def _sum(weights: list[Fraction], constant: Fraction, cells: list[Cell]) -> sp.Expr:
    """Written as the book does: a positive constant first, a negative one last, and minus signs as subtractions."""
    signed = [(w, product(sp.Rational(abs(w)), cell)) for w, cell in zip(weights, cells, strict=True)]
    if constant:
        signed.insert(0 if constant > 0 else len(signed), (constant, sp.Rational(abs(constant))))
    terms = [term if w > 0 else negative(term) for w, term in signed]
    return plus(*terms)


SUM = weighted(1, 1)
DIFFERENCE = weighted(1, -1)
SCALAR_OPS = {"square": SQUARE, "product": PRODUCT, "sum": SUM, "difference": DIFFERENCE}
