"""Own weights, own layers and files on the network's page: a typed number is a new run, a wrong one stays in its field with its
name, another activation keeps the start, and an experiment survives its file."""

import json
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine.data import GATES
from engine.experiment import NETWORK, NETWORKS, PRESETS, Experiment, objective_of, start_of
from engine.file import write_file
from engine.own import own
from engine.recipe import Recipe, read, write
from engine.table import read_table
from engine.update import update_at
from engine.words import Place
from tests.pages.network_menus import START, found, opened
from tests.pages.streamlit_page import data, page, texts
from view import shelf
from view.network.net_data import table_of

# Weights


def _type() -> None:
    from types import SimpleNamespace

    import streamlit as st

    from engine.update import update_at
    from view import controls
    from view.network import net_weights

    for cells, beyond in st.session_state.pop("acts", []):
        st.session_state.weight_table = SimpleNamespace(typed={"cells": cells, "beyond": beyond})
        net_weights.typed()
    now = controls.recipe()
    st.json(net_weights.table(now.experiment, update_at(now.experiment, now.place.k), controls.text()))


def typed(experiment: Experiment, *acts, place: Place = START, lang: str = "en") -> tuple[Recipe, dict]:
    """(what the address says, what the table is told) after these cells were typed, one after the other."""
    app = AppTest.from_function(_type)
    for word, text in {**write(experiment, place), "lang": lang}.items():
        app.query_params[word] = text
    app.session_state["acts"] = [(cells, 0) if isinstance(cells, dict) else cells for cells in acts]
    app.run()
    assert not app.exception
    return found(app), json.loads(app.json[0].value)


@pytest.mark.parametrize("key", [*NETWORKS, "A", "keras"])
def test_the_table_shows_every_start_weight_exactly(key):
    """Each field holds the shortest decimals of its number, in the row it goes to and the column it comes from."""
    experiment = (NETWORKS | PRESETS)[key]
    _, shown = typed(experiment, place=Place(k=3))
    of, start = objective_of(experiment), start_of(experiment)
    assert [float(text) for text in shown["start"]] == start.tolist()
    views, where = of.views(start), [at for layer in shown["layers"] for row in layer["at"] for at in row]
    assert sorted(where) == list(range(of.size))
    for n, layer in enumerate(shown["layers"]):
        W = [w for w in views.values() if w.ndim == 2][n]
        read_off = [[float(shown["start"][at]) for at in row[: W.shape[1]]] for row in layer["at"]]
        assert read_off == W.tolist()
        biases = [b for b in views.values() if b.ndim == 1]
        assert not biases or [float(shown["start"][row[-1]]) for row in layer["at"]] == biases[n].tolist()
        assert len(layer["to"]) == W.shape[0] and len(layer["from"]) == W.shape[1] + bool(biases)


def test_a_typed_weight_is_a_new_run():
    """It starts at update 0 with all other weights as they were."""
    now, _ = typed(NETWORK, {"1": " −0.25 "}, place=Place(k=3, m=4))
    start = start_of(NETWORK).tolist()
    assert start_of(now.experiment).tolist() == [start[0], -0.25, *start[2:]] and (now.place.k, now.place.m) == (0, 1)
    assert replace(now.experiment, weights=None) == NETWORK


def test_wrong_weights_stay_in_their_fields():
    """Each is named in a sentence; the good ones beside them count; a later good one takes its place; the others stay."""
    now, shown = typed(NETWORK, {"0": "abc", "1": "0.5", "2": "1001", "3": ""}, {"2": "1"})
    assert shown["wrong"] == {"0": "abc", "3": ""} and [text[:5] for text in shown["told"]] == ["w⁽¹⁾₁", "w⁽¹⁾₂"]
    assert start_of(now.experiment)[[1, 2]].tolist() == [0.5, 1] and start_of(now.experiment)[0] == start_of(NETWORK)[0]


def test_a_wrong_weight_alone_is_no_new_run():
    """Nothing changes but the sentence, which is in the reader's language; so with the number that stands there already."""
    now, shown = typed(NETWORK, {"0": "abc"}, {"1": repr(float(start_of(NETWORK)[1]))}, place=Place(k=3, m=4), lang="zh")
    assert now.experiment == NETWORK and (now.place.k, now.place.m) == (3, 4)
    assert shown["told"] == ["w⁽¹⁾₁₁：应为 −1000 到 1000 之间的数，不能是“abc”。"]


def test_pasted_numbers_beyond_the_table_are_counted():
    """The ones that fit count, the others are said; a place that does not exist is passed over."""
    now, shown = typed(NETWORK, ({"0": "1", "17": "5"}, 3))
    assert start_of(now.experiment)[0] == 1 and shown["told"] == ["3 pasted numbers found no field in this table."]


def test_starting_from_the_weights_now():
    """A new run whose start is where the old one stood, to the last digit, at the rate of now."""
    turned = replace(NETWORK, rates=((0, 0.5), (3, 0.25)))
    app = opened("weights_net", turned, Place(k=5))
    shown = data(app, "weight_table")
    app.button(key="start_from_here").click().run()
    now = found(app)
    assert now.place.k == 0 and now.experiment.rates == ((0, 0.25),)
    assert start_of(now.experiment).tolist() == update_at(turned, 5).theta.tolist() and len(shown["now"]) == 17


# Layers, loss, presets


