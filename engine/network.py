"""A network of any depth as a program: per layer a weighted sum and an activation, then the loss and its reduction. One layer
has the textbook's bare names x W b z y; more layers are numbered, and the last activation is always called y."""

from dataclasses import dataclass

import numpy as np

from engine.activations import ACTIVATIONS, CLASS_ACTIVATIONS
from engine.data import Data
from engine.initialisers import INITIALISERS
from engine.limits import LAYERS, UNITS
from engine.losses import CLASS_LOSSES, FUSED, LOSSES, REDUCTIONS
from engine.objective import Objective, objective
from engine.op import AFFINE, Array, Op
from engine.parse import cut, shortest
from engine.program import Step, forward
from engine.refused import Refused

SHARES = 1e-5  # a row of class probabilities may miss the sum 1 by this much, so that thirds can be typed as 0.333333


@dataclass(frozen=True)
class Network:
    """units: inputs, hidden layers, outputs; activations: one per layer of weights."""

    units: tuple[int, ...]
    activations: tuple[str, ...]
    bias: bool = True
    loss: str = "squared_error"
    reduction: str = "mean"


def known(kind: str, key: str, registry):
    """The registry's entry, or a refusal that lists what there is."""
    if key not in registry:
        raise Refused("{kind} “{found}” is not known; known are {allowed}.", kind=kind, found=key, allowed=", ".join(registry))
    return registry[key]


def offered(outputs: int) -> tuple[dict[str, Op], dict[str, Op]]:
    """The activations and losses for a last layer of so many units: with one output there are no classes to choose from."""
    return (ACTIVATIONS, LOSSES) if outputs == 1 else (ACTIVATIONS | CLASS_ACTIVATIONS, LOSSES | CLASS_LOSSES)


def network(net: Network, data: Data) -> Objective:
    """The network's loss on the data, as an objective. One sample has no reduction: its loss is L.

    A fused loss reads the last z itself; the activation it contains is a side step, shown but not on the path.
    """
    depth = len(net.units) - 1
    if not 1 <= depth <= LAYERS or not all(1 <= n <= UNITS for n in net.units) or len(net.activations) != depth:
        raise Refused(
            "A network has 1 to {layers} layers of 1 to {units} units, each with one activation.", layers=LAYERS, units=UNITS
        )
    if (net.units[0], net.units[-1]) != (data.x.shape[1], data.y_true.shape[1]):
        raise Refused(
            "The network has {inputs} inputs and {outputs} outputs, the data {x} and {y_true}.",
            inputs=net.units[0], outputs=net.units[-1], x=data.x.shape[1], y_true=data.y_true.shape[1],
        )  # fmt: skip
    _suits_classes(net, data.y_true)
    activations, losses = offered(net.units[-1])
    error = known("loss", net.loss, losses)
    reduction = known("reduction", net.reduction, REDUCTIONS)
    inside = FUSED.get(net.loss)
    if inside and net.activations[-1] != inside:
        raise Refused("The loss {loss} contains the activation {inside}; choose that one.", loss=net.loss, inside=inside)

    steps, layout, a = [], [], "x"
    for layer, key in enumerate(net.activations, start=1):
        tag = "" if depth == 1 else str(layer)
        W, b, z, out = f"W{tag}", f"b{tag}", f"z{tag}", "y" if layer == depth else f"a{layer}"
        steps.append(Step(z, AFFINE, (a, W, b) if net.bias else (a, W)))
        steps.append(Step(out, known("activation", key, activations), (z,)))
        layout.append((W, (net.units[layer], net.units[layer - 1])))
        layout += [(b, (net.units[layer],))] if net.bias else []
        a = out
    predicted = steps[-1].args[0] if inside else a
    if len(data.x) == 1:
        steps.append(Step("L", error, (predicted, "y_true")))
    else:
        steps += [Step("l", error, (predicted, "y_true")), Step("L", reduction, ("l",))]
    return objective(tuple(steps), {"x": data.x, "y_true": data.y_true}, layout)


def _suits_classes(net: Network, y_true: Array) -> None:
    """Softmax ends a network; it and its losses need two classes or more; each row of targets shares out 1 among them."""
    for key in CLASS_ACTIVATIONS.keys() & set(net.activations if net.units[-1] == 1 else net.activations[:-1]):
        raise Refused("The activation {activation} belongs to an output layer of at least two units.", activation=key)
    if net.loss not in CLASS_LOSSES:
        return
    if net.units[-1] == 1:
        raise Refused("The loss {loss} needs at least two outputs, one for each class.", loss=net.loss)
    wrong = np.flatnonzero((y_true < 0).any(axis=1) | (np.abs(y_true.sum(axis=1) - 1) > SHARES))
    if wrong.size:
        raise Refused(
            "The loss {loss} needs targets that are probabilities and add up to 1 in each row; row {row} is {found}.",
            loss=net.loss, row=int(wrong[0]) + 1, found=cut(", ".join(map(shortest, y_true[wrong[0]]))),
        )  # fmt: skip


def start(of: Objective, initialiser: str, seed: int) -> Array:
    """theta (P,): weights from the initialiser in the order of the layout, biases zero."""
    draw, rng = known("initialiser", initialiser, INITIALISERS), np.random.default_rng(seed)
    return of.checked(of.flat({n: draw(s, rng) if len(s) == 2 else np.zeros(s) for n, s in of.layout}))


def outputs(of: Objective, theta: Array, x: Array) -> dict[str, Array]:
    """Every unit's value for other inputs x (M, n_in): name -> (M, units). The loss knows only its own samples: it is left out."""
    steps = tuple(step for step in of.program if step.op.role not in ("loss", "reduction"))
    return forward(steps, {"x": x, **of.views(theta)})
