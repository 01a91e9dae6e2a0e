"""A sweep's row is the single run, number for number; a map and the shares count what single runs do. Where the starts stand is
checked in exact fractions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data import GATES, data
from engine.fates import KINDS, SETTLED, codes, ends, fates, known_fates
from engine.history import descend
from engine.network import Network, network, start
from engine.objective import chunk
from engine.starts import blocks, centres, glorot_starts, grid_starts, square_starts
from engine.sweep import block, shared_updates, sweep
from tests.strategies import BY_HAND, XOR, XOR_WITH_BIAS, cases, examples, neuron

ORIGIN, AXES, SQUARE = np.zeros(2), (0, 1), (-2.0, 2.5)
PLACES = known_fates(XOR, ORIGIN, AXES, *SQUARE)
RATES = np.geomspace(0.001, 10, 40)
TANH = network(Network((2, 4, 1), ("tanh", "sigmoid")), GATES["xor"])


def same_as_alone(of, theta, etas, updates, kept):
    """Every row of a sweep is the run that `descend` makes at that rate, as far as that one is finite; then nothing is."""
    found = sweep(of, theta, etas, updates, kept)
    for r, eta in enumerate(etas):
        alone = descend(of, theta, ((0, float(eta)),), updates)
        for slot, k in enumerate(kept):
            if k <= alone.updates:
                assert found.theta[slot, r] == pytest.approx(alone.theta[k], rel=1e-12, abs=1e-12)
                assert found.loss[slot, r] == pytest.approx(alone.loss[k], rel=1e-12, abs=1e-12)
            else:
                assert not np.isfinite(found.loss[slot, r])
    return found


@pytest.mark.parametrize(
    "of, theta",
    [(XOR, [1.25, 0.25]), (XOR_WITH_BIAS, [0.3, 0.9, 0.1]), (BY_HAND, [0.5, 0.5]), (TANH, start(TANH, "glorot_uniform", 1))],
    ids=["xor", "bias", "by_hand", "tanh"],
)
def test_a_row_is_the_single_run(of, theta):
    """Over four decades of rates and 300 updates, for the neuron with and without bias and for XOR 2-4-1."""
    same_as_alone(of, theta, RATES, 300, shared_updates(300))


@examples(40)
@given(cases(samples=3), st.lists(st.floats(0.001, 10), min_size=1, max_size=4))
def test_a_row_is_the_single_run_of_any_network(case, etas):
    """Random networks, data, starts and rates."""
    same_as_alone(case.of, case.theta, etas, 25, (0, 1, 2, 5, 11, 25))


def test_a_diverged_row_stays_lost():
    """From its first number that is not finite on a row has none, no row beside it is touched, and nobody is warned."""
    of = neuron(data([[1, 1]], [[0]]), "relu")
    found = same_as_alone(of, [1e150, 1e150], np.array([1e-3, 1e160, 0.5]), 30, tuple(range(31)))
    assert np.isnan(found.theta[2:, 1]).all() and np.isfinite(found.theta[:, [0, 2]]).all()
    assert KINDS[found.ends.kind[1]] == "diverged"


def test_rates_of_a_million():
    """Rates far beyond the page's range leave a fate for every run, and no warning."""
    for of, theta in ((XOR, [1.25, 0.25]), (XOR_WITH_BIAS, [1.25, 0.25, 0.1]), (neuron(activation="identity"), [0.5, 0.5])):
        found = sweep(of, theta, np.array([1e6, 1e12]), 200, (0, 200))
        assert {KINDS[code] for code in found.ends.kind} <= {"dead", "diverged"}


def test_the_fates_of_preset_b():
    """B by the slider alone: middle basin, valley, valley again above 2/λmax, dead; and at a slow rate not there yet."""
    found = sweep(XOR, [1.25, 0.25], np.array([0.001, 0.5, 1, 1.4, 2]), 300, (0, 300))
    names = [fates(PLACES)[code] for code in codes(XOR, PLACES, found.ends)]
    assert [name.kind for name in names] == ["undecided", "basin", "valley", "valley", "dead"]
    assert [name.where for name in names[2:4]] == [PLACES[1].where] * 2  # w1 = 1: w2 has turned negative
    assert found.ends.loss[1:] == pytest.approx([1 / 3, 1 / 4, 1 / 4, 1 / 2], abs=1e-9)
    assert np.array_equal(found.loss[-1], found.ends.loss) and np.array_equal(found.theta[-1], found.ends.theta)


