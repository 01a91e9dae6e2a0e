"""The card under the network's drawing: this moment's operation in matrix form, with its shapes, and below it the selected number's
gradient path by path, each product with its factors, adding up to the gradient."""

import numpy as np
import streamlit as st

from engine.moments import Moment
from engine.refused import Refused
from engine.routes import Route, cost, largest, routes
from engine.update import Update
from engine.words import Place
from view import names
from view.numbers import latex, show, together
from view.scene import found
from view.tables import markdown
from view.text import Text

BENT = {"relu": r"\max\left(0, {z}\right)", "tanh": r"\tanh {z}", "sigmoid": r"\sigma\left({z}\right)", "identity": "{z}"}
FRONT = {"mean": r"\frac{1}{N} ", "sum": ""}


def letter(name: str) -> str:
    """The whole array as a matrix: W^{(1)}, A^{(1)}, Y, X."""
    split = names.layered(name)
    if split:
        return rf"{split[0].upper()}^{{({split[1]})}}" if split[0] != "b" else rf"b^{{({split[1]})}}"
    return {"x": "X", "y": "Y", "z": "Z", "W": "W", "b": "b", "l": r"\ell", "L": "L", "y_true": r"Y_{\text{true}}"}[name]


def partial(name: str) -> str:
    return rf"\frac{{\partial L}}{{\partial {letter(name)}}}"


def shape(here: Update, name: str) -> str:
    size = np.shape(here.trace.values[name])
    return r" \times ".join(map(str, size)) if size else "1"


def equation(here: Update, moment: Moment) -> str:
    """This moment's operation on whole arrays, and the shapes that meet in it, as LaTeX."""
    if moment.phase == "update":
        return r"\theta \leftarrow \theta - \eta\, \frac{\partial L}{\partial \theta} \qquad \eta = " + latex(here.rate)
    if moment.phase == "forward":
        return _forward(here, next(s for s in here.of.program if s.out == moment.name))
    return _backward(here, moment.name)


def _forward(here: Update, step) -> str:
    args = [letter(name) for name in step.args]
    if step.op.role == "weighted sum":
        bias = rf" + \mathbf{{1}}\, {{{args[2]}}}^{{\top}}" if len(args) > 2 else ""
        shapes = rf"({shape(here, step.out)}) = ({shape(here, step.args[0])})\,({_turned(here, step.args[1])})"
        return rf"{letter(step.out)} = {args[0]}\, {{{args[1]}}}^{{\top}}{bias} \qquad {shapes}"
    if step.op.role == "activation":
        bent = BENT.get(step.op.key, rf"\text{{{step.op.key.replace('_', ' ')}}}\left({{z}}\right)").replace("{z}", args[0])
        return rf"{letter(step.out)} = {bent} \qquad ({shape(here, step.out)})"
    if step.op.role == "probabilities":
        return rf"{letter(step.out)} = \text{{softmax}}\left({args[0]}\right) \qquad ({shape(here, step.out)})"
    if step.op.role == "reduction":
        return rf"L = {FRONT[step.op.key]}\sum_{{n}} \ell_{{n}} = {latex(here.loss)}"
    return rf"{letter(step.out)} = \text{{loss}}\left({args[0]}, {args[1]}\right) \qquad ({shape(here, step.out)})"


def _turned(here: Update, name: str) -> str:
    return r" \times ".join(map(str, np.shape(here.trace.values[name])[::-1]))


def _backward(here: Update, name: str) -> str:
    step = next(s for s in here.of.program if name in s.args and s.out in here.trace.grads)
    above, left = partial(step.out), partial(name)
    if step.op.role == "weighted sum":
        a, W = letter(step.args[0]), letter(step.args[1])
        if name == step.args[1]:
            shapes = rf"({shape(here, name)}) = ({_turned(here, step.out)})\,({shape(here, step.args[0])})"
            return rf"{left} = \left({above}\right)^{{\top}} {a} \qquad {shapes}"
        if name == step.args[0]:
            shapes = rf"({shape(here, name)}) = ({shape(here, step.out)})\,({shape(here, step.args[1])})"
            return rf"{left} = {above}\, {W} \qquad {shapes}"
        return rf"{left} = \left({above}\right)^{{\top}} \mathbf{{1}} \qquad ({shape(here, name)})"
    if step.op.role == "activation":
        return rf"{left} = {above} \odot {{{letter(step.out)}}}'\left({letter(name)}\right) \qquad ({shape(here, name)})"
    if step.op.role == "reduction":
        return rf"{left} = {FRONT[step.op.key] or '1'} \qquad ({shape(here, name)})"
    front = "" if step.out == "L" else rf"{above} \cdot "
    return rf"{left} = {front}\ell'\left({letter(name)}\right) \qquad ({shape(here, name)})"


def paths(here: Update, name: str, i: tuple[int, ...], text: Text) -> tuple[str, str]:
    """(sentence, table): the ten largest paths of this number to the loss, factor by factor, and the rest as one."""
    every = routes(here.trace, name, i)
    top, rest = largest(every)
    total = float(here.trace.grads[name][i])
    more = [rest] if len(every) > len(top) else []
    *products, whole = together([*(route.product for route in top), *more, total])
    shown = [x if x == "0" or x.startswith("−") else f"+{x}" for x in products]
    lines = [[_sample(route), " · ".join(map(_factor, route.factors)), shown[n]] for n, route in enumerate(top)]
    if more:
        lines.append([text("the rest"), text("{n} paths", n=len(every) - len(top)), shown[-1]])
    lines.append([text("sum"), "", f":violet[**{whole}**]"])
    kind = "paths-many" if len(every) > len(top) else "paths"
    sentence = text.say(kind, name=names.plain(name, i), count=f"{len(every):,}", shown=len(top), g=show(total))
    return sentence, markdown([text("sample"), text("slopes along the path, from the loss back"), text("product")], lines)


def _sample(route: Route) -> str:
    return "" if route.sample is None else str(route.sample + 1)


def _factor(x: float) -> str:
    return f"({show(x)})" if x < 0 else show(x)


def counted(here: Update, text: Text) -> str:
    """Why going backwards is cheap."""
    counts = cost(here.of)
    return text.say("cost", paths=f"{counts.paths:,}", backward=f"{counts.backward_multiplications:,}")


def selected(here: Update, place: Place) -> tuple[str, tuple[int, ...]]:
    """The number whose gradient is explained: the one the reader picked, or the first weight."""
    if place.select:
        name, i = names.from_key(place.select)
        if name in here.trace.grads and i in np.ndindex(np.shape(here.trace.grads[name])):
            return name, i
    return here.of.layout[0][0], (0, 0)


def card(here: Update, m: int, text: Text) -> None:
    """The moment's operation."""
    moment = here.moments[m - 1]
    with st.container(key="now_net"):
        what = text(moment.phase.capitalize())
        st.markdown(f"{text('Moment {m} of {count}', m=m, count=len(here.moments))} · {what}")
        st.markdown(f"$$\n{equation(here, moment)}\n$$")


def path_table(here: Update, m: int, select: tuple[str, tuple[int, ...]], text: Text) -> None:
    """The paths of the selected number, once its gradient has been found."""
    name, i = select
    if ("backward", name) not in found(here, m):
        later = text("The paths of {name} appear when its gradient has been found.", name=names.plain(name, i))
        st.markdown(f":gray[{later}]")
        return
    with st.container(key="tables_paths"):
        try:
            for part in paths(here, name, i, text):
                st.markdown(part)
        except Refused as reason:  # too many to be listed
            st.markdown(text.refusal(reason))
        st.markdown(f":gray[{counted(here, text)}]")
