"""Every sentence about what goes wrong: each finding, what each remedy made of it, each layer's gradient, and the whole game of the
broken engine with its hints and verdicts."""

from dataclasses import replace

import numpy as np

from engine.broken import BROKEN, telltale
from engine.experiment import NETWORK, NETWORKS, Experiment, start_of
from engine.update import Update, update_at
from view.network import net_break, net_break_words, net_norms
from view.network.net_cures import CURES, cure, cured, found_at
from view.network.net_health import Mended, result, told
from view.text import Text


def scaled(experiment: Experiment, by: float) -> Experiment:
    """The same network with every start weight multiplied."""
    return replace(experiment, weights=tuple(float(w) for w in np.clip(by * start_of(experiment), -1000, 1000)))


def overflowing() -> list[tuple[Experiment, int]]:
    """(experiment, updates made) at which a value, a gradient or a weight is no number any more."""
    linear = {"activation": "identity", "loss": "squared_error", "rates": ((0, 10.0),)}
    return [
        (replace(NETWORK, hidden=((4, "identity"),), **linear), 4),
        (replace(NETWORKS["sine"], hidden=((8, "relu"), (8, "relu")), rates=((0, 10.0),)), 117),
        (replace(NETWORKS["sine"], hidden=((8, "identity"),), rates=((0, 1.2),)), 5),
    ]


def ill() -> list[tuple[Experiment, int]]:
    """(experiment, updates made): every kind of finding, from the start and later, in one unit and in many."""
    relu = replace(NETWORK, hidden=((4, "relu"),), rates=((0, 10.0),), seed=4)
    sure = replace(NETWORKS["blobs"], hidden=((8, "relu"),), loss="categorical_cross_entropy", rates=((0, 10.0),), seed=27)
    deep = replace(NETWORKS["spiral"], hidden=((8, "sigmoid"),) * 4)
    return [
        *((replace(NETWORK, initialiser=initialiser), 5) for initialiser in ("equal", "zeros")),
        (replace(NETWORK, hidden=((2, "relu"),)), 0),
        *((replace(NETWORK, hidden=((4, "relu"),) * 2, initialiser=initialiser), 3) for initialiser in ("equal", "zeros")),
        (relu, 50),
        (replace(relu, data="moons", batch=10), 60),
        (sure, 5),
        (scaled(replace(NETWORKS["moons"], hidden=((4, "sigmoid"),), loss="cross_entropy"), 200), 20),
        (scaled(replace(NETWORKS["blobs"], hidden=((4, "tanh"),)), -200), 0),
        (replace(deep, initialiser="small_normal"), 40),
        (scaled(replace(NETWORKS["sine"], hidden=((8, "identity"),) * 3, rates=((0, 0.001),)), 40), 0),
        *overflowing(),
    ]


def findings(text: Text) -> list[str]:
    said = []
    for experiment, k in ill():
        here = update_at(experiment, k)
        said += [sentence for _, sentence in told(found_at(experiment, here.k), text, here.whole)]
        for finding in found_at(experiment, here.k)[:3]:
            act = cure(finding, experiment)
            after = cured(act, experiment, here.k, finding.kind)
            said.append(result(Mended(experiment, after, here.k, finding, act), update_at(after, here.k), text))
    finding = found_at(replace(NETWORK, initialiser="equal"), 0)[0]
    for act in CURES:  # whatever a click can have done, mended or not, or mended with something else
        for after in (NETWORK, replace(NETWORK, initialiser="equal"), replace(NETWORK, hidden=((2, "relu"),))):
            said.append(result(Mended(NETWORK, after, 0, finding, act), update_at(after, 0), text))
    here = update_at(replace(NETWORK, hidden=((2, "relu"),)), 5)  # seen after some updates, with a loss that is not lower
    for after in (NETWORK, replace(NETWORK, hidden=((2, "relu"),))):
        better = Mended(replace(after, rates=((0, 0.5),)), after, 5, finding, "seed")
        said.append(result(better, update_at(after, 5), text))
    beyond = [found_at(experiment, k)[0] for experiment, k in overflowing()]
    for part in ("gradient", "update"):
        said += [told((replace(f, part=part, array="W1", places=((0, 0),)),), text)[0][1] for f in beyond]
    parts = [text.say(name) for name in ("health-chain-value", "health-chain-back", "health-chain-more")]
    return [*said, *parts]


def pictures(text: Text) -> list[str]:
    said = []
    for experiment, k in [(NETWORK, 0), (NETWORK, 7), *ill()]:
        here = update_at(experiment, k)
        for m in (1, 8, len(here.moments)):
            drawn = net_norms.picture(experiment, here, m, text)
            said += [*drawn["texts"].values(), *(limit["text"] for limit in drawn["limits"])]
    return said


def games() -> list[tuple[Experiment, Update]]:
    """Broken engines at their start, and one with nothing to be seen."""
    bases = (
        NETWORKS["spiral"],
        NETWORKS["blobs"],
        replace(NETWORK, batch=2),
        replace(NETWORK, initialiser="zeros"),
        NETWORKS["hand"],
    )
    broken = [replace(base, mistake=key) for base in bases for key in BROKEN]
    return [(experiment, update_at(experiment, 0)) for experiment in broken]


def game(text: Text) -> list[str]:
    said = [text.say(name) for name in ("break-banner", "break-offer", "break-nothing", "break-intro", "break-later", "break-pick")]
    for experiment, here in games():
        said += [net_break_words.hint(here, level, text) for level in (1, 2, 3) if here]
        said += [net_break_words.accused(here, key, experiment.mistake, text) for key in BROKEN]
        said += [net_break_words.rule(here, name, text) for name in net_break_words.order(here) if not name.startswith("b")]
        for name in net_break_words.order(here):
            i = telltale(net_break_words.honest(here)[name], here.trace.grads[name])
            last = net_break.nudged(here, name, i)
            said.append(net_break_words.nudge(here, name, i, last.found, last.same, text))
    return said + [text.say(f"break-name-{key}") for key in BROKEN]


def tell(text: Text) -> list[str]:
    return [*findings(text), *pictures(text), *game(text)]
