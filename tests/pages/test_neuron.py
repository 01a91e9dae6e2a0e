"""The page as Streamlit runs it, without a browser: both languages, every preset, every choice, and links that are not nice."""

import numpy as np
import pytest
import sympy as sp

from engine.activations import ACTIVATIONS, activation
from engine.experiment import PRESETS, moments_of
from engine.recipe import read, write
from engine.symbols import over, plus, power
from engine.update import verdicts_at
from engine.words import Place
from tests.pages.streamlit_page import data, page, texts
from tests.strategies import pairs
from view.text import LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_opens_in_every_moment(preset, lang):
    """No moment of any preset fails, in either language."""
    for m in range(1, len(moments_of(PRESETS[preset])) + 1):
        page(**{**write(PRESETS[preset], Place(k=2, m=m)), "lang": lang})


@pytest.mark.parametrize("act, loss", pairs())
def test_every_choice_opens(act, loss):
    """Every activation and every loss have a page with their own numbers."""
    app = page(data="xor", bias="1", act=act, loss=loss, at="1.5")
    assert data(app, "stepper")["at"] == "1.5"


def test_the_first_screen_is_live():
    """Preset A in its first moment: the goal in a sentence, one value found, nothing revealed that comes later."""
    app = page(lang="en")
    assert "make **L** smaller by changing only **w₁** and **w₂**" in texts(app)
    graph = data(app, "graph")
    z, y = graph["cards"][0]["columns"], graph["cards"][1]["columns"]
    assert z[0]["cells"][0]["text"] == "1.5" and not z[1]["cells"][0]["text"] and not y[0]["cells"][0]["text"]
    assert graph["loss"]["cell"]["text"] == "" and all(w["gradient"] is None for w in graph["weights"])
    chart = data(app, "chart")
    assert chart["arrow"] is None and not chart["hollow"] and chart["nudge"] is None


def test_the_arrow_comes_with_the_gradient_and_the_hollow_point_after_it():
    """The arrow appears in ∂L/∂w; the landing place only once no question about it is open."""
    before, at = page(at="0.5"), page(at="0.6")
    assert data(before, "chart")["arrow"] is None and data(at, "chart")["arrow"] is not None
    assert not data(at, "chart")["hollow"]
    assert data(page(at="0.6", predict="0"), "chart")["hollow"]


def test_a_question_is_asked_before_the_answer_is_shown():
    """Which way will w₁ move? stands before ∂L/∂w; will L fall? before the update; nowhere else."""
    asked = {m: [b.key for b in page(at=f"0.{m}").button if str(b.key).startswith("ask_")] for m in range(1, 8)}
    assert [m for m, keys in asked.items() if "ask_weight_down" in keys] == [5]
    assert [m for m, keys in asked.items() if "ask_loss_falls" in keys] == [6]


def test_an_answer_is_met_with_this_steps_numbers():
    """The gap between the guess and the truth is one sentence with this step's numbers."""
    app = page(at="0.6", lang="en")
    app.button(key="ask_loss_rises").click().run()
    assert "0.0625" in texts(app) and "You said “rises”" in texts(app)
    assert data(app, "chart")["hollow"]


def test_in_the_update_the_point_has_moved():
    """The update is one moment: both weights show old and new, the path has its next point."""
    graph = data(page(at="0.7"), "graph")
    assert [w["after"] for w in graph["weights"]] == ["0.45", "0.4"]


def test_a_bad_link_says_so_and_keeps_the_rest():
    """Each unreadable part is one sentence of plain text; what was typed comes back as text, never as markup."""
    app = page(lang="en", lr="nan", t="3", w="<script>alert(1)</script>,1")
    refused = [x.value for x in app.text]
    assert any("lr must be a number" in x for x in refused) and any("<script>" in x for x in refused)
    assert not any("<script" in m.value for m in app.markdown)
    assert data(app, "graph")["cards"][2]["columns"][0]["cells"][0]["text"] == "3"


def test_a_wrong_number_in_a_field_loses_nothing():
    """The field keeps what was typed, a sentence says what would be right, and the old experiment goes on."""
    app = page(lang="en")
    app.text_input(key="eta").input("fast").run()
    assert not app.exception and app.text_input(key="eta").value == "fast"
    assert "η must be a number from 0.001 to 10, not “fast”." in [x.value for x in app.text]
    assert data(app, "chart")["rate"]["eta"] == "0.05"


