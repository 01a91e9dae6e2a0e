"""The address is the save file: what is written can be read back, what cannot be read is refused by name and loses nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.data import DATA
from engine.experiment import NETWORKS, PRESETS, Experiment, moments_of
from engine.limits import QUERY, UPDATES
from engine.losses import FUSED, LOSSES, REDUCTIONS
from engine.recipe import read, with_bias, write
from engine.words import GRIDS, REACHES, SCALES, SPEEDS, Place

number = st.floats(-1000, 1000).map(lambda x: x + 0.0)
rate = st.floats(0.001, 10)
rates = st.builds(
    lambda first, turns: ((0, first), *sorted(dict(turns).items())),
    rate, st.lists(st.tuples(st.integers(1, UPDATES), rate), max_size=5),
)  # fmt: skip


layers = st.lists(st.tuples(st.integers(1, 8), st.sampled_from(list(ACTIVATIONS))), max_size=4).map(tuple)


@st.composite
def experiments(draw):
    loss, hidden = draw(st.sampled_from(list(LOSSES))), draw(st.one_of(st.just(()), layers))
    weights = st.none() if hidden else st.one_of(st.none(), st.tuples(number, number, number))
    base = Experiment(
        hidden=hidden, free=draw(st.sampled_from([(), (0, 1), (1, 2)])),
        data=draw(st.sampled_from(DATA)), x=(draw(number), draw(number)), loss=loss,
        y_true=draw(st.floats(0, 1) if LOSSES[loss].unit_targets else number),
        activation=FUSED.get(loss) or draw(st.sampled_from(list(ACTIVATIONS))), reduction=draw(st.sampled_from(list(REDUCTIONS))),
        weights=draw(weights), bias=True,
        seed=draw(st.integers(0, 999_999)), rates=draw(rates),
    )  # fmt: skip
    return with_bias(base, draw(st.booleans()))


@st.composite
def places(draw, experiment):
    return Place(
        k=draw(st.integers(0, UPDATES)), m=draw(st.integers(1, len(moments_of(experiment)))),
        select="" if experiment.hidden else draw(st.sampled_from(["", "W.0.1", "z.0.0"])),
        plane=draw(st.sampled_from([None, (), (0, 1), (1, 0)])), scale=draw(st.sampled_from(SCALES)),
        reach=draw(st.sampled_from(REACHES)), grid=draw(st.sampled_from(GRIDS)),
        ghost=draw(st.one_of(st.none(), st.tuples(rates, st.integers(1, 99)))),
        steps=draw(st.sampled_from(["", "operation", "phase", "update"])), speed=draw(st.sampled_from(SPEEDS)),
        predict=draw(st.booleans()), lang=draw(st.sampled_from(["", "en", "zh"])),
        view=draw(st.sampled_from(["", "3d", "contour"])),
    )  # fmt: skip


@given(st.data(), st.booleans())
def test_what_is_written_is_read_back(data, complete):
    """Every experiment and place survives the address, with and without its defaults, to the last digit."""
    experiment = data.draw(experiments())
    place = data.draw(places(experiment))
    again = read(write(experiment, place, complete))
    assert (again.experiment, again.place, again.refused) == (experiment, place, ())


@pytest.mark.parametrize("key", PRESETS)
def test_presets_survive(key):
    """A preset's link is the preset."""
    assert read(write(PRESETS[key], Place(), complete=True)).experiment == PRESETS[key]


BAD = [
    ("lr", "nan"), ("lr", "inf"), ("lr", "1e400"), ("lr", "0"), ("lr", "0.5,3:0.1,2:0.2"), ("lr", ""), ("w", "1"), ("w", "1,x"),
    ("w", "1e5,0"), ("w", "1,2,3"), ("x", "1"), ("t", "--1"), ("data", "mnist"), ("act", "RELU"), ("loss", "mse"),
    ("reduce", "max"), ("bias", "yes"), ("init", "he"), ("seed", "-1"), ("seed", "1.5"), ("at", "4"), ("at", "10001.1"),
    ("at", "0.0"), ("at", "0.8"),
    ("at", "-1.1"), ("at", "nan.1"), ("sel", "W.0.9"), ("sel", "__class__"), ("ghost", "0.5"), ("ghost", "0.5@0"), ("steps", "all"),
    ("hidden", "4"), ("hidden", "9:tanh"), ("hidden", "4:sine"), ("hidden", "1:tanh,1:tanh,1:tanh,1:tanh,1:tanh"), ("free", "0,0"),
    ("free", "0,2"), ("free", "x"), ("plane", "0"), ("plane", "0,7"), ("plane", "hessian"), ("scale", "root"), ("range", "3"),
    ("grid", "102"), ("w", "1,2,3,4"),
    ("speed", "99"), ("predict", "2"), ("lang", "de"), ("view", "vr"), ("v", "2"), ("lr", "０.5"), ("lr", "0x1"), ("lr", "1_0"),
]  # fmt: skip


