"""The parts of the article's page in their order: the program as code, its run beside it, the thousand seeds, the proof, the repair
path. What takes its time comes last, with a bar, and a click of the reader may come between any two blocks of seeds."""

from functools import partial
from time import monotonic

import streamlit as st

from engine.experiment import Experiment, is_neuron
from engine.recipe import Recipe, write
from engine.seeds import EPOCHS, REPAIRS
from engine.update import Update
from view import shelf
from view.article import article_choices, article_path, article_proof, article_question, article_run, article_seeds
from view.article.article_program import DOUBLE, KERAS, RUNS, SINGLE, bare, code, named, program_of
from view.article.article_seeds import SEEDS
from view.components.chart import carry
from view.components.decision import decision
from view.components.seeds import seeds
from view.components.seeds_path import path
from view.components.timeline import timeline
from view.text import Text

PATIENCE = 0.3  # s: a computation that takes longer shows how far it is
CSV = {"mime": "text/csv", "on_click": "ignore"}


def program(experiment: Experiment, text: Text) -> None:
    st.code(code(experiment), language=None, wrap_lines=True)  # colour belongs to the mathematics
    note(recorded(experiment, text))


def recorded(experiment: Experiment, text: Text) -> str:
    """How far the program's numbers have been compared with those of Keras, and why the code sets the start weights."""
    numbers = {"runs": RUNS, "epochs": f"{EPOCHS:,}", "double": DOUBLE, "single": SINGLE, **KERAS}
    said = [text.say("recorded", **numbers) if program_of(experiment) == "bias" else text.say("not-recorded")]
    return text(" ").join(said if experiment.weights is not None else [*said, text.say("about-seed", n=experiment.seed)])


def run(experiment: Experiment, here: Update, text: Text) -> None:
    """The right column: the loss as a time line, the epochs in numbers, the way to the other pages."""
    timeline(article_run.time_line(experiment, here, text), "timeline", article_choices.jumped)
    with st.container(key="tables_epochs"):
        heading(text("Epoch by epoch"), partial(article_run.as_csv, experiment, text), "xor-epochs.csv")
        st.markdown(article_run.epochs(experiment, here, text))


def links(now: Recipe, text: Text) -> None:
    """This very run on the pages that show every operation of it."""
    query = shelf.shortened(write(now.experiment, now.place))
    first = ("neuron", text("One neuron")) if is_neuron(now.experiment) else ("network", text("Network"))
    with st.container(horizontal=True, vertical_alignment="center", key="navigation_run"):
        st.markdown(text("Open this run:"), width="content")
        for name, label in (first, ("learning_rate", text("Learning rate"))):
            st.page_link(f"../pages/{name}.py", label=label, query_params=query)


def note(said: str) -> None:
    """A remark of second rank: a caption's own grey is too pale to be read by everyone."""
    st.markdown(f":small[:gray[{said}]]")


def heading(title: str, make, name: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"##### {title}", width="content")
        st.space("stretch")
        st.download_button("CSV ↓", make, file_name=name, key=f"csv_{name}", **CSV)


def proof(experiment: Experiment, here: Update, text: Text) -> None:
    """The proof, and beside it the line of this moment: no epoch of a single neuron's run gets it right."""
    st.markdown(f"##### {text('Why no single neuron can learn XOR')}")
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(article_proof.before(experiment, text))
        st.markdown(article_proof.latex(text))
        st.markdown(article_proof.after(experiment, text))
    with right:
        data, heavy = article_proof.picture(experiment, here, text)
        decision(data, "decision")
        note(article_proof.seen(here, text))
    for key, (name, payload) in heavy.items():
        carry(name, payload, key)


def thousand(now: Recipe, text: Text) -> bool:
    """The seeds' picture, or first the question; whether the picture may be seen."""
    asked, drawn = bare(now.experiment), now.experiment.weights is None
    progress = st.empty()
    if article_question.is_open(asked, now.place):
        article_question.ask(asked, text)
        compute(asked, progress, text)  # the answer is ready when it is asked for
        return False
    compute(asked, progress, text)
    st.markdown(article_question.gap(asked, article_question.said().get(asked, ""), text))
    shown = now.experiment.seed if drawn and now.experiment.seed < SEEDS else None
    seeds(article_seeds.picture(asked, shown, text), "seeds", article_choices.seed_clicked)
    carry(*article_seeds.payload(asked), "thousand")
    return True


def numbers(asked: Experiment, text: Text) -> None:
    """The seeds once more as a table and as a file."""
    with st.container(key="tables_seeds"):
        heading(text("The seeds in numbers"), partial(article_seeds.as_csv, asked, text), "xor-seeds.csv")
        st.markdown(article_seeds.table(asked, text))


def repairs(now: Recipe, known: bool, text: Text) -> None:
    """The repair path, once the question has been answered: it would give the answer away."""
    st.markdown(f"##### {text('The repair path')}")
    if not known:
        note(text.say("path-later"))
        return
    note(text.say("path-about", count=f"{SEEDS:,}"))
    progress = st.empty()
    for experiment in REPAIRS.values():
        compute(bare(experiment), progress, text)
    path(article_path.cards(program_of(now.experiment), text), "path", article_choices.card_clicked)


def compute(asked: Experiment, place, text: Text) -> None:
    """The seeds of one program, with a bar where they take their time."""
    began = monotonic()
    for done in article_seeds.parts(asked):
        if monotonic() - began > PATIENCE and done < 1:
            place.progress(done, text("{program}: following {n} seeds", program=named(program_of(asked), text), n=f"{SEEDS:,}"))
    place.empty()
