"""Every finding is shown on a network built to have it, and none on healthy ones. Since when it holds is compared with a plain
walk back through the run, one update after the other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.curves import slopes, steep_end
from engine.data import GATES, data
from engine.health import findings, gradient_norms, sums
from engine.history import History, descend
from engine.network import Network, network, start
from tests.strategies import XOR, examples, neuron

SAMPLES = 40


def points(seed=0):
    """Points with a curved border between two classes."""
    x = np.random.default_rng(seed).normal(size=(SAMPLES, 2))
    return data(x, (x[:, :1] * x[:, 1:] > 0).astype(float))


def net(units, hidden, last="sigmoid", loss="cross_entropy_logits", table=None):
    """A network with the same activation in every hidden layer."""
    return network(Network(units, (*[hidden] * (len(units) - 2), last), loss=loss), points() if table is None else table)


def from_glorot(of, scale=1.0, seed=0, **shift):
    """A Glorot start, its weights scaled, then with shift[name] added to a whole array or a slice of it."""
    theta = scale * start(of, "glorot_uniform", seed)
    for name, (units, by) in shift.items():
        of.views(theta)[name][units] += by
    return theta


def found(of, theta, eta, k, kind=None, **more):
    history = descend(of, theta, ((0, eta),), k)
    every = findings(of, history, min(k, history.updates), **more)
    return [f for f in every if kind in (None, f.kind)]


def made(of, thetas):
    """A history with these thetas (T+1, P), however one came to them."""
    return History(thetas, of.loss(thetas), (), None)


def flat_since(of, history, k):
    return {(f.array, f.places): f.since for f in findings(of, history, k) if f.kind in ("dead", "saturated")}


SLOPES = {  # in other words than the engine's
    "relu": lambda z: 1.0 * (z > 0),
    "tanh": lambda z: 1 / np.cosh(z) ** 2,
    "sigmoid": lambda z: np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))) ** 2,
}


def flat_walked_back(of, hidden, history, k):
    """Each flat unit of two hidden layers, and since when, by looking at every update's own values."""
    flat = {}
    for at in range(k + 1):
        values = of.values(history.theta[at])
        for z in ("z1", "z2"):
            flat[at, z] = (SLOPES[hidden](values[z]) <= (0 if hidden == "relu" else 1e-3)).all(axis=0)
    units = [(z, u) for z in ("z1", "z2") for u in np.flatnonzero(flat[k, z]).tolist()]
    return {(z, ((u,),)): walked_back(lambda j, z=z, u=u: flat[j, z][u], k) for z, u in units}


def walked_back(holds, k):
    """The first update count from which `holds` is true up to k, by looking at each."""
    while k > 0 and holds(k - 1):
        k -= 1
    return k


@pytest.mark.parametrize("hidden", ["relu", "leaky_relu", "tanh", "sigmoid", "identity"])
@pytest.mark.parametrize("k", [0, 1, 50, 500])
def test_a_healthy_network_has_no_finding(hidden, k):
    """Two hidden layers from a Glorot start without a unit that happens to be dead, at a rate that learns: nothing to report."""
    assert found(net((2, 6, 6, 1), hidden), from_glorot(net((2, 6, 6, 1), hidden), seed=0), 0.1, k) == []


def test_a_healthy_neuron_has_no_finding():
    """The lesson's neuron, on its way down, at rest in the middle, and in a valley."""
    for eta, k in ((0.5, 0), (0.5, 3), (0.5, 300), (1.0, 300)):
        assert found(XOR, [1.25, 0.25], eta, k) == []


def test_dead_units_are_named():
    """Units 1 and 3 get biases that no sample overcomes: dead from the start, for every sample; the others are not named."""
    of = net((2, 5, 1), "relu")
    dead = found(of, from_glorot(of, b1=([1, 3], -20.0)), 0.1, 60)
    assert [(f.kind, f.array, f.places, f.since, f.count) for f in dead] == [
        ("dead", "z1", ((1,),), 0, SAMPLES), ("dead", "z1", ((3,),), 0, SAMPLES),
    ]  # fmt: skip
    z = of.values(descend(of, from_glorot(of, b1=([1, 3], -20.0)), ((0, 0.1),), 60).theta[60])["z1"]
    assert dict(dead[0].numbers) == {"nearest z": z[:, 1].max(), "largest slope": 0.0} and z[:, 1].max() < -10


