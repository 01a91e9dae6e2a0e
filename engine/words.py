"""The words of an address: which word stands for which choice, how its text is read, strictly, and how it is written. Adding a
choice is one entry here; reading, writing, refusing and every link follow."""

from collections import ChainMap
from collections.abc import Callable
from dataclasses import dataclass, field

from engine.activations import ACTIVATIONS, CLASS_ACTIVATIONS
from engine.broken import BROKEN
from engine.data import DATA
from engine.datasets import DATASETS
from engine.experiment import Experiment
from engine.functions import FUNCTIONS
from engine.history import Rates
from engine.limits import HIDDEN, INPUT, LOGITS, RATE, RATES, SAMPLES, SEED, UPDATES, WEIGHT, WEIGHTS
from engine.lockstep import LANES
from engine.losses import CLASS_LOSSES, LOSSES, REDUCTIONS
from engine.method import read_methods, written_methods
from engine.moments import GRANULARITIES
from engine.network import INITIALISERS
from engine.optimizers import BOUNDS
from engine.own import read_own, written_own
from engine.parse import choice, cut, number, numbers, shortest, whole
from engine.race import HORIZONS, MODES, OWN, Race
from engine.refused import Refused

SPEEDS = (0.5, 1.0, 2.0, 4.0)  # moments a second while playing
SCALES = ("log", "linear")  # of the loss in a picture
REACHES = (0.0, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 50.0)  # half widths of the picture that can be chosen
GRIDS = (51, 101, 201)
DEPTHS = ("network", "layer", "unit")  # how deep the network's page looks
TOPICS = ("activations", "losses", "softmax", "initialisers")  # of the gallery
GRADIENT = "gradient"  # the plane of the gradient and the Hessian's top eigenvector


