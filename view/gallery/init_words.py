"""What is said of each start: its name and law, what the numbers show before training, what has become of it after, and all
measures in a table. Every sentence is chosen and filled by what was measured."""

from engine.compared import (
    DATA,
    FLAT,
    LAYERS,
    RATE,
    SHAPES,
    UNITS,
    UPDATES,
    Run,
    Seen,
    backward_factor,
    compared,
    flat_share,
    forward_factor,
    kind,
    objective_of,
    spreads,
)  # fmt: skip
from engine.initialisers import LARGE, SMALL
from engine.op import Array
from view import entries
from view.choices import DATA_NAMES
from view.learning_rate.fate_map import percent
from view.names import partial, plain
from view.numbers import is_, show
from view.tables import markdown
from view.text import Text

GLOROT, HE = 2010, 2015  # the years of the two papers
NAMES = (tuple(plain(f"a{n}") for n in range(1, LAYERS + 1)), tuple(partial(f"z{n}") for n in range(1, LAYERS + 1)))


def shapes(text: Text) -> dict[str, str]:
    return {key: entries.name(key, text) for key in SHAPES}


def names(text: Text) -> dict[str, str]:
    return {
        "zeros": text("Zeros"),
        "small_normal": text("Too small"),
        "large_normal": text("Too large"),
        "glorot_uniform": text("Glorot"),
        "he_normal": text("He"),
    }


def laws(text: Text) -> dict[str, str]:
    """How each draws a weight."""
    return {
        "zeros": text("every weight is 0"),
        "small_normal": text("normal, deviation {x}", x=show(SMALL)),
        "large_normal": text("normal, deviation {x}", x=show(LARGE)),
        "glorot_uniform": text("uniform, up to ±√(6 / (inputs + outputs))"),
        "he_normal": text("normal, deviation √(2 / inputs)"),
    }


def lead(shape: str, text: Text) -> str:
    """What is compared."""
    of = objective_of(shape)
    inputs, outputs = of.inputs["x"].shape[1], of.inputs["y_true"].shape[1]
    net = "-".join(map(str, (inputs, *(UNITS,) * LAYERS, outputs)))
    data, act = text(DATA_NAMES[DATA]), entries.name(shape, text)
    return text.say("lead", net=net, data=data, act=act, n=UPDATES, eta=show(RATE), samples=len(of.inputs["x"]))


def about(text: Text) -> str:
    return text.say("about", glorot=GLOROT, he=HE)


def says(run: Run, text: Text) -> str:
    """What the start is like, by its own numbers."""
    return of_kind(run.before, text)


def of_kind(seen: Seen, text: Text) -> str:
    """What is told first of such a moment."""
    numbers = {"a": show(forward_factor(seen)), "g": show(backward_factor(seen))}
    numbers |= {
        "units": UNITS,
        "first": is_(float(seen.values[0].flat[0])),
        "flat": show(FLAT),
        "act": entries.name(seen.shape, text),
    }
    numbers |= {"share": percent(flat_share(seen)), "largest": show(max(float(abs(g).max()) for g in seen.gradients))}
    return text.say(f"is-{kind(seen)}", **numbers)


def ends(run: Run, text: Text) -> str:
    """What training has made of it."""
    right, flat = percent(run.after.right), percent(flat_share(run.after))
    losses = {"before": show(run.before.loss), "after": show(run.after.loss)}
    return text.say("ends", n=run.updates, right=right, flat=flat, bound=show(FLAT), **losses)


def alt(layer: Array, name: str, when: str, text: Text) -> str:
    """One histogram in words."""
    low, high, spread = (show(float(x)) for x in (layer.min(), layer.max(), layer.std()))
    return text.say("alt", name=name, when=when, count=f"{layer.size:,}", low=low, high=high, spread=spread)


def times(text: Text, run: Run | None = None) -> tuple[str, str]:
    return text("before training"), text("after {n} updates", n=run.updates if run else UPDATES)


def table(shape: str, seed: int, text: Text) -> str:
    """Every spread, the share of flat places, the loss and how many samples are right: two rows for each start."""
    head = [text("start"), text("when"), *NAMES[0], *NAMES[1], text("slope below {x}", x=show(FLAT)), "L", text("right")]
    called = names(text)
    rows = []
    for run in compared(shape, seed):
        for when, seen in zip(times(text, run), (run.before, run.after), strict=True):
            rows.append([called[run.key], when, *_measures(seen)])
    return markdown(head, rows)


def _measures(seen: Seen) -> list[str]:
    found = [show(x) for x in (*spreads(seen.values), *spreads(seen.gradients))]
    return [*found, percent(flat_share(seen)), show(seen.loss), percent(seen.right)]