def test_the_neuron_that_died():
    """B at η = 2 dies in its first update, and stays dead."""
    for k in (1, 2, 40):
        (f,) = found(XOR, [1.25, 0.25], 2.0, k)
        assert (f.kind, f.array, f.places, f.since, f.count) == ("dead", "z", ((0,),), 1, 4)
    assert found(XOR, [1.25, 0.25], 2.0, 0) == []


def test_leaky_relu_is_never_dead():
    """Its slope on the left is small, and not 0."""
    of = net((2, 5, 1), "leaky_relu")
    assert found(of, from_glorot(of, b1=([1, 3], -20.0)), 0.1, 10, "dead") == []


@pytest.mark.parametrize("hidden, b", [("tanh", 9.0), ("tanh", -9.0), ("sigmoid", -14.0)])
def test_saturated_units_are_named(hidden, b):
    """A unit pushed far out hardly passes a gradient on, on either side; it is saturated, not dead."""
    of = net((2, 5, 1), hidden)
    (unit,) = found(of, from_glorot(of, b1=([2], b)), 0.1, 30)
    assert (unit.kind, unit.array, unit.places, unit.since, unit.count) == ("saturated", "z1", ((2,),), 0, SAMPLES)
    assert 0 < dict(unit.numbers)["largest slope"] <= 1e-3 and dict(unit.numbers)["nearest z"] > 4


def test_large_weights_saturate_a_sigmoid():
    """Weights times 1000 send samples to both ends: the unit is as flat on one as on the other."""
    table = data([[1, 2], [-1, -1], [2, -5]], [[0], [1], [1]])
    of = net((2, 3, 1), "sigmoid", table=table)
    every = {f.places for f in found(of, from_glorot(of, 1000.0), 0.1, 0, "saturated") if f.array == "z1"}
    assert every == {((0,),), ((1,),), ((2,),)}


def test_saturation_just_short_of_the_limit_is_silent():
    """tanh has slope 0.001 at |z| = 4.147: 4.1 is not saturated, 4.2 is."""
    of = neuron(data([[1, 0], [-1, 0]], [[0.5], [-0.5]]), "tanh")
    assert found(of, [4.1, 0.0], 0.1, 0) == []
    assert [f.kind for f in found(of, [4.2, 0.0], 0.1, 0)] == ["saturated"]


