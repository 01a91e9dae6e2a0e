"""A computer's numbers end at about 1.8·10³⁰⁸. Where a run goes beyond, this finds the first value, gradient or weight that is no
number any more, and the chain of factors that multiplied up to it: each harmless or not, their product too large to be held."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log10

import numpy as np

from engine.fates import quiet
from engine.losses import HALF_SQUARED_ERROR, SQUARED_ERROR
from engine.objective import Objective
from engine.op import Array
from engine.program import Step, Trace, forward

SQUARES = (SQUARED_ERROR.key, HALF_SQUARED_ERROR.key)


@dataclass(frozen=True)
class Link:
    """One factor of a chain: ∂ out[o] / ∂ arg[i] = slope, and value is arg[i] itself. For a weighted sum and an input the slope is
    the weight between."""

    out: str
    o: tuple[int, ...]
    arg: str
    i: tuple[int, ...]
    slope: float
    value: float


@dataclass(frozen=True)
class Overflow:
    """part: whether a "value", a "gradient" or the "update" of a parameter came first; array and place: where; number: what stands
    there, an infinity or nan; chain: from an input or a bent unit's output on for a value, from the loss back for the others."""

    part: str
    array: str
    place: tuple[int, ...]
    number: float
    chain: tuple[Link, ...]


@dataclass(frozen=True)
class Factor:
    """One number of the product that overflowed. what: "start" (the input, bias or unit's output where the chain begins), "slope",
    "half" (half of a squared error's slope: a square is half its slope times its root) or "rate" (η; link is None)."""

    number: float
    what: str
    link: Link | None = None


@quiet
def first_overflow(of: Objective, batch: Objective, theta: Array, eta: Array | float) -> Overflow | None:
    """Looked for in the order of computing: theta's values and gradients, the weights that the update makes, and their values.

    of: the loss on all samples; batch: that of the samples which the update uses. eta: a number or (P,).
    """
    now, step = of.trace(theta), batch.trace(theta)
    weights = of.views(theta - eta * of.flat(step.grads))
    values = forward(of.program, {**of.inputs, **weights})
    forwards, backwards = [s.out for s in of.program], [name for s in reversed(of.program) for name in s.args]
    for part, arrays, names, where in (
        ("value", now.values, forwards, now),
        ("gradient", step.grads, backwards, step),
        ("update", weights, list(weights), step),
        ("value", values, forwards, Trace(of.program, values, {})),
    ):
        if found := _first(arrays, names):
            chain = (_from_inputs if part == "value" else _from_loss)(where, *found)
            return Overflow(part, *found, float(arrays[found[0]][found[1]]), chain)
    return None


def factors(part: str, chain: tuple[Link, ...], of: Objective, eta: float) -> tuple[Factor, ...]:
    """What multiplied up to the overflow, in the order of the chain. A squared error is half its slope times its root
    (x² = ½ · 2x · x); the losses that read z grow no faster than z."""
    if part != "value":
        rate = (Factor(eta, "rate"),) if part == "update" else ()
        return (*rate, *(Factor(link.slope, "slope", link) for link in chain))
    squares = {step.out for step in of.program if step.op.key in SQUARES}
    links = [Factor(x.slope / 2, "half", x) if x.out in squares else Factor(x.slope, "slope", x) for x in chain]
    return (Factor(chain[0].value, "start", chain[0]), *links)


def size(found: tuple[Factor, ...]) -> float:
    """log₁₀ of the product's absolute value, which itself may be too large for a number; −∞ where a factor is 0."""
    numbers = [abs(f.number) for f in found]
    return -np.inf if 0 in numbers else sum(log10(x) if np.isfinite(x) else np.inf for x in numbers)


def _first(arrays: Mapping[str, Array], names: list[str]) -> tuple[str, tuple[int, ...]] | None:
    """The first array, in the order of names, that holds a number that is not finite, and where."""
    for name in names:
        if len(wrong := np.argwhere(~np.isfinite(arrays.get(name, 0.0)))):
            return name, tuple(int(at) for at in wrong[0])
    return None


def _from_loss(trace: Trace, name: str, i: tuple[int, ...]) -> tuple[Link, ...]:
    """From the loss back to a number, at each turn by the largest upstream gradient × slope: loss first."""
    links = []
    while name != trace.program[-1].out:
        uses = [(s, k) for s in trace.program if s.out in trace.grads for k, arg in enumerate(s.args) if arg == name]
        ways = [(s.out, o, _pull(trace, s, o, k)[i]) for s, k in uses for o in s.op.reach(k, i, trace.values[s.out].shape)]
        out, o, slope = ways[_largest(np.array([trace.grads[out][o] * slope for out, o, slope in ways]))[0]]
        links, name, i = [Link(out, o, name, i, float(slope), float(trace.values[name][i])), *links], out, o
    return tuple(links)


def _from_inputs(trace: Trace, name: str, i: tuple[int, ...]) -> tuple[Link, ...]:
    """From an input on to a value, at each turn by the largest slope × value: first to last. Where all these terms of a sum are 0,
    as after units that are off, it begins with the bias; and it begins with the output of a unit that bends, as a saturated one
    does, because such an output is not its slope times its z."""
    links = []
    while step := next((step for step in trace.program if step.out == name), None):
        source, slopes = step.args[0], _pull(trace, step, i, 0)
        if len(step.args) > 2 and not (slopes * trace.values[source]).any():
            source, slopes = step.args[2], _pull(trace, step, i, 2)
        at = _largest(slopes * trace.values[source])
        out = trace.values[name][i]
        if (
            step.op.role == "activation"
            and np.isfinite(out)
            and not np.isclose(slopes[at] * trace.values[source][at], out, 1e-3, 0)
        ):
            break
        links = [Link(name, i, source, at, float(slopes[at]), float(trace.values[source][at])), *links]
        name, i = source, at
    return tuple(links)


def _pull(trace: Trace, step: Step, o: tuple[int, ...], k: int) -> Array:
    """d out[o] / d argument k, an array as large as the argument, by pulling back a single 1."""
    one = np.zeros_like(trace.values[step.out])
    one[o] = 1.0
    return step.op.vjp(one, trace.values[step.out], *(trace.values[a] for a in step.args))[k]


def _largest(x: Array) -> tuple[int, ...]:
    """Where |x| is largest; nothing is larger than what is not a number."""
    at = np.argmax(np.abs(np.nan_to_num(x, nan=np.inf, posinf=np.inf, neginf=-np.inf)))
    return tuple(int(n) for n in np.unravel_index(at, x.shape))
