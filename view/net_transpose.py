"""Where does the transpose come from? The gradient of one layer's weights in four notations, from the single connection to the
whole layer; each is computed in its own way, and the picked weight's entry is the same number in all four."""

import numpy as np
import streamlit as st

from engine.notations import entry, notations
from engine.program import Step
from engine.update import Update
from view import names
from view.net_card import letter, partial
from view.numbers import is_, show
from view.scene import found
from view.tables import markdown
from view.text import Text

LABELS = {"edges": "edge by edge", "index": "index form", "outer": "outer products, one per sample", "matrix": "matrix product"}
PAIRS = 4  # samples whose products are written out


def formulas(z: str, a: str, i: tuple[int, int]) -> dict[str, str]:
    """The four ways to write it for the entry (o, i), as LaTeX; z and a are the arrays' names."""
    o, j = (str(n + 1) for n in i)
    delta, value = partial(z), letter(a)
    return {
        "edges": rf"\sum_{{n}} \delta_{{n{o}}}\, a_{{n{j}}}",
        "index": r"\frac{\partial L}{\partial w_{oi}} = \sum_{n} \delta_{no}\, a_{ni}",
        "outer": r"\sum_{n} \delta_{n}\, a_{n}^{\top}",
        "matrix": rf"\left({delta}\right)^{{\top}} {value}",
    }


def show_transpose(here: Update, m: int, select: tuple[str, tuple[int, ...]], text: Text) -> None:
    """Once the picked weight's gradient has been found: the four notations, and what enters its entry."""
    step = step_of(here, select[0])
    if step is None or ("backward", select[0]) not in found(here, m):
        return
    with st.container(key="tables_transpose"):
        st.markdown(f"##### {text('Where does the transpose come from?')}")
        st.markdown(sentence(here, step, select, text))
        st.markdown(table(here, step, select, text))


def step_of(here: Update, name: str) -> Step | None:
    """The weighted sum that this array is the weights of."""
    return next((s for s in here.of.program if s.op.role == "weighted sum" and s.args[1] == name), None)


def sentence(here: Update, step: Step, select: tuple[str, tuple[int, ...]], text: Text) -> str:
    name, i = select
    called, g = names.partial(name, i), is_(float(here.trace.grads[name][i]))
    return text.say("transpose", sum=_sum(here, step, i), g=g, name=called)


def table(here: Update, step: Step, select: tuple[str, tuple[int, ...]], text: Text) -> str:
    """One row per notation: its formula, its shapes, the picked entry and how far the whole array is from the engine's own."""
    name, i = select
    written, ours, rows = formulas(step.out, step.args[0], i), here.trace.grads[name], []
    for n in notations(here.trace, step):
        apart = show(float(np.abs(n.value - ours).max()))
        rows.append([text(LABELS[n.key]), f"${written[n.key]}$", n.shapes, show(float(n.value[i])), apart])
    return markdown([text("notation"), text("formula"), text("shapes"), names.partial(name, i), text("largest difference")], rows)


def _sum(here: Update, step, i: tuple[int, int]) -> str:
    """0.25·1 + (−0.1)·0 + …: δ times a, sample by sample."""
    pairs = entry(here.trace, step, i).pairs
    texts = [f"{_bracketed(d)}·{_bracketed(a)}" for d, a in pairs[:PAIRS]]
    return " + ".join([*texts, "⋯"] if len(pairs) > PAIRS else texts)


def _bracketed(x: float) -> str:
    return f"({show(x)})" if x < 0 else show(x)
