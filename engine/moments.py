"""A moment is one thing found out: a value on the way forward, a gradient on the way back, or the update at the end. The list
is read off the program, so another layer, a bias or another loss changes it by itself."""

from dataclasses import dataclass

from engine.objective import Objective
from engine.program import Step


@dataclass(frozen=True)
class Moment:
    """phase: "forward", "backward" or "update"; name: the array whose value or gradient is found ("theta" in the update)."""

    phase: str
    name: str


def moments(of: Objective) -> tuple[Moment, ...]:
    """Forward steps in order; backwards each gradient as soon as all its paths are in; one update. Data have no moment."""
    on_path = _leading_to_loss(of.program)
    forward = [Moment("forward", step.out) for step in of.program]
    parameters, backward = [name for name, _ in of.layout], []
    for at in range(len(of.program) - 1, -1, -1):
        step = of.program[at]
        if step.out not in on_path:
            continue
        ready = [a for a in dict.fromkeys(step.args) if not _used(of.program[:at], a, on_path) and a not in of.inputs]
        ready.sort(key=lambda name: name not in parameters)  # a layer's own weights first, then what it hands further back
        backward += [Moment("backward", name) for name in ready]
    return (*forward, *backward, Moment("update", "theta"))


def _leading_to_loss(program: tuple[Step, ...]) -> set[str]:
    needed = {program[-1].out}
    for step in reversed(program):
        if step.out in needed:
            needed.update(step.args)
    return needed


def _used(program: tuple[Step, ...], name: str, on_path: set[str]) -> bool:
    return any(name in step.args and step.out in on_path for step in program)


GRANULARITIES = ("operation", "phase", "update")


def stops(all_moments: tuple[Moment, ...], granularity: str) -> tuple[int, ...]:
    """The moments (counted from 1) at which this granularity halts: every one, the last of each phase, or the update."""
    last = len(all_moments)
    if granularity == "update":
        return (last,)
    if granularity == "phase":
        return tuple(m for m in range(1, last + 1) if m == last or all_moments[m].phase != all_moments[m - 1].phase)
    return tuple(range(1, last + 1))
