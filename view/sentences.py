"""The sentence of each moment: what has just been found, with this step's numbers. The wording lives in the locale files; here
the right wording is chosen and its numbers are filled in."""

import numpy as np

from engine.curves import switched
from engine.explain import shares_of, step_of
from engine.moments import Moment
from engine.update import Update
from view import entries, names
from view.numbers import equals, is_, row, show, signed
from view.text import Text

ROUNDING = 8 * np.finfo(float).eps  # relative: a change of L below this cannot be seen in L
DUST = 1e-12  # what binary rounding leaves of a share that is 0: no sample's wish
PLAIN = {"one": "activation-one", "batch": "activation-batch"}  # for an activation without a wording of its own


def of_moment(here: Update, moment: Moment, weight: tuple[int, ...], text: Text) -> str:
    """One sentence, in Markdown."""
    if moment.phase == "update":
        return _update(here, text)
    if moment.phase == "forward":
        return _forward(here, moment, text)
    if moment.name in dict(here.of.layout):
        return _parameter(here, moment.name, weight if moment.name == "W" else (0,), text)
    return _backward(here, moment, text)


def first(here: Update, text: Text) -> str:
    """The very first sentence: the goal, and the first value."""
    weights = [f"**{names.plain(n, i)}**" for n, i in here.of.parameters]
    listed = together(weights, text)
    fields = {"formula": _sum(here), "z": _all(here.trace.values["z"])}
    return text.say("goal-batch" if _many(here) else "goal-one", weights=listed, **fields)


def _many(here: Update) -> bool:
    return len(here.of.inputs["x"]) > 1


def _all(x) -> str:
    """ "= (0, 0.25)" or, for one sample, "= 0.25"."""
    flat = np.ravel(x)
    return is_(float(flat[0])) if len(flat) == 1 else f"{equals(*flat)} {row(flat)}"


def _forward(here: Update, moment: Moment, text: Text) -> str:
    values, step = here.trace.values, step_of(here.trace, moment.name)
    value = values[moment.name]
    size = "batch" if _many(here) else "one"
    target = show(float(values["y_true"][0, 0]))
    if step.op.role == "weighted sum":
        return text.say(f"z-{size}", formula=_sum(here), z=_all(value))
    if step.op.role == "activation":
        if moment.name not in here.trace.grads:
            return text.say("fused-side", y=_all(value))
        z = values[step.args[0]]
        side = ("-on" if z[0, 0] > 0 else "-off") if switched(step.op) and not _many(here) else ""
        on, count = int((z > 0).sum()), len(z)
        fields = {"z": show(float(z[0, 0])) if side == "-on" else _all(z), "y": _all(value)}
        own = f"{step.op.key}-{size}{side}"
        section = own if text.has(own) else PLAIN[size]
        return text.say(section, **fields, name=entries.name(step.op.key, text), target=target, on=on, count=count)
    if step.op.role == "loss" and _many(here):
        worst = int(np.argmax(value))
        return text.say("loss-batch", worst=worst + 1, loss=is_(float(value[worst])))
    if step.op.role == "loss":
        return text.say("loss-one", y=_all(values["y"]), target=target, loss=is_(here.loss))
    return text.say(f"reduction-{step.op.key}", count=len(here.of.inputs["x"]), loss=is_(here.loss))


def _sum(here: Update) -> str:
    """The weighted sum of one sample in numbers: 0.5·1 + 0.5·2 =, its last sign left to the value."""
    x, W = here.of.inputs["x"][0], here.trace.values["W"][0]
    parts = [f"{_bracketed(w, k == 0)}·{_bracketed(a, False)}" for k, (w, a) in enumerate(zip(W, x, strict=True))]
    bias = [_bracketed(float(here.trace.values["b"][0]), False)] if "b" in here.trace.values else []
    return " + ".join([*parts, *bias])


def _bracketed(x: float, opens: bool) -> str:
    return f"({show(x)})" if x < 0 and not opens else show(x)


