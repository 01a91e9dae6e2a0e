"""A moment is one thing found out: a value on the way forward, a gradient on the way back, or the update at the end. The list
is read off the program, so another layer, a bias or another loss changes it by itself."""

from dataclasses import dataclass, field

from engine.objective import Objective
from engine.program import Step


@dataclass(frozen=True)
class Moment:
    """phase: "forward", "backward" or "update"; name: the array whose value or gradient is found ("theta" in the update).

    layer: which layer of weights it belongs to, from 1; the loss is one more, the update 0.
    """

    phase: str
    name: str
    layer: int = field(default=0, compare=False)


def moments(of: Objective) -> tuple[Moment, ...]:
    """Forward steps in order; backwards each gradient as soon as all its paths are in; one update. Data have no moment."""
    on_path = _leading_to_loss(of.program)
    layer = _layers(of.program)
    forward = [Moment("forward", step.out, layer[step.out]) for step in of.program]
    parameters, backward = [name for name, _ in of.layout], []
    for at in range(len(of.program) - 1, -1, -1):
        step = of.program[at]
        if step.out not in on_path:
            continue
        ready = [a for a in dict.fromkeys(step.args) if not _used(of.program[:at], a, on_path) and a not in of.inputs]
        ready.sort(key=lambda name: name not in parameters)  # a layer's own weights first, then what it hands further back
        backward += [Moment("backward", name, layer[name]) for name in ready]
    return (*forward, *backward, Moment("update", "theta"))


def _leading_to_loss(program: tuple[Step, ...]) -> set[str]:
    needed = {program[-1].out}
    for step in reversed(program):
        if step.out in needed:
            needed.update(step.args)
    return needed


def _used(program: tuple[Step, ...], name: str, on_path: set[str]) -> bool:
    return any(name in step.args and step.out in on_path for step in program)


def _layers(program: tuple[Step, ...]) -> dict[str, int]:
    """Array -> its layer: a weighted sum begins one, the loss is beyond the last; weights belong to the sum that reads them."""
    found, layer = {}, 0
    for step in program:
        layer += step.op.role == "weighted sum"
        beyond = step.op.role in ("loss", "reduction")
        found[step.out] = layer + beyond
        for name in step.args:
            found.setdefault(name, layer)
    return found


GRANULARITIES = ("operation", "layer", "phase", "update")


def stops(all_moments: tuple[Moment, ...], granularity: str) -> tuple[int, ...]:
    """The moments (counted from 1) at which this granularity halts: every one, the last of each layer or phase, or the update."""
    last = len(all_moments)
    if granularity == "update":
        return (last,)
    if granularity in ("layer", "phase"):
        groups = [(x.phase, x.layer if granularity == "layer" else 0) for x in all_moments]
        return tuple(m for m in range(1, last + 1) if m == last or groups[m] != groups[m - 1])
    return tuple(range(1, last + 1))
