"""Each planted mistake changes the gradients of a generic network, and a nudge objects first exactly where the mistake is: to
nothing between there and the loss."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.broken import BROKEN, RATE, agrees, by_nudge, first_wrong, rounding, shows, telling, telltale, way_back
from engine.check import check
from engine.data import data
from engine.history import descend
from engine.network import Network, network, start
from engine.program import backward
from tests.strategies import BY_HAND, XOR, cases, examples

TABLE = data([[0.5, -1.0], [1.5, 0.3], [-0.7, 0.9]], [[0], [1], [1]])
PLAIN = network(Network((2, 3, 2, 1), ("tanh", "sigmoid", "sigmoid")), TABLE)
FUSED = network(Network((2, 3, 2, 1), ("tanh", "sigmoid", "sigmoid"), loss="cross_entropy_logits"), TABLE)
CLASSES = network(
    Network((2, 3, 2), ("leaky_relu", "softmax"), loss="categorical_cross_entropy"),
    data(TABLE.x, [[0, 1], [1, 0], [1, 0]]),
)
FIRST = {  # the array at which each mistake is made first, in the three networks
    "slope": ("z3", "z2", "z1"),
    "z": ("W3", "W3", "W2"),
    "share": ("l", "l", "l"),
    "path": ("a1", "a1", "a1"),  # the first array that several units of the next layer read
    "early": ("a2", "a2", "a1"),
    "sign": ("y", "z3", "y"),
}


def place(of):
    return np.random.default_rng(3).uniform(-1.2, 1.2, of.size)


def test_there_are_six():
    """Six mistakes, each with a title of its own."""
    assert len(BROKEN) == len({mistake.title for mistake in BROKEN.values()}) == 6 and BROKEN.keys() == FIRST.keys()


@pytest.mark.parametrize("of, net", [(PLAIN, 0), (FUSED, 1), (CLASSES, 2)], ids=["plain", "fused", "classes"])
@pytest.mark.parametrize("key", BROKEN)
def test_a_nudge_finds_the_first_wrong_array(of, net, key):
    """Walking back from the loss, every number of every array agrees up to the mistake; there, one differs."""
    theta = place(of)
    values = of.values(theta)
    claimed = BROKEN[key].backward(of.program, values)
    for name in way_back(of.program):
        if "differs" in {verdict.answer for verdict in check(of, theta, claimed, name)}:
            break
    assert name == FIRST[key][net] == first_wrong(of.program, of.trace(theta).grads, claimed)


@pytest.mark.parametrize("key", BROKEN)
def test_shapes_and_names_are_the_right_ones(key):
    """A broken engine breaks no page: it hands back the same arrays in the same shapes, all finite."""
    values = PLAIN.values(place(PLAIN))
    right, claimed = backward(PLAIN.program, values), BROKEN[key].backward(PLAIN.program, values)
    assert {name: g.shape for name, g in claimed.items()} == {name: g.shape for name, g in right.items()}
    assert all(np.isfinite(g).all() for g in claimed.values())


@examples(60)
@given(cases())
def test_the_honest_engine_has_no_wrong_array(case):
    """The way back names every gradient once, the loss first and each array after all that it enters."""
    grads = case.of.trace(case.theta).grads
    order = way_back(case.of.program)
    assert sorted(order) == sorted(grads) and order[0] == "L"
    assert all(order.index(step.out) < order.index(a) for step in case.of.program for a in step.args if {step.out, a} <= {*order})
    assert first_wrong(case.of.program, grads, grads) is None


@examples(60)
@given(cases(), st.sampled_from(sorted(BROKEN)))
def test_a_mistake_leaves_all_before_it_right(case, key):
    """Whatever the network: between the loss and the first wrong array, all gradients are the honest ones."""
    right = case.of.trace(case.theta).grads
    claimed = BROKEN[key].backward(case.of.program, case.of.values(case.theta))
    wrong = first_wrong(case.of.program, right, claimed)
    order = way_back(case.of.program)
    for name in order[: order.index(wrong)] if wrong else order:
        assert claimed[name] == pytest.approx(right[name], rel=1e-8, abs=1e-11)


def test_by_hand_on_one_neuron():
    """x = (1, 2), y = 1.5, target 1: ∂L/∂w is (1, 2). Without slope nothing changes where ReLU's is 1; the sign turns it round."""
    values = BY_HAND.values(np.array([0.5, 0.5]))
    grads = {key: mistake.backward(BY_HAND.program, values)["W"].tolist() for key, mistake in BROKEN.items()}
    assert grads == {key: [[-1, -2]] if key == "sign" else [[1, 2]] for key in BROKEN}


def test_by_hand_on_xor():
    """At (1.25, 0.25) ∂L/∂w is (0.875, 0.375), and four times that without the 1/N. At C, without ReLU's slope, the silent sample
    (0, 1) is heard: 2 (0 − 1) / 4 = −0.5 is added to ∂L/∂w2."""
    right, c = XOR.trace([1.25, 0.25]), XOR.trace([0.5, -0.25])
    assert BROKEN["share"].backward(XOR.program, right.values)["W"].tolist() == [[3.5, 1.5]]
    heard = BROKEN["slope"].backward(XOR.program, c.values)["W"] - c.grads["W"]
    assert heard.tolist() == [[0.0, -0.5]]


