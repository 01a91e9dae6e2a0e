"""A network is described in words and built as a program. Wrong words, shapes and numbers are refused with a sentence that
names the thing and what is allowed; start weights are drawn as their source says, and the same seed draws the same."""

import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.data import DATA, GATES, data
from engine.limits import LAYERS, SAMPLES, UNITS
from engine.losses import LOSSES, REDUCTIONS
from engine.network import INITIALISERS, Network, network, start
from engine.refused import Refused
from tests.strategies import BY_HAND, XOR, XOR_WITH_BIAS

NEURON = {"units": (2, 1), "activations": ("relu",)}
TALL = Network((2, *[1] * LAYERS, 1), ("relu",) * (LAYERS + 1))


@pytest.mark.parametrize(
    "choice, kind, allowed",
    [
        ({"activations": ("swush",)}, "activation", ACTIVATIONS),
        ({"loss": "swush"}, "loss", LOSSES),
        ({"reduction": "swush"}, "reduction", REDUCTIONS),
    ],
)
def test_an_unknown_word_is_refused(choice, kind, allowed):
    """The refusal names the kind of thing and the unknown word, and lists what there is."""
    with pytest.raises(Refused) as refused:
        network(Network(**{**NEURON, **choice}), GATES["xor"])
    assert str(refused.value) == f"{kind} “swush” is not known; known are {', '.join(allowed)}."


def test_an_unknown_initialiser_is_refused():
    """Initialisers are words like the others."""
    with pytest.raises(Refused, match=f"initialiser “swush” is not known; known are {', '.join(INITIALISERS)}"):
        start(XOR, "swush", 0)


@pytest.mark.parametrize(
    "net",
    [
        TALL,
        Network((2,), ()),
        Network((2, 0, 1), ("relu", "relu")),
        Network((2, UNITS + 1, 1), ("relu", "relu")),
        Network((2, 1), ()),
        Network((2, 1), ("relu", "relu")),
    ],
)
def test_a_network_out_of_bounds_is_refused(net):
    """Too many layers or units, none at all, or not one activation per layer: the refusal states the bounds."""
    with pytest.raises(Refused, match=f"1 to {LAYERS} layers of 1 to {UNITS} units, each with one activation"):
        network(net, GATES["xor"])


@pytest.mark.parametrize("units", [(3, 1), (2, 2)])
def test_a_network_that_does_not_fit_its_data_is_refused(units):
    """Inputs and outputs must be as many as the data have; the refusal gives all four numbers."""
    with pytest.raises(Refused, match=f"{units[0]} inputs and {units[1]} outputs, the data 2 and 1"):
        network(Network(units, ("relu",)), GATES["xor"])


def test_a_fused_loss_wants_its_activation():
    """Cross-entropy from logits contains the sigmoid; another activation is refused, and the right one named."""
    with pytest.raises(Refused, match="cross_entropy_logits contains the activation sigmoid"):
        network(Network((2, 1), ("relu",), loss="cross_entropy_logits"), GATES["xor"])


@pytest.mark.parametrize(
    "x, y_true, sentence",
    [
        ([[1, 2]], [[1], [0]], "equally many rows"),
        ([1, 2], [1, 2], "must be tables"),
        ([], [], "must be tables"),
        (np.zeros((0, 2)), np.zeros((0, 1)), "at least one sample"),
        (np.zeros((3, 0)), np.zeros((3, 1)), "at least one sample"),
        ([[1, 2], [3]], [[1], [0]], "must be tables of numbers"),
        ([["one", "two"]], [[1]], "must be tables of numbers"),
        ([[10**400, 0]], [[1]], "must be tables of numbers"),
        (None, None, "must be tables"),
        ([[1, np.nan]], [[1]], "Every number in x must be finite"),
        ([[1, 2]], [[-np.inf]], "Every number in y_true must be finite"),
        (np.zeros((SAMPLES + 1, 2)), np.zeros((SAMPLES + 1, 1)), f"at most {SAMPLES} samples, not {SAMPLES + 1}"),
    ],
)
def test_bad_data_are_refused(x, y_true, sentence):
    """Data are two finite tables with equally many rows, at least one; each refusal says which rule was broken."""
    with pytest.raises(Refused, match=sentence):
        data(x, y_true)


