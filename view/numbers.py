"""One function decides how a number looks: four significant digits, powers of ten beyond, a true minus sign, never −0. Digits
that are not all of the number are announced by ≈ instead of =."""

from collections.abc import Callable
from decimal import Decimal
from math import isfinite, isnan

DIGITS = 4
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
NOISE = 1e-12  # relative: what adding a few decimals in binary leaves behind does not make a number inexact


def _rounded(x: float) -> Decimal:
    """Half to even, on the number's own binary value."""
    return Decimal(f"{x:.{DIGITS - 1}e}")


def _scientific(d: Decimal) -> bool:
    return bool(d) and not -4 <= d.adjusted() < DIGITS


def _mantissa(d: Decimal, times: str) -> str:
    """The digits before the power of ten; a factor 1 is not written."""
    digits = format(d.scaleb(-d.adjusted()).normalize(), "f")
    return digits.replace("1", "") if digits in ("1", "-1") else digits + times


def show(x: float) -> str:
    """0.53125 -> "0.5312", −0.0 -> "0", 123456 -> "1.235×10⁵", infinity -> "∞", what is no number -> "NaN"."""
    if not isfinite(x):
        return "NaN" if isnan(x) else "∞" if x > 0 else "−∞"
    d = _rounded(x)
    if not d:
        return "0"
    if _scientific(d):
        return f"{_mantissa(d, '×')}10{str(d.adjusted()).translate(SUPERSCRIPT)}".replace("-", "−")
    return format(d.normalize(), "f").replace("-", "−")


def latex(x: float) -> str:
    """The same number for KaTeX."""
    if isnan(x):
        return r"\text{NaN}"
    d = _rounded(x)
    if _scientific(d):
        return _mantissa(d, r" \cdot ") + f"10^{{{d.adjusted()}}}"
    return show(x).replace("−", "-")


def exact(*numbers: float) -> bool:
    """Whether `show` shows these numbers without rounding."""
    return all(abs(float(_rounded(x)) - x) <= NOISE * abs(x) for x in numbers)


def equals(*numbers: float) -> str:
    return "=" if exact(*numbers) else "≈"


def is_(x: float) -> str:
    """ "= 0.25" or "≈ 0.5312", for use inside a sentence."""
    return f"{equals(x)} {show(x)}"


def signed(x: float) -> str:
    """With its sign, for terms of a sum: "+0.125"."""
    return ("+" if x > 0 else "") + show(x)


def together(numbers: list[float]) -> list[str]:
    """Terms that are added, and their sum: all to the same decimal place, so that they visibly add up. Very large and small
    ones are shown one by one, and so is what is not finite."""
    rounded = [_rounded(x) for x in numbers]
    if not all(map(isfinite, numbers)) or any(_scientific(d) for d in rounded):
        return [show(x) for x in numbers]
    places = max((max(0, -d.normalize().as_tuple().exponent) for d in rounded if d), default=0)
    shown = [Decimal(f"{x:.{places}f}") for x in numbers]
    return [format(d.normalize() if d else Decimal(0), "f").replace("-", "−") for d in shown]


def row(numbers, shown: Callable[[float], str] = show, dots: str = "⋯") -> str:
    """(0, 0.25, 1, 1.25); more than eight are cut to the first three, dots and the last."""
    texts = [shown(x) for x in numbers]
    return f"({', '.join(texts if len(texts) <= 8 else [*texts[:3], dots, texts[-1]])})"
