"""The decision picture of targets that are no classes, of mini-batches and of an experiment whose points are being moved: its scale
holds what it shows and stays, every sample is drawn, and the time line forgets nothing of a run. Outputs are worked out here."""

import base64
import json
import zlib
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine.experiment import NETWORK, NETWORKS, PRESETS, Experiment, data_of, history_of, objective_of
from engine.own import own
from engine.table import read_table
from engine.update import update_at
from view.network import net_decision, net_film, net_time
from view.text import Text

TEXT = Text("en", "network")


def of_rows(rows: str, targets: int = 1) -> Experiment:
    """A straight last layer on these rows."""
    mine = own(read_table(rows, targets))
    return replace(NETWORK, data="own", own=mine, activation="identity", loss="squared_error", rates=((0, 0.05),))


NUMBERS = {
    "one row": of_rows("1,2,3"),
    "three targets": of_rows("0,0,1,5,9\n1,0,2,6,8\n0,1,3,7,7\n1,1,4.5,8,6", 3),
    "far from 0": of_rows("0,0,1000\n1,1,1010"),
    "small": of_rows("0,0,0.001\n1,1,-0.002"),
    "A": PRESETS["A"],
}


def drawn(experiment: Experiment, k: int = 0, **how) -> tuple[dict, dict]:
    """(data, payload)."""
    data, heavy = net_decision.picture(experiment, update_at(experiment, k), TEXT, **how)
    return data, json.loads(zlib.decompress(base64.b64decode(heavy["shades"][1])))


def octets(entry: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(entry), np.uint8)


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_have_a_scale_of_their_own(name):
    """It holds every first target, its ends are what stands beside it, and there is no line; a byte is the output's place on it."""
    experiment = NUMBERS[name]
    data, payload = drawn(experiment, 3)
    (low, high), t = data["scale"], data_of(experiment).y_true[:, 0]
    assert low < t.min() and t.max() < high and not data["half"] and payload["half"] is False
    said = [float(text.replace("−", "-")) for text in data["bar"]]
    assert said == pytest.approx([low, (low + high) / 2, high], rel=1e-3)
    values, n = octets(payload["values"]).reshape(81, 81).astype(float), payload["n"]
    ends = np.array([data["axes"]["x"], data["axes"]["y"]])
    spot = ends[:, 0] + (np.array([20, 60]) + 0.5) / n * np.ptp(ends, axis=1)
    y = _forward(experiment, history_of(experiment, 3).theta[3], spot)
    assert values[60, 20] == pytest.approx(np.clip(255 * (y - low) / (high - low), 0, 255), abs=0.51)


def _forward(experiment: Experiment, theta: np.ndarray, x: np.ndarray) -> float:
    """The first output for one input, layer by layer."""
    a, at = x, 0
    widths = [*(units for units, _ in experiment.hidden), data_of(experiment).y_true.shape[1]]
    for layer, units in enumerate(widths):
        W, at = theta[at : at + units * len(a)].reshape(units, -1), at + units * len(a)
        z = np.array([sum(w * r for w, r in zip(row, a, strict=True)) for row in W])
        if experiment.bias:
            z, at = z + theta[at : at + units], at + units
        a = np.tanh(z) if layer < len(widths) - 1 else np.maximum(z, 0) if experiment.activation == "relu" else z
    return float(a[0])


@pytest.mark.parametrize("name", NUMBERS)
def test_points_have_the_shade_of_their_target(name):
    """On the same scale, so a network that fits has points that vanish in the map."""
    data, _ = drawn(NUMBERS[name])
    low, high = data["scale"]
    for point, t in zip(data["points"], data_of(NUMBERS[name]).y_true[:, 0], strict=True):
        assert point["shade"] == pytest.approx(255 * (t - low) / (high - low), abs=0.51) and point["t"] == t


def test_the_film_has_the_same_scale():
    """The film's frame of an update is the map of that update, on a coarser grid; it has no line either."""
    experiment = NUMBERS["three targets"]
    film = json.loads(zlib.decompress(base64.b64decode(net_film.film(experiment, 64)[1])))
    assert film["half"] is False
    (low, high), n = drawn(experiment, 64)[0]["scale"], film["n"]
    last = octets(film["maps"]).reshape(-1, n, n)[-1].astype(float)
    y = _forward(experiment, history_of(experiment, 63).theta[64], np.array([-0.25, -0.25]) + 1.5 * (np.array([7, 30]) + 0.5) / n)
    assert last[30, 7] == pytest.approx(np.clip(255 * (y - low) / (high - low), 0, 255), abs=0.51)


def test_one_of_several_numbers_is_named():
    """The picture says that it shows the first output; classes and a single output need no such word."""
    data, _ = drawn(NUMBERS["three targets"])
    texts = data["texts"]
    assert texts["output"] == "y₁" and texts["note"].startswith("y₁ of 3") and "first of 3" in texts["alt"]
    assert all(": y₁" in point["text"] for point in data["points"])
    for name in ("xor4", "blobs"):
        assert drawn(NETWORKS[name])[0]["texts"]["note"] == "what the network says for every input"


