"""What mends a finding: one change of the experiment, chosen by its cause, and made so that it really helps: other weights are
drawn until their start is healthy, and the learning rate is lowered until the trouble is gone at the same update."""

from dataclasses import replace
from functools import lru_cache
from itertools import islice

from engine.experiment import Experiment, history_of, moves_of, rate_of, work_of
from engine.health import Finding, findings
from engine.limits import CURE_WORK, RATE, SEED
from engine.losses import FUSED
from engine.update import update_at
from view.numbers import show

GOOD = ("glorot_uniform", "he_normal")  # starts made so that gradients neither fade nor swell
CURES = {  # act -> (label, act)
    "seed": ("Draw the next healthy seed", "seed"),
    "glorot": ("Draw Glorot weights", "glorot"),
    "rate": ("Lower the learning rate", "rate"),
    "fused": ("Use the loss that reads z", "fused"),
    "tanh": ("Use tanh in the hidden layers", "tanh"),
    "relu": ("Use ReLU in the hidden layers", "relu"),
}
AT_START = {
    "dead": ("seed", "tanh"), "symmetric": ("seed",), "exploding": ("seed", "rate"), "saturated": ("fused", "tanh", "relu"),
    "vanishing": ("tanh", "relu"),
}  # fmt: skip
WORST = 10**6
CALL = 4_000  # an update of the smallest network takes as long as so many samples × weights
SEEDS, TRIES = 30, 4  # how many starts are looked at, and how many runs are made to see whether they stay healthy


@lru_cache(maxsize=128)
def found_at(experiment: Experiment, k: int) -> tuple[Finding, ...]:
    """All that is wrong after k updates, on all samples."""
    here = update_at(experiment, k)
    return findings(here.whole, here.history, here.k, here.rate * moves_of(experiment), here.of)


@lru_cache(maxsize=128)
def cure(finding: Finding, experiment: Experiment) -> str:
    """The act that mends it. What was not there at the start came with updates that were too large; what was there is tried on the
    start, one act after the other."""
    growing = "norm then" in dict(finding.numbers)
    if finding.kind == "not_finite" or growing or finding.since > 0:
        return "rate"
    drawn = experiment.weights is None and experiment.initialiser in GOOD
    acts = (*(() if drawn else ("glorot",)), *AT_START[finding.kind])
    healed = (act for act in acts if not _ills(cured(act, experiment, 0, finding.kind), 0, finding.kind)[0])
    return next(healed, acts[0])


def cured(act: str, experiment: Experiment, k: int, kind: str) -> Experiment:
    """The experiment with this change. Weights are drawn, and η lowered, until nothing is found after k updates and the loss is
    lower; where no try comes so far, the first of those with the least of this kind. The longer the run, the fewer are tried."""
    if act == "rate":
        rate = rate_of(experiment, k)
        tries = [replace(experiment, rates=((0, max(rate / 10**n, RATE[0])),)) for n in range(1, TRIES + 1)]
    elif act in ("seed", "glorot"):
        how = {"weights": None} if act == "seed" else {"weights": None, "initialiser": "glorot_uniform"}
        first = experiment.seed + (act == "seed")
        drawn = [replace(experiment, seed=(first + n) % (SEED[1] + 1), **how) for n in range(SEEDS)]
        tries = [*islice((e for e in drawn if not found_at(e, 0)), TRIES)] or drawn[:1]
    elif act == "fused":
        return replace(experiment, loss=_fused(experiment))
    else:
        return replace(experiment, hidden=tuple((n, act) for n, _ in experiment.hidden))
    tries = tries[: max(1, CURE_WORK // (k * (work_of(experiment) + CALL) + 1))]
    best = tries[0]
    if len(tries) == 1:  # nothing to choose from; the page makes a long run where it can be watched and left
        return best

    def ills(new: Experiment) -> tuple[int, int, bool]:
        return *_ills(new, k, kind), not lower(experiment, new, k)

    for new in tries:
        best = min(best, new, key=ills)
        if ills(best) == (0, 0, False):
            break
    return best


def lower(before: Experiment, after: Experiment, k: int) -> bool:
    """Whether the loss on all samples is lower now, in the digits that are shown; nobody asks that of a start."""
    then, now = (float(here.whole.loss(here.theta)) for here in (update_at(before, k), update_at(after, k)))
    return k == 0 or not (now >= then or show(now) == show(then))


def _ills(experiment: Experiment, k: int, kind: str) -> tuple[int, int]:
    """(findings of this kind, all findings) after k updates, each unit counted; a run that ends before counts as the worst."""
    if history_of(experiment, k).updates < k:
        return WORST, WORST
    found = found_at(experiment, k)
    return tuple(sum(max(1, len(f.places)) for f in found if f.kind in kinds) for kinds in ((kind,), {f.kind for f in found}))


def _fused(experiment: Experiment) -> str:
    """The same loss read from z, where the last activation is the one it contains; otherwise the loss itself."""
    key = f"{experiment.loss}_logits"
    return key if FUSED.get(key) == experiment.activation else experiment.loss
