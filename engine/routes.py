"""A number reaches the loss along many paths; its gradient is the sum, over all of them, of the product of the slopes met on the
way. Here every path is walked with numbers, and the paths are counted against the multiplications that backpropagation does."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from functools import cache
from math import prod

import numpy as np

from engine.objective import Objective
from engine.op import Array
from engine.program import Step, Trace
from engine.refused import Refused

ROUTES = 20_000  # paths of one number that are listed; beyond that they can still be counted

Place = tuple[str, tuple[int, ...]]  # an array's name and an index into it


@dataclass(frozen=True)
class Route:
    """One path of one sample (None: the loss itself, which belongs to no sample), read from the loss to the number as the chain
    rule is: factors[k] is the slope of places[k] in places[k + 1], and `product` is the path's part of the gradient."""

    sample: int | None
    places: tuple[Place, ...]
    factors: tuple[float, ...]
    product: float


@dataclass(frozen=True)
class Cost:
    """Paths from all weights and biases to the loss, over all samples, and the multiplications of walking each of them by itself;
    multiplications by a weight in one forward pass; and multiplications by a gradient in one backward pass. What is worked out
    inside an activation or a loss is not counted, nor is a bias's slope, which is 1."""

    paths: int
    path_multiplications: int
    forward_multiplications: int
    backward_multiplications: int


@dataclass(frozen=True, eq=False)
class _Sample:
    """The program as each sample sees it: all go the same ways, so these are walked once, with every sample as a run of its own.

    uses: name -> the (step, argument) pairs through which it reaches the loss; shared: what has no axis of samples.
    """

    trace: Trace
    uses: dict[str, list[tuple[Step, int]]]
    shared: frozenset[str]
    count: int

    def apart(self, name: str) -> Array:
        """(N, n) -> (N, 1, n): N runs of one sample each. Parameters stay as they are."""
        values = self.trace.values[name]
        return values if name in self.shared else values[:, None]

    def exits(self, place: Place) -> list[tuple[Step, int, Place]]:
        """Where a number goes next, through which argument of which step."""
        name, i = place
        found = []
        for step, k in self.uses.get(name, ()):
            shape = self.trace.values[step.out].shape
            found += [(step, k, (step.out, o)) for o in step.op.reach(k, i, shape if step.out in self.shared else (1, *shape[1:]))]
        return found

    def pulled(self, step: Step, o: tuple[int, ...]) -> tuple:
        """The slope of one output in every argument, each sample's apart: the pull-back of a 1 at o and 0 elsewhere."""
        if step.op.role == "reduction":  # here the samples meet: one pull-back holds the slope of each
            values = [self.trace.values[name] for name in (step.out, *step.args)]
            return tuple(slope[:, None] for slope in step.op.vjp(np.ones(()), *values))
        out = self.apart(step.out)
        g = np.zeros(out.shape)
        g[(..., *o)] = 1
        return step.op.vjp(g, out, *map(self.apart, step.args))


def _sample(trace: Trace) -> _Sample:
    uses: dict[str, list[tuple[Step, int]]] = {}
    shared: set[str] = set()
    for step in trace.program:
        args = [trace.values[name] for name in step.args]
        if step.op.role == "weighted sum":
            shared |= set(step.args[1:])
        if step.op.role == "reduction":
            shared.add(step.out)
        if step.out in trace.grads:  # else a side step: shown, but not on a path to the loss
            slopes = step.op.vjp(np.zeros_like(trace.values[step.out]), trace.values[step.out], *args)
            for k, name in enumerate(step.args):
                if slopes[k] is not None:  # None: a constant, such as a target
                    uses.setdefault(name, []).append((step, k))
    return _Sample(trace, uses, frozenset(shared), len(trace.values[trace.program[0].out]))


def _counter(one: _Sample) -> Callable[[Place], int]:
    """place -> in how many ways it reaches the loss within one sample; nothing is counted twice."""

    @cache
    def ways(place: Place) -> int:
        last = one.trace.program[-1].out
        return 1 if place[0] == last else sum(ways(beyond) for _, _, beyond in one.exits(place))

    return ways


def _walker(one: _Sample, ways: Callable[[Place], int]) -> Callable[[Place], int]:
    """place -> the multiplications of all its ways to the loss, each walked from the loss by itself: one for every slope on it."""

    @cache
    def walked(place: Place) -> int:
        exits = one.exits(place) if place[0] != one.trace.program[-1].out else []
        return sum(walked(beyond) + ways(beyond) * (not _is_bias(step, k)) for step, k, beyond in exits)

    return walked


def _is_bias(step: Step, k: int) -> bool:
    return step.op.role == "weighted sum" and k == 2


def _start(one: _Sample, name: str, i: tuple[int, ...]) -> tuple[Place, range]:
    """The number as one sample sees it, and the samples that it has a part in."""
    shape = one.trace.values[name].shape
    if len(i) != len(shape) or not all(0 <= k < n for k, n in zip(i, shape, strict=True)):  # not a number without paths
        raise IndexError(f"{name} has no element {i}")
    return ((name, i), range(one.count)) if name in one.shared else ((name, (0, *i[1:])), range(i[0], i[0] + 1))


def how_many(trace: Trace, name: str, i: tuple[int, ...]) -> int:
    """How many paths lead from element i of `name` to the loss, over all samples; counted without walking them."""
    one = _sample(trace)
    place, samples = _start(one, name, tuple(i))
    return _counter(one)(place) * (1 if name == trace.program[-1].out else len(samples))


