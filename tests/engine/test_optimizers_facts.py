"""What is known about optimizers and can be seen on the page: up to which rate each is stable, how long Adam's first step is, and
which of them can wake a dead neuron. The limits are found by bisection on runs and compared with the formulas of the textbooks."""

import numpy as np
import pytest

from engine.functions import RAVINE
from engine.history import descend
from engine.method import optimizer_of, read_method
from engine.optimizers import ADAGRAD, ADAM, ADAMW, GRADIENT_DESCENT, MOMENTUM, NADAM, NESTEROV, RMSPROP, VARIANTS, with_hyper
from tests.strategies import XOR, XOR_WITH_BIAS

DEAD = (-0.5, -1.0)
BENDS = {0: 1.0, 1: 25.0}  # the ravine along u and along v
LIMITS = {
    "gd": lambda beta, bend: 2 / bend,
    "momentum": lambda beta, bend: 2 * (1 + beta) / bend,
    "nesterov": lambda beta, bend: 2 * (1 + beta) / ((1 + 2 * beta) * bend),
}


def stable(optimizer, axis, rate) -> bool:
    """Does a run that starts off the floor along one axis come closer to it in 4,000 updates?"""
    start = np.eye(2)[axis]
    history = descend(RAVINE.objective, start, ((0, rate),), 4000, optimizer)
    return history.stopped is None and abs(history.theta[-1, axis]) < 1


def limit(optimizer, axis) -> float:
    """The largest stable rate, by bisection to 0.1 %."""
    low, high = 0.01 / BENDS[axis], 10 / BENDS[axis]
    while high / low > 1.001:
        middle = (low * high) ** 0.5
        low, high = (middle, high) if stable(optimizer, axis, middle) else (low, middle)
    return low


@pytest.mark.parametrize("axis", BENDS)
@pytest.mark.parametrize("beta", [0.5, 0.9])
@pytest.mark.parametrize("optimizer", [MOMENTUM, NESTEROV], ids=lambda one: one.key)
def test_momentum_is_stable_up_to_its_limit(optimizer, beta, axis):
    """2(1 + β)/λ for the heavy ball, 2(1 + β)/((1 + 2β)λ) for Nesterov."""
    assert limit(with_hyper(optimizer, momentum=beta), axis) == pytest.approx(LIMITS[optimizer.key](beta, BENDS[axis]), rel=2e-3)


@pytest.mark.parametrize("axis", BENDS)
def test_gradient_descent_is_stable_up_to_its_limit(axis):
    """2/λ."""
    assert limit(GRADIENT_DESCENT, axis) == pytest.approx(2 / BENDS[axis], rel=2e-3)


def first_step(optimizer, g, eta=0.1) -> float:
    step, _ = optimizer.update(np.zeros(1), np.array([g]), optimizer.init(np.zeros(1)), 1, lr=eta)
    return float(step[0])


@pytest.mark.parametrize("g", [1e3, 1.0, 1e-3, -1.0, -1e-3])
def test_adams_first_step_is_the_rate(g):
    """However large or small the gradient, the first step is η long, as long as |g| is far above ε."""
    assert first_step(ADAM, g) == pytest.approx(-np.sign(g) * 0.1, rel=2e-5)


@pytest.mark.parametrize("g", [1e-7, 1e-8, 1e-9, 1e-12])
def test_adams_first_step_is_shorter_near_epsilon(g):
    """Near and below ε it is η |g| / (|g| + ε): half of η at |g| = ε, almost nothing far below."""
    assert -first_step(ADAM, g) == pytest.approx(0.1 * g / (g + 1e-8), rel=1e-6)


def test_what_the_others_do_at_first():
    """Adagrad starts with η too; RMSprop, whose mean is not corrected, with η/√(1 − α), ten times as much."""
    assert first_step(ADAGRAD, 3.0) == pytest.approx(-0.1)
    assert first_step(RMSPROP, 3.0) == pytest.approx(-1.0, rel=1e-6)


def test_momentum_goes_on_ten_times_as_far():
    """On a slope that stays the same, β = 0.9 ends up ten times as fast as gradient descent."""
    theta, state = np.zeros(1), MOMENTUM.init(np.zeros(1))
    for t in range(1, 301):
        step, state = MOMENTUM.update(theta, np.ones(1), state, t, lr=0.1)
    assert float(step[0]) == pytest.approx(-1.0, rel=1e-9)


@pytest.mark.parametrize("optimizer", VARIANTS, ids=lambda one: f"{one.key} {one.flavour}{one.amsgrad:d}")
def test_a_dead_neuron_stays_dead(optimizer):
    """Where the gradient is exactly 0 from the start, no optimizer moves a weight; weight decay does; so little wakes nobody."""
    alone = with_hyper(optimizer, decay=0.0) if "decay" in optimizer.hyper else optimizer
    for of, theta in ((XOR, [-0.5, -1.0]), (XOR_WITH_BIAS, [-0.5, -1.0, -0.1])):
        history = descend(of, theta, ((0, 0.1),), 200, alone)
        assert (history.theta == history.theta[0]).all() and history.stopped is None
        decaying = descend(of, theta, ((0, 0.1),), 200, optimizer)
        assert (decaying.loss == decaying.loss[0]).all()


