"""Where runs end, asked for many at once: every end is compared with what the mathematics of the neuron says, with one run made
alone in plain Python, or with the diagnosis of the single run."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data import GATES, data
from engine.diagnosis import diagnose
from engine.fates import KINDS, PLACES, SETTLED, Fate, catalogue, codes, ended, ends, fates, known_fates
from engine.history import descend
from engine.network import Network, network
from engine.refused import Refused
from engine.starts import glorot_starts, grid_starts, square_starts
from tests.strategies import BY_HAND, XOR, XOR_WITH_BIAS, cases, examples, neuron

GROWS = neuron(data([[1, 1]], [[0]]), "identity")  # at η = 1 its error is multiplied by −3
LEARNER = network(Network((2, 2, 1), ("relu", "identity")), GATES["xor"])


def kinds(of, starts, eta, updates=1000):
    return [KINDS[code] for code in ends(of, np.array(starts, dtype=float), eta, updates).kind]


def one(of, start, eta, updates=1000):
    """Kind and loss of a single run's end."""
    found = ends(of, np.array([start], dtype=float), eta, updates)
    return KINDS[found.kind[0]], float(found.loss[0])


def plain(w1, w2, eta, updates):
    """The ReLU neuron on XOR with floats and loops alone: w and loss at the end, and whether anything still moves."""
    rows = ((0.0, 0.0, 0.0), (0.0, 1.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, 0.0))
    for _ in range(updates):
        g1 = g2 = 0.0
        for x1, x2, t in rows:
            z = w1 * x1 + w2 * x2
            if z > 0:
                g1 += 2 * (z - t) * x1 / 4
                g2 += 2 * (z - t) * x2 / 4
        w1, w2 = w1 - eta * g1, w2 - eta * g2
    return w1, w2, sum((max(0.0, w1 * x1 + w2 * x2) - t) ** 2 for x1, x2, t in rows) / 4


# Presets A to D and the article's start.


@pytest.mark.parametrize(
    "eta, updates, kind, loss",
    [
        (0.05, 1000, "settled", 0), (0.1, 1, "settled", 0), (0.2, 1000, "swings", 0.25), (0.25, 2, "undecided", None),
        (0.25, 3, "dead", 1), (0.31, 0, "undecided", 0.25), (0.31, 1, "dead", 1),
    ],
)  # fmt: skip
def test_preset_a(eta, updates, kind, loss):
    """A: 0.05 comes to rest at 0, 0.2 swings for ever, 0.25 dies at its third update, above 0.3 the first one kills."""
    found = one(BY_HAND, (0.5, 0.5), eta, updates)
    assert found[0] == kind and (loss is None or found[1] == pytest.approx(loss, abs=1e-9))


@pytest.mark.parametrize(
    "start, eta, kind, loss",
    [
        ((1.25, 0.25), 0.5, "settled", 1 / 3), ((1.25, 0.25), 1, "settled", 1 / 4), ((1.25, 0.25), 1.4, "settled", 1 / 4),
        ((1.25, 0.25), 2, "dead", 1 / 2), ((0.5, -0.25), 0.5, "settled", 1 / 4), ((1, 1), 1, "dead", 1 / 2),
        ((1, 1), 0.99, "settled", 1 / 3), ((2, 1), 0.5, "settled", 1 / 3), ((2, 1), 0.7, "settled", 1 / 4),
        ((2, 1), 1, "dead", 1 / 2),
    ],
)  # fmt: skip
def test_presets_b_to_d_and_the_article(start, eta, kind, loss):
    """The rate alone decides between middle basin (1/3), valley (1/4) and dead plateau (1/2)."""
    assert one(XOR, start, eta) == (kind, pytest.approx(loss, abs=1e-9))


def test_ends_are_those_of_one_run_in_plain_python():
    """A handful of starts: the same place and loss as a loop over floats, and the fate that this loss names."""
    for w1, w2 in square_starts(np.zeros(2), (0, 1), -2, 2.5, 12, seed=3):
        for eta in (0.3, 1.2, 2.5):
            a, b, loss = plain(float(w1), float(w2), eta, 1000)
            found = ends(XOR, np.array([[w1, w2]]), eta, 1000)
            assert found.theta[0] == pytest.approx([a, b], abs=2e-5) and found.loss[0] == pytest.approx(loss, abs=1e-9)
            assert KINDS[found.kind[0]] == ("dead" if a <= 0 and b <= 0 else "settled")


