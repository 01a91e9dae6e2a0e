"""One contract for every optimizer, in every flavour: its equations are its update, its memory keeps its shape, η = 0 stays where
it is, runs in front are runs of their own, and no hyper-parameter, however absurd, makes it warn. The list is the registry's."""

from itertools import product as every

import numpy as np
import pytest
import sympy as sp

from engine.clipping import clipped_by_norm, clipped_by_value, decayed
from engine.explain import evaluate
from engine.functions import BEALE, ROSENBROCK
from engine.history import descend
from engine.lines import cells, lines_of
from engine.optimizers import (
    ADAGRAD,
    ADAM,
    ADAMW,
    BOUNDS,
    GRADIENT_DESCENT,
    MOMENTUM,
    OPTIMIZERS,
    RMSPROP,
    VARIANTS,
    variant,
    with_hyper,
)  # fmt: skip
from engine.refused import Refused
from engine.schedules import SCHEDULES, scheduled
from engine.symbols import Cell
from tests.strategies import XOR_WITH_BIAS


def name(optimizer):
    return f"{optimizer.key} {optimizer.flavour}{' amsgrad' * optimizer.amsgrad}"


WORDS = {"value", "gradient", "rate", "count", "memory", "found", "hyper"}  # what a cell in a line can be
AROUND = {
    "cut": clipped_by_value(ADAM, 0.5),
    "shortened": clipped_by_norm(MOMENTUM, 0.5),
    "decayed": decayed(MOMENTUM, 0.1),
    "all three": clipped_by_norm(decayed(scheduled(variant(ADAM, "keras"), SCHEDULES["cosine"]), 0.1), 0.5),
    **{f"schedule {key}": scheduled(ADAMW, schedule) for key, schedule in SCHEDULES.items()},
}
ALL = {**{name(one): one for one in VARIANTS}, **AROUND}
OF, START, ETA = ROSENBROCK.objective, np.array([-1.2, 1.0]), 1e-3

each = pytest.mark.parametrize("optimizer", ALL.values(), ids=ALL)


def states(optimizer, of, theta, updates):
    """Every (theta, g, state, t) of a run, made by calling `update` alone."""
    state = optimizer.init(theta)
    for t in range(1, updates + 1):
        _, g = of.loss_and_gradient(theta)
        yield theta, g, state, t
        step, state = optimizer.update(theta, g, state, t, lr=ETA)
        theta = theta + step


@each
def test_every_line_holds(optimizer):
    """For five updates of both weights: each line, worked out in 30 digits, is the engine's number; the last is the new weight."""
    ends = descend(OF, START, ((0, ETA),), 5, optimizer).theta
    for theta, _, state, t in states(optimizer, OF, START, 5):
        for place in range(2):
            shown = lines_of(OF, OF.trace(theta), optimizer, ETA, state, t, place)
            assert [evaluate(e) for e in shown] == pytest.approx([e.value for e in shown], rel=1e-11, abs=1e-15)
            assert shown[-1].lhs.what == "next" and shown[-1].value == ends[t, place]
            assert {cell.what for e in shown for cell in e.rhs.atoms(Cell)} <= WORDS


@each
def test_the_lines_alone_make_the_run(optimizer):
    """Five updates by the equations only, each line fed with the ones before it in 40 digits, end where the optimizer's do."""
    theta = [sp.Float(float(x), 40) for x in START]
    memory = [[sp.Float(float(x[place]), 40) for x in optimizer.init(START)] for place in range(2)]
    hyper = {Cell("hyper", key): sp.Float(float(x), 40) for key, x in optimizer.hyper.items()}
    for t in range(1, 6):
        _, g = OF.loss_and_gradient(np.array([float(x) for x in theta]))
        gradients = {Cell("gradient", n, i): sp.Float(float(x), 40) for (n, i), x in zip(OF.parameters, g, strict=True)}
        for place in range(2):
            at = cells(OF, place, t)
            known = {**hyper, **gradients, at.value: theta[place], at.rate: sp.Float(ETA, 40), at.t: sp.Integer(t)}
            known |= {at.memory(key): x for key, x in zip(optimizer.memory, memory[place], strict=True)}
            for key, rhs in optimizer.forms(at):
                known[at.found(key)] = rhs.xreplace(known).doit().evalf(40)
            theta[place] += known[at.found("step")]
            memory[place] = [known[at.found(key)] for key in optimizer.memory]
    assert [float(x) for x in theta] == pytest.approx(descend(OF, START, ((0, ETA),), 5, optimizer).theta[-1], rel=1e-10)


@each
def test_memory_keeps_its_names_and_shape(optimizer):
    """Before and after any update there is one array shaped like theta for each name, for one run and for many."""
    for theta in (START, np.tile(START, (3, 1)), np.tile(START, (2, 3, 1))):
        for _, _, state, _ in states(optimizer, OF, theta, 3):
            assert [x.shape for x in state] == [theta.shape] * len(optimizer.memory)


@each
def test_no_rate_no_step(optimizer):
    """η = 0 leaves every weight where it is, to the last bit."""
    history = descend(OF, START, ((0, 0.0),), 10, optimizer)
    assert np.array_equal(history.theta, np.tile(START, (11, 1)))


@each
def test_a_frozen_parameter_stays(optimizer):
    """Whatever is remembered or decays, a rate of 0 holds its own parameter and no other."""
    history = descend(OF, START, ((0, ETA),), 10, optimizer, moves=np.array([1.0, 0.0]))
    assert (history.theta[:, 1] == START[1]).all() and (np.diff(history.theta[:, 0]) != 0).all()


