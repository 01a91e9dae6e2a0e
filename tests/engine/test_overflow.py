"""Where a run leaves the range of numbers: the factors that are named are those of the computation, and their product, worked out
in decimals, is as large as the number that could not be held."""

from decimal import Decimal
from math import log10, prod

import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.batches import on_rows
from engine.data import GATES, data
from engine.health import findings, gradient_norms
from engine.history import History, descend
from engine.network import Network, network
from engine.overflow import Factor, factors, first_overflow, size


def chain(depth, x=2.0, bias=False):
    """One unit per layer, all identities: y is x times every weight."""
    return network(Network((1,) * (depth + 1), ("identity",) * depth, bias=bias), data([[x]], [[0.0]]))


def named(of, found, eta=0.0):
    return factors(found.part, found.chain, of, eta)


def exactly(every):
    """log₁₀ of the product, in decimals that have no largest number."""
    return float(abs(prod(Decimal(f.number) for f in every)).log10())


def test_a_value_is_the_product_of_its_path():
    """x = 2 through weights 10²⁰⁰ and 10¹⁵⁰: z2 = 2·10³⁵⁰ is named by just these factors."""
    of = chain(3)
    found = first_overflow(of, of, np.array([1e200, 1e150, 1.0]), 0.0)
    assert (found.part, found.array, found.place, found.number) == ("value", "z2", (0, 0), np.inf)
    every = named(of, found)
    assert [f.number for f in every] == [2.0, 1e200, 1.0, 1e150] and [f.what for f in every] == ["start"] + ["slope"] * 3
    assert size(every) == pytest.approx(350 + log10(2), rel=1e-12) == exactly(every)


def test_a_squared_error_is_half_its_slope_times_its_root():
    """y = 6·10¹⁸⁰ and target 0: L = 36·10³⁶⁰, and that is the product, not the twice of it that the slope would give."""
    of = chain(2, x=3.0)
    found = first_overflow(of, of, np.array([2e90, 1e90]), 0.0)
    every = named(of, found)
    assert (found.array, every[-1].what) == ("L", "half")
    assert size(every) == pytest.approx(log10(36) + 360, rel=1e-12)


def test_only_squares_are_halved():
    """A loss that reads z is as large as z: where two samples' losses of 1.5·10³⁰⁸ are added, the product is one of them, and the
    slope is whole. Half a square's slope is x, and ½ x² is half of that times x."""
    table = data([[1.5e154], [1.5e154]], [[0.0], [0.0]])
    of = network(Network((1, 1), ("sigmoid",), bias=False, loss="cross_entropy_logits", reduction="sum"), table)
    every = named(of, first_overflow(of, of, np.array([1e154]), 0.0))
    assert [f.what for f in every] == ["start", "slope", "slope", "slope"]
    assert size(every) == pytest.approx(308 + log10(1.5), rel=1e-12)
    half = network(Network((1, 1), ("identity",), bias=False, loss="half_squared_error"), data([[1e100]], [[0.0]]))
    every = named(half, first_overflow(half, half, np.array([3e100]), 0.0))
    assert every[-1].what == "half" and size(every) == pytest.approx(400 + log10(4.5), rel=1e-12)


def test_a_value_that_comes_from_the_bias():
    """The input is 0, so what overflows is the bias times the next weight; the chain begins there."""
    of = chain(2, x=0.0, bias=True)
    found = first_overflow(of, of, np.array([5.0, 1e200, 1e150, 0.0]), 0.0)
    assert (found.chain[0].arg, found.chain[0].value) == ("b1", 1e200)
    assert size(named(of, found)) == pytest.approx(350, rel=1e-12)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_unit_that_bends_is_where_the_chain_begins(name):
    """z1 = ±30, where a tanh is flat and its slope 0: what overflows is its output times the weights after it, not its slope's
    product with z. Whatever the activation, the product is as large as L = (a · 10²⁰⁰)²."""
    of = network(Network((1, 1, 1), (name, "identity"), bias=False), data([[3.0]], [[0.0]]))
    for w in (10.0, -10.0):
        theta = np.array([w, 1e200])
        a = float(of.values(np.array([w, 1.0]))["a1"][0, 0])
        if abs(a) > 1e-20:
            every = named(of, first_overflow(of, of, theta, 0.0))
            assert size(every) == pytest.approx(400 + 2 * log10(abs(a)), rel=1e-5)


