"""The two lines above everything: the moment's sentence, and under it one thing at a time: a notice, a question asked before the
answer is shown, what became of the reader's guess, or a diagnosis. Its room is fixed, so nothing below ever jumps."""

from dataclasses import replace

import streamlit as st

from engine.experiment import Experiment
from engine.recipe import Recipe
from engine.update import Update, update_at
from engine.words import Place
from view import controls, diagnoses, questions, sentences
from view.questions import Question
from view.text import Text


def answers() -> dict:
    """What the reader said in this session, by (experiment, question); only the newest few are kept."""
    return st.session_state.setdefault("answers", {})


def key(experiment: Experiment, question: Question) -> tuple[Experiment, Question]:
    """A guess about an update stays made when η is turned for that very update; only what came before counts."""
    return replace(experiment, rates=tuple(turn for turn in experiment.rates if turn[0] < question.k)), question


def open_question(experiment: Experiment, place: Place, here: Update) -> Question | None:
    """The question that stands open here: switched on, not playing, not answered, and given away by Next."""
    if not place.predict or st.session_state.get("playing"):
        return None
    return next((q for q in questions.ahead(here, place) if key(experiment, q) not in answers()), None)


def answer(experiment: Experiment, place: Place, question: Question, said: str) -> None:
    """Remember it until its gap has been shown; then the reveal: the next stop, or this moment's hollow point."""
    kept = list(answers().items())[-3:]
    st.session_state.answers = {**dict(kept), key(experiment, question): said}
    here = update_at(experiment, place.k)
    more = open_question(experiment, place, here)
    stays = more is not None or (question.kind == "loss" and question.k == here.k)
    stop = questions.next_stop(here, place)
    if not stays and stop:
        controls.go(f"{stop[0]}.{stop[1]}")


def gap(experiment: Experiment, here: Update, kind: str, text: Text) -> str | None:
    question = Question(kind, here.k)
    said = answers().get(key(experiment, question))
    return None if said is None else questions.gap(question, said, here, text)


def sentence(recipe: Recipe, here: Update, weight: tuple[int, ...], text: Text) -> str:
    """The first line: what this moment found out, or what became of the guess about it."""
    place, moment = recipe.place, here.moments[recipe.place.m - 1]
    if (here.k, place.m) == (0, 1):
        return sentences.first(here, text)
    guessed = gap(recipe.experiment, here, "weight", text) if place.m == questions.weight_moment(here) else None
    return guessed or sentences.of_moment(here, moment, weight, text)


def slot(recipe: Recipe, here: Update, line: str, text: Text) -> None:
    """Both lines. What depends on η is dimmed while it is dragged."""
    experiment, place = recipe.experiment, recipe.place
    last = place.m == len(here.moments)
    with st.container(key="slot"):
        with st.container(key="line1_eta" if last else "line1"):
            st.markdown(line)
        told = "line2_eta" if questions.complete(here, place.m) else "line2"
        with st.container(horizontal=True, vertical_alignment="center", key=told):
            second_line(experiment, place, here, text)


def second_line(experiment: Experiment, place: Place, here: Update, text: Text) -> None:
    question = open_question(experiment, place, here)
    if st.session_state.get("undo") and (here.k, place.m) == (0, 1):
        st.markdown(text("Another run: it starts at update 0."), width="content")
        st.button(text("Undo"), on_click=controls.undo, key="undo_button")
    elif question:
        ask(experiment, place, here, question, text)
    elif questions.complete(here, place.m) and (said := gap(experiment, here, "loss", text)):
        st.markdown(said)
    elif diagnoses.known(here, place.m):
        diagnosis(experiment, here, text)


def ask(experiment: Experiment, place: Place, here: Update, question: Question, text: Text) -> None:
    target = here if question.k == here.k else update_at(experiment, question.k)
    st.markdown(questions.ask(question, target, text), width="content")
    for way in questions.WAYS[question.kind]:
        act = (experiment, place, question, way)
        st.button(text(way), on_click=answer, args=act, key=f"ask_{question.kind}_{way}")


def diagnosis(experiment: Experiment, here: Update, text: Text) -> None:
    st.markdown(diagnoses.sentence(experiment, here, text), width="content")
    remedy = diagnoses.remedy(here)
    if remedy:
        label, act = remedy
        st.button(text(label), on_click=mend, args=(act,), key="remedy")


def mend(act: str) -> None:
    """The remedy's click: the cure is then seen to work."""
    if act == "restart":
        start = (0.5, 0.5, 0.0)[: 3 if controls.recipe().experiment.bias else 2]
        controls.change(weights=start)
    else:
        controls.all_rates({"rate/2": 0.5, "rate/10": 0.1}[act])
