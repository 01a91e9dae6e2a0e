"""The address of a page is its save file: every choice as text, read strictly. What cannot be read falls back to its default
with a sentence that names it; the rest is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace

import numpy as np

from engine.activations import ACTIVATIONS
from engine.data import DATA
from engine.experiment import Experiment, moments_of, objective_of, start_of
from engine.history import Rates
from engine.limits import INPUT, QUERY, RATE, RATES, SEED, UPDATES, WEIGHT
from engine.losses import FUSED, LOSSES, REDUCTIONS
from engine.moments import GRANULARITIES
from engine.network import INITIALISERS
from engine.parse import choice, cut, number, numbers, shortest, whole
from engine.refused import Refused

VERSION = "1"
SPEEDS = (0.5, 1.0, 2.0, 4.0)  # moments a second while playing


@dataclass(frozen=True)
class Place:
    """Where the reader stands and how they look at it: k updates made, moment m (from 1) of the update that starts there.

    steps "" means: operation by operation in the first update, by phase afterwards. select: a number, as "W.0.1" or "".
    ghost: the run drawn behind this one, as its rates and how many updates it made. lang "" is the browser's language,
    view "" the window's default view.
    """

    k: int = 0
    m: int = 1
    select: str = ""
    ghost: tuple[Rates, int] | None = None
    steps: str = ""
    speed: float = 1.0
    predict: bool = True
    lang: str = ""
    view: str = ""


@dataclass(frozen=True)
class Recipe:
    """All that a link holds, and what in it was refused."""

    experiment: Experiment
    place: Place
    refused: tuple[Refused, ...] = ()


def _rates(text: str, name: str) -> Rates:
    """0.5,7:0.1 is η = 0.5 from the start and 0.1 for every update that starts at k ≥ 7."""
    turns = []
    for part in text.split(",")[: RATES + 1]:
        start, colon, eta = part.rpartition(":")
        k = whole(start, name, (1, UPDATES)) if colon else 0
        if bool(colon) != bool(turns) or (turns and k <= turns[-1][0]) or len(turns) == RATES:
            raise Refused("{name} must be like 0.5,7:0.1 with rising updates, not “{found}”.", name=name, found=cut(text))
        turns.append((k, number(eta, name, RATE)))
    return tuple(turns)


def _ghost(text: str, name: str) -> tuple[Rates, int]:
    """0.5,7:0.1@12 is the run with these rates, after 12 updates."""
    rates, at, k = text.rpartition("@")
    if not at:
        raise Refused("{name} must be like 0.5@12 (rates@updates), not “{found}”.", name=name, found=cut(text))
    return _rates(rates, name), whole(k, name, (1, UPDATES))


def _at(text: str, name: str) -> tuple[int, int]:
    k, dot, m = text.partition(".")
    if not dot:
        raise Refused("{name} must be like 4.2 (update.moment), not “{found}”.", name=name, found=cut(text))
    return whole(k, name, (0, UPDATES)), whole(m, name, (1, 999))


def _list(numbers) -> str:
    return ",".join(map(shortest, numbers))


def _written_rates(rates: Rates) -> str:
    return ",".join(shortest(eta) if k == 0 else f"{k}:{shortest(eta)}" for k, eta in rates)


@dataclass(frozen=True)
class Field:
    """One URL word: the record's field it fills, text -> value (or Refused), value -> text."""

    field: str
    parse: Callable
    write: Callable = str


_SWITCH = {"0": False, "1": True}
SWITCH = (lambda text, name: _SWITCH[choice(_SWITCH)(text, name)], lambda on: str(int(on)))
EXPERIMENT = {
    "data": Field("data", choice(DATA)),
    "x": Field("x", lambda text, name: numbers(text, name, INPUT, (2,)), _list),
    "t": Field("y_true", lambda text, name: number(text, name, INPUT), shortest),
    "bias": Field("bias", *SWITCH),
    "act": Field("activation", choice(ACTIVATIONS)),
    "loss": Field("loss", choice(LOSSES)),
    "reduce": Field("reduction", choice(REDUCTIONS)),
    "w": Field("weights", lambda text, name: numbers(text, name, WEIGHT, (2, 3)), _list),
    "init": Field("initialiser", choice(INITIALISERS)),
    "seed": Field("seed", lambda text, name: whole(text, name, SEED)),
    "lr": Field("rates", _rates, _written_rates),
}
PLACE = {
    "sel": Field("select", lambda text, name: text),
    "ghost": Field("ghost", _ghost, lambda ghost: f"{_written_rates(ghost[0])}@{ghost[1]}"),
    "steps": Field("steps", choice(GRANULARITIES)),
    "speed": Field("speed", lambda text, name: float(choice([shortest(s) for s in SPEEDS])(text, name)), shortest),
    "predict": Field("predict", *SWITCH),
    "lang": Field("lang", choice(("en", "zh"))),
    "view": Field("view", choice(("3d", "contour"))),
}


