"""A diagnosis in words, and what to do about it. Shown as soon as the reader could know it, never before."""

from engine.experiment import Experiment
from engine.update import Update
from view.numbers import is_
from view.questions import complete
from view.sentences import samples_are
from view.text import Text

XOR_LOSSES = {0.25: "still-valley", 1 / 3: "still-middle"}


def known(here: Update, m: int) -> bool:
    """Whether moment m lets the reader see what the diagnosis says: it held before this update, or its gradient is found."""
    return here.diagnosis is not None and (here.diagnosis.since < here.k or here.diagnosis.kind == "diverged" or complete(here, m))


def sentence(experiment: Experiment, here: Update, text: Text) -> str:
    """What is wrong (or done), where, since when."""
    found = here.diagnosis
    kind, fields = found.kind, {"since": found.since, "loss": is_(found.loss)}
    if kind == "dead" and found.since == 0:
        kind = "dead-start"
    if kind == "still" and _is_lesson(experiment):
        kind = next((key for loss, key in XOR_LOSSES.items() if abs(found.loss - loss) < 1e-3), kind)
    if kind == "silent":
        numbers = [str(n) for n in found.samples]
        many = "many" if len(numbers) > 1 else "one"
        fields["samples"] = text.say(f"silent-{many}", samples=samples_are(numbers, text))
    return text.say(kind, **fields)


def _is_lesson(experiment: Experiment) -> bool:
    """XOR, ReLU, mean squared error, no bias: the one objective whose valleys are known in closed form."""
    return (experiment.data, experiment.activation, experiment.loss, experiment.reduction, experiment.bias) == (
        "xor", "relu", "squared_error", "mean", False,
    )  # fmt: skip


REMEDIES = {"dead": "Half the learning rate", "swings": "Half the learning rate", "diverged": "A tenth of the learning rate"}


def remedy(here: Update) -> tuple[str, str] | None:
    """(label, action) of the button that mends it: "rate/2", "rate/10" or "restart"."""
    found = here.diagnosis
    if found.kind == "dead" and found.since == 0:
        return "Start from (0.5, 0.5)", "restart"
    if found.kind in REMEDIES:
        return REMEDIES[found.kind], "rate/10" if found.kind == "diverged" else "rate/2"
    return None
