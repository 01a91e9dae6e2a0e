"""The question asked before the thousand seeds are shown: how many of them will learn XOR? Whoever has guessed sees more in the
answer, right or wrong. A new learning rate asks it anew; skipping is always possible."""

import streamlit as st

from engine.experiment import Experiment
from engine.seeds import REPAIRS
from engine.words import Place
from view.article.article_program import bare, named, program_of
from view.article.article_seeds import SEEDS, found
from view.numbers import show
from view.text import Text

KNOWN = frozenset(map(bare, REPAIRS.values()))  # what the repair path shows as soon as one question has been answered
KEPT = 20  # guesses


def said() -> dict[Experiment, str]:
    """What the reader guessed in this session, by bare program; "" where the question was skipped."""
    return st.session_state.setdefault("article_said", {})


def is_open(asked: Experiment, place: Place) -> bool:
    """Whether the seeds of this program are still to be guessed. While the run plays, nothing is asked."""
    answered = said()
    known = asked in answered or bool(answered and asked in KNOWN)
    return place.predict and not known


def answer(asked: Experiment, way: str) -> None:
    st.session_state.article_said = {**dict(list(said().items())[-KEPT:]), asked: way}


def ways(text: Text) -> dict[str, str]:
    """The guesses, from none to all."""
    return {
        "none": text("none of them"),
        "few": text("fewer than half"),
        "most": text("half or more"),
        "all": text("all of them"),
    }


def truth(solved: int) -> str:
    if solved in (0, SEEDS):
        return "none" if solved == 0 else "all"
    return "few" if 2 * solved < SEEDS else "most"


def ask(asked: Experiment, text: Text) -> None:
    with st.container(border=True, key="article_question"):
        st.markdown(question(asked, text))
        with st.container(horizontal=True):
            for way, label in ways(text).items():
                st.button(label, on_click=answer, args=(asked, way), key=f"guess_{way}")
            st.button(text("Show it"), on_click=answer, args=(asked, ""), key="guess_skip", type="tertiary")


def question(asked: Experiment, text: Text) -> str:
    program, eta = named(program_of(asked), text), show(asked.rates[0][1])
    return text.say("question", program=program, eta=eta, count=f"{SEEDS:,}")


def gap(asked: Experiment, way: str, text: Text) -> str:
    """What was guessed held against what came out, and one sentence why; without a guess only the latter two."""
    counts = found(asked).counts
    right = truth(counts["solved"])
    kind = "gap-none" if not way else "gap-right" if way == right else "gap-wrong"
    fields = {"count": f"{SEEDS:,}", **{name: f"{n:,}" for name, n in counts.items()}}
    labels = ways(text)
    first = text.say(kind, said=labels.get(way, ""), truth=labels[right], **fields)
    why = "why-many" if asked.hidden else "why-one"
    return text(" ").join([first, text.say(why, **fields)])
