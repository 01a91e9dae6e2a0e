"""The network's page as Streamlit runs it: every preset in every moment and both languages, numbers that appear only when they have
been found, choices that suit each other, and paths that add up."""

import re
from dataclasses import replace

import numpy as np
import pytest

from engine.experiment import NETWORK, NETWORKS, PRESETS, history_of, moments_of, objective_of, part_of, rows_of
from engine.recipe import read, write
from engine.words import Place
from tests.pages.streamlit_page import data, page, texts
from view import run_ahead
from view.text import LANGUAGES


def at(key: str, k: int = 0, m: int = 1, **more) -> dict[str, str]:
    return {**write(NETWORKS[key], Place(k=k, m=m)), "lang": "en", **more}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", NETWORKS)
def test_every_network_opens_in_every_moment(key, lang):
    """No moment of any preset fails, in either language."""
    for m in range(1, len(moments_of(NETWORKS[key])) + 1):
        app = page("network", **at(key, k=2, m=m, lang=lang))
        assert data(app, "stepper")["at"] == f"2.{m}"


def test_an_address_without_an_experiment_opens_xor():
    """The page by itself shows its own first network, at the moment that the address names; a word of an experiment ends that."""
    app = page("network", lang="en", at="2.9")
    assert [len(layer["units"]) for layer in data(app, "net")["layers"]] == [2, 4, 1] and data(app, "stepper")["at"] == "2.9"
    assert [len(layer["units"]) for layer in data(page("network", data="xor"), "net")["layers"]] == [2, 1]


def test_many_updates_at_once_end_where_the_network_is_known():
    """+100 stands where the forward pass is complete: the loss and every unit's output are there."""
    app = page("network", **at("xor4", k=3, m=2))
    app.button(key="run_100").click().run()
    assert data(app, "stepper")["at"] == "103.6" and data(app, "net")["loss"]["value"]


def test_the_first_preset_stays_itself():
    """The app's own default neuron, named by a link, is still there after a click: its address goes on naming it."""
    app = page("network", data="one", at="2.1", lang="en")
    app.button(key="run_100").click().run()
    assert data(app, "stepper")["at"].startswith("102.")
    assert [len(layer["units"]) for layer in data(app, "net")["layers"]] == [2, 1]


@pytest.mark.parametrize("preset", PRESETS)
def test_a_single_neuron_is_a_network_too(preset):
    """The neuron of the first page is drawn as the smallest network, and a button adds a hidden layer."""
    app = page("network", **{**write(PRESETS[preset], Place(m=3), complete=True), "lang": "en"})
    assert len(data(app, "net")["layers"]) == 2
    app.button(key="layer_button").click().run()
    assert not app.exception and [len(layer["units"]) for layer in data(app, "net")["layers"]] == [2, 4, 1]


def test_nothing_is_shown_before_it_is_found():
    """At the first moment there is no loss, no gradient and no unit's map beyond the inputs; at the last there are all."""
    first, last = (data(page("network", **at("xor4", m=m)), "net") for m in (1, 15))
    assert first["loss"]["value"] == "" and not any(e["gradient"] for e in first["edges"])
    assert [[u["map"] is not None for u in layer["units"]] for layer in first["layers"]] == [[True] * 2, [False] * 4, [False]]
    assert last["loss"]["value"] and all(e["gradient"] for e in last["edges"]) and last["layers"][2]["units"][0]["map"]


def test_the_drawing_shows_the_trace():
    """Weights and gradients on the edges are those of the run at this update."""
    drawn = data(page("network", **at("xor4", k=7, m=15)), "net")
    of, theta = objective_of(NETWORK), history_of(NETWORK, 7).theta[7]
    trace = of.trace(theta)
    for edge in drawn["edges"]:
        name, i, j = edge["id"].split(".")
        assert edge["size"] == pytest.approx(trace.values[name][int(i), int(j)], rel=1e-12)
        assert f"{trace.grads[name][int(i), int(j)]:.3g}".replace("-", "−")[:4] in edge["gradient"]


def test_the_paths_add_up():
    """The shares in the table add up to the gradient of the weight that was picked, one path for each sample."""
    table = data(page("network", **at("xor4", k=7, m=15, sel="W1.3.0", depth="unit")), "paths")
    total = objective_of(NETWORK).trace(history_of(NETWORK, 7).theta[7]).grads["W1"][3, 0]
    assert len(table["rows"]) == 4
    assert sum(float(row["share"].replace("−", "-")) for row in table["rows"]) == pytest.approx(total, abs=2e-4)