def _backward(here: Update, moment: Moment, text: Text) -> str:
    g, values = here.trace.grads[moment.name], here.trace.values
    reader = next(s for s in here.of.program if moment.name in s.args and s.out in here.trace.grads)
    count = len(here.of.inputs["x"])
    if reader.op.role == "reduction":
        return text.say(f"d-l-{reader.op.key}", count=count, g=is_(float(g[0])))
    if moment.name == "z" and reader.op.role == "loss":
        return text.say("d-z-fused-batch" if count > 1 else "d-z-fused", g=_all(g))
    if reader.op.role == "loss":
        sign = "plus" if g[0, 0] > 0 else "minus" if g[0, 0] < 0 else "zero"
        if sign == "zero" and values["y"][0, 0] != values["y_true"][0, 0]:
            sign = "clipped" if reader.op.probability else "flat"
        return text.say("d-y-batch" if count > 1 else f"d-y-one-{sign}", g=_all(g))
    z = values[moment.name]
    slopes = reader.op.vjp(np.ones_like(z), values[reader.out], z)[0]
    off = [str(n + 1) for n in np.flatnonzero(np.ravel(slopes) == 0)] if switched(reader.op) else []
    if count > 1:
        listed = samples_are(off, text)
        return text.say("d-z-batch-off" if off else "d-z-batch", off=listed, g=_all(g))
    kind = "off" if off else "on" if switched(reader.op) and z[0, 0] > 0 else "smooth"
    return text.say(
        f"d-z-{kind}", z=is_(float(z[0, 0])), slope=show(float(slopes[0, 0])) if kind == "on" else _all(slopes), g=_all(g)
    )


def samples_are(numbers: list[str], text: Text) -> str:
    """ "sample 2", "samples 1 and 2"."""
    return text("samples {n}" if len(numbers) > 1 else "sample {n}", n=together(numbers, text))


def together(items: list[str], text: Text) -> str:
    """ "1", "1 and 2", "1, 2 and 4"."""
    if len(items) < 2:
        return "".join(items)
    return text(" and ").join([text(", ").join(items[:-1]), items[-1]])


def _parameter(here: Update, name: str, i: tuple[int, ...], text: Text) -> str:
    g = float(here.trace.grads[name][i])
    sign = "plus" if g > 0 else "minus" if g < 0 else "zero"
    fields = {"name": names.partial(name, i), "weight": names.plain(name, i), "g": is_(g)}
    if not here.moves[here.of.parameters.index((name, i))]:
        return text.say("d-w-frozen", **fields)
    shares = [x for _, x in shares_of(here.trace, name, i)]
    against = [[str(n + 1) for n, x in enumerate(shares) if x * side > DUST] for side in (1, -1)]
    if not all(against):
        return text.say(f"d-w-{sign}", **fields)
    positive, negative = (sum(x for x in shares if x * side > 0) for side in (1, -1))
    return text.say(
        f"d-w-votes-{sign}",
        up=_want(against[1], text), down=samples_are(against[0], text),
        negative=signed(negative), positive=signed(positive), **fields,
    )  # fmt: skip


def _want(samples: list[str], text: Text) -> str:
    return text.say("wants-one" if len(samples) == 1 else "wants-many", samples=together(samples, text))


def _update(here: Update, text: Text) -> str:
    if here.after is None:
        return text.say("update-stops", k=here.k + 1, before=is_(here.loss))
    moves = [
        f"{names.plain(n, i)} {show(old)} → {show(new)}"
        for (n, i), old, new, free in zip(here.of.parameters, here.theta, here.after, here.moves, strict=True)
        if free
    ]
    before, after = show(here.loss), show(here.loss_after)
    fields = {"who": text("All weights" if here.moves.all() else "The weights that are free"), "moves": text(", ").join(moves)}
    if not any(here.of.flat(here.trace.grads)):
        return text.say("update-still", before=before, **fields)
    if here.loss == here.loss_after:
        kind = "level" if across(here) else "dust"
        return text.say(f"update-{kind}", eta=show(here.rate), before=before, promised=show(promised(here)), **fields)
    if before == after:
        return text.say("update-same", eta=show(here.rate), change=show(here.loss_after - here.loss), **fields)
    return text.say("update", eta=show(here.rate), before=before, after=after, **fields)


@np.errstate(over="ignore")  # the last update of a run that diverges may promise infinity
def promised(here: Update) -> float:
    """By how much L would change if it were straight: −η times the squared length of what moves."""
    return -here.rate * float((here.direction**2).sum())


def across(here: Update) -> bool:
    """Whether a loss that stays the same was stepped over; else what the slope promised is lost in the loss's own rounding."""
    return abs(promised(here)) > ROUNDING * abs(here.loss)