# Each kind of end.


def test_diverged():
    """A run without bound is diverged, whether its numbers are still finite or not, and warns nobody."""
    assert one(GROWS, (0.5, 0.5), 1, 20)[0] == "undecided"
    assert one(GROWS, (0.5, 0.5), 1, 40)[0] == "diverged"
    assert one(GROWS, (1e200, 0.5), 1, 0) == ("diverged", np.inf)


def test_what_is_lost_stays_lost():
    """A ReLU would make 0 of nan; a run whose numbers are gone, or whose loss was huge once, is diverged and not dead."""
    found = ended(XOR, np.array([[np.nan, 1.0], [-1.0, -1.0], [-1.0, -1.0]]), np.array(0.5), np.array([1.0, 1e31, 1.0]))
    assert [KINDS[code] for code in found.kind] == ["diverged", "diverged", "dead"] and np.isnan(found.loss[0])


@pytest.mark.parametrize("of", [XOR, XOR_WITH_BIAS, BY_HAND, GROWS, LEARNER], ids=["xor", "bias", "by_hand", "grows", "learner"])
def test_a_rate_of_a_million_has_a_fate(of):
    """Far too large a rate kills or explodes, without a warning; a network whose output bias still learns explodes."""
    starts = np.random.default_rng(0).uniform(-2, 2.5, (200, of.size))
    assert set(kinds(of, starts, 1e6)) <= {"dead", "diverged"}


def textbook(scale):
    """XOR as |x1 + x2| bent once: y = h1 − 2 h2, h1 = relu(x1 + x2), h2 = relu(x1 + x2 − 1), times a scale."""
    parts = {"W1": np.ones((2, 2)), "b1": np.array([0.0, -1.0]), "W2": scale * np.array([[1.0, -2.0]]), "b2": np.zeros(1)}
    return LEARNER.flat(parts)


def test_right_and_not_yet_still():
    """A network that has all four rows on the right side of ½ is right while it moves, and settled when it is exact."""
    assert kinds(LEARNER, [textbook(1.0), textbook(0.8), textbook(0.5), textbook(0.4)], 0.01, 0) == [
        "settled", "right", "undecided", "undecided",
    ]  # fmt: skip


def test_only_a_table_of_zeros_and_ones_can_be_right():
    """A sample with y = 0.9 for a target of 1 alone has learned nothing yet, and half targets have no right side."""
    assert kinds(BY_HAND, [[0.5, 0.2]], 0.01, 0) == ["undecided"]
    assert kinds(neuron(data([[1, 0], [0, 1]], [[0.5], [1]]), "identity"), [[0.2, 0.9]], 0.01, 0) == ["undecided"]
    assert kinds(neuron(data([[1, 0], [0, 1]], [[0], [1]]), "identity"), [[0.2, 0.9]], 0.01, 0) == ["right"]


def test_off_and_right_is_not_dead():
    """A neuron that is off for a target of 0 has nothing left to learn: settled at loss 0."""
    assert one(neuron(data([[1, 1]], [[0]])), (-0.5, -0.5), 0.1) == ("settled", 0)


def test_a_slow_run_does_not_swing():
    """At a tiny rate two updates hardly move theta; that is slow, not back again."""
    assert one(XOR, (1.25, 0.25), 1e-14, 50)[0] == "undecided"


@examples(120)
@given(cases(samples=3), st.sampled_from([0.05, 0.7, 3.0]), st.integers(0, 40))
def test_dead_is_what_the_diagnosis_of_one_run_calls_dead(case, eta, updates):
    """For any network, at any time: dead in the batch is dead in the single run."""
    history = descend(case.of, case.theta, ((0, eta),), updates)
    if history.updates == updates and history.loss.max() < 1e30:
        alone = diagnose(case.of, history, case.of.trace(history.theta[-1]), updates)
        assert (one(case.of, case.theta, eta, updates)[0] == "dead") == (alone is not None and alone.kind == "dead")


@examples(30)
@given(cases(samples=3), st.integers(0, 2**32 - 1))
def test_company_changes_nothing(case, seed):
    """A run ends where it would end alone, whoever runs beside it and whenever they leave."""
    starts = np.random.default_rng(seed).uniform(-2, 2, (7, case.of.size))
    together = ends(case.of, starts, 0.4, 60)
    for i, start in enumerate(starts):
        alone = ends(case.of, start[None], 0.4, 60)
        assert together.kind[i] == alone.kind[0]
        assert together.theta[i] == pytest.approx(alone.theta[0], rel=1e-9, abs=1e-9, nan_ok=True)


