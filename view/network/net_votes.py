"""The paths of a picked number as a table, and its samples' votes: which products its gradient is made of, the largest first where
there are many, and what is left when they are added. The browser draws it and lights the path under the pointer."""

from dataclasses import dataclass
from math import isfinite

import numpy as np

from engine.parts import Part, parts
from engine.routes import ROUTES, cost, heaviest, how_many, routes
from engine.update import Update
from view import figures, names
from view.network.net_chain import factors_of, role
from view.network.net_trail import ids
from view.numbers import is_, show, together
from view.text import Text

FEW = 8  # samples: so many are shown in full
TOP = 10  # rows; the rest is one row
UPSTREAM = "from above"
CLOSE = 1e-9  # relative to all that is added: rounding, nothing else


@dataclass(frozen=True)
class Row:
    """One line of the table: its sample, its number in each column, its share of the gradient, and what it lights."""

    sample: int | None
    cells: tuple[float, ...]
    share: float
    places: tuple


def summed(here: Update, name: str, i: tuple[int, ...]) -> tuple[float, bool]:
    """(the sum of all shares, whether it is the gradient): upstream × local, each use of the number once. Where ∞ − ∞ leaves
    nothing to compare, nothing is wrong."""
    shares = [part.share for part in parts(here.trace, name, i)]
    g, size = float(here.trace.grads[name][i]), sum(map(abs, shares))
    apart = abs(sum(shares) - g)
    return sum(shares), not isfinite(apart) or apart <= CLOSE * max(size, abs(g))


def rows(here: Update, name: str, i: tuple[int, ...]) -> tuple[list[str], list[Row], float, int]:
    """(what the columns hold, the rows, the sum of the rest, how many there are in all): paths, or uses where the paths are too
    many to be listed."""
    count = how_many(here.trace, name, i)
    if count > ROUTES:
        return _uses(here, name, i)
    top, rest, count = heaviest(here.trace, name, i, TOP)
    if count <= TOP:  # all of them, as the samples come
        top, rest = routes(here.trace, name, i), 0.0
    factors = factors_of(here.trace, top[0])
    found = [Row(route.sample, tuple(f.of(route) for f in factors), route.product, route.places) for route in top]
    return [factor.role for factor in factors], found, rest, count


def _uses(here: Update, name: str, i: tuple[int, ...]) -> tuple[list[str], list[Row], float, int]:
    found = sorted(parts(here.trace, name, i), key=lambda part: -abs(part.share))
    first: Part = found[0]
    shown = [Row(p.sample, (p.upstream, p.slope), p.share, ((p.step.out, p.output), (name, i))) for p in found[:TOP]]
    return [UPSTREAM, role(first.step.op.role, first.argument)], shown, sum(p.share for p in found[TOP:]), len(found)


def votes(here: Update, name: str, i: tuple[int, ...]) -> list[float]:
    """Each sample's share of a weight's or a bias's gradient; none for what belongs to one sample alone."""
    if names.sampled(name) or name not in dict(here.of.layout) or len(here.of.inputs["x"]) < 2:
        return []
    return [part.share for part in parts(here.trace, name, i)]


def verdict(here: Update, name: str, i: tuple[int, ...], called: str, text: Text) -> str:
    """How many samples would raise it, how many lower it, and what is left; infinite votes cancel to nothing that could be told."""
    shares = votes(here, name, i)
    if not shares or not all(map(isfinite, shares)):
        return ""
    lower, higher = [x for x in shares if x > 0], [x for x in shares if x < 0]
    plus, minus, total = together([sum(lower), sum(higher), sum(shares)])
    fields = {"lower": len(lower), "higher": len(higher), "silent": len(shares) - len(lower) - len(higher)}
    return text.say("unit-votes", name=called, plus=plus, minus=minus, g=total, **fields)


