"""What becomes of a thousand starts of the article's program, against what is known of it; and the proof that none of them could
have learned XOR, checked term by term."""

from dataclasses import replace

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.data import GATES, data
from engine.experiment import history_of, objective_of
from engine.fates import rights
from engine.history import descend
from engine.network import Network, network, start
from engine.seeds import ARTICLE, EPOCHS, REPAIRS, half_plane, outcomes
from tests.strategies import examples, neuron


@pytest.fixture(scope="module")
def article():
    return outcomes(ARTICLE, range(1000))


def test_one_start_in_four_is_dead_at_once(article):
    """With a zero bias a start is dead if w1, w2 ≤ 0: a quarter of the square Glorot draws from. Of 1,000 draws 250 ± 14."""
    starts = np.array([start(objective_of(ARTICLE), "glorot_uniform", seed) for seed in range(1000)])
    assert np.array_equal(article.dead_at_once, (starts[:, :2] <= 0).all(axis=1))
    assert abs(article.dead_at_once.sum() - 250) < 3 * 14
    assert article.loss[article.dead_at_once] == pytest.approx(0.5, abs=0)


def test_none_learns_xor(article):
    """The others end near 1/4, never below, and after 1,000 epochs their median is 0.2505."""
    alive = article.loss[~article.dead_at_once]
    assert article.counts["solved"] == 0 and sum(article.counts.values()) == 1000
    assert alive.min() > 0.25 - 1e-9 and round(float(np.median(alive)), 4) == 0.2505


@pytest.mark.parametrize("seed", [0, 1, 2, 7, 500, 999])
def test_a_seed_ends_where_its_own_run_ends(article, seed):
    """Asked for many seeds at once or followed alone, update by update: the same end."""
    of = objective_of(ARTICLE)
    alone = history_of(replace(ARTICLE, seed=seed), EPOCHS)
    assert article.theta[seed] == pytest.approx(alone.theta[EPOCHS], abs=1e-9)
    assert article.loss[seed] == pytest.approx(alone.loss[EPOCHS], abs=1e-9)
    assert article.dead[seed] == bool((of.values(alone.theta[EPOCHS])["z"] <= 0).all())


def test_dead_once_is_dead_for_ever(article):
    """At this small rate the dead are those that were dead at once; at a rate of 2 many more die on the way."""
    assert np.array_equal(article.dead, article.dead_at_once)
    fast = outcomes(replace(ARTICLE, rates=((0, 2.0),)), range(200))
    assert (fast.dead >= fast.dead_at_once).all() and fast.counts["dead"] > 2 * fast.dead_at_once.sum()
    assert np.array_equal(fast.dead_at_once, article.dead_at_once[:200])


def test_the_repair_path():
    """Neither a bias nor another loss learns XOR from any seed; hidden units do, and the more there are the more seeds succeed."""
    solved = {key: outcomes(experiment, range(200)).counts["solved"] for key, experiment in REPAIRS.items()}
    assert list(solved) == ["no_bias", "bias", "loss", "hidden_2", "hidden_4", "hidden_8"]
    assert solved["no_bias"] == solved["bias"] == solved["loss"] == 0
    assert 20 < solved["hidden_2"] < 80 < solved["hidden_4"] < 160 < solved["hidden_8"] <= 200


@pytest.mark.parametrize("key", ["hidden_2", "hidden_8"])
def test_solved_is_what_the_outputs_say(key):
    """Each run followed alone: solved where both corners with target 1 are above one half and the others below."""
    experiment = REPAIRS[key]
    of, found = objective_of(experiment), outcomes(experiment, range(12), 400)
    for seed in range(12):
        y = of.values(descend(of, start(of, "glorot_uniform", seed), experiment.rates, 400).theta[-1])["y"][:, 0]
        assert found.solved[seed] == ([p > 0.5 for p in y] == [False, True, True, False])


def test_a_run_that_blows_up_is_stuck():
    """At a rate of 1,000 every start is lost or dead; none is called solved, and nothing warns."""
    found = outcomes(replace(ARTICLE, activation="identity", rates=((0, 1000.0),)), range(20))
    assert found.counts == {"dead": 0, "stuck": 20, "solved": 0}


def test_what_is_handed_out_cannot_be_edited(article):
    with pytest.raises(ValueError, match="read-only"):
        article.dead[0] = True


def test_xor_asks_for_a_contradiction():
    """b ≤ c, w2 + b > c, w1 + b > c, w1 + w2 + b ≤ c: the middle two add up to w1 + w2 + 2b, and so do the outer two."""
    proof = half_plane(GATES["xor"])
    assert [(d.sample, d.coefficients, d.yes) for d in proof.demands] == [
        (1, (0, 0, 1), False), (2, (0, 1, 1), True), (3, (1, 0, 1), True), (4, (1, 1, 1), False),
    ]  # fmt: skip
    w1, w2, b = sp.symbols("w1 w2 b")
    left = {d.sample: sum(sp.Integer(int(a)) * s for a, s in zip(d.coefficients, (w1, w2, b), strict=True)) for d in proof.demands}
    assert left[2] + left[3] == left[1] + left[4] == w1 + w2 + 2 * b
    assert proof.yes_sum == proof.no_sum == (1, 1, 2) and proof.times == 2


@pytest.mark.parametrize("gate", ["and", "or"])
def test_no_contradiction_where_a_line_will_do(gate):
    """AND and OR are learned by one neuron, so there is nothing to prove; w1 + w2 with the right threshold meets all demands."""
    assert half_plane(GATES[gate]) is None
    right = GATES[gate].x.sum(axis=1) > (1.5 if gate == "and" else 0.5)
    assert right.tolist() == (GATES[gate].y_true[:, 0] == 1).tolist()


def test_rounded_sums_prove_nothing():
    """10¹⁶ + 1 is 10¹⁶ in floats: this line of four points is not XOR, though its rounded sums are alike. Real sums may be any."""
    assert half_plane(data([[1e16], [1.0], [1e16], [0.0]], [[1], [1], [0], [0]])) is None
    proof = half_plane(data([[1e16], [1.0], [1e16], [1.0]], [[1], [1], [0], [0]]))
    assert proof.yes_sum == proof.no_sum == (1e16, 2.0)


def test_no_proof_without_yes_and_no():
    """Targets that are no answers, or several outputs, are none of its business."""
    assert half_plane(data([[0], [1]], [[0.2], [0.7]])) is None and half_plane(data([[0], [1]], [[1], [1]])) is None
    assert half_plane(data([[0], [1]], [[0, 1], [1, 0]])) is None


@examples(200)
@given(st.sampled_from(sorted(ACTIVATIONS)), st.tuples(*[st.floats(-50, 50)] * 3))
def test_no_neuron_meets_all_four_demands(key, theta):
    """Whatever the activation, the weights and the bias: at most three corners are right."""
    y = neuron(GATES["xor"], key, bias=True).values(np.array(theta))["y"][:, 0]
    assert sum((y > 0.5) == [False, True, True, False]) <= 3


def test_a_hinge_divides_at_zero():
    """Its targets are −1 and 1, so a score of 0.2 is on the side of class 1; squared error divides at one half."""
    for loss, wanted in (("hinge", [False, True]), ("squared_error", [True, False])):
        of = network(Network((1, 1), ("identity",), True, loss), data([[0.0], [1.0]], [[0.0], [1.0]]))
        assert rights(of, np.array([0.1, 0.2])).ravel().tolist() == wanted