@pytest.mark.parametrize("word,text", BAD, ids=lambda part: part[:20] or "empty")
def test_a_bad_value_is_named_and_the_rest_is_kept(word, text):
    """Each unreadable value is refused in one sentence that names its parameter; everything else stays as the link says."""
    rest = {} if word in ("data", "t") else {"t": "3"}
    found = read({word: text, **rest})
    assert len(found.refused) == 1 and str(found.refused[0]).startswith(f"{word} ")
    assert found.experiment.y_true == float(rest.get("t", 1))


def test_a_network_has_as_many_weights_as_it_has():
    """Typed weights that do not fit the network are refused with the right number; a seed draws them instead."""
    told = read({"hidden": "4:tanh", "bias": "1", "w": "1,2,3"})
    assert told.experiment.weights is None and "17 numbers" in str(told.refused[0])
    weights = tuple(float(n) for n in range(17))
    found = read({"hidden": "4:tanh", "bias": "1", "w": ",".join(map(str, weights))})
    assert found.experiment.weights == weights and not found.refused


def test_an_over_long_address_is_cut_with_a_message():
    """Nobody can make the server read a megabyte."""
    found = read({"t": "3", "x": "1" * QUERY})
    assert "longer" in str(found.refused[0]) and found.experiment.y_true == 3


@pytest.mark.parametrize("key", NETWORKS)
def test_networks_survive(key):
    """A network's link is the network."""
    found = read(write(NETWORKS[key], Place(), complete=True))
    assert found.experiment == NETWORKS[key] and not found.refused


@pytest.mark.parametrize("query,told", [
    ({"data": "xor", "act": "softmax"}, "softmax"), ({"data": "xor", "loss": "categorical_cross_entropy"}, "two outputs"),
    ({"data": "sine", "hidden": "4:tanh", "loss": "cross_entropy_logits"}, "targets from 0 to 1"),
])  # fmt: skip
def test_a_loss_that_does_not_fit_the_data_is_refused(query, told):
    """Softmax on one output, classes that are none, a probability of −1: the reason is said, squared error takes the place."""
    found = read(query)
    assert told in str(found.refused[0]) and found.experiment.loss == "squared_error"


def test_a_fused_loss_brings_its_activation():
    """Cross-entropy from logits contains the sigmoid; a link that says otherwise is told so."""
    assert read({"loss": "cross_entropy_logits"}).experiment.activation == "sigmoid"
    told = read({"loss": "cross_entropy_logits", "act": "tanh"})
    assert told.experiment.activation == "sigmoid" and "sigmoid" in str(told.refused[0])


LOOKS = Place(lang="zh", reach=0.5, grid=201, scale="linear", plane=(), view="contour")
B_TURNED = Experiment(data="xor", weights=(1.25, 0.25), rates=((0, 0.5), (7, 0.1)))
V1 = {
    "A at its third moment": ("at=0.3", Experiment(), Place(m=3)),
    "B, turned at update 7": ("data=xor&w=1.25,0.25&lr=0.5,7:0.1&at=9.2&lang=zh", B_TURNED, Place(k=9, m=2, lang="zh")),
    "B, frozen, looked at in another way": (
        "data=xor&w=1.25,0.25&lr=0.5,7:0.1&free=0,1&lang=zh&range=0.5&grid=201&scale=linear&plane=gradient&view=contour",
        replace(B_TURNED, free=(0, 1)), LOOKS,
    ),
    "a network": ("data=xor&hidden=4:tanh&bias=1&seed=3", Experiment(
        data="xor", hidden=((4, "tanh"),), bias=True, weights=None, seed=3), Place()),
}  # fmt: skip


@pytest.mark.parametrize("name", V1)
def test_old_links_stay_valid(name):
    """A link of version 1 means for ever what it meant when it was copied."""
    query, experiment, place = V1[name]
    found = read(dict(part.split("=") for part in query.split("&")))
    assert found.place == place and not found.refused
    assert found.experiment == experiment


def test_cross_entropy_wants_a_target_that_is_a_probability():
    """A target of 5 would make a loss below 0; the link says so and takes 1."""
    found = read({"loss": "cross_entropy", "act": "sigmoid", "t": "5"})
    assert found.experiment.y_true == 1 and "from 0 to 1" in str(found.refused[0])
