"""The family of runs that the learning rate's slider scrubs: from the current weights on, one run per rate, seen at update numbers
that all share. The sweep picture shows where each ends; the browser follows the finger without asking again."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from engine.experiment import Experiment, objective_of, start_of
from engine.fates import DEAD
from engine.op import Array
from engine.outlook import KEPT, RATES, Runs, bare, oracle_at, runs_from
from engine.plane import Plane
from engine.sweep import Sweep
from engine.update import Update
from view import figures
from view.components.chart import packed
from view.learning_rate.fates import described, ends_at, with_loss
from view.learning_rate.landscape import View
from view.numbers import equals, is_, show
from view.pictures import hashed
from view.text import Text

SHORTEST = 7  # rates; a stretch of equal fates shorter than this has no label of its own
BITS = 14  # of a mantissa that the browser needs
TOP = 1e3  # times the loss now: what ends higher stands at the upper edge


def family_of(experiment: Experiment, here: Update) -> Runs:
    """The runs for every rate of the slider."""
    return runs_from(bare(experiment), tuple(here.theta), tuple(start_of(experiment)[2:]), tuple(RATES))


def row_of(experiment: Experiment, here: Update) -> tuple[Runs, int]:
    """The run at the experiment's own rate, which may lie between two of the slider's: (runs, its place there)."""
    at = np.flatnonzero(here.rate == RATES)
    if at.size:
        return family_of(experiment, here), int(at[0])
    return runs_from(bare(experiment), tuple(here.theta), tuple(start_of(experiment)[2:]), (here.rate,)), 0


def places(runs: Runs, plane: Plane, floor: float | None) -> Array:
    """(K, R, 3): coordinates in the plane and height of the true loss."""
    spots, _ = plane.seen(runs.sweep.theta)
    return np.concatenate([spots, figures.height(runs.sweep.loss, floor)[..., None]], axis=-1)


def landed(runs: Runs, plane: Plane) -> list[list[str]]:
    """Where the next update lands, in words: (place, loss) for each run."""
    spots, _ = plane.seen(runs.sweep.theta[1])
    return [[_place(spot), ends_at(float(x))] for spot, x in zip(spots, runs.sweep.loss[1], strict=True)]


def _place(spot: Array) -> str:
    if not np.isfinite(spot).all():
        return "∞"
    spot = np.round(spot, 9)  # what rounding leaves of a 0 in a turned plane
    return f"{'' if equals(*spot) == '=' else '≈ '}({show(spot[0])}, {show(spot[1])})"


def levels(runs: Runs, floor: float | None) -> tuple[float, float]:
    """The sweep picture's lowest and highest height: all final losses, but for those far above the loss now."""
    now, loss = float(runs.sweep.loss[0, 0]), runs.sweep.loss[-1]
    near = loss[np.isfinite(loss) & (loss <= TOP * max(now, 1e-6))]
    seen = figures.height(near if near.size else np.array([now]), floor)
    slack = max(0.14 * float(np.ptp(seen)), 0.02)
    return float(seen.min()) - slack, float(seen.max()) + slack


def ends(runs: Runs, floor: float | None, low: float, high: float) -> list[list]:
    """(fate, final loss in words, its height in the sweep picture, held at the picture's edge) for each run."""
    loss = runs.sweep.loss[-1]
    heights = np.clip(np.nan_to_num(figures.height(loss, floor), nan=high, posinf=high), low, high)
    return [[int(c), ends_at(float(x)), float(h)] for c, x, h in zip(runs.codes, loss, heights, strict=True)]


def stretches(codes: Array) -> list[tuple[int, int]]:
    """(first, last) row of each stretch of rates with one fate."""
    cuts = (np.flatnonzero(np.diff(codes)) + 1).tolist()
    return list(zip([0, *cuts], [*(cut - 1 for cut in cuts), len(codes) - 1], strict=True))


def family(experiment: Experiment, here: Update, view: View, axes: tuple[int, int], text: Text) -> tuple[str, str]:
    """(hash, packed payload) for components/rates.js; axes: the two parameters of the map of fates."""
    rest = tuple(start_of(experiment)[2:])
    return _family(bare(experiment), tuple(here.theta), rest, view.key, view.floor, axes, text)


