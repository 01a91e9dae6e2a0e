"""The same numbers once more as tables: all of this update's, and each weight's gradient found in independent ways. What the
moment has not reached yet is an empty field; the file for a spreadsheet is made when it is asked for."""

import csv
import io

import numpy as np

from engine.check import Verdict
from engine.diagnosis import local_slopes
from engine.explain import shares_of
from engine.parse import shortest
from engine.update import Update
from view import names
from view.numbers import show
from view.text import Text

Column = tuple[str, list[float] | None, str]  # heading, one number per sample (None: not found yet), kind


def columns(here: Update, known: set[tuple[str, str]], text: Text) -> list[Column]:
    """Every number per sample, in the order of its discovery; shares of a gradient come last."""
    values, grads, count = here.trace.values, here.trace.grads, len(here.of.inputs["x"])
    found: list[Column] = [(names.plain("x", (0, j)), list(values["x"][:, j]), "value") for j in range(values["x"].shape[1])]
    found.append(("y_true", list(values["y_true"][:, 0]), "value"))
    steps = [s for s in here.of.program if len(np.ravel(values[s.out])) == count]
    found += [(names.plain(s.out), _flat(values[s.out], ("forward", s.out) in known), "value") for s in steps]
    for step in reversed(steps):
        if step.out in grads and step.out != "L":
            found.append((names.partial(step.out), _flat(grads[step.out], ("backward", step.out) in known), "gradient"))
        if step.op.role == "activation" and step.out in grads:
            found.append(("y′(z)", _flat(local_slopes(values, step), ("backward", "z") in known), "gradient"))
    for name, i in here.of.parameters:
        shares = [x for _, x in shares_of(here.trace, name, i)] if ("backward", name) in known else None
        found.append((text("share of {name}", name=names.partial(name, i)), shares, "share"))
    return found


def _flat(array: np.ndarray, known: bool) -> list[float] | None:
    return [float(x) for x in np.ravel(array)] if known else None


def all_numbers(here: Update, known: set[tuple[str, str]], text: Text) -> str:
    """A Markdown table: one row per sample, and the sums that are the gradients."""
    found = columns(here, known, text)
    count = len(here.of.inputs["x"])
    rows = [[str(n + 1), *("" if xs is None else _coloured(xs[n], kind) for _, xs, kind in found)] for n in range(count)]
    if count > 1:
        sums = [_coloured(sum(xs), kind, bold=True) if kind == "share" and xs is not None else "" for _, xs, kind in found]
        rows.append([text("sum"), *sums])
    return markdown(["n", *(heading.replace("_", r"\_") for heading, _, _ in found)], rows)


def _coloured(x: float, kind: str, bold: bool = False) -> str:
    shown = f"**{show(x)}**" if bold else show(x)
    return shown if kind == "value" else f":violet[{shown}]"


def markdown(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, [":--"] + ["--:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_csv(here: Update, text: Text) -> bytes:
    """All numbers in full precision; no field can start a formula, because every field is a number of ours or a heading."""
    known = {(m.phase, m.name) for m in here.moments}
    found = columns(here, known, text)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([text("updates made"), "n", *(heading for heading, _, _ in found)])
    for n in range(len(here.of.inputs["x"])):
        writer.writerow([here.k, n + 1, *(shortest(xs[n]) for _, xs, _ in found)])
    return out.getvalue().encode("utf-8-sig")


METHODS = {
    "complex_step": "complex step",
    "central": "central differences, h = 10⁻⁶",
    "symbolic": "derivative of the composed formula",
}


KINK = "{name} is on a kink, or nearer to one than the nudge: the one-sided slopes are {left} and {right}, we take {ours}."


def gradient_check(here: Update, verdicts: tuple[Verdict, ...], text: Text) -> str:
    """The parameters' gradients by backpropagation and by each independent method."""
    asked = [v for v in verdicts if (v.name, v.index) in here.of.parameters]
    head = [text("method"), *(names.partial(v.name, v.index) for v in asked), text("largest difference")]
    rows = [[text("backpropagation (this page)"), *(f":violet[{show(v.ours)}]" for v in asked), "—"]]
    for field, label in METHODS.items():
        found = [getattr(v, field) for v in asked]
        off = [abs(x - v.ours) for x, v in zip(found, asked, strict=True) if x is not None]
        rows.append([text(label), *("—" if x is None else show(x) for x in found), show(max(off)) if off else "—"])
    return markdown(head, rows)


def verdict(verdicts: tuple[Verdict, ...], text: Text) -> str:
    """All numbers of the trace in one line: how many agree, which lie on a kink."""
    agree = sum(v.answer == "agrees" for v in verdicts)
    lines = [text("{count} gradients of this trace checked, {agree} agree.", count=len(verdicts), agree=agree)]
    for v in verdicts:
        ours, left, right, other = map(show, (v.ours, v.left, v.right, v.complex_step))
        if v.answer == "kink":
            lines.append(text(KINK, name=label(v), left=left, right=right, ours=ours))
        elif v.answer == "differs":
            lines.append(text("{name} differs: {ours} here, {other} by the complex step.", name=label(v), ours=ours, other=other))
    return " ".join(lines)


def label(v: Verdict) -> str:
    sample = f" ({v.index[0] + 1})" if v.name in names.SAMPLED else ""
    return names.partial(v.name, v.index).replace("_", r"\_") + sample


def largest_difference(verdicts: tuple[Verdict, ...]) -> float:
    return max((v.difference for v in verdicts if v.answer != "kink"), default=0.0)
