"""Which entry the gallery shows and where on it the reader stands, as the address says it. What the address names but this entry
cannot have, such as a probability of 3, is taken as the nearest that it can."""

from dataclasses import dataclass
from functools import cached_property

from engine.activations import ACTIVATIONS
from engine.alone import alone, argument, place
from engine.curves import Flat, domain, flats, kinks
from engine.losses import LOSSES
from engine.op import Op
from engine.program import Trace
from engine.words import Place

ENTRIES = {"activations": ACTIVATIONS, "losses": LOSSES}  # topic -> what it shows one by one
FIRST = {"activations": "relu", "losses": "squared_error"}  # where the address names none
REACHES = {"activations": (6, 20, 100, 1000), "losses": (4, 20, 100, 1000)}  # how far a picture reaches to both sides
STEPS = 120  # of the point, from the middle to each side


@dataclass(frozen=True)
class Chosen:
    """op: the entry; z: the place on it; goal: a loss's target, 0 for an activation."""

    topic: str
    op: Op
    z: float
    goal: float

    @property
    def name(self) -> str:
        """What its argument is called: z, y or p."""
        return argument(self.op)

    @property
    def is_loss(self) -> bool:
        return self.topic == "losses"

    @property
    def slope_name(self) -> str:
        return f"∂L/∂{self.name}" if self.is_loss else "y′"

    @property
    def result(self) -> str:
        return "L" if self.is_loss else "y"

    @property
    def marks_target(self) -> bool:
        """Whether the target is a place on the same axis as the prediction; a score's is not."""
        return self.is_loss and (self.op.probability or not self.op.unit_targets)

    @cached_property
    def trace(self) -> Trace:
        return alone(self.op, self.z, self.goal)

    @property
    def ends(self) -> tuple[float, float]:
        """From where to where the picture reaches: it holds the point."""
        low, high = domain(self.op)
        if low > -1:
            return low, high
        reach = next(r for r in REACHES[self.topic] if abs(self.z) <= r)
        return -float(reach), float(reach)

    @property
    def kinks(self) -> tuple[float, ...]:
        return kinks(self.op, self.goal)

    @property
    def flats(self) -> tuple[Flat, ...]:
        return flats(self.op, self.goal)


def chosen(at: Place) -> Chosen:
    """The entry of this topic that the address names, or the topic's first."""
    entries = ENTRIES[at.topic]
    op = entries[at.entry if at.entry in entries else FIRST[at.topic]]
    goal = 0.0 if at.topic == "activations" else min(max(at.goal, 0.0), 1.0) if op.unit_targets else at.goal
    return Chosen(at.topic, op, place(op, at.z), goal)