def test_leaving_early_is_no_other_end():
    """A run that is let go when it rests would have moved on by no more than the last small steps."""
    starts = square_starts(np.zeros(2), (0, 1), -2, 2.5, 200, seed=1)
    found, long = ends(XOR, starts, 0.5, 1000), descend(XOR, starts, ((0, 0.5),), 1000)
    assert np.abs(found.theta - long.theta[-1]).max() < 1e-5 and np.abs(found.loss - long.loss[-1]).max() < 1e-10


def test_a_frozen_parameter_stays():
    """With the bias frozen at 0 the neuron with bias ends where the one without does; its gradient does not keep a run awake."""
    starts = square_starts(np.zeros(3), (0, 1), -2, 2.5, 100, seed=2)
    frozen, without = ends(XOR_WITH_BIAS, starts, np.array([0.5, 0.5, 0.0])), ends(XOR, starts[:, :2], 0.5)
    assert np.array_equal(frozen.kind, without.kind) and not frozen.theta[:, 2].any()
    assert frozen.theta[:, :2] == pytest.approx(without.theta, abs=1e-12)
    assert set(kinds(XOR_WITH_BIAS, starts, np.zeros(3), 5)) == {"dead", "settled"}


def test_each_run_may_have_its_own_rate():
    """B at three rates in one call."""
    found = ends(XOR, np.tile([1.25, 0.25], (3, 1)), np.array([[0.5], [1.0], [2.0]]))
    assert found.loss == pytest.approx([1 / 3, 1 / 4, 1 / 2], abs=1e-9)


def test_bad_starts_are_refused():
    """Starts of the wrong length or without numbers are refused by name."""
    for bad in (np.zeros((3, 5)), np.full((3, 2), np.nan)):
        with pytest.raises(Refused, match="theta must"):
            ends(XOR, bad, 0.5)


# What is true of random starts.


def test_four_thirds_and_four():
    """At 1.3 about 8.8 % of 2,000 Glorot starts end in the middle, at 1.334 none; above 4 all of them die."""
    starts, places = glorot_starts(XOR, 2000, 0), known_fates(XOR, np.zeros(2), (0, 1), -2, 2.5)
    middle = SETTLED + [place.kind for place in places].index("basin")
    below, above = (codes(XOR, places, ends(XOR, starts, eta)) == middle for eta in (1.3, 1.334))
    assert below.mean() == pytest.approx(0.088, abs=0.019) and not above.any()  # 3 standard deviations
    for eta in (4.01, 6, 10):
        assert set(kinds(XOR, starts, eta, 3000)) == {"dead"}


def test_with_a_bias_one_start_in_four_is_dead_at_once():
    """Glorot weights and a zero bias: dead before the first update exactly where w1, w2 ≤ 0."""
    starts = glorot_starts(XOR_WITH_BIAS, 2000, 0)
    dead = np.array(kinds(XOR_WITH_BIAS, starts, 0.01, 0)) == "dead"
    assert np.array_equal(dead, (starts[:, :2] <= 0).all(axis=1)) and dead.mean() == pytest.approx(0.25, abs=0.029)


# Places.


@pytest.mark.parametrize("low, high", [(-2.0, 2.5), (-4.25, 4.75), (-71.75, 72.25)])
def test_the_places_of_xor(low, high):
    """Whatever the square: the valleys w2 = 1 and w1 = 1 at 1/4, and the middle basin at 1/3."""
    one, two, middle = known_fates(XOR, np.zeros(2), (0, 1), low, high)
    assert [p.kind for p in (one, two, middle)] == ["valley", "valley", "basin"]
    assert [p.loss for p in (one, two, middle)] == pytest.approx([1 / 4, 1 / 4, 1 / 3], abs=1e-9)
    assert one.where == (None, pytest.approx(1, abs=1e-5)) and two.where == (pytest.approx(1, abs=1e-5), None)
    assert middle.where == pytest.approx((1 / 3, 1 / 3), abs=1e-5)
    assert one.at[0] < 0 and two.at[1] < 0


