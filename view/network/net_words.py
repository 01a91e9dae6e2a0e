"""The sentences of the network's page: what this moment found, layer by layer, with this step's numbers."""

import numpy as np

from engine.moments import Moment
from engine.update import Update
from view import names
from view.numbers import is_, show
from view.scene import caption
from view.text import Text


def sentence(here: Update, moment: Moment, select: tuple[str, tuple[int, ...]], text: Text) -> str:
    """One sentence, in Markdown."""
    if moment.phase == "update":
        return _update(here, text)
    if moment.phase == "forward":
        return _forward(here, moment, text)
    if moment.name in dict(here.of.layout):
        return _parameter(here, moment.name, select, text)
    size = length(here.trace.grads[moment.name])
    reader = next(s for s in here.of.program if moment.name in s.args and s.out in here.trace.grads)
    kind = {"reduction": "d-l", "loss": "d-loss", "weighted sum": "d-a"}.get(reader.op.role, "d-z")
    return text.say(kind, name=names.plain(moment.name), size=is_(size), count=len(here.of.inputs["x"]))


def of_picked(here: Update, moment: Moment, select: tuple[str, tuple[int, ...]], text: Text) -> str:
    """The same, but once a picked weight's gradient has been found it is about this weight, until the update."""
    reached = {m.name for m in here.moments[: here.moments.index(moment) + 1] if m.phase == "backward"}
    if moment.phase == "backward" and select[0] in reached & set(dict(here.of.layout)):
        return _parameter(here, select[0], select, text)
    return sentence(here, moment, select, text)


def length(x: np.ndarray) -> float:
    """The Euclidean norm, also of numbers whose squares no float can hold."""
    largest = float(np.abs(x).max(initial=0.0))
    return largest * float(np.linalg.norm(x / largest)) if largest else 0.0


def _forward(here: Update, moment: Moment, text: Text) -> str:
    step = next(s for s in here.of.program if s.out == moment.name)
    value = here.trace.values[moment.name]
    fields = {"name": names.plain(moment.name), "count": len(here.of.inputs["x"]), "loss": is_(here.loss)}
    if step.op.role == "weighted sum":
        return text.say("z", units=value.shape[-1], inputs=here.trace.values[step.args[1]].shape[-1], **fields)
    if step.op.role in ("activation", "probabilities"):
        return text.say("a", how=caption(step.op.key, text), units=value.shape[-1], **fields)
    if step.op.role == "loss" and len(here.of.inputs["x"]) > 1:
        worst = int(np.argmax(value))
        return text.say("losses", worst=worst + 1, most=is_(float(value[worst])), **fields)
    return text.say("loss", **fields)


def _parameter(here: Update, name: str, select: tuple[str, tuple[int, ...]], text: Text) -> str:
    """The selected one of this array, or its largest gradient."""
    g = here.trace.grads[name]
    i = select[1] if select[0] == name else tuple(int(x) for x in np.unravel_index(np.abs(g).argmax(), g.shape))
    x = float(g[i])
    sign = "zero" if x == 0 else "plus" if x > 0 else "minus"
    return text.say(f"d-w-{sign}", name=names.partial(name, i), weight=names.plain(name, i), g=is_(x))


def _update(here: Update, text: Text) -> str:
    if here.after is None:
        return text.say("update-stops", k=here.k + 1)
    fields = {"eta": show(here.rate), "count": len(here.theta), "step": is_(length(here.after - here.theta))}
    return text.say("update", before=show(here.loss), after=show(here.loss_after), **fields)
