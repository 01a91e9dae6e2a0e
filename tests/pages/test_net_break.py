"""The game "Break backprop" on the page "Network": a mistake is planted, found with the nudge by walking back from the loss,
accused, and repaired; nothing gives it away before."""

import re
from dataclasses import replace

import numpy as np
import pytest

from engine.broken import BROKEN
from engine.experiment import NETWORK, NETWORKS, moments_of, objective_of, start_of
from engine.recipe import read, write
from engine.update import update_at
from engine.words import Place
from tests.pages.streamlit_page import page, texts
from view.network import net_break
from view.network.net_break import Game
from view.network.net_break_words import order

SPIRAL = NETWORKS["spiral"]  # all six mistakes can be found out in it


def at(experiment, m=None, **more):
    """The address of an experiment in its first update, by default with the gradient just found."""
    m = len(moments_of(experiment)) - 1 if m is None else m
    return {**write(experiment, Place(m=m)), "lang": "en", **more}


def now(app):
    """The recipe that the page's address names."""
    return read({word: app.query_params[word] for word in app.query_params})


def test_a_mistake_is_planted_by_chance_and_repaired():
    """The page goes on with a broken engine and says so; another one is another mistake; the repair brings the honest engine back
    at the same moment, the broken run behind it."""
    app = page("network", **at(SPIRAL))
    assert "Broken engine" not in texts(app)
    app.button(key="break_plant").click().run()
    first = now(app)
    assert not app.exception and first.experiment.mistake in BROKEN and "Broken engine" in texts(app)
    assert replace(first.experiment, mistake="") == SPIRAL and first.place.m == len(moments_of(SPIRAL)) - 1
    app.button(key=f"accuse_{first.experiment.mistake}").click().run()
    app.button(key="break_another").click().run()
    second = now(app).experiment
    assert second.mistake in BROKEN and second.mistake != first.experiment.mistake
    app.button(key="break_repair").click().run()
    assert now(app).experiment == SPIRAL and now(app).place.pin == second and "Broken engine" not in texts(app)


def test_every_mistake_is_drawn_sooner_or_later():
    """Over some games all six come up, and never the one that is planted already."""
    drawn = [net_break.drawn(replace(SPIRAL, mistake=key), n) for n in range(12) for key in ("", *BROKEN)]
    assert set(drawn) == {*BROKEN}
    assert all(net_break.drawn(replace(SPIRAL, mistake=key), n) != key for n in range(12) for key in BROKEN)


def test_only_what_can_be_found_is_offered():
    """One layer has no slope, path or second layer to be wrong about; weights of 0 hide most mistakes."""
    app = page("network", **at(replace(NETWORK, hidden=())))
    assert "Plant a mistake" in [b.label for b in app.button]
    assert set(net_break.plantable(replace(NETWORK, hidden=()))) == {"share", "sign"}
    assert set(net_break.plantable(replace(NETWORK, initialiser="zeros"))) == {"share", "sign"}


@pytest.mark.parametrize("key", BROKEN)
def test_the_whole_game(key):
    """Walking back from the loss array by array, the nudge agrees up to the first wrong one and differs there, while the page says
    nowhere which mistake it is. Every wrong accusation is refused, the right one accepted with its numbers."""
    broken = replace(SPIRAL, mistake=key)
    app = page("network", **at(broken))
    honest, of = objective_of(SPIRAL), objective_of(broken)
    theta = start_of(SPIRAL)
    right, wrong = honest.trace(theta).grads, of.trace(theta).grads
    walk = order(update_at(broken, 0))
    first = next(name for name in walk if not np.allclose(right[name], wrong[name], rtol=1e-9, atol=1e-12))
    asked = walk[: walk.index(first) + 1]
    for name in dict.fromkeys((*asked[:2], *asked[-2:])):
        app.selectbox(key="break_array").set_value(name).run()
        assert not app.exception
        assert ("They differ" if name == first else "They agree") in texts(app)
        table = next(m.value for m in app.markdown if "| backprop |" in m.value)
        assert ("**differs**" in table) == (name == first)
    assert "**Right**" not in texts(app)
    for other in BROKEN:
        app.button(key=f"accuse_{other}").click().run()
        assert not app.exception and ("**Right**" in texts(app)) == (other == key)
        assert ("break_another" in {b.key for b in app.button}) == (other == key)
        if other != key:
            assert any(m.value.startswith("**No**") for m in app.markdown)
    app.button(key=f"accuse_{key}").click().run()
    said = next(m.value for m in app.markdown if m.value.startswith("**Right**"))
    factor = float(re.search(r"factor (−?[\d.]+)\.$", said)[1].replace("−", "-"))
    i = np.unravel_index(np.argmax(np.abs(wrong[first] - right[first])), right[first].shape)
    assert factor == pytest.approx(wrong[first][i] / right[first][i], rel=1e-3)


