"""Six mistakes that everybody makes once when writing backpropagation, each planted in an engine of its own. The values stay
right and the gradients look plausible; a nudge tells. Walking back from the loss, the first array it objects to is the place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from engine.check import TINY, nudged
from engine.fates import quiet
from engine.objective import Objective
from engine.op import Array
from engine.program import Program, Step, backward

ROUNDING = 64 * np.finfo(float).eps  # of what is added, where votes cancel
SMALL = 1e-6  # of a number: how far its last loss's slope is followed, to see what the number's own rounding does to it
RATE = 0.5  # of the engine that changes a weight before it has passed the error back through it


@dataclass(frozen=True)
class Mistake:
    """title: what the engine does wrong, in a few words; backward(program, values) -> its grads, shaped like the right ones."""

    title: str
    backward: Callable[[Program, Mapping[str, Array]], dict[str, Array]]


def way_back(program: Program) -> tuple[str, ...]:
    """Every array that has a gradient, in the order in which going back reaches it, the loss first. Targets have none."""
    names, found = [program[-1].out], {program[-1].out}
    for step in reversed(program):
        if step.out in found:
            arguments = step.args[:1] if step.op.role == "loss" else step.args
            names += [name for name in arguments if name not in found]
            found |= set(arguments)
    return tuple(names)


def first_wrong(program: Program, right: Mapping[str, Array], claimed: Mapping[str, Array]) -> str | None:
    """The first array on the way back whose claimed gradient differs from the right one by more than rounding."""
    return next((name for name in way_back(program) if not _same(claimed[name], right[name])), None)


def telltale(right: Array, claimed: Array) -> tuple[int, ...]:
    """Where two gradients of one array lie farthest apart; where they are equal, their largest number."""
    apart = np.abs(claimed - right) if not _same(claimed, right) else np.abs(right)
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(apart)), apart.shape))


def by_nudge(of: Objective, theta: Array, name: str, i: tuple[int, ...]) -> float:
    """∂L/∂ one number by a step along the imaginary axis: one forward pass, and nothing of backpropagation."""
    one = np.zeros((1, *np.shape(of.values(theta)[name])))
    one[(0, *i)] = 1.0
    return float(nudged(of, theta, name, 1j * TINY * one)[0].imag / TINY)


@quiet
def rounding(program: Program, values: Mapping[str, Array]) -> dict[str, Array]:
    """How far the honest gradients may be off by rounding, array by array: going back, what is added is added up without its sign,
    and no slope is smaller than 1, because a slope such as 1 − y² is itself a difference of ones."""
    sized = tuple(replace(step, op=replace(step.op, vjp=_SIZES[step.op.role](step.op.vjp))) for step in program)
    return {name: ROUNDING * size for name, size in backward(sized, values).items()}


_SIZES = {  # role -> vjp -> the vjp of sizes
    "weighted sum": lambda vjp: lambda g, out, *args: vjp(g, out, *map(np.abs, args)),
    "activation": lambda vjp: lambda g, out, *args: (g,),
    "probabilities": lambda vjp: lambda g, out, *args: (np.broadcast_to(g.sum(axis=-1, keepdims=True), g.shape),),
    "loss": lambda vjp: lambda g, out, a, t: (_size_of_slope(vjp, g, out, a, t), None),
    "reduction": lambda vjp: vjp,
}


def _size_of_slope(vjp: Callable, g: Array, out: Array, a: Array, t: Array) -> Array:
    """A loss's slope, and how much of it the prediction's own rounding makes: where they almost meet, y − y_true is small."""
    slope, beside = (vjp(g, out, x, t)[0] for x in (a, a * (1 + SMALL)))
    return np.abs(slope) + np.abs(beside - slope) / SMALL


def agrees(claimed: float, found: float, off: float = 0.0) -> bool:
    """Whether a claimed gradient is the nudge's but for rounding; off: how far it may be off where more is added than is left."""
    return bool(_same(claimed, found) or abs(claimed - found) <= off)


