"""What a gradient is made of, one step ahead, and its heaviest paths: held against the terms that SymPy writes and against the list
of all paths. And one number's nudge alone, against the check of its whole array."""

import pytest
from hypothesis import given

from engine.check import check, check_one
from engine.explain import shares_of
from engine.parts import parts
from engine.routes import heaviest, largest, routes
from tests.engine.test_routes import FUSED, SQUARE, UNEQUAL, UNFUSED, places
from tests.strategies import XOR, cases, examples


@examples(40)
@given(cases())
def test_the_parts_of_every_number_add_up_to_its_gradient(case):
    """Weights, biases, inputs and every value between."""
    trace = case.of.trace(case.theta)
    for name, i in places(trace.grads):
        if name != "L":
            shares = [part.share for part in parts(trace, name, i)]
            assert abs(sum(shares) - trace.grads[name][i]) <= 1e-12 * max(sum(map(abs, shares)), 1e-300)


@examples(12)
@given(cases(layers=3, width=2, samples=3))
def test_each_part_is_the_term_that_the_book_writes(case):
    """Place by place: the share worked out from the symbols in 30 digits."""
    trace = case.of.trace(case.theta)
    for name, i in places({name: x for name, x in trace.grads.items() if name != "L"}):
        written = {(term.step.out, term.output, term.argument): share for term, share in shares_of(trace, name, i)}
        found = {(part.step.out, part.output, part.argument): part.share for part in parts(trace, name, i)}
        assert found.keys() == written.keys()
        assert all(found[at] == pytest.approx(written[at], rel=1e-9, abs=1e-13) for at in found)


def test_the_samples_votes_by_hand():
    """XOR from w = (1.25, 0.25): 0, −0.375, 0 and 0.75 on w2, as ∂L/∂z times x2."""
    found = parts(XOR.trace([1.25, 0.25]), "W", (0, 1))
    assert [(part.sample, part.upstream, part.slope) for part in found] == [(0, 0, 0), (1, -0.375, 1), (2, 0.125, 0), (3, 0.75, 1)]


def test_what_has_no_parts():
    """The loss is its own gradient, a target is a constant, a side step leads nowhere; what is not there is an error."""
    trace = FUSED.trace(UNEQUAL)
    assert parts(trace, "L", ()) == parts(trace, "y_true", (0, 0)) == parts(trace, "y", (0, 0)) == ()
    for error, name, i in ((KeyError, "W9", (0, 0)), (IndexError, "W1", (9, 0))):
        with pytest.raises(error):
            parts(trace, name, i)


def test_a_number_that_enters_twice_has_two_parts():
    """x·x is not x²."""
    assert [part.share for part in parts(SQUARE.trace([5.0, 3.0, 4.0]), "x", (1,))] == [3.0, 3.0]


@examples(30)
@given(cases())
def test_the_heaviest_paths_are_the_largest_of_all(case):
    """The quick way finds the same paths, the same rest and the same count as listing all of them."""
    trace = case.of.trace(case.theta)
    for name, i in places(trace.grads):
        every = routes(trace, name, i)
        top, rest = largest(every, 5)
        found, left, count = heaviest(trace, name, i, 5)
        assert count == len(every) and found == top
        assert left == pytest.approx(rest, rel=1e-9, abs=1e-12 * sum(abs(route.product) for route in every))


def test_paths_of_some_samples_only():
    """`only` leaves out the other samples' paths and nothing else."""
    trace = UNFUSED.trace(UNEQUAL)
    every = routes(trace, "W1", (1, 0))
    assert routes(trace, "W1", (1, 0), [0, 2]) == tuple(route for route in every if route.sample != 1)


@pytest.mark.parametrize("of", [UNFUSED, FUSED], ids=["unfused", "fused"])
def test_one_nudge_is_that_of_the_whole_array(of):
    """The verdict on one element is the one that the check of its array gives it, for every array."""
    trace = of.trace(UNEQUAL)
    for name in trace.grads:
        for verdict in check(of, UNEQUAL, trace.grads, name):
            alone = check_one(of, UNEQUAL, trace.grads, name, verdict.index)
            assert alone.answer == verdict.answer == "agrees"
            assert (alone.complex_step, alone.central) == pytest.approx((verdict.complex_step, verdict.central), rel=1e-6, abs=1e-9)


def test_one_nudge_finds_a_wrong_gradient():
    """A claim that is off is said to be off."""
    trace = FUSED.trace(UNEQUAL)
    wrong = {**trace.grads, "W1": trace.grads["W1"] * 1.01}
    assert check_one(FUSED, UNEQUAL, wrong, "W1", (1, 0)).answer == "differs"
