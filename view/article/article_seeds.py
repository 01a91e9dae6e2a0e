"""A thousand seeds of one program: computed block by block, so that a progress bar can move and a click can come between, kept
afterwards, and told to the picture, the table and the file."""

import base64
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from engine.experiment import Experiment, objective_of, rate_of
from engine.op import Array
from engine.seeds import EPOCHS, Outcomes, outcomes
from engine.starts import glorot_starts
from engine.table import write_table
from view import figures, names
from view.article.article_program import named, program_of
from view.article.article_run import FEW
from view.components.chart import packed
from view.learning_rate.fate_map import percent
from view.numbers import show
from view.pictures import hashed
from view.tables import markdown
from view.text import Text

SEEDS, BLOCK = 1000, 250
FATES = ("dead", "stuck", "solved")  # in the order of their codes


@lru_cache(maxsize=256)
def part(asked: Experiment, n: int) -> Outcomes:
    """What becomes of block n of the seeds of a bare program."""
    return outcomes(asked, range(n * BLOCK, (n + 1) * BLOCK))


def parts(asked: Experiment) -> Iterator[float]:
    """Computes what is missing, block by block; yields how much is done."""
    for n in range(SEEDS // BLOCK):
        part(asked, n)
        yield (n + 1) * BLOCK / SEEDS


@lru_cache(maxsize=64)
def found(asked: Experiment) -> Outcomes:
    """What becomes of all seeds. A run that blew up has an infinite loss."""
    blocks = [part(asked, n) for n in range(SEEDS // BLOCK)]
    joined = {name: np.concatenate([getattr(block, name) for block in blocks]) for name in Outcomes.__dataclass_fields__}
    joined["loss"] = np.where(np.isfinite(joined["loss"]), joined["loss"], np.inf)
    return Outcomes(**joined)


def codes(all_seeds: Outcomes) -> Array:
    """Each seed's index in FATES."""
    return np.select([getattr(all_seeds, name) for name in FATES], range(len(FATES))).astype(np.uint8)


@lru_cache(maxsize=64)
def starts(asked: Experiment) -> Array:
    return glorot_starts(objective_of(asked), SEEDS, 0)


def called(text: Text) -> dict[str, str]:
    return {"dead": text("dead"), "stuck": text("stuck"), "solved": text("solved")}


@lru_cache(maxsize=16)
def payload(asked: Experiment) -> tuple[str, str]:
    """(hash, packed) for components/seeds.js: fates, the losses at both ends, and the starts of a neuron."""
    all_seeds, first = found(asked), starts(asked)
    losses = np.column_stack([objective_of(asked).loss(first), all_seeds.loss])
    code = base64.b64encode(codes(all_seeds).tobytes()).decode()
    few = figures.packed(first) if first.shape[1] <= FEW else None
    return hashed("seeds", asked), packed({"codes": code, "loss": figures.packed(losses), "start": few})


def picture(asked: Experiment, seed: int | None, text: Text) -> dict:
    """The data of components/seeds.js; seed: the one whose run is shown, or None."""
    words, counts = called(text), found(asked).counts
    return {
        "payload": payload(asked)[0],
        "seed": seed,
        "fates": [{"name": name, "text": words[name], **counted(counts[name])} for name in FATES],
        "texts": {
            "title": text("What becomes of {n} seeds", n=f"{SEEDS:,}"),
            "waiting": text("is being computed …"),
            "bySeed": text("by seed"),
            "byFate": text("by fate"),
            "order": text("Order"),
            "alt": alt(asked, text),
            "keys": text.say("seeds-keys"),
            "hint": text.say("seeds-hint"),
            "told": text.say("seed-told"),
            "start": text.say("seed-start"),
        },
    }


def counted(count: int) -> dict:
    return {"count": f"{count:,}", "share": percent(count / SEEDS), "part": count / SEEDS}


def alt(asked: Experiment, text: Text) -> str:
    """The picture in one sentence."""
    return text.say(
        "alt-seeds", program=named(program_of(asked), text), eta=show(rate_of(asked, 0)), count=f"{SEEDS:,}", epochs=f"{EPOCHS:,}",
        **found(asked).counts,
    )  # fmt: skip


def table(asked: Experiment, text: Text) -> str:
    """Each fate with its number of seeds, its share, and how large the loss is at the end."""
    all_seeds, words = found(asked), called(text)
    head = [text("fate"), text("seeds"), text("share"), text("lowest L"), text("median L"), text("highest L")]
    lines = []
    for name in FATES:
        loss = all_seeds.loss[getattr(all_seeds, name)]
        ends = [show(float(f(loss))) for f in (np.min, np.median, np.max)] if len(loss) else ["—"] * 3
        lines.append([words[name], f"{len(loss):,}", percent(len(loss) / SEEDS), *ends])
    return markdown(head, lines)


def as_csv(asked: Experiment, text: Text) -> bytes:
    """One row for each seed: its fate, the loss and the weights at both ends, in full precision."""
    all_seeds, first, of = found(asked), starts(asked), objective_of(asked)
    words, letters = called(text), [names.plain(*parameter) for parameter in of.parameters]
    ends = [text("at the start"), text("at the end")]
    head = [text("seed"), text("fate"), *(f"{letter} {end}" for end in ends for letter in ("L", *letters))]
    numbers = np.column_stack([of.loss(first), first, all_seeds.loss, all_seeds.theta]).tolist()
    said = [words[FATES[code]] for code in codes(all_seeds)]
    return write_table(head, [[float(seed), fate, *row] for seed, (fate, row) in enumerate(zip(said, numbers, strict=True))])
