"""What the Network page computes, each by the page's own functions: a long run with its full history, a thousand seeds of the
article's program, and the explanation of one weight: its equation, paths, votes, nudge and what it is made of. Nothing of it is
taken from a cache."""

from rate_speed import larger_network, speed
from report import Row

from engine.data import data
from engine.experiment import Experiment
from engine.history import descend
from engine.own import own
from engine.seeds import ARTICLE, EPOCHS, outcomes
from engine.table import Table
from engine.update import Update, update_at
from engine.words import Place
from view.network import net_unit, net_votes, net_why
from view.text import Text

UPDATES, SEEDS = 2000, 1000
TEXT = Text("en", page="network")
WEIGHTS = ("W1.3.0", "W2.5.2", "b1.4")


def rows() -> list[Row]:
    of, theta = larger_network()
    here = update_at(larger_experiment(of), 3)
    return [
        speed("2,000 full-batch updates of 2-8-8-1, 200 samples", lambda: descend(of, theta, ((0, 0.5),), UPDATES), 700, 10),
        speed("1,000 seeds × 1,000 epochs of the article's program", lambda: outcomes(ARTICLE, range(SEEDS), EPOCHS), 1500, 5),
        *(speed(f"explaining {key} of 2-8-8-1, 200 samples", lambda key=key: explained(here, key), 15) for key in WEIGHTS),
    ]


def larger_experiment(of) -> Experiment:
    """2-8-8-1 on the same 200 samples, as the page's own experiment."""
    table = Table(("x1", "x2"), ("y_true",), data(of.inputs["x"], of.inputs["y_true"]))
    hidden, last = ((8, "tanh"), (8, "tanh")), {"activation": "sigmoid", "loss": "cross_entropy"}
    return Experiment(data="own", own=own(table), hidden=hidden, bias=True, weights=None, rates=((0, 0.5),), **last)


def explained(here: Update, key: str) -> None:
    """All that the depth "Unit and weight" says of one number."""
    name, i = net_unit.picked(here, Place(select=key))
    who = net_why.called(here, name, i, TEXT)
    net_unit.card(here, name, i, (True, True), "light", TEXT)
    net_votes.table(here, name, i, who, TEXT)
    net_votes.sentence(here, name, i, who, TEXT)
    net_unit.said(here, name, i, who, TEXT)
    net_why.chips(here, name, i, (True, True), TEXT)
