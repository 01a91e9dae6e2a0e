"""What one gradient is made of, one step ahead: for each place where the number is used, the gradient that arrives there times
the slope on the way. All slopes are numbers here, found for all samples at once; `terms` writes the same ones as formulas."""

from dataclasses import dataclass

import numpy as np

from engine.program import Step, Trace


@dataclass(frozen=True)
class Part:
    """One use of the number: element `output` of `step` reads it as argument `argument`. upstream is ∂L/∂output, slope the
    derivative of the output with respect to the number; together they are this use's share of the gradient."""

    step: Step
    output: tuple[int, ...]
    argument: int
    upstream: float
    slope: float

    @property
    def share(self) -> float:
        return self.upstream * self.slope

    @property
    def sample(self) -> int | None:
        """None for the loss of all samples, which belongs to none."""
        return self.output[0] if self.output else None


def parts(trace: Trace, name: str, i: tuple[int, ...]) -> tuple[Part, ...]:
    """The parts of ∂L/∂name[i], in the order of the program and of the samples; they add up to it. A weight has one per sample.

    What the loss does not read has none, nor has the loss itself. KeyError or IndexError for a number that is not there.
    """
    found, i = [], tuple(i)
    _ = trace.values[name][i]  # an error for what is not there
    for step in trace.program:
        upstream = trace.grads.get(step.out)
        for k in [k for k, arg in enumerate(step.args) if arg == name and upstream is not None]:
            shared = step.op.role == "weighted sum" and k > 0
            uses = _shared if shared else _met if step.op.role == "reduction" else _alone
            found += [Part(step, o, k, float(upstream[o]), slope) for o, slope in uses(trace, step, k, i)]
    return tuple(found)


def _pulled(step: Step, k: int, g, out, args):
    """The slopes of one output in argument k: the pull-back of a 1 there; None for a constant, such as a target."""
    return step.op.vjp(g, out, *args)[k]


def _shared(trace: Trace, step: Step, k: int, i: tuple[int, ...]):
    """A weight or a bias enters one unit, in every sample: each sample is a run of its own."""
    a, *own = (trace.values[name] for name in step.args)
    out = trace.values[step.out][:, None]
    g = np.zeros(out.shape)
    g[:, 0, i[0]] = 1
    slopes = _pulled(step, k, g, out, [a[:, None], *own])[(..., *i)]
    return [((n, i[0]), float(slope)) for n, slope in enumerate(slopes)]


def _met(trace: Trace, step: Step, k: int, i: tuple[int, ...]):
    """In the reduction the samples meet: one output, which is the loss."""
    values = [trace.values[name] for name in (step.out, *step.args)]
    return [((), float(_pulled(step, k, np.ones(()), values[0], values[1:])[i]))]


def _alone(trace: Trace, step: Step, k: int, i: tuple[int, ...]):
    """A value of one sample is used in that sample only."""
    n, own = i[0], (0, *i[1:])
    weights = step.args[1:] if step.op.role == "weighted sum" else ()
    args = [trace.values[name] if name in weights else trace.values[name][n : n + 1] for name in step.args]
    out = trace.values[step.out][n : n + 1]
    for o in step.op.reach(k, own, out.shape):
        g = np.zeros(out.shape)
        g[o] = 1
        slopes = _pulled(step, k, g, out, args)
        if slopes is not None:
            yield (n, *o[1:]), float(slopes[own])
