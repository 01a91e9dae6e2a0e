"""The address of a page is its save file: every choice as text, read strictly. What cannot be read falls back to its default
with a sentence that names it; the rest is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

import numpy as np

from engine.experiment import Experiment, data_of, is_neuron, moments_of, objective_of
from engine.limits import QUERY
from engine.losses import CLASS_LOSSES, FUSED, LOSSES
from engine.parse import cut
from engine.race import Race, course_of, fitted, horizons, loss_of
from engine.refused import Refused
from engine.words import EXPERIMENT, GALLERY, PLACE, RACE, Field, Place, moment

VERSION = "1"


@dataclass(frozen=True)
class Recipe:
    """All that a link holds, and what in it was refused."""

    experiment: Experiment
    place: Place
    refused: tuple[Refused, ...] = ()


def read(query: Mapping[str, str]) -> Recipe:
    """The recipe in an address's parameters, of which no more than a certain length is read. Otherwise like `of_words`."""
    words, refused = limited(query)
    found = of_words(words)
    return replace(found, refused=(*refused, *found.refused))


def of_words(query: Mapping[str, str]) -> Recipe:
    """The recipe in these words. Every unreadable part is refused by name and falls back to its default."""
    refused: list[Refused] = []
    if query.get("v", VERSION) != VERSION:
        refused.append(Refused("v must be {version}, not “{found}”.", version=VERSION, found=cut(query["v"])))
    drawn = {"weights": None} if "w" not in query and ("init" in query or "seed" in query) else {}
    experiment = _fit(_with_table(replace(Experiment(), **drawn, **_parsed(query, EXPERIMENT, refused)), refused), query, refused)
    race = _race(query, experiment, refused)
    place = replace(Place(race=race), **_parsed(query, PLACE | GALLERY, refused))
    if "at" in query:
        try:
            k, m = moment(query["at"], "at")
            last = len(moments_of(experiment))
            if m > last:
                raise Refused("at must name a moment from 1 to {last}, not “{found}”.", last=last, found=cut(query["at"]))
            place = replace(place, k=k, m=m)
        except Refused as reason:
            refused.append(reason)
    if place.select and not selectable(experiment, place.select):
        refused.append(
            Refused(
                "sel must name a number of this program, such as {like}, not “{found}”.",
                like=_like(experiment),
                found=cut(place.select),
            )
        )
        place = replace(place, select="")
    if place.plane and max(place.plane) >= objective_of(experiment).size:
        refused.append(_outside("plane", query, objective_of(experiment).size))
        place = replace(place, plane=None)
    if "pin" in query:
        place = replace(place, pin=_pinned(query["pin"], experiment, refused))
    return Recipe(experiment, place, tuple(refused))


def _like(experiment: Experiment) -> str:
    """The key of a number that is there: of the first weight."""
    return f"{objective_of(experiment).layout[0][0]}.0.0"


def _pinned(text: str, experiment: Experiment, refused: list[Refused]) -> Experiment:
    """The pinned run: this experiment but for the words that the pin holds, an empty one being left out."""
    other = dict(parse_qsl(text, keep_blank_values=True))
    found = of_words({word: said for word, said in {**_words(experiment), **other}.items() if word in EXPERIMENT and said})
    refused += found.refused
    return found.experiment


def written_pin(experiment: Experiment, pin: Experiment) -> str:
    """The reverse: the words in which the pinned experiment differs."""
    here, there = _words(experiment), _words(pin)
    return urlencode({word: there.get(word, "") for word in {**here, **there} if here.get(word) != there.get(word)})


def _words(experiment: Experiment) -> dict[str, str]:
    """Every word of an experiment, its defaults too."""
    return {word: text for word, text in write(experiment, Place(), complete=True).items() if word in EXPERIMENT}


def _with_table(experiment: Experiment, refused: list[Refused]) -> Experiment:
    """Own data need their table."""
    if experiment.data != "own" or experiment.own:
        return experiment
    refused.append(Refused("data=own needs the table itself, as own=…; XOR is shown instead."))
    return replace(experiment, data="xor")


def limited(query: Mapping[str, str]) -> tuple[dict[str, str], tuple[Refused, ...]]:
    """As many of the words as are read at all, and the refusal of the others."""
    kept, room = {}, QUERY
    for key, text in query.items():
        room -= len(key) + len(text)
        if room < 0:
            return kept, (Refused("The address was longer than {limit} characters; the rest was cut off.", limit=QUERY),)
        kept[key] = text
    return kept, ()


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
    """Choices that must belong together: a fused loss brings its activation, the loss fits the data, the weights the network."""
    inside = FUSED.get(experiment.loss)
    if inside and experiment.activation != inside:
        if "act" in query:
            template = "The loss {loss} contains the activation {inside}; choose that one."
            refused.append(Refused(template, loss=experiment.loss, inside=inside))
        experiment = replace(experiment, activation=inside)
    experiment = _with_targets(_with_outputs(experiment, refused), query, refused)
    size = objective_of(experiment).size
    if experiment.free and max(experiment.free) >= size:
        refused.append(_outside("free", query, size))
        experiment = replace(experiment, free=())
    if not is_neuron(experiment) and experiment.weights and len(experiment.weights) != size:
        if "w" in query:
            template = "w must be {count} numbers for this network, not {found}."
            refused.append(Refused(template, count=size, found=len(experiment.weights)))
        experiment = replace(experiment, weights=None)
    if is_neuron(experiment) and experiment.weights and not 2 <= len(experiment.weights) <= size:
        if len(experiment.weights) != 3:
            refused.append(Refused("w must be 2 or 3 numbers for one neuron, not {found}.", found=len(experiment.weights)))
            experiment = replace(experiment, weights=Experiment().weights if len(experiment.weights) < 2 else experiment.weights)
        else:
            refused.append(Refused("w has a third number, but this neuron has no bias; bias=1 gives it one."))
    return with_bias(experiment, experiment.bias)