def read(query: Mapping[str, str]) -> Recipe:
    """The recipe in an address's parameters. Every unreadable part is refused by name and falls back to its default."""
    refused: list[Refused] = []
    if sum(len(k) + len(v) for k, v in query.items()) > QUERY:
        refused.append(Refused("The address was longer than {limit} characters; the rest was cut off.", limit=QUERY))
        query = _shortened(query)
    if query.get("v", VERSION) != VERSION:
        refused.append(Refused("v must be {version}, not “{found}”.", version=VERSION, found=cut(query["v"])))
    drawn = {"weights": None} if "w" not in query and ("init" in query or "seed" in query) else {}
    experiment = _fit(replace(Experiment(), **drawn, **_parsed(query, EXPERIMENT, refused)), query, refused)
    place = replace(Place(), **_parsed(query, PLACE, refused))
    if "at" in query:
        try:
            k, m = _at(query["at"], "at")
            last = len(moments_of(experiment))
            if m > last:
                raise Refused("at must name a moment from 1 to {last}, not “{found}”.", last=last, found=cut(query["at"]))
            place = replace(place, k=k, m=m)
        except Refused as reason:
            refused.append(reason)
    if place.select and place.select not in selectable(experiment):
        refused.append(Refused("sel must name a number of this neuron, such as W.0.1, not “{found}”.", found=cut(place.select)))
        place = replace(place, select="")
    return Recipe(experiment, place, tuple(refused))


def _shortened(query: Mapping[str, str]) -> dict[str, str]:
    kept, room = {}, QUERY
    for key, text in query.items():
        room -= len(key) + len(text)
        if room < 0:
            break
        kept[key] = text
    return kept


def _parsed(query: Mapping[str, str], words: Mapping[str, Field], refused: list[Refused]) -> dict:
    found = {}
    for word, field in words.items():
        if word in query:
            try:
                found[field.field] = field.parse(query[word], word)
            except Refused as reason:
                refused.append(reason)
    return found


def _fit(experiment: Experiment, query: Mapping[str, str], refused: list[Refused]) -> Experiment:
    """Choices that must belong together: a fused loss brings its activation, and the weights match the bias."""
    inside = FUSED.get(experiment.loss)
    if inside and experiment.activation != inside:
        if "act" in query:
            template = "The loss {loss} contains the activation {inside}; choose that one."
            refused.append(Refused(template, loss=experiment.loss, inside=inside))
        experiment = replace(experiment, activation=inside)
    if LOSSES[experiment.loss].unit_targets and experiment.data == "one" and not 0 <= experiment.y_true <= 1:
        refused.append(Refused("t must be from 0 to 1 for cross-entropy, not “{found}”.", found=cut(query.get("t", ""))))
        experiment = replace(experiment, y_true=1.0)
    if experiment.weights and len(experiment.weights) == 3 and not experiment.bias:
        refused.append(Refused("w has a third number, but this neuron has no bias; bias=1 gives it one."))
    return with_bias(experiment, experiment.bias)


def with_bias(experiment: Experiment, bias: bool) -> Experiment:
    """The same experiment with or without a bias; typed weights keep w1 and w2, and a new bias starts at 0."""
    weights = experiment.weights
    if weights is not None:
        weights = (*weights, 0.0)[:3] if bias else weights[:2]
    return replace(experiment, bias=bias, weights=weights)


def selectable(experiment: Experiment) -> tuple[str, ...]:
    """Every number that can be asked about, as "z.1.0": name and indices."""
    values = objective_of(experiment).values(start_of(experiment))
    return tuple(".".join([name, *map(str, i)]) for name, x in values.items() for i in np.ndindex(np.shape(x)))


def write(experiment: Experiment, place: Place, complete: bool = False) -> dict[str, str]:
    """The parameters of this experiment and place; `complete` writes the defaults too, as a link that is passed on does."""
    found = {"v": VERSION} if complete else {}
    for record, words in ((experiment, EXPERIMENT), (place, PLACE)):
        default = {f.name: f.default for f in fields(record)}
        for word, field in words.items():
            value = getattr(record, field.field)
            if value is not None and value != "" and (complete or value != default[field.field]):
                found[word] = field.write(value)
    if experiment.weights is None and not complete:
        found.update(init=experiment.initialiser, seed=str(experiment.seed))
    return {**found, "at": f"{place.k}.{place.m}"} if complete or (place.k, place.m) != (0, 1) else found