def test_a_sweep_agrees_with_ends():
    """Running on after it rests changes no run's kind."""
    found = sweep(XOR, [2, 1], RATES, 500, (500,))
    assert np.array_equal(found.ends.kind, ends(XOR, np.tile([2.0, 1.0], (len(RATES), 1)), RATES[:, None], 500).kind)


def test_a_frozen_bias_makes_the_run_without_bias():
    """moves freezes a parameter at every rate."""
    held = sweep(XOR_WITH_BIAS, [1.25, 0.25, 0.0], RATES, 100, (0, 7, 100), moves=(1, 1, 0))
    free = sweep(XOR, [1.25, 0.25], RATES, 100, (0, 7, 100))
    assert held.theta[..., :2] == pytest.approx(free.theta, abs=1e-12) and not held.theta[..., 2].any()
    assert np.array_equal(held.ends.kind, free.ends.kind)


@examples(200)
@given(st.integers(1, 10_000), st.integers(3, 100))
def test_shared_updates_rise_to_the_last(updates, count):
    """From 0, strictly rising whole numbers, as many as asked for or all there are, the last being the last."""
    kept = shared_updates(updates, count)
    assert kept[0] == 0 and kept[-1] == updates and len(kept) == min(count, updates + 1)
    assert all(type(k) is int for k in kept) and (np.diff(kept) > 0).all()


@pytest.mark.parametrize("updates", [60, 300, 1000, 10_000])
def test_shared_updates_grow_apart(updates):
    """One by one at first, then ever wider."""
    gaps = np.diff(shared_updates(updates))
    assert (np.diff(gaps) >= 0).all() and gaps[:5].tolist() == [1] * 5


# Starts.


def test_no_start_on_a_line_that_matters():
    """In exact fractions: of 101 cells of [−2, 2.5] no centre has w1 or w2 = 0 or 1, w1 + w2 = 0 or 1, or w1 + 2 w2 = 1."""
    exact = [Fraction(-2) + (i + Fraction(1, 2)) * Fraction(9, 2) / 101 for i in range(101)]
    assert centres(*SQUARE, 101) == pytest.approx([float(x) for x in exact], abs=1e-14)
    assert not {Fraction(0), Fraction(1)} & set(exact)
    assert not any(a + b in (0, 1) or a + 2 * b == 1 for a in exact for b in exact)
    starts = grid_starts(ORIGIN, AXES, SQUARE, SQUARE)
    lines = [starts[:, 0], starts[:, 0] - 1, starts.sum(axis=1), starts.sum(axis=1) - 1, starts @ [1, 2] - 1]
    assert min(np.abs(line).min() for line in lines) > 1e-3
    assert (starts[:, 0] == starts[:, 1]).sum() == 101  # the line of symmetry cannot be avoided


def test_the_grid_is_a_picture_row_by_row():
    """Start u·n + a stands at across[a] and up[u], all other parameters as given."""
    starts = grid_starts(np.array([7.0, 8.0, 9.0]), (2, 0), (0.0, 3.0), (10.0, 16.0), 3)
    assert starts[:, 2].tolist() == [0.5, 1.5, 2.5] * 3 and starts[:, 0].tolist() == [11.0] * 3 + [13.0] * 3 + [15.0] * 3
    assert (starts[:, 1] == 8.0).all()


def test_drawn_starts_can_be_reached_again():
    """Row i of the Glorot starts is the start of seed + i; the square's starts lie in it and follow their seed."""
    drawn = glorot_starts(XOR_WITH_BIAS, 5, 40)
    assert all(np.array_equal(row, start(XOR_WITH_BIAS, "glorot_uniform", 40 + i)) for i, row in enumerate(drawn))
    some = square_starts(np.array([0.0, 5.0, 0.0]), (0, 2), -1, 3, 4000, seed=9)
    assert np.array_equal(some, square_starts(np.array([0.0, 5.0, 0.0]), (0, 2), -1, 3, 4000, seed=9))
    assert (some[:, 1] == 5).all() and some[:, [0, 2]].min() >= -1 and some[:, [0, 2]].max() < 3
    assert some[:, [0, 2]].mean(axis=0) == pytest.approx(1, abs=0.055)  # 3 standard deviations of 4000 draws
    assert glorot_starts(XOR, 0, 0).shape == (0, 2)


