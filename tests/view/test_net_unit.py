"""One number of a network up close: its paths, its votes and its equation are its gradient, whatever it is and however deep the
network; the nudge agrees; nothing is said before it is found; and whatever is lit stands in the drawing."""

import re
from dataclasses import replace
from functools import cache
from math import prod

import numpy as np
import pytest

from engine.experiment import NETWORK, NETWORKS, PRESETS, Experiment
from engine.explain import equation, evaluate
from engine.routes import routes
from engine.symbols import Cell
from engine.update import Update, update_at
from engine.words import Place
from tests.view import told_unit
from tests.view.test_equations import ALLOWED
from view import names
from view.equations import Writer
from view.network import net_nudge, net_scene, net_trail, net_unit, net_votes, net_why
from view.network.net_chain import factors_of, gradient_lines, long, value_lines
from view.palette import PALETTE
from view.text import Text

TEXT = Text("en", "network")
TWO_DEEP = replace(NETWORK, hidden=((3, "tanh"), (2, "sigmoid")))
UNFUSED = replace(NETWORKS["blobs"], loss="categorical_cross_entropy")
SOFTMAX_ALONE = replace(NETWORKS["blobs"], hidden=())
EXPERIMENTS = {
    "xor4": NETWORK, "hand": NETWORKS["hand"], "blobs": NETWORKS["blobs"], "unfused": UNFUSED, "two deep": TWO_DEEP,
    "relu": replace(NETWORK, hidden=((3, "relu"), (2, "leaky_relu")), activation="identity", loss="squared_error"),
    "sigmoid": replace(NETWORK, loss="cross_entropy"), "sum": replace(TWO_DEEP, reduction="sum"), "sine": NETWORKS["sine"],
    "one layer of classes": SOFTMAX_ALONE, "neuron": PRESETS["B"], "batch": replace(NETWORKS["spiral"], batch=5),
}  # fmt: skip

CREASED = {("relu", "x", (0, 0)), ("relu", "b1", (1,))}  # x = (0, 0) and b = 0: the second unit's z is 0 for the first sample


@cache
def at(key: str) -> Update:
    return update_at(EXPERIMENTS[key], 3)


