"""Where a picked number and its paths lie in the drawing: the ids of the edges, biases and units that an equation uses. The
drawing has no sample of its own, so a unit stands for its values in all of them."""

from collections.abc import Iterable
from itertools import pairwise

from engine.explain import step_of
from engine.parts import parts
from engine.routes import Place, Route, routes
from engine.update import Update
from engine.words import Place as Where
from view import names
from view.network.net_chain import long


def picked(here: Update, place: Where) -> Place:
    """The number the reader has picked, or the first weight."""
    if place.select:
        name, i = names.from_key(place.select)
        if name in here.trace.values:
            shape = here.trace.values[name].shape
            i = i or (0,) * len(shape) if name == "L" else i  # L of one sample has an index, of many none
            if len(i) == len(shape) and all(at < n for at, n in zip(i, shape, strict=True)):
                return name, i
    return here.of.layout[0][0], (0, 0)


def drawn(here: Update, name: str, i: tuple[int, ...]) -> str:
    """The id of what stands for this number: an edge, a bias, a unit (also for its weighted sum), or the loss."""
    if name in dict(here.of.layout):
        return names.key(name, i)
    if name == "x" or any(step.out == name and step.op.role in ("activation", "probabilities") for step in here.of.program):
        return names.key(name, (0, *i[1:]))
    after = next((s for s in here.of.program if name in s.args and s.op.role in ("activation", "probabilities")), None)
    return names.key(after.out, (0, *i[1:])) if after else "L"


def ids(here: Update, places: Iterable[Place]) -> list[str]:
    """All that a path lights: the units it passes and the edges between them; places as in a route, from the loss back."""
    places = list(places)
    found = [drawn(here, *place) for place in places]
    for (out, o), (name, i) in pairwise(places):
        step = step_of(here.trace, out)
        if step.op.role == "weighted sum" and name == step.args[0]:
            found.append(names.key(step.args[1], (o[1], i[1])))
    return list(dict.fromkeys([*found, *_source(here, *places[-1])]))


def _source(here: Update, name: str, i: tuple[int, ...]) -> list[str]:
    """A weight's own unit below: the input of its equation."""
    step = next((s for s in here.of.program if s.op.role == "weighted sum" and s.args[1] == name), None)
    return [drawn(here, step.args[0], (0, i[1]))] if step else []


def equation_ids(here: Update, name: str, i: tuple[int, ...], gradient: bool) -> list[str]:
    """What the card's equation of this number uses: its whole way to the loss where that is written out, else one step."""
    if not gradient or name not in here.trace.grads or name == here.of.program[-1].out:
        return _computed_from(here, name, i)
    if long(here.trace, name, i):
        return ids(here, one_of(here, name, i).places)
    once = [part for part in parts(here.trace, name, i) if part.sample in (None, i[0] if names.sampled(name) else 0)]
    return list(dict.fromkeys(x for part in once for x in ids(here, [(part.step.out, part.output), (name, i)])))


def one_of(here: Update, name: str, i: tuple[int, ...]) -> Route:
    """The first sample's first path."""
    sample = i[0] if i and names.sampled(name) else 0
    return routes(here.trace, name, i, [sample])[0]


def _computed_from(here: Update, name: str, i: tuple[int, ...]) -> list[str]:
    found = [drawn(here, name, i)]
    step = next((s for s in here.of.program if s.out == name), None)
    if step and step.op.role == "weighted sum":
        n_in = here.trace.values[step.args[0]].shape[-1]
        found += [drawn(here, step.args[0], (0, j)) for j in range(n_in)]
        found += [names.key(step.args[1], (i[1], j)) for j in range(n_in)]
        found += [names.key(step.args[2], (i[1],))] if len(step.args) > 2 else []
    return list(dict.fromkeys(found))