def test_by_hand_on_a_chain():
    """1-1-1 of identities, x = 2, weights 3 and 0.5, target 1: y = 3, ∂L/∂z2 = 4, ∂L/∂W2 = 24, ∂L/∂a1 = 2; after the update
    W2 = 0.5 − 24 η, and the error goes back through that."""
    of = network(Network((1, 1, 1), ("identity", "identity"), bias=False), data([[2]], [[1]]))
    values = of.values(np.array([3.0, 0.5]))
    assert backward(of.program, values)["a1"].tolist() == [[2.0]]
    assert BROKEN["early"].backward(of.program, values)["a1"].tolist() == [[4 * (0.5 - 24 * RATE)]]


@examples(60)
@given(cases(), st.sampled_from(sorted(BROKEN)))
def test_the_nudge_tells_each_number_right_from_wrong(case, key):
    """Asked one by one, the numbers of a broken engine that a nudge objects to are exactly those that are not the honest ones."""
    right = case.of.trace(case.theta).grads
    claimed = BROKEN[key].backward(case.of.program, case.of.values(case.theta))
    for name in way_back(case.of.program)[1:]:
        i = telltale(right[name], claimed[name])
        truly = by_nudge(case.of, case.theta, name, i)
        assert truly == pytest.approx(float(right[name][i]), rel=1e-8, abs=1e-11)
        assert agrees(float(claimed[name][i]), truly) == np.allclose(claimed[name], right[name], rtol=1e-9, atol=1e-12)


def test_the_telltale_number_is_the_worst():
    """Where two arrays differ, the place of the largest distance; where they agree, that of the largest number."""
    right = np.array([[1.0, -5.0], [0.5, 2.0]])
    assert telltale(right, np.add(right, [[0, 0], [0.25, -0.5]])) == (1, 1) and telltale(right, right) == (0, 1)


@pytest.mark.parametrize("of, keys", [
    (PLAIN, {*BROKEN}), (FUSED, {*BROKEN}), (CLASSES, {*BROKEN}),
    (BY_HAND, {"sign"}),  # one sample, slope 1, one layer: nothing else to be done wrong
    (XOR, {"share", "sign"}),
], ids=["plain", "fused", "classes", "by hand", "xor"])  # fmt: skip
def test_only_mistakes_that_can_be_found_out_are_planted(of, keys):
    """A mistake that changes no weight's or unit's gradient, or changes them as another one does, cannot be found by them."""
    theta = place(of) if of not in (BY_HAND, XOR) else np.array([1.25, 0.25])
    assert set(telling(of, theta)) == keys


def test_two_mistakes_that_look_alike_are_both_left_out():
    """Identity layers, z = a, one sample and one unit after the other: only the sign and the early update can be told."""
    of = network(Network((1, 1, 1), ("identity", "identity"), bias=False), data([[2]], [[1]]))
    assert set(telling(of, np.array([3.0, 0.5]))) == {"early", "sign"}
    assert telling(of, np.array([0.0, 0.0])) == ("sign",)


def houses():
    """40 houses with prices in full: inputs of hundreds, targets of hundreds of thousands, and a tanh between that is saturated."""
    rng = np.random.default_rng(0)
    x = np.column_stack([rng.uniform(50, 250, 40), rng.uniform(1, 6, 40)]).round()
    prices = (x[:, :1] * 3000 + x[:, 1:] * 10000 + rng.normal(0, 2e4, (40, 1))).round()
    return network(Network((2, 4, 1), ("tanh", "identity")), data(x, prices))


@pytest.mark.parametrize("k", [0, 1, 20, 200])
def test_cancelled_votes_and_saturated_slopes_are_no_mistake(k):
    """No honest number is accused, however little is left of what is added; what a mistake changes stays far above that."""
    of = houses()
    theta = descend(of, start(of, "glorot_uniform", 0), ((0, 0.05),), k).theta[-1]
    values = of.values(theta)
    right, off = backward(of.program, values), rounding(of.program, values)
    for name in way_back(of.program)[1:]:
        for i in np.ndindex(right[name].shape):
            assert agrees(float(right[name][i]), by_nudge(of, theta, name, i), float(off[name][i])), (name, i)
    for key in telling(of, theta):
        claimed = BROKEN[key].backward(of.program, values)
        name = first_wrong(of.program, right, claimed)
        i = telltale(right[name], claimed[name])
        assert not agrees(float(claimed[name][i]), by_nudge(of, theta, name, i), float(off[name][i])), (key, name)


def test_the_allowance_is_rounding_and_nothing_else():
    """In a generic network it is less than a billionth of each array's largest gradient, which the comparison forgives anyway."""
    for of in (PLAIN, FUSED, CLASSES):
        values = of.values(place(of))
        right, off = backward(of.program, values), rounding(of.program, values)
        assert off.keys() == right.keys()
        assert all(off[name].shape == g.shape and off[name].max() < 1e-9 * np.abs(g).max() for name, g in right.items())


def test_a_mistake_that_can_never_show():
    """One path of several needs a unit that several read; 1/N needs several samples and a mean; a slope needs a bend."""
    one, line = network(Network((2, 4, 1), ("tanh", "sigmoid")), TABLE), network(Network((2, 2, 1), ("identity",) * 2), TABLE)
    assert {key for key in BROKEN if not shows(one, key)} == {"path"} and all(shows(PLAIN, key) for key in BROKEN)
    assert {key for key in BROKEN if not shows(line, key)} == {"slope", "z", "path"}
    assert {key for key in BROKEN if not shows(BY_HAND, key)} == {"z", "share", "path", "early"}
