"""An experiment is every choice that makes a run what it is, in one frozen record. Equal experiments give equal numbers, so it
is the state of the page, the key of every cache and the text of every link."""

from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import count

import numpy as np

from engine.batches import batch, on_rows
from engine.broken import BROKEN
from engine.data import DATA, Data, data
from engine.datasets import DATASETS
from engine.history import History, Rates, descend, joined, rate_at
from engine.kept import Kept
from engine.lengths import ends, parts_to
from engine.limits import RUNS_MB
from engine.moments import Moment, moments
from engine.network import Network, network, start
from engine.objective import Objective
from engine.op import Array, frozen
from engine.optimizers import GRADIENT_DESCENT
from engine.own import Own

AROUND = 20_000  # bytes, at most, of an experiment's choices and of the objects around a run's arrays


@dataclass(frozen=True)
class Experiment:
    """One neuron, or a network with hidden layers, on one data set.

    weights: all numbers of theta as typed, such as (w1, w2) or (w1, w2, b), or None to draw them by initialiser and seed.
    hidden: (units, activation) of each hidden layer. free: the places in theta that move, all when empty; the others are frozen.
    x and y_true are the one sample's, own the reader's own table: kept, unused, while another data set is chosen. batch: how many
    samples an update uses, all when 0; shuffle: the seed of their order. mistake: the one planted in the engine, "" for none.
    """

    data: str = "one"
    x: tuple[float, float] = (1.0, 2.0)
    y_true: float = 1.0
    bias: bool = False
    hidden: tuple[tuple[int, str], ...] = ()
    activation: str = "relu"
    loss: str = "squared_error"
    reduction: str = "mean"
    weights: tuple[float, ...] | None = (0.5, 0.5)
    initialiser: str = "glorot_uniform"
    seed: int = 0
    rates: Rates = ((0, 0.05),)
    free: tuple[int, ...] = ()
    own: Own | None = None
    batch: int = 0
    shuffle: int = 0
    mistake: str = ""


def data_of(experiment: Experiment) -> Data:
    if experiment.data == "one":
        return data([experiment.x], [[experiment.y_true]])
    if experiment.data == "own":
        return experiment.own.table.data
    return DATASETS[experiment.data].train


@lru_cache(maxsize=256)
def objective_of(experiment: Experiment) -> Objective:
    """The loss that this experiment trains, on all samples."""
    table = data_of(experiment)
    units = (table.x.shape[1], *(n for n, _ in experiment.hidden), table.y_true.shape[1])
    activations = (*(key for _, key in experiment.hidden), experiment.activation)
    net = Network(units, activations, experiment.bias, experiment.loss, experiment.reduction)
    of = network(net, table)
    return replace(of, back=BROKEN[experiment.mistake].backward) if experiment.mistake else of


def rows_of(experiment: Experiment, k: int) -> Array:
    """The samples (n,), counted from 0, that the update after k updates uses."""
    return batch(len(data_of(experiment).x), experiment.batch, experiment.shuffle, k)


def batched(experiment: Experiment) -> bool:
    """Whether an update uses only some of the samples."""
    return 0 < experiment.batch < len(data_of(experiment).x)


def objective_at(experiment: Experiment, k: int) -> Objective:
    """The loss that the update after k updates lowers: that of its mini-batch."""
    of = objective_of(experiment)
    return on_rows(of, rows_of(experiment, k)) if batched(experiment) else of


def is_neuron(experiment: Experiment) -> bool:
    """Whether it is one neuron on data so small that every number of it can be shown."""
    return not experiment.hidden and experiment.data in DATA


def is_plain(experiment: Experiment) -> bool:
    """Whether every update uses all samples, with an engine that makes no mistake."""
    return not experiment.mistake and not batched(experiment)


def moves_of(experiment: Experiment) -> Array:
    """(P,): 1 for a parameter that moves, 0 for a frozen one, whose learning rate thereby is 0."""
    moves = np.ones(objective_of(experiment).size)
    if experiment.free:
        moves[[at for at in range(len(moves)) if at not in experiment.free]] = 0.0
    return frozen(moves)


def start_of(experiment: Experiment) -> Array:
    """theta (P,) before the first update."""
    of = objective_of(experiment)
    if experiment.weights is None:
        return start(of, experiment.initialiser, experiment.seed)
    return of.checked(experiment.weights)


def moments_of(experiment: Experiment) -> tuple[Moment, ...]:
    return moments(objective_of(experiment))


def work_of(experiment: Experiment) -> int:
    """Samples × weights of one update: its time, about."""
    return len(rows_of(experiment, 0)) * objective_of(experiment).size


