"""What goes wrong on the page "Network": every finding on a network built to have it, silence on healthy ones, remedies that work
at the same update, and the gradients layer by layer."""

import re
from dataclasses import replace

import numpy as np
import pytest

from engine.experiment import NETWORK, NETWORKS, history_of, moments_of, objective_of, start_of
from engine.recipe import read, write
from engine.update import update_at
from engine.words import Place
from tests.pages.streamlit_page import data, page, texts
from view.names import plain
from view.network import net_cures, net_health
from view.network.net_cures import found_at
from view.network.net_health import gravest, known, marked
from view.text import Text


def at(experiment, k=0, m=None, **more):
    """The address of an experiment after k updates, by default with its gradient just found."""
    m = len(moments_of(experiment)) - 1 if m is None else m
    return {**write(experiment, Place(k=k, m=m)), "lang": "en", **more}


def now(app):
    """The recipe that the page's address names."""
    return read({word: app.query_params[word] for word in app.query_params})


def scaled(experiment, by):
    """With every start weight multiplied, to three decimals, so that the address can hold them."""
    return replace(experiment, weights=tuple(round(float(w), 3) for w in np.clip(by * start_of(experiment), -1000, 1000)))


LINEAR = replace(NETWORK, hidden=((4, "identity"),), activation="identity", loss="squared_error", rates=((0, 10.0),))
DIED = replace(NETWORK, hidden=((4, "relu"),), rates=((0, 10.0),), seed=4)
SURE = replace(NETWORKS["blobs"], hidden=((8, "relu"),), loss="categorical_cross_entropy", rates=((0, 10.0),), seed=27)
DEEP = replace(NETWORKS["spiral"], hidden=((8, "sigmoid"),) * 4, initialiser="small_normal")
ILL = {  # kind: (experiment, updates made, what the page says)
    "dead": (replace(NETWORK, hidden=((2, "relu"),)), 0, "Dead units"),
    "died": (DIED, 50, "a⁽¹⁾₁ (since update 8)"),
    "died by mini-batches": (replace(DIED, data="moons", batch=10), 60, "Dead units"),
    "saturated": (scaled(replace(NETWORKS["moons"], hidden=((4, "sigmoid"),), loss="cross_entropy"), 200), 20, "Saturated units"),
    "softmax": (SURE, 5, "Saturated softmax"),
    "vanishing": (DEEP, 40, "Vanishing gradient"),
    "exploding": (
        scaled(replace(NETWORKS["sine"], hidden=((8, "identity"),) * 3, rates=((0, 0.001),)), 40),
        0,
        "Exploding gradient",
    ),
    "growing": (LINEAR, 3, "Exploding gradient"),
    "not finite": (LINEAR, 4, "No longer finite"),
    "symmetric": (replace(NETWORK, initialiser="equal"), 30, "Symmetric units"),
}


@pytest.mark.parametrize("which", ILL)
def test_the_remedy_works_at_the_same_update(which):
    """The finding is named; a click on its remedy makes another run, which is looked at after as many updates, with the ill one
    pinned behind it; there the finding is gone, and a sentence says what was and what is, with its loss."""
    experiment, k, says = ILL[which]
    app = page("network", **at(experiment, k))
    here = update_at(experiment, k)
    text = Text("en", "network")
    told = [net_health.told(tuple(same), text, here.whole)[0][1] for same in gravest(found_at(experiment, k))]
    n = next(n for n, said in enumerate(told) if says in said)
    assert told[n] in [m.value for m in app.markdown]
    app.button(key=f"mend_{n}").click().run()
    after = now(app)
    assert not app.exception and after.place.k == k and after.place.pin == experiment and after.experiment != experiment
    mended = [m.value for m in app.markdown if m.value.startswith("**Mended**")]
    others = [m.value for m in app.markdown if not m.value.startswith("**Mended**")]
    assert len(mended) == 1 and not any(says in said for said in others)
    loss = float(objective_of(after.experiment).loss(history_of(after.experiment, k).theta[k]))
    assert f"Now, at the same k = {k}: **L ≈ {loss:.4g}**, no finding" in mended[0]


