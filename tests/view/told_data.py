"""Every sentence about own weights, own data and unusual pairs of a last layer and a loss, for networks of one output and of
several and for data sets small and large."""

from dataclasses import replace

from engine.experiment import NETWORK, NETWORKS, PRESETS, Experiment
from engine.limits import COLUMNS, SAMPLES, TABLE_MB
from engine.losses import CLASS_LOSSES, LOSSES
from engine.update import update_at
from view.network import net_choices, net_data, net_weights
from view.text import Text


def pairs() -> list[Experiment]:
    """One output and several, each with every loss that it can have and with another last layer than the usual one."""
    one = [replace(NETWORK, loss=loss, activation=last) for loss in LOSSES for last in ("identity", "sigmoid", "tanh")]
    blobs = NETWORKS["blobs"]
    return [*one, *(replace(blobs, loss=loss, activation=last) for loss in CLASS_LOSSES for last in ("tanh", "softmax"))]


def tell(text: Text) -> list[str]:
    said = [text.say("data-table", rows=f"{SAMPLES:,}", columns=COLUMNS, size=TABLE_MB)]
    said += [text.say(note) for experiment in pairs() if (note := net_choices.pairing(experiment))]
    said += [text(name) for name in (*net_choices.DEPTH_NAMES.values(), *net_choices.NETWORK_NAMES.values())]
    for experiment in (*NETWORKS.values(), *PRESETS.values()):
        shown, seen = net_weights.table(experiment, update_at(experiment, 3), text), net_data.preview(experiment, text)
        said += [*shown["texts"].values(), *(layer["caption"] for layer in shown["layers"])]
        said += [seen["caption"], *(name for name, _ in seen["groups"]), seen["more"]]
    return [words for words in said if words]
