"""The depth "Layer": this moment's operation with all its numbers as matrices, the picked entry and what makes it on yellow; and,
where it is a product, the same product in four notations, from the single connection to the whole layer."""

from functools import partial

import streamlit as st

from engine.update import Update
from view import controls, names
from view.network import net_matrix, net_rows, net_transpose
from view.network.net_axes import Index, Select, axes, element, slope
from view.network.net_card import operation, titled
from view.network.net_parts import Block, Operation
from view.network.net_product import Product, product_at
from view.numbers import equals, latex
from view.palette import PALETTE
from view.text import Text


def show_layer(here: Update, m: int, select: Select, theme: str, text: Text) -> None:
    """This moment's arrays in numbers, and the four notations of its product."""
    found, product = operation(here, here.moments[m - 1], select), product_at(here, m, select)
    whole, entry, cards = written(here, m, select, theme, text)
    with st.container(key="layer"):
        with st.container(horizontal=True, vertical_alignment="center", key="layer_title"):
            st.markdown(f"##### {title(found, text)}", width="content")
            pickers(here, found, text)
        st.markdown(f"$$\n{whole}\n$$")
        if entry:
            st.markdown(f"$$\n{entry}\n$$")
        if cards:
            st.markdown(f"##### {question(product, text)}")
            show_cards(cards, text)


def show_cards(cards: dict[str, tuple[str, str, str]], text: Text) -> None:
    """The four notations two by two, on a phone one below the other."""
    keys = list(cards)
    for pair in (keys[:2], keys[2:]):
        for key, place in zip(pair, st.columns(2), strict=True):
            caption, block, result = cards[key]
            with place, st.container(border=True, height="stretch", key=f"layer_{key}"):
                st.markdown(f"**{text(net_transpose.LABELS[key])}** · {caption}")
                st.markdown(f"$$\n{block}\n$$")
                st.markdown(f":gray[{result}]")


def written(here: Update, m: int, select: Select, theme: str, text: Text) -> tuple[str, str, dict[str, tuple[str, str, str]]]:
    """(the whole arrays in LaTeX, the picked entry alone or "", notation -> (caption, LaTeX, result))."""
    colours, found = PALETTE[theme], operation(here, here.moments[m - 1], select)
    product = product_at(here, m, select)
    cards = {
        key: (net_transpose.caption(product, key, text), write(product, colours), net_transpose.result(product, key, text))
        for key, write in net_transpose.NOTATIONS.items()
        if product
    }
    entry = "" if product and here.moments[m - 1].phase != "update" else alone(here, found, colours)
    return net_matrix.numbers(found, colours), entry, cards


def alone(here: Update, found: Operation, colours: dict) -> str:
    """The picked entry's own equation, where each array gives one number to it, as in a = tanh(0.5) ≈ 0.4621; "" elsewhere,
    and where the whole array is this one number."""
    result, sign, *parts = found.parts
    blocks = [net_matrix.picked(part) for part in parts if isinstance(part, Block)]
    if found.says == "update-stops" or result.cells.size == 1 or any(part.cells.size > 1 for part in blocks):
        return ""
    value = float(net_matrix.picked(result).cells[0, 0])
    cell = element(here, found.name, found.at)
    left, filled = slope(cell) if result.gradient else cell, _filled(parts)
    boxed = net_matrix.boxed(latex(value), colours, entry=True)
    if sign.alone == r"\neq":
        return rf"{left} {_equals(value)} {boxed} \neq {filled}"
    if sign.alone in ("=", r"\approx"):
        sign = _equals(*(float(part.cells[0, 0]) for part in blocks))
        return rf"{left} {sign} {filled}" + ("" if filled == latex(value) else rf" {_equals(value)} {boxed}")
    return rf"{left} {sign.alone} {filled} {_equals(value)} {boxed}"


def _filled(parts: list) -> str:
    """The right side with one number for each array; a negative one in brackets unless it opens the side or stands in a bracket."""
    text, before = "", None
    for part in parts:
        if isinstance(part, Block):
            number = latex(float(net_matrix.picked(part).cells[0, 0]))
            opens = not text or text.endswith(("(", r"\,"))
            text += r" \cdot " if isinstance(before, Block) else " "
            text += rf"({number})" if number.startswith("-") and not opens else number
        else:
            text += f" {part.alone}"
        text, before = text.strip(), part
    return text


def _equals(*numbers: float) -> str:
    return {"=": "=", "≈": r"\approx"}[equals(*numbers)]


# Titles, and the choice of an entry


def title(found: Operation, text: Text) -> str:
    name = titled(found.name)
    return text("{name} in numbers", name=f"∂L/∂{name}" if found.parts[0].gradient else name)


def question(product: Product, text: Text) -> str:
    asked = text("Why is nothing turned over here?" if product.what == "inputs" else "Where does the transpose come from?")
    name = titled(product.result)
    return f"{name if product.what == 'sums' else f'∂L/∂{name}'} · {asked}"


def places(here: Update, name: str, text: Text) -> list[dict[int, str]]:
    """For each axis of the array with more than one entry: what can be picked, as index -> words; otherwise nothing to pick."""
    kinds, sizes = axes(here.of.program)[name], here.trace.values[name].shape
    return [{i: _place(here, kinds, axis, i, text) for i in range(size)} if size > 1 else {} for axis, size in enumerate(sizes)]


def _place(here: Update, kinds: tuple, axis: int, i: int, text: Text) -> str:
    kind = kinds[axis]
    if kind == "n":
        return text("sample {n}", n=int(here.rows[i]) + 1)
    if "n" in kinds or len(kinds) == 1:
        return names.plain("x", (0, i)) if kind == 0 else text("unit {n}", n=i + 1)
    if kind == 0:
        return text("from {name}", name=names.plain("x", (0, i)))
    return text("from unit {n}" if axis else "to unit {n}", n=i + 1)


def pickers(here: Update, found: Operation, text: Text) -> None:
    """One menu for the rows of what is found, one for its columns."""
    labels = text("row"), text("column")
    for axis, options in enumerate(places(here, found.name, text)):
        if options:
            with st.container(width=150):
                act = partial(pick, here, found.name, found.at, axis)
                how = {"label_visibility": "collapsed"}
                controls.select(labels[axis], f"layer_axis{axis}", options, found.at[axis], act, **how)


def pick(here: Update, name: str, at: Index, axis: int, i: int) -> None:
    """Another entry; an array beside the way to the loss hands it to the one it is made of, whose gradient can be explained."""
    if name not in here.trace.grads:
        name = next(step.args[0] for step in here.of.program if step.out == name)
    net_rows.pick(name, (*at[:axis], i, *at[axis + 1 :]))
