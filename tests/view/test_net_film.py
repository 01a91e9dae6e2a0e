"""The film of a run against the run itself: its weights are the history's, its maps and curves what a forward pass written out here
says, its losses and its wrong samples those of the data; and the time line's curves are the losses of every update."""

import base64
import json
import zlib
from dataclasses import replace

import numpy as np
import pytest

from engine.datasets import DATASETS
from engine.experiment import NETWORKS, history_of, objective_of
from engine.update import update_at
from view.network import net_film, net_time
from view.text import Text

UPDATES = 512
SOME = ("xor4", "spiral", "blobs", "sine", "hand")
TEXT = Text("en", "network")


def unpacked(payload: str) -> dict:
    return json.loads(zlib.decompress(base64.b64decode(payload)))


def floats(entry: dict) -> np.ndarray:
    return np.frombuffer(base64.b64decode(entry["bdata"]), np.float32).reshape([int(n) for n in entry["shape"].split(",") if n])


def octets(entry: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(entry), np.uint8)


def film_of(name: str) -> tuple[dict, np.ndarray, np.ndarray]:
    """(the film, its ks, the history's theta at these)."""
    film = unpacked(net_film.film(NETWORKS[name], UPDATES)[1])
    ks = floats(film["ks"])[:, 0].astype(int)
    return film, ks, history_of(NETWORKS[name], UPDATES - 1).theta[ks]


BENDS = {"tanh": np.tanh, "sigmoid": lambda z: 1 / (1 + np.exp(-z)), "identity": lambda z: z, "softmax": np.exp}


def said(name: str, theta: np.ndarray, x: np.ndarray) -> np.ndarray:
    """One network's outputs, layer by layer, sample by sample: (M, k)."""
    experiment, at, a = NETWORKS[name], 0, x
    layers = [*experiment.hidden, (DATASETS[experiment.data].train.y_true.shape[1], experiment.activation)]
    for units, bend in layers:
        size = units * a.shape[1]
        W, b = theta[at : at + size].reshape(units, -1), theta[at + size : at + size + units]
        z = np.array([[sum(w * r for w, r in zip(row, one, strict=True)) for row in W] for one in a]) + b
        a, at = BENDS[bend](z), at + size + units
    return a / a.sum(axis=1, keepdims=True) if experiment.activation == "softmax" else a


@pytest.mark.parametrize("name", SOME)
def test_the_frames_are_moments_of_the_run(name):
    """First and last update are in it; every frame has the history's weights, under their own names, and its loss."""
    film, ks, theta = film_of(name)
    assert ks[0] == 0 and ks[-1] == UPDATES and (np.diff(ks) > 0).all() and len(ks) <= 120
    np.testing.assert_array_equal(floats(film["theta"]), theta.astype(np.float32))
    assert len(film["ids"]) == theta.shape[1] and film["ids"][0] == "W1.0.0"
    of = objective_of(NETWORKS[name])
    np.testing.assert_allclose(floats(film["loss"])[:, 0], [of.loss(one) for one in theta], rtol=1e-6)
    np.testing.assert_array_equal(floats(film["losses"])[ks], floats(film["loss"]))


@pytest.mark.parametrize("name", ["xor4", "spiral", "hand"])
def test_a_map_is_what_the_network_says(name):
    """Each byte is the first output at the centre of its cell, lowest row first, rounded; one half is 128."""
    film, ks, theta = film_of(name)
    x, n = DATASETS[NETWORKS[name].data].train.x, film["n"]
    maps = octets(film["maps"]).reshape(len(ks), n, n)
    room = np.maximum(0.25 * np.ptp(x, axis=0), 0.25)
    low, length = x.min(axis=0) - room, np.ptp(x, axis=0) + 2 * room
    for frame in (0, len(ks) // 2, len(ks) - 1):
        for row, column in ((0, 0), (0, n - 1), (n - 1, 0), (17, 29)):
            spot = low + length * (np.array([column, row]) + 0.5) / n
            y = said(name, theta[frame], spot[None])[0, 0]
            assert abs(maps[frame, row, column] - 255 * y) <= 0.5 + 1e-5


def test_a_map_of_classes_is_the_winner():
    """With several classes each byte is the class with the largest output."""
    film, ks, theta = film_of("blobs")
    x, n = DATASETS["blobs"].train.x, film["n"]
    classes = octets(film["classes"]).reshape(len(ks), n, n)
    room = np.maximum(0.25 * np.ptp(x, axis=0), 0.25)
    low, length = x.min(axis=0) - room, np.ptp(x, axis=0) + 2 * room
    for row, column in ((0, 0), (40, 40), (20, 20), (33, 5)):
        spot = low + length * (np.array([column, row]) + 0.5) / n
        assert classes[-1, row, column] == said("blobs", theta[-1], spot[None])[0].argmax()
    assert film["k"] == 3 and film["maps"] is None


def test_a_curve_is_what_the_network_says():
    """With one input each frame is the fitted curve from left to right."""
    film, _, theta = film_of("sine")
    x = DATASETS["sine"].train.x[:, 0]
    room = 0.25 * np.ptp(x)
    line = np.linspace(x.min() - room, x.max() + room, 101)
    np.testing.assert_allclose(floats(film["curves"])[-1], said("sine", theta[-1], line[:, None])[:, 0], rtol=1e-5, atol=1e-6)
    assert film["maps"] is None and film["classes"] is None and film["wrong"] is None


@pytest.mark.parametrize("name", ["spiral", "blobs"])
def test_who_is_wrong(name):
    """A sample is wrong where its output lies on the other side of one half, or another class wins."""
    film, ks, theta = film_of(name)
    table = DATASETS[NETWORKS[name].data].train
    wrong = octets(film["wrong"]).reshape(len(ks), -1)
    for frame in (0, len(ks) - 1):
        y, t = said(name, theta[frame], table.x), table.y_true
        truly = (y > 0.5) != (t > 0.5) if t.shape[1] == 1 else (y.argmax(axis=1) != t.argmax(axis=1))[:, None]
        np.testing.assert_array_equal(wrong[frame], truly[:, 0])


def test_frames_go_where_the_loss_goes():
    """No two frames next to each other are farther apart than a twentieth of the axis; a sudden fall late in a run has many."""
    loss = np.where(np.arange(4097) < 3000, 1.0, 1e-3) + np.where(np.arange(4097) < 3000, 0, np.exp(-np.arange(-3000, 1097) / 40.0))
    ks = net_film.frames(loss)
    assert len(ks) <= 120 and ks[0] == 0 and ks[-1] == 4096
    assert np.diff(np.log1p(ks)).max() <= max(np.log(2), np.log(4097) / 20) + 1e-9
    assert ((ks >= 3000) & (ks < 3300)).sum() >= 25


def test_the_film_is_small():
    """The largest preset's film of 2,048 updates, as it is sent."""
    assert len(net_film.film(NETWORKS["spiral"], 2048)[1]) <= 250_000


# The time line


def test_the_curves_are_the_losses():
    """Training and held-out loss, each against a forward pass over the whole table for every update drawn."""
    experiment = NETWORKS["spiral"]
    drawn, history = net_time.curves(experiment, UPDATES), history_of(experiment, UPDATES - 1)
    for name, table in (("train", DATASETS["spiral"].train), ("held", DATASETS["spiral"].held_out)):
        for k, loss in drawn[name][[0, 50, 150, -1]]:
            p, t = said("spiral", history.theta[int(k)], table.x)[:, 0], table.y_true[:, 0]
            assert loss == pytest.approx(-np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)), rel=1e-6)
    assert "batches" not in drawn


