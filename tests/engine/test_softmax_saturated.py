"""A softmax that is sure of the wrong classes hardly passes a gradient, and is named; one that is sure and right, one that still
learns, and one that its loss contains are left in peace."""

import numpy as np
import pytest

from engine.data import data
from engine.health import findings
from engine.history import History, descend
from engine.network import Network, network, start

X = np.random.default_rng(4).normal(size=(30, 2))
CLASS = np.argmax(np.column_stack([X, -X.sum(axis=1)]), axis=1)
TABLE = data(X, np.eye(3)[CLASS])
RIGHT = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]])  # these weights, made large, are sure of each sample's class


def net(loss="categorical_cross_entropy", table=TABLE):
    return network(Network((2, 3), ("softmax",), bias=False, loss=loss), table)


def apart():
    """The samples that lie clearly in their class, so that large weights make them sure."""
    scores = np.sort(X @ RIGHT.T, axis=1)
    clear = scores[:, -1] - scores[:, -2] > 0.2
    return data(X[clear], np.eye(3)[CLASS[clear]])


def found(of, thetas, k=0):
    history = History(np.atleast_2d(thetas), of.loss(np.atleast_2d(thetas)), (), None)
    return [f for f in findings(of, history, k) if f.kind == "saturated"]


def test_sure_and_wrong_is_named():
    """Each class takes its neighbour's weights: every p is nearly 0 or 1, and almost every sample is wrong."""
    of = net(table=apart())
    (f,) = found(of, 200 * RIGHT[[1, 2, 0]].ravel())
    p = of.values(200 * RIGHT[[1, 2, 0]].ravel())["y"]
    assert (f.array, f.places, f.since, f.count) == ("z", (), 0, len(p))
    numbers = dict(f.numbers)
    assert numbers["largest slope"] == pytest.approx(max(q * (1 - q) for q in p.ravel()), rel=1e-12)
    assert numbers["largest slope"] <= 1e-3
    assert numbers["loss of guessing"] == pytest.approx(np.log(3), rel=1e-12)
    assert numbers["mean loss"] == pytest.approx(float(of.loss(200 * RIGHT[[1, 2, 0]].ravel())), rel=1e-12)


def test_sure_and_right_is_healthy():
    """The same weights at their own classes are as flat, and have learned."""
    of = net(table=apart())
    p = of.values(200 * RIGHT.ravel())["y"]
    assert (p * (1 - p)).max() < 1e-3 and found(of, 200 * RIGHT.ravel()) == []


def test_a_loss_that_reads_z_is_not_blind():
    """Fused, the gradient is p − t, however sure p is."""
    of = net("categorical_cross_entropy_logits", apart())
    assert found(of, 200 * RIGHT[[1, 2, 0]].ravel()) == []


@pytest.mark.parametrize("k", [0, 1, 50, 2000])
def test_a_network_that_learns_is_healthy(k):
    """From a Glorot start to the end of a long run, hidden layer and all."""
    of = network(Network((2, 5, 3), ("tanh", "softmax"), loss="categorical_cross_entropy"), TABLE)
    history = descend(of, start(of, "glorot_uniform", 1), ((0, 0.5),), k)
    assert history.loss[-1] < 0.1 or k < 2000
    assert findings(of, history, k) == ()


def test_wrong_and_unsure_is_not_saturated():
    """Small weights at the wrong classes: the loss is large enough, the slopes are not flat."""
    of = net(table=apart())
    assert found(of, 2 * RIGHT[[1, 2, 0]].ravel()) == []


@pytest.mark.parametrize("k", [10, 63, 200])
def test_since_the_right_update(k):
    """Weights that grow in the wrong direction: the update from which all is flat, the loss above guessing, and p clipped in so
    many samples that a tenth of p − t arrives at z at most, by a walk back. Flat and not clipped, all of it arrives."""
    of = net(table=apart())
    thetas = np.linspace(0, 300, 201)[:, None] * RIGHT[[1, 2, 0]].ravel()
    p, t = of.values(thetas)["y"], of.inputs["y_true"]
    loss = -np.log(np.clip((p * t).sum(axis=-1), 1e-7, 1)).mean(axis=-1)
    error, clipped = np.abs(p - t).sum(axis=-1), (p * t).sum(axis=-1) <= 1e-7
    unfelt = (error * ~clipped).sum(axis=-1) <= 0.1 * error.sum(axis=-1)
    holds = ((p - p * p).reshape(201, -1).max(axis=1) <= 1e-3) & unfelt & (loss > np.log(3))
    since = k
    while since and holds[since - 1]:
        since -= 1
    assert [f.since for f in found(of, thetas, k)] == ([since] if holds[k] else [])
    assert holds[200] and not holds[10]


def test_targets_that_are_shares_count_by_their_own_loss():
    """Also with squared error on softmax the loss of guessing is that of equal shares."""
    of = net("squared_error", apart())
    (f,) = found(of, 200 * RIGHT[[1, 2, 0]].ravel())
    assert dict(f.numbers)["loss of guessing"] == pytest.approx(((2 / 3) ** 2 + 2 * (1 / 3) ** 2) / 3, rel=1e-12)