def test_data_are_frozen_copies():
    """Editing the caller's array does not edit the data, and the data cannot be edited."""
    mine = np.array([[1.0, 2.0]])
    table = data(mine, [[1]])
    mine[0, 0] = 9
    assert table.x.tolist() == [[1.0, 2.0]]
    with pytest.raises(ValueError, match="read-only"):
        table.x[0, 0] = 9


def test_the_gates_are_their_truth_tables():
    """XOR, AND and OR on the four corners, in the order 00, 01, 10, 11."""
    for key, gate in {"xor": lambda a, b: a ^ b, "and": lambda a, b: a & b, "or": lambda a, b: a | b}.items():
        rows = [(*map(int, x), int(t[0])) for x, t in zip(GATES[key].x, GATES[key].y_true, strict=True)]
        assert rows == [(a, b, gate(a, b)) for a in (0, 1) for b in (0, 1)]
    assert set(DATA) == {"one", *GATES}


def test_one_sample_has_no_reduction():
    """One sample's loss is L itself; several samples get ℓ and a mean."""
    assert [(step.out, step.op.role) for step in BY_HAND.program][-1] == ("L", "loss")
    assert [(step.out, step.op.role) for step in XOR.program][-2:] == [("l", "loss"), ("L", "reduction")]
    assert BY_HAND.loss(np.zeros((7, 2))).shape == XOR.loss(np.zeros((7, 2))).shape == (7,)


def test_names_are_the_textbooks():
    """One layer has bare names; more layers are numbered, and the last activation is always y."""
    deep = network(Network((2, 3, 1), ("tanh", "sigmoid")), GATES["xor"])
    assert [step.out for step in XOR_WITH_BIAS.program] == ["z", "y", "l", "L"]
    assert [step.out for step in deep.program] == ["z1", "a1", "z2", "y", "l", "L"]
    assert deep.layout == (("W1", (3, 2)), ("b1", (3,)), ("W2", (1, 3)), ("b2", (1,)))


def test_w_goes_to_its_row_from_its_column():
    """W[i, j] is the weight to unit i from input j: z = W a + b."""
    wide = network(Network((2, 3), ("identity",)), data([[10, 1]], [[0, 0, 0]]))
    theta = wide.flat({"W": np.array([[1.0, 2], [3, 4], [5, 6]]), "b": np.array([0.5, 0, 0])})
    assert wide.values(theta)["z"].tolist() == [[12.5, 34.0, 56.0]]


def test_glorot_uniform_fills_its_interval():
    """Weights are uniform on ±√(6 / (n_in + n_out)) (Glorot and Bengio 2010, eq. 16), biases 0: for 2 to 1 that is ±√2."""
    drawn = np.array([start(XOR_WITH_BIAS, "glorot_uniform", seed) for seed in range(2000)])
    assert not drawn[:, 2].any()
    weights = drawn[:, :2] / np.sqrt(2)
    assert np.abs(weights).max() < 1 and np.abs(weights).max() > 0.995
    assert weights.mean() == pytest.approx(0, abs=3 / np.sqrt(3 * 4000))  # 3 standard deviations
    assert weights.var() == pytest.approx(1 / 3, abs=3 * np.sqrt(4 / 45 / 4000))


def test_each_layer_has_its_own_bound():
    """The bound follows from the layer's own widths: 3 to 5 units gives √(6/8), 5 to 1 gives 1."""
    of = network(Network((3, 5, 1), ("tanh", "tanh")), data([[0, 0, 0]], [[0]]))
    parts = of.views(np.array([start(of, "glorot_uniform", seed) for seed in range(400)]))
    assert [np.abs(parts[name]).max() for name in ("W1", "W2")] == pytest.approx([np.sqrt(6 / 8), 1], rel=0.005)
    assert np.abs(parts["W1"]).max() < np.sqrt(6 / 8) and np.abs(parts["W2"]).max() < 1


def test_a_seed_is_a_start():
    """The same seed draws the same start, another seed another; zeros are zeros."""
    assert np.array_equal(start(XOR, "glorot_uniform", 3), start(XOR, "glorot_uniform", 3))
    assert not np.array_equal(start(XOR, "glorot_uniform", 3), start(XOR, "glorot_uniform", 4))
    assert not start(XOR_WITH_BIAS, "zeros", 3).any()
