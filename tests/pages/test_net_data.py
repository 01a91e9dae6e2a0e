"""Own data on the network's page: what is well formed is trained on, what is not is refused beside its field and changes nothing,
and a stranger's column names are never read as markup. The page's own data sets become own data when a point is set by hand."""

import csv
import io
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine.experiment import NETWORK, NETWORKS, PRESETS, Experiment, data_of, rows_of, start_of
from engine.limits import SAMPLES
from engine.own import own
from engine.recipe import write
from engine.table import read_table
from engine.update import update_at
from engine.words import Place
from tests.pages.network_menus import found, opened
from tests.pages.streamlit_page import data, texts
from view import shelf
from view.network import net_weights
from view.network.net_data import table_of, written
from view.text import Text

XY = "height,weight,y\n1,2,0\n3.5,-4e-1,1\n"


def uploaded(source: bytes, targets: int = 1, **query) -> AppTest:
    app = opened("data_net", **query)
    app.session_state["own_way"] = "upload"
    app.run()
    app.file_uploader(key="own_file").set_value(("own.csv", source, "text/csv")).run()
    app.number_input(key="own_targets").set_value(targets).run()
    app.button(key="own_use").click().run()
    assert not app.exception
    return app


def pasted(text: str, targets: int = 1, **query) -> AppTest:
    app = opened("data_net", **query)
    app.text_area(key="own_text").set_value(text)
    app.number_input(key="own_targets").set_value(targets)
    app.button(key="own_use").click().run()
    assert not app.exception
    return app


def numbers(experiment: Experiment) -> list:
    table = data_of(experiment)
    return np.hstack([table.x, table.y_true]).tolist()


# Tables


@pytest.mark.parametrize("lang, says", [("en", "No samples are held out"), ("zh", "没有留出样本")])
def test_why_nothing_is_held_out_is_said(lang, says):
    """With a data set of the page's own the held-out loss is drawn; with one moved point of it, a sentence takes its place."""
    moons = NETWORKS["moons"]
    mine = replace(moons, data="own", own=own(table_of(moons)))
    before, after = (opened("data_net", e, lang=lang) for e in (moons, mine))
    assert data(before, "timeline")["held"] and says not in texts(before)
    assert not data(after, "timeline")["held"] and texts(after).count(says) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
@pytest.mark.parametrize("text", [XY, XY.replace(",", ";"), XY.replace(",", "\t"), XY.replace(",", ";").replace(".", ",")])
def test_an_uploaded_table_is_trained_on(text, encoding):
    """Whatever program wrote it: the same numbers, drawn on the map, with the last layer for zeros and ones."""
    app = uploaded(text.replace("height", "größe").encode(encoding))
    now = found(app).experiment
    assert now.data == "own" and numbers(now) == [[1, 2, 0], [3.5, -0.4, 1]]
    assert now.own.table.x_names == ("größe", "weight") and (now.activation, now.loss) == ("sigmoid", "cross_entropy_logits")
    assert [point["x"] for point in data(app, "decision")["points"]] == [[1, 2], [3.5, -0.4]] and not app.text


@pytest.mark.parametrize("source,says", [
    (b"", "no row of numbers"), (b"a,y\n", "no row of numbers"), (b"a,y\n1,\n", "Row 2, column 2 is empty"),
    (b"a,y\n1,two\n", "Row 2, column 2 must be a number"), (b"a,y\n1,=1+1\n", "not “=1+1”"),
    (b"1,2\n3\n", "Row 2 must have 2 cells"),
    (b"1\n2\n", "at least one column of inputs"), (b"1,2\n" * (SAMPLES + 1), "at most 2000 rows"), (b"PK\0\0", "save it as CSV"),
    (b",".join([b"1"] * 17), "at most 16 columns"), (b"1,2\n" * 2**19 + b"1,2", "at most 2 MB"), (b'"1,2', "quotation mark"),
])  # fmt: skip
def test_a_wrong_table_keeps_the_data_of_before(source, says):
    """Missing values, text, formula cells, too much of anything, nothing at all: a sentence with row and column; XOR stays."""
    app = uploaded(source)
    assert says in texts(app) and found(app).experiment == NETWORK


def test_what_was_pasted_wrongly_stays_in_its_field():
    """Nothing typed is lost: the field still holds it, is mended there, and the sentence goes."""
    app = pasted("1,2,0\n1,2,x")
    assert "Row 2, column 3" in texts(app) and app.text_area(key="own_text").value == "1,2,0\n1,2,x"
    app.text_area(key="own_text").set_value("1,2,0\n1,2,1")
    app.button(key="own_use").click().run()
    assert numbers(found(app).experiment) == [[1, 2, 0], [1, 2, 1]] and "Row 2" not in texts(app)


def test_refusals_are_in_the_readers_language():
    """The same sentence in Chinese."""
    assert "第 2 行第 2 列" in texts(pasted("1,2\n1,x", lang="zh"))