def test_the_decision_map_is_what_the_network_says():
    """Each sample's label is the network's output for it, and the count of right ones is counted here from the outputs."""
    app = page("network", **at("xor4", k=500))
    picture = data(app, "decision")
    y = objective_of(NETWORK).trace(history_of(NETWORK, 500).theta[500]).values["y"][:, 0]
    said = [float(re.search(r"[=≈] ([\d.]+)", point["text"])[1]) for point in picture["points"]]
    assert said == pytest.approx(y, rel=1e-3)
    right = int(((y > 0.5) == np.array([0, 1, 1, 0])).sum())
    assert picture["texts"]["right"] == f"{right} of 4 right"


def test_another_data_set_brings_what_suits_it():
    """Three classes bring softmax, a curve brings squared error; nothing is refused."""
    app = page("network", **at("xor4"))
    app.session_state["data_net"] = True
    app.run()
    for key, activation, loss in (("blobs", "softmax", "categorical_cross_entropy_logits"), ("sine", "identity", "squared_error")):
        app.selectbox(key="net_data").set_value(key).run()
        assert not app.exception and not app.text
        found = read({word: app.query_params[word] for word in app.query_params}).experiment
        assert (found.data, found.activation, found.loss) == (key, activation, loss)


def test_layers_are_chosen_and_undone():
    """One more hidden layer is a new run with drawn weights; one undo brings the old one back."""
    app = page("network", **at("xor4", k=3))
    app.session_state["more_net"] = True
    app.run()
    app.button(key="more_layers").click().run()
    assert [len(layer["units"]) for layer in data(app, "net")["layers"]] == [2, 4, 4, 1] and data(app, "stepper")["at"] == "0.1"
    app.button(key="undo_button").click().run()
    assert [len(layer["units"]) for layer in data(app, "net")["layers"]] == [2, 4, 1] and data(app, "stepper")["at"] == "3.1"


def test_a_run_that_leaves_the_numbers_stops_with_a_sentence():
    """A rate far too large for a linear network: the last finite update is shown, and the sentence says that the run ends."""
    wild = {"hidden": "4:identity", "act": "identity", "loss": "squared_error", "bias": "1", "data": "sine", "lr": "10"}
    app = page("network", **wild, at="9000.1", lang="en")
    k = int(data(app, "stepper")["at"].split(".")[0])
    assert k < 9000 and any("stops being finite" in x.value for x in app.text)
    last = len(data(app, "stepper")["moments"])
    assert "the run ends here" in texts(page("network", **wild, at=f"{k}.{last}", lang="en"))


def test_a_deep_network_has_more_paths_than_can_be_listed():
    """Four hidden layers of eight on 150 samples: the page counts the paths of a first-layer weight instead of listing them."""
    deep = {"data": "spiral", "hidden": "8:tanh,8:tanh,8:tanh,8:tanh", "bias": "1", "seed": "0", "lr": "0.3"}
    deep |= {"act": "sigmoid", "loss": "cross_entropy_logits"}
    app = page("network", **deep, at=f"0.{len(moments_of(read(deep).experiment))}", lang="en", depth="unit")
    assert "76,800 paths lead from w⁽¹⁾₁₁ to the loss, too many to be listed" in texts(app)


@pytest.mark.parametrize("change,says", [
    ({"init": "equal", "at": "0.15"}, "Symmetric units"), ({"hidden": "2:relu", "at": "0.15"}, "Dead units"),
    ({"hidden": "4:relu", "lr": "10", "seed": "4", "at": "50.15"}, "Dead units"),
    ({"hidden": "4:identity", "act": "identity", "loss": "squared_error", "lr": "10", "at": "9.1"}, "No longer finite"),
])  # fmt: skip
def test_what_goes_wrong_is_named_and_mended(change, says):
    """The finding says what and where; its button starts another run, and at the same moment of it the finding is gone."""
    base = {"data": "xor", "hidden": "4:tanh", "bias": "1", "act": "sigmoid", "loss": "cross_entropy_logits", "seed": "0"}
    app = page("network", **{**base, **change}, lang="en")
    moment = data(app, "stepper")["at"]
    assert says in texts(app)
    app.button(key="mend_0").click().run()
    app.query_params["at"] = moment
    app.run()
    assert not app.exception and data(app, "stepper")["at"] == moment and says not in texts(app)


def test_healthy_networks_are_left_in_peace():
    """No preset is called ill, at its start or later."""
    for key in NETWORKS:
        app = page("network", **at(key, k=40, m=len(moments_of(NETWORKS[key]))))
        assert not [b for b in app.button if str(b.key).startswith("mend_")], key


@pytest.mark.parametrize(
    "name,key",
    [
        ("neuron", "more"),
        ("learning_rate", "more_rate"),
        ("network", "more_net"),
        ("network", "data_net"),
        ("network", "weights_net"),
    ],
)
@pytest.mark.parametrize("network", ["blobs", "sine", "xor4"])
def test_the_menus_open_on_every_page(name, key, network):
    """A network's own data set, last layer and loss stand in the menus of every page, also where it is not drawn."""
    app = page(name, **at(network))
    app.session_state[key] = True
    app.run()
    assert not app.exception


