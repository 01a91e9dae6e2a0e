"""Every sentence that the time line and the decision picture can say: with and without held-out samples, mini-batches and a pinned
run, on maps of one output and of classes and on curves, and while points may be added and moved."""

from dataclasses import replace

from engine.experiment import NETWORK, NETWORKS, Experiment
from engine.own import own
from engine.table import read_table
from engine.update import update_at
from view.network import net_decision, net_time
from view.text import Text


def shown() -> list[tuple[Experiment, int, Experiment | None]]:
    """(experiment, updates made, pinned run)."""
    spiral, other = NETWORKS["spiral"], replace(NETWORK, loss="squared_error")
    return [
        *((experiment, 0, None) for experiment in NETWORKS.values()),
        (NETWORK, 5, replace(NETWORK, seed=1)),
        (spiral, 0, replace(spiral, rates=((0, 0.1),))),
        (NETWORK, 5, other),
        (replace(spiral, batch=10), 5, None),
        *((numbers(rows, targets), 0, None) for rows, targets in (("1,2,3\n2,1,4", 1), ("1,2,3,5\n2,1,4,6", 2), ("1,2\n2,3", 1))),
    ]


def numbers(rows: str, targets: int) -> Experiment:
    """A network whose targets are numbers and no classes."""
    return replace(NETWORK, data="own", own=own(read_table(rows, targets)), activation="identity", loss="squared_error")


def tell(text: Text) -> list[str]:
    said = []
    for experiment, k, pinned in shown():
        here = update_at(experiment, k)
        said += net_time.time_line(experiment, here, pinned, text)["texts"].values()
        for hand in (False, True):
            data, _ = net_decision.picture(experiment, here, text, add=hand, edit=hand)
            texts = data["texts"]
            said += [*texts.pop("classes"), *data["editClasses"], *texts.values()]
    return [words for words in said if words]
