"""The nudge: is the gradient of the picked number right? It is moved a little, the network computed anew, and what L really does is
held against what the gradient promised; two kinds of differences find the slope without any chain rule."""

import numpy as np

from engine.check import Verdict, check_one, curve
from engine.update import Update
from view.numbers import show
from view.text import Text

NUDGE = 0.01  # of the sentence


def verdict(here: Update, name: str, i: tuple[int, ...]) -> Verdict:
    """The gradient that this page claims, and what two nudges find."""
    return check_one(here.of, here.theta, here.trace.grads, name, i)


def promise(here: Update, name: str, i: tuple[int, ...], called: str, text: Text) -> str:
    """If w grew by 0.01: about …, truly ….."""
    value, g = float(here.trace.values[name][i]), float(here.trace.grads[name][i])
    loss = float(np.ravel(here.trace.values[here.of.program[-1].out])[0])
    truly = float(curve(here.of, here.theta, name, i, np.array([value + NUDGE]))[0]) - loss
    return text.say("unit-nudge", name=called, step=show(NUDGE), about=show(g * NUDGE), truly=show(truly))


def finding(found: Verdict, called: str, text: Text) -> str:
    """Whether the independent answers agree, with their numbers."""
    fields = {"ours": found.ours, "complex": found.complex_step, "central": found.central, "left": found.left, "right": found.right}
    return text.say(f"unit-{found.answer}", name=called, **{key: show(x) for key, x in fields.items()})