def table(here: Update, name: str, i: tuple[int, ...], called: str, text: Text) -> dict:
    """The data of components/paths.js."""
    what, found, rest, count = rows(here, name, i)
    samples = 1 if names.sampled(name) else len(here.of.inputs["x"])
    total, forked = float(here.trace.grads[name][i]), count > samples
    left = [rest] if count > len(found) else []
    shares = [_signed(x) for x in together([*(row.share for row in found), *left, total])]
    wanted = votes(here, name, i) if samples > FEW or forked else []
    wanted = wanted if all(map(isfinite, wanted)) else []
    lines = []
    for row, share in zip(found, shares, strict=False):
        words = [*([_sample(here, row.sample)] if samples > 1 else []), *([_way(here, row)] if forked else [])]
        cells, size = [*words, *map(show, row.cells)], _drawn(row.share)
        lines.append({"cells": cells, "share": share, "size": size, "ids": ids(here, row.places)})
    words = [*([text("sample")] if samples > 1 else []), *([text("path")] if forked else [])]
    more = {"text": text("the rest: {n} more", n=f"{count - len(found):,}"), "share": shares[-2], "size": _drawn(rest)}
    return {
        "head": [*words, *map(text, what)],
        "words": len(words),
        "rows": lines,
        "rest": more if left else None,
        "sum": {"text": text("sum = gradient"), "share": shares[-1].removeprefix("+")},
        "votes": figures.packed(np.column_stack([wanted, here.rows + 1])) if wanted else None,
        "texts": {
            "caption": text("Paths of {name} to the loss", name=called), "share": text("share"), "sample": text("sample"),
            "votes": text("Votes of the samples"), "order": text("by size"),
            "alt": text.say("unit-alt-votes", name=called, g=is_(total)),
        },
    }  # fmt: skip


def _signed(x: str) -> str:
    return x if x in ("0", "NaN") or x.startswith("−") else f"+{x}"


def _drawn(x: float) -> float:
    """The length of a bar: none for what is no number, and no more than a browser can read."""
    return float(np.nan_to_num(x))


def _sample(here: Update, n: int) -> str:
    """3 (1, 0): the sample, as the data set counts it, and its inputs, where there are few."""
    x, called = here.of.inputs["x"], str(here.rows[n] + 1)
    return f"{called} ({', '.join(map(show, x[n]))})" if len(x) <= FEW and x.shape[1] <= 2 else called


def _way(here: Update, row: Row) -> str:
    """The units that a path passes, from the loss back as its factors: y₂ → a⁽¹⁾₁; a softmax has ways of its own, y₂ → z⁽²⁾₁."""
    many = here.of.inputs["y_true"].shape[-1] > 1
    last = next(step.out for step in reversed(here.of.program) if step.op.role in ("activation", "probabilities"))
    said = [(name, i) for name, i in row.places[:-1] if names.sampled(name) and not name.startswith(("l", "L"))]
    mixed = {step.args[0] for step in here.of.program if step.op.role == "probabilities" and step.out in here.trace.grads}
    units = [place for place in said if place[0].startswith(("a", "y")) or place[0] in mixed] or said
    return " → ".join(names.plain(name, i, many) for name, i in units if many or name != last or len(units) == 1)


def sentence(here: Update, name: str, i: tuple[int, ...], called: str, text: Text) -> str:
    """How many paths there are, and which are shown."""
    count, g = how_many(here.trace, name, i), show(float(here.trace.grads[name][i]))
    fields = {"name": called, "count": f"{count:,}", "shown": TOP, "g": g}
    kind = "unit-one-path" if count == 1 else "unit-too-many" if count > ROUTES else "paths-many" if count > TOP else "paths"
    return text.say(kind, **fields)


def cheap(here: Update, text: Text) -> str:
    """Why going backwards is cheap: its multiplications beside those of all paths, each walked by itself."""
    counts = cost(here.of)
    told = {"paths": counts.paths, "single": counts.path_multiplications, "backward": counts.backward_multiplications}
    return text.say("unit-cheap", **{name: f"{count:,}" for name, count in told.items()})