def routes(trace: Trace, name: str, i: tuple[int, ...], only: Container[int] | None = None) -> tuple[Route, ...]:
    """Every path from element i of `name` to the loss, sample by sample; their products add up to its gradient. `only`: just these
    samples' paths.

    Paths over a dead unit are among them, with product 0. What the loss does not depend on has none. KeyError or IndexError for
    a number that is not there; Refused beyond ROUTES paths.
    """
    i = tuple(i)
    if name == trace.program[-1].out:
        return (_itself(name, i),)
    one, samples, ways = _walk(trace, name, i)
    listed = [(places, list(zip(*factors, strict=True))) for places, factors in ways]
    return tuple(
        Route(n, _of_sample(one, places, n), factors[n], prod(factors[n]))
        for n in samples
        if only is None or n in only
        for places, factors in listed
    )


def heaviest(trace: Trace, name: str, i: tuple[int, ...], count: int = 10) -> tuple[tuple[Route, ...], float, int]:
    """The same as `largest(routes(…), count)`, and how many paths there are, in a fraction of the time: only those `count` paths
    are written down one by one, the others are multiplied for all samples at once."""
    i = tuple(i)
    if name == trace.program[-1].out:
        return (_itself(name, i),), 0.0, 1
    one, samples, ways = _walk(trace, name, i)
    if not ways:
        return (), 0.0, 0
    factors = [np.array(slopes)[:, samples.start : samples.stop] for _, slopes in ways]  # of each way: (slopes, samples)
    products = np.stack([slopes.prod(axis=0) for slopes in factors], axis=1)  # (samples, ways)
    order = np.argsort(-np.nan_to_num(np.abs(products.ravel()), nan=np.inf), kind="stable")
    top = []
    for at in order[:count].tolist():
        n, way = divmod(at, len(ways))
        passed = tuple(factors[way][:, n].tolist())
        top.append(Route(samples[n], _of_sample(one, ways[way][0], samples[n]), passed, prod(passed)))
    return tuple(top), float(products.ravel()[order[count:]].sum()), products.size


def _itself(name: str, i: tuple[int, ...]) -> Route:
    """The path from the loss to the loss."""
    return Route(None, ((name, i),), (), 1.0)


Way = tuple[tuple[Place, ...], tuple[list[float], ...]]  # the places, and one list of factors per slope, an entry per sample


def _walk(trace: Trace, name: str, i: tuple[int, ...]) -> tuple[_Sample, range, list[Way]]:
    """The samples that the number has a part in, and every way from the loss to it, walked once for all of them."""
    one, last = _sample(trace), trace.program[-1].out
    if (found := how_many(trace, name, i)) > ROUTES:
        raise Refused("{name} has {found} paths to the loss; at most {limit} are listed.", name=name, found=found, limit=ROUTES)

    @cache
    def slope(out: str, o: tuple[int, ...]) -> tuple:
        return one.pulled(next(step for step in trace.program if step.out == out), o)

    @cache
    def ways(place: Place) -> list[Way]:
        if place[0] == last:
            return [((place,), ())]
        found = []
        for _, k, beyond in one.exits(place):
            factors = slope(*beyond)[k][(..., *place[1])].tolist()
            found += [((*places, place), (*before, factors)) for places, before in ways(beyond)]
        return found

    place, samples = _start(one, name, i)
    return one, samples, ways(place)


def _of_sample(one: _Sample, places: tuple[Place, ...], n: int) -> tuple[Place, ...]:
    """The places of a way as sample n passes them."""
    return tuple([(p, at if p in one.shared else (n, *at[1:])) for p, at in places])


def largest(found: Iterable[Route], count: int = 10) -> tuple[tuple[Route, ...], float]:
    """The `count` paths with the largest products, by size and without regard to sign, and the sum of all the others. Equal ones
    stay in order; what is not a number comes first, so that it is seen."""
    order = sorted(found, key=lambda route: abs(route.product) if route.product == route.product else np.inf, reverse=True)
    return tuple(order[:count]), sum(route.product for route in order[count:])


BACKWARD = {  # role -> multiplications by a gradient in one pull-back, from the shapes of the output and of the arguments
    "weighted sum": lambda out, a, W, b=None: 2 * prod(out) * W[1],  # (∂L/∂Z) W and (∂L/∂Z)ᵀ A; the bias's slope is 1
    "activation": lambda out, z: prod(out),  # each gradient times its own slope
    "probabilities": lambda out, z: 2 * prod(out),  # p (g − Σ g p): two for each output, not one for each pair
    "loss": lambda out, a, t: prod(a),
    "reduction": lambda out, l: 1,  # the same 1/N for every sample
}


def cost(of: Objective) -> Cost:
    """Why reverse mode is cheap: paths multiply with every layer, multiplications only add up.

    Every path is one product to be formed, and their number grows with width to the power of depth. The backward pass visits
    each connection of each sample twice, whatever lies beyond: once for ∂L/∂A, once for ∂L/∂W (a gradient for the inputs x is
    among them, as the engine finds it too). So it costs about two forward passes for all gradients together. One weighted sum of
    N samples multiplies N · n_out · n_in times forwards. KeyError for a step whose role is not in BACKWARD.
    """
    trace = of.trace(np.zeros(of.size))  # only shapes are read
    one = _sample(trace)
    ways, shapes = _counter(one), {name: values.shape for name, values in trace.values.items()}
    sums = [step for step in of.program if step.op.role == "weighted sum"]
    return Cost(
        paths=one.count * sum(map(ways, of.parameters)),
        path_multiplications=one.count * sum(map(_walker(one, ways), of.parameters)),
        forward_multiplications=sum(prod(shapes[step.out]) * shapes[step.args[1]][1] for step in sums),
        backward_multiplications=sum(
            BACKWARD[step.op.role](shapes[step.out], *(shapes[name] for name in step.args))
            for step in of.program
            if step.out in trace.grads
        ),
    )
