"""The worked examples of the lesson with all their numbers, worked out by hand, and what is true of one ReLU neuron on XOR:
three fates, the learning rates at which a fate is lost, and why no such neuron learns XOR."""

import numpy as np
import pytest

from engine.data import GATES
from engine.experiment import NETWORKS, history_of
from engine.explain import shares_of
from engine.history import descend
from engine.network import start
from tests.strategies import BY_HAND, XOR, XOR_WITH_BIAS


def run(of, theta, eta, updates):
    return descend(of, theta, ((0, eta),), updates)


def ends(of, thetas, eta, updates):
    """The losses of many runs after so many updates."""
    return run(of, thetas, eta, updates).loss[-1]


def glorot(of, seeds):
    return np.array([start(of, "glorot_uniform", seed) for seed in range(seeds)])


def votes(of, theta, i):
    """The samples' shares of ∂L/∂W[0, i] that are not 0."""
    return [vote for _, vote in shares_of(of.trace(theta), "W", (0, i)) if vote]


def exactly(*numbers):
    """Equal but for the last bits of a double."""
    return pytest.approx(list(numbers), rel=1e-14, abs=1e-15)


@pytest.fixture(scope="module")
def starts():
    return glorot(XOR, 2000)


# Preset A, "by hand": one sample x = (1, 2), y_true = 1, w = (½, ½).


def test_a_first_numbers():
    """A: z = y = 1.5, L = 0.25, gradient (1, 2)."""
    trace = BY_HAND.trace([0.5, 0.5])
    assert [trace.values[name].item() for name in "zyL"] == [1.5, 1.5, 0.25]
    assert trace.grads["W"].tolist() == [[1.0, 2.0]]


@pytest.mark.parametrize("eta", [0.01, 0.05, 0.1, 0.15, 0.2, 0.25])
def test_a_error_is_multiplied_by_1_minus_10_eta(eta):
    """A: one update multiplies the error y − y_true = ½ by 1 − 10η, as long as the neuron stays on."""
    after = run(BY_HAND, [0.5, 0.5], eta, 1).theta[-1]
    assert BY_HAND.values(after)["y"].item() - 1 == pytest.approx(0.5 * (1 - 10 * eta), abs=1e-15)


def test_a_losses_after_one_update():
    """A: η = 0.05 gives L = 0.0625, and 0.1 gives 0 in one step."""
    assert run(BY_HAND, [0.5, 0.5], 0.05, 1).loss.tolist() == exactly(0.25, 0.0625)
    assert run(BY_HAND, [0.5, 0.5], 0.1, 1).loss.tolist() == exactly(0.25, 0)


def test_a_overshoots_swings_and_dies():
    """A: 0.15 overshoots and still falls, 0.2 = 2/λ swings for ever, 0.25 dies after three updates, above 0.3 at once."""
    overshot = run(BY_HAND, [0.5, 0.5], 0.15, 1).theta[-1]
    assert BY_HAND.values(overshot)["y"].item() < 1 and BY_HAND.loss(overshot) < 0.25
    swings = run(BY_HAND, [0.5, 0.5], 0.2, 1000).theta
    assert np.array_equal(swings[2:], swings[:-2]) and swings[1].tolist() == exactly(0.3, 0.1)
    assert [BY_HAND.values(t)["z"].item() > 0 for t in run(BY_HAND, [0.5, 0.5], 0.25, 3).theta] == [True, True, True, False]
    assert BY_HAND.values(run(BY_HAND, [0.5, 0.5], 0.301, 1).theta[-1])["z"].item() < 0


# Preset B, "one start, three fates": XOR, w = (1.25, 0.25).


def test_b_first_numbers_and_votes():
    """B: L = 0.71875; of ∂L/∂w1 the samples' shares are 0.125 + 0.75, of ∂L/∂w2 −0.375 + 0.75."""
    assert XOR.loss(np.array([1.25, 0.25])) == 0.71875
    assert (votes(XOR, [1.25, 0.25], 0), votes(XOR, [1.25, 0.25], 1)) == ([0.125, 0.75], [-0.375, 0.75])


