"""The film of a run: what the browser needs to show any moment of it without asking the server. About a hundred moments are its
frames, each with all weights and with what the network then said for every input; they are computed in a few calls, once a run."""

import base64
from functools import lru_cache

import numpy as np

from engine.experiment import Experiment, batched, data_of, history_of, objective_of
from engine.history import History
from engine.network import outputs
from engine.objective import Objective, chunk
from engine.op import Array
from view import figures, names
from view.components.chart import packed
from view.network.net_decision import Ends, coded, has_classes, hits, scale, spots
from view.network.net_scene import ranges
from view.pictures import hashed

FRAMES = 120
SIDE = 41  # of a frame's map
CURVE = 101  # points of a frame's curve
RUNS = 8  # maps computed in one call: their layers then stay in the cache
SHARES = (0.5, 0.2, 0.3)  # of the frames: evenly along the logarithmic axis, along k, and along the way the loss goes up and down


def film_name(experiment: Experiment, updates: int, axes: Ends | None = None) -> str:
    """The hash of the film that `film` makes, without making it."""
    return hashed("film", experiment, updates, axes)


@lru_cache(maxsize=8)
def film(experiment: Experiment, updates: int, axes: Ends | None = None) -> tuple[str, str]:
    """(hash, packed) of the run's first `updates` updates, F frames, N samples; axes: those of the picture, if they are held:

    ks (F, 1), theta (F, P), ids (P,), loss (F, 1) on all samples; losses (T+1, 1) of every update, None with mini-batches;
    n and maps or classes: F·n·n bytes as in components/decision.py, for two inputs; curves (F, M) for one; else None;
    half: as there;
    wrong: F·N bytes, 1 where the network was wrong about a sample, or None where there is no right or wrong.
    """
    of, history, x = objective_of(experiment), run_of(experiment, updates), data_of(experiment).x
    ks, across = frames(history.loss), axes or tuple(ranges(x))
    theta, inputs = history.theta[ks], x.shape[1]
    right = hits(of, theta)
    return film_name(experiment, updates, axes), packed(
        {
            "ks": figures.packed(ks[:, None]),
            "theta": figures.packed(theta),
            "ids": [names.key(name, i) for name, i in of.parameters],
            "loss": figures.packed(losses_at(of, theta)[:, None]),
            "losses": None if batched(experiment) else figures.packed(history.loss[:, None]),
            **_maps(experiment, of, theta, spots(across, SIDE) if inputs == 2 else None),
            "curves": figures.packed(first_output(of, theta, np.linspace(*across[0], CURVE))) if inputs == 1 else None,
            "wrong": None if right is None else _bytes(~right),
        }
    )


def run_of(experiment: Experiment, updates: int) -> History:
    """The run up to the end of so many updates, as long as the history that has exactly these."""
    return history_of(experiment, max(updates - 1, 0))


def frames(loss: Array) -> Array:
    """At most FRAMES of the updates 0…T of a run with these losses (T+1,), first and last among them."""
    k, last = np.arange(len(loss)), max(len(loss) - 1, 1)
    if len(loss) <= FRAMES:
        return k
    heights = figures.height(loss, figures.FLOOR)
    ways = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(heights)))])
    along = sum(share * way / max(way[-1], 1e-12) for share, way in zip(SHARES, (np.log1p(k), k / last, ways), strict=True))
    return np.unique(np.round(np.interp(np.linspace(0, along[-1], FRAMES), along, k)).astype(int))


def losses_at(of: Objective, theta: Array) -> Array:
    """theta (R, P) -> L (R,), in calls of a size that the cache holds."""
    size = chunk(of)
    return np.concatenate([of.loss(theta[at : at + size]) for at in range(0, len(theta), size)])


def first_output(of: Objective, theta: Array, line: Array) -> Array:
    """theta (R, P), x (M,) -> y₁ (R, M)."""
    return outputs(of, theta, line[:, None])["y"][..., 0]


def _maps(experiment: Experiment, of: Objective, theta: Array, over: Array | None) -> dict:
    if over is None:
        return {"n": SIDE, "maps": None, "classes": None}
    parts = [coded(experiment, outputs(of, theta[at : at + RUNS], over)["y"]) for at in range(0, len(theta), RUNS)]
    many = has_classes(experiment)
    said = {"classes" if many else "maps": _bytes(np.concatenate(parts)), "maps" if many else "classes": None}
    half = many or scale(experiment).half
    return {"n": SIDE, "half": half, "k": data_of(experiment).y_true.shape[1] if many else None, **said}


def _bytes(numbers: Array) -> str:
    return base64.b64encode(numbers.astype(np.uint8).tobytes()).decode()
