"""The loss as a time line: of the training samples, of the held-out ones and of the run that was pinned, over the same updates. It
is also the way to any moment: it names the film by which the browser shows each of them while it is dragged."""

from functools import lru_cache
from itertools import pairwise

import numpy as np
import streamlit as st

from engine.experiment import Experiment, batched, objective_of
from engine.history import History
from engine.objective import objective
from engine.op import Array
from engine.update import Update
from view import figures
from view.network.net_decision import Ends, held_out
from view.network.net_film import film_name, losses_at, run_of
from view.numbers import is_
from view.scene import caption
from view.text import Text

POINTS = 400  # of a curve
FLOOR = figures.FLOOR
RUNS = 16  # whose furthest update is remembered
ABOVE = 0.7  # how much higher than this run's losses the picture may reach for a pinned one: decades


def updates_in_sight(experiment: Experiment, here: Update) -> int:
    """How many updates of this run are shown: all that this session has seen of it, so that going back loses nothing."""
    seen = st.session_state.setdefault("furthest", {})
    seen[experiment] = max(seen.pop(experiment, 0), here.history.updates)  # the run looked at last stands last
    while len(seen) > RUNS:
        del seen[next(iter(seen))]
    return seen[experiment]


def kept(loss: Array) -> Array:
    """At most POINTS updates of a run with these losses (T+1,): on the logarithmic axis, the lowest and highest of each stretch."""
    if len(loss) <= POINTS:
        return np.arange(len(loss))
    ends = np.unique(np.round(np.expm1(np.linspace(0, np.log(len(loss)), POINTS // 2)))).astype(int)
    ends[-1] = len(loss)
    stretches = [(a, loss[a:b]) for a, b in pairwise(ends)]
    found = [a + pick(part) for a, part in stretches for pick in (np.argmin, np.argmax)]
    return np.unique([0, *found, len(loss) - 1])


def losses(experiment: Experiment, history: History, ks: Array) -> tuple[Array, Array | None]:
    """The loss on all training samples and on the held-out ones, None without them, each (K,), after ks updates (K,)."""
    of, held = objective_of(experiment), held_out(experiment)
    train = losses_at(of, history.theta[ks]) if batched(experiment) else history.loss[ks]
    if held is None:
        return train, None
    return train, losses_at(objective(of.program, {"x": held.x, "y_true": held.y_true}, of.layout), history.theta[ks])


@lru_cache(maxsize=16)
def curves(experiment: Experiment, updates: int) -> dict[str, Array]:
    """train, held (without held-out samples it is missing) and, of mini-batches, batches: each rows (K, 2) of k and the loss."""
    history = run_of(experiment, updates)
    ks = kept(history.loss)
    train, held = losses(experiment, history, ks)
    drawn = {"train": train, "held": held, "batches": history.loss[ks] if batched(experiment) else None}
    return {name: np.column_stack([ks, loss]) for name, loss in drawn.items() if loss is not None}


def time_line(
    experiment: Experiment,
    here: Update,
    pinned: Experiment | None,
    text: Text,
    updates: int | None = None,
    axes: Ends | None = None,
) -> dict:
    """The data of components/timeline.js: what has been and, grey, what has been computed ahead. updates: how many are in sight, at
    least those of here.history, which it is by default; axes: those that the film is asked for."""
    k, last = here.k, updates or here.history.updates
    drawn = dict(curves(experiment, last))
    own = np.concatenate([rows[:, 1] for name, rows in drawn.items() if name != "batches"])
    if pinned is not None:
        drawn["pinned"] = curves(pinned, last)["train"]
    low, high = _ends(own, drawn.get("pinned"))
    loss = float(here.whole.loss(here.theta))
    marks = [n for e in range(5) for n in (10**e, 3 * 10**e) if n <= last]
    return {
        **{name: _placed(drawn.get(name)) for name in ("train", "held", "batches", "pinned")},
        "k": k,
        "last": last,
        "now": float(figures.height(loss, FLOOR)),
        "film": film_name(experiment, last, axes),
        "axes": {
            "x": [0.0, float(np.log10(1 + max(last, 1)))],
            "y": [low, high],
            "xticks": [(float(np.log10(1 + n)), f"{n:,}") for n in (0, *marks)],
            "yticks": figures.loss_ticks(low, high, FLOOR, 4.5),
            "names": [text("updates made k"), figures.axis_name(FLOOR)],
        },
        "texts": {
            "title": text("Time line"),
            "note": text("drag to watch the run, click to go to an update"),
            "jump": text("Go to an update"),
            "alt": _alt(experiment, here, loss, pinned, drawn, text),
            **_losses(k, loss, last, float(drawn["train"][-1, 1]), batched(experiment), text),
            "held": text("held-out"),
            "pinned": "" if pinned is None else _name(experiment, pinned, text),
        },
    }


def _losses(k: int, loss: float, last: int, at_last: float, batches: bool, text: Text) -> dict[str, str]:
    """The words at the dot, in full and short; those at the curve's end, in two lines; and, where the loss of a mini-batch is
    another one, what the curve and the dots are."""
    whole, short = (text("L of all samples"), "") if batches else ("L", "L ")
    return {
        "now": text("now, k = {k}: {loss}", k=f"{k:,}", loss=f"{whole} {is_(loss)}"),
        "nowShort": f"k = {k:,}, {short}{is_(loss)}",
        "end": text("k = {k}:", k=f"{last:,}"),
        "train": f"{short}{is_(at_last)}",
        "of": whole,
        "batches": text("L of a single batch") if batches else "",
    }


def _placed(rows: Array | None) -> dict | None:
    """k, height and loss."""
    return rows if rows is None else figures.packed(np.column_stack([rows[:, 0], figures.height(rows[:, 1], FLOOR), rows[:, 1]]))


def _ends(own: Array, pinned: Array | None) -> tuple[float, float]:
    """The heights at the picture's rims; a pinned run that is far worse leaves it."""
    heights = figures.height(own, FLOOR)
    low, high = float(heights.min()), float(heights.max())
    if pinned is not None:
        other = figures.height(pinned[:, 1], FLOOR)
        low, high = min(low, float(other.min())), max(high, min(float(other.max()), high + ABOVE))
    slack = max(0.08 * (high - low), 0.02)
    return low - slack, high + slack


def _name(experiment: Experiment, pinned: Experiment, text: Text) -> str:
    """The pinned run, and its loss where that is another one."""
    other = caption(pinned.loss, text)
    return text("pinned run") if pinned.loss == experiment.loss else text("pinned run: {loss}", loss=other)


def _alt(experiment: Experiment, here: Update, loss: float, pinned: Experiment | None, drawn: dict, text: Text) -> str:
    said = [text.say("alt-curve", loss=is_(loss), k=here.k)]
    at = np.array([here.k])
    held = losses(experiment, here.history, at)[1]
    if held is not None:
        said.append(text.say("time-held", loss=is_(float(held[0]))))
    if pinned is not None:
        k, last = drawn["pinned"][-1]
        said.append(text.say("time-pinned", loss=is_(float(last)), k=int(k)))
    return (" " if text.lang == "en" else "").join(said)
