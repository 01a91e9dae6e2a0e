"""What becomes of one optimizer's run: it stops being finite, flies off, cannot move, arrives. And what a hyper-parameter at the
end of its range will do to it, said before the reader has to find out."""

from dataclasses import dataclass

import numpy as np

from engine.lockstep import SILENT, Lane
from engine.method import Method, optimizer_of
from engine.objective import Objective

FLOWN = 1e3  # a loss this many times that of the start has flown off
NEAR = 1e-6  # a loss below this has arrived
LEVEL = 1e-9  # a gradient whose largest part is below this is level ground
EXTREMES = {  # the value of a hyper-parameter at which it does something else than it is there for
    "momentum": 1.0,
    "beta1": 1.0,
    "beta2": 1.0,
    "alpha": 1.0,
    "eps": 0.0,
}


@dataclass(frozen=True)
class Finding:
    """kind: "stopped", "flown", "rests", "coasting", "level", "arrived" or "still".

    since: the first number of updates at which it holds; what: of a stopped run the first number that is not finite ("g", "loss"
    or a name the optimizer works out); loss: the last finite one.
    """

    kind: str
    since: int
    loss: float
    what: str = ""


def finding(of: Objective, lane: Lane, rate: float, k: int) -> Finding | None:
    """What is to be said of this lane, whose η is `rate`, after k updates; None while it is on its way."""
    history = lane.history
    if history.stopped is not None and k >= history.updates:
        return Finding("stopped", history.stopped, float(history.loss[-1]), culprit(of, lane, rate))
    losses = history.loss[: k + 1]
    loss = float(losses[-1])
    if loss < NEAR:
        return Finding("arrived", _since(losses < NEAR), loss)
    if loss > FLOWN * losses[0]:
        return Finding("flown", _since(losses > FLOWN * losses[0]), loss)
    g = of.loss_and_gradient(history.theta[k])[1]
    rests = k < history.updates and np.array_equal(history.theta[k], history.theta[k + 1])
    if not g.any():
        same = (history.theta[: k + 1] == history.theta[k]).all(axis=1)
        return Finding("rests", _since(same), loss) if rests else Finding("coasting", k, loss)
    if np.abs(g).max() < LEVEL:
        return Finding("level", k, loss)
    return Finding("still", k, loss) if rests else None


def culprit(of: Objective, lane: Lane, rate: float) -> str:
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
    """The hyper-parameters of this method that stand at an extreme, "lr" too where η = 0."""
    hyper = optimizer_of(method).hyper
    found = tuple(name for name, value in EXTREMES.items() if hyper.get(name) == value)
    return (*found, "lr") if eta == 0 else found


def _since(holds: np.ndarray) -> int:
    """The first of the updates from which on it has held without a break; it holds at the last one."""
    return len(holds) - int(np.argmin(holds[::-1])) if not holds.all() else 0