def test_a_gradient_is_the_product_of_its_path():
    """x = 10¹⁵⁰, w1 = 10⁻¹⁰⁰, w2 = 10¹⁰⁰: L = 10³⁰⁰ is a number, ∂L/∂w2 = 2·10²⁰⁰ too; ∂L/∂w1 = 2 y · w2 · x is none."""
    of = chain(2, x=1e150)
    found = first_overflow(of, of, np.array([1e-100, 1e100]), 0.0)
    assert (found.part, found.array, found.place) == ("gradient", "W1", (0, 0))
    assert [f.number for f in named(of, found)] == pytest.approx([2e150, 1.0, 1e100, 1.0, 1e150], rel=1e-12)
    assert size(named(of, found)) == pytest.approx(400 + log10(2), rel=1e-12) == exactly(named(of, found))


def test_an_update_is_eta_times_the_gradient():
    """∂L/∂w = 2·10²⁰⁰ at η = 10¹⁵⁰: the product is 2·10³⁵⁰."""
    of = network(Network((2, 1), ("identity",), bias=False), data([[1e100, 1.0]], [[0.0]]))
    found = first_overflow(of, of, np.array([1.0, 0.0]), 1e150)
    every = named(of, found, 1e150)
    assert (found.part, every[0].what, every[0].number) == ("update", "rate", 1e150)
    assert size(every) == pytest.approx(350 + log10(2), rel=1e-12)


def test_nothing_is_found_where_all_is_finite():
    """A healthy place has no overflow; a factor of 0 makes a product of size −∞."""
    of = chain(3)
    assert first_overflow(of, of, np.array([1.0, 2.0, 3.0]), 0.1) is None
    found = first_overflow(of, of, np.array([1e200, 1e150, 0.0]), 0.0)
    assert size((*named(of, found), Factor(0.0, "slope"))) == -np.inf


def test_a_mini_batch_is_asked_for_its_own_gradient():
    """Two samples, one harmless: the update on the harmless one is finite although the other's gradient would not be."""
    of = network(Network((1, 1), ("identity",), bias=False), data([[1e200], [1.0]], [[0.0], [0.0]]))
    theta = np.array([1e-80])
    assert first_overflow(of, on_rows(of, [1]), theta, 0.1) is None
    assert first_overflow(of, of, theta, 0.1).part == "gradient"
    assert first_overflow(of, on_rows(of, [0]), theta, 0.1).place == (0, 0)


def test_lengths_of_gradients_beyond_squares():
    """Gradients of 10²⁰⁰, whose squares no float holds, still have a length: √(3² + 4²) · 10²⁰⁰."""
    of = network(Network((1, 1), ("identity",), bias=False, reduction="sum"), data([[1.0], [1.0]], [[-1.5e200], [-2e200]]))
    assert gradient_norms(of, np.zeros((1, 1)))[0] == pytest.approx([5e200], rel=1e-12)


@pytest.mark.parametrize("fall", [0, 3])
def test_growing_is_seen_through_mini_batches(fall):
    """L = w² on all samples, and w grows by 1.5 at each update, but for one fall. The kept losses are those of mini-batches: they
    jump up and down, and say nothing."""
    of = network(Network((1, 1), ("identity",), bias=False), data([[1.0], [1.0]], [[0.0], [0.0]]))
    w = 1.5 ** np.arange(40.0)
    w[:fall] += 10.0
    history = History(w[:, None], np.resize([1.0, 2.0], 40), (), None)
    growing = [f for f in findings(of, history, 39, 0.1, on_rows(of, [1])) if f.kind == "exploding"]
    assert [f.since for f in growing] == [fall]
    assert not [f for f in findings(of, history, 39, 0.1) if f.kind == "exploding"]


def test_growth_is_seen_beside_a_dead_layer():
    """The hidden unit is off, so y = b alone and its error grows by 2η − 1 = 2 at each update; the hidden layer's gradient is 0 all
    the while, and 0 / 0 hides nothing."""
    of = network(Network((2, 1, 1), ("relu", "identity")), GATES["xor"])
    history = descend(of, np.array([-1.0, -1.0, -1.0, 1.0, 3.0]), ((0, 1.5),), 10)
    (f,) = (f for f in findings(of, history, 10) if "norm then" in dict(f.numbers))
    assert (f.kind, f.array, f.since) == ("exploding", "z2", 0)
    assert dict(f.numbers)["norm"] == pytest.approx(2**10 * dict(f.numbers)["norm then"], rel=0.05)