def test_any_number_of_the_drawing_can_be_nudged():
    """A click on an edge is a nudge of that weight: backpropagation's claim and the slope of L, computed here by a difference."""
    broken = replace(SPIRAL, mistake="slope")
    app = page("network", **at(broken, sel="W1.3.0"))
    said = next(m.value for m in app.markdown if "∂L/∂w⁽¹⁾₄₁" in m.value and "They differ" in m.value)
    claimed, truly = (
        float(x.replace("−", "-")) for x in re.search(r"violet\[(.*?)\], but the nudge finds (.*?)\. ", said).groups()
    )
    of, theta = objective_of(SPIRAL), start_of(SPIRAL)
    step = np.zeros(of.size)
    step[of.parameters.index(("W1", (3, 0)))] = 1e-5
    assert truly == pytest.approx((of.loss(theta + step) - of.loss(theta - step)) / 2e-5, rel=1e-3)
    assert claimed == pytest.approx(objective_of(broken).trace(theta).grads["W1"][3, 0], rel=1e-3)


def test_hints_come_one_by_one_and_never_name_the_mistake():
    """First how to look, then where, then the honest equation; the sentence that names the planted mistake is not among them."""
    app = page("network", **at(replace(SPIRAL, mistake="early")))
    says = ("Walk back from the loss", "∂L/∂a⁽²⁾ is the first wrong one", "as w⁽³⁾ was in the forward pass")
    for n in range(3):
        hints = [m.value for m in app.markdown if re.match(r"\d\. ", m.value)]
        assert len(hints) == n and all(said in hint for said, hint in zip(says, hints, strict=False))
        app.button(key="break_hint").click().run()
    assert says[2] in texts(app) and "updated before" not in texts(app)
    assert "break_hint" not in {b.key for b in app.button}


def test_what_has_been_nudged_is_remembered():
    """The same number at the same update counts once; another engine begins a new list."""
    broken = replace(SPIRAL, mistake="sign")
    game, here = Game(broken), update_at(broken, 0)
    for name, i in (("W1", (0, 0)), ("W1", (0, 1)), ("W1", (0, 0)), ("W2", (0, 0))):
        game = net_break.with_nudge(game, net_break.nudged(here, name, i))
    assert [(n.name, n.i) for n in game.nudges] == [("W1", (0, 1)), ("W1", (0, 0)), ("W2", (0, 0))]
    assert not any(n.same for n in game.nudges)


def test_nothing_is_claimed_before_it_is_found():
    """In the forward pass a picked number has no gradient yet, so there is nothing to be nudged against."""
    app = page("network", **at(replace(SPIRAL, mistake="sign"), m=2, sel="W1.0.0"))
    assert "has not reached this number yet" in texts(app) and "the nudge finds" not in texts(app)


def test_the_game_in_chinese():
    """The whole panel, a nudge, a hint and a verdict in Chinese."""
    app = page("network", **at(replace(SPIRAL, mistake="path"), sel="W1.0.0", lang="zh"))
    app.button(key="break_hint").click().run()
    app.button(key="accuse_path").click().run()
    assert not app.exception and "引擎有误" in texts(app) and "**正确**" in texts(app) and "从损失往回走" in texts(app)


@pytest.mark.parametrize("lang, says", [("en", "can never show"), ("zh", "永远不会显露")])
def test_a_mistake_that_cannot_show_is_replaced(lang, says):
    """XOR 2-4-1 has no unit that several read, so "one path of several" changes nothing: no hints for ever, but another mistake."""
    app = page("network", **at(replace(NETWORK, mistake="path"), lang=lang))
    assert says in texts(app) and not {"break_hint", "accuse_path"} & {b.key for b in app.button}
    app.button(key="break_instead").click().run()
    assert not app.exception and now(app).experiment.mistake in {*BROKEN} - {"", "path"} and says not in texts(app)
