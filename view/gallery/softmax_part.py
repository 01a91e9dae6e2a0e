"""The gallery's topic "Softmax": its Jacobian as a matrix, and why it is computed together with its loss: what cancels, term by
term, and a slider to where the two steps apart break. The scores are typed, added and taken away here."""

from dataclasses import replace
from functools import lru_cache, partial

import numpy as np
import streamlit as st

from engine.cancellation import traced
from engine.limits import INPUT, LOGITS, PROBABILITY
from engine.program import Trace
from engine.recipe import Recipe
from engine.softmax import jacobian
from view import controls, names
from view.components.chart import carry
from view.components.saturation import saturation
from view.gallery import softmax_equations as equations
from view.gallery.softmax_equations import Case
from view.gallery.softmax_limits import Asked, bare_limits, clip_limits
from view.gallery.softmax_slider import AGREE, LOST, codes, grid, payload, picture, table
from view.numbers import is_, together
from view.numbers import show as shown
from view.palette import PALETTE
from view.text import Text

NEW = 0.0  # the score of a class that is added


def show(recipe: Recipe, text: Text, theme: str) -> None:
    """The whole topic."""
    text = replace(text, page="softmax")
    many, one = softmax_at(recipe), sigmoid_at(recipe)
    case = case_of(many, text, theme)
    scores(recipe, text)
    with st.container(key="saturating_softmax_lead"):
        st.markdown(lead(case, text))
        left, right = st.columns(2, gap="medium")
        with left:
            st.markdown(equations.block(equations.softmax(case)))
            st.markdown(shift(case, text))
        with right:
            st.markdown(equations.block(equations.jacobian(case)))
            st.markdown(rows(case, text))
    st.markdown(f"##### {text('Softmax and cross-entropy: what cancels')}")
    cancelled(case, many, text)
    slider(many, text)
    st.markdown(f"##### {text('Sigmoid and cross-entropy: what cancels')}")
    with st.container(horizontal=True, vertical_alignment="bottom", key="softmax_score"):
        controls.number_field("z", "gallery_z", one.z[0], INPUT, lambda z: controls.look(z=z), text, width=110)
        targets = {t: f"t = {shown(t)}" for t in (0.0, 1.0)}
        chosen = one.t[0] if one.t[0] in targets else None
        controls.segmented(text("target"), "gallery_goal", targets, chosen, target, required=chosen is not None)
    cancelled(case_of(one, text, theme), one, text)
    slider(one, text)


# What the address says


def softmax_at(recipe: Recipe) -> Asked:
    z = recipe.place.logits
    return Asked("softmax", z, tuple(float(i == equations.TARGET) for i in range(len(z))))


def sigmoid_at(recipe: Recipe) -> Asked:
    """A target must be a probability; another topic's is taken as the nearer of 0 and 1."""
    return Asked("sigmoid", (recipe.place.z,), (min(max(recipe.place.goal, 0.0), 1.0),))


@lru_cache(maxsize=64)
def examples(asked: Asked) -> tuple[Trace, Trace]:
    """In two steps, and fused."""
    apart, fused = (traced(asked.of, asked.z, asked.t, way) for way in (False, True))
    return apart, fused


def case_of(asked: Asked, text: Text, theme: str) -> Case:
    return Case(asked.of, *examples(asked), text, PALETTE[theme])


def below(i: int) -> str:
    """The number of a class as a subscript."""
    return str(i + 1).translate(names.SUBSCRIPT)


# Widgets


def scores(recipe: Recipe, text: Text) -> None:
    """One field for each score, and two to five of them."""
    z = recipe.place.logits
    with st.container(horizontal=True, vertical_alignment="bottom", key="softmax_scores"):
        for i, value in enumerate(z):
            label = "z" + below(i)
            controls.number_field(label, f"logit{i}", value, INPUT, partial(score, i), text, width=90)
        few, most = LOGITS
        st.button(text("Add a class"), on_click=take, args=((*z, NEW),), disabled=len(z) == most, key="class_add")
        st.button(text("Take class {n} away", n=len(z)), on_click=take, args=(z[:-1],), disabled=len(z) == few, key="class_less")


def score(i: int, value: float) -> None:
    z = controls.asked().place.logits
    take((*z[:i], value, *z[i + 1 :]))


def take(z: tuple[float, ...]) -> None:
    controls.look(logits=z)


def target(t: float) -> None:
    controls.look(goal=t)


def slid(asked: Asked) -> None:
    """The slider was let go at a place of its range."""
    z = float(grid(asked)[int(st.session_state[f"slider_{asked.pair}"].z)])
    if asked.pair == "softmax":
        take((z, *asked.z[1:]))
    else:
        controls.look(z=z)


def slider(asked: Asked, text: Text) -> None:
    """The slider, whose heavy numbers come beside it; under it what it shows, in words and as a table."""
    key = f"slider_{asked.pair}"
    saturation(picture(asked, text), key, partial(slid, asked))
    carry(*payload(asked.rest), f"{key}_numbers")
    said = filter(None, (clip_limits(asked, text), bare_limits(asked, text), text.say(f"why-{asked.pair}")))
    for column, sentence in zip(st.columns(3, gap="medium"), said, strict=False):
        column.markdown(sentence)
    with st.container(key=f"tables_{asked.pair}"):
        st.markdown(table(asked, text))


def cancelled(case: Case, asked: Asked, text: Text) -> None:
    """What cancels, in words and in numbers; where the numbers do not agree with the words, why."""
    st.markdown(text.say(f"about-{asked.pair}"))
    with st.container(key=f"saturating_{asked.pair}_words"):
        st.markdown(equations.block(equations.cancelled(case)))
        st.markdown(equations.block(equations.worked_out(case)))
        if said := parted_here(asked, text):
            st.markdown(said)


# Sentences


def lead(case: Case, text: Text) -> str:
    """Who gets the most."""
    p = case.apart.values["p"][0]
    if (p == p[0]).all():
        return text.say("lead-equal", count=len(p), p=is_(float(p[0])))
    best = int(p.argmax())
    return text.say("lead", count=len(p), best=best + 1, sub=below(best), p=is_(float(p[best])))


def shift(case: Case, text: Text) -> str:
    return text.say("shift", shares=" + ".join(together([*map(float, case.apart.values["p"][0]), 1.0])[:-1]))


def rows(case: Case, text: Text) -> str:
    return text.say("jacobian", row=equations.first_row(jacobian(case.apart.values["p"][0])))


def parted_here(asked: Asked, text: Text) -> str:
    """Why the two ways differ at this example; nothing where they agree."""
    found = asked.at(np.array(asked.z[:1]))
    (code,) = codes(found)
    if code == AGREE or found.clipped.gradient == found.fused.gradient:
        return ""
    return text.say(f"{'lost' if code == LOST else 'kept'}-{asked.pair}", p=is_(float(found.p[0])), clip=shown(PROBABILITY))
