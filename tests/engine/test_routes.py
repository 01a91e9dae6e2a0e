"""All paths of a number are found, each with its right factors, and together they are its gradient: held against the symbolic
paths, against autograd and against figures worked out by hand. The count of multiplications is held against a pass that counts."""

from itertools import pairwise
from math import nan, prod

import autograd
import numpy as np
import pytest
from hypothesis import given

from engine.data import data
from engine.explain import equation, evaluate
from engine.losses import SUM
from engine.network import Network, network
from engine.objective import objective
from engine.program import Step
from engine.refused import Refused
from engine.routes import ROUTES, Route, cost, how_many, largest, routes
from engine.symbols import Cell
from engine.terms import paths
from tests.engine.oracle import network_loss
from tests.strategies import BY_HAND, MULTIPLY, XOR, cases, examples

SQUARE = objective((Step("p", MULTIPLY, ("x", "x")), Step("L", SUM, ("p",))), {}, [("x", (3,))])
CLASSES = data([[0.5, -1.0], [1.5, 0.3], [-0.7, 0.9]], [[0, 1, 0], [1, 0, 0], [0.2, 0.3, 0.5]])
UNFUSED = network(Network((2, 2, 3), ("tanh", "softmax"), loss="categorical_cross_entropy"), CLASSES)
FUSED = network(Network((2, 2, 3), ("tanh", "softmax"), loss="categorical_cross_entropy_logits"), CLASSES)
UNEQUAL = np.linspace(-1, 1.2, FUSED.size)


def net(*units: int, samples: int):
    """A plain network of this size: tanh, a linear output, squared error."""
    table = data(np.linspace(-1, 1, samples * units[0]).reshape(samples, -1), np.ones((samples, units[-1])))
    return network(Network(units, ("tanh",) * (len(units) - 2) + ("identity",)), table)


def places(arrays):
    """Every element of every array: (name, index)."""
    return [(name, i) for name, array in arrays.items() for i in np.ndindex(np.shape(array))]


def add_up(found, gradient) -> bool:
    """The products add up to the gradient, to 1e-12 of all that was added, whatever cancels."""
    products = [route.product for route in found]
    return abs(sum(products) - gradient) <= 1e-12 * sum(map(abs, products))


# The paths of a number


@examples(60)
@given(cases())
def test_the_paths_of_every_number_add_up_to_its_gradient(case):
    """Weights, biases, inputs and every value between: whatever has a gradient is the sum of its paths."""
    trace = case.of.trace(case.theta)
    for name, i in places(trace.grads):
        found = routes(trace, name, i)
        assert found and add_up(found, float(trace.grads[name][i]))
        assert len(found) == how_many(trace, name, i)
        assert all(route.product == pytest.approx(prod(route.factors), rel=1e-12) for route in found)


@pytest.mark.parametrize("of, ways", [(UNFUSED, 3 * 3), (FUSED, 3)], ids=["unfused", "fused"])
def test_a_softmax_sends_every_score_through_every_probability(of, ways):
    """To the loss of three classes a first weight has 3 ways per sample, or 3 · 3 through a softmax on its own; same gradient."""
    trace = of.trace(UNEQUAL)
    found = routes(trace, "W1", (1, 0))
    assert len(found) == 3 * ways and [route.sample for route in found] == sorted([0, 1, 2] * ways)
    assert sum(route.product for route in found) == pytest.approx(FUSED.trace(UNEQUAL).grads["W1"][1, 0], rel=1e-12)


@examples(25)
@given(cases())
def test_autograd_finds_the_same_sums(case):
    """A library that knows nothing of our pull-backs differentiates the same network written in plain loops."""
    trace = case.of.trace(case.theta)
    expected = autograd.grad(lambda theta: network_loss(case, theta))(case.theta)
    for (name, i), gradient in zip(case.of.parameters, expected, strict=True):
        products = [route.product for route in routes(trace, name, i)]
        assert sum(products) == pytest.approx(gradient, rel=1e-9, abs=1e-11 * (1 + sum(map(abs, products))))


@examples(12)
@given(cases(layers=3, width=2, samples=2))
def test_places_and_factors_are_those_of_the_book(case):
    """Path by path, the places passed and the slopes written in symbols and worked out in 30 digits."""
    trace = case.of.trace(case.theta)
    for name, i in places({name: trace.grads[name] for name in {case.of.layout[0][0], case.of.layout[-1][0], "x"}}):
        expected = {}
        for path in paths(trace, name, i):
            passed = (*((term.step.out, term.output) for term in path), (name, i))
            slopes = [evaluate(equation(trace, Cell("gradient", name, i), term.slope, 0.0)) for term in path]
            expected[passed] = slopes
        found = routes(trace, name, i)
        assert {route.places for route in found} == set(expected) and len(found) == len(expected)
        for route in found:
            assert route.factors == pytest.approx(expected[route.places], rel=1e-9, abs=1e-12)


