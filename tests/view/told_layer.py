"""Everything that the depth "Layer" and the card of an operation can say, on networks and neurons of every kind."""

from dataclasses import replace

from engine.experiment import NETWORK, NETWORKS, PRESETS, Experiment
from engine.update import Update, update_at
from view.network import net_card, net_layer, net_transpose
from view.network.net_product import product_at
from view.text import Text


def networks() -> list[Experiment]:
    """Every preset; every activation and loss, fused and not, with one output and with three; no hidden layer; no bias."""
    blobs, xor = NETWORKS["blobs"], NETWORK
    return [
        *NETWORKS.values(),
        *PRESETS.values(),
        *(replace(xor, hidden=((3, key),)) for key in ("identity", "relu", "leaky_relu", "sigmoid")),
        replace(xor, loss="cross_entropy", bias=False),
        replace(xor, loss="squared_error", activation="tanh", reduction="sum"),
        replace(xor, loss="half_squared_error"),
        replace(xor, data="and", reduction="sum", hidden=()),
        replace(blobs, loss="categorical_cross_entropy"),
        replace(blobs, loss="cross_entropy_logits", activation="sigmoid", hidden=()),
        replace(blobs, loss="cross_entropy", activation="sigmoid"),
        replace(blobs, loss="squared_error", activation="identity", reduction="sum", rates=((0, 0.001),)),
        replace(xor, free=(0, 1)),
    ]


def moments() -> list[tuple[Update, int]]:
    """Every moment of their first update, and the last one of a run that stops."""
    wild = replace(NETWORK, activation="identity", loss="squared_error", hidden=((4, "identity"),), rates=((0, 10.0),))
    every = [(update_at(e, 0), m) for e in networks() for m in range(1, len(update_at(e, 0).moments) + 1)]
    stopped = update_at(wild, 4000)
    return [*every, (stopped, len(stopped.moments))]


def tell(text: Text) -> list[str]:
    said = []
    for here, m in moments():
        select = net_card.first(here)
        found, product = net_card.operation(here, here.moments[m - 1], select), product_at(here, m, select)
        said += [net_card.heading(here, here.moments[m - 1], text), net_layer.title(found, text)]
        said += [word for words in net_layer.places(here, found.name, text) for word in words.values()]
        if product:
            said += [net_layer.question(product, text)]
            said += [
                say(product, key, text) for key in net_transpose.NOTATIONS for say in (net_transpose.caption, net_transpose.result)
            ]
    return said
