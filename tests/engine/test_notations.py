"""Edge by edge, in index form, as outer products and as one matrix product: four ways to the same numbers, which are those of the
trace. And what enters one selected element is told in full."""

import numpy as np
import pytest
from hypothesis import given

from engine.data import data
from engine.network import Network, network
from engine.notations import INDEX_FORM, KEYS, MATRIX_FORM, RULES, entry, factors, notations, outer_products
from tests.strategies import XOR, cases, examples

WIDE = network(Network((2, 4, 3), ("tanh", "identity")), data([[1, 2], [3, -1], [0.5, 0], [-2, 1], [1, 1]], np.ones((5, 3))))
TRACE = WIDE.trace(np.linspace(-1, 1, WIDE.size))
FIRST, SECOND = (step for step in WIDE.program if step.op.role == "weighted sum")


def sums(case):
    """The weighted sums of a network."""
    return [step for step in case.of.program if step.op.role == "weighted sum"]


def engines_own(trace, step, what):
    """The same numbers as the trace has them."""
    a, W = step.args[:2]
    return {"weights": trace.grads.get(W), "inputs": trace.grads.get(a), "sums": trace.values[step.out]}[what]


def sizes(trace, step, what):
    """For each element the sum of the sizes of all that is added, which is what 1e-12 is of; worked out by einsum."""
    left, right, b = factors(trace, step, what)
    subscripts = {"weights": "no,ni->oi", "inputs": "no,oi->ni", "sums": "ni,oi->no"}[what]
    return np.einsum(subscripts, abs(left), abs(right)) + (0 if b is None else abs(b))


@pytest.mark.parametrize("what", RULES)
@examples(40)
@given(case=cases())
def test_four_notations_say_what_the_trace_says(what, case):
    """All four are equal to 1e-12, to each other and to the numbers of the trace, in every layer."""
    trace = case.of.trace(case.theta)
    for step in sums(case):
        own, bound = engines_own(trace, step, what), 1e-12 * sizes(trace, step, what)
        found = notations(trace, step, what)
        assert tuple(each.key for each in found) == KEYS
        for each in found:
            assert each.value.shape == own.shape and not each.value.flags.writeable
            assert (abs(each.value - own) <= bound).all()
            assert all((abs(each.value - other.value) <= bound).all() for other in found)


@pytest.mark.parametrize("what", RULES)
@examples(15)
@given(case=cases(width=3, samples=3))
def test_an_entry_is_the_sum_of_its_products(what, case):
    """For every element: the pairs are the numbers at the places named, and their products add up to it."""
    trace = case.of.trace(case.theta)
    for step in sums(case):
        left, right, b = factors(trace, step, what)
        own, bound = engines_own(trace, step, what), 1e-12 * sizes(trace, step, what)
        for at in np.ndindex(own.shape):
            told = entry(trace, step, at, what)
            inner = len(told.pairs) - (b is not None)
            assert told.pairs[:inner] == tuple((left[i], right[j]) for i, j in told.places[:inner])
            assert told.products == tuple(x * y for x, y in told.pairs)
            assert told.total == pytest.approx(sum(told.products), rel=1e-12)
            assert abs(told.total - own[at]) <= bound[at]
            assert b is None or (told.pairs[-1], told.places[-1]) == ((1.0, b[at[1]]), ((at[0],), (at[1],)))


def test_one_pair_per_sample_meets_in_a_weight():
    """∂L/∂W[3, 1] of five samples: ∂L/∂z[n, 3] with x[n, 1], sample by sample."""
    told = entry(TRACE, FIRST, (3, 1))
    assert told.places == tuple(((n, 3), (n, 1)) for n in range(5))
    assert [x for _, x in told.pairs] == [2, -1, 0, 1, 1]
    assert [delta for delta, _ in told.pairs] == TRACE.grads["z1"][:, 3].tolist()


def test_the_lesson_by_hand():
    """XOR from w = (1.25, 0.25): ∂L/∂z is 0, −0.375, 0.125, 0.75; so ∂L/∂w = (0.875, 0.375), the votes 0.125 + 0.75 and
    −0.375 + 0.75."""
    trace, step = XOR.trace([1.25, 0.25]), XOR.program[0]
    assert all(each.value.tolist() == [[0.875, 0.375]] for each in notations(trace, step))
    assert entry(trace, step, (0, 0)).products == (0, 0, 0.125, 0.75)
    assert entry(trace, step, (0, 1)).products == (0, -0.375, 0, 0.75)


def test_every_sample_votes_with_one_outer_product():
    """The n-th matrix is what ∂L/∂W would be if only sample n spoke."""
    for n, vote in enumerate(outer_products(TRACE, SECOND)):
        alone = [[TRACE.grads["z2"][n, o] * TRACE.values["a1"][n, i] for i in range(4)] for o in range(3)]
        assert vote.tolist() == alone
    assert n == 4


@pytest.mark.parametrize(
    "what, count, shapes",
    [
        ("weights", 5, ("1×1 = Σ (1×1)(1×1)", "1×1 = (1×N)(N×1)", "4×2 = Σ (4×1)(1×2)", "4×2 = (4×N)(N×2)")),
        ("inputs", 4, ("1×1 = Σ (1×1)(1×1)", "1×1 = (1×4)(4×1)", "N×2 = Σ (N×1)(1×2)", "N×2 = (N×4)(4×2)")),
        (
            "sums",
            2 + 1,
            (
                "1×1 = Σ (1×1)(1×1) + 1×1",
                "1×1 = (1×2)(2×1) + 1×1",
                "N×4 = Σ (N×1)(1×4) + (N×1)(1×4)",
                "N×4 = (N×2)(2×4) + (N×1)(1×4)",
            ),
        ),
    ],
)
def test_shapes_are_told(what, count, shapes):
    """The layer 2 → 4: what is multiplied with what, and how many outer products are added."""
    assert tuple(each.shapes for each in notations(TRACE, FIRST, what)) == shapes
    assert len(list(outer_products(TRACE, FIRST, what))) == count


@pytest.mark.parametrize("table", [INDEX_FORM, MATRIX_FORM])
def test_every_product_has_every_notation(table):
    """No table lacks one."""
    assert table.keys() == RULES.keys()


def test_what_is_not_there_is_refused():
    """A step that is no weighted sum, a word that is not known, an element outside."""
    with pytest.raises(ValueError, match="a1 is not a weighted sum"):
        notations(TRACE, WIDE.program[1])
    with pytest.raises(KeyError):
        notations(TRACE, FIRST, "swush")
    for at in [(4, 0), (0, 2), (-1, 0)]:
        with pytest.raises(IndexError):
            entry(TRACE, FIRST, at)