def _with_outputs(experiment: Experiment, refused: list[Refused]) -> Experiment:
    """A last layer and a loss that the data allow; where they do not, the reason, and identity with squared error."""
    try:
        objective_of(experiment)
    except Refused as reason:
        refused.append(reason)
        return replace(experiment, activation="identity", loss="squared_error")
    return experiment


def _with_targets(experiment: Experiment, query: Mapping[str, str], refused: list[Refused]) -> Experiment:
    """Cross-entropy wants targets from 0 to 1."""
    entry = (LOSSES | CLASS_LOSSES)[experiment.loss]
    targets = data_of(experiment).y_true
    if not entry.unit_targets or ((targets >= 0) & (targets <= 1)).all():
        return experiment
    if experiment.data == "one":
        refused.append(Refused("t must be from 0 to 1 for this loss, not “{found}”.", found=cut(query.get("t", ""))))
        return replace(experiment, y_true=1.0)
    refused.append(Refused("This loss needs targets from 0 to 1, which the data {data} do not have.", data=experiment.data))
    return replace(experiment, activation="identity", loss="squared_error")


def _outside(word: str, query: Mapping[str, str], size: int) -> Refused:
    template = "{name} must name places in theta from 0 to {last}, not “{found}”."
    return Refused(template, name=word, last=size - 1, found=cut(query[word]))


def _race(query: Mapping[str, str], experiment: Experiment, refused: list[Refused]) -> Race:
    """The race in these words; what it shows must be there."""
    race = replace(Race(), **_parsed(query, RACE, refused))
    found = fitted(race, experiment)
    of = loss_of(course_of(race, experiment))
    if found.shown != race.shown:
        refused.append(_outside("shown", query, of.size))
    if (found.horizon, found.mode) != (race.horizon, race.mode) and ("ahead" in query or race.mode == "best"):
        template = "A sweep of this loss can look at most {most} updates ahead, not {found}."
        refused.append(Refused(template, most=max(horizons(of, len(race.methods)), default=0), found=race.horizon))
    if found.lane != race.lane:
        template = "{name} must be one of {allowed}, not “{found}”."
        allowed = ", ".join(str(n + 1) for n in range(len(race.methods)))
        refused.append(Refused(template, name="lane", allowed=allowed, found=cut(query["lane"])))
    return found


def with_bias(experiment: Experiment, bias: bool) -> Experiment:
    """The same experiment with or without a bias; a neuron's typed weights keep w1 and w2, and a new bias starts at 0."""
    weights = experiment.weights
    if weights is not None and not is_neuron(experiment):
        weights = weights if bias == experiment.bias else None
    elif weights is not None:
        weights = (*weights, 0.0)[:3] if bias else weights[:2]
    free = experiment.free if bias == experiment.bias else ()
    return replace(experiment, bias=bias, weights=weights, free=free)


def selectable(experiment: Experiment, key: str) -> bool:
    """Whether this names a number that can be asked about, as "z.1.0" does: an array and an index into it."""
    name, *index = key.split(".")
    shape = shapes_of(experiment).get(name)
    return shape is not None and len(index) == len(shape) and all(_below(i, n) for i, n in zip(index, shape, strict=True))


def _below(text: str, size: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 4 and int(text) < size and text == str(int(text))


@lru_cache(maxsize=256)
def shapes_of(experiment: Experiment) -> dict[str, tuple[int, ...]]:
    """Array -> its shape, for all samples."""
    of = objective_of(experiment)
    return {name: np.shape(x) for name, x in of.values(np.zeros(of.size)).items()}


def write(experiment: Experiment, place: Place, complete: bool = False) -> dict[str, str]:
    """The parameters of this experiment and place; `complete` writes the defaults too, as a link that is passed on does."""
    found = {"v": VERSION} if complete else {}
    for record, words, whole in (
        (experiment, EXPERIMENT, complete),
        (place, PLACE, complete),
        (place, GALLERY, False),
        (place.race, RACE, False),
    ):
        default = {f.name: f.default for f in fields(record)}
        for word, field in words.items():
            value = getattr(record, field.field)
            text = "" if value is None else field.write(value)
            if text and (whole or value != default[field.field]):
                found[word] = text
    if place.pin:
        found["pin"] = written_pin(experiment, place.pin)
    if experiment.weights is None and not complete:
        found.update(init=experiment.initialiser, seed=str(experiment.seed))
    elif experiment.weights is not None and found.keys() & {"init", "seed"}:  # without w they would mean drawn weights
        found["w"] = EXPERIMENT["w"].write(experiment.weights)
    return {**found, "at": f"{place.k}.{place.m}"} if complete or (place.k, place.m) != (0, 1) else found
