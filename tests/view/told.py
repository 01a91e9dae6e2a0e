"""Every sentence that a reader can meet, page by page: for about eighty neurons, one run for each diagnosis and some sixty runs
at small and large rates, with a note of the labels and sections it was made of. The tests of the languages read from here."""

import re
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product

from engine.experiment import NETWORK, NETWORKS, PRESETS, Experiment
from engine.losses import REDUCTIONS
from engine.recipe import Recipe
from engine.surface import square
from engine.update import update_at
from engine.words import Place
from tests.strategies import pairs
from tests.view import told_data, told_gallery, told_init, told_layer, told_softmax, told_time, told_trouble, told_unit
from tests.view.told_article import article_page
from tests.view.told_race import race_page
from view import board, diagnoses, pictures, questions, scene, sentences
from view.learning_rate import fate_map, fates, forecast, foresight, rate_chart, rate_tables, rate_words
from view.network import net_card, net_decision, net_health, net_scene, net_words
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
    for data, (act, loss), bias in product(("one", "xor"), pairs(), (False, True)):
        for w in ((1.25, 0.25, -0.1), (-0.5, -0.25, 0.0)):
            base = Experiment(data=data, activation=act, loss=loss, bias=bias, weights=w if bias else w[:2])
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
    marked = pictures.picture(PRESETS["B"], (), 0, text.lang)[3]
    words = pictures.texts(here, here.k, here.loss, square(0), marked, text)
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


def neuron_page(text: Text) -> list[str]:
    said = [sentence for e in neurons() for sentence in told(e, text)]
    for experiment, k in wrecks():
        here = update_at(experiment, k)
        said += [diagnoses.sentence(experiment, here, text)]
        said += [sentences.of_moment(here, moment, (0, 0), text) for moment in here.moments]
        said += [questions.gap(questions.Question("loss", k), way, here, text) for way in questions.WAYS["loss"]]
    return said


def at_rate(experiment: Experiment, eta: float) -> Experiment:
    return replace(experiment, rates=((0, eta),))


def objectives() -> list[Experiment]:
    """Neurons without and with a bias, a bias that is frozen, and networks."""
    biased = Experiment(data="xor", bias=True, weights=(0.7, 0.4, -0.1), rates=((0, 0.5),))
    return [*PRESETS.values(), replace(biased, free=(0, 1)), replace(biased, free=(0, 2)), NETWORK]


def runs() -> list[tuple[Experiment, int]]:
    """(experiment, updates made): small and large rates, now and later; then at least one for each fate and each 2/λmax."""
    by_hand, fates, relu = PRESETS["A"], PRESETS["B"], replace(NETWORK, hidden=((4, "relu"),))
    one = replace(NETWORK, hidden=((1, "relu"),))
    spread = [(at_rate(e, eta), k) for e in objectives() for eta, k in ((0.01, 0), (1.4, 0), (2.0, 0), (10.0, 0), (1.4, 5))]
    return [
        *spread,
        *((at_rate(by_hand, eta), 0) for eta in (0.1, 0.15, 0.2, 0.25)),  # exactly there, across, swings, dead after three
        (at_rate(replace(by_hand, weights=(0.2, 0.4)), 5.0), 0),  # in the valley, at a rate that would leave it
        (at_rate(replace(by_hand, activation="identity"), 5.0), 0),  # diverges
        (replace(fates, data="or", weights=(1.0, 0.0)), 0),  # on a kink
        (replace(fates, data="and", weights=(1.25, 0.25)), 0),  # 2/λmax is neither safe nor fatal
        (at_rate(one, 5.0), 0),  # a layer dies
        (at_rate(replace(relu, seed=1), 10.0), 0),  # a network swings
        (replace(fates, activation="sigmoid"), 0),  # 2/λmax lies beyond the slider
    ]


