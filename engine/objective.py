"""An objective is a loss as a function of one flat vector theta: all weights and biases in a row. Layers see views of it, and
axes in front of the last are runs, so one call serves one run, many learning rates or a whole surface."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from math import prod
from types import MappingProxyType

import numpy as np

from engine.op import Array, frozen
from engine.program import Backward, Program, Trace, backward, forward, trace
from engine.refused import Refused

ELEMENTS = 16_000  # numbers of a layer in one call: beyond that the cache overflows, far below it Python's own time shows


@dataclass(frozen=True, eq=False)
class Objective:
    """program, inputs (name -> data array), layout ((parameter, shape), …) in the order of theta; back: how gradients are found."""

    program: Program
    inputs: Mapping[str, Array]
    layout: tuple[tuple[str, tuple[int, ...]], ...]
    back: Backward = backward

    @property
    def size(self) -> int:
        return sum(prod(shape) for _, shape in self.layout)

    @cached_property
    def places(self) -> tuple[tuple[str, slice, tuple[int, ...]], ...]:
        """(parameter, its part of theta, its shape), worked out once."""
        ends = list(accumulate((prod(shape) for _, shape in self.layout), initial=0))
        return tuple((name, slice(*part), shape) for (name, shape), part in zip(self.layout, pairwise(ends), strict=True))

    @cached_property
    def parameters(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """(name, index) of every weight and bias, in the order of theta."""
        return tuple((name, i) for name, shape in self.layout for i in np.ndindex(shape))

    def views(self, theta: Array) -> dict[str, Array]:
        """theta (..., P) -> parameter name -> (..., *shape), without a copy."""
        runs = theta.shape[:-1]
        return {name: theta[..., part].reshape(runs + shape) for name, part, shape in self.places}

    def flat(self, parts: Mapping[str, Array]) -> Array:
        """The reverse of `views`: parameter name -> (..., *shape) to (..., P)."""
        rows = [parts[n].reshape(*parts[n].shape[: parts[n].ndim - len(s)], -1) for n, s in self.layout]
        return rows[0] if len(rows) == 1 else np.concatenate(rows, axis=-1)

    def values(self, theta: Array, hold: Mapping[str, Array] | None = None) -> dict[str, Array]:
        return forward(self.program, {**self.inputs, **self.views(theta)}, hold)

    def loss(self, theta: Array, hold: Mapping[str, Array] | None = None) -> Array:
        """theta (..., P) -> L (...). One sample without a reduction has its loss as L."""
        return self._scalar(self.values(theta, hold)[self.program[-1].out])

    def loss_and_gradient(self, theta: Array) -> tuple[Array, Array]:
        """theta (..., P) -> L (...), ∂L/∂theta (..., P)."""
        values = self.values(theta)
        return self._scalar(values[self.program[-1].out]), self.flat(self.back(self.program, values))

    def trace(self, theta: Array, hold: Mapping[str, Array] | None = None) -> Trace:
        """All values and gradients at one theta (P,)."""
        return trace(self.program, {**self.inputs, **self.views(self.checked(theta))}, hold, self.back)

    def checked(self, theta) -> Array:
        """theta as a read-only float array (..., P), or a refusal."""
        try:
            theta = frozen(theta)
        except (TypeError, ValueError, OverflowError) as error:
            raise Refused("theta must be a row of {size} numbers.", size=self.size) from error
        if theta.shape[-1:] != (self.size,):
            raise Refused("theta must have {size} numbers, not shape {shape}.", size=self.size, shape=theta.shape)
        if not np.isfinite(theta).all():
            raise Refused("theta must be finite: {theta}.", theta=theta)
        return theta

    def _scalar(self, last: Array) -> Array:
        return last if self.program[-1].op.role == "reduction" else last[..., 0]


def objective(program: Program, inputs: Mapping[str, Array], layout) -> Objective:
    """An objective with its data frozen."""
    return Objective(program, MappingProxyType({name: frozen(x) for name, x in inputs.items()}), tuple(layout))


def chunk(of: Objective) -> int:
    """How many runs to ask about in one call: runs × samples × the widest layer is about ELEMENTS."""
    widest, samples = max(max(shape) for _, shape in of.layout), len(of.inputs.get("x", (None,)))  # a formula has no samples
    return max(8, ELEMENTS // (samples * widest))
