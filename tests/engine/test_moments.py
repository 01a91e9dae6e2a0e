"""No page lists moments: they are read off the program. Their number follows from bias, samples and loss, and their order can
be lived through, each gradient after all that it is made of."""

import pytest
from hypothesis import given

from engine.data import GATES, data
from engine.moments import GRANULARITIES, Moment, moments, stops
from engine.network import Network, network
from tests.strategies import BY_HAND, XOR, XOR_WITH_BIAS, cases, examples, neuron


def told(of):
    """The moments as short words: z, ∂z, theta."""
    return [("∂" if m.phase == "backward" else "") + m.name for m in moments(of)]


def test_xor_without_bias_has_nine_moments():
    """z, y, ℓ, L, then ∂L/∂ℓ, ∂L/∂y, ∂L/∂z, ∂L/∂w, then one update."""
    assert told(XOR) == ["z", "y", "l", "L", "∂l", "∂y", "∂z", "∂W", "theta"]


def test_a_bias_adds_one_moment():
    """A bias adds ∂L/∂b, after ∂L/∂w: ten moments."""
    assert told(XOR_WITH_BIAS) == ["z", "y", "l", "L", "∂l", "∂y", "∂z", "∂W", "∂b", "theta"]


def test_one_sample_has_seven_moments():
    """One sample has no mean, so its loss is L and ∂L/∂ℓ is left out."""
    assert told(BY_HAND) == ["z", "y", "L", "∂y", "∂z", "∂W", "theta"]


def test_a_layer_finds_its_own_weights_before_it_hands_back():
    """In a deeper network ∂L/∂z2 gives ∂L/∂W2 and ∂L/∂b2 first, and then ∂L/∂a1 for the layer before."""
    deep = network(Network((2, 2, 1), ("tanh", "sigmoid")), GATES["xor"])
    back = ["∂l", "∂y", "∂z2", "∂W2", "∂b2", "∂a1", "∂z1", "∂W1", "∂b1"]
    assert told(deep) == ["z1", "a1", "z2", "y", "l", "L", *back, "theta"]


def test_a_fused_loss_shows_y_but_has_no_gradient_of_it():
    """The fused loss reads z: y is a side step with a value and without a gradient, in the moments and in the trace."""
    fused = neuron(data([[1, 2], [3, 4]], [[0], [1]]), "sigmoid", loss="cross_entropy_logits")
    assert told(fused) == ["z", "y", "l", "L", "∂l", "∂z", "∂W", "theta"]
    assert "y" not in fused.trace([0.1, 0.2]).grads


@examples(100)
@given(cases())
def test_every_moment_can_be_computed_when_it_comes(case):
    """A value comes after its arguments; a gradient after the gradients of every later value it is made of."""
    of, known = case.of, set()
    needs = {("backward", name): set() for name, _ in of.layout}
    grads = of.trace(case.theta).grads
    for step in of.program:
        needs["forward", step.out] = {("forward", a) for a in step.args if a in dict.fromkeys(s.out for s in of.program)}
        for a in step.args:
            if step.out in grads and step.out != "L":
                needs.setdefault(("backward", a), set()).add(("backward", step.out))
    for moment in moments(of)[:-1]:
        here = moment.phase, moment.name
        assert needs.get(here, set()) <= known, f"{here} comes before {needs[here] - known}"
        known.add(here)


@examples(100)
@given(cases())
def test_every_value_and_every_gradient_has_one_moment(case):
    """Nothing is left out and nothing comes twice: all values, then all gradients but ∂L/∂L and the data's, then the update."""
    of = case.of
    found = moments(of)
    assert len(set(found)) == len(found)
    assert [m.name for m in found if m.phase == "forward"] == [step.out for step in of.program]
    assert {m.name for m in found if m.phase == "backward"} == set(of.trace(case.theta).grads) - {"L", "x"}
    assert found[-1] == Moment("update", "theta") and [m.phase for m in found].count("update") == 1
    assert [m.phase for m in found] == sorted((m.phase for m in found), key=["forward", "backward", "update"].index)


@pytest.mark.parametrize(
    "granularity, expected", [("operation", (1, 2, 3, 4, 5, 6, 7, 8, 9)), ("phase", (4, 8, 9)), ("update", (9,))]
)
def test_stops_by_granularity(granularity, expected):
    """Operation halts at every moment, phase at the last of each phase, update at the end."""
    assert granularity in GRANULARITIES and stops(moments(XOR), granularity) == expected


@examples(50)
@given(cases())
def test_coarser_stops_are_among_the_finer(case):
    """Whoever changes the pace finds the same moments: update ⊂ phase ⊂ operation, and all end at the update."""
    operation, phase, update = (stops(moments(case.of), g) for g in ("operation", "phase", "update"))
    assert set(update) < set(phase) < set(operation) and len(phase) == 3
    assert operation[-1] == phase[-1] == update[-1] == len(moments(case.of))
