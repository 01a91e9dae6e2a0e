"""This step before it is taken, as a picture: the exact loss over the learning rate of this one step, the two guesses that the
gradient and the Hessian make of it, and the rates at which something happens."""

import numpy as np

from engine.experiment import Experiment
from engine.limits import RATE
from engine.op import Array
from engine.oracle import Oracle, along
from engine.outlook import bare, oracle_at
from engine.update import Update
from view import figures
from view.numbers import is_, show
from view.text import Text

POINTS = 241
WIDER = 3.0  # times the largest of the other rates: a rate farther out does not widen the picture


def oracle_of(experiment: Experiment, here: Update) -> Oracle:
    return oracle_at(bare(experiment), tuple(here.theta))


def widest(known: Oracle, eta: float) -> float:
    """How far the axis of rates reaches: all rates at which something happens, or twice the best, or twice the rate now."""
    best = known.best[0] if known.best and not known.falling else None
    found = sorted(x for x in (known.curvature.limit, known.rises, best, known.last_off, known.first_off) if x)
    near = [x for n, x in enumerate(found) if n == 0 or x <= WIDER * max(found[:n])]
    return min(RATE[1], 1.3 * near[-1] if near else 2 * eta)


def tallest(known: Oracle, exact: Array) -> tuple[float, float]:
    """The axis of losses: the whole exact curve, if it stays near the loss now; else what happens around that."""
    good = exact[np.isfinite(exact)]
    low = min(float(good.min()), known.loss)
    drop = max(known.loss - low, 0.05 * abs(known.loss), 1e-6)
    high = min(float(good.max()), known.loss + 1.5 * drop)
    slack = 0.1 * max(high - low, drop)
    return low - slack, max(high, known.loss) + slack


def picture(experiment: Experiment, here: Update, text: Text) -> dict:
    """The data of components/rates_oracle.js."""
    known = oracle_of(experiment, here)
    most = widest(known, here.rate)
    etas = np.linspace(0, most, POINTS)
    exact = along(here.of, here.theta, here.direction, etas)
    low, high = tallest(known, exact)
    quadratic = known.loss + etas * known.slope + etas**2 / 2 * known.bend
    now = float(along(here.of, here.theta, here.direction, np.array([here.rate]))[0])
    return {
        "x": [0.0, most],
        "y": [low, high],
        "xticks": figures.ticks(0, most, 6),
        "yticks": figures.ticks(low, high, 6),
        "exact": figures.packed(np.column_stack([etas, exact])),
        "first": [[0.0, known.loss], [most, known.loss + most * known.slope]],
        "quadratic": figures.packed(np.column_stack([etas, quadratic])) if np.isfinite(known.bend) else None,
        "level": known.loss,
        "marks": marks(here, known, most, text),
        "now": {"eta": here.rate, "loss": figures.plain(np.array([now]))[0]},
    }


def marks(here: Update, known: Oracle, most: float, text: Text) -> list[dict]:
    """The rates at which something happens, as far as the picture reaches; samples that go off at one rate share a mark."""
    found = []
    if known.curvature.limit:
        found.append(("limit", known.curvature.limit, f"2/λmax {is_(known.curvature.limit)}"))
    if known.best and not known.falling:
        found.append(("best", known.best[0], text("best")))
    if known.rises:
        found.append(("rises", known.rises, text("loss rises")))
    for eta in dict.fromkeys(eta for eta, _ in known.offs):
        numbers = text(", ").join(str(n) for at, n in known.offs if at == eta)
        if eta == known.last_off:
            found.append(("dead", eta, text("dead")))
        else:
            found.append(("off", eta, text("sample {n} off", n=numbers)))
    inside = [
        (kind, eta, words) for kind, eta, words in found if eta <= most or kind == "best"
    ]  # the best one at least as an arrow
    losses = along(here.of, here.theta, here.direction, np.array([eta for _, eta, _ in inside]))
    return [
        {"kind": kind, "eta": eta, "loss": float(loss), "text": words}
        for (kind, eta, words), loss in zip(inside, losses, strict=True)
        if np.isfinite(loss)
    ]


def facts(known: Oracle, text: Text) -> list[str]:
    """The numbers of the picture, one clause each."""
    if not known.slope:
        return [text("the gradient is 0: no rate moves the weights")]
    most, found = show(RATE[1]), []
    if known.curvature.limit:
        found.append(text("λmax {x}: how strongly the loss bends here, at most", x=is_(2 / known.curvature.limit)))
    if known.best:
        found.append(text("best η beyond {x}", x=most) if known.falling else text("best η {x}", x=is_(known.best[0])))
    rises = text("no η up to {x} raises the loss", x=most)
    found.append(rises if known.rises is None else text("smallest η that raises the loss: {x}", x=_about(known.rises)))
    if known.first_off and known.first_off != known.last_off:
        found.append(text("at η {x} the first sample switches off (z ≤ 0)", x=is_(known.first_off)))
    if known.last_off:
        found.append(text("at η {x} the last sample switches off: dead", x=is_(known.last_off)))
    if known.curvature.kink:
        found.append(text("the weights lie on a kink: λmax is that of its own side"))
    return found


def _about(x: float) -> str:
    """ "2.198" with ≈ before it where digits are missing."""
    return is_(x).removeprefix("= ")