@pytest.mark.parametrize("name", ["xor4", "spiral"])
def test_classes_keep_their_scale(name):
    """0, ½ and 1, with a line."""
    data, payload = drawn(NETWORKS[name])
    assert (data["bar"], data["scale"], data["half"], payload["half"]) == (["0", "½", "1"], [0, 1], True, True)
    assert not any("shade" in point for point in data["points"])


def test_the_sample_of_the_worked_example_is_drawn():
    """Its target 0.01 is no class, so it has a shade: that of 0.01 between 0 and 1."""
    (point,) = drawn(NETWORKS["hand"])[0]["points"]
    assert point["shade"] == 3 and "used" not in point


def test_who_is_in_the_batch():
    """Exactly the samples of this update are marked, and the legend says so; without batches none is."""
    experiment = replace(NETWORKS["spiral"], batch=16)
    data, _ = drawn(experiment, 7)
    used = [n for n, point in enumerate(data["points"]) if point.get("used")]
    assert used == sorted(update_at(experiment, 7).rows) and len(used) == 16
    assert [entry["text"] for entry in data["legend"]] == ["sample of this batch"]
    assert not drawn(NETWORK)[0]["legend"]


def test_two_losses_have_two_names():
    """With mini-batches the curve is named after all samples and the dots after a batch; without, L is L."""
    experiment = replace(NETWORKS["spiral"], batch=16)
    here = update_at(experiment, 5)
    texts = net_time.time_line(experiment, here, None, TEXT)["texts"]
    whole = objective_of(NETWORKS["spiral"]).loss(here.theta)
    assert texts["now"].startswith("now, k = 5: L of all samples ≈ ")
    assert float(texts["now"].split("≈")[1]) == pytest.approx(whole, rel=1e-3) and whole != pytest.approx(here.loss, rel=1e-3)
    assert texts["of"] == "L of all samples" and "batch" in texts["batches"] and "L" not in texts["train"]
    texts = net_time.time_line(NETWORK, update_at(NETWORK, 100), None, TEXT)["texts"]
    assert (texts["of"], texts["batches"], texts["end"]) == ("L", "", "k = 512:") and texts["train"].startswith("L ≈ ")
    assert texts["now"].startswith("now, k = 100: L ≈ ") and texts["nowShort"].startswith("k = 100, L ≈ ")


# What the session keeps


def _seen() -> None:
    import streamlit as st

    from engine.update import update_at
    from view.network import net_data, net_time

    experiment, k, edit = st.session_state.asked
    here = update_at(experiment, k)
    st.session_state.answer = net_time.updates_in_sight(experiment, here), net_data.axes_held(experiment, here, edit)


def asked(app: AppTest, experiment: Experiment, k: int, edit: bool = False) -> tuple:
    app.session_state["asked"] = experiment, k, edit
    app.run()
    assert not app.exception
    return app.session_state["answer"]


def test_going_back_keeps_the_run_in_sight():
    """After 1,000 updates the time line is as long at k = 13; another rate is another run; each is remembered by itself."""
    app, other = AppTest.from_function(_seen), replace(NETWORK, rates=((0, 0.5), (13, 0.1)))
    long, _ = asked(app, NETWORK, 1000)
    assert long == 1024 and asked(app, NETWORK, 13)[0] == long
    assert asked(app, other, 13)[0] == 64 and asked(app, NETWORK, 0)[0] == long
    data = net_time.time_line(NETWORK, update_at(NETWORK, 13), None, TEXT, long)
    assert (data["k"], data["last"], data["texts"]["end"]) == (13, 1024, "k = 1,024:")
    assert data["film"] == net_film.film(NETWORK, long)[0] != net_film.film(NETWORK, 64)[0]


def test_axes_stay_while_points_are_moved():
    """From the first edit to the last the axes are those of XOR, though a corner is gone; then they follow the data again."""
    app, fewer = AppTest.from_function(_seen), of_rows("0,0,0\n0,0.5,1\n0.25,0,1")
    xor = ((-0.25, 1.25), (-0.25, 1.25))
    assert asked(app, NETWORK, 0)[1] is None
    assert asked(app, NETWORK, 0, True)[1] == xor == asked(app, fewer, 0, True)[1]
    data, _ = drawn(fewer, edit=True, axes=xor)
    assert data["axes"]["x"] == [-0.25, 1.25] == data["axes"]["y"]
    assert asked(app, fewer, 0)[1] is None and drawn(fewer)[0]["axes"]["x"] == [-0.25, 0.5]
    assert asked(app, NETWORKS["moons"], 0, True)[1] != xor
    heights = asked(app, NETWORKS["sine"], 5, True)[1]
    t = data_of(NETWORKS["sine"]).y_true
    assert len(heights) == 2 and heights[1][0] < t.min() and t.max() < heights[1][1]
    assert net_film.film_name(fewer, 64, xor) != net_film.film_name(fewer, 64)