@pytest.mark.parametrize(
    "eta, landing, fate", [(0.5, (0.8125, 0.0625), 1 / 3), (1, (0.375, -0.125), 1 / 4), (2, (-0.5, -0.5), 1 / 2)]
)
def test_b_one_start_three_fates(eta, landing, fate):
    """B: the slider alone decides where the first update lands and in which of three places the run ends."""
    history = run(XOR, [1.25, 0.25], eta, 500)
    assert tuple(history.theta[1]) == landing
    assert history.loss[-1] == pytest.approx(fate, abs=1e-12)


# Preset C, "the silent sample"; preset D, "too far"; the article's run.


def test_c_the_most_wrong_sample_is_silent():
    """C: at w = (½, −¼) the sample with the largest loss has gradient 0."""
    trace = XOR.trace([0.5, -0.25])
    assert int(trace.values["l"].argmax()) == 1 and trace.values["l"].tolist() == [0, 1, 0.25, 0.0625]
    assert trace.grads["y"][1].item() == -0.5 and trace.grads["z"][1].item() == 0


@pytest.mark.parametrize("eta", [1.0, 1.2, 1.33])
def test_d_dies_in_one_step_below_the_stable_rate(eta):
    """D: from w = (1, 1) every η ≥ 1 kills the neuron in one step, although 2/λmax = 1.333; 0.99 does not."""
    _, gradient = XOR.loss_and_gradient(run(XOR, [1, 1], eta, 1).theta[-1])
    assert eta < 2 / np.linalg.eigvalsh(hessian(np.array([1 / 3, 1 / 3])))[-1] and not gradient.any()
    assert XOR.loss_and_gradient(run(XOR, [1, 1], 0.99, 1).theta[-1])[1].any()


def test_the_articles_first_two_steps():
    """From w = (2, 1) with η = 0.5 the first update lands on (1, ¼), where the shares of ∂L/∂w2 are −0.375 and 0.625."""
    assert run(XOR, [2, 1], 0.5, 1).theta[-1].tolist() == [1, 0.25]
    assert votes(XOR, [1, 0.25], 1) == [-0.375, 0.625]


# What is true of the neuron on XOR.


def hessian(theta, h=1e-4):
    """Second derivatives, by central differences of the exact gradient."""
    steps = h * np.eye(len(theta))
    return (XOR.loss_and_gradient(theta + steps)[1] - XOR.loss_and_gradient(theta - steps)[1]) / (2 * h)


def test_the_middle_basin():
    """At w = (⅓, ⅓): L = 1/3, gradient 0, Hessian eigenvalues 1/2 and 3/2, so 2/λmax = 4/3."""
    middle = np.array([1 / 3, 1 / 3])
    loss, gradient = XOR.loss_and_gradient(middle)
    assert loss == pytest.approx(1 / 3, rel=1e-15) and gradient == pytest.approx(0, abs=1e-15)
    assert np.linalg.eigvalsh(hessian(middle)) == pytest.approx([0.5, 1.5], rel=1e-9)


@pytest.mark.parametrize("w2", [-1.0, -1.5, -40.0])
def test_the_two_valleys_are_flat(w2):
    """Along w1 = 1, w2 ≤ −1, and its mirror image, L is 1/4 and the gradient is exactly 0."""
    losses, gradients = XOR.loss_and_gradient(np.array([[1.0, w2], [w2, 1.0]]))
    assert losses.tolist() == [0.25, 0.25] and not gradients.any()


def test_the_dead_plateau():
    """Wherever w1, w2 ≤ 0 the loss is 1/2 and the gradient exactly 0."""
    losses, gradients = XOR.loss_and_gradient(-np.random.default_rng(0).uniform(0, 3, (500, 2)))
    assert (losses == 0.5).all() and not gradients.any()