def numbers(here: Update) -> list[tuple[str, tuple[int, ...]]]:
    """Of every array the first, a middle and the last element."""
    found = []
    for name, x in here.trace.values.items():
        every = list(np.ndindex(np.shape(x)))
        found += [(name, i) for i in dict.fromkeys((every[0], every[len(every) // 2], every[-1]))]
    return found


def with_gradient(here: Update) -> list[tuple[str, tuple[int, ...]]]:
    return [(name, i) for name, i in numbers(here) if name in here.trace.grads and name != "L"]


@pytest.mark.parametrize("key", EXPERIMENTS)
def test_the_rows_add_up_to_the_gradient(key):
    """The products of the table and the rest are the gradient; so are the votes, and the card says so."""
    here = at(key)
    for name, i in with_gradient(here):
        g = float(here.trace.grads[name][i])
        roles, rows, rest, _ = net_votes.rows(here, name, i)
        size = sum(abs(row.share) for row in rows) + abs(rest)
        assert abs(sum(row.share for row in rows) + rest - g) <= 1e-12 * max(size, abs(g))
        assert all(len(row.cells) == len(roles) and prod(row.cells) == pytest.approx(row.share, rel=1e-12, abs=0) for row in rows)
        shares = net_votes.votes(here, name, i)
        assert not shares or sum(shares) == pytest.approx(g, rel=1e-9, abs=1e-15)
        assert net_votes.summed(here, name, i)[1]


@pytest.mark.parametrize("key", EXPERIMENTS)
def test_the_nudge_agrees(key):
    """Every kind of number, by two kinds of differences that know no chain rule. Where a unit's z is exactly 0, what reaches it
    has a slope on one side only, and is said to stand on a kink."""
    here = at(key)
    for name, i in with_gradient(here):
        found = net_nudge.verdict(here, name, i)
        assert found.answer == ("kink" if (key, name, i) in CREASED else "agrees"), (name, i, found)
        assert found.answer == "agrees" or 0 in (found.left, found.right)


@pytest.mark.parametrize("key", EXPERIMENTS)
def test_the_factors_are_those_of_the_book(key):
    """The formula under each brace, worked out from its own symbols in 30 digits, is the number in its column."""
    here = at(key)
    for name, i in with_gradient(here):
        route = routes(here.trace, name, i, [i[0]] if names.sampled(name) else [0])[0]
        for factor in factors_of(here.trace, route):
            written = evaluate(equation(here.trace, Cell("gradient", name, i), factor.slope, 0.0))
            assert written == pytest.approx(factor.of(route), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("key", EXPERIMENTS)
def test_equations_are_made_of_known_commands(key):
    """KaTeX shows an unknown command in red; braces balance, no bare minus behind a sign, no double superscript."""
    here = at(key)
    writer = Writer(here, TEXT, PALETTE["light"])
    for name, i in numbers(here):
        for line in [*value_lines(writer, name, i), *gradient_lines(writer, name, i)]:
            assert set(re.findall(r"\\([a-zA-Z]+)", line)) <= ALLOWED, line
            assert line.count("{") == line.count("}") and line.count(r"\left") == line.count(r"\right")
            assert not re.search(r"[+·] -|\\cdot -|-0(?![.\d])|\^\{[^}]*\}'", line), line


def shown(line: str) -> float:
    """What the numbers before the result of a line come to."""
    formula = line.split(r"\small", 1)[1].split(r"} ")[0] if r"\small" in line else ""
    formula = re.sub(r"10\^\{(-?\d+)\}", r"10**(\1)", formula.strip())
    formula = formula.replace(r"\cdot", "*").replace(r"\left(", "(").replace(r"\right)", ")")
    assert re.fullmatch(r"[\d.+*() -]+", formula), formula
    total = 0.0
    for term in re.split(r" \+ ", formula):
        whole = term.strip()
        whole = whole[1:-1] if re.fullmatch(r"\(-[^()]*(\(-[^()]*\)[^()]*)*\)", whole) else whole
        total += prod(float(x.strip(" ()")) for x in whole.split("*"))
    return total


@pytest.mark.parametrize("key", ["hand", "neuron"])
def test_the_numbers_in_the_card_come_to_the_gradient(key):
    """Where all terms are written out and none is a power of ten: the line read back, multiplied and added."""
    here, checked = at(key), 0
    writer = Writer(here, TEXT, PALETTE["light"])
    for name, i in with_gradient(here):
        _, line = gradient_lines(writer, name, i)
        if r"\small" in line and "cdots" not in line and "10^" not in line:
            g = float(here.trace.grads[name][i])
            assert shown(line) == pytest.approx(g, rel=2e-3, abs=1e-6), line
            checked += 1
    assert checked >= 3


def test_the_long_product_is_written_where_each_sample_has_one_way():
    """One hidden layer and one output: the picture's line; two hidden layers: upstream times local."""
    writer = Writer(at("xor4"), TEXT, PALETTE["light"])
    words, _ = gradient_lines(writer, "W1", (3, 0))
    assert re.findall(r"\}_\{\\text\{([^}]*)\}\}", words) == ["error / N", "weight ahead", "slope", "input"]
    assert long(at("xor4").trace, "W1", (3, 0)) and not long(at("two deep").trace, "W1", (0, 0))
    words, _ = gradient_lines(Writer(at("two deep"), TEXT, PALETTE["light"]), "W1", (0, 0))
    assert "from above" in words and "weight ahead" not in words


def test_several_outputs_have_their_numbers():
    """y₂ and y_true,2 of three classes; softmax is its output's own letter, and a single output stays y."""
    words, _ = gradient_lines(Writer(at("blobs"), TEXT, PALETTE["light"]), "z2", (4, 1))
    assert r"y_{2,n} - y_{\text{true},2,n}" in words
    words, _ = gradient_lines(Writer(at("xor4"), TEXT, PALETTE["light"]), "z2", (1, 0))
    assert r"y_{n} - y_{\text{true},n}" in words
    assert names.plain("y_true", (0, 1), True) == "y_true₂" and names.plain("W", (1, 0), True) == "w₂₁"
    assert names.plain("W1", (3, 11)) == "w⁽¹⁾₄,₁₂" and names.plain("y", (0, 0)) == "y"


@pytest.mark.parametrize("key", EXPERIMENTS)
def test_what_is_lit_stands_in_the_drawing(key):
    """Ids of rows and equations are ids of edges, biases, units or the loss; a path to the loss reaches it; the rest is unlit."""
    experiment, here = EXPERIMENTS[key], at(key)
    for name, i in numbers(here):
        place = Place(select=names.key(name, i))
        wanted = net_unit.lit(here, len(here.moments), place)
        drawn = net_scene.diagram(experiment, here, len(here.moments), place.select, TEXT, wanted)
        things = [*(u for layer in drawn["layers"] for u in layer["units"]), *drawn["edges"], *drawn["biases"], drawn["loss"]]
        assert {it["id"] for it in things if it["lit"]} == wanted
        assert [it["id"] for it in things if it["selected"]] == [net_trail.drawn(here, name, i)]
        if name in here.trace.grads and name != "L":
            for row in net_votes.rows(here, name, i)[1]:
                ids = net_trail.ids(here, row.places)
                assert set(ids) <= {it["id"] for it in things} and "L" in ids


def test_the_path_of_the_picture():
    """w⁽¹⁾₄₁ of 2-4-1: from x₁ over the fourth unit and the output to the loss."""
    lit = net_unit.lit(at("xor4"), len(at("xor4").moments), Place(select="W1.3.0"))
    assert lit == {"x.0.0", "W1.3.0", "a1.0.3", "W2.0.3", "y.0.0", "L"}


@pytest.mark.parametrize("key", ["xor4", "two deep", "unfused"])
def test_nothing_is_known_before_its_moment(key):
    """A value from its forward moment on, a gradient from its backward moment on; data's gradient with what reads them."""
    here = at(key)
    when = {(x.phase, x.name): m for m, x in enumerate(here.moments, 1)}
    for m in range(1, len(here.moments) + 1):
        for name in here.trace.values:
            value, gradient = net_unit.known(here, m, name)
            if ("forward", name) in when:
                assert value == (m >= when["forward", name])
            if ("backward", name) in when:
                assert gradient == (m >= when["backward", name])
        assert net_unit.known(here, m, "x") == (True, m >= when["backward", "z1"])


def test_the_waves_come_forwards_and_go_back():
    """At each moment the layers reached are those that the pass has been to: from the left, later from the right."""
    here = at("two deep")
    for m, moment in enumerate(here.moments, 1):
        drawn = net_scene.diagram(TWO_DEEP, here, m, "", TEXT)
        reached = [layer["units"][0]["reached"] for layer in drawn["layers"]]
        back = [layer["units"][0]["back"] for layer in drawn["layers"]]
        assert reached == sorted(reached, reverse=True) and back == sorted(back)
        assert not any(back) or all(reached)
        if moment.phase == "update":
            assert all(reached) and back == [False, True, True, True]


@pytest.mark.parametrize("key", EXPERIMENTS)
def test_why_leads_down_to_the_data(key):
    """Whoever always asks for the first number it is made of comes to a weight or to data; upwards, to the loss."""
    here = at(key)
    for name, i in numbers(here):
        for follow in (net_why.made_of, net_why.arrives):
            asked, steps = (name, i), 0
            while onward := follow(here, *asked):
                assert all(n in here.trace.values and here.trace.values[n][j] is not None for n, j in onward)
                asked, steps = onward[-1], steps + 1
                assert steps < 20
            if follow is net_why.made_of:
                assert asked[0] in (*here.of.inputs, *dict(here.of.layout))
            elif name in here.trace.grads:
                assert asked[0] == "L"


def test_the_samples_of_a_batch_keep_their_numbers():
    """A mini-batch of five: rows and names count the samples as the data set does."""
    here = at("batch")
    assert len(here.rows) == 5 and max(here.rows) > 4
    table = net_votes.table(here, "W2", (0, 0), "w", TEXT)
    assert {row["cells"][0].split()[0] for row in table["rows"]} <= {str(n + 1) for n in here.rows}
    assert net_why.called(here, "z1", (2, 3), TEXT) == f"z⁽¹⁾₄ (sample {here.rows[2] + 1})"


def test_too_many_paths_become_uses():
    """Four hidden layers of eight: the count is said, the rows are upstream times local, and they still add up."""
    here = update_at(told_unit.DEEP, 0)
    assert "76,800 paths lead from w" in net_votes.sentence(here, "W1", (0, 0), "w", TEXT)
    roles, rows, rest, count = net_votes.rows(here, "W1", (0, 0))
    assert (roles, count, len(rows)) == (["from above", "input"], 150, 10)
    assert sum(row.share for row in rows) + rest == pytest.approx(here.trace.grads["W1"][0, 0], rel=1e-9)


def test_a_mistake_is_seen():
    """A gradient that is a tenth too large: the shares do not add up to it, and the nudge says otherwise."""
    here = told_unit.mistaken(at("xor4"))
    heading = net_unit.heading(here, "W1", (3, 0), (True, True), TEXT)
    assert "✗ the shares add up to" in heading and ":green[" not in heading
    assert net_nudge.verdict(here, "W1", (3, 0)).answer == "differs"


def test_a_kink_is_named():
    """XOR's first sample lies exactly on the kink of a unit without bias."""
    here = update_at(told_unit.KINK, 0)
    assert net_nudge.verdict(here, "b1", (1,)).answer == "kink"


@pytest.mark.parametrize("select", ["", "W9.0.0", "W1.99.0", "z1", "W1.0"])
def test_what_cannot_be_picked_is_the_first_weight(select):
    """An address may ask for a number that this network does not have."""
    assert net_trail.picked(at("xor4"), Place(select=select)) == ("W1", (0, 0))


def test_the_loss_is_picked_in_either_spelling():
    """One sample's loss has an index, many samples' loss has none."""
    assert net_trail.picked(at("xor4"), Place(select="L")) == ("L", ())
    assert net_trail.picked(at("hand"), Place(select="L")) == net_trail.picked(at("hand"), Place(select="L.0")) == ("L", (0,))


def test_an_experiment_is_its_own():
    """The slice takes any experiment, also the lesson's single sample."""
    here = update_at(Experiment(), 0)
    assert net_votes.votes(here, "W", (0, 0)) == [] and net_unit.lit(here, len(here.moments), Place()) == {
        "W.0.0",
        "x.0.0",
        "y.0.0",
        "L",
    }
