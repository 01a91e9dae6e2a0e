"""What goes wrong inside a network, named and located: units that are dead, saturated or copies of each other, gradients that
fade or swell on their way back, and the first number that was not finite any more. Each finding says where, since when, and by
which numbers; a healthy network has none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.batches import on_rows
from engine.diagnosis import local_slopes
from engine.fates import quiet
from engine.history import History
from engine.objective import Objective, chunk
from engine.op import Array
from engine.program import Step, Trace, forward

FLAT = 1e-3  # a smooth unit whose slope is at most this for every sample is saturated
FADED, SWOLLEN = 1e-3, 1e3  # a layer's gradient beside the last layer's
RISES, TENFOLD = 3, 10.0  # growing: so many updates raised the loss without a break, and the gradient became so much larger
SAME = 1e-9  # weights this close, relative to the largest, are equal but for rounding
WORK = 4000  # updates × samples looked at one by one in one go
LOOKS = 64  # places in a run where gradients are computed anew to say since when
ROUNDING = 1e-14  # relative, of one weighted sum


@dataclass(frozen=True)
class Link:
    """One factor of a chain: ∂ out[o] / ∂ arg[i] = slope. For a weighted sum and an input the slope is the weight between."""

    out: str
    o: tuple[int, ...]
    arg: str
    i: tuple[int, ...]
    slope: float


@dataclass(frozen=True)
class Finding:
    """kind: "dead", "saturated", "vanishing", "exploding", "not_finite" or "symmetric".

    array: the array concerned (a layer's z, or where the first number was not finite); places: the indices in it, units (u,) for
    a layer, one element for "not_finite", () for the whole layer; since: the first update count from which it holds without a
    break up to k; count: samples concerned; numbers: (name, number) pairs that show it; chain: for "not_finite", its factors.
    part: for "not_finite", whether a "value", a "gradient" or the "update" of a parameter came first.
    """

    kind: str
    array: str
    places: tuple[tuple[int, ...], ...]
    since: int
    count: int
    numbers: tuple[tuple[str, float], ...]
    chain: tuple[Link, ...] = ()
    part: str = ""


@quiet
def findings(of: Objective, history: History, k: int, eta: Array | float | None = None) -> tuple[Finding, ...]:
    """All that is wrong after k updates of a run (theta (T+1, P)). eta, a number or (P,), is the rate of the update that starts
    there; only the search for the first number that is not finite asks for it, and takes the last update's if it is None."""
    trace = of.trace(history.theta[k])
    return (
        *_not_finite(of, history, trace, k, eta),
        *_flat_units(of, history, trace, k),
        *_symmetric(of, history, trace, k),
        *_faded_or_swollen(of, history, k),
        *_growing(of, history, k),
    )


def sums(of: Objective) -> tuple[str, ...]:
    """The layers' z, from the first to the last."""
    return tuple(step.out for step in of.program if step.op.role == "weighted sum")


@quiet
def gradient_norms(of: Objective, thetas: Array) -> Array:
    """‖∂L/∂Z‖ of every layer, over samples and units: thetas (R, P) -> (R, layers), in the order of `sums`."""
    parts = np.array_split(thetas, -(-len(thetas) // chunk(of)))
    grads = [of.back(of.program, of.values(part)) for part in parts]
    return np.concatenate([np.stack([np.linalg.norm(g[z], axis=(-1, -2)) for z in sums(of)], axis=-1) for g in grads])


def _flat(steps: list[Step], values: Mapping[str, Array]) -> Array:
    """(..., N, U): where units of these layers, in a row, have no slope if they have a kink, hardly any if they are smooth."""
    limits = [0.0 if step.op.kink is not None else FLAT for step in steps]
    return np.concatenate([np.abs(local_slopes(values, s)) <= most for s, most in zip(steps, limits, strict=True)], axis=-1)


def _flat_units(of: Objective, history: History, trace: Trace, k: int):
    steps = [step for step in of.program if step.op.role == "activation" and step.out in trace.grads]
    if not steps:
        return
    units = [(step, u) for step in steps for u in range(trace.values[step.out].shape[-1])]
    now = _flat(steps, trace.values).all(axis=0)
    since = _since_flat(of, history.theta[: k + 1], steps, now)
    for at in np.flatnonzero(now):
        step, u = units[at]
        z, slope = trace.values[step.args[0]][:, u], local_slopes(trace.values, step)[:, u]
        kind = "saturated" if step.op.kink is None else "dead"
        nearest = float(z.max() if kind == "dead" else np.abs(z).min())
        numbers = (("nearest z", nearest), ("largest slope", float(np.abs(slope).max())))
        yield Finding(kind, step.args[0], ((u,),), int(since[at]), len(z), numbers)


def _since_flat(of: Objective, thetas: Array, steps: list[Step], now: Array) -> Array:
    """Since when the units in `now` (U,) have been flat without a break: thetas (k+1, P) -> (U,).

    Going back, samples at which the units are flat for *every* theta between the smallest and the largest numbers of a stretch
    of updates are settled at one blow. A stretch with samples left is computed update by update for these, or halved if long.
    """
    k = len(thetas) - 1
    since, open_, stretches = np.full(len(now), k), now.copy(), [(0, k, of)] if k else []
    while stretches and open_.any():
        low, high, some = stretches.pop()
        left = np.flatnonzero(~_surely_flat(some, steps, thetas[low:high])[:, open_].all(axis=-1))
        if not len(left):
            since[open_] = low
        elif (high - low) * len(left) <= WORK:
            broken = ~_flat(steps, on_rows(some, left).values(thetas[low:high])).all(axis=-2)[::-1]
            length = np.where(broken.any(axis=0), broken.argmax(axis=0), high - low)
            since[open_] = high - length[open_]
            open_ &= length == high - low
        else:
            middle, some = (low + high) // 2, on_rows(some, left)
            stretches += [(low, middle, some), (middle, high, some)]
    return since


def _surely_flat(of: Objective, steps: list[Step], thetas: Array) -> Array:
    """(N, U): where units are flat for every theta in the box around thetas (R, P), by interval arithmetic through the layers.

    Every activation in the registry rises, so it takes bounds to bounds, and its slope is largest at the bound nearest to 0 (on
    the right of a kink): one point of the interval speaks for all of it.
    """
    low, high = of.views(thetas.min(axis=0)), of.views(thetas.max(axis=0))
    bounds = {name: (x, x) for name, x in of.inputs.items()} | {name: (low[name], high[name]) for name in low}
    worst = {}
    for step in of.program[: of.program.index(steps[-1]) + 1]:
        if step.op.role == "weighted sum":
            bounds[step.out] = _bounds_of_sum(*(bounds[name] for name in step.args))
        else:
            z = step.args[0]
            bounds[step.out] = tuple(step.op.f(bound) for bound in bounds[z])
            worst[z] = bounds[z][1] if step.op.kink is not None else np.clip(0.0, *bounds[z])
            worst[step.out] = step.op.f(worst[z])
    return _flat(steps, worst)


def _bounds_of_sum(a, W, b=None) -> tuple[Array, Array]:
    """A Wᵀ + 1 bᵀ for A, W and b each between two bounds: the middle, plus and minus how far one can get from it."""
    (a, da), (W, dW) = ((sum(x) / 2, (x[1] - x[0]) / 2) for x in (a, W))
    z, away = a @ W.T, np.abs(a) @ (dW + ROUNDING * np.abs(W)).T + da @ (np.abs(W) + dW).T
    if b is not None:
        z, away = z + sum(b) / 2, away + (b[1] - b[0]) / 2 + ROUNDING * np.abs(b[1])
    return z - away, z + away


def _symmetric(of: Objective, history: History, trace: Trace, k: int):
    """Hidden units with the same weights in and the same weights out: so their gradients are the same, and each update keeps
    them equal."""
    theta, gradient = history.theta[: k + 1], of.flat(trace.grads)
    for here, after in pairwise(step for step in of.program if step.op.role == "weighted sum"):
        now, pull = _tied(of, here, after, theta[-1]), _tied(of, here, after, gradient)
        same = _equal(now[:, None], now)
        for first in range(len(now)):
            group = np.flatnonzero(same[first])
            if len(group) > 1 and group[0] == first:
                always = _tied(of, here, after, theta)[:, group]
                since = _since(_equal(always, always[:, :1]).all(axis=-1))
                numbers = tuple((what, float(np.linalg.norm(x[first]))) for what, x in (("weights", now), ("gradient", pull)))
                yield Finding("symmetric", here.out, tuple((int(u),) for u in group), since, len(of.inputs["x"]), numbers)


def _tied(of: Objective, here: Step, after: Step, theta: Array) -> Array:
    """All numbers of theta (..., P) that belong to one unit of a layer, in a row per unit: (..., units, weights)."""
    views = of.views(theta)
    bias = [views[name][..., None] for name in here.args[2:]]
    return np.concatenate([views[here.args[1]], *bias, views[after.args[1]].swapaxes(-1, -2)], axis=-1)


def _equal(a: Array, b: Array) -> Array:
    """Whether two rows are equal but for rounding."""
    return np.abs(a - b).max(axis=-1) <= SAME * np.maximum(np.abs(a), np.abs(b)).max(axis=-1)


def _faded_or_swollen(of: Objective, history: History, k: int):
    """The first layer's gradient far below the last's; any layer's far above it."""
    layers, now = sums(of), gradient_norms(of, history.theta[k : k + 1])[0]
    tests = [("vanishing", 0, lambda norms: (norms[:, 0] < FADED * norms[:, -1]) & (len(layers) > 1))]
    tests += [("exploding", at, lambda norms, at=at: norms[:, at] > SWOLLEN * norms[:, -1]) for at in range(len(layers) - 1)]
    for kind, at, holds in tests:
        if holds(now[None])[0]:
            since = _since_looked(lambda ks, holds=holds: holds(gradient_norms(of, history.theta[ks])), k)
            numbers = (("norm", float(now[at])), ("last norm", float(now[-1])))
            yield Finding(kind, layers[at], (), since, len(of.inputs["x"]), numbers)


def _growing(of: Objective, history: History, k: int):
    """The loss has only risen since `since`, and a layer's gradient has become ten times as large meanwhile."""
    since = _since(np.concatenate([[False], np.diff(history.loss[: k + 1]) > 0])) - 1
    if k - since >= RISES:
        then, now = gradient_norms(of, history.theta[[since, k]])
        at = int(np.argmax(now / then))
        if now[at] > TENFOLD * then[at]:
            numbers = (("norm", float(now[at])), ("norm then", float(then[at])))
            yield Finding("exploding", sums(of)[at], (), since, len(of.inputs["x"]), numbers)


def _since(holds: Array) -> int:
    """The first index from which `holds` (T,) is true without a break up to its end."""
    broken = np.flatnonzero(~holds)
    return int(broken[-1]) + 1 if broken.size else 0


def _since_looked(holds: Callable[[Array], Array], k: int) -> int:
    """Since when something that holds at k has held: looked for at LOOKS updates spread over the run, then by halving. A break
    that lies between two looks is not seen; up to k = LOOKS - 1 every update is looked at."""
    ks = np.unique(np.linspace(0, k, LOOKS).astype(int))
    first = _since(np.append(holds(ks)[:-1], True))
    low, high = (int(ks[first - 1]), int(ks[first])) if first else (0, 0)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(np.array([middle]))[0] else (middle, high)
    return high


def _not_finite(of: Objective, history: History, trace: Trace, k: int, eta):
    """Looked for in the order of computing: the last kept update's values and gradients, the weights it made, their values."""
    if history.stopped is None or k < history.updates:
        return
    after = history.theta[k] - (_last_rate(of, history, k) if eta is None else eta) * of.flat(trace.grads)
    weights, forwards = of.views(after), [step.out for step in of.program]
    values = forward(of.program, {**of.inputs, **weights})
    for part, arrays, names, where in (
        ("value", trace.values, forwards, trace),
        ("gradient", trace.grads, [name for step in reversed(of.program) for name in step.args], trace),
        ("update", weights, list(weights), trace),
        ("value", values, forwards, Trace(of.program, values, {})),
    ):
        if found := _first(arrays, names):
            chain = (_from_inputs if part == "value" else _from_loss)(where, *found)
            numbers = (("number", float(arrays[found[0]][found[1]])), ("last loss", float(history.loss[k])))
            yield Finding("not_finite", found[0], found[1:], history.stopped, len(of.inputs["x"]), numbers, chain, part)
            return


def _last_rate(of: Objective, history: History, k: int) -> Array | float:
    """Each parameter's rate (P,) in the update before, read off its step; 1 where there was none."""
    if k == 0:
        return 1.0
    gradient, moved = of.loss_and_gradient(history.theta[k - 1])[1], history.theta[k - 1] - history.theta[k]
    return np.divide(moved, gradient, out=np.zeros(of.size), where=gradient != 0)


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
        links, name, i = [Link(out, o, name, i, float(slope)), *links], out, o
    return tuple(links)


def _from_inputs(trace: Trace, name: str, i: tuple[int, ...]) -> tuple[Link, ...]:
    """From an input on to a value, at each turn by the largest slope × value: input first."""
    links = []
    while step := next((step for step in trace.program if step.out == name), None):
        slopes = _pull(trace, step, i, 0)
        at = _largest(slopes * trace.values[step.args[0]])
        links, name, i = [Link(name, i, step.args[0], at, float(slopes[at])), *links], step.args[0], at
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
