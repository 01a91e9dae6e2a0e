"""What the fates of runs are called and in which colour they stand: the same word and the same depth of colour in the sweep, on
the map, in the sentences and in the tables."""

from collections.abc import Sequence
from math import inf, isfinite

from engine.diagnosis import NEAR as ARRIVED
from engine.fates import Fate
from engine.objective import Objective
from view import names
from view.numbers import is_, show
from view.text import Text

KINDS = {
    "undecided": "undecided", "dead": "dead", "diverged": "diverged", "swings": "swings for ever", "right": "all samples right",
    "valley": "valley", "basin": "middle basin", "elsewhere": "at rest elsewhere",
}  # fmt: skip


DEPTHS = {"valley": 3, "basin": 2}  # colours for places of one kind


def fate_names(fates: Sequence[Fate], of: Objective, text: Text) -> list[str]:
    """ "dead", "middle basin", "valley w₂ = 1"; places that would be called alike are numbered."""
    words = [_name(fate, of, text) for fate in fates]
    return [f"{word} {words[: n + 1].count(word)}" if words.count(word) > 1 else word for n, word in enumerate(words)]


def _name(fate: Fate, of: Objective, text: Text) -> str:
    """A place that is a line is named by the parameters that all its ends share."""
    called = [names.plain(*parameter) for parameter in of.parameters]
    fixed = [f"{name} {is_(round(x, 4))}" for name, x in zip(called, fate.where, strict=False) if x is not None]
    line = 0 < len(fixed) < len(fate.where) <= 3
    return f"{text(KINDS[fate.kind])} {', '.join(fixed)}" if line else text(KINDS[fate.kind])


def fills(fates: Sequence[Fate]) -> list[str]:
    """The palette's word for each fate: places at one level are told apart by up to three depths."""
    found: list[str] = []
    for fate in fates:
        before = sum(fill.startswith(f"fate_{fate.kind}") for fill in found)
        found.append(f"fate_{fate.kind}" + ("", "2", "3")[min(before, DEPTHS.get(fate.kind, 1) - 1)])
    return found


def described(fates: Sequence[Fate], of: Objective, text: Text) -> list[dict]:
    """Each fate as the browser takes it: its words and its colour."""
    return [{"text": word, "fill": fill} for word, fill in zip(fate_names(fates, of, text), fills(fates), strict=True)]


def with_loss(fate: str, loss: float, text: Text) -> str:
    """ "dead, L = 0.5"."""
    return text("{fate}, L {loss}", fate=fate, loss=ends_at(loss))


def ends_at(loss: float) -> str:
    """ "= 0.25", "≈ 0.3333", "≈ 0" below what counts as arrived, or infinity."""
    if not isfinite(loss):
        return f"= {show(inf)}"
    return "≈ 0" if 0 < loss < ARRIVED else is_(loss)