TWICE = replace(NETWORK, hidden=((4, "relu"), (4, "relu")), initialiser="large_normal", rates=((0, 10.0),))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("experiment,k", [(TWICE, 20), (replace(TWICE, initialiser="zeros"), 3), (replace(TWICE, seed=3), 20)])
def test_every_finding_is_named_and_located(experiment, k, lang):
    """Units of two layers die, or stay copies of each other: the page names each unit and both layers, whatever else is wrong."""
    app = page("network", **at(experiment, k, lang=lang))
    said = [m.value for m in app.markdown]
    names = {"dead": {"en": "Dead units", "zh": "死亡单元"}, "symmetric": {"en": "Symmetric units", "zh": "对称单元"}}
    for kind, name in names.items():
        units = [(f.array, u) for f in found_at(experiment, k) if f.kind == kind for (u,) in f.places]
        told = [x for x in said if x.startswith(f"**{name[lang]}**")]
        assert len(told) == bool(units)
        for z, u in units:
            assert plain(z) in told[0] and plain(z.replace("z", "a"), (0, u)) in told[0]
    assert len({f.array for f in found_at(experiment, k) if f.kind == "dead"}) == 2


def test_a_mended_run_can_be_undone():
    """One click brings the ill run back, at its update."""
    app = page("network", **at(DIED, 50))
    app.button(key="mend_0").click().run()
    assert sum(b.label.startswith("Undo") for b in app.button) == 1
    app.button(key="mended_undo").click().run()
    assert now(app).experiment == DIED and now(app).place.k == 50 and "Dead units" in texts(app)


def test_a_click_on_a_remedy_makes_no_long_run(monkeypatch):
    """Ten thousand updates of the spiral: a tenth of the rate is taken without a try; the page makes the run under its bar."""

    def never(*_):
        raise AssertionError("a run was made")

    monkeypatch.setattr(net_cures, "history_of", never)
    monkeypatch.setattr(net_cures, "update_at", never)
    spiral = replace(NETWORKS["spiral"], rates=((0, 5.0),))
    assert net_cures.cured("rate", spiral, 9_999, "dead").rates == ((0, 0.5),)
    with pytest.raises(AssertionError, match="a run was made"):
        net_cures.cured("rate", spiral, 9, "dead")


def test_a_remedy_that_does_not_help_says_so():
    """Some units start dead and the others die of the rate: a smaller rate cannot revive the first, and the page says that too."""
    ill = replace(NETWORKS["sine"], hidden=((8, "relu"), (8, "relu")), rates=((0, 10.0),))
    app = page("network", **at(ill, 20))
    app.button(key="mend_0").click().run()
    said = [m.value for m in app.markdown]
    assert any(x.startswith("**Not mended yet**") for x in said) and any(x.startswith("**Dead units**") for x in said)


def test_a_cure_without_effect_is_not_called_mended():
    """Four layers of sigmoids from small weights: Glorot weights bring the gradient back, and after 20 updates the loss is what it
    was. The page says both."""
    deep = replace(NETWORK, hidden=((8, "sigmoid"),) * 4, initialiser="small_normal")
    app = page("network", **at(deep, 20))
    app.button(key="mend_0").click().run()
    assert "The finding is gone, the loss is not lower so far" in texts(app) and "**Mended**" not in texts(app)
    assert texts(app).count("L ≈ 0.6931") >= 2


def test_what_was_dead_from_the_start_gets_another_start():
    """One unit starts dead, three die of the rate: first other weights, told with the very list of the finding, then a smaller
    rate, and all are alive."""
    ill = replace(NETWORK, hidden=((4, "relu"),), activation="identity", loss="squared_error", rates=((0, 1.0),))
    app = page("network", **at(ill, 50))
    units = "a⁽¹⁾₂ (from the start), a⁽¹⁾₄ (since update 1), a⁽¹⁾₁ and a⁽¹⁾₃ (since update 2)"
    assert app.button(key="mend_0").label == "Draw the next healthy seed" and units in texts(app)
    app.button(key="mend_0").click().run()
    assert f"Before: dead units {units}, L" in texts(app)
    assert app.button(key="mend_0").label == "Lower the learning rate"
    app.button(key="mend_0").click().run()
    assert "**Mended**" in texts(app) and "Dead units" not in texts(app)


