"""What the game "Break backprop" says: what a nudge found, three hints that never name the mistake, and what an accusation comes
to, each with this step's numbers."""

from collections.abc import Mapping

import numpy as np

from engine.broken import BROKEN, first_wrong, telltale, way_back
from engine.op import Array
from engine.program import backward
from engine.update import Update
from view import names
from view.network.net_axes import axes
from view.numbers import show
from view.sentences import samples_are, together
from view.text import Text

HINTS = 3


def honest(here: Update) -> dict[str, Array]:
    """The right gradients where the reader stands."""
    return backward(here.of.program, here.trace.values)


def order(here: Update) -> tuple[str, ...]:
    """Every array whose gradient is in question, from the loss back; the loss's own is 1, and data do not learn."""
    return tuple(name for name in way_back(here.of.program)[1:] if name not in here.of.inputs)


def called(here: Update, name: str, i: tuple[int, ...], text: Text) -> str:
    """∂L/∂w⁽¹⁾₁₂, or ∂L/∂a⁽¹⁾₃ of sample 2."""
    bare = names.partial(name, i, many=here.of.inputs["y_true"].shape[-1] > 1)
    if axes(here.of.program)[name][:1] == ("n",) and len(here.rows) > 1:
        return text("{name} of {sample}", name=bare, sample=samples_are([str(int(here.rows[i[0]]) + 1)], text))
    return bare


def nudge(here: Update, name: str, i: tuple[int, ...], found: float, same: bool, text: Text) -> str:
    """What backpropagation claims, what the nudge finds, and whether they agree."""
    fields = {"name": called(here, name, i, text), "claimed": show(float(here.trace.grads[name][i])), "found": show(found)}
    return text.say("break-agrees" if same else "break-differs", **fields)


def hint(here: Update, level: int, text: Text) -> str:
    """1: how to look; 2: where; 3: what should stand there."""
    every = order(here)
    if level == 1:
        return text.say("break-hint-walk", order=text(", ").join(map(names.partial, every)))
    wrong = first_wrong(here.of.program, honest(here), here.trace.grads)
    if wrong not in every:
        return text.say("break-hint-none")
    before = [names.partial(name) for name in every[: every.index(wrong)]]
    if level == 2 and before:
        return text.say("break-hint-array", wrong=names.partial(wrong), right=together(before, text))
    return text.say("break-hint-first", wrong=names.partial(wrong)) if level == 2 else rule(here, wrong, text)


def rule(here: Update, name: str, text: Text) -> str:
    """The honest equation of the array's gradient, in words of the operation that reads it."""
    step = next(s for s in here.of.program if name in s.args and s.out in here.trace.grads)
    fields = {"name": names.partial(name), "above": names.partial(step.out)}
    if step.op.role == "weighted sum":
        source, weights = names.plain(step.args[0]), names.plain(step.args[1])
        return text.say("break-rule-w" if name == step.args[1] else "break-rule-a", source=source, weights=weights, **fields)
    kind = {"reduction": "l", "loss": "y"}.get(step.op.role, "z")
    return text.say(f"break-rule-{kind}", count=len(here.rows), **fields)


def accused(here: Update, key: str, planted: str, text: Text) -> str:
    """Whether it is this mistake, and why, with the numbers in which it shows. A wrong guess is refuted where it would show first,
    which says nothing about the place of the real one."""
    right, claims = honest(here), here.trace.grads
    if key == planted:
        return _right(here, key, right, claims, text)
    would, what = BROKEN[key].backward(here.of.program, here.trace.values), text.say(f"break-name-{key}")
    own, apart = (first_wrong(here.of.program, other, would) for other in (right, claims))
    if apart not in order(here):
        return text.say("break-same")
    if own not in order(here):
        return text.say("break-harmless", what=what)
    name = apart if np.allclose(claims[own], would[own], rtol=1e-9, atol=1e-12) else own
    i = telltale(claims[name], would[name])
    fields = {"name": called(here, name, i, text), "would": show(float(would[name][i])), "claimed": show(float(claims[name][i]))}
    return text.say("break-wrong", what=what, **fields)


def _right(here: Update, key: str, right: Mapping[str, Array], claims: Mapping[str, Array], text: Text) -> str:
    name = first_wrong(here.of.program, right, claims)
    if name not in order(here):
        return text.say("break-right-silent", why=text.say(f"break-why-{key}"))
    i = telltale(right[name], claims[name])
    claimed, found = float(claims[name][i]), float(right[name][i])
    share = text.say("break-factor", factor=show(claimed / found)) if found and np.isfinite(claimed / found) else ""
    fields = {"name": called(here, name, i, text), "claimed": show(claimed), "found": show(found), "share": share}
    return text.say("break-right", why=text.say(f"break-why-{key}"), **fields)
