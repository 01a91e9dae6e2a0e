"""An equation in numbers, read back as a reader does: LaTeX of the printer's kind to the number it says. It knows mathematics and
nothing of the engine, so what it finds can be compared with what the engine computed. A test holds its functions against those
that the printer can write."""

import math
import re
from collections.abc import Callable

TOKEN = re.compile(r"\\operatorname\{\w+\}|\\[a-zA-Z]+|\\[,;]|\d+\.?\d*|[a-zA-Z]|[-+*/^_{}(),|=&]|\S")
FUNCTIONS: dict[str, Callable] = {
    r"\max": max, r"\min": min, r"\tanh": math.tanh, r"\ln": math.log, r"\cos": math.cos, r"\sin": math.sin,
    r"\sinh": math.sinh, r"\cosh": math.cosh, r"\arctan": math.atan,
    r"\operatorname{erf}": math.erf, r"\operatorname{sign}": lambda x: math.copysign(1, x) if x else 0.0,
    r"\sigma": lambda z: 1 / (1 + math.exp(-z)),
}  # fmt: skip
ROUND = {"(": ")", "|": "|", r"\lfloor": r"\rfloor"}
ENDS = ("+", "-", ")", "}", ",", r"\right", "&")


class Reader:
    """Reads one formula from left to right; ValueError for a sign it does not know."""

    def __init__(self, tex: str):
        self.tokens = TOKEN.findall(re.sub(r"\\textcolor\{#\w+\}", "", tex))

    def next(self) -> str:
        return self.tokens[0] if self.tokens else ""

    def take(self, wanted: str = "") -> str:
        if not self.tokens or (wanted and self.tokens[0] != wanted):
            raise ValueError(f"wanted {wanted or 'more'}, found {self.tokens[:3]}")
        return self.tokens.pop(0)

    def sum(self) -> float:
        sign = -1 if self.next() == "-" and self.take() else 1
        total = sign * self.product()
        while self.next() in ("+", "-"):
            sign = 1 if self.take() == "+" else -1
            total += sign * self.product()
        return total

    def product(self) -> float:
        value = self.factor()
        while self.tokens and self.next() not in ENDS:
            if self.next() in (r"\cdot", r"\,"):
                self.take()
            value *= self.factor()
        return value

    def factor(self) -> float:
        value = self.atom()
        if self.next() == "^":
            self.take()
            value = value ** self.group()
        return value

    def group(self) -> float:
        self.take("{")
        value = self.sum()
        self.take("}")
        return value

    def listed(self) -> list[float]:
        """What stands between \\left and \\right."""
        self.take(r"\left")
        opened = self.take()
        values = [self.sum()]
        while self.next() == ",":
            self.take()
            values.append(self.sum())
        self.take(r"\right")
        self.take(ROUND[opened])
        if opened == "(":
            return values
        return [abs(values[0]) if opened == "|" else math.floor(values[0])]

    def atom(self) -> float:
        if re.match(r"\d", self.next()):
            return float(self.take())
        if self.next() == r"\left":
            (value,) = self.listed()
            return value
        if self.next() == "{":
            return self.group()
        sign = self.take()
        if sign in FUNCTIONS:
            return float(FUNCTIONS[sign](*self.listed()))
        if sign in (r"\frac", r"\tfrac"):
            return self.group() / self.group()
        if sign == r"\sqrt":
            return math.sqrt(self.group())
        if sign in ("e", r"\pi"):
            return math.e if sign == "e" else math.pi
        raise ValueError(f"unknown: {sign}")


def read(tex: str) -> float:
    """The number that a formula in numbers says."""
    reader = Reader(tex)
    value = reader.sum()
    if reader.tokens:
        raise ValueError(f"left over: {reader.tokens} of {tex}")
    return value