def telling(of: Objective, theta: Array) -> tuple[str, ...]:
    """The mistakes that can be found out at theta (P,): each changes some gradient but the inputs' own, and no two alike."""
    values, names = of.values(theta), [name for name in way_back(of.program) if name not in of.inputs]
    claims = {key: mistake.backward(of.program, values) for key, mistake in BROKEN.items()}
    others = {**claims, "": backward(of.program, values)}

    def unlike(a, b) -> bool:
        return any(not _same(a[name], b[name]) for name in names)

    return tuple(key for key in BROKEN if all(unlike(claims[key], others[other]) for other in others if other != key))


@quiet
def shows(of: Objective, key: str) -> bool:
    """Whether a mistake can change a gradient of this network at all, the inputs' own left out: tried at weights of many sizes."""
    names, sizes = [name for name in way_back(of.program) if name not in of.inputs], 10.0 ** -np.arange(4).repeat(4)
    for theta in sizes[:, None] * np.random.default_rng(0).normal(size=(len(sizes), of.size)):
        values = of.values(theta)
        right, claimed = backward(of.program, values), BROKEN[key].backward(of.program, values)
        if any(not _same(claimed[name], right[name]) for name in names):
            return True
    return False


def _same(a: Array, b: Array) -> bool:
    return np.allclose(a, b, rtol=1e-9, atol=1e-12)


def _planted(role: str, wrong: Callable) -> Callable:
    """Backpropagation with one mistake in every op of a role: wrong(right, g, args, before) -> what it hands back instead.

    right is what the honest op hands back, g the gradient that reaches it; before are the arguments of the step that made the
    first argument, () if that is an input.
    """

    def mistaken(step: Step, before: tuple[Array, ...]) -> Step:
        vjp = step.op.vjp
        return replace(step, op=replace(step.op, vjp=lambda g, out, *args: wrong(vjp(g, out, *args), g, args, before)))

    def engine(program: Program, values: Mapping[str, Array]) -> dict[str, Array]:
        made = {step.out: tuple(values[name] for name in step.args) for step in program}
        return backward(
            tuple(mistaken(s, made.get(s.args[0], ())) if s.op.role == role else s for s in program),
            values,
        )

    return engine


def _no_slope(right, g, args, before):
    """∂L/∂Z = ∂L/∂A, as if every activation were the identity."""
    return (g,)


def _z_for_a(right, g, args, before):
    """∂L/∂W = (∂L/∂Z)ᵀ Z of the layer before, where A belongs. Inputs have no Z."""
    return (right[0], g.swapaxes(-1, -2) @ before[0], *right[2:]) if before else right


def _no_share(right, g, args, before):
    """∂L/∂ℓₙ = 1 for the mean's 1/N."""
    return (np.broadcast_to(g[..., None], right[0].shape),)


def _one_path(right, g, args, before):
    """∂L/∂A through the next layer's first unit alone."""
    return (g[..., :1] @ args[1][..., :1, :], *right[1:])


def _new_weights(right, g, args, before):
    """∂L/∂A = (∂L/∂Z) W with the W of the next update."""
    return (g @ (args[1] - RATE * right[1]), *right[1:])


def _wrong_sign(right, g, args, before):
    """The target minus the prediction: downhill becomes uphill."""
    return (-right[0], *right[1:])


BROKEN = {
    "slope": Mistake("forgets the activation's slope", _planted("activation", _no_slope)),
    "z": Mistake("multiplies by z where a belongs", _planted("weighted sum", _z_for_a)),
    "share": Mistake("forgets to divide by the number of samples", _planted("reduction", _no_share)),
    "path": Mistake("follows one path of several", _planted("weighted sum", _one_path)),
    "early": Mistake("goes back through weights that are already updated", _planted("weighted sum", _new_weights)),
    "sign": Mistake("has the loss's slope the wrong way round", _planted("loss", _wrong_sign)),
}
