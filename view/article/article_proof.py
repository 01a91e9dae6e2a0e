"""Why no start of a single neuron learns XOR, in four inequalities and two sums; and, beside the proof, the line that the shown run
has at this moment. A line leaves at least one corner on the wrong side; with hidden units it may bend."""

from dataclasses import replace

import numpy as np

from engine.data import GATES
from engine.experiment import Experiment
from engine.fates import rights
from engine.seeds import Contradiction, Demand, half_plane
from engine.update import Update
from view import entries
from view.network import net_decision
from view.sentences import samples_are
from view.text import Text

PROOF: Contradiction = half_plane(GATES["xor"])
LETTERS = ("w_1", "w_2", "b")
THRESHOLD = {"relu": "½", "sigmoid": "0"}  # the z at which the output passes one half


def left(coefficients) -> str:
    """w_1 + w_2 + 2b."""
    return " + ".join((f"{n:g}" if n != 1 else "") + letter for n, letter in zip(coefficients, LETTERS, strict=True) if n)


def line(who: str, coefficients, yes: bool, bound: str, text: Text) -> str:
    """One row of the proof: the samples, what is asked, the inequality."""
    asked, sign = (text("yes"), ">") if yes else (text("no"), r"\le")
    return rf"\text{{{who}}} & \text{{{asked}}} & {left(coefficients)} & {sign} & {bound}"


def demand(one: Demand, text: Text) -> str:
    x1, x2 = (int(n) for n in one.coefficients[:2])
    return line(f"{text('sample {n}', n=one.sample)} ({x1}, {x2})", one.coefficients, one.yes, "c", text)


def total(yes: bool, text: Text) -> str:
    """The sum of the lines that ask for yes, or of those that ask for no."""
    who = samples_are([str(d.sample) for d in PROOF.demands if d.yes == yes], text)
    return line(who, PROOF.yes_sum if yes else PROOF.no_sum, yes, f"{PROOF.times}c", text)


def latex(text: Text) -> str:
    """The four demands, and the sums of the yes and of the no."""
    demands = r"\\".join(demand(one, text) for one in PROOF.demands)
    sums = r"\\".join(total(yes, text) for yes in (True, False))
    return rf"$$\small\def\arraystretch{{1.3}}\begin{{array}}{{llrcl}}{demands}\\\hline {sums}\end{{array}}$$"


def before(experiment: Experiment, text: Text) -> str:
    """What the four lines are about."""
    last = experiment.activation
    return text.say("proof-before", activation=entries.name(last, text), c=THRESHOLD[last])


def after(experiment: Experiment, text: Text) -> str:
    """What the two sums say, and what they say of the program that is shown."""
    said = [text.say("proof-after", times=PROOF.times)]
    if experiment.hidden:
        said.append(text.say("proof-hidden", n=experiment.hidden[0][0]))
    elif not experiment.bias:
        said.append(text.say("proof-no-bias"))
    return text(" ").join(said)


def seen(here: Update, text: Text) -> str:
    """What the picture shows of this moment."""
    wrong = [str(n + 1) for n in np.flatnonzero(~rights(here.of, here.theta).all(axis=-1))]
    if not wrong:
        return text.say("proof-right", k=f"{here.k:,}")
    return text.say("proof-seen", k=f"{here.k:,}", wrong=samples_are(wrong, text))


def picture(experiment: Experiment, here: Update, text: Text) -> tuple[dict, dict[str, tuple[str, str]]]:
    """(data of components/decision.js, payloads by key): what this run says for every input at this moment."""
    data, heavy = net_decision.picture(experiment, here, replace(text, page="network"))
    texts = {**data["texts"], "title": text("Where this run says yes"), "note": text("at k = {k}", k=f"{here.k:,}")}
    return {**data, "texts": texts}, heavy
