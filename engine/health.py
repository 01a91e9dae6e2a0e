"""What goes wrong inside a network, named and located: units that are dead, saturated or copies of each other, gradients that
fade or swell on their way back, and the first number that was not finite any more. Each finding says where, since when, and by
which numbers; a healthy network has none."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np

from engine.curves import switched
from engine.diagnosis import FLAT, local_slopes
from engine.fates import quiet
from engine.felt import reads_probabilities, unfelt
from engine.flat import flat, since_flat
from engine.history import History
from engine.objective import Objective, chunk
from engine.op import Array
from engine.overflow import Link, first_overflow
from engine.program import Step, Trace

FADED, SWOLLEN = 1e-3, 1e3  # a layer's gradient beside the last layer's
RISES, TENFOLD = 3, 10.0  # growing: so many updates raised the loss without a break, and the gradient became so much larger
SAME = 1e-9  # weights this close, relative to the largest, are equal but for rounding
LOOKS = 64  # places in a run where gradients are computed anew to say since when


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
def findings(
    of: Objective, history: History, k: int, eta: Array | float | None = None, batch: Objective | None = None
) -> tuple[Finding, ...]:
    """All that is wrong after k updates of a run (theta (T+1, P)); of: the loss on all samples.

    eta, a number or (P,): the rate of the update that starts there, the last update's if it is None; batch: the loss which that
    update lowers, where it uses only some samples. Only the search for the first number that is not finite asks for the two.
    """
    trace = of.trace(history.theta[k])
    return (
        *_not_finite(of, batch or of, history, k, eta),
        *_flat_units(of, history, trace, k),
        *_sure_units(of, history, trace, k),
        *_sure_softmax(of, history, trace, k),
        *_symmetric(of, history, trace, k),
        *_faded_or_swollen(of, history, k),
        *_growing(of, history, k, batch is None or batch is of),
    )


def sums(of: Objective) -> tuple[str, ...]:
    """The layers' z, from the first to the last."""
    return tuple(step.out for step in of.program if step.op.role == "weighted sum")