@pytest.mark.parametrize("text,targets,last", [
    ("1,2,0\n2,1,1", 1, ("sigmoid", "cross_entropy_logits")), ("1,2,0.5\n2,1,1", 1, ("identity", "squared_error")),
    ("1,1,0\n2,0,1", 2, ("softmax", "categorical_cross_entropy_logits")), ("1,1,1\n2,0,1", 2, ("identity", "squared_error")),
    ("1,.5,.5\n2,0,1", 2, ("identity", "squared_error")),
])  # fmt: skip
def test_targets_bring_the_last_layer_that_suits_them(text, targets, last):
    """Zeros and ones a sigmoid, one of several a softmax, anything else a straight line; the hidden layers stay."""
    now = found(pasted(text, targets)).experiment
    assert (now.activation, now.loss) == last and now.hidden == NETWORK.hidden and now.weights is None


def test_a_neuron_gets_a_hidden_layer_with_its_own_data():
    """Without hidden layers, four tanh units."""
    app = opened("data_net", PRESETS["keras"])
    app.text_area(key="own_text").set_value("1,2,0\n2,1,1")
    app.button(key="own_use").click().run()
    assert found(app).experiment.hidden == ((4, "tanh"),)


def test_many_inputs_have_no_map_but_a_page():
    """Three inputs: the network is drawn, the map is left out."""
    app = pasted("1,2,3,0\n2,1,4,1")
    assert len(data(app, "net")["layers"][0]["units"]) == 3
    assert not [c for c in app.get("bidi_component") if "decision" in c.proto.id]


HOSTILE = ("<img src=x onerror=alert(1)>", "$\\alpha$", "[x](javascript:alert(1))", ":violet[**y**]")


def test_hostile_names_never_reach_markup():
    """A column's name is data of our own component, which sets it as text: it stands in no Markdown, caption, label or HTML."""
    header = ",".join(f'"{name}"' for name in HOSTILE)
    app = opened("data_net", Experiment(data="own", own=own(read_table(f"{header}\n1,2,3,0\n2,1,4,1")), hidden=((2, "tanh"),),
                                        weights=None, activation="sigmoid", loss="cross_entropy_logits"))  # fmt: skip
    assert tuple(data(app, "sheet")["names"]) == tuple(name[:32] for name in HOSTILE)
    shown = [*app.markdown, *app.caption, *app.text, *app.latex, *app.title, *app.button, *app.selectbox, *app.get("html")]
    said = "\n".join(str(getattr(element, "value", "")) + str(getattr(element, "label", "")) for element in shown)
    assert not any(name[:12] in said for name in HOSTILE)
    for component in app.get("bidi_component"):
        assert "sheet" in component.proto.id or "onerror" not in component.proto.json or "link" in component.proto.id


@pytest.mark.parametrize("key", [*NETWORKS, "A", "article"])
def test_every_data_set_can_be_taken_away_as_csv(key):
    """What is downloaded is read back to the last digit, by Python's own reader and by ours."""
    experiment = (NETWORKS | PRESETS)[key]
    rows = list(csv.reader(io.StringIO(written(experiment).decode("utf-8-sig"))))
    assert [list(map(float, row)) for row in rows[1:]] == numbers(experiment)
    again = read_table(written(experiment), data_of(experiment).y_true.shape[1])
    assert (again.x_names, again.y_names) == (table_of(experiment).x_names, table_of(experiment).y_names)


def test_no_cell_of_it_is_a_formula():
    """Names that a spreadsheet would run are written with an apostrophe before them."""
    mine = own(read_table('"=cmd()","+1x",y\n1,2,0'))
    cells = next(csv.reader(io.StringIO(written(Experiment(data="own", own=mine)).decode("utf-8-sig"))))
    assert cells == ["'=cmd()", "'+1x", "y"]


def test_an_example_to_start_from():
    """The data in use become text in the field; used as they are, they are the same numbers as own data."""
    app = opened("data_net", NETWORKS["blobs"])
    app.button(key="own_copy").click().run()
    app.button(key="own_use").click().run()
    now = found(app).experiment
    assert now.data == "own" and numbers(now) == numbers(NETWORKS["blobs"]) and now.activation == "softmax"


# Points


def _edit() -> None:
    from types import SimpleNamespace

    import streamlit as st

    from view import controls
    from view.network import net_data

    for act, name, detail in st.session_state.pop("acts", []):
        st.session_state.decision = SimpleNamespace(**{name: detail})
        getattr(net_data, act)()
    net_data.refused_point(controls.text())


def edited(experiment: Experiment, *acts) -> AppTest:
    """These points added ("point"), moved ("move") or removed ("remove"), one after the other."""
    app = AppTest.from_function(_edit)
    for word, text in shelf.shortened(write(experiment, Place())).items():
        app.query_params[word] = text
    called = {"point": "point_added", "move": "point_moved", "remove": "point_removed"}
    app.session_state["acts"] = [(called[name], name, detail) for name, detail in acts]
    app.run()
    assert not app.exception
    return app


