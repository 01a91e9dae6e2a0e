"""Start weights follow the law their source gives, layer by layer, and a seed draws the same numbers for ever: links and
pictures depend on it. Bounds are four standard errors of the moment that is measured."""

import numpy as np
import pytest

from engine.data import GATES
from engine.initialisers import INITIALISERS
from engine.network import Network, network, start
from tests.strategies import XOR, XOR_WITH_BIAS

WIDE = (200, 300)  # to 200 units from 300
DEEP = network(Network((2, 2, 1), ("tanh", "sigmoid")), GATES["xor"])


def drawn(key, shape=WIDE, seed=0):
    return INITIALISERS[key](shape, np.random.default_rng(seed))


@pytest.mark.parametrize("key", INITIALISERS)
def test_a_seed_is_a_start(key):
    """W is (n_out, n_in); the same seed gives the same numbers; what is drawn at random differs by seed and within a layer."""
    one, other = drawn(key), drawn(key, seed=1)
    assert one.shape == WIDE and one.dtype == float and np.isfinite(one).all()
    assert np.array_equal(one, drawn(key))
    fixed = key in ("zeros", "equal")
    assert np.array_equal(one, other) == fixed and (len(np.unique(one)) == 1) == fixed


def test_what_is_not_drawn():
    """Zeros are 0, and the equal start is ½ everywhere."""
    assert set(drawn("zeros").flat) == {0} and set(drawn("equal").flat) == {0.5}


@pytest.mark.parametrize(
    "key, shape, deviation",
    [
        ("glorot_uniform", WIDE, 0.0632455532033676),  # √(2 / 500)
        ("glorot_uniform", (300, 200), 0.0632455532033676),  # the same both ways
        ("he_normal", WIDE, 0.0816496580927726),  # √(2 / 300): the inputs count
        ("he_normal", (300, 200), 0.1),  # √(2 / 200)
        ("small_normal", WIDE, 0.01),
        ("small_normal", (300, 200), 0.01),
    ],
)
def test_moments(key, shape, deviation):
    """Mean 0, the source's standard deviation, and the fourth moment of a uniform (9/5) or a normal law (3)."""
    w = drawn(key, shape) / deviation
    kurtosis, eighth = (1.8, 9.0) if key == "glorot_uniform" else (3.0, 105.0)  # E w⁴, E w⁸ of a law with E w² = 1
    assert w.mean() == pytest.approx(0, abs=4 / np.sqrt(w.size))
    assert (w**2).mean() == pytest.approx(1, abs=4 * np.sqrt((kurtosis - 1) / w.size))
    assert (w**4).mean() == pytest.approx(kurtosis, abs=4 * np.sqrt((eighth - kurtosis**2) / w.size))


def test_he_keeps_the_size_of_a_signal():
    """What it is for: through fifty ReLU layers a signal neither dies nor explodes, as it does under a start of another size."""
    rng = np.random.default_rng(0)

    def after_fifty(key):
        a = np.abs(rng.normal(size=(64, 100)))
        first = np.linalg.norm(a)
        for _ in range(50):
            a = np.maximum(a @ INITIALISERS[key]((100, 100), rng).T, 0)
        return np.linalg.norm(a) / first

    assert 0.05 < after_fifty("he_normal") < 20
    assert after_fifty("glorot_uniform") < 1e-4 and after_fifty("small_normal") < 1e-40


def test_equal_units_stay_equal():
    """The symmetric network: after any training both hidden units are still the same unit."""
    theta = start(DEEP, "equal", 0)
    for _ in range(50):
        theta = theta - 0.5 * DEEP.loss_and_gradient(theta)[1]
    parts = DEEP.views(theta)
    assert np.array_equal(parts["W1"][0], parts["W1"][1]) and parts["W2"][0, 0] == parts["W2"][0, 1]
    assert parts["b1"][0] == parts["b1"][1] and not np.allclose(theta, start(DEEP, "equal", 0))


@pytest.mark.parametrize(
    "of, seed, theta",
    [
        (XOR, 0, [0.38738615147100774, -0.651141503267228]),
        (XOR, 1, [0.033436603960775635, 1.2741037374017063]),
        (XOR_WITH_BIAS, 7, [0.3538234109274212, 1.123490288985882, 0.0]),
        (
            DEEP, 3,
            [
                -1.014948114995359, -0.6446799645011546, 0.7379687122855565, 0.2012550645858504, 0.0, 0.0,
                -1.14797755744482, -0.18914557614993055, 0.0,
            ],
        ),
    ],
)  # fmt: skip
def test_old_links_start_where_they_did(of, seed, theta):
    """Recorded from the first release: the seed of a link must never draw other weights."""
    assert start(of, "glorot_uniform", seed).tolist() == theta
