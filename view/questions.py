"""Predict first: before a gradient or an update is shown, the reader may say what it will be. One question at a time, always
skippable; the answer is compared with this step's numbers and then forgotten."""

from dataclasses import dataclass

from engine.limits import UPDATES
from engine.moments import stops
from engine.update import Update
from engine.words import Place
from view import names
from view.components.stepper import granularity
from view.numbers import is_, show
from view.sentences import across, promised
from view.text import Text

WAYS = {"weight": ("down", "stays", "up"), "loss": ("falls", "stays the same", "rises")}


@dataclass(frozen=True)
class Question:
    """kind "weight" or "loss", asked about the update that starts after k updates."""

    kind: str
    k: int


def next_stop(here: Update, place: Place) -> tuple[int, int] | None:
    """Where Next leads at this granularity, or None at the end of the run."""
    ends = here.after is None or here.k >= UPDATES
    later = [m for m in stops(here.moments, granularity(place, here.k)) if place.m < m <= len(here.moments) - ends]
    if later or ends:
        return (here.k, later[0]) if later else None
    return here.k + 1, stops(here.moments, granularity(place, here.k + 1))[0]


def weight_moment(here: Update) -> int:
    """The moment ∂L/∂w of the first weights, counted from 1."""
    return next(m for m, x in enumerate(here.moments, start=1) if x.phase == "backward" and x.name == here.of.layout[0][0])


def complete(here: Update, m: int) -> bool:
    """Whether the whole gradient has been found by moment m, so that the arrow's end is no secret any more."""
    return m >= len(here.moments) - 1


def ahead(here: Update, place: Place) -> list[Question]:
    """The questions that Next would give away, in order. A run that has arrived or stands still has nothing to guess."""
    stop = next_stop(here, place)
    if stop is None or (here.diagnosis and here.diagnosis.kind in ("arrived", "still")):
        return []
    k, m = stop
    start = place.m if k == here.k else 0
    asked = [Question("weight", k)] if start < weight_moment(here) <= m else []
    return [*asked, Question("loss", k)] if m == len(here.moments) else asked


def truth(question: Question, target: Update) -> str:
    """The right answer; target is the update the question is about."""
    if question.kind == "weight":
        change = -target.rate * float(target.direction[0])
    else:
        change = (float("inf") if target.loss_after is None else target.loss_after) - target.loss
    down, same, up = WAYS[question.kind]
    return down if change < 0 else up if change > 0 else same


def ask(question: Question, target: Update, text: Text) -> str:
    return text.say(f"ask-{question.kind}", weight=names.plain(target.of.layout[0][0], (0, 0)))


def gap(question: Question, said: str, target: Update, text: Text) -> str:
    """One sentence on what was said and what is, with this step's numbers."""
    right = truth(question, target)
    verdict = "right" if said == right else "wrong"
    if question.kind == "loss":
        change = promised(target)
        stays = ("-level" if across(target) else "-dust") if target.loss_after == target.loss else ""
        verdict += stays if change else "-flat"
        after = text("infinity") if target.loss_after is None else show(target.loss_after)
        fields = {"before": show(target.loss), "after": after, "promised": show(change)}
        return text.say(f"gap-loss-{verdict}", said=text(said), **fields)
    name, i = target.of.layout[0][0], (0, 0)
    g = float(target.direction[0])
    return text.say(
        f"gap-weight-{verdict}", said=text(said), weight=names.plain(name, i), way=text(f"goes {right}" if g else right),
        name=names.partial(name, i), g=is_(g), step=show(-target.rate * g),
    )  # fmt: skip
