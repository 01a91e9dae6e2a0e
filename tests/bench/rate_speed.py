"""What the Learning rate page computes, each by the page's own functions: the sweep over all rates, the map of fates without and
with its cache, and the surface of a larger network. Every figure counts the whole work: what the page keeps is thrown away first.
The size of the family of runs that the browser scrubs stands here, too, as it is sent."""

from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import process_time

import numpy as np
from engine_speed import timed
from report import Row, pair

from engine.data import data
from engine.experiment import NETWORK, PRESETS, Experiment, objective_of, start_of
from engine.network import Network, network, start
from engine.objective import Objective
from engine.outlook import KEPT, RATES, places_of
from engine.plane import of_parameters
from engine.recipe import Recipe
from engine.surface import square, surface
from engine.sweep import shared_updates, sweep
from engine.update import update_at
from engine.words import Place
from view.learning_rate import fate_map, forecast, rate_chart
from view.text import Text

WARM, TURNS, MAPS = 2, 30, 5
TEXT = Text("en", page="learning_rate")
CACHES = (fate_map.part, fate_map.starts_of, fate_map.payload, places_of)
SIZES = {"neuron": PRESETS["B"], "neuron with bias": PRESETS["keras"], "network 2-4-1": NETWORK}
SIZED = (0, 1, 5, 20, 60)  # updates made


def rows() -> list[Row]:
    of, theta = objective_of(PRESETS["B"]), start_of(PRESETS["B"])
    larger, weights = larger_network()

    def swept(etas, kept):
        return lambda: sweep(of, theta, etas, kept[-1], kept)

    def drawn():
        surface(larger, of_parameters(weights, (0, 1)), square(0), square(0), 101)

    return [
        speed("sweep of the neuron, 120 rates × 300", swept(np.geomspace(0.001, 10, 120), shared_updates(300)), 60),
        speed(f"  the page's own, {len(RATES)} × {KEPT[-1]:,}", swept(RATES, KEPT)),
        speed("surface of 2-8-8-1, 200 samples, 101×101", drawn, 250),
        *map_rows(),
        *(size_row(name, experiment) for name, experiment in SIZES.items()),
    ]


def speed(what: str, act: Callable[[], object], limit: int | None = None, turns: int = TURNS, before=lambda: None) -> Row:
    """The median of some turns beside its limit in milliseconds; `before` prepares each turn and is not counted. The processor time
    tells how much of it was waiting for a core: on a quiet machine none."""
    times, used = [], []
    for _ in range(WARM + turns):
        before()
        since = process_time()
        times.append(timed(act))
        used.append(process_time() - since)
    times, digits = times[WARM:], 0 if median(times) > 0.01 else 2
    kept = None if limit is None else 1e3 * median(times) <= limit
    shown = f"{pair(times, digits)}; {1e3 * median(used[WARM:]):.{digits}f} ms"
    return Row(f"{what}: median / p95; CPU", "" if limit is None else f"{limit} ms (median)", shown, kept)


def larger_network() -> tuple[Objective, np.ndarray]:
    """2-8-8-1 with bias on 200 random samples in two classes, and drawn weights."""
    rng = np.random.default_rng(0)
    x = rng.uniform(-1, 1, (200, 2))
    net = Network((2, 8, 8, 1), ("tanh", "tanh", "sigmoid"), True, "cross_entropy")
    of = network(net, data(x, (x[:, :1] * x[:, 1:] > 0).astype(float)))
    return of, start(of, "glorot_uniform", 0)


def map_rows() -> list[Row]:
    """XOR at its slowest rates and at faster ones; the two named distributions of 1,000 starts come on top of the map."""
    asked = {f"neuron, η = {eta}": question(PRESETS["B"], eta) for eta in (0.01, 0.5, 1.3)}
    asked["neuron with bias, η = 0.01"] = question(PRESETS["keras"], 0.01)
    found = []
    for name, one in asked.items():
        found.append(speed(f"map, {name}", lambda one=one: whole_map(one), 4000, MAPS, forget))
        found.append(speed("  with the two distributions", lambda one=one: everything(one), 4000, MAPS, forget))
    found.append(speed("  once more, from the cache", lambda: everything(one)))
    net = question(NETWORK, 0.5)
    return [*found, speed("map, network, 51×51, η = 0.5, all of it", lambda: everything(net), None, 2, forget)]


def question(experiment: Experiment, eta: float) -> fate_map.Question:
    return fate_map.question(replace(experiment, rates=((0, eta),)), (0, 1), eta)


def whole_map(asked: fate_map.Question) -> None:
    for n in range(len(fate_map.starts_of(asked, "map"))):
        fate_map.part(asked, "map", n)


def everything(asked: fate_map.Question) -> None:
    for _ in fate_map.parts(asked):
        pass
    fate_map.payload(asked, TEXT)


def forget() -> None:
    for cache in CACHES:
        cache.cache_clear()


def size_row(name: str, experiment: Experiment) -> Row:
    """The largest family of the run's first updates, in thousands of bytes."""
    sizes = [len(family(experiment, k)) / 1e3 for k in SIZED]
    return Row(f"family of {len(RATES)} runs as sent, {name}", "120 KB", f"{max(sizes):.1f} KB", max(sizes) <= 120)


def family(experiment: Experiment, k: int) -> str:
    here = update_at(experiment, k)
    seen = rate_chart.view(Recipe(experiment, Place(k=k)), here, TEXT)
    return forecast.family(experiment, here, seen, (0, 1), TEXT)[1]
