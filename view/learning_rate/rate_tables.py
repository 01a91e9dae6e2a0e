"""The pictures of the learning rate's page once more as tables: where the rates lead, this step's thresholds, the shares of the
fates, and the run's numbers with their distance off the plane."""

import csv
import io

import numpy as np

from engine.experiment import Experiment
from engine.fates import fates
from engine.limits import RATE
from engine.outlook import KEPT, RATES
from engine.parse import shortest
from engine.update import Update
from view import names
from view.learning_rate import fate_map
from view.learning_rate.fates import ends_at, fate_names
from view.learning_rate.forecast import family_of, stretches
from view.learning_rate.foresight import oracle_of
from view.learning_rate.landscape import View
from view.numbers import show
from view.tables import markdown
from view.text import Text

ROWS = 12  # of the run's table
COLUMNS = 6  # parameters shown there; the file has all


def sweep(experiment: Experiment, here: Update, text: Text) -> str:
    """From which rate to which a run ends where."""
    runs, lines = family_of(experiment, here), []
    called = fate_names(runs.fates, here.of, text)
    for first, last in stretches(runs.codes):
        loss = runs.sweep.loss[-1, first : last + 1]
        ends = ends_at(float(loss[0])) if np.ptp(loss) < 1e-3 else f"{show(loss.min())} – {show(loss.max())}"
        rates = show(RATES[first]) if first == last else f"{show(RATES[first])} – {show(RATES[last])}"
        lines.append([rates, called[runs.codes[first]], ends.removeprefix("= ")])
    return markdown([text("learning rate η"), text("fate"), text("L after {n} updates", n=f"{KEPT[-1]:,}")], lines)


def oracle(experiment: Experiment, here: Update, text: Text) -> str:
    """Every number of this step's oracle."""
    known = oracle_of(experiment, here)
    none, best = text("none up to {x}", x=show(RATE[1])), known.best
    lines = [
        ["2/λmax", "—" if known.curvature.limit is None else show(known.curvature.limit)],
        [
            text("best η of this step"),
            "—" if best is None else text("beyond {x}", x=show(best[0])) if known.falling else show(best[0]),
        ],
        [text("L after the best step"), "—" if best is None else show(best[1])],
        [text("smallest η that raises the loss"), none if known.rises is None else show(known.rises)],
        [text("smallest η that switches a sample off"), none if known.first_off is None else show(known.first_off)],
        [text("smallest η that switches the last one off"), none if known.last_off is None else show(known.last_off)],
        [text("slope of L along the step"), show(known.slope)],
        [text("second derivative of L along the step"), show(known.bend)],
    ]
    return markdown([text("this step"), ""], lines)


def shares(asked: fate_map.Question, experiment: Experiment, here: Update, text: Text) -> str:
    """Where starts end: on the map, drawn by Glorot, drawn from the square."""
    found, called = fate_map.shares(asked), fate_names(fates(fate_map.places(asked)), here.of, text)
    lines = [
        [name, *(fate_map.percent(float(found[kind][c])) for kind in fate_map.STARTS)]
        for c, name in enumerate(called)
        if any(found[kind][c] > 0 for kind in fate_map.STARTS)
    ]
    return markdown([text("fate"), text("the map"), text("Glorot uniform"), text("uniform on the square")], lines)


def run(here: Update, seen: View, text: Text) -> str:
    """The run so far: some of its updates, with the true loss and the distance off the plane."""
    kept = np.unique(np.linspace(0, here.k, min(ROWS, here.k + 1)).round().astype(int))
    labels = [names.plain(*parameter) for parameter in here.of.parameters[:COLUMNS]]
    lines = [
        [str(k), *(show(x) for x in here.history.theta[k][:COLUMNS]), show(here.history.loss[k]), show(float(seen.off[k]))]
        for k in kept
    ]
    return markdown(["k", *labels, "L", text("off the plane")], lines)


def as_csv(experiment: Experiment, here: Update, text: Text) -> bytes:
    """The sweep in full precision: every field is a number or a word of ours."""
    runs, out = family_of(experiment, here), io.StringIO()
    called = fate_names(runs.fates, here.of, text)
    writer = csv.writer(out)
    writer.writerow([text("learning rate η"), text("fate"), text("L after {n} updates", n=KEPT[-1])])
    for eta, code, loss in zip(RATES, runs.codes, runs.sweep.loss[-1], strict=True):
        writer.writerow([shortest(eta), called[code], repr(float(loss))])
    return out.getvalue().encode("utf-8-sig")
