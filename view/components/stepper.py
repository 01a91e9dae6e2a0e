"""The stepper: where in time the reader stands, and how they move. It stands at the same place on every page."""

from engine.limits import UPDATES
from engine.moments import Moment, stops
from engine.update import Update
from engine.words import Place
from view import names
from view.components import component
from view.figures import round_step
from view.text import Text, without_markup

mount = component("stepper")


def granularity(place: Place, k: int) -> str:
    """The reader's choice, or: one operation at a time in the first update, phase by phase afterwards."""
    return place.steps or ("operation" if k == 0 else "phase")


def label(moment: Moment, text: Text) -> str:
    """A moment's short name on the track: z, ∂L/∂w, update."""
    if moment.phase == "update":
        return text("update")
    letter = {"W": "w"}.get(moment.name) or names.plain(moment.name)
    if moment.phase == "forward":
        return letter
    return f"∂{letter}" if names.layered(moment.name) else f"∂L/∂{letter}"


def stop_labels(here: Update, steps: str, text: Text) -> list[dict]:
    """Where this granularity halts, and what the Next button calls each halt."""
    found, beyond = [], max(moment.layer for moment in here.moments)
    for m in stops(here.moments, steps):
        moment = here.moments[m - 1]
        found.append({"m": m, "label": _stop_label(moment, beyond, steps, text)})
    return found


def _stop_label(moment: Moment, beyond: int, steps: str, text: Text) -> str:
    """A single operation has its own name; a whole phase or layer is called by what it is. Beyond the last layer is the loss."""
    if steps not in ("layer", "phase") or moment.phase == "update":
        return label(moment, text)
    if steps == "phase":
        return text({"forward": "forward pass", "backward": "backward pass"}[moment.phase])
    return text("the loss") if moment.layer == beyond else text("layer {n}", n=moment.layer)


def stepper(place: Place, here: Update, text: Text, sentence: str, theme: str, on_go) -> None:
    """Mount it; on_go is called after the reader moved, with the wanted moment in session_state.stepper.go."""
    named = [(m.phase, label(m, text)) for m in here.moments]
    phases = _phases(text)
    moments = [{"phase": p, "label": n, "long": text("{phase}: {name}", phase=phases[p], name=n)} for p, n in named]
    stops = {
        "first": stop_labels(here, granularity(place, 0), text),
        "later": stop_labels(here, granularity(place, 1), text),
    }
    at = f"{here.k}.{place.m}"
    _mount({"at": at, "moments": moments, "stops": stops}, place, end_of(here), text, sentence, theme, on_go)


def end_of(here: Update) -> int:
    """The latest update that the run can be followed to."""
    return UPDATES if here.history.stopped is None else here.history.updates


def update_stepper(place: Place, last: int, text: Text, sentence: str, theme: str, on_go, known: int) -> None:
    """The same where a whole update is one step and `last` the latest. Its track is the run: 0 … known updates."""
    step = text("take this step")
    moments = [{"phase": "update", "label": step, "long": step}]
    stop = [{"m": 1, "label": step}]
    track = {"run": {"label": text("Updates of this run"), "last": known}}
    data = {"at": f"{place.k}.1", "moments": moments, "stops": {"first": stop, "later": stop}, **track}
    _mount(data, place, last, text, sentence, theme, on_go)


def track(k: int) -> int:
    """How many updates the track shows: 60, or so many that the reader stands within them."""
    return max(60, int(round_step(k, 1))) if k > 60 else 60


def _phases(text: Text) -> dict[str, str]:
    return {phase: text(phase.capitalize()) for phase in ("forward", "backward", "update")}


def _mount(moment: dict, place: Place, last: int, text: Text, sentence: str, theme: str, on_go) -> None:
    data = {
        **moment,
        "last": last,
        "speed": place.speed,
        "theme": theme,
        "lang": {"zh": "zh-Hans"}.get(text.lang, text.lang),
        "sentence": without_markup(sentence),
        "texts": {
            "stepper": text("Steps through time"),
            "back": text("Back"),
            "next": text("Next: "),
            "end": text("The run ends here"),
            "play": text("Play"),
            "pause": text("Pause"),
            "first": text("First moment of this update"),
            "last": text("Last moment of this update"),
            "updates": text("Updates made"),
            "phases": _phases(text),
        },
    }
    mount(data=data, key="stepper", on_go_change=on_go, on_theme_change=lambda: None)