def test_a_quarter_is_the_least(starts):
    """No place is below 1/4: a fine grid, and wherever runs go."""
    line = np.linspace(-4, 4, 321)
    grid = np.stack(np.meshgrid(line, line), axis=-1)
    assert XOR.loss(grid).min() == 0.25
    assert ends(XOR, starts, 0.5, 300).min() >= 0.25 - 1e-15


def test_above_four_thirds_the_middle_basin_holds_no_run(starts):
    """At η = 1.3 about 8.8 % of Glorot-uniform starts still end in the middle, at 1.334 none does."""
    below, above = ends(XOR, starts, 1.3, 1000), ends(XOR, starts[:400], 1.334, 6000)
    assert np.isclose(below, 1 / 3, atol=1e-9).mean() == pytest.approx(0.088, abs=0.019)  # 3 standard deviations
    assert not np.isclose(above, 1 / 3, atol=1e-4).any()


@pytest.mark.parametrize("eta", [4.01, 6.0, 10.0])
def test_above_four_all_random_starts_die(starts, eta):
    """Above η = 4 every random start ends on the plateau: loss 1/2, gradient 0."""
    last = run(XOR, starts, eta, 2000).theta[-1]
    losses, gradients = XOR.loss_and_gradient(last)
    assert (losses == 0.5).all() and not gradients.any()


def test_beyond_the_stable_rate_a_run_can_end_better():
    """From (1.25, 0.25) η = 1.4, above 2/λmax, ends in the better valley."""
    assert run(XOR, [1.25, 0.25], 1.4, 500).loss[-1] == pytest.approx(0.25, abs=1e-12)


def test_with_a_bias_one_start_in_four_is_dead():
    """With a zero bias a Glorot start is dead exactly where w1, w2 ≤ 0: one start in four."""
    thetas = glorot(XOR_WITH_BIAS, 4000)
    dead = ~XOR_WITH_BIAS.loss_and_gradient(thetas)[1].any(axis=-1)
    assert np.array_equal(dead, (thetas[:, :2] <= 0).all(axis=-1))
    assert dead.mean() == pytest.approx(0.25, abs=0.021)  # 3 standard deviations of 4000 draws


def test_a_living_start_with_bias_goes_to_a_quarter_and_none_learns_xor():
    """After 1,000 epochs at η = 0.01 living starts have a median loss of 0.2505; none is below 1/4 or gets all rows right."""
    thetas = glorot(XOR_WITH_BIAS, 1000)
    history = run(XOR_WITH_BIAS, thetas[(thetas[:, :2] > 0).any(axis=-1)], 0.01, 1000)
    assert np.median(history.loss[-1]) == pytest.approx(0.2505, abs=5e-5)
    assert history.loss[-1].min() >= 0.25 - 1e-12
    answers = XOR_WITH_BIAS.values(history.theta[-1])["y"] > 0.5
    assert not (answers == (GATES["xor"].y_true > 0.5)).all(axis=(-1, -2)).any()


def test_the_network_by_hand_is_the_published_one():
    """Mazur's 2-2-2 network (2015): its printed total error, and its printed weights after one update with rate 0.5."""
    experiment = NETWORKS["hand"]
    history = history_of(experiment, 1)
    assert history.loss[0] == pytest.approx(0.298371109, abs=1e-9)
    printed = [0.149780716, 0.19956143, 0.24975114, 0.29950229, 0.35891648, 0.408666186, 0.511301270, 0.561370121]
    assert history.theta[1][[0, 1, 2, 3, 6, 7, 8, 9]] == pytest.approx(printed, abs=1e-8)


@pytest.mark.parametrize("key", NETWORKS)
def test_every_network_learns_at_its_own_rate(key):
    """From its first weights on, 1,000 updates at the preset's rate bring the loss down by a quarter at least."""
    history = history_of(NETWORKS[key], 1000)
    assert history.stopped is None and history.loss[1000] < 0.75 * history.loss[0], history.loss[[0, 1000]]
