"""One run of the program, epoch by epoch: where it stands in a sentence, a table of the epochs that matter, the loss as a time
line. An epoch is one update, because each update sees all four samples."""

import numpy as np

from engine.diagnosis import on
from engine.experiment import Experiment, history_of
from engine.fates import rights
from engine.history import History
from engine.objective import Objective
from engine.op import Array
from engine.seeds import EPOCHS
from engine.table import write_table
from engine.update import Update, update_at
from view import figures, names
from view.article.article_program import named, program_of
from view.network import net_time
from view.numbers import is_, show
from view.tables import markdown
from view.text import Text

KEPT = (0, 1, 2, 5, 10, 50, 100, 500, EPOCHS)
FLOOR = figures.FLOOR
FEW = 3  # weights and biases that have columns of their own


def history_to(experiment: Experiment, k: int) -> History:
    """The run at least to the article's last epoch, and to where the reader stands."""
    return history_of(experiment, max(EPOCHS, k))


def fate(here: Update) -> str:
    """ "solved", "dead" or "stuck", as one says of a run that ends here; the same words as those of a thousand seeds."""
    if rights(here.of, here.theta).all():
        return "solved"
    return "dead" if silent(here.of, here.theta) else "stuck"


def silent(of: Objective, theta: Array) -> Array:
    """Whether no sample gets through: a whole layer is on its flat side for all of them. theta (..., P) -> (...)."""
    return ~on(of, theta).any(axis=-1)


def sentence(experiment: Experiment, here: Update, text: Text) -> str:
    """The page's first line: what this moment of the run is."""
    right = rights(here.of, here.theta)
    found = "start" if here.k == 0 else "still" if here.k < EPOCHS else "stuck"
    if fate(here) != "stuck":
        found = "dead-hidden" if fate(here) == "dead" and experiment.hidden else fate(here)
    return text.say(
        f"run-{found}", program=named(program_of(experiment), text), start=started(experiment, text), k=f"{here.k:,}",
        loss=is_(here.loss), right=int(right.sum()), count=right.size,
    )  # fmt: skip


def started(experiment: Experiment, text: Text) -> str:
    return text("own start weights") if experiment.weights is not None else text("seed {n}", n=experiment.seed)


def columns(here: Update, text: Text) -> list[str]:
    """Headings of the epochs' table: the few parameters of a neuron, the loss, and the output for each sample."""
    few = [names.plain(*parameter) for parameter in here.of.parameters] if here.of.size <= FEW else []
    outputs = [names.plain("y") + str(n + 1).translate(names.SUBSCRIPT) for n in range(len(here.of.inputs["x"]))]
    return [text("epoch"), *few, "L", *outputs]


def rows(here: Update, history: History, ks) -> list[list[float]]:
    thetas = history.theta[list(ks)]
    y = here.of.values(thetas)["y"][..., 0]
    few = thetas if here.of.size <= FEW else thetas[:, :0]
    return np.column_stack([ks, few, history.loss[list(ks)], y]).tolist()


def epochs(experiment: Experiment, here: Update, text: Text) -> str:
    """A Markdown table: the kept epochs and the one the reader stands at, in bold."""
    history = history_to(experiment, here.k)
    ks = sorted({n for n in KEPT if n <= history.updates} | {here.k})
    shown = [[f"{n:,}", *map(show, numbers[1:])] for n, numbers in zip(ks, rows(here, history, ks), strict=True)]
    now = ks.index(here.k)
    shown[now] = [f"**{cell}**" for cell in shown[now]]
    return markdown(columns(here, text), shown)


def as_csv(experiment: Experiment, text: Text) -> bytes:
    """Every epoch of the run in full precision, whatever the number of weights."""
    here, history = update_at(experiment, 0), history_to(experiment, 0)
    theta, loss = history.theta[: EPOCHS + 1], history.loss[: EPOCHS + 1]
    y = here.of.values(theta)["y"][..., 0]
    called = [names.plain(*parameter) for parameter in here.of.parameters]
    tail = columns(here, text)[-y.shape[-1] :]
    return write_table([text("epoch"), *called, "L", *tail], np.column_stack([np.arange(len(y)), theta, loss, y]).tolist())


def time_line(experiment: Experiment, here: Update, text: Text) -> dict:
    """The loss as the data of components/timeline.js: to the last epoch, or to where the reader stands. It has no film."""
    history = history_to(experiment, here.k)
    last = min(max(EPOCHS, here.k), history.updates)
    loss = history.loss[: last + 1]
    ks = net_time.kept(loss)
    heights = figures.height(loss, FLOOR)
    slack = max(0.08 * float(np.ptp(heights)), 0.02)
    low, high = float(heights.min()) - slack, float(heights.max()) + slack
    marks = [n for n in (0, 1, 3, 10, 30, 100, 300, 1000, 3000) if n <= last]
    return {
        "train": figures.packed(np.column_stack([ks, heights[ks], loss[ks]])),
        **dict.fromkeys(("held", "batches", "pinned", "film")),
        "k": here.k,
        "last": last,
        "now": float(heights[here.k]),
        "axes": {
            "x": [0.0, float(np.log10(1 + last))],
            "y": [low, high],
            "xticks": [(float(np.log10(1 + n)), f"{n:,}") for n in marks],
            "yticks": figures.loss_ticks(low, high, FLOOR, 4.5),
            "names": [text("epochs k"), figures.axis_name(FLOOR)],
        },
        "texts": {
            "title": text("Loss, epoch by epoch"),
            "note": text("click to go to an epoch"),
            "jump": text("Go to an epoch"),
            "alt": text.say("alt-line", loss=is_(here.loss), k=f"{here.k:,}", last=f"{last:,}", end=is_(float(loss[-1]))),
            "train": f"L {is_(float(loss[-1]))}",
            "held": "",
            "pinned": "",
        },
    }
