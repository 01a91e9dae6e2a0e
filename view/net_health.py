"""What goes wrong in the network, in words: which units or layers, since when, by which numbers, and a button that mends it, so
that the cure is then seen to work. It is shown as soon as the backward pass has let the reader know it."""

from functools import lru_cache
from itertools import groupby
from math import isfinite

import streamlit as st

from engine.experiment import Experiment, moves_of
from engine.health import Finding, findings
from engine.update import Update, update_at
from view import controls, edits
from view.names import SUBSCRIPT, plain
from view.numbers import is_, show
from view.questions import complete
from view.sentences import together
from view.text import Text

SHOWN = 2  # findings at once; the first are the gravest
GLOROT, SLOWER = ("Draw Glorot weights", "glorot"), ("A tenth of the learning rate", "rate")
REMEDIES = {
    "dead": ("Draw the next seed", "seed"), "saturated": GLOROT, "vanishing": GLOROT, "symmetric": GLOROT,
    "exploding": SLOWER, "not_finite": SLOWER,
}  # fmt: skip
NUMBERS = ("nearest z", "largest slope", "weights", "gradient", "norm", "last norm", "norm then", "number", "last loss")


@lru_cache(maxsize=128)
def found_at(experiment: Experiment, k: int) -> tuple[Finding, ...]:
    here = update_at(experiment, k)
    return findings(here.of, here.history, here.k, here.rate * moves_of(experiment))


def told(found: tuple[Finding, ...], text: Text) -> list[tuple[str, str]]:
    """(kind, sentence): findings of one kind in one layer are one sentence."""
    said = []
    for (kind, array), group in groupby(found, key=lambda f: (f.kind, f.array)):
        same = list(group)
        units = [f"h{u + 1}".translate(SUBSCRIPT) for f in same for place in f.places for u in place[-1:]]
        numbers = text("; ").join(f"{text(name)} {is_(x) if isfinite(x) else f'= {show(x)}'}" for name, x in same[0].numbers)
        fields = {"units": together(list(dict.fromkeys(units)), text), "array": plain(array), "since": min(f.since for f in same)}
        said.append((kind, text.say(f"finding-{kind}", numbers=numbers, count=same[0].count, **fields)))
    return said


def show_findings(experiment: Experiment, here: Update, m: int, text: Text) -> None:
    if here.k == 0 and not complete(here, m):
        return
    found = found_at(experiment, here.k)
    died = any(finding.since > 0 for finding in found if finding.kind == "dead")  # not drawn dead: a step too far killed them
    for n, (kind, sentence) in enumerate(told(found, text)[:SHOWN]):
        label, act = SLOWER if kind == "dead" and died else REMEDIES[kind]
        with st.container(horizontal=True, vertical_alignment="center", key=f"finding_{n}"):
            st.markdown(sentence, width="content")
            st.button(text(label), on_click=mend, args=(act,), key=f"mend_{n}")


def mend(act: str) -> None:
    """The cure, as a new run."""
    now = controls.recipe().experiment
    if act == "rate":
        controls.all_rates(0.1)
    elif act == "seed":
        edits.seed(now.seed + 1)
    else:
        edits.draw("glorot_uniform")