@pytest.mark.parametrize("of, most", [(XOR, 2500), (TANH, 1000)])
def test_blocks_are_small_and_in_order(of, most):
    """A block fits the cache, and none is lost."""
    starts = np.arange(5000.0 * of.size).reshape(5000, of.size)
    parts = blocks(of, starts)
    assert np.array_equal(np.concatenate(parts), starts) and max(map(len, parts)) <= chunk(of) <= most


# The map of fates and the shares.


def full_map(eta, n=101, updates=1000):
    starts = grid_starts(ORIGIN, AXES, SQUARE, SQUARE, n)
    return np.concatenate([block(XOR, PLACES, part, eta, updates) for part in blocks(XOR, starts)]).reshape(n, n)


@pytest.mark.parametrize("eta", [0.5, 1.3, 2.0])
def test_the_map_is_symmetric(eta):
    """Swapping w1 and w2 mirrors the map and swaps the two valleys, start for start."""
    one, two = (SETTLED + i for i, place in enumerate(PLACES) if place.kind == "valley")
    found = full_map(eta)
    swapped = np.select([found == one, found == two], [two, one], found)
    assert np.array_equal(swapped.T, found) and (found == one).any()


def test_the_map_of_the_picture():
    """At η = 1.3 each valley has 26.5 % of the square, the middle 3.3 %, death 43.8 % (of 271² starts); at 1.4 no middle."""
    share = np.bincount(full_map(1.3).ravel()) / 101**2
    assert share[SETTLED:] == pytest.approx([0.265, 0.265, 0.033], abs=0.005)
    assert share[KINDS.index("dead")] == pytest.approx(0.438, abs=0.005)
    assert not (full_map(1.4) == SETTLED + 2).any()


def test_a_gentle_rate_kills_nobody():
    """At η = 0.5 only the starts with w1, w2 < 0 are dead: 45 × 45 of the 101 × 101 cells."""
    found = full_map(0.5) == KINDS.index("dead")
    assert found[:45, :45].all() and found.sum() == 45 * 45


def test_a_fate_does_not_depend_on_its_block():
    """A start meets the same fate in a block of its own, among a few and among many."""
    starts = grid_starts(ORIGIN, AXES, SQUARE, SQUARE, 20)
    whole = block(XOR, PLACES, starts, 0.7, 100)
    for size in (1, 7):
        parts = np.array_split(starts, len(starts) // size)
        assert np.array_equal(np.concatenate([block(XOR, PLACES, part, 0.7, 100) for part in parts]), whole)


def test_slow_is_undecided():
    """After five updates hardly anybody has arrived, and the map says so."""
    found = full_map(0.01, 21, 5)
    assert set(np.unique(found)) == {KINDS.index("undecided"), KINDS.index("dead")}


def test_drawn_starts_meet_the_maps_shares():
    """Starts drawn from the square meet the map's shares; with the bias frozen each meets the fate it has without one."""
    starts = square_starts(np.zeros(3), AXES, *SQUARE, 3000, seed=0)
    found = block(XOR, PLACES, starts[:, :2], 1.3)
    counted = np.bincount(found, minlength=len(fates(PLACES)))
    expected = np.array([0.265, 0.265, 0.033])
    allowed = 3 * np.sqrt(expected * (1 - expected) / 3000)  # standard deviations
    assert (np.abs(counted[SETTLED : SETTLED + 3] / 3000 - expected) < allowed).all()
    held = known_fates(XOR_WITH_BIAS, np.zeros(3), AXES, *SQUARE, moves=(1, 1, 0))
    assert np.array_equal(block(XOR_WITH_BIAS, held, starts, np.array([1.3, 1.3, 0.0])), found)
