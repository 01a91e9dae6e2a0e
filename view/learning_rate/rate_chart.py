"""What the learning rate's chart is told: small data with every run, and heavy payloads under their hashes. Everything in it is
computed on the objective that is being trained."""

import numpy as np

from engine.experiment import rate_of
from engine.outlook import KEPT
from engine.recipe import Recipe
from engine.update import Update
from view import figures
from view.learning_rate import fate_map, forecast, foresight, landscape, rate_words
from view.learning_rate.fates import ends_at, fate_names
from view.learning_rate.landscape import View
from view.numbers import is_, row, show
from view.pictures import refused_rate
from view.text import Text

RATE_MARKS = [(x, show(x)) for x in (0.001, 0.01, 0.1, 1.0, 10.0)]
COMPANIONS = (0.01, 0.1, 0.5, 1.0, 2.0)  # rates whose paths are drawn thin beside the current one


def view(recipe: Recipe, here: Update, text: Text) -> View:
    """The picture of the surface, with room for the run so far."""
    return landscape.view_of(recipe.experiment, recipe.place, here, text)


def map_axes(recipe: Recipe) -> tuple[int, int]:
    """The two parameters of the map of fates: those of the surface, or the first two."""
    return landscape.axes_of(recipe.place) or (0, 1)


def question(recipe: Recipe, here: Update) -> fate_map.Question:
    return fate_map.question(recipe.experiment, map_axes(recipe), rate_of(recipe.experiment, here.k))


def chart(recipe: Recipe, here: Update, seen: View, text: Text) -> tuple[dict, dict[str, tuple[str, str]]]:
    """(data of components/rates.js, payloads to carry by key); the map's payload comes later."""
    experiment, place, axes = recipe.experiment, recipe.place, map_axes(recipe)
    family = forecast.family(experiment, here, seen, axes, text)
    asked = question(recipe, here)
    ghost = landscape.ghost(experiment, place, here, seen)
    companions = [int(np.argmin(np.abs(np.log(np.array(forecast.RATES) / eta)))) for eta in COMPANIONS]
    run = here.history.theta[: here.k + 1][figures.thinned(here.history.loss[: here.k + 1])]
    data = {
        "surface": seen.hash,
        "family": family[0],
        "map": fate_map.name_of(asked, text),
        "view": place.view,
        "rate": {"eta": show(here.rate), "value": here.rate, "refused": refused_rate(), "marks": RATE_MARKS},
        "current": forecast.current(experiment, here, seen, axes),
        "path": figures.packed(landscape.path(here, seen)),
        "ghost": None if ghost is None else figures.packed(ghost),
        "curve": forecast.curve(here, forecast.family_of(experiment, here), seen.floor),
        "oracle": foresight.picture(experiment, here, text),
        "spots": {
            "path": figures.packed(run[:, list(axes)]),
            "start": landscape.start_spot(experiment, axes),
        },
        "companions": companions,
        "texts": texts(recipe, here, seen, text),
    }
    return data, {"surface": (seen.hash, seen.payload), "family": family}


def texts(recipe: Recipe, here: Update, seen: View, text: Text) -> dict:
    """Words and alternative texts of the chart."""
    experiment = recipe.experiment
    (runs, at), known = forecast.row_of(experiment, here), foresight.oracle_of(experiment, here)
    away = "" if seen.exact else f" · {text('{x} off this plane', x=show(float(seen.off[0])))}"
    kind = "exact" if seen.exact else "off" if here.k else "start"
    exact = text.say(f"plane-{kind}", off=show(float(seen.off.max())))
    surface = text.say(
        "alt-surface", across=seen.names[0], up=seen.names[1], low=show(seen.across[0]), high=show(seen.across[1]),
        start=row(here.history.theta[0]), now=row(here.theta), k=here.k, loss=is_(here.loss), exact=exact,
        landmarks=seen.marks or text("none"),
    )  # fmt: skip
    told, guesses = foresight.facts(known, text), {"slope": show(known.slope), "bend": show(known.bend)}
    end, fate = float(runs.sweep.loss[-1, at]), fate_names(runs.fates, here.of, text)[runs.codes[at]]
    return {
        "sweepTitle": text("Where the run ends, for every learning rate"),
        "sweepNote": text("drag the green handle: everything below follows"),
        "altSweep": rate_words.sweep(experiment, here, text),
        "eta": text("Learning rate η"),
        "pathsTitle": text("Paths on the surface"),
        "pathsNote": text("click to start there"),
        "switch3d": text("3-D"),
        "switchContour": text("Contour"),
        "alt3d": surface,
        "altContour": surface,
        "landing": text.say("landing"),
        "lands": text.say("lands-template"),
        "end": text.say("end-template"),
        "start": text("start, k = 0") + away if here.k else "",
        "now": text("now, k = {k}", k=here.k),
        "companions": text("Thin lines: η = {etas}. {exact}", etas=", ".join(map(show, COMPANIONS)), exact=exact),
        "curveTitle": text("Loss, update by update"),
        "curveNote": text("click to go to an update"),
        "updateAxis": text("updates made k"),
        "jump": text("Go to an update"),
        "altCurve": text.say("alt-curve", loss=is_(here.loss), k=here.k, ahead=f"{KEPT[-1]:,}", end=ends_at(end), fate=fate),
        "oracleTitle": text("This step, before it is taken"),
        "oracleNote": "",
        "altOracle": text.say("alt-oracle", loss=is_(here.loss), facts=text("; ").join(told), **guesses),
        "oracleAxis": text("learning rate η of this one step"),
        "lossAxis": text("L after this step"),
        "exact": text("exact"),
        "first": text("first-order guess"),
        "quadratic": text("quadratic guess"),
        "facts": "\n".join(told),
        "mapTitle": text("Map of fates"),
        "mapNote": text("every start, at η = {eta} · click to start there", eta=show(here.rate)),
        "mapWaiting": text("is being computed …"),
        "mapKeys": text.say("map-keys"),
    }  # fmt: skip