def history_of(experiment: Experiment, k: int) -> History:
    """The run, at least up to update k + 1 (one more, so that the next landing place is known), unless it stops before."""
    count = parts_to(k, ends_of(experiment))
    found = _joined.get((experiment, count))
    if found is None:
        found = joined(_parts(experiment, count))
        _joined.put((experiment, count), found, _size(experiment, (found,)))
    return found


def ends_of(experiment: Experiment) -> tuple[int, ...]:
    """Where the parts end in which this run is made and kept."""
    return ends(work_of(experiment))


def part_of(experiment: Experiment, n: int) -> History:
    """The n-th part of the run; the parts before it must not have stopped."""
    return _parts(experiment, n + 1)[n]


_runs, _joined = Kept(RUNS_MB * 2**20), Kept(RUNS_MB * 2**20)  # by experiment, and by how many parts


def _parts(experiment: Experiment, count: int) -> tuple[History, ...]:
    """The first parts of the run, fewer where it stops."""
    parts = _runs.get(experiment) or ()
    while len(parts) < count and not (parts and parts[-1].stopped):
        parts = (*parts, _next(experiment, parts[-1] if parts else None, ends_of(experiment)[len(parts)]))
        _runs.put(experiment, parts, _size(experiment, parts))
    return parts[:count]


def _next(experiment: Experiment, before: History | None, end: int) -> History:
    theta = before.theta[-1] if before else start_of(experiment)
    batches = partial(objective_at, experiment) if batched(experiment) else None
    updates = end - (before.ends if before else 0)
    moves = moves_of(experiment)
    return descend(objective_of(experiment), theta, experiment.rates, updates, GRADIENT_DESCENT, moves, batches, before)


def _size(experiment: Experiment, parts: tuple[History, ...]) -> int:
    """Bytes, with what the experiment itself holds."""
    table = data_of(experiment)
    return AROUND + table.x.nbytes + table.y_true.nbytes + sum(part.theta.nbytes + part.loss.nbytes for part in parts)


def rate_of(experiment: Experiment, k: int) -> float:
    """η of the update that starts after k updates."""
    return rate_at(experiment.rates, k)


def _first_seed_alive(base: Experiment) -> int:
    """The first seed from 0 whose start is not dead: some sample's z is above 0."""
    of = objective_of(base)
    return next(s for s in count() if np.any(of.values(start(of, base.initialiser, s))["z"] > 0))


def _keras() -> Experiment:
    base = Experiment(data="xor", bias=True, weights=None, rates=((0, 0.01),))
    return replace(base, seed=_first_seed_alive(base))


def _xor(w1: float, w2: float, eta: float) -> Experiment:
    return Experiment(data="xor", weights=(w1, w2), rates=((0, eta),))


PRESETS = {
    "A": Experiment(),
    "B": _xor(1.25, 0.25, 0.5),
    "C": _xor(0.5, -0.25, 0.5),
    "D": _xor(1.0, 1.0, 1.0),
    "article": _xor(2.0, 1.0, 0.5),
    "keras": _keras(),
}


def _net(data: str, hidden: tuple[tuple[int, str], ...], eta: float, **choices) -> Experiment:
    base = {"bias": True, "activation": "sigmoid", "loss": "cross_entropy_logits", "weights": None}
    return Experiment(data=data, hidden=hidden, rates=((0, eta),), **{**base, **choices})


MAZUR = (0.15, 0.20, 0.25, 0.30, 0.35, 0.35, 0.40, 0.45, 0.50, 0.55, 0.60, 0.60)  # Mazur 2015: W1, b1, W2, b2

# XOR is learned by a network with one hidden layer of four units: 17 weights and biases, drawn by a seed.
NETWORK = _net("xor", ((4, "tanh"),), 0.5)
NETWORKS = {
    "xor4": NETWORK,
    "xor2": _net("xor", ((2, "tanh"),), 0.5),
    "hand": _net("mazur", ((2, "sigmoid"),), 0.5, loss="half_squared_error", weights=MAZUR),
    "circles": _net("circles", ((4, "tanh"),), 1.0),
    "moons": _net("moons", ((8, "tanh"),), 1.0),
    "spiral": _net("spiral", ((8, "tanh"), (8, "tanh")), 1.0),
    "blobs": _net("blobs", ((4, "tanh"),), 0.5, activation="softmax", loss="categorical_cross_entropy_logits"),
    "sine": _net("sine", ((8, "tanh"),), 0.1, activation="identity", loss="squared_error"),
}
