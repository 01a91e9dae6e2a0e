"""Experiments that a page cannot show: it names the actual cause and nothing else, keeps the experiment on the way to the network's
page, and highlights no model that it is not."""

from dataclasses import replace

import pytest

from engine.experiment import NETWORK, NETWORKS, PRESETS, Experiment
from engine.own import own
from engine.recipe import write
from engine.table import read_table
from engine.words import Place
from tests.pages.streamlit_page import page, texts
from view import elsewhere
from view.learning_rate.rate_choices import model_of
from view.text import LANGUAGES, Text

EN = Text("en", "learning_rate")
CURVE = Experiment(data="own", own=own(read_table("0,1\n1,2")), activation="identity", weights=None)
BATCHED, BROKEN = replace(NETWORK, batch=2), replace(NETWORK, mistake="sign")


@pytest.mark.parametrize(
    ("experiment", "causes", "not_said"),
    [
        (NETWORK, ["hidden units (4)"], ["data", "large"]),
        (NETWORKS["spiral"], ["hidden units (8, 8)", "Its data: Spiral."], []),
        (replace(NETWORKS["blobs"], hidden=(), weights=None), ["Its data: Blobs."], ["hidden"]),
    ],
)
def test_why_it_is_no_neuron(experiment, causes, not_said):
    """Hidden units, the data, or both: each is said where it is so, and only there."""
    said = " ".join(elsewhere.no_neuron(experiment, EN))
    assert all(cause in said for cause in causes) and not any(word in said for word in not_said)


def test_why_it_is_not_plain():
    """Mini-batches, a planted mistake, or both."""
    both = replace(BATCHED, mistake=BROKEN.mistake)
    batches, mistake = elsewhere.not_plain(both, EN)
    assert "2 of 4 samples" in batches and "planted mistake" in mistake
    assert elsewhere.not_plain(BATCHED, EN) == [batches] and elsewhere.not_plain(BROKEN, EN) == [mistake]


def test_why_it_is_too_large():
    """Too many samples, with their number, or too few weights."""
    assert "Moons, 150 samples, at most 8" in elsewhere.too_large(NETWORKS["moons"], EN)
    assert "single weight" in elsewhere.too_large(CURVE, EN)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "experiment"),
    [("neuron", NETWORK), ("learning_rate", NETWORKS["moons"]), ("learning_rate", BATCHED), ("learning_rate", BROKEN)],
)
def test_the_way_on_keeps_the_experiment(name, experiment, lang):
    """The page has a link to the network's page with the very address, and no cause that is none."""
    app = page(name, **write(experiment, Place()), lang=lang)
    (link,) = [x.proto for x in app.get("page_link") if x.proto.label == Text(lang)("Open this experiment on the Network page")]
    words = dict(pair.split("=") for pair in link.query_string.split("&")) if link.query_string else {}
    assert link.page == "network" and words["hidden"].replace("%3A", ":") == f"{experiment.hidden[0][0]}:{experiment.hidden[0][1]}"
    assert "broken engine" not in texts(app)


@pytest.mark.parametrize(
    ("experiment", "model"),
    [
        (PRESETS["B"], "neuron"),
        (PRESETS["keras"], "bias"),
        (NETWORK, "network"),
        (replace(NETWORK, hidden=((4, "relu"),), seed=7), "network"),
        (NETWORKS["xor2"], None),
        (NETWORKS["moons"], None),
        (NETWORKS["circles"], None),
        (NETWORKS["blobs"], None),
        (replace(NETWORKS["blobs"], hidden=(), weights=None), None),
        (CURVE, "neuron"),
    ],
)
def test_only_what_is_so_is_highlighted(experiment, model):
    """The model menu names the experiment's own units, or nothing."""
    assert model_of(experiment) == model


def test_from_what_is_no_model_any_can_be_chosen():
    """On Moons nothing is chosen; a click on a neuron brings XOR's."""
    app = page("learning_rate", **write(NETWORKS["moons"], Place()), lang="en")
    menu = next(x for x in app.get("button_group") if x.key == "model")
    assert not menu.value
    menu.set_value("bias").run()
    assert not app.exception and "Too many samples" not in texts(app)
