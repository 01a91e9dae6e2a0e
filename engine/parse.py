"""What a reader types is text until it has been read here: strictly, within bounds, and never by running it. What cannot be
read is refused with a sentence that names it and says what would be right."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from engine.refused import Refused


def number(text: str, name: str, bounds: tuple[float, float]) -> float:
    """A decimal number within bounds, or a refusal that names it."""
    plain = text.strip().replace("−", "-")
    if len(plain) <= 32 and re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", plain, re.ASCII):
        x = float(plain)
        if bounds[0] <= x <= bounds[1]:
            return x + 0.0
    raise Refused("{name} must be a number from {low} to {high}, not “{found}”.", **_named(name, bounds, text))


def whole(text: str, name: str, bounds: tuple[int, int]) -> int:
    """A whole number within bounds, or a refusal that names it."""
    if re.fullmatch(r"\d{1,9}", text.strip(), re.ASCII) and bounds[0] <= int(text) <= bounds[1]:
        return int(text)
    raise Refused("{name} must be a whole number from {low} to {high}, not “{found}”.", **_named(name, bounds, text))


def _named(name: str, bounds: tuple, text: str) -> dict:
    return {"name": name, "low": in_full(bounds[0]), "high": in_full(bounds[1]), "found": cut(text)}


def cut(text: str) -> str:
    """What was typed, short enough for a sentence."""
    return text if len(text) <= 40 else text[:39] + "…"


def numbers(text: str, name: str, bounds: tuple[float, float], counts: tuple[int, int]) -> tuple[float, ...]:
    """Numbers with commas, at least and at most as many as `counts` says, or a refusal."""
    parts = text.split(",")
    if not counts[0] <= len(parts) <= counts[1]:
        expected = "–".join(map(str, dict.fromkeys(counts)))
        raise Refused("{name} must be {count} numbers with commas, not “{found}”.", name=name, count=expected, found=cut(text))
    return tuple(number(part, name, bounds) for part in parts)


def choice(options: Iterable[str]) -> Callable[[str, str], str]:
    """A parser that takes exactly these words."""

    def parse(text: str, name: str) -> str:
        if text not in options:
            raise Refused("{name} must be one of {allowed}, not “{found}”.", name=name, allowed=", ".join(options), found=cut(text))
        return text

    return parse


def shortest(x: float) -> str:
    """The reverse: the shortest decimals that give the same number back, such as 0.5 or 1e-05."""
    return repr(float(x)).removesuffix(".0") if x else "0"


def in_full(x: float) -> str:
    """A bound as one would type it, with all its digits and none of a power of ten: 1000000, 0.000001, −5."""
    return format(Decimal(shortest(x)), "f").replace("-", "−")