@dataclass(frozen=True)
class Place:
    """Where the reader stands and how they look at it: k updates made, moment m (from 1) of the update that starts there.

    steps "" means: operation by operation in the first update, by phase afterwards. select: a number, as "W.0.1" or "".
    ghost: the run drawn behind this one, as its rates and how many updates it made. lang "" is the browser's language,
    view "" the window's default view. plane: the two places in theta that span the surface, or () for the gradient and the top
    eigenvector of the Hessian, or None for the first two; reach: the picture's half width, 0 to hold the run; grid: points a side.
    depth: how deep the network's page looks; pin: another experiment, whose run is drawn behind this one. Of the gallery: topic;
    entry: an activation or a loss, "" for the topic's first; z: the movable point; goal: the target there; logits: of its softmax.
    race: what the optimizers' page compares.
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
    plane: tuple[int, ...] | None = None
    scale: str = "log"
    reach: float = 0.0
    grid: int = 101
    depth: str = "network"
    pin: Experiment | None = None
    topic: str = "activations"
    entry: str = ""
    z: float = 1.0
    goal: float = 1.0
    logits: tuple[float, ...] = (2.0, 1.0, 0.0)
    race: Race = field(default_factory=Race)


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


def moment(text: str, name: str) -> tuple[int, int]:
    """4.10: update 4, its tenth moment."""
    k, dot, m = text.partition(".")
    if not dot:
        raise Refused("{name} must be like 4.2 (update.moment), not “{found}”.", name=name, found=cut(text))
    return whole(k, name, (0, UPDATES)), whole(m, name, (1, 999))


def _hidden(text: str, name: str) -> tuple[tuple[int, str], ...]:
    """4:tanh,2:relu is a hidden layer of four tanh units, then one of two ReLU units."""
    layers, (most, units) = text.split(","), HIDDEN
    if len(layers) > most:
        raise Refused("{name} may be at most {most} layers, not “{found}”.", name=name, most=most, found=cut(text))
    found = []
    for layer in layers:
        count, colon, key = layer.partition(":")
        if not colon:
            raise Refused("{name} must be like 4:tanh (units:activation), not “{found}”.", name=name, found=cut(text))
        found.append((whole(count, name, (1, units)), choice(ACTIVATIONS)(key, name)))
    return tuple(found)


def _axes(text: str, name: str) -> tuple[int, int]:
    """0,3: two different places in theta, counted from 0."""
    first, comma, second = text.partition(",")
    if not comma or first == second:
        raise Refused("{name} must be two different places in theta, like 0,1, not “{found}”.", name=name, found=cut(text))
    return whole(first, name, (0, 999)), whole(second, name, (0, 999))


def _plane(text: str, name: str) -> tuple[int, ...]:
    return () if text == GRADIENT else _axes(text, name)


def _mistake(text: str, name: str) -> str:
    """A number, so that the address does not give away which mistake it is."""
    return tuple(BROKEN)[whole(text, name, (1, len(BROKEN))) - 1]


def _whole_of(values: tuple[int, ...]) -> Callable:
    return lambda text, name: int(choice(tuple(map(str, values)))(text, name))


def _one_of(values: tuple) -> Callable:
    """A parser that takes exactly these numbers."""
    texts = {shortest(x): x for x in values}
    return lambda text, name: texts[choice(texts)(text, name)]


def _list(numbers) -> str:
    return ",".join(map(shortest, numbers))


def _places(places) -> str:
    return ",".join(map(str, places))


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
    "data": Field("data", choice(ChainMap(DATASETS, dict.fromkeys((*DATA, "own"))))),
    "x": Field("x", lambda text, name: numbers(text, name, INPUT, (2, 2)), _list),
    "t": Field("y_true", lambda text, name: number(text, name, INPUT), shortest),
    "bias": Field("bias", *SWITCH),
    "hidden": Field("hidden", _hidden, lambda layers: ",".join(f"{n}:{key}" for n, key in layers)),
    "act": Field("activation", choice(ChainMap(CLASS_ACTIVATIONS, ACTIVATIONS))),
    "loss": Field("loss", choice(ChainMap(CLASS_LOSSES, LOSSES))),
    "reduce": Field("reduction", choice(REDUCTIONS)),
    "w": Field("weights", lambda text, name: numbers(text, name, WEIGHT, WEIGHTS), _list),
    "init": Field("initialiser", choice(INITIALISERS)),
    "seed": Field("seed", lambda text, name: whole(text, name, SEED)),
    "lr": Field("rates", _rates, _written_rates),
    "free": Field("free", _axes, _places),
    "own": Field("own", read_own, written_own),
    "batch": Field("batch", lambda text, name: whole(text, name, (0, SAMPLES))),
    "shuffle": Field("shuffle", lambda text, name: whole(text, name, SEED)),
    "broken": Field("mistake", _mistake, lambda key: str(1 + tuple(BROKEN).index(key)) if key else ""),
}
PLACE = {
    "sel": Field("select", lambda text, name: text),
    "ghost": Field("ghost", _ghost, lambda ghost: f"{_written_rates(ghost[0])}@{ghost[1]}"),
    "steps": Field("steps", choice(GRANULARITIES)),
    "speed": Field("speed", _one_of(SPEEDS), shortest),
    "predict": Field("predict", *SWITCH),
    "lang": Field("lang", choice(("en", "zh"))),
    "view": Field("view", choice(("3d", "contour"))),
    "plane": Field("plane", _plane, lambda axes: _places(axes) or GRADIENT),
    "scale": Field("scale", choice(SCALES)),
    "range": Field("reach", _one_of(REACHES), shortest),
    "grid": Field("grid", _one_of(GRIDS)),
    "depth": Field("depth", choice(DEPTHS)),
}
GALLERY = {  # and the words of one page alone: a link holds them only where they differ from their defaults
    "topic": Field("topic", choice(TOPICS)),
    "entry": Field("entry", choice(ChainMap(CLASS_ACTIVATIONS, ACTIVATIONS, CLASS_LOSSES, LOSSES))),
    "z": Field("z", lambda text, name: number(text, name, INPUT), shortest),
    "goal": Field("goal", lambda text, name: number(text, name, INPUT), shortest),
    "logits": Field("logits", lambda text, name: numbers(text, name, INPUT, LOGITS), _list),
}
RACE = {
    "on": Field("on", choice((*FUNCTIONS, OWN))),
    "from": Field("start", lambda text, name: numbers(text, name, WEIGHT, (2, 2)), _list),
    "opt": Field("methods", read_methods, written_methods),
    "mode": Field("mode", choice(MODES)),
    "eta": Field("eta", lambda text, name: number(text, name, BOUNDS["lr"]), shortest),
    "ahead": Field("horizon", _whole_of(HORIZONS)),
    "shown": Field("shown", lambda text, name: whole(text, name, (0, WEIGHTS[1] - 1))),
    "lane": Field("lane", lambda text, name: whole(text, name, (1, LANES))),
}