def excited(method, eta: float) -> np.ndarray:
    """After which of 100 updates of the dead neuron some sample of XOR has z > 0: from the weights, not from the loss."""
    history = descend(XOR, DEAD, ((0, eta),), 100, optimizer_of(read_method(method, "opt")))
    x = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])
    return (history.theta @ x.T > 0).any(axis=-1)


@pytest.mark.parametrize("eta", [0.1, 0.5, 3.0])
@pytest.mark.parametrize("method", ["gd", "momentum", "nesterov", "adagrad", "adagrad:keras", "rmsprop", "rmsprop:keras", "adam",
    "adam:amsgrad", "adamw:decay=0", "nadam", "gd:clip_norm=1", "adam:cosine:total=50"])  # fmt: skip
def test_without_decay_it_sleeps_for_certain(method, eta):
    """At rest, and with nothing to pull: every weight stays to the bit, whatever the rate."""
    history = descend(XOR, DEAD, ((0, eta),), 100, optimizer_of(read_method(method, "opt")))
    assert (history.theta == np.array(DEAD)).all() and not excited(method, eta).any()


@pytest.mark.parametrize(
    "method, eta, share",
    [("gd:l2=0.5", 0.5, 0.75), ("gd:l2=2", 0.5, 0.0), ("adamw:decay=0.5", 0.5, 0.75), ("adamw:decay=0.25", 3.0, 0.25)],
)
def test_decay_alone_only_shrinks(method, eta, share):
    """Without memory and undivided, with η λ ≤ 1, an update leaves 1 − η λ of each weight: no sign ever changes."""
    history = descend(XOR, DEAD, ((0, eta),), 100, optimizer_of(read_method(method, "opt")))
    assert history.theta == pytest.approx(np.array(DEAD) * share ** np.arange(101)[:, None], rel=1e-9, abs=1e-300)
    assert not excited(method, eta).any()


@pytest.mark.parametrize(
    "method, eta",
    [
        ("momentum:l2=0.01", 0.5), ("nesterov:l2=0.01", 0.5), ("rmsprop:l2=0.1", 0.5), ("rmsprop:keras:l2=0.1", 0.5),
        ("adam:l2=0.1", 0.5), ("nadam:l2=0.1", 0.5), ("adamw:l2=0.1", 0.5), ("adagrad:l2=0.1", 3.0), ("gd:l2=5", 0.5),
        ("adamw:decay=0.5", 3.0), ("adamw:decay=1", 3.0),
    ],
)  # fmt: skip
def test_decay_can_carry_the_weights_across_0(method, eta):
    """By momentum, divided by the gradient's size, or with η λ > 1. Only while it sleeps is the loss that of the start."""
    awake = excited(method, eta)
    losses = descend(XOR, DEAD, ((0, eta),), 100, optimizer_of(read_method(method, "opt"))).loss
    assert awake.any() and ((losses != losses[0]) == awake).all()


def test_decay_shrinks_by_its_own_part():
    """AdamW on a dead neuron: every update leaves 1 − η λ of each weight."""
    history = descend(XOR, [-0.5, -1.0], ((0, 0.1),), 50, with_hyper(ADAMW, decay=0.2))
    assert history.theta[-1] == pytest.approx(np.array([-0.5, -1.0]) * 0.98**50, rel=1e-12)


def test_adamw_without_decay_is_adam():
    """To the last bit."""
    with_none = descend(RAVINE.objective, [-2.5, 0.8], ((0, 0.1),), 100, with_hyper(ADAMW, decay=0.0))
    assert np.array_equal(with_none.theta, descend(RAVINE.objective, [-2.5, 0.8], ((0, 0.1),), 100, ADAM).theta)


@pytest.mark.parametrize("optimizer", [MOMENTUM, NESTEROV], ids=lambda one: one.key)
def test_no_momentum_is_gradient_descent(optimizer):
    """β = 0."""
    none = descend(RAVINE.objective, [-2.5, 0.8], ((0, 0.05),), 50, with_hyper(optimizer, momentum=0.0))
    assert none.theta == pytest.approx(descend(RAVINE.objective, [-2.5, 0.8], ((0, 0.05),), 50).theta, rel=1e-14)


def test_adaptive_methods_do_not_see_the_scale():
    """Measured in other units, gradients 1,000 times as large, Adam and NAdam take the same steps (while ε does not matter)."""
    for optimizer in (ADAM, NADAM):
        paths = []
        for scale in (1.0, 1000.0):
            theta, state = np.array([1.0, -2.0]), optimizer.init(np.zeros(2))
            for t in range(1, 21):
                step, state = optimizer.update(theta, scale * theta, state, t, lr=0.05)
                theta = theta + step
            paths.append(theta)
        assert paths[0] == pytest.approx(paths[1], rel=1e-6)
