"""The depth "Layer": what stands on the screen is the trace. Every equation between arrays is evaluated again from its own parts,
every product added up again in plain Python, and the four notations print one number."""

import re
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine.broken import BROKEN, first_wrong
from engine.experiment import NETWORK, NETWORKS, Experiment
from engine.program import backward
from engine.recipe import write
from engine.update import Update, update_at
from engine.words import Place
from tests.view.evaluated import evaluated
from tests.view.told_layer import moments, networks
from view.network import net_card, net_layer, net_matrix, net_transpose
from view.network.net_axes import entry_of
from view.network.net_parts import letter, partial
from view.network.net_product import product_at
from view.palette import PALETTE
from view.scene import found
from view.text import Text

TEXT = Text("en", "network")
ENTRY = r"\\fcolorbox\{#\w+\}\{#\w+\}\{\$\\mathbf\{((?:[^{}]|\{[^{}]*\})*)\}\$\}"  # the picked number in its box


def number(tex: str) -> float:
    """What LaTeX of ours says as a number: 1.2 \\cdot 10^{-5}."""
    return float(re.sub(r" ?(\\cdot )?10\^\{(-?\d+)\}", lambda m: ("" if m[1] else "1") + f"e{m[2]}", tex))


def picked(tex: str) -> list[float]:
    return [number(inside) for inside in re.findall(ENTRY, tex)]


def whole(here: Update, m: int, select=None) -> dict[str, str]:
    """Everything that is written at this moment, in LaTeX."""
    block, alone, cards = net_layer.written(here, m, select or net_card.first(here), "light", TEXT)
    letters = net_card.in_letters(here, here.moments[m - 1])
    return {"letters": letters, "numbers": block, "alone": alone, **{key: tex for key, (_, tex, _) in cards.items()}}


def selections(here: Update) -> list:
    """The first number of each array, the last one, and one in the middle."""
    arrays = [(name, x.shape) for name, x in here.trace.grads.items() if x.ndim]
    return [(name, tuple(int(size * at) if at < 1 else size - 1 for size in shape)) for name, shape in arrays for at in (0, 0.5, 1)]


def test_what_is_written_can_be_set():
    """Every moment of every kind of network, each number picked in turn: braces, brackets and environments close, nothing is
    missing and nothing is not a number."""
    for here, m in moments():
        for select in selections(here)[:: 1 if m % 4 == 0 else 7]:
            for tex in whole(here, m, select).values():
                opened, closed = (re.findall(rf"\\{side}[()\[\]]", tex) for side in ("left", "right"))
                assert tex.count("{") == tex.count("}") and len(opened) == len(closed), tex
                assert tex.count(r"\begin") == tex.count(r"\end") and tex.count("$") % 2 == 0, tex
                assert not re.search(r"nan|None|\{\}|−|--|\\left\)|\n\n", tex), tex
                depth = np.cumsum([{"{": 1, "}": -1}.get(c, 0) for c in tex])
                assert not tex or depth.min() >= 0


@pytest.mark.parametrize("experiment", networks())
def test_every_equation_holds(experiment: Experiment):
    """The right side of every equation, evaluated from the arrays and signs it shows, is the array on its left."""
    here = update_at(experiment, 3)
    for m, moment in enumerate(here.moments, start=1):
        for select in selections(here)[::5]:
            result, sign, *parts = net_card.operation(here, moment, select).parts
            assert np.allclose(evaluated(parts), result.cells, rtol=1e-9, atol=1e-12), (m, moment)
            assert r"\neq" not in sign.numbers


@pytest.mark.parametrize("experiment", networks())
def test_the_picked_entry_is_the_trace(experiment: Experiment):
    """The number in the box is that of the trace to the digits shown, in the whole arrays and in its own equation."""
    here = update_at(experiment, 3)
    for m, moment in enumerate(here.moments, start=1):
        for select in selections(here):
            written, parameters = whole(here, m, select), dict(here.of.layout)
            name = moment.name if moment.phase != "update" else select[0] if select[0] in parameters else here.of.layout[0][0]
            arrays = {"forward": here.trace.values, "backward": here.trace.grads, "update": here.of.views(here.after)}
            at = entry_of(here, name, select)
            wanted = float(arrays[moment.phase][name][at])
            for key in ("numbers", "alone"):
                assert all(x == pytest.approx(wanted, rel=6e-4) for x in picked(written[key])), (moment, select)
            assert len(picked(written["numbers"])) == 1
            if select[0] == name:
                assert at == select[1]