def test_the_lesson_by_hand():
    """x = (1, 2), y_true = 1, w = (½, ½): z = y = 1.5, so ∂L/∂w2 = 2 · ½ · 1 · 2, one path of three slopes."""
    expected = Route(0, (("L", (0,)), ("y", (0, 0)), ("z", (0, 0)), ("W", (0, 1))), (1.0, 1.0, 2.0), 2.0)
    assert routes(BY_HAND.trace([0.5, 0.5]), "W", (0, 1)) == (expected,)


def test_the_samples_votes_by_hand():
    """XOR from w = (1.25, 0.25): the samples' shares of ∂L/∂w1 are 0, 0, 0.125 and 0.75; those of ∂L/∂w2 0, −0.375, 0 and 0.75."""
    trace = XOR.trace([1.25, 0.25])
    assert [(route.sample, route.product) for route in routes(trace, "W", (0, 0))] == [(0, 0), (1, 0), (2, 0.125), (3, 0.75)]
    assert [(route.sample, route.product) for route in routes(trace, "W", (0, 1))] == [(0, 0), (1, -0.375), (2, 0), (3, 0.75)]


def test_a_number_of_one_sample_has_paths_of_that_sample_only():
    """y of the third sample reaches the loss by itself."""
    (only,) = routes(XOR.trace([1.25, 0.25]), "y", (2, 0))
    assert only == Route(2, (("L", ()), ("l", (2,)), ("y", (2, 0))), (0.25, 0.5), 0.125)


def test_x_times_x_has_two_paths():
    """Both uses of one number in one step are walked: 3 + 3, not 6 at once."""
    found = routes(SQUARE.trace([5.0, 3.0, 4.0]), "x", (1,))
    assert [(route.sample, route.product) for route in found] == [(1, 3.0), (1, 3.0)]


def test_the_loss_is_its_own_path():
    """∂L/∂L = 1: nothing to walk, and no sample's own, unless there is only one that has no reduction."""
    assert routes(XOR.trace([1, 1]), "L", ()) == (Route(None, (("L", ()),), (), 1.0),)
    assert [route.product for route in routes(BY_HAND.trace([1, 1]), "L", (0,))] == [1.0]
    assert how_many(XOR.trace([1, 1]), "L", ()) == how_many(BY_HAND.trace([1, 1]), "L", (0,)) == 1


def test_what_the_loss_does_not_read_has_no_paths():
    """A target is a constant, and beside a fused loss the probabilities are only shown."""
    trace = FUSED.trace(UNEQUAL)
    assert routes(trace, "y_true", (0, 0)) == routes(trace, "y", (0, 0)) == ()
    assert how_many(trace, "y", (0, 0)) == 0


def test_a_dead_path_is_there_with_product_zero():
    """A ReLU that is off does not remove the path: its slope 0 is a factor like any other."""
    (only,) = routes(BY_HAND.trace([-0.5, -0.5]), "W", (0, 0))
    assert only.factors[1] == 0 and only.product == 0


def test_a_number_that_is_not_there_is_an_error():
    """Neither a wrong name nor a wrong index is taken for a number without paths."""
    trace = XOR.trace([1, 1])
    for error, name, i in [
        (KeyError, "W9", (0, 0)),
        (IndexError, "W", (1, 0)),
        (IndexError, "y", (4, 0)),
        (IndexError, "y", (-1, 0)),
    ]:
        for ask in (routes, how_many):
            with pytest.raises(error):
                ask(trace, name, i)


def test_too_many_paths_are_counted_and_not_walked():
    """2-16-16-16-16-1 with 10 samples: 16³ ways for each sample are too many to list; near the loss there are few again."""
    of = net(2, 16, 16, 16, 16, 1, samples=10)
    trace = of.trace(np.full(of.size, 0.1))
    assert how_many(trace, "W1", (0, 0)) == 10 * 16**3 > ROUTES
    with pytest.raises(Refused, match=f"W1 has 40960 paths to the loss; at most {ROUTES} are listed."):
        routes(trace, "W1", (0, 0))
    assert len(routes(trace, "W3", (0, 0))) == 160


def made(*products: float) -> tuple[Route, ...]:
    return tuple(Route(n, (), (product,), product) for n, product in enumerate(products))


def test_the_largest_paths_and_the_sum_of_the_rest():
    """By size without regard to sign; equal ones stay in order; the others are summed with their signs."""
    found = made(1.0, -8.0, 2.0, -2.0, 4.0, -0.5)
    those, rest = largest(found, 3)
    assert [route.product for route in those] == [-8.0, 4.0, 2.0] and rest == 1.0 - 2.0 - 0.5
    assert largest(found) == (tuple(found[n] for n in (1, 4, 2, 3, 0, 5)), 0)
    assert largest(()) == ((), 0)