@quiet
def gradient_norms(of: Objective, thetas: Array) -> Array:
    """‖∂L/∂Z‖ of every layer, over samples and units: thetas (R, P) -> (R, layers), in the order of `sums`."""
    parts = np.array_split(thetas, -(-len(thetas) // chunk(of)))
    grads = [of.back(of.program, of.values(part)) for part in parts]
    return np.concatenate([np.stack([_length(g[z]) for z in sums(of)], axis=-1) for g in grads])


def _length(x: Array) -> Array:
    """(R, N, U) -> (R,), also of numbers whose squares no float can hold."""
    largest = np.abs(x).max(axis=(-1, -2))
    scale = np.where(np.isfinite(largest) & (largest > 0), largest, 1.0)
    return scale * np.linalg.norm(x / scale[:, None, None], axis=(-1, -2))


def _flat_units(of: Objective, history: History, trace: Trace, k: int):
    steps = [step for step in of.program if step.op.role == "activation" and step.out in trace.grads]
    steps = [step for step in steps if not reads_probabilities(of.program, step)]
    if not steps:
        return
    units = [(step, u) for step in steps for u in range(trace.values[step.out].shape[-1])]
    now = flat(steps, trace.values).all(axis=0)
    since = since_flat(of, history.theta[: k + 1], steps, now)
    for at in np.flatnonzero(now):
        step, u = units[at]
        z, slope = trace.values[step.args[0]][:, u], local_slopes(trace.values, step)[:, u]
        kind = "dead" if switched(step.op) else "saturated"
        nearest = float(z.max() if kind == "dead" else np.abs(z).min())
        numbers = (("nearest z", nearest), ("largest slope", float(np.abs(slope).max())))
        yield Finding(kind, step.args[0], ((u,),), int(since[at]), len(z), numbers)


def _sure_units(of: Objective, history: History, trace: Trace, k: int):
    """Outputs that are flat for every sample under a loss of probabilities, which cannot feel them, and worse than guessing one
    half: sure, wrong and clipped. An output that has learned is as flat, but right; one that is not clipped is felt."""
    steps = [step for step in of.program if step.op.role == "activation" and step.out in trace.grads]
    for step in (step for step in steps if reads_probabilities(of.program, step)):
        for u in range(trace.values[step.out].shape[-1]):
            holds = partial(_sure_and_wrong, of, history, step, u)
            if holds(np.array([k]))[0]:
                z, slope = trace.values[step.args[0]][:, u], local_slopes(trace.values, step)[:, u]
                numbers = (("nearest z", float(np.abs(z).min())), ("largest slope", float(np.abs(slope).max())))
                yield Finding("saturated", step.args[0], ((u,),), _since_looked(holds, k), len(z), numbers)


def _sure_and_wrong(of: Objective, history: History, step: Step, u: int, ks: Array) -> Array:
    """(K,): whether output u is flat, wrong and unfelt after ks updates (K,)."""
    error, values, own = of.program[of.program.index(step) + 1].op, of.values(history.theta[ks]), slice(u, u + 1)
    z, p, t = values[step.args[0]][..., own], values[step.out][..., own], of.inputs["y_true"][:, own]
    flat = (np.abs(local_slopes(values, step)[..., own]) <= FLAT).all(axis=(-1, -2))
    wrong = error.f(p, t).mean(axis=-1) > error.f(np.full_like(t, 0.5), t).mean()
    return flat & wrong & unfelt(error, step.op, z, p, t)


def _sure_softmax(of: Objective, history: History, trace: Trace, k: int):
    """A softmax of which every p is nearly 0 or 1, for every sample, while its loss is larger than that of guessing and hardly
    felt: it is sure, wrong, and clipped or flat. A fused loss reads z and does feel it; a network that has learned is as sure,
    but right."""
    step = next((s for s in of.program if s.op.role == "probabilities" and s.out in trace.grads), None)
    if step is None:
        return
    error, p, targets = of.program[of.program.index(step) + 1].op, trace.values[step.out], of.inputs["y_true"]
    guess = float(error.f(np.full_like(p, 1 / p.shape[-1]), targets).mean())

    def holds(ks: Array) -> Array:
        values = of.values(history.theta[ks])
        z, p = values[step.args[0]], values[step.out]
        flat, wrong = ((p * (1 - p)).max(axis=(-1, -2)) <= FLAT), error.f(p, targets).mean(axis=-1) > guess
        return flat & wrong & unfelt(error, step.op, z, p, targets)

    if holds(np.array([k]))[0]:
        numbers = (("largest slope", float((p * (1 - p)).max())), ("mean loss", float(error.f(p, targets).mean())))
        since = _since_looked(holds, k)
        yield Finding("saturated", step.args[0], (), since, len(p), (*numbers, ("loss of guessing", guess)))


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


def _growing(of: Objective, history: History, k: int, whole: bool):
    """The loss on all samples has only risen since `since`, and a layer's gradient has become ten times as large meanwhile."""
    since = _rises(history.loss[: k + 1]) if whole else _rising_since(of, history.theta[: k + 1])
    if k - since >= RISES:
        then, now = gradient_norms(of, history.theta[[since, k]])
        at = int(np.argmax(np.where(now > 0, now / then, 0.0)))  # 0 / 0: a layer that no gradient reached then or now
        if now[at] > TENFOLD * then[at]:
            numbers = (("norm", float(now[at])), ("norm then", float(then[at])))
            yield Finding("exploding", sums(of)[at], (), since, len(of.inputs["x"]), numbers)


def _rising_since(of: Objective, thetas: Array) -> int:
    """The same where the history's losses are those of mini-batches, which rise and fall by the luck of the draw: thetas (k+1, P).
    Computed anew in ever longer stretches, because most runs have a fall among their last few updates."""
    length = 2 * RISES
    while True:
        low = max(0, len(thetas) - 1 - length)
        stretches = np.array_split(thetas[low:], -(-len(thetas[low:]) // chunk(of)))
        since = low + _rises(np.concatenate([of.loss(part) for part in stretches]))
        if since > low or low == 0:
            return since
        length *= 4


def _rises(loss: Array) -> int:
    """The place in losses (T+1,) from which each is larger than the one before, up to the last."""
    return _since(np.concatenate([[False], np.diff(loss) > 0])) - 1


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


def _not_finite(of: Objective, batch: Objective, history: History, k: int, eta):
    """The first number that is not finite, where the run stops."""
    if history.stopped is None or k < history.updates:
        return
    found = first_overflow(of, batch, history.theta[k], _last_rate(batch, history, k) if eta is None else eta)
    if found:
        numbers = (("number", found.number), ("last loss", float(history.loss[k])))
        places, samples = (found.place,), len(of.inputs["x"])
        yield Finding("not_finite", found.array, places, history.stopped, samples, numbers, found.chain, found.part)


def _last_rate(of: Objective, history: History, k: int) -> Array | float:
    """Each parameter's rate (P,) in the update before, read off its step; 1 where there was none."""
    if k == 0:
        return 1.0
    gradient, moved = of.loss_and_gradient(history.theta[k - 1])[1], history.theta[k - 1] - history.theta[k]
    return np.divide(moved, gradient, out=np.zeros(of.size), where=gradient != 0)