def plainly(here: Update, step, what: str, at: tuple[int, int]) -> float:
    """The entry of a product by two loops over lists."""
    A, W, *b = (here.trace.values[name].tolist() for name in step.args)
    G = here.trace.grads[step.out].tolist()
    r, c = at
    if what == "weights":
        return sum(G[n][r] * A[n][c] for n in range(len(A)))
    if what == "inputs":
        return sum(G[r][o] * W[o][c] for o in range(len(W)))
    return sum(A[r][i] * W[c][i] for i in range(len(W[0]))) + (b[0][c] if b else 0.0)


@pytest.mark.parametrize("experiment", networks())
def test_the_four_notations_are_one_number(experiment: Experiment):
    """Edge by edge, index form, outer products, matrix product: the same entry in all four, that of a sum in plain Python, and
    each whole array is the engine's."""
    here, seen = update_at(experiment, 3), set()
    for m in range(1, len(here.moments) + 1):
        for select in selections(here):
            product = product_at(here, m, select)
            if not product:
                continue
            seen.add(product.what)
            wanted, written = plainly(here, product.step, product.what, product.at), whole(here, m, select)
            for key in net_transpose.NOTATIONS:
                assert product.value(key) == pytest.approx(wanted, rel=1e-12, abs=1e-15)
                assert picked(written[key]) == [pytest.approx(wanted, rel=6e-4, abs=1e-15)], (key, written[key])
                assert product.apart(key) <= 1e-12
    assert seen == {"weights", "inputs", "sums"} if experiment.hidden else seen <= {"weights", "sums"}


def test_edge_by_edge_visibly_adds_up():
    """The products written line by line add up to the number below the line, in the digits shown."""
    here = update_at(NETWORK, 40)
    for m in range(1, len(here.moments) + 1):
        product = product_at(here, m, ("W1", (3, 1)))
        if product:
            above, below = net_transpose.edges(product, PALETTE["light"]).split(r"\hline")
            products = [number(line.split("&")[3].split(r"\\")[0]) for line in above.split(r"\\[0pt]")]
            assert len(products) == len(product.entry.pairs)
            assert sum(products) == pytest.approx(picked(below)[0], abs=2e-5)


def test_the_entry_of_the_worked_weight():
    """w⁽¹⁾₄₁ of XOR at k = 7 by hand: only the samples with x₁ = 1, the third and the fourth, count."""
    here = update_at(NETWORK, 7)
    select, m = ("W1", (3, 0)), len(here.moments)
    G = here.trace.grads["z1"]
    written = whole(here, m, select)
    assert {round(picked(written[key])[0], 4) for key in net_transpose.NOTATIONS} == {round(float(G[2, 3] + G[3, 3]), 4)}
    filled = r"\frac{\partial L}{\partial w^{(1)}_{41}} &= \sum_{n=1}^{4} \frac{\partial L}{\partial z^{(1)}_{4,n}}\, x_{1,n}"
    assert filled in written["index"]


def test_shapes_stand_below():
    """4×2 is 4×N times N×2: the shapes of a product fit together, and those of the numbers are the same."""
    here = update_at(NETWORK, 0)
    m = next(m for m, x in enumerate(here.moments, 1) if (x.phase, x.name) == ("backward", "W1"))
    assert re.findall(r"\\underset\{(\w+) \\times (\w+)\}", whole(here, m)["letters"]) == [("4", "2"), ("4", "N"), ("N", "2")]
    for here, m in moments():
        for part in net_card.operation(here, here.moments[m - 1], net_card.first(here)).parts:
            if hasattr(part, "cells"):
                sizes = tuple(str(len(here.trace.values["x"])) if size == "N" else size for size in part.sizes)
                assert sizes == tuple(map(str, part.cells.shape)), part.letter


