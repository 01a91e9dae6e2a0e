"""The sentences of the optimizers' page: how far they are, what becomes of each, and what a hyper-parameter at the end of its range
does to it. Every number in them is the engine's."""

import numpy as np

from engine.lane_health import extremes, finding
from engine.lockstep import Best
from engine.method import optimizer_of
from engine.optimizers import OPTIMIZERS
from engine.race import SPAN
from view import names
from view.numbers import is_, row, show
from view.optimizers import called
from view.optimizers.called import name
from view.optimizers.landscape import View
from view.optimizers.state import Now
from view.text import Text

MEMORY = 1e6  # a step so many times larger than η times the gradient is not made of this gradient


def sentence(now: Now, text: Text) -> str:
    """The first line: who is lowest, and who is highest."""
    losses = [now.loss(at) for at in range(len(now.lanes))]
    low, high = int(np.argmin(losses)), int(np.argmax(losses))
    start = row(now.lanes[0].history.theta[0])
    fields = {"k": now.k, "count": len(losses), "start": start, "low": is_(losses[low]), "high": is_(losses[high])}
    fields |= {"best": _numbered(now, low, text), "worst": _numbered(now, high, text)}
    if now.k == 0:
        return text.say("at-start", **fields)
    return text.say("all-same" if losses[low] == losses[high] else "one-update" if now.k == 1 else "after", **fields)


def _numbered(now: Now, at: int, text: Text) -> str:
    return f"{at + 1} · {name(now.race.methods[at], text)}"


def mode(now: Now, tried: int, text: Text) -> str:
    """The second line: on what terms they run."""
    if now.race.mode == "same":
        return text.say("mode-same", eta=show(now.race.eta))
    return text.say("mode-best", tried=tried, low=show(SPAN[0]), high=show(SPAN[1]), ahead=now.race.horizon)


# One lane


def state(now: Now, at: int, text: Text) -> str:
    """A few words for the legend."""
    found = finding(now.of, now.lanes[at], now.rates[at], now.at(at))
    return text.say(f"state-{found.kind}", since=found.since) if found else ""


def effective(now: Now, at: int, step: float, text: Text) -> str:
    """What this update amounts to as a rate: the step in units of the gradient."""
    g = float(now.of.loss_and_gradient(now.theta(at))[1][now.race.shown])
    gradient = names.partial(*now.of.parameters[now.race.shown])
    if g == 0:
        return text.say("effective-none", gradient=gradient)
    rate = -step / g
    if not np.isfinite(rate):
        return text.say("effective-broken", gradient=gradient)
    eta = now.rates[at]
    if abs(rate) > MEMORY * eta:
        return text.say("effective-memory", gradient=gradient, g=is_(g))
    return text.say("effective", gradient=gradient, rate=is_(rate), times=show(rate / eta) if eta else "0")


def remarks(now: Now, at: int, text: Text) -> list[str]:
    """What becomes of this lane, what its extreme hyper-parameters do, and what else Keras does otherwise."""
    method, told = now.race.methods[at], []
    found = finding(now.of, now.lanes[at], now.rates[at], now.at(at))
    if found:
        fields = {"since": found.since, "loss": is_(found.loss), "what": called.SYMBOLS.get(found.what, found.what)}
        told.append(text.say(f"finding-{found.kind}", **fields))
    told += [text.say(f"extreme-{which}") for which in extremes(method, now.rates[at])]
    if method.flavour == "keras":
        told.append(_defaults(now, at, text))
    return told


def _defaults(now: Now, at: int, text: Text) -> str:
    """The hyper-parameters that Keras starts with and PyTorch does not."""
    here, there = optimizer_of(now.race.methods[at]).hyper, OPTIMIZERS[now.race.methods[at].key].hyper
    listed = [f"{called.HYPER[key]} = {show(x)} ({show(there[key])})" for key, x in here.items() if x != there.get(key, x)]
    return text.say("keras-defaults", listed=text(", ").join(listed)) if listed else ""


def landing(now: Now, at: int, text: Text) -> str:
    history, k = now.lanes[at].history, now.at(at)
    where = row(history.theta[k + 1]) if now.of.size <= 3 else ""
    return " ".join(filter(None, (where, f"L {is_(float(history.loss[k + 1]))}")))


# The pictures


def race_texts(now: Now, view: View, text: Text) -> dict:
    stand = [text("{name}: L {loss}", name=_numbered(now, at, text), loss=is_(now.loss(at))) for at in range(len(now.lanes))]
    lanes = text("; ").join(stand)
    fields = {"across": view.names[0], "up": view.names[1], "k": now.k, "lanes": lanes, "start": row(now.lanes[0].history.theta[0])}
    surface = text.say("alt-surface" if view.exact else "alt-shadows", **fields)
    return {
        "legend": text("Optimizers of this race"),
        "surfaceTitle": text("Side by side on the surface"),
        "surfaceNote": text("click to start there") if view.exact else text("shadows on one plane through the start"),
        "switch3d": text("3-D"),
        "switchContour": text("Contour"),
        "alt3d": surface,
        "altContour": surface,
        "start": text("start, k = 0") if now.k else "",
        "curveTitle": text("Loss, update by update"),
        "curveNote": text("click to go to an update"),
        "updateAxis": text("updates made k"),
        "jump": text("Go to an update"),
        "altCurve": text.say("alt-curves", k=now.k, lanes=lanes),
    }


def sweep_texts(now: Now, found: tuple[Best, ...], text: Text) -> dict:
    fields = {"ahead": now.race.horizon, "tried": len(found[0].rates)}
    return {
        "title": text("Where each ends, for every learning rate"),
        "note": text("loss after {ahead} updates · {tried} rates", **fields),
        "etaAxis": text("learning rate η"),
        "best": text("best"),
        "alt": text.say("alt-sweep", bests=text("; ").join(best_words(now, found, text)), **fields),
    }


def best_words(now: Now, found: tuple[Best, ...], text: Text) -> list[str]:
    """Each lane's best rate and the loss it leads to."""
    told = []
    for at, best in enumerate(found):
        who = _numbered(now, at, text)
        if best.rate is None:
            told.append(text("{name}: no rate leads to a finite loss", name=who))
        else:
            fields = {"name": who, "eta": is_(best.rate), "loss": is_(float(np.nanmin(best.losses)))}
            told.append(text("{name}: η {eta}, L {loss}", **fields))
    return told
