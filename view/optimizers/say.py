"""The sentences of the optimizers' page: how far they are, what becomes of each, and what a hyper-parameter at the end of its range
does to it. Every number in them is the engine's."""

import numpy as np

from engine.lane_health import Finding, extremes, finding
from engine.lockstep import Best
from engine.method import KERAS, PYTORCH, Method, optimizer_of
from engine.optimizers import OPTIMIZERS, variant
from engine.race import SPAN, bests_of
from view import names
from view.numbers import is_, row, show
from view.optimizers import called
from view.optimizers.called import name
from view.optimizers.landscape import View
from view.optimizers.state import Now
from view.text import Text

SUMS = ("momentum", "nesterov")  # their step is η times a sum of gradients
MEMORY = 1e6  # a step so many times larger than η times the gradient is not made of this gradient


def sentence(now: Now, text: Text) -> str:
    """The first line: who is lowest and who is highest of those that go on, and who has stopped."""
    count = len(now.lanes)
    out = [at for at in range(count) if now.at(at) < now.k]
    on = [at for at in range(count) if at not in out]
    losses = {at: now.loss(at) for at in on}
    low, high = min(losses.values()), max(losses.values())
    fields = {"updates": updates(now.k, text), "count": count, "start": row(now.lanes[0].history.theta[0])}
    fields |= {"low": is_(low), "high": is_(high)}
    fields |= {"best": listed(now, [at for at in on if losses[at] == low], text)}
    fields |= {"worst": listed(now, [at for at in on if losses[at] == high], text)}
    if now.k == 0:
        return text.say("at-start" if count > 1 else "at-start-alone", **fields)
    same = "all-same" if len(on) > 1 else "alone"
    said = text.say(same if low == high else "after", **fields)
    return text("{first} {second}", first=said, second=text.say("stopped-before", who=listed(now, out, text))) if out else said


def updates(k: int, text: Text) -> str:
    return text("one update") if k == 1 else text("{n} updates", n=k)


def listed(now: Now, lanes: list[int], text: Text) -> str:
    return text(", ").join(_numbered(now, at, text) for at in lanes)


def _numbered(now: Now, at: int, text: Text) -> str:
    return f"{at + 1} · {name(now.race.methods[at], text)}"


def mode(now: Now, text: Text) -> str:
    """The second line: on what terms they run. In mode "best" a lane that no rate keeps finite has none of its own."""
    if now.race.mode == "same":
        return text.say("mode-same", eta=show(now.race.eta))
    found = bests_of(now.course, now.race.methods, now.race.horizon)
    fields = {"tried": len(found[0].rates), "low": show(SPAN[0]), "high": show(SPAN[1]), "ahead": now.race.horizon}
    said, lost = text.say("mode-best", **fields), [at for at, best in enumerate(found) if best.rate is None]
    return text("{first} {second}", first=said, second=text.say("no-rate", who=listed(now, lost, text), **fields)) if lost else said


# One lane


def found_of(now: Now, at: int) -> Finding | None:
    return finding(now.of, now.lanes[at], now.rates[at], now.at(at), now.moves)


def state(now: Now, at: int, text: Text) -> str:
    """A few words for the legend."""
    found = found_of(now, at)
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
    if now.race.methods[at].key in SUMS and abs(rate) > MEMORY * eta:
        return text.say("effective-memory", gradient=gradient, g=is_(g))
    return text.say("effective", gradient=gradient, rate=is_(rate), times=show(rate / eta) if eta else "0")


def all_remarks(now: Now, text: Text) -> list[str]:
    """The remarks of all lanes, each under its lane's name."""
    lanes = range(len(now.lanes))
    return [text("{name}: {words}", name=_numbered(now, at, text), words=words) for at in lanes for words in remarks(now, at, text)]


def remarks(now: Now, at: int, text: Text) -> list[str]:
    """What becomes of this lane, what its extreme hyper-parameters do, and what else Keras does otherwise."""
    method, told = now.race.methods[at], []
    found = found_of(now, at)
    if found:
        fields = {"since": found.since, "loss": is_(found.loss), "what": called.SYMBOLS.get(found.what, found.what)}
        told.append(text.say(f"finding-{found.kind}", **fields))
    told += [text.say(f"extreme-{which}") for which in extremes(method, now.rates[at])]
    return [*told, *_as_in_keras(method, text)] if method.flavour == KERAS else told


def _as_in_keras(method: Method, text: Text) -> list[str]:
    """The hyper-parameters that Keras starts with and PyTorch does not; and that its order of computing matters where β₂ = 1."""
    here, there = (variant(OPTIMIZERS[method.key], flavour, method.amsgrad).hyper for flavour in (KERAS, PYTORCH))
    listed = [f"{called.HYPER[key]} = {show(x)} ({show(there[key])})" for key, x in here.items() if x != there[key]]
    order = [text.say("keras-order")] if optimizer_of(method).hyper.get("beta2") == 1 else []
    return [*order, text.say("keras-defaults", listed=text(", ").join(listed))]


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
        who, ends = _numbered(now, at, text), best.losses[np.isfinite(best.losses)]
        if best.rate is None:
            told.append(text("{name}: no rate leads to a finite loss", name=who))
            continue
        fields = {"name": who, "eta": is_(best.rate), "loss": is_(float(ends.min()))}
        if ends.min() == ends.max():
            told.append(text("{name}: every rate leads to the same loss, L {loss}", **fields))
            continue
        edge = best.rate in (best.rates[0], best.rates[-1])
        told.append(
            text("{name}: η {eta}, at the edge of what was tried, L {loss}" if edge else "{name}: η {eta}, L {loss}", **fields)
        )
    return told