def test_layers_one_by_one():
    """Added, made larger, bent in another way, taken away, down to none and up to four."""
    app = opened("more_net")
    app.button(key="more_layers").click().run()
    app.selectbox(key="units_1").set_value(8).run()
    app.selectbox(key="bend_1").set_value("relu").run()
    assert found(app).experiment.hidden == ((4, "tanh"), (8, "relu"))
    app.button(key="less_0").click().run()
    assert found(app).experiment.hidden == ((8, "relu"),)
    app.button(key="less_0").click().run()
    assert found(app).experiment.hidden == ()
    for _ in range(4):
        app.button(key="more_layers").click().run()
    assert found(app).experiment.hidden == ((4, "tanh"),) * 4 and not app.exception
    assert "more_layers" not in [button.key for button in app.button]


@pytest.mark.parametrize("experiment", [NETWORK, NETWORKS["hand"]])
def test_activation_and_rate_keep_the_start(experiment):
    """Drawn or typed: another activation or another rate starts from the same weights."""
    app = opened("more_net", experiment)
    app.selectbox(key="bend_0").set_value("relu").run()
    app.text_input(key="eta").set_value("0.125").run()
    now = found(app).experiment
    assert now.hidden[0][1] == "relu" and now.rates == ((0, 0.125),)
    assert start_of(now).tolist() == start_of(experiment).tolist()


@pytest.mark.parametrize("change,says", [
    ({"loss": "cross_entropy", "activation": "tanh"}, "expects a probability"), ({"loss": "squared_error"}, "learns slowly"),
    ({"loss": "cross_entropy"}, ""), ({}, ""), ({"loss": "squared_error", "activation": "identity"}, ""),
])  # fmt: skip
def test_unusual_pairs_have_a_note(change, says):
    """A loss of probabilities on what is none, a slope that stays in the gradient; usual pairs have no note."""
    shown = "\n".join(x.value for x in opened("more_net", replace(NETWORK, **change)).caption)
    assert says in shown and bool(says) == any(note in shown for note in ("expects", "learns slowly"))


def test_the_articles_neuron_is_a_preset():
    """No hidden layer, and the weights of the second example."""
    app = page("network", **write(NETWORK, Place()), lang="en")
    app.selectbox(key="network").set_value("article").run()
    assert found(app).experiment == PRESETS["keras"] and not app.exception and app.selectbox(key="network").value == "article"


# Depth, files, links


def test_the_depth_is_one_click():
    """It changes how the reader looks, and nothing else."""
    app = page("network", **write(NETWORK, Place(k=3)), lang="en")
    for depth in ("unit", "layer", "network"):
        app.segmented_control(key="depth").set_value(depth).run()
        assert (found(app).place.depth, found(app).place.k, found(app).experiment) == (depth, 3, NETWORK)


def loaded(source: bytes, **query) -> AppTest:
    app = opened("more_net", **query)
    app.file_uploader(key="load_file").set_value(("experiment.json", source, "application/json")).run()
    assert not app.exception
    return app


def test_a_saved_experiment_is_loaded():
    """Own data, typed weights, moment and all; the reader's language stays."""
    mine = replace(NETWORK, data="own", own=own(read_table("1,2,0\n3,4,1")), weights=tuple(np.linspace(-1, 1, 17)), batch=1)
    app = loaded(write_file(mine, Place(k=2, m=3, lang="en", depth="unit")).encode(), lang="zh")
    assert found(app) == Recipe(mine, Place(k=2, m=3, lang="zh", depth="unit"))


def test_a_file_that_is_none_changes_nothing():
    """Its sentence stays beside the field until another file comes."""
    app = loaded(b"{")
    assert "line 1, column 2" in texts(app) and found(app).experiment == NETWORK
    app.file_uploader(key="load_file").set_value(("a.json", write_file(NETWORKS["xor2"], Place()).encode(), "")).run()
    assert "line 1" not in texts(app) and found(app).experiment == NETWORKS["xor2"]


def test_what_a_file_says_wrongly_is_told_and_the_rest_counts():
    """Field by field."""
    words = json.loads(write_file(NETWORKS["xor2"], Place(k=1)))
    words["words"] |= {"lr": "fast", "seed": "3"}
    app = loaded(json.dumps(words).encode())
    assert "lr must be" in texts(app) and found(app).experiment == replace(NETWORKS["xor2"], seed=3, rates=Experiment().rates)


def test_a_long_experiment_is_saved_instead_of_linked():
    """Where the link would be too long there is a file; a short one has its link."""
    long = replace(NETWORKS["moons"], data="own", own=own(table_of(NETWORKS["moons"])))
    app = page("network", **shelf.shortened(write(long, Place())), lang="en")
    assert data(app, "-link")["query"] is None and "too long for a link" in texts(app)
    assert [button.label for button in app.get("download_button")] == ["Save as file"]
    short = page("network", **write(NETWORK, Place()), lang="en")
    assert read(data(short, "-link")["query"]).experiment == NETWORK and not short.get("download_button")


def test_the_page_knows_its_own_data_again_from_a_short_address():
    """Four points fit into the address itself; nothing stands on the shelf."""
    words = write(replace(NETWORK, data="own", own=own(table_of(NETWORK))), Place())
    assert shelf.shortened(words) == words and read(words).experiment.own.table.data.x.tolist() == GATES["xor"].x.tolist()


def test_a_file_that_stands_later_in_its_run_can_be_undone():
    """One click brings back the experiment and the moment of before; of one update there is one button."""
    app = opened("more_net", **write(NETWORK, Place(k=2, m=3)), lang="en")
    source = write_file(NETWORKS["xor2"], Place(k=7, m=2)).encode()
    app.file_uploader(key="load_file").set_value(("a.json", source, "")).run()
    assert found(app).experiment == NETWORKS["xor2"] and found(app).place.k == 7
    app.button(key="undo_button").click().run()
    assert found(app).experiment == NETWORK and (found(app).place.k, found(app).place.m) == (2, 3)
    assert not [b for b in app.button if b.key == "undo_button"]