def test_points_are_added_moved_and_removed():
    """XOR becomes own data: five rows, one of them elsewhere, one away, rounded to three decimals; network and start stay."""
    acts = ("point", {"x1": 0.51239, "x2": -0.25, "t": 1}), ("move", {"n": 0, "x1": 0.1, "x2": 0.2}), ("remove", {"n": 3})
    now = found(edited(NETWORK, *acts)).experiment
    assert numbers(now) == [[0.1, 0.2, 0], [0, 1, 1], [1, 0, 1], [0.512, -0.25, 1]]
    assert replace(now, data="xor", own=None) == NETWORK and (start_of(now) == start_of(NETWORK)).all()


def test_a_point_of_one_class_of_several():
    """The second of three classes is 0, 1, 0."""
    now = found(edited(NETWORKS["blobs"], ("point", {"x1": 1, "x2": 2, "t": 1}))).experiment
    assert numbers(now)[-1] == [1, 2, 0, 1, 0] and len(numbers(now)) == 151


def test_a_point_without_classes_has_its_neighbours_target():
    """On a map of a number there is no class to choose: the nearest sample's target is taken."""
    mine = Experiment(data="own", own=own(read_table("0,0,0.25\n1,1,0.75")), activation="identity", weights=None)
    assert numbers(found(edited(mine, ("point", {"x1": 0.9, "x2": 0.7, "t": None}))).experiment)[-1] == [0.9, 0.7, 0.75]


def test_points_on_a_curve():
    """One input: the height of the click is the target, also of a point that is dragged."""
    acts = ("point", {"x1": 0.5, "x2": None, "t": 0.12345}), ("move", {"n": 0, "x1": -0.5, "x2": None, "t": 2})
    rows = numbers(found(edited(NETWORKS["sine"], *acts)).experiment)
    assert rows[-1] == [0.5, 0.123] and rows[0] == [-0.5, 2] and len(rows) == 151


def test_zeros_and_ones_on_a_curve_stay_so():
    """Where all targets are 0 or 1 a height means the nearer of them, so cross-entropy still suits."""
    mine = replace(NETWORK, data="own", own=own(read_table("0,0\n1,1")))
    assert [row[1] for row in numbers(found(edited(mine, ("point", {"x1": 2, "x2": None, "t": 0.8}))).experiment)] == [0, 1, 1]


@pytest.mark.parametrize("experiment,act,says", [
    (PRESETS["A"], ("remove", {"n": 0}), "at least one sample"), (NETWORK, ("point", {"x1": 1e9, "x2": 0, "t": 1}), "x₁ must be"),
    (NETWORK, ("move", {"n": 0, "x1": 0, "x2": -1e9}), "x₂ must be"), (NETWORK, ("remove", {"n": 4}), ""),
    (NETWORK, ("move", {"n": 4, "x1": 0, "x2": 0}), ""),
])  # fmt: skip
def test_points_that_cannot_be_set_change_nothing(experiment, act, says):
    """The last sample, a place out of bounds, a sample that is no longer there."""
    app = edited(experiment, act)
    assert found(app).experiment == experiment and says in texts(app) and bool(says) == bool(app.text)


def test_there_is_an_end_to_adding_points():
    """Two thousand rows and no more."""
    mine = own(read_table("1,2,0\n" * SAMPLES))
    full = replace(NETWORK, data="own", own=mine)
    app = edited(full, ("point", {"x1": 0, "x2": 0, "t": 1}))
    assert "at most 2000 rows" in texts(app) and found(app).experiment == full


# Mini-batches


def test_updates_of_a_batch():
    """One sample at a time, a typed size, a seed for the order; a size that holds all samples is the full batch."""
    app = opened("data_net")
    assert app.selectbox(key="batch").options == ["all samples", "1 of 4 samples"]
    app.selectbox(key="batch").set_value(1).run()
    assert found(app).experiment.batch == 1 and len(rows_of(found(app).experiment, 0)) == 1
    app.text_input(key="shuffle").set_value("7").run()
    app.text_input(key="batch_size").set_value("3").run()
    assert (found(app).experiment.batch, found(app).experiment.shuffle) == (3, 7)
    app.text_input(key="batch_size").set_value("5").run()
    assert "from 1 to 4" in texts(app) and found(app).experiment.batch == 3
    app.text_input(key="batch_size").set_value("4").run()
    assert found(app).experiment.batch == 0 and not app.exception


def test_own_names_stand_in_the_table_of_weights():
    """Beside the letters of inputs and outputs, as they are; the usual names and those too long for a caption are left out."""
    stranger = '<b>x</b>,"a name much too long for this",x3,price\n1,2,3,0\n3,4,5,1\n'
    mine = Experiment(data="own", own=own(read_table(stranger)), hidden=((2, "tanh"),), activation="sigmoid", weights=None)
    first, last = net_weights.table(mine, update_at(mine, 0), Text("en", "network"))["layers"]
    assert first["from"][:3] == ["x₁ (<b>x</b>)", "x₂", "x₃"] and last["to"] == ["y (price)"]
    assert first["to"] == ["a⁽¹⁾₁", "a⁽¹⁾₂"] and last["from"][:2] == ["a⁽¹⁾₁", "a⁽¹⁾₂"]
