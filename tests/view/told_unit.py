"""Every sentence that the depth "Unit and weight" can say: numbers of every kind in every preset, before and after they are found,
few paths and too many, a kink, and a mistake in the backward pass."""

from dataclasses import replace
from types import MappingProxyType

from engine.experiment import NETWORKS
from engine.program import Trace
from engine.update import Update, update_at
from engine.words import Place
from view.network import net_nudge, net_rows, net_unit, net_votes, net_why
from view.text import Text

NUMBERS = ("W1.0.0", "b1.1", "W2.0.1", "z1.0.1", "a1.0.0", "z2.0.0", "y.0.0", "x.0.0", "y_true.0.0", "l.0", "L", "L.0")
DEEP = replace(NETWORKS["spiral"], hidden=((8, "tanh"),) * 4)
KINK = replace(NETWORKS["xor2"], hidden=((2, "relu"),), weights=(1.0, 1.0, 1.0, -1.0, 0.0, 0.0, 1.0, 1.0, 0.1))


def mistaken(here: Update) -> Update:
    """A backward pass that claims a tenth too much for the weights."""
    grads = {name: g * 1.1 if name in dict(here.of.layout) else g for name, g in here.trace.grads.items()}
    return replace(here, trace=Trace(here.trace.program, here.trace.values, MappingProxyType(grads)))


def of_number(here: Update, key: str, text: Text) -> list[str]:
    """All that is said of one number, from the moment before anything is found to the last."""
    name, i = net_unit.picked(here, Place(select=key))
    who, said = net_why.called(here, name, i, text), []
    for seen in ((False, False), (True, False), (True, True)):
        gradient = seen[1] and name in here.trace.grads
        found = (seen[0], gradient)
        said += [net_unit.heading(here, name, i, found, text), net_unit.later(here, name, i, found, text)]
        for title, chips in net_why.chips(here, name, i, found, text).items():
            said += [title, *(net_why.label(here, chip, text) for chip in chips[: net_why.SHOWN])]
    if name in here.trace.grads and name != here.of.program[-1].out:
        table = net_votes.table(here, name, i, who, text)
        said += [
            *table["head"],
            *table["texts"].values(),
            table["sum"]["text"],
            *([table["rest"]["text"]] if table["rest"] else []),
        ]
        said += [net_votes.sentence(here, name, i, who, text), *net_unit.said(here, name, i, who, text)]
        said.append(net_votes.cheap(here, text))
    return [sentence for sentence in said if sentence]


def tell(text: Text) -> list[str]:
    said = [text("… {n} more", n=3)]
    for experiment in NETWORKS.values():
        here = update_at(experiment, 0)
        said += [sentence for key in NUMBERS for sentence in of_number(here, key, text)]
    said += of_number(update_at(DEEP, 0), "W1.0.0", text)
    few = update_at(replace(NETWORKS["moons"], batch=4), 3)
    said += [net_rows.absent(few, Place(select=key), 4, text) for key in ("z1.0.2", "x.0.1", "l.0")]
    wrong = mistaken(update_at(NETWORKS["xor4"], 0))
    said += of_number(wrong, "W1.3.0", text)
    kink = update_at(KINK, 0)
    said += [net_nudge.finding(net_nudge.verdict(kink, "b1", (1,)), "b⁽¹⁾₂", text)]
    return said