@pytest.mark.parametrize("loss,activation", [("categorical_cross_entropy", "softmax"), ("cross_entropy", "sigmoid")])
def test_a_loss_brings_its_own_probabilities(loss, activation):
    """Three classes: the categorical loss chooses softmax, the binary one sigmoid."""
    app = page("network", **at("blobs", act="sigmoid", loss="squared_error"))
    app.session_state["more_net"] = True
    app.run()
    app.selectbox(key="loss").set_value(loss).run()
    assert not app.exception and (app.query_params["loss"], app.query_params["act"]) == (loss, activation)


def test_only_what_the_operation_uses_is_lit():
    """The gradient of a bias uses nothing but what arrives from above: no input and no weight is lit."""
    moments = moments_of(NETWORK)
    m = next(n for n, moment in enumerate(moments, 1) if (moment.phase, moment.name) == ("backward", "b1"))
    drawn = data(page("network", **at("xor4", m=m)), "net")
    assert not any(u["lit"] for u in drawn["layers"][0]["units"]) and not any(e["lit"] for e in drawn["edges"])
    assert {b["id"] for b in drawn["biases"] if b["lit"]} == {f"b1.{u}" for u in range(4)}


def test_a_pinned_run_is_made_where_it_can_be_left(monkeypatch):
    """Both runs are made before the page is drawn, each under a bar; the button beside the second one unpins it."""
    bars, bar = [], run_ahead._bar
    monkeypatch.setattr(run_ahead, "PATIENCE", -1.0)
    monkeypatch.setattr(run_ahead, "_bar", lambda *given: bars.append(given[1:3]) or bar(*given))
    pin = replace(NETWORK, seed=77)
    app = page("network", **write(NETWORK, Place(k=1200, m=5, pin=pin)), lang="en")
    assert bars == [("Stop here", run_ahead._stop), ("Unpin", run_ahead._unpin)] and app.button(key="pin").label == "Unpin"
    assert not [b for b in app.button if str(b.key).startswith("leave_")] and part_of(pin, 3).ends == 1536


@pytest.mark.parametrize("lang, said", [("en", "does not use"), ("zh", "没有用到")])
def test_a_sample_is_the_same_one_in_every_mini_batch(lang, said):
    """The address names a sample by its row in the data: in an update that uses it, that sample's number is shown; in another the
    page says which one stands in for it."""
    moons = replace(NETWORKS["moons"], batch=4)
    rows, other = rows_of(moons, 3), rows_of(moons, 4)
    row = int(rows[2])
    assert row not in other
    for k, uses in ((3, True), (4, False)):
        app = page("network", **write(moons, Place(k=k, m=3, depth="unit", select=f"z1.{row}.2")), lang=lang)
        z = objective_of(moons).values(history_of(moons, k).theta[k])["z1"][row if uses else int(other[0]), 2]
        heading = next(m.value for m in app.markdown if m.value.startswith("**z⁽¹⁾₃"))
        shown = row if uses else int(other[0])
        assert str(shown + 1) in heading and f"{abs(z):.4g}" in heading and (said in texts(app)) != uses


def test_a_click_in_a_mini_batch_keeps_the_sample():
    """Another sample of the batch, and a chip: the address then holds the row, not the place in the batch."""
    moons = replace(NETWORKS["moons"], batch=4)
    rows = rows_of(moons, 3)
    app = page("network", **write(moons, Place(k=3, m=3, depth="unit", select=f"z1.{rows[0]}.2")), lang="en")
    app.segmented_control(key="unit_n").set_value(3).run()
    assert app.query_params["sel"] == f"z1.{rows[3]}.2"
    chip = next(b for b in app.button if str(b.key).startswith("why_0_") and "x" in b.label)
    chip.click().run()
    assert app.query_params["sel"].startswith(f"x.{rows[3]}.")


def test_every_number_it_is_made_of_can_be_chosen():
    """The loss on 150 samples: six chips, and the next hundred in a menu; each leads to its own number."""
    m = 1 + [(x.phase, x.name) for x in moments_of(NETWORKS["moons"])].index(("forward", "L"))
    app = page("network", **at("moons", k=0, m=m, sel="L", depth="unit"))
    losses = objective_of(NETWORKS["moons"]).values(history_of(NETWORKS["moons"], 0).theta[0])["l"]
    order = [f"l.{n}" for n in np.argsort(-np.abs(losses), kind="stable")]
    menu = app.selectbox(key="why_0_more")
    assert len(menu.options) == 101 and "144" in menu.options[0]
    menu.set_value(order[100]).run()
    assert app.query_params["sel"] == order[100] and not app.exception