@pytest.mark.parametrize("query,word", [
    ({"lr": "2", "data": "xor", "w": "1.25,0.25", "at": "3.1"}, "Dead"),
    ({"data": "xor", "w": "-1,-1", "at": "0.9"}, "Dead"),
    ({"lr": "0.1", "at": "2.1"}, "Arrived"),
    ({"lr": "0.2", "at": "4.1"}, "Swings"),
    ({"data": "xor", "w": "1.25,0.25", "lr": "1", "at": "90.1"}, "valley"),
    ({"data": "xor", "w": "1.25,0.25", "lr": "0.5", "at": "90.1"}, "Stuck"),
    ({"data": "xor", "w": "0.5,-0.25", "lr": "0.5", "at": "0.9", "predict": "0"}, "Silent"),
    ({"act": "identity", "x": "100,200", "lr": "10", "at": "500.1"}, "Diverged"),
])  # fmt: skip
def test_failure_is_named(query, word):
    """Dead, arrived, swinging, stuck, silent and diverged runs are named on the page, with where and since when."""
    assert word in texts(page(lang="en", **query))


def test_run_again_keeps_the_old_run_as_a_ghost():
    """The button restarts with the rate chosen now; the path made before stays, drawn behind."""
    app = page(lr="0.05,2:0.15", at="3.1")
    app.button(key="again").click().run()
    chart = data(app, "chart")
    assert chart["ghost"] is not None and chart["rate"]["eta"] == "0.15" and data(app, "stepper")["at"] == "0.1"
    app.button(key="undo_button").click().run()
    assert data(app, "stepper")["at"] == "3.1" and data(app, "chart")["rate"]["eta"] == "0.15"


def test_another_activation_costs_one_entry(monkeypatch):
    """An activation that only its own entry knows is in the menu, the address, the equations, the sentences and the checks."""
    arctan = activation(  # as the README writes it
        "arctan",
        f=np.arctan,
        df=lambda z, y: 1 / (1 + z * z),
        form=lambda z: sp.atan(z, evaluate=False),
        slope=lambda z, y: over(1, plus(1, power(z, 2))),
    )
    monkeypatch.setitem(ACTIVATIONS, "arctan", arctan)
    seen = ""
    for m in range(1, 10):
        app = page(lang="en", data="xor", w="1.25,0.25", act="arctan", predict="0", at=f"0.{m}")
        assert not app.text, "nothing was refused"
        seen += texts(app)
    assert r"\arctan\left(z_{n}\right)" in seen and r"\frac{1}{1 + z_{n}^{2}}" in seen
    app = page(lang="zh", data="xor", w="1.25,0.25", act="arctan", at="0.8")
    app.session_state["more"] = True
    app.run()
    assert "arctan" in app.selectbox(key="act").options
    assert all(v.answer == "agrees" for v in verdicts_at(read(dict(data="xor", w="1.25,0.25", act="arctan")).experiment, 0))


def test_the_nudge_shows_the_number_that_was_picked():
    """A picked number has its curve at once, but its tangent, its sentence and the losses only when they have been found."""
    early, late = (data(page(lang="en", sel="z.0.0", at=at), "chart")["nudge"] for at in ("0.1", "0.5"))
    assert early["tangent"] is None and not early["yticks"] and not early["slope"]
    assert (
        late["tangent"]
        and late["yticks"]
        and late["sentence"] == "If z grew by 0.01, L would change by about 0.01; truly by 0.0101."
    )


def test_a_word_twice_in_the_address_is_told():
    """lr=1&lr=2 is a mistake in a link: the last one counts, and the page says so."""
    app = page(lang="en", lr=["1", "2"])
    assert "lr stands more than once in the address; the last one counts." in [x.value for x in app.text]
    assert data(app, "chart")["rate"]["eta"] == "2"


def test_a_frozen_parameter_has_learning_rate_0():
    """A link in which the bias is frozen: its line in the update has the rate 0, and it stays what it was."""
    app = page(lang="en", data="xor", bias="1", w="1.25,0.25,0.5", lr="0.5", free="0,1", predict="0", at="0.10")
    assert r"&= 0.5 - 0 \cdot" in texts(app)
    assert [w["after"] for w in data(app, "graph")["weights"]][2] == "0.5"


def test_a_preset_clicked_again_is_as_it_is_named():
    """After η was turned and updates were made, its own button brings the preset back, from its first moment."""
    app = page(lang="en", lr="0.3", at="2.4")
    app.segmented_control(key="preset").set_value(None).run()
    assert data(app, "stepper")["at"] == "0.1" and data(app, "chart")["rate"]["eta"] == "0.05"
