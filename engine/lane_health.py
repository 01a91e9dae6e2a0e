"""What becomes of one optimizer's run: it stops being finite, flies off, cannot move, arrives. And what a hyper-parameter at the
end of its range will do to it, said before the reader has to find out."""

from dataclasses import dataclass

import numpy as np

from engine.lockstep import SILENT, Lane
from engine.method import Method, optimizer_of
from engine.objective import Objective
from engine.op import Array

FLOWN = 1e3  # a loss this many times that of the start, or this large where the start is low, has flown off
NEAR = 1e-6  # a loss below this has arrived
LEVEL = 1e-9  # a gradient whose largest part is below this is level ground
EXTREMES = {  # what is said -> which hyper-parameter does something else than it is there for, at which value, and of whom
    "momentum": ("momentum", 1.0, ("momentum",)),
    "momentum-ahead": ("momentum", 1.0, ("nesterov",)),
    "beta1": ("beta1", 1.0, ("adam", "adamw")),
    "beta1-ahead": ("beta1", 1.0, ("nadam",)),
    "beta2": ("beta2", 1.0, ("adam", "adamw", "nadam")),
    "alpha": ("alpha", 1.0, ("rmsprop",)),
    "eps": ("eps", 0.0, ("adagrad", "rmsprop", "adam", "adamw", "nadam")),
}


@dataclass(frozen=True)
class Finding:
    """kind: "stopped", "flown", "rests", "coasting", "level", "arrived", "still" or "tiny".

    since: the first number of updates at which it holds; what: of a stopped run the first number that is not finite ("g", "loss"
    or a name the optimizer works out); loss: the last finite one.
    """

    kind: str
    since: int
    loss: float
    what: str = ""


def finding(of: Objective, lane: Lane, rate: float, k: int, moves: Array | float = 1.0) -> Finding | None:
    """What is to be said of this lane, whose η is `rate`, after k updates; None while it is on its way. moves: 0 where frozen."""
    history = lane.history
    if history.stopped is not None and k >= history.updates:
        return Finding("stopped", history.stopped, float(history.loss[-1]), culprit(of, lane, rate * moves))
    losses = history.loss[: k + 1]
    loss, bound = float(losses[-1]), FLOWN * max(1.0, float(losses[0]))
    if loss < NEAR:
        return Finding("arrived", _since(losses < NEAR), loss)
    if loss > bound:
        return Finding("flown", _since(losses > bound), loss)
    g = of.loss_and_gradient(history.theta[k])[1]
    step, _ = lane.optimizer.update(history.theta[k], g, lane.state(k), k + 1, lr=rate * moves)
    stays = k < history.updates and np.array_equal(history.theta[k], history.theta[k + 1])
    same = (history.theta[: k + 1] == history.theta[k]).all(axis=1)
    if not (g * moves).any():
        return Finding("rests", _since(same), loss) if not step.any() else Finding("coasting", k, loss)
    if np.abs(g * moves).max() < LEVEL:
        return Finding("level", k, loss)
    if stays:
        return Finding("tiny" if step.any() else "still", _since(same), loss)
    return None


def culprit(of: Objective, lane: Lane, rate: Array | float) -> str:
    """The first number of the update that stopped a run which is not finite: what to look at."""
    last = lane.history.updates
    theta = lane.history.theta[last]
    with np.errstate(**SILENT):
        g = of.loss_and_gradient(theta)[1]
        if not np.isfinite(g).all():
            return "g"
        found = lane.optimizer.found(theta, g, lane.state(last), last + 1, lr=rate)
    return next((name for name, x in found.items() if not np.isfinite(x).all()), "loss")


def extremes(method: Method, eta: float) -> tuple[str, ...]:
    """What is to be said of the hyper-parameters of this method that stand at an extreme, "lr" too where η = 0."""
    hyper = optimizer_of(method).hyper
    found = [said for said, (name, value, keys) in EXTREMES.items() if method.key in keys and hyper.get(name) == value]
    if hyper.get("start", 0.0) > 0:  # then Adagrad has something to divide by
        found = [said for said in found if said != "eps"]
    return (*found, *["lr"] * (eta == 0))


def _since(holds: np.ndarray) -> int:
    """The first of the updates from which on it has held without a break; it holds at the last one."""
    return len(holds) - int(np.argmin(holds[::-1])) if not holds.all() else 0