def test_mini_batches_have_dots_and_a_loss_on_all_samples():
    """The line is the loss on all samples, the dots are those that single updates saw."""
    experiment = replace(NETWORKS["spiral"], batch=10)
    drawn, of = net_time.curves(experiment, 64), objective_of(experiment)
    history = history_of(experiment, 63)
    ks = drawn["train"][:, 0].astype(int)
    np.testing.assert_allclose(drawn["train"][:, 1], [of.loss(history.theta[k]) for k in ks], rtol=1e-12)
    np.testing.assert_array_equal(drawn["batches"][:, 1], history.loss[ks])
    assert np.abs(drawn["batches"][:, 1] - drawn["train"][:, 1]).max() > 0.01
    assert unpacked(net_film.film(experiment, 64)[1])["losses"] is None


def test_a_long_run_keeps_its_extremes():
    """At most 400 of 10,000 updates are drawn, all of the first ones, and no peak is lost."""
    loss = 1 / (1 + np.arange(10_001.0))
    loss[[777, 5005]] = 3.0, 1e-9
    ks = net_time.kept(loss)
    assert len(ks) <= 400 and {0, 1, 2, 3, 777, 5005, 10_000} <= set(ks.tolist())
    np.testing.assert_array_equal(net_time.kept(loss[:300]), np.arange(300))


def test_the_pinned_run_lies_behind():
    """A pinned run has the same updates and its own losses; where its loss is another one, its name says so."""
    experiment = NETWORKS["xor4"]
    pinned = replace(experiment, rates=((0, 0.05),))
    data = net_time.time_line(experiment, update_at(experiment, 3), pinned, TEXT)
    k, height, loss = floats(data["pinned"]).T
    np.testing.assert_array_equal(k, np.arange(65))
    np.testing.assert_allclose(loss, history_of(pinned, 63).loss, rtol=1e-6)
    np.testing.assert_allclose(height, np.log10(loss + 1e-3), rtol=1e-4, atol=1e-6)
    assert data["texts"]["pinned"] == "pinned run" and data["film"] == net_film.film(experiment, 64)[0]
    other = net_time.time_line(experiment, update_at(experiment, 3), replace(pinned, loss="squared_error"), TEXT)
    assert other["texts"]["pinned"] == "pinned run: squared error"
    assert net_time.time_line(experiment, update_at(experiment, 3), None, TEXT)["pinned"] is None


def test_a_wild_pinned_run_leaves_the_picture():
    """The run itself keeps its room: a pinned one that is far worse does not press it flat."""
    experiment = NETWORKS["sine"]
    calm = net_time.time_line(experiment, update_at(experiment, 0), None, TEXT)["axes"]["y"]
    wild = net_time.time_line(experiment, update_at(experiment, 0), replace(experiment, rates=((0, 5.0),)), TEXT)["axes"]["y"]
    assert wild[1] - wild[0] <= (calm[1] - calm[0]) + 2 * net_time.ABOVE


def test_a_run_that_stops_has_a_film():
    """It ends where the run's numbers do, and so does the time line."""
    wild = replace(NETWORKS["sine"], rates=((0, 10.0),), hidden=((8, "identity"),))
    here = update_at(wild, 2000)
    assert here.history.stopped is not None
    film = unpacked(net_film.film(wild, here.history.updates)[1])
    assert floats(film["ks"])[-1] == here.history.updates == here.k
    data = net_time.time_line(wild, here, None, TEXT)
    assert data["last"] == here.k and np.isfinite(data["axes"]["y"]).all()
