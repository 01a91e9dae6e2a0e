"""Every sentence that a reader can meet, assembled for about eighty neurons and one run for each diagnosis, with a note of the
labels and sections it was made of. The tests of the languages read from here."""

from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product

from engine.activations import ACTIVATIONS
from engine.experiment import PRESETS, Experiment
from engine.losses import FUSED, LOSSES, REDUCTIONS
from engine.surface import square
from engine.update import update_at
from engine.words import Place
from view import board, diagnoses, pictures, questions, scene, sentences
from view.text import Text, labels


@dataclass(frozen=True)
class Listening(Text):
    """A language that remembers which labels and sections it was asked for."""

    labels: set[str] = field(default_factory=set)
    sections: set[str] = field(default_factory=set)

    def __call__(self, label: str, **fields) -> str:
        self.labels.add(label)
        return super().__call__(label, **fields)

    def say(self, section: str, **fields) -> str:
        self.sections.add(section)
        return super().say(section, **fields)


def neurons() -> list[Experiment]:
    """Neurons of every kind the menus offer, on one sample and on four, switched on and switched off."""
    found = [*PRESETS.values(), replace(PRESETS["B"], weights=(0.5, 0.25))]  # in the last one, the votes on w₂ cancel
    for data, act, loss, bias in product(("one", "xor"), ACTIVATIONS, LOSSES, (False, True)):
        for w in ((1.25, 0.25, -0.1), (-0.5, -0.25, 0.0)):
            base = Experiment(data=data, activation=FUSED.get(loss, act), loss=loss, bias=bias, weights=w if bias else w[:2])
            found.append(replace(base, reduction=list(REDUCTIONS)[bias]))
    return list(dict.fromkeys(found))


def told(experiment: Experiment, text: Text) -> list[str]:
    """Every sentence that the first update of this neuron can show."""
    here = update_at(experiment, 0)
    said = [sentences.first(here, text)]
    for m, moment in enumerate(here.moments, start=1):
        said += [sentences.of_moment(here, moment, (0, 1), text), board.heading(here, m, (0, 1), text)]
    for kind, ways in questions.WAYS.items():
        question = questions.Question(kind, here.k)
        said += [questions.ask(question, here, text), *(questions.gap(question, way, here, text) for way in ways)]
    words = pictures.texts(here, here.k, here.loss, square(0), "", text)
    drawn = scene.graph(here, len(here.moments), (0, 0), "", text)["texts"]
    said += [drawn["alt"], *(words[key] for key in ("alt3d", "altCurve", "landing"))]
    for asked in ("W.0.1", "x.0.0", "z.0.0"):
        place = Place(m=len(here.moments), select=asked)
        said += [pictures.nudge(experiment, place, here, text)[key] for key in ("note", "slope", "sentence", "alt")]
    return said


def wrecks() -> list[tuple[Experiment, int]]:
    """(experiment, updates made): at least one for each diagnosis."""
    by_hand, fates = PRESETS["A"], PRESETS["B"]
    return [
        (replace(by_hand, rates=((0, 0.25),)), 5),  # dead
        (replace(by_hand, weights=(-1.0, -1.0)), 0),  # dead from the start
        (PRESETS["C"], 0),  # a silent sample
        (replace(PRESETS["C"], weights=(-0.5, -0.25, 0.25), bias=True), 0),  # two of them
        (replace(by_hand, rates=((0, 0.1),)), 3),  # arrived
        (replace(by_hand, rates=((0, 0.2),)), 5),  # swings
        (replace(fates, rates=((0, 1.0),)), 400),  # in a valley
        (fates, 400),  # in the middle basin
        (replace(fates, data="and"), 3000),  # stands still
        (replace(by_hand, activation="sigmoid", weights=(-20.0, -20.0)), 0),  # saturated
        (replace(by_hand, activation="identity", rates=((0, 5.0),)), 400),  # diverged
    ]


@cache
def told_in(lang: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """(every sentence and label that a reader of this language can meet, the sections they come from)."""
    text = Listening(lang)
    said = [sentence for e in neurons() for sentence in told(e, text)]
    for experiment, k in wrecks():
        here = update_at(experiment, k)
        said += [diagnoses.sentence(experiment, here, text)]
        said += [sentences.of_moment(here, moment, (0, 0), text) for moment in here.moments]
        said += [questions.gap(questions.Question("loss", k), way, here, text) for way in questions.WAYS["loss"]]
    return tuple(dict.fromkeys(said)), frozenset(text.sections)


def everything(lang: str) -> list[str]:
    return [*told_in(lang)[0], *labels(lang).values()]
