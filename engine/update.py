"""All that is known about one update: where it starts, its trace, its learning rate and where it lands. Computed once, then
only looked at; a click that stays inside an update computes nothing new."""

from dataclasses import dataclass
from functools import lru_cache

from engine.check import Verdict, check, composed
from engine.diagnosis import Diagnosis, diagnose
from engine.experiment import Experiment, batched, history_of, moments_of, moves_of, objective_at, objective_of, rate_of, rows_of
from engine.history import History
from engine.moments import Moment
from engine.objective import Objective
from engine.op import Array
from engine.program import Trace


@dataclass(frozen=True, eq=False)
class Update:
    """The update that starts after k updates. after (P,) and loss_after are None where the run stops being finite here.

    of: the loss it lowers, on the samples that it uses; rows (n,): which ones these are, counted from 0; whole: the loss on all.
    loss and loss_after are those of `of`. moves (P,) is 0 for a frozen parameter, 1 for any other.
    """

    of: Objective
    whole: Objective
    rows: Array
    history: History
    moments: tuple[Moment, ...]
    k: int
    theta: Array
    trace: Trace
    moves: Array
    rate: float
    after: Array | None
    loss: float
    loss_after: float | None
    diagnosis: Diagnosis | None

    @property
    def direction(self) -> Array:
        """(P,): what η multiplies in the update: the gradient, and 0 for a frozen parameter."""
        return self.moves * self.of.flat(self.trace.grads)


@lru_cache(maxsize=512)
def update_at(experiment: Experiment, k: int) -> Update:
    """The update that starts after k updates, or after the last finite one where the run stops before."""
    whole, history = objective_of(experiment), history_of(experiment, k)
    k = min(k, history.updates)
    of = objective_at(experiment, k)
    theta, trace = history.theta[k], of.trace(history.theta[k])
    lands, moves = k < history.updates, moves_of(experiment)
    after = history.theta[k + 1] if lands else None
    return Update(
        of,
        whole,
        rows_of(experiment, k),
        history,
        moments_of(experiment),
        k,
        theta,
        trace,
        moves,
        rate_of(experiment, k),
        after,
        float(history.loss[k]),
        float(of.loss(after)) if lands else None,
        diagnose(whole, history, whole.trace(theta) if batched(experiment) else trace, k, moves),
    )


@lru_cache(maxsize=256)
def verdicts_at(experiment: Experiment, k: int) -> tuple[Verdict, ...]:
    """Every gradient of this update's trace, checked three independent ways."""
    here = update_at(experiment, k)
    names = [name for name in here.trace.grads if name != here.of.program[-1].out]
    return tuple(v for n in names for v in check(here.of, here.theta, here.trace.grads, n, composed(here.of, n)))
