"""One of a layer's three products, Z = A Wᵀ, ∂L/∂W = (∂L/∂Z)ᵀ A or ∂L/∂A = (∂L/∂Z) W, at the picked entry: which numbers meet
there, and what the whole array is in each notation."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.notations import RULES, Entry, Notation, entry, notations
from engine.op import Array
from engine.program import Step
from engine.update import Update
from view.network import net_backward, net_forward
from view.network.net_axes import Index, Select, element, entry_of, slope
from view.network.net_parts import Operation

COUNTED = {"weights": "n", "inputs": "o", "sums": "i"}  # the letter of the index that is added over
GENERAL = {"weights": ("o", "i"), "inputs": ("n", "i"), "sums": ("n", "o")}  # those of the result


@dataclass(frozen=True, eq=False)
class Product:
    """A product of the layer whose weighted sum is `step`. what: "weights", "inputs" or "sums"; at: the picked entry."""

    here: Update
    step: Step
    what: str
    at: Index

    @property
    def result(self) -> str:
        """The array that is found."""
        return {"weights": self.step.args[1], "inputs": self.step.args[0], "sums": self.step.out}[self.what]

    @property
    def whole(self) -> Operation:
        """The product of whole arrays."""
        if self.what == "sums":
            return net_forward.sums(self.here, self.step, self.at)
        return net_backward.sums(self.here, self.step, self.result, self.at)

    @property
    def entry(self) -> Entry:
        """The pairs of numbers that meet in the picked entry."""
        return entry(self.here.trace, self.step, self.at, self.what)

    @property
    def inner(self) -> int:
        """How many pairs meet, the bias aside."""
        left = self.step.args[0] if self.what == "sums" else self.step.out
        return self.here.trace.values[left].shape[RULES[self.what].inner]

    def array(self, key: str) -> Array:
        """All of the result in one notation."""
        return next(n.value for n in worked_out(self.here, self.step, self.what) if n.key == key)

    def value(self, key: str) -> float:
        return float(self.array(key)[self.at])

    def apart(self, key: str) -> float:
        """How far the whole array in this notation is from the engine's own."""
        engine = (self.here.trace.values if self.what == "sums" else self.here.trace.grads)[self.result]
        return float(np.abs(self.array(key) - engine).max())

    def named(self, at: tuple) -> str:
        """An element of the result in LaTeX; at: numbers, or letters for any."""
        cell = element(self.here, self.result, at)
        return cell if self.what == "sums" else slope(cell)

    def pair(self, at: tuple, k: int | str) -> str:
        """The two factors that meet in it as the k-th pair, in LaTeX."""
        left, right = RULES[self.what].meet(*at, k)
        A, W = self.step.args[:2]
        first = element(self.here, A, left) if self.what == "sums" else slope(element(self.here, self.step.out, left))
        return rf"{first}\, {element(self.here, A if self.what == 'weights' else W, right)}"

    def bias(self, at: tuple) -> str:
        """The bias that is added to it in LaTeX, or nothing."""
        biased = self.what == "sums" and len(self.step.args) > 2
        return element(self.here, self.step.args[2], at[1:]) if biased else ""


@lru_cache(maxsize=64)
def worked_out(here: Update, step: Step, what: str) -> tuple[Notation, ...]:
    return notations(here.trace, step, what)


def product_at(here: Update, m: int, select: Select) -> Product | None:
    """The product of this moment, at the entry that goes with `select`; in the update that of the picked array of weights."""
    moment = here.moments[m - 1]
    for step in here.of.program:
        if step.op.role == "weighted sum":
            a, W = step.args[:2]
            kinds = {("forward", step.out): "sums", ("backward", a): "inputs", ("backward", W): "weights", ("update", W): "weights"}
            name = select[0] if moment.phase == "update" else moment.name
            if (moment.phase, name) in kinds:
                return Product(here, step, kinds[moment.phase, name], entry_of(here, name, select))
    return None