@lru_cache(maxsize=64)
def _family(
    experiment: Experiment, theta: tuple, rest: tuple, key: tuple, floor, axes: tuple[int, int], text: Text
) -> tuple[str, str]:
    of, plane = objective_of(experiment), Plane(*map(np.array, key))
    runs = runs_from(experiment, theta, rest, tuple(RATES))
    low, high = levels(runs, floor)
    named = described(runs.fates, of, text)
    limit = oracle_at(experiment, theta).curvature.limit
    payload = {
        "etas": [show(eta) for eta in RATES],
        "values": RATES.tolist(),
        "ks": list(KEPT),
        "points": figures.packed(_coarse(places(runs, plane, floor)).swapaxes(0, 1).reshape(-1, 3)),
        "says": landed(runs, plane),
        "ends": ends(runs, floor, low, high),
        "spots": figures.packed(runs.sweep.theta[1][:, list(axes)]),
        "landing": figures.packed(runs.sweep.loss[1][:, None]),
        "fates": named,
        "labels": [
            {"row": (first + last) // 2, "text": label(runs, c, named, text), "code": c}
            for first, last in stretches(runs.codes)
            if last - first >= SHORTEST and (c := int(runs.codes[first])) >= 0
        ],
        "y": [low, high],
        "yticks": _ticks(runs, floor, low, high),
        "limit": None if limit is None else {"value": limit, "text": f"2/λmax {is_(limit)}"},
    }
    return hashed(experiment, theta, rest, key, floor, axes, text), packed(payload)


def label(runs: Runs, code: int, named: list[dict], text: Text) -> str:
    """A stretch in the sweep: "dead, L = 0.5", or how long was looked."""
    fate = runs.fates[code]
    if fate.kind == "undecided":
        return text("undecided after {n} updates", n=f"{KEPT[-1]:,}")
    called, loss = named[code]["text"], runs.sweep.loss[-1][runs.codes == code]
    same = np.isfinite(loss).all() and np.ptp(loss) < 1e-3
    return with_loss(called, fate.loss if fate.loss is not None else float(loss[0]), text) if same else called


def _ticks(runs: Runs, floor: float | None, low: float, high: float) -> list[tuple[float, str]]:
    """The losses at which runs come to rest; where there are none, round ones."""
    rest = [f.loss for f in runs.fates if f.loss is not None] + [float(x) for x in runs.sweep.loss[-1][runs.codes == DEAD][:1]]
    found: list[tuple[float, str]] = []
    for loss in rest:
        at = float(figures.height(loss, floor))
        if low <= at <= high and all(abs(at - other) > (high - low) / 8 for other, _ in found):
            found.append((at, ends_at(loss).strip("=≈ ")))
    return sorted(found) if len(found) > 1 else figures.loss_ticks(low, high, floor, 4)


def _coarse(x: Array) -> Array:
    """Four digits are more than a screen shows; numbers with fewer bits pack into fewer bytes."""
    with np.errstate(over="ignore", invalid="ignore"):
        mantissa, exponent = np.frexp(x)
        return np.ldexp(np.round(mantissa * 2**BITS) / 2**BITS, exponent)


def current(experiment: Experiment, here: Update, view: View, axes: tuple[int, int]) -> dict:
    """The run at exactly the experiment's rate, as one row of the family."""
    (runs, row), whole = row_of(experiment, here), family_of(experiment, here)
    low, high = levels(whole, view.floor)
    one = Runs(_only(runs.sweep, row), runs.fates, runs.codes[row : row + 1])
    return {
        "points": figures.packed(places(one, view.plane, view.floor)[:, 0]),
        "says": landed(one, view.plane)[0],
        "end": ends(one, view.floor, low, high)[0],
        "spot": figures.plain(one.sweep.theta[1][0, list(axes)]),
        "landing": figures.plain(one.sweep.loss[1])[0],
    }


def _only(sweep: Sweep, row: int) -> Sweep:
    return replace(sweep, etas=sweep.etas[[row]], theta=sweep.theta[:, [row]], loss=sweep.loss[:, [row]])


def curve(here: Update, runs: Runs, floor: float | None) -> dict:
    """The loss up to now, and the room that the family needs: updates stand at log₁₀(1 + k), so that the first ones have room."""
    kept = figures.thinned(here.history.loss[: here.k + 1])
    past = figures.height(here.history.loss[kept], floor)
    low, high = levels(runs, floor)
    low, high = min(low, float(past.min())), max(high, float(past.max()))
    last = here.k + KEPT[-1]
    marks = [k for e in range(5) for k in (10**e, 3 * 10**e) if k <= last]
    return {
        "past": figures.packed(np.column_stack([np.log10(1 + kept), past])),
        "at": [float(np.log10(1 + here.k + k)) for k in KEPT],
        "x": [0.0, float(np.log10(1 + last))],
        "y": [low, high],
        "xticks": [(float(np.log10(1 + k)), f"{k:,}") for k in (0, *marks)],
        "yticks": figures.loss_ticks(low, high, floor, 4.5),
        "axis": figures.axis_name(floor),
        "last": here.k,
    }
