"""The sentences of the learning rate's page: what becomes of this run, what 2/λmax does and does not say about it, and every
picture once more in words."""

import numpy as np

from engine.diagnosis import STILL
from engine.experiment import Experiment
from engine.fates import HUGE, SETTLED, rights
from engine.outlook import KEPT, RATES, Runs, approach
from engine.update import Update
from view.learning_rate.fates import ends_at, fate_names, with_loss
from view.learning_rate.forecast import family_of, row_of, stretches
from view.learning_rate.foresight import oracle_of
from view.numbers import is_, show
from view.text import Text

LOST, ARRIVED = ("dead", "diverged"), ("valley", "basin", "right")


def ending(experiment: Experiment, here: Update, text: Text) -> str:
    """The first sentence: what becomes of the run at this rate."""
    runs, row = row_of(experiment, here)
    fate, end, loss = runs.fates[runs.codes[row]], runs.sweep.theta[-1, row], float(runs.sweep.loss[-1, row])
    fields = {"eta": show(here.rate), "loss": ends_at(loss), "n": f"{KEPT[-1]:,}"}
    if runs.codes[row] >= SETTLED:
        said = [_at_rest(here, runs, row, fields, text), _right(here, end, text)]
        return text(" ").join(part for part in said if part)
    if fate.kind == "dead":
        kind = "end-dead-network" if experiment.hidden else "end-dead"
        return text.say(kind, when=_when(runs, row, text), **fields)
    if fate.kind == "diverged":
        fields["n"] = f"{next(k for k, x in zip(KEPT, runs.sweep.loss[:, row], strict=True) if not x < HUGE):,}"
    if fate.kind == "undecided" and loss > here.loss:
        return text.say("end-higher", **fields)
    return text.say(f"end-{fate.kind}", **fields)


def _called(runs: Runs, row: int, here: Update, text: Text) -> str:
    return fate_names(runs.fates, here.of, text)[runs.codes[row]]


def _at_rest(here: Update, runs: Runs, row: int, fields: dict, text: Text) -> str:
    called, factor = _called(runs, row, here, text), approach(here.of, runs.sweep.theta[:, row], here.rate, here.moves)
    if factor is None:
        return text.say("end-place", fate=called, **fields)
    nearer = show(round(100 * (1 - abs(factor)), 1))
    way = "exact" if factor == 0 else "across" if factor < 0 else "straight"
    return text.say(f"end-place-{way}", fate=called, factor=is_(factor), percent=nearer, **fields)


def _right(here: Update, end: np.ndarray, text: Text) -> str:
    """Whether the table of zeros and ones is learned there: how many outputs are on their target's side of one half."""
    right = rights(here.of, end)
    if right is None:
        return ""
    wrong, count = int((~right).sum()), right.size
    return text.say("right-all" if not wrong else "right-some", wrong=wrong, count=count)


def _when(runs: Runs, row: int, text: Text) -> str:
    """After how many updates theta stands where it stays."""
    still = (runs.sweep.theta[:, row] == runs.sweep.theta[-1, row]).all(axis=-1)
    first = int(np.argmax(still))
    if first == 0:
        return text.say("when-now")
    if KEPT[first] == 1:
        return text.say("when-one")
    return text.say("when-exact" if KEPT[first] == KEPT[first - 1] + 1 else "when-by", n=f"{KEPT[first]:,}")


def limit(experiment: Experiment, here: Update, text: Text) -> str:
    """The second sentence: 2/λmax held against what the runs really do."""
    known = oracle_of(experiment, here).curvature
    if 0 < np.abs(here.direction).max() < STILL:
        return text.say("limit-arrived")
    if known.limit is None:
        return text.say("limit-none")
    runs = family_of(experiment, here)
    kinds = np.array([runs.fates[c].kind for c in runs.codes])
    below = np.flatnonzero((known.limit > RATES) & np.isin(kinds, LOST))
    above = np.flatnonzero((known.limit < RATES) & np.isin(kinds, ARRIVED))
    fields = {"limit": is_(known.limit)}
    if below.size:
        fields |= {"below": show(RATES[below[0]]), "below_fate": _fate(runs, below[0], here, text)}
    if above.size:
        fields |= {"above": show(RATES[above[-1]]), "above_fate": _fate(runs, above[-1], here, text)}
    if below.size or above.size:
        kind = "both" if below.size and above.size else "not-safe" if below.size else "not-fatal"
    else:
        kind = "kink" if known.kink else "beyond" if known.limit > RATES[-1] else "here"
    return text.say(f"limit-{kind}", **fields)


def _fate(runs: Runs, row: int, here: Update, text: Text) -> str:
    return with_loss(_called(runs, row, here, text), float(runs.sweep.loss[-1, row]), text)


def sweep(experiment: Experiment, here: Update, text: Text) -> str:
    """The sweep picture in words: from which rate to which a run ends where."""
    runs = family_of(experiment, here)
    said = []
    for a, b in stretches(runs.codes):
        fate, first, last = _called(runs, a, here, text), show(RATES[a]), show(RATES[b])
        one = text("{rate}: {fate}", rate=first, fate=fate)
        said.append(one if a == b else text("{first} to {last}: {fate}", first=first, last=last, fate=fate))
    known = oracle_of(experiment, here).curvature.limit
    about = text.say("limit-none") if known is None else text("2/λmax {limit}.", limit=is_(known))
    fields = {"count": len(RATES), "low": show(RATES[0]), "high": show(RATES[-1])}
    return text.say("alt-sweep", stretches=text("; ").join(said), limit=about, **fields)