def drawn(experiment: Experiment, k: int, text: Text) -> list[str]:
    """Every word of the learning rate's pictures and tables but the map's, on both kinds of plane."""
    here, said = update_at(experiment, k), []
    for plane in (None, ()):
        recipe = Recipe(experiment, Place(k=k, plane=plane))
        seen = rate_chart.view(recipe, here, text)
        said += [words for words in rate_chart.texts(recipe, here, seen, text).values() if words]
    family = forecast.family_of(experiment, here)
    named = fates.described(family.fates, here.of, text)
    said += [forecast.label(family, code, named, text) for code in sorted(set(family.codes.tolist()))]
    said += [mark["text"] for mark in foresight.picture(experiment, here, text)["marks"]]
    tables = [table(experiment, here, text) for table in (rate_tables.sweep, rate_tables.oracle)]
    return said + [cell for table in (*tables, rate_tables.run(here, seen, text)) for cell in cells(table)]


def cells(table: str) -> list[str]:
    return [cell for cell in re.split(r" ?\| ?|\n", table) if any(c.isalnum() for c in cell)]


def rate_page(text: Text) -> list[str]:
    said = []
    for experiment, k in runs():
        here = update_at(experiment, k)
        said += [tell(experiment, here, text) for tell in (rate_words.ending, rate_words.limit, rate_words.sweep)]
    said += [words for e in objectives() for k in (0, 5) for words in drawn(e, k, text)]
    asked = fate_map.question(PRESETS["article"], (0, 1), 0.7)
    table = rate_tables.shares(asked, PRESETS["article"], update_at(PRESETS["article"], 0), text)
    return [*said, *fate_map.facts(asked, text), fate_map.alt(asked, text), *cells(table)]


def network_page(text: Text) -> list[str]:
    """Every moment of every preset; a run that stops; a weight without a gradient; paths few and many."""
    said = []
    silent = replace(NETWORK, initialiser="zeros", activation="identity", loss="squared_error")
    wrong = [
        replace(NETWORK, initialiser="equal"), at_rate(replace(NETWORK, hidden=((4, "relu"),), seed=3), 10.0),
        replace(NETWORKS["xor2"], weights=(50.0, 50.0, 50.0, 50.0, 30.0, 30.0, 1.0, 1.0, 0.0)),
    ]  # fmt: skip
    wild = replace(at_rate(NETWORK, 10.0), activation="identity", loss="squared_error", hidden=((4, "identity"),))
    for experiment in (*NETWORKS.values(), silent, wild):
        k = 4096 if experiment is wild else 0
        here = update_at(experiment, k)
        select = net_card.selected(here, Place())
        said += [net_words.sentence(here, moment, select, text) for moment in here.moments]
        data, _ = net_decision.picture(experiment, here, text)
        drawn = net_scene.diagram(experiment, here, len(here.moments), "", text)
        said += [words for words in {**data["texts"], **drawn["texts"]}.values() if isinstance(words, str) and words]
    for experiment in (*wrong, wild, replace(NETWORK, initialiser="zeros")):
        said += [sentence for k in (0, 50) for _, sentence in net_health.told(net_health.found_at(experiment, k), text)]
    return [*said, *(sentence for tell in PARTS for sentence in tell(text))]


PARTS = (told_data.tell, told_layer.tell, told_time.tell, told_trouble.tell, told_unit.tell)
TELLERS = {
    "neuron": neuron_page,
    "learning_rate": rate_page,
    "article": article_page,
    "network": network_page,
    "optimizers": race_page,
    "gallery": told_gallery.tell,
    "entries": told_gallery.tell_entries,
    "softmax": told_softmax.tell,
    "initialisers": told_init.tell,
}


@cache
def told_in(lang: str, page: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """(every sentence that a reader of this page can meet in this language, the sections they come from)."""
    text = Listening(lang, page)
    said = TELLERS[page](text)
    return tuple(dict.fromkeys(said)), frozenset(text.sections)


def everything(lang: str) -> list[str]:
    """Every sentence of every page, and every label."""
    return [*(sentence for page in TELLERS for sentence in told_in(lang, page)[0]), *labels(lang).values()]
