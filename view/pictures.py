"""What the right column shows at one moment. The surface and the landing places are computed once per update and kept; a step
inside an update only says which of them may be seen."""

from dataclasses import replace
from functools import lru_cache
from hashlib import sha256

import numpy as np
import streamlit as st

from engine.check import curve as loss_curve
from engine.experiment import Experiment, history_of
from engine.plane import of_parameters
from engine.surface import Landmark, landmarks, span, square, surface
from engine.update import Update, update_at
from engine.words import Place
from view import figures, names
from view.components.chart import packed
from view.numbers import equals, is_, show
from view.questions import complete, weight_moment
from view.scene import found
from view.text import Text

AXES = (0, 1)
FINER = 201  # points a side where the loss reaches 0: a valley's floor is narrow on a logarithmic axis
LARGEST = 12  # the square never grows beyond 0.25 ± 2.25·2¹²; what leaves it is shown by an arrow at the rim
NUDGE = 0.01  # the nudge of the sentence
GRID = 61  # points of a nudge's curve


def labels(here: Update) -> list[str]:
    return [names.plain(n, i) for n, i in here.of.parameters]


def reach(experiment: Experiment, here: Update, ghost: np.ndarray | None) -> int:
    """The square that holds the run so far, its next point and the ghost; within a run it only ever grows."""
    points = [here.history.theta[: here.k + 2, :2]] + ([] if ghost is None else [ghost[:, :2]])
    needed = min(LARGEST, span(np.concatenate(points)))
    run = replace(experiment, rates=())
    before = st.session_state.get("reach", (run, 0))
    largest = max(needed, before[1]) if before[0] == run else needed
    st.session_state.reach = (run, largest)
    return largest


@lru_cache(maxsize=64)
def picture(run: Experiment, rest: tuple[float, ...], j: int, lang: str) -> tuple[str, float, str, str]:
    """(hash, floor, packed figure, landmarks in words) of the loss over (w₁, w₂), the other parameters held at `rest`."""
    text, here = Text(lang), update_at(run, 0)
    plane = of_parameters(np.array([0.0, 0.0, *rest]), AXES)
    drawn = surface(here.of, plane, square(j), square(j))
    floor = figures.floor_of(drawn)
    drawn = surface(here.of, plane, square(j), square(j), FINER) if floor else drawn
    marks = [(m, f"{kind_of(m, run, text)} {show(m.loss)}") for m in landmarks(here.of, drawn)]
    figure = figures.surface_figure(drawn, floor, ["w₁", "w₂"], marks)
    said = in_words(marks, text)
    return hashed(run, rest, j, lang), floor, packed(figure), said


def in_words(marks: list[tuple[Landmark, str]], text: Text) -> str:
    """Labelled places and where they lie, one after the other."""
    spots = [{"mark": words, "across": show(m.across), "up": show(m.up)} for m, words in marks]
    return text("; ").join(text("{mark}: ({across}, {up})", **spot) for spot in spots)


def hashed(*what) -> str:
    """A name for a payload that is the same wherever and whenever it shows the same."""
    return sha256(repr(what).encode()).hexdigest()[:16]


def kind_of(mark: Landmark, run: Experiment, text: Text) -> str:
    """On a flat part of a ReLU neuron's surface no sample is on: it is dead there."""
    return text("dead plateau") if (mark.kind, run.activation) == ("plateau", "relu") else text(mark.kind)


@lru_cache(maxsize=128)
def landing(experiment: Experiment, k: int, floor: float) -> tuple[str, str]:
    """(hash, packed payload): where this update would land for every learning rate."""
    here = update_at(experiment, k)
    payload = figures.family(here.of, here.theta, here.direction, AXES, floor, labels(here))
    return hashed(replace(experiment, rates=()), here.theta.tolist(), floor), packed(payload)


def refused_rate() -> str:
    """The rate the slider asked for and did not get: it stops waiting for it."""
    bad = st.session_state.get("bad_eta")
    return bad[0] if bad else ""


def ghost_of(experiment: Experiment, place: Place) -> tuple[np.ndarray, np.ndarray] | None:
    """theta and loss of the run that was made before this one, as far as it went."""
    if place.ghost is None:
        return None
    rates, k = place.ghost
    history = history_of(replace(experiment, rates=rates), k)
    return history.theta[: k + 1], history.loss[: k + 1]


def chart(experiment: Experiment, place: Place, here: Update, open_question: bool, text: Text) -> tuple[dict, dict]:
    """(data of components/chart.js, payloads to carry by key)."""
    ghost = ghost_of(experiment, place)
    done = place.m == len(here.moments) and here.after is not None
    j = reach(experiment, here, None if ghost is None else ghost[0])
    rest = tuple(float(x) for x in (here.after if done else here.theta)[2:])
    surface_hash, floor, figure, marks = picture(replace(experiment, rates=experiment.rates[:1]), rest, j, text.lang)
    family_hash, family = landing(experiment, here.k, floor)
    g, at = here.direction, here.k + 1 if done else here.k
    theta, loss = here.history.theta[: at + 1], here.history.loss[: at + 1]
    revealed = place.m >= weight_moment(here)
    hollow = complete(here, place.m) and not done and not open_question
    data = {
        "surface": surface_hash,
        "family": family_hash,
        "view": place.view,
        "rate": {
            **figures.rate(here.of, here.theta, g, AXES, floor, labels(here), here.rate),
            "refused": refused_rate(),
        },
        "path": figures.path(theta, loss, AXES, floor),
        "ghost": None if ghost is None else figures.path(*ghost, AXES, floor),
        "arrow": figures.arrow(here.of, here.theta, g, AXES, floor) if revealed and not done else None,
        "hollow": hollow,
        "done": done,
        "curve": _curve(place, here, loss, floor, hollow, None if ghost is None else ghost[1]),
        "nudge": nudge(experiment, place, here, text),
        "texts": texts(here, at, _known_loss(here, place, float(loss[-1])), square(j), marks, text),
    }
    return data, {"surface": (surface_hash, figure), "family": (family_hash, family)}