@each
def test_many_runs_at_once_are_the_single_runs(optimizer):
    """Runs in front do not know of each other."""
    thetas = np.array([START, [0.3, -0.4], [0.5, 0.5]])
    together = descend(OF, thetas, ((0, ETA),), 20, optimizer)
    for r, theta in enumerate(thetas):
        assert np.array_equal(together.theta[:, r], descend(OF, theta, ((0, ETA),), 20, optimizer).theta)


@each
def test_the_inputs_are_left_alone(optimizer):
    """A pure function: same arguments, same answer, and nothing that was passed has changed."""
    *_, (theta, g, state, t) = states(optimizer, OF, START, 3)
    copies = [x.copy() for x in (theta, g, *state)]
    first, second = (optimizer.update(theta, g, state, t, lr=ETA) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip((first[0], *first[1]), (second[0], *second[1]), strict=True))
    assert all(np.array_equal(a, b) for a, b in zip((theta, g, *state), copies, strict=True))


@each
def test_a_hyper_parameter_can_differ_from_run_to_run(optimizer):
    """η and every hyper-parameter may be an array (R, 1): row r is the run with its number."""
    theta = np.tile(START, (3, 1))
    for key, value in optimizer.hyper.items():
        given = np.array([[value], [value * 0.5], [value]]) if key not in ("every", "total", "warm") else value
        one = with_hyper(optimizer) if np.ndim(given) == 0 else None
        g, state = OF.loss_and_gradient(theta)[1], optimizer.init(theta)
        step, _ = optimizer.update(theta, g, state, 2, lr=ETA, **{key: given})
        alone, _ = (one or with_hyper(optimizer, **{key: float(np.ravel(given)[1])})).update(
            theta[1], g[1], tuple(x[1] for x in state), 2, lr=ETA
        )
        assert step[1] == pytest.approx(alone, rel=1e-13)


@pytest.mark.parametrize("optimizer", VARIANTS, ids=name)
def test_absurd_values_end_finite_or_stop(optimizer):
    """Every corner of the bounds, with η from 0 to 1,000,000, on a steep function and on a dead neuron: all that is kept is finite,
    a run that stops says where, and nothing warns."""
    corners = list(every(*[BOUNDS[key] for key in optimizer.hyper]))
    for corner, eta in every(corners, (0.0, 1e6)):
        absurd = with_hyper(optimizer, **dict(zip(optimizer.hyper, corner, strict=True)))
        for of, theta in ((BEALE.objective, [1.0, 1.5]), (XOR_WITH_BIAS, [-0.5, -1.0, 0.0])):
            history = descend(of, theta, ((0, eta),), 20, absurd)
            assert np.isfinite(history.theta).all() and np.isfinite(history.loss).all()
            assert history.stopped is None or history.stopped == history.updates + 1


@pytest.mark.parametrize("entry", [one for one in OPTIMIZERS.values() if one.variants], ids=name)
def test_a_flavour_changes_one_term_of_the_step(entry):
    """Keras's flavour differs from PyTorch's in the line of the step only (and in defaults), and there in where ε stands."""
    at = cells(OF, 0, 3)
    ours, keras = dict(entry.forms(at)), dict(variant(entry, "keras").forms(at))
    assert [key for key in ours if ours[key] != keras[key]] == ["step"]
    eps = at.hyper("eps")
    assert ours["step"].xreplace({eps: sp.Integer(0)}).doit().equals(keras["step"].xreplace({eps: sp.Integer(0)}).doit())


def test_amsgrad_never_forgets_the_largest():
    """Its third memory only grows, and is what the root is taken of."""
    seen = [state[2] for _, _, state, _ in states(variant(ADAM, amsgrad=True), OF, START, 30)]
    assert (np.diff(seen, axis=0) >= 0).all() and not np.array_equal(seen[-1], seen[1])


def test_gradient_descent_is_written_in_one_line():
    """w − η g, in this order, as the neuron's page shows it."""
    w, g, eta = Cell("value", "W", (0, 0)), Cell("gradient", "W", (0, 0)), Cell("rate", "lr")
    line = GRADIENT_DESCENT.line(w, g, eta)
    assert [x for x in sp.preorder_traversal(line, keys=None) if isinstance(x, Cell)] == [w, eta, g]


def test_the_registry():
    """Eight entries; four have Keras's flavour; AMSGrad is Adam's flag, in both flavours."""
    assert [*OPTIMIZERS] == ["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "nadam"]
    keras = {one.key for one in VARIANTS if one.flavour == "keras"}
    assert keras == {e.key for e in (ADAGRAD, RMSPROP, ADAM, ADAMW)}
    assert [one.flavour for one in VARIANTS if one.amsgrad] == ["pytorch", "keras"]
    for one in ALL.values():
        assert all(BOUNDS[key][0] <= value <= BOUNDS[key][1] for key, value in one.hyper.items())


def test_what_does_not_exist_is_refused():
    """Unknown variants and hyper-parameters, values out of bounds and nan: each by name."""
    with pytest.raises(Refused, match="momentum has no variant “keras”"):
        variant(MOMENTUM, "keras")
    with pytest.raises(Refused, match="no hyper-parameter beta3; it has beta1, beta2, eps"):
        with_hyper(ADAM, beta3=0.5)
    for value in (1.5, -0.1, np.nan):
        with pytest.raises(Refused, match=f"beta1 must lie from 0 to 1, not {value}"):
            with_hyper(ADAM, beta1=value)