def test_places_are_places_of_rest():
    """Each place found for the page's networks has the loss it names and a gradient near 0 at its representative."""
    tanh = network(Network((2, 4, 1), ("tanh", "sigmoid")), GATES["xor"])
    for of in (XOR_WITH_BIAS, BY_HAND, neuron(activation="leaky_relu"), neuron(activation="sigmoid", bias=True), tanh):
        found = known_fates(of, glorot_starts(of, 1, 1)[0], (0, 1), -2, 2.5)
        assert 1 <= len(found) <= PLACES and found[0].kind == "valley"
        for place in found:
            loss, g = of.loss_and_gradient(np.array(place.at))
            assert np.abs(g).max() < 1e-6 and loss == pytest.approx(place.loss, abs=1e-3)


def test_a_line_of_solutions_is_one_valley():
    """One sample x = (1, 2), target 1: all ends lie on w1 + 2 w2 = 1, one place that shares no coordinate."""
    (valley,) = known_fates(BY_HAND, np.zeros(2), (0, 1), -2, 2.5)
    assert (valley.kind, valley.where) == ("valley", (None, None)) and valley.loss == pytest.approx(0, abs=1e-9)
    assert valley.at[0] + 2 * valley.at[1] == pytest.approx(1, abs=1e-6)


def test_places_of_a_frozen_bias():
    """With b held at 0 the neuron with bias has the places of the one without; free, it has others."""
    held = known_fates(XOR_WITH_BIAS, np.zeros(3), (0, 1), -2, 2.5, moves=(True, True, False))
    without = known_fates(XOR, np.zeros(2), (0, 1), -2, 2.5)
    assert [(p.kind, p.where) for p in held] == [(p.kind, (*p.where, 0.0)) for p in without]
    free = known_fates(XOR_WITH_BIAS, np.zeros(3), (0, 1), -2, 2.5)
    assert [p.loss for p in free] == pytest.approx([1 / 4] * len(free), abs=1e-9)
    assert any(p.where == pytest.approx((0, 0, 0.5), abs=1e-5) for p in free)  # the best straight line through XOR is y = ½


def test_a_probe_scales_itself():
    """A sample a thousand times as large needs a rate a million times smaller; the probe finds its valley all the same."""
    (valley,) = known_fates(neuron(data([[1000, 1000]], [[500]])), np.zeros(2), (0, 1), -2, 2.5)
    assert sum(valley.at) == pytest.approx(0.5, abs=1e-6)


def test_a_probe_does_not_jump():
    """From starts far above the valley one step of η = 1 would kill every run at a lower loss; the probe walks down."""
    of = neuron(data([[3, 3]], [[1]]))
    assert set(kinds(of, grid_starts(np.zeros(2), (0, 1), (1, 3), (1, 3), 15), 1, 1)) == {"dead"}
    (valley,) = known_fates(of, np.zeros(2), (0, 1), 1, 3)
    assert sum(valley.at) == pytest.approx(1 / 3, abs=1e-6)


def test_more_places_than_names():
    """y = w1·w2 = 1 is a bent valley without straight walks: the six largest parts get a name, other ends are elsewhere."""
    bent = network(Network((1, 1, 1), ("identity", "identity"), bias=False), data([[1]], [[1]]))
    found = ends(bent, grid_starts(np.zeros(2), (0, 1), (-3, 3), (-3, 3), 40), 0.05)
    rest = found.kind == SETTLED
    places = catalogue(bent, found.theta[rest], found.loss[rest])
    code = codes(bent, places, found)
    assert len(places) == PLACES and {p.kind for p in places} == {"valley"}
    assert fates(places)[code.max()] == Fate("elsewhere") and code.max() == SETTLED + PLACES
    assert catalogue(bent, np.empty((0, 2)), np.empty(0)) == ()


def test_codes_name_every_run():
    """Kinds keep their code, ends at rest get their place by the shared coordinate, and without places all rest elsewhere."""
    starts = square_starts(np.zeros(2), (0, 1), -2, 2.5, 500, seed=4)
    found, places = ends(XOR, starts, 1.3), known_fates(XOR, np.zeros(2), (0, 1), -2, 2.5)
    code, table = codes(XOR, places, found), fates(places)
    assert [fate.kind for fate in table[:SETTLED]] == list(KINDS[:SETTLED])
    for c, theta, kind in zip(code, found.theta, found.kind, strict=True):
        if kind == SETTLED:
            assert all(w is None or abs(w - x) < 1e-3 for w, x in zip(table[c].where, theta, strict=True)) and table[c].where
        else:
            assert c == kind
    assert set(codes(XOR, (), found)[found.kind == SETTLED]) == {SETTLED}