def _curve(place: Place, here: Update, loss, floor: float, hollow: bool, ghost) -> dict:
    """The loss so far. Its axis gives nothing away: no room for a loss that is still a question, no ticks before L is found."""
    drawn = figures.curve(loss, floor, here.loss_after if hollow else None, ghost)
    return drawn if _loss_seen(place, here) else {**drawn, "yticks": []}


def _loss_seen(place: Place, here: Update) -> bool:
    """Whether the reader knows L here: by the update before, or because this forward pass has found it."""
    return here.k > 0 or ("forward", here.of.program[-1].out) in found(here, place.m)


def _known_loss(here: Update, place: Place, loss: float) -> str:
    """L for the alternative texts, once the reader has seen it."""
    return is_(loss) if _loss_seen(place, here) else "= …"


def texts(here: Update, at: int, loss: str, ends: tuple[float, float], marks: str, text: Text) -> dict:
    """Words and alternative texts of the chart."""
    theta = here.history.theta
    places = {"start": _place(theta[0]), "now": _place(theta[at]), "k": at, "loss": loss, "landmarks": marks}
    surface_alt = text.say("alt-surface", low=show(ends[0]), high=show(ends[1]), **places)
    held = f" · b = {show(float(theta[at][2]))}" if theta.shape[1] > 2 else ""
    return {
        "eta": text("Learning rate η"),
        "title": text("Loss surface"),
        "subtitle": (text("the plane at the current b") if held else text("every loss this neuron can have")) + held,
        "switch3d": text("3-D"),
        "switchContour": text("Contour"),
        "landing": text.say("landing"),
        "curveTitle": text("Loss so far"),
        "curveNote": text("log scale · click to go to an update"),
        "updateAxis": text("updates made k"),
        "jump": text("Go to an update"),
        "ghost": text("the run before"),
        "nudgeTitle": text("Nudge one number"),
        "nudgeLater": text("appears once its gradient is found"),
        "start": text("start, k = 0"),
        "now": text("after this update") if at > here.k else text("now, k = {k}", k=at),
        "alt3d": surface_alt,
        "altContour": surface_alt,
        "altCurve": text.say("alt-curve", first=loss if at == 0 else is_(float(here.history.loss[0])), loss=loss, k=at),
    }


def _place(theta: np.ndarray) -> str:
    return f"({', '.join(show(x) for x in theta)})"


def weight(place: Place) -> tuple[int, ...]:
    """The weight that ∂L/∂w explains: the selected one, or the first."""
    name, i = asked(place)
    return i if name == "W" else (0, 0)


def asked(place: Place) -> tuple[str, tuple[int, ...]]:
    """The number the nudge is about: the selected one, or the first weight."""
    return names.from_key(place.select) if place.select else ("W", (0, 0))


def nudge(experiment: Experiment, place: Place, here: Update, text: Text) -> dict | None:
    """L as a function of one number alone. A number the reader picked has its curve at once; the losses on its axis come with L,
    the tangent and the sentence with its gradient (for data: with L)."""
    name, i = asked(place)
    known, last = found(here, place.m), here.of.program[-1].out
    has_loss = ("forward", last) in known
    has_slope = ("backward", name) in known or (name in here.of.inputs and has_loss)
    if not has_slope and not place.select:
        return None
    drawn, words = nudged(experiment, here.k, name, i), _nudge_words(here, name, i, text)
    if not has_slope:
        drawn, words = {**drawn, "tangent": None}, {**words, "slope": "", "sentence": text("its tangent appears with its gradient")}
    return {**drawn, **words} if has_loss else {**drawn, **words, "yticks": []}


@lru_cache(maxsize=256)
def nudged(experiment: Experiment, k: int, name: str, i: tuple[int, ...]) -> dict:
    """The curve, computed once per update and number."""
    here = update_at(experiment, k)
    value = float(here.trace.values[name][i])
    line = np.linspace(value - 1, value + 1, GRID)
    slope = float(here.trace.grads[name][i]) if name in here.trace.grads else None
    return figures.nudge(line, loss_curve(here.of, here.theta, name, i, line), value, here.loss, slope)


def _nudge_words(here: Update, name: str, i: tuple[int, ...], text: Text) -> dict:
    value = float(here.trace.values[name][i])
    truly = float(loss_curve(here.of, here.theta, name, i, np.array([value + NUDGE]))[0]) - here.loss
    slope = float(here.trace.grads[name][i]) if name in here.trace.grads else None
    many = name in names.SAMPLED and len(here.of.inputs["x"]) > 1
    label = names.plain(name, i) + (f" ({text('sample {n}', n=i[0] + 1)})" if many else "")
    kind = "nudge-data" if name in here.of.inputs else "nudge"
    about = show(slope * NUDGE) if slope is not None else ""
    return {
        "note": text("L as a function of {name} alone", name=label),
        "name": label,
        "slope": "" if slope is None else f"{text('slope')} {equals(slope)} {show(slope)}",
        "sentence": text.say(kind, name=label, step=show(NUDGE), about=about, truly=show(truly)),
        "alt": text.say("alt-nudge", name=label, value=show(value)),
    }
