"""Every epoch deals every sample exactly once, and any update finds its samples without those before it. The mean of the
batches' losses and gradients, each weighted by its samples, is the full batch's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.batches import batch, epoch_of, on_rows
from engine.data import data
from engine.network import Network, network
from tests.strategies import BY_HAND, XOR, cases, examples

sizes = st.integers(1, 40)


@given(sizes, sizes, st.integers(0, 999_999), st.integers(0, 50))
@examples(200)
def test_an_epoch_deals_every_sample_once(samples, size, seed, epoch):
    """The batches of one epoch are disjoint, together all samples, and of the chosen size but for the last."""
    per_epoch = -(-samples // size)
    updates = range(epoch * per_epoch, (epoch + 1) * per_epoch)
    dealt = [batch(samples, size, seed, k).tolist() for k in updates]
    assert sorted(n for rows in dealt for n in rows) == list(range(samples))
    assert all(len(rows) == size for rows in dealt[:-1]) and 1 <= len(dealt[-1]) <= size
    assert [epoch_of(samples, size, k) for k in updates] == [(epoch, at) for at in range(per_epoch)]


@pytest.mark.parametrize("size", [0, 7, 8, 1000])
def test_the_full_batch_keeps_its_order(size):
    """Size 0, or one that holds all samples: every update sees all of them, in the data's own order."""
    assert all(batch(7, size, seed, k).tolist() == list(range(7)) for seed in (0, 5) for k in (0, 1, 99))
    assert [epoch_of(7, size, k) for k in (0, 1, 99)] == [(0, 0), (1, 0), (99, 0)]


def test_an_update_finds_its_samples_by_itself():
    """The same in any order of asking; another seed or epoch shuffles anew."""
    forwards = [batch(20, 4, 3, k).tolist() for k in range(30)]
    assert [batch(20, 4, 3, k).tolist() for k in reversed(range(30))] == forwards[::-1]
    assert forwards[:5] != forwards[5:10] and forwards[:5] != [batch(20, 4, 4, k).tolist() for k in range(5)]
    dealt = [n for rows in forwards[:5] for n in rows]
    assert sorted(dealt) == list(range(20)) != dealt


def test_shuffling_is_fair():
    """One sample at a time: over 4,000 epochs each of five samples comes first about equally often (four standard errors)."""
    first = [batch(5, 1, 0, 5 * epoch)[0] for epoch in range(4000)]
    counts = np.bincount(first, minlength=5)
    assert np.abs(counts - 800).max() < 4 * np.sqrt(4000 * 0.2 * 0.8)


def test_links_deal_the_same_batches():
    """A link with a seed means these samples for ever."""
    assert [batch(4, 2, 0, k).tolist() for k in range(4)] == [[2, 0], [1, 3], [3, 0], [2, 1]]


def test_batches_cannot_be_edited():
    """What is kept for the next asker is read-only."""
    for size in (0, 2):
        with pytest.raises(ValueError, match="read-only"):
            batch(5, size, 0, 0)[0] = 3


@given(cases(samples=8), st.integers(1, 9), st.integers(0, 99))
@examples(100)
def test_batches_add_up(case, size, seed):
    """Means weighted by samples (or plain sums, where the loss is a sum) give the full batch's loss and gradient."""
    samples = len(case.data.x)
    dealt = [batch(samples, size, seed, k) for k in range(-(-samples // size))]
    weights = [1 if case.net.reduction == "sum" and samples > 1 else len(rows) / samples for rows in dealt]
    parts = [on_rows(case.of, rows).loss_and_gradient(case.theta) for rows in dealt]
    loss, gradient = case.of.loss_and_gradient(case.theta)
    assert sum(w * part for w, (part, _) in zip(weights, parts, strict=True)) == pytest.approx(loss, rel=1e-12, abs=1e-12)
    found = sum(w * part for w, (_, part) in zip(weights, parts, strict=True))
    assert found == pytest.approx(gradient, rel=1e-11, abs=1e-12)


def test_a_batch_is_the_network_on_these_samples():
    """The same objective as one made of these rows of the data; the whole one is untouched, runs are leading axes as ever."""
    x, y_true = np.arange(10.0).reshape(5, 2), np.arange(5.0)[:, None]
    net, rows = Network((2, 3, 1), ("tanh", "identity")), [3, 0]
    whole = network(net, data(x, y_true))
    part, made = on_rows(whole, rows), network(net, data(x[rows], y_true[rows]))
    thetas = np.random.default_rng(0).normal(size=(4, whole.size))
    assert np.array_equal(part.loss(thetas), made.loss(thetas))
    assert all(map(np.array_equal, part.loss_and_gradient(thetas), made.loss_and_gradient(thetas)))
    assert len(whole.inputs["x"]) == 5 and part.layout == whole.layout and part.program == whole.program
    with pytest.raises(ValueError, match="read-only"):
        part.inputs["x"][0, 0] = 9


def test_one_sample_at_a_time():
    """XOR's rows at w = (1.25, 0.25): y − y_true is 0, −0.75, 0.25 and 1.5, and the loss of each row alone is its square."""
    theta = np.array([1.25, 0.25])
    assert [float(on_rows(XOR, [n]).loss(theta)) for n in range(4)] == [0, 0.5625, 0.0625, 2.25]
    assert on_rows(BY_HAND, [0]).loss(np.array([0.5, 0.5])) == 0.25