def test_nothing_is_used_before_it_is_found():
    """The arrays of a moment's equation are inputs, parameters, or have been found by then."""
    for here, m in moments():
        tex = whole(here, m)["letters"].replace(letter("y_true"), "")
        known = found(here, m)
        for phase, name in {(x.phase, x.name) for x in here.moments if x.phase != "update"} - known:
            if name not in ("L", "l") and (phase == "backward" or name not in dict(here.of.layout)):
                assert (letter(name) if phase == "forward" else partial(name)) not in tex, (m, name, tex)


@pytest.mark.parametrize(
    ("select", "name", "at"),
    [
        (("W1", (3, 1)), "z1", (0, 3)), (("W1", (3, 1)), "b1", (3,)), (("W1", (3, 1)), "W2", (0, 3)), (("W1", (3, 1)), "x", (0, 1)),
        (("a1", (2, 1)), "z1", (2, 1)), (("a1", (2, 1)), "W2", (0, 1)), (("a1", (2, 1)), "W1", (1, 0)), (("z2", (2, 0)), "l", (2,)),
        (("b1", (2,)), "W1", (2, 0)), (("l", (3,)), "a1", (3, 0)), (("W2", (0, 2)), "L", ()),
    ],
)  # fmt: skip
def test_what_goes_with_what(select, name, at):
    """A weight to unit 4 goes with row 4 of Z, the bias of unit 4 and the weights that leave unit 4; a sample with its own row."""
    assert entry_of(update_at(NETWORK, 0), name, select) == at


def test_a_sample_far_down_is_shown():
    """Of 150 samples the first, the picked one and the last are written; as many rows in the result as in the factor."""
    here = update_at(NETWORKS["spiral"], 0)
    tex = whole(here, 1, ("z1", (70, 3)))["numbers"]
    assert picked(tex)[0] == pytest.approx(here.trace.values["z1"][70, 3], rel=6e-4)
    assert net_matrix.shown(150, (70,), 6) == [0, 1, 2, None, 70, None, 149]
    result, x, _, one, _ = re.findall(r"\\left\[(.*?)\\right\]", tex)
    assert [part.count(r"\vdots") for part in (result, x, one)] == [2 * 8, 2 * 2, 2]
    assert [len(part.split(r" \\ ")) for part in (result, x, one)] == [7, 7, 7]
    assert net_matrix.shown(6, (), 6) == [*range(6)] and net_matrix.shown(7, (), 6) == [0, 1, 2, None, 6]


@pytest.mark.parametrize("mistake", BROKEN)
def test_a_broken_engine_is_never_called_equal(mistake):
    """Where a planted mistake sits, the result is not what its right side says, and ≠ stands there; before it, nowhere."""
    here = update_at(replace(NETWORK, hidden=((4, "tanh"), (3, "sigmoid")), mistake=mistake), 0)
    right = backward(here.of.program, here.trace.values)
    wrong = first_wrong(here.of.program, right, here.trace.grads)
    signs = {}
    for moment in here.moments:
        if moment.phase == "backward":
            signs[moment.name] = net_card.operation(here, moment, ("W1", (0, 0))).parts[1].numbers
    assert next(name for name, sign in signs.items() if sign == r"\neq") == wrong


def test_another_entry_can_be_picked():
    """The menus of row and column show the picked entry, and choosing another one writes it into the address."""

    def page():
        from dataclasses import replace

        from engine.update import update_at
        from view import controls
        from view.network import net_card
        from view.network.net_layer import show_layer

        recipe, text = controls.recipe(), replace(controls.text(), page="network")
        here = update_at(recipe.experiment, recipe.place.k)
        net_card.card(here, recipe.place.m, text)
        show_layer(here, recipe.place.m, net_card.selected(here, recipe.place), "dark", text)

    app = AppTest.from_function(page)
    for word, text in {**write(NETWORK, Place(k=2, m=13)), "lang": "en"}.items():
        app.query_params[word] = text
    app.run()
    assert not app.exception and [x.value for x in app.selectbox] == [0, 0]
    app.selectbox[0].set_value(3).run()
    assert not app.exception and app.query_params["sel"] == "W1.3.0" and app.selectbox[0].value == 3
    shown = "\n".join(x.value for x in app.markdown)
    here = update_at(NETWORK, 2)
    assert picked(shown) == [pytest.approx(here.trace.grads["W1"][3, 0], rel=6e-4)] * 5
    assert "gradient of W⁽¹⁾" in shown and PALETTE["dark"]["now"] in shown and "δ" not in shown