@pytest.mark.parametrize("key", NETWORKS)
@pytest.mark.parametrize("k", [0, 40])
def test_healthy_networks_are_left_in_peace(key, k):
    """No preset has a finding, no unit is drawn dead, and none of its bars stands below a limit."""
    experiment = NETWORKS[key]
    app = page("network", **at(experiment, k))
    assert not [b for b in app.button if str(b.key).startswith("mend_")]
    assert found_at(experiment, k) == ()
    assert all(layer["height"] > data(app, "norms")["limits"][0]["height"] for layer in data(app, "norms")["layers"])


def test_dead_units_are_marked_when_they_are_known():
    """The drawing's own names of the dead units, once this moment lets the reader know them."""
    found, program = found_at(DIED, 50), objective_of(DIED).program
    assert marked(found, program) == {f"a1.0.{u}" for u in range(4)}
    app = page("network", **at(DIED, 50))
    drawn = {u["id"] for u in data(app, "net")["layers"][1]["units"]}
    assert marked(found, program) <= drawn
    start = replace(NETWORK, hidden=((2, "relu"),))
    app = page("network", **at(start, 0, m=3))
    assert "Dead units" not in texts(app) and known(found_at(start, 0), update_at(start, 0), 3) == ()


def test_the_chain_is_an_equation_of_named_numbers():
    """The first number beyond all bounds: which one, in which sample, and the product that made it, larger than any number."""
    app = page("network", **at(LINEAR, 4, m=1))
    assert "update 5 ends the run" in texts(app) and "z⁽²⁾₁ of sample 1" in texts(app)
    equation = next(m.value for m in app.markdown if r"\to\; -\infty" in m.value)
    names = re.findall(r"underbrace\{.*?\}_\{(.+?)\}(?= |$)", equation)
    assert [name.split("}_")[0].replace("{", "").replace("}", "") for name in names] == ["b^(1)", "w^(2)"]
    mantissas = [float(a) * 10.0 ** (int(b) - 175) for a, b in re.findall(r"(-?[\d.]+) \\cdot 10\^\{(\d+)\}", equation)][:2]
    product, power = re.search(r"approx -([\d.]+) \\cdot 10\^\{(\d+)\}", equation).groups()
    assert float(product) == pytest.approx(abs(np.prod(mantissas)), rel=1e-3) and int(power) == 350


def test_bars_appear_as_the_backward_pass_reaches_their_layers():
    """At the first moment there is none; then the last layer's, then both; each says the length of ∂L/∂Z, computed here."""
    names = [x.name for x in moments_of(NETWORK)]
    shown = {}
    for m in (1, len(names) - names[::-1].index("z2"), len(names) - 1):
        shown[m] = [layer["text"] for layer in data(page("network", **at(NETWORK, 7, m=m)), "norms")["layers"]]
    first, middle, last = shown.values()
    assert first == ["", ""] and middle[0] == "" and middle[1] == last[1]
    grads = objective_of(NETWORK).trace(history_of(NETWORK, 7).theta[7]).grads
    assert [float(text) for text in last] == pytest.approx([np.sqrt((grads[z] ** 2).sum()) for z in ("z1", "z2")], rel=1e-3)


def test_the_picture_says_its_numbers():
    """The alternative text holds each bar's number, and the first layer's beside the last's."""
    drawn = data(page("network", **at(DEEP, 40)), "norms")
    assert all(layer["text"] in drawn["texts"]["alt"] for layer in drawn["layers"]) and len(drawn["layers"]) == 5
    assert drawn["limits"][0]["height"] == pytest.approx(drawn["layers"][-1]["height"] - 3)
    assert drawn["layers"][0]["height"] < drawn["limits"][0]["height"]
