"""Where a sigmoid or softmax and its loss, computed in two steps, part from the two computed as one: where the clip holds p, where
that takes away a gradient, and where formulas without a clip end in NaN. Found by the engine over all z that can be typed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import isnan

import numpy as np

from engine.cancellation import PAIRS, Pair, Saturation, Stretch, saturation, stretches
from engine.limits import INPUT, PROBABILITY
from engine.op import Array
from view.numbers import show
from view.text import Text

LOOKS = 2001  # places between the bounds of z at which we look for ends


@dataclass(frozen=True)
class Asked:
    """Scores z (k,) and targets t (k,) of a pair; the first score is the one that moves."""

    pair: str
    z: tuple[float, ...]
    t: tuple[float, ...]

    @property
    def of(self) -> Pair:
        return PAIRS[self.pair]

    @property
    def name(self) -> str:
        return "z" if self.pair == "sigmoid" else "z₁"

    @property
    def p(self) -> str:
        return "p" if self.pair == "sigmoid" else "p₁"

    @property
    def rest(self) -> "Asked":
        """The same wherever the first score is."""
        return Asked(self.pair, (0.0, *self.z[1:]), self.t)

    def at(self, z: Array) -> Saturation:
        return saturation(self.of, self.z, self.t, 0, z)


@lru_cache(maxsize=64)
def parted(asked: Asked) -> dict[str, tuple[Stretch, ...]]:
    """Where the clip holds p, where it takes away a gradient, and where no clip means NaN, over all z that can be typed."""
    looks = np.linspace(*INPUT, LOOKS)
    where: dict[str, Callable[[Saturation], Array]] = {
        "outside": lambda found: found.outside,
        "lost": lambda found: found.lost,
        "broken": lambda found: np.isnan(found.bare.gradient),
    }
    return {name: stretches(lambda z, mask=mask: mask(asked.at(z)), looks) for name, mask in where.items()}


def told(asked: Asked, found: tuple[Stretch, ...], text: Text) -> str:
    """z ≤ −16.12, z ≥ 16.12."""
    return text(", ").join(_where(asked.name, part) for part in found)


def _where(name: str, part: Stretch) -> str:
    low, high = INPUT
    if (part.low == low) == (part.high == high):
        return f"{show(part.low)} ≤ {name} ≤ {show(part.high)}"
    return f"{name} ≤ {show(part.high)}" if part.low == low else f"{name} ≥ {show(part.low)}"


def end_of(part: Stretch) -> float:
    """The end of a stretch that is not the end of all z."""
    return part.high if part.low == INPUT[0] else part.low


def clip_limits(asked: Asked, text: Text) -> str:
    """Where the clip holds p, and where that matters."""
    parts = parted(asked.rest)
    where = {name: told(asked, found, text) for name, found in parts.items()}
    held = text.say("limits", clip=show(PROBABILITY), p=asked.p, where=where["outside"]) if parts["outside"] else ""
    lost = text.say("limits-lost", where=where["lost"]) if parts["lost"] else ""
    return text(" ").join(filter(None, (held, lost)))


def bare_limits(asked: Asked, text: Text) -> str:
    """Where the formulas as they stand break in double precision, and how; nothing where they do not."""
    broken = parted(asked.rest)["broken"]
    if not broken:
        return ""
    found = asked.at(np.array([end_of(part) for part in broken]))
    products = [not_a_number(float(e), float(s)) for e, s in zip(found.bare.error, found.slope, strict=True)]
    cases = [text("{where}: {what}", where=_where(asked.name, p), what=x) for p, x in zip(broken, products, strict=True)]
    return text.say("limits-bare", cases=text("; ").join(cases))


def not_a_number(error: float, slope: float) -> str:
    """The product that is no number; where it is one, another class's error is the quotient of its t = 0 and its p = 0."""
    return f"{show(error)} · {show(slope)} = NaN" if isnan(error * slope) else "0 / 0 = NaN"