AND = data([[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [0], [0], [1]])


def and_neuron(loss="cross_entropy"):
    return network(Network((2, 1), ("sigmoid",), loss=loss), AND)


@pytest.mark.parametrize("of,theta", [
    (neuron(data([[1, 2]], [[1]]), "sigmoid", loss="cross_entropy"), [-3.0, -3.0]), (and_neuron(), [20.0, 20.0, -30.0]),
])  # fmt: skip
def test_a_flat_output_is_no_matter_where_the_loss_feels_it_or_it_is_right(of, theta):
    """y = 0.00012 for the target 1: σ is flat, and yet a small step of z changes the loss by as much. And AND, solved."""
    z, rise = of.values(np.array(theta))["z"], (of.loss(np.array(theta) + 1e-6) - of.loss(np.array(theta))) / 1e-6
    assert np.abs(SLOPES["sigmoid"](z)).max() <= 1e-3 and (abs(rise) > 0.9 or of.loss(np.array(theta)) < 1e-4)
    assert found(of, theta, 0.1, 0, "saturated") == []


@pytest.mark.parametrize("loss", ["cross_entropy", "cross_entropy_logits"])
def test_a_solved_run_is_healthy(loss):
    """AND from large right weights, for many updates: every slope is flat in the end, and nothing is wrong."""
    of = and_neuron(loss)
    history = descend(of, np.array([10.0, 10.0, -15.0]), ((0, 10.0),), 3000)
    assert history.loss[-1] < 1e-3 and findings(of, history, 3000) == ()


@pytest.mark.parametrize("right", [0, 1])
def test_a_clipped_output_that_is_wrong_is_stuck(right):
    """z = ∓60 for each target: p is clipped, no nudge changes the loss, and the output is named; of two outputs, the wrong one."""
    t = np.column_stack([AND.y_true, 1 - AND.y_true] if right else [AND.y_true])
    of = network(Network((2, t.shape[1]), ("sigmoid",), loss="cross_entropy"), data(AND.x, t))
    theta = np.zeros(of.size)
    of.views(theta)["W"][:], of.views(theta)["b"][:] = -120.0, 180.0
    stuck = [f for f in found(of, theta, 0.1, 5) if f.kind == "saturated"]
    assert [(f.array, f.places, f.since, f.count) for f in stuck] == [("z", ((0,),), 0, 4)]
    assert of.loss(theta + 0.01) == of.loss(theta) > np.log(2) / t.shape[1]


@examples(40)
@given(
    st.sampled_from(["relu", "tanh", "sigmoid"]), st.sampled_from([0.05, 0.5, 2.0, 8.0]), st.integers(0, 999),
    st.floats(-2, 0), st.sampled_from([1.0, 4.0, 12.0]), st.sampled_from([0, 1, 7, 90, 300]),
)  # fmt: skip
def test_flat_since_the_right_update(hidden, eta, seed, shift, scale, k):
    """In both hidden layers, whatever happens on the way: units that die, revive, saturate and come back."""
    of = net((2, 4, 3, 1), hidden)
    history = descend(of, from_glorot(of, scale, seed, b1=(slice(None), shift), b2=(slice(None), shift)), ((0, eta),), k)
    k = min(k, history.updates)
    assert flat_since(of, history, k) == flat_walked_back(of, hidden, history, k)


@examples(90)
@given(st.sampled_from(sorted(SLOPES)), st.sampled_from([0.01, 0.05, 0.2, 0.6]), st.sampled_from(["Wb", "b"]), st.integers(0, 9999))
def test_flat_since_the_right_update_on_a_random_walk(hidden, far, moving, seed):
    """All numbers wander, or the biases alone: units go flat and come back, in stretches too long to be computed in one go."""
    of, rng = net((2, 4, 3, 1), hidden), np.random.default_rng(seed)
    shift = (slice(None), {"relu": -2.0, "tanh": 6.0, "sigmoid": 10.0}[hidden])
    moves = np.array([name[0] in moving for name, _ in of.parameters])
    walk = far * moves * np.cumsum(rng.normal(size=(301, of.size)), axis=0)
    history = made(of, walk + from_glorot(of, seed=seed, b1=shift, b2=shift))
    assert flat_since(of, history, 300) == flat_walked_back(of, hidden, history, 300)


def test_vanishing_in_a_deep_sigmoid_network():
    """Each sigmoid passes on at most a quarter: five layers of them, with small weights, leave the first with almost nothing."""
    of = net((2, 4, 4, 4, 4, 1), "sigmoid")
    theta = from_glorot(of, 0.3)
    (layer,) = found(of, theta, 0.1, 20)
    norms = gradient_norms(of, theta[None])[0]
    assert (layer.kind, layer.array, layer.places, layer.since) == ("vanishing", "z1", (), 0)
    assert norms.shape == (5,) and norms[0] < 1e-3 * norms[-1] and (np.diff(norms) > 0).all()


def test_the_norms_are_those_of_the_gradients():
    """‖∂L/∂Z‖ over all samples and units, for one run and for many at once."""
    of = net((2, 6, 6, 1), "tanh")
    thetas = np.array([from_glorot(of, seed=seed) for seed in range(30)])
    norms = gradient_norms(of, thetas)
    assert sums(of) == ("z1", "z2", "z3") and norms.shape == (30, 3)
    for r in (0, 11, 29):
        grads = of.trace(thetas[r]).grads
        assert norms[r] == pytest.approx([sum(x * x for x in grads[z].ravel()) ** 0.5 for z in sums(of)], rel=1e-12)


@pytest.mark.parametrize("k", [5, 63, 250, 400])
def test_vanishing_since_the_right_update(k):
    """Weights that shrink: the update at which the first layer's gradient passed below a thousandth of the last's is found."""
    of = net((2, 3, 3, 3, 1), "sigmoid")
    history = made(of, np.linspace(1.5, 0.1, 401)[:, None] * from_glorot(of, seed=2))
    ratio = [n[0] / n[-1] for n in gradient_norms(of, history.theta)]
    assert ratio[0] > 1e-3 > ratio[400]
    got = [f.since for f in findings(of, history, k) if f.kind == "vanishing"]
    assert got == ([walked_back(lambda j: ratio[j] < 1e-3, k)] if ratio[k] < 1e-3 else [])


def test_a_gradient_that_swells_on_its_way_back():
    """Weights of 30 between identity layers multiply the gradient by more than 30 a layer."""
    of = net((2, 3, 3, 3, 1), "identity", last="identity", loss="squared_error")
    theta = from_glorot(of, 40.0)
    swollen = found(of, theta, 1e-12, 0, "exploding")
    norms = gradient_norms(of, theta[None])[0]
    assert [f.array for f in swollen] == [z for z, norm in zip(sums(of), norms, strict=True) if norm > 1000 * norms[-1]] != []


def test_a_gradient_that_grows_from_update_to_update():
    """One weight, L = w²: at η = 1.5 each update multiplies w, and with it the gradient, by −2. Loss and gradient only rise; after
    four updates the gradient is 16 times the first."""
    of = neuron(data([[1]], [[0]]), "identity")
    assert found(of, [1.0], 1.5, 3) == []
    for k in (4, 9):
        (growing,) = found(of, [1.0], 1.5, k)
        assert (growing.kind, growing.array, growing.since) == ("exploding", "z", 0)
        assert dict(growing.numbers) == {"norm": 2.0 * 2.0**k, "norm then": 2.0}
    assert found(of, [1.0], 0.9, 9) == found(of, [1.0], 1.0, 9) == []  # swinging in, and swinging for ever


def test_a_loss_that_overflows():
    """L = w², η = 10¹⁰⁰: each update multiplies w by −2·10¹⁰⁰. After two of them w = 4·10²⁰⁰ is a number, and L = w² is none."""
    of = neuron(data([[1]], [[0]]), "identity")
    history = descend(of, [1.0], ((0, 1e100),), 9)
    assert (history.updates, history.stopped) == (1, 2)
    for eta in (None, 1e100):
        first = findings(of, history, 1, eta)[0]
        assert (first.kind, first.part, first.array, first.since) == ("not_finite", "value", "L", 2)
        assert [(x.out, x.arg) for x in first.chain] == [("z", "x"), ("y", "z"), ("L", "y")]
        assert [x.slope for x in first.chain] == pytest.approx([4e200, 1.0, 8e200], rel=1e-12)


def test_an_update_that_overflows():
    """A gradient of 2·10²⁰⁰ times a rate of 10¹⁵⁰ is no number: the weight is named, with the factors of its gradient."""
    of = neuron(data([[1e100, 1.0]], [[0]]), "identity")
    history = descend(of, [1.0, 0.0], ((0, 1e150),), 3)
    assert (history.updates, history.stopped) == (0, 1)
    first = findings(of, history, 0, 1e150)[0]
    assert (first.part, first.array, first.places) == ("update", "W", ((0, 0),))
    assert [(x.out, x.arg) for x in first.chain] == [("L", "y"), ("y", "z"), ("z", "W")]
    assert np.prod([x.slope for x in first.chain]) == pytest.approx(2e200)


def test_a_gradient_that_overflows():
    """x = 10²⁰⁰, w = 10⁻⁸⁰: L = 10²⁴⁰ is a number, ∂L/∂y = 2·10¹²⁰ too, but not ∂L/∂w = 2·10¹²⁰ · 10²⁰⁰."""
    of = neuron(data([[1e200]], [[0]]), "identity")
    history = descend(of, [1e-80], ((0, 1e-300),), 3)
    assert (history.updates, history.stopped) == (0, 1)
    first = findings(of, history, 0)[0]
    assert (first.kind, first.part, first.array, first.places) == ("not_finite", "gradient", "W", ((0, 0),))
    assert [x.slope for x in first.chain] == pytest.approx([2e120, 1.0, 1e200])


def test_the_chain_in_a_network():
    """A huge rate sends a network beyond all numbers. Each link of the chain starts where the one before it ended, and its slope
    is the weight between, or the activation's slope there. All ReLUs have died by then, so it begins with the last bias."""
    of = net((2, 3, 3, 1), "relu", last="identity", loss="squared_error")
    history = descend(of, from_glorot(of, seed=1), ((0, 1e60),), 50)
    k = history.updates
    first = findings(of, history, k)[0]
    assert (first.kind, first.since, first.part) == ("not_finite", history.stopped, "value")
    assert all((a.out, a.o) == (b.arg, b.i) for a, b in zip(first.chain, first.chain[1:], strict=False))
    assert first.chain[0].arg == "b3" and (first.chain[-1].out, first.chain[-1].o) == (first.array, first.places[0])


@pytest.mark.parametrize("k", [0, 1, 200])
@pytest.mark.parametrize("initialiser, hidden", [("equal", "tanh"), ("zeros", "tanh"), ("equal", "relu"), ("zeros", "sigmoid")])
def test_units_that_start_equal_stay_equal(initialiser, hidden, k):
    """All weights the same: all units of each hidden layer are copies, from the start and for ever."""
    of = net((2, 4, 3, 1), hidden)
    same = found(of, start(of, initialiser, 0), 0.5, k, "symmetric")
    assert [(f.array, f.places, f.since) for f in same] == [("z1", ((0,), (1,), (2,), (3,)), 0), ("z2", ((0,), (1,), (2,)), 0)]


def test_only_the_copies_are_named():
    """Units 0 and 2 share all their weights, 1 and 3 only those on the way in."""
    of = net((2, 4, 1), "tanh")
    theta = from_glorot(of)
    views = of.views(theta)
    views["W1"][2], views["W2"][:, 2] = views["W1"][0], views["W2"][:, 0]
    views["W1"][3] = views["W1"][1]
    (pair,) = found(of, theta, 0.5, 40)
    assert (pair.kind, pair.array, pair.places, pair.since) == ("symmetric", "z1", ((0,), (2,)), 0)
    views["W1"][2, 0] += 1e-6
    assert found(of, theta, 0.5, 0) == []


def test_not_symmetric_where_only_the_way_in_is_equal():
    """Equal weights in and different weights out: the first update tells the units apart."""
    of = net((2, 4, 1), "tanh", table=GATES["xor"])
    theta = start(of, "equal", 0).copy()
    of.views(theta)["W2"][0] = [0.1, 0.2, 0.3, 0.4]
    assert found(of, theta, 0.5, 0, "symmetric") == found(of, theta, 0.5, 20, "symmetric") == []


@pytest.mark.parametrize("key", sorted(ACTIVATIONS))
def test_what_looking_back_takes_for_granted(key):
    """Where an activation is said to be steepest in an interval, it is, in a thousand of them, and it takes bounds to bounds.
    Nothing is said exactly of those that fall anywhere, or for which neither rule holds."""
    op, rng = ACTIVATIONS[key], np.random.default_rng(0)
    intervals = np.sort(rng.uniform(-30, 30, (1000, 2)) * rng.uniform(0, 1, (1000, 1)) ** 3)
    steep, held = steep_end(op), {"right": True, "middle": True}
    rises = bool((np.diff(op.f(np.linspace(-30, 30, 60001))) >= 0).all())
    for low, high in intervals:
        z = np.linspace(low, high, 101)
        y, slope = slopes(op, z)
        most = dict(zip(held, slopes(op, np.array([high, np.clip(0.0, low, high)]))[1], strict=True))
        held = {end: was and slope.max() <= most[end] + 1e-15 for end, was in held.items()}
        assert not steep or (held[steep] and y.min() == y[0] and y.max() == y[-1])
    assert (steep is None) == (not rises or not any(held.values()))
