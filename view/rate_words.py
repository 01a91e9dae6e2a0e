"""The sentences of the learning rate's page: what becomes of this run, what 2/λmax does and does not say about it, and every
picture once more in words."""

import numpy as np

from engine.experiment import Experiment
from engine.fates import SETTLED
from engine.hessian import curvature
from engine.outlook import KEPT, RATES, Runs
from engine.update import Update
from view.fates import ends_at, fate_names, with_loss
from view.forecast import family_of, row_of, stretches
from view.foresight import oracle_of
from view.numbers import is_, show
from view.text import Text

LOST = ("dead", "diverged")


def ending(experiment: Experiment, here: Update, text: Text) -> str:
    """The first sentence: what becomes of the run at this rate."""
    runs, row = row_of(experiment, here)
    fate, loss = runs.fates[runs.codes[row]], float(runs.sweep.loss[-1, row])
    fields = {"eta": show(here.rate), "loss": ends_at(loss), "n": f"{KEPT[-1]:,}"}
    if runs.codes[row] >= SETTLED:
        return _at_rest(here, _called(runs, row, here, text), runs.sweep.theta[-1, row], fields, text)
    if fate.kind == "dead":
        kind = "end-dead-network" if experiment.hidden else "end-dead"
        return text.say(kind, when=_when(runs, row, text), **fields)
    if fate.kind == "diverged":
        fields["n"] = f"{next(k for k, x in zip(KEPT, runs.sweep.loss[:, row], strict=True) if not x < 1e30):,}"
    return text.say(f"end-{fate.kind}", **fields)


def _called(runs: Runs, row: int, here: Update, text: Text) -> str:
    return fate_names(runs.fates, here.of, text)[runs.codes[row]]


def _at_rest(here: Update, called: str, end: np.ndarray, fields: dict, text: Text) -> str:
    bent = curvature(here.of, end, here.moves)
    if bent.kink or bent.limit is None:
        return text.say("end-place", fate=called, **fields)
    factor = round(1 - 2 * here.rate / bent.limit, 8)  # the Hessian is found by differences: its last digits are rounding
    if abs(factor) >= 1:  # it stood there already; a push would lead away
        return text.say("end-place", fate=called, **fields)
    nearer = show(round(100 * (1 - abs(factor)), 1))
    way = "exact" if factor == 0 else "across" if factor < 0 else "straight"
    return text.say(f"end-place-{way}", fate=called, factor=is_(factor), percent=nearer, **fields)


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
    if known.limit is None:
        return text.say("limit-none")
    runs = family_of(experiment, here)
    lost = np.array([runs.fates[c].kind in LOST for c in runs.codes])
    below = np.flatnonzero((known.limit > RATES) & lost)
    elsewhere = len(runs.fates) - 1
    above = np.flatnonzero((known.limit < RATES) & (runs.codes >= SETTLED) & (runs.codes < elsewhere))
    fields = {"limit": is_(known.limit)}
    if below.size:
        fields |= {"below": show(RATES[below[0]]), "below_fate": _fate(runs, below[0], here, text)}
    if above.size:
        fields |= {"above": show(RATES[above[0]]), "above_fate": _fate(runs, above[0], here, text)}
    kind = {(True, True): "both", (True, False): "not-safe", (False, True): "not-fatal"}.get((bool(below.size), bool(above.size)))
    return text.say(f"limit-{kind or ('kink' if known.kink else 'here')}", **fields)


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