def test_a_path_that_is_not_a_number_is_seen():
    """nan comes before any size, so that it is not hidden in the rest."""
    assert largest(made(5.0, nan, 7.0), 1)[0][0].sample == 1


# Paths against multiplications


class Counted(float):
    """A number that counts how often it is multiplied; a division counts as one, and sums are counted on."""

    times = 0

    def _times(self, number):
        Counted.times += 1
        return Counted(number)

    def __mul__(self, other):
        return self._times(float(self) * float(other))

    def __truediv__(self, other):
        return self._times(float(self) / float(other))

    def __add__(self, other):
        return Counted(float(self) + float(other))

    def __sub__(self, other):
        return Counted(float(self) - float(other))

    def __rsub__(self, other):
        return Counted(float(other) - float(self))

    def __getitem__(self, key):  # NumPy hands a single number out of its array: [..., None] puts it back
        return np.array(self, dtype=object)[key]

    __rmul__, __radd__ = __mul__, __add__


def counted(array):
    """The array with each of its numbers counting."""
    return np.vectorize(Counted, otypes=[object])(np.asarray(array))


def multiplications(ask) -> int:
    """How many multiplications of counted numbers it takes."""
    Counted.times = 0
    ask()
    return Counted.times


def counted_forward(case, trace) -> int:
    """Every weight counts; what is not a weighted sum has none."""
    sums = [step for step in case.of.program if step.op.role == "weighted sum"]
    arguments = [[trace.values[step.args[0]], *(counted(trace.values[name]) for name in step.args[1:])] for step in sums]
    return multiplications(lambda: [step.op.f(*args) for step, args in zip(sums, arguments, strict=True)])


def counted_backward(case, trace) -> int:
    """Every upstream gradient counts, in the engine's own pull-backs."""
    steps = [step for step in case.of.program if step.out in trace.grads]
    upstream = [counted(trace.grads[step.out]) for step in steps]
    values = [[trace.values[name] for name in (step.out, *step.args)] for step in steps]
    return multiplications(lambda: [s.op.vjp(g[()], *v) for s, g, v in zip(steps, upstream, values, strict=True)])


@examples(40)
@given(cases())
def test_multiplications_are_those_that_are_done(case):
    """The formulas from the shapes, against passes in which each multiplication is counted as it happens."""
    told, trace = cost(case.of), case.of.trace(case.theta)
    assert told.forward_multiplications == counted_forward(case, trace)
    assert told.backward_multiplications == counted_backward(case, trace)


@examples(12)
@given(cases(layers=3, width=2, samples=2))
def test_paths_are_all_that_there_are(case):
    """The count, which walks no path, against all paths of all weights and biases walked one by one."""
    trace = case.of.trace(case.theta)
    assert cost(case.of).paths == sum(len(list(paths(trace, name, i))) for name, i in case.of.parameters)
    assert cost(case.of).paths == sum(len(routes(trace, name, i)) for name, i in case.of.parameters)


@examples(12)
@given(cases(layers=3, width=2, samples=2))
def test_walking_every_path_is_counted(case):
    """Every path is walked by itself from a 1 at the loss, and each multiplication is counted as it happens; a bias adds what
    arrives as it is."""
    trace, biases = (
        case.of.trace(case.theta),
        {s.args[2] for s in case.of.program if len(s.args) > 2 and s.op.role == "weighted sum"},
    )

    def walk():
        for name, i in case.of.parameters:
            for route in routes(trace, name, i):
                prod(route.factors[: len(route.factors) - (name in biases)], start=Counted(1.0))

    assert cost(case.of).path_multiplications == multiplications(walk)


def test_two_eight_eight_one_by_hand():
    """200 samples. Ways per sample: 24 first-layer parameters by 8 each, 72 + 9 with one each. Forwards 16 + 64 + 8 weights a
    sample; backwards twice that, 8 + 8 + 1 activations, 1 loss, and one for the mean of all."""
    told = cost(net(2, 8, 8, 1, samples=200))
    assert told.paths == 200 * (24 * 8 + 72 + 9)
    assert told.forward_multiplications == 200 * 88
    assert told.backward_multiplications == 200 * (2 * 88 + 17 + 1) + 1


def test_paths_multiply_and_multiplications_add_up():
    """With each hidden layer of 8 the paths grow about eightfold, while the pass grows by the same amount each time: and always
    stays near two forward passes."""
    told = [cost(net(2, *[8] * depth, 1, samples=5)) for depth in (1, 2, 3, 4, 5)]
    assert all(b.paths > 5 * a.paths for a, b in pairwise(told))
    assert len({b.backward_multiplications - a.backward_multiplications for a, b in pairwise(told)}) == 1
    assert all(2 < each.backward_multiplications / each.forward_multiplications < 2.5 for each in told)
