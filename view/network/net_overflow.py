"""Where a run left the numbers, as an equation: the factors of the largest path, each named, and their product, which is more than
a computer's number can be. It is written with its power of ten, because nothing else could show it."""

from math import floor, isfinite

from engine.health import Finding
from engine.overflow import Factor, factors, size
from engine.update import Update
from view.network.net_axes import element
from view.numbers import latex

LARGEST = 308.2547  # log₁₀ of the largest number


def equation(found: Finding, here: Update) -> str:
    """LaTeX: the factors in numbers, what each is below it, and the product. A factor 1 is not written."""
    every = _factors(found, here)
    shown = [f for f in every if f.number != 1] or list(every)
    return r" \cdot ".join(rf"\underbrace{{{_number(f.number)}}}_{{{_name(f, here)}}}" for f in shown) + _product(every)


def alone(found: Finding, here: Update) -> bool:
    """Whether this product is too large by itself, and not only together with the other terms of its sums."""
    return size(_factors(found, here)) > LARGEST


def _factors(found: Finding, here: Update) -> tuple[Factor, ...]:
    return factors(found.part, found.chain, here.whole, here.rate)


def _number(x: float) -> str:
    tex = latex(x) if isfinite(x) else r"\infty"
    return rf"\left({tex}\right)" if tex.startswith("-") else tex


def _product(every: tuple[Factor, ...]) -> str:
    """≈ 3.2·10⁴⁰¹ → ∞."""
    exponent, sign = size(every), "-" if sum(f.number < 0 for f in every) % 2 else ""
    if not isfinite(exponent):
        return rf" = {sign}\infty" if exponent > 0 else " = 0"
    if exponent <= LARGEST:
        return rf" \approx {sign}{latex(10**exponent)}"
    whole = floor(exponent)
    return rf" \approx {sign}{10 ** (exponent - whole):.4g} \cdot 10^{{{whole}}} \;\to\; {sign}\infty"


def _name(factor: Factor, here: Update) -> str:
    """What a factor is: an input or bias, η, a weight, an activation's slope, 1/N."""
    if factor.what == "rate":
        return r"\eta"
    link = factor.link
    if factor.what == "start":
        return element(here, link.arg, link.i)
    step = next(s for s in here.of.program if s.out == link.out)
    if step.op.role == "weighted sum" and link.arg == step.args[0]:
        return element(here, step.args[1], (link.o[-1], link.i[-1]))
    if step.op.role == "weighted sum" and link.arg == step.args[1]:
        return element(here, step.args[0], (link.o[0], link.i[-1]))
    if step.op.role == "reduction":
        return r"\tfrac{1}{N}"
    half = r"\tfrac{1}{2}\," if factor.what == "half" else ""
    return rf"{half}\partial {element(here, link.out, link.o)} / \partial {element(here, link.arg, link.i)}"
