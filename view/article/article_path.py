"""The repair path: the article's program without a bias, as it is, with a better loss, with hidden units; each with what becomes of
its thousand seeds, and a sentence that says what the change does."""

from engine.experiment import rate_of
from engine.seeds import REPAIRS
from view.article.article_program import bare, named
from view.article.article_seeds import FATES, SEEDS, called, counted, found
from view.numbers import show
from view.text import Text


def cards(current: str, text: Text) -> dict:
    """The data of components/seeds_path.js; current: the program that is shown."""
    return {
        "cards": [card(key, key == current, text) for key in REPAIRS],
        "texts": {"take": text("Show this program"), "taken": text("Shown above")},
    }


def card(key: str, taken: bool, text: Text) -> dict:
    experiment = REPAIRS[key]
    counts, words = found(bare(experiment)).counts, called(text)
    solved = counted(counts["solved"])
    return {
        "key": key,
        "taken": taken,
        "name": named(key, text),
        "rate": text("η = {eta}", eta=show(rate_of(experiment, 0))),
        "share": solved["share"],
        "counted": text("learn XOR: {n} of {count} seeds", n=solved["count"], count=f"{SEEDS:,}"),
        "fates": [{"name": name, "part": counts[name] / SEEDS} for name in reversed(FATES)],
        "others": " · ".join(f"{words[name]} {counts[name]:,}" for name in reversed(FATES) if name != "solved"),
        "says": says(key, text),
    }


def says(key: str, text: Text) -> str:
    """What was changed, and why it helps or does not."""
    counts = {name: f"{n:,}" for name, n in found(bare(REPAIRS[key])).counts.items()}
    return text.say(f"path-{key}", count=f"{SEEDS:,}", **counts)
