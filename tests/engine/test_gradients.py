"""Backpropagation is right on any network: its gradient is that of HIPS autograd on a forward pass written in plain loops,
and every single number passes the check. One call for many runs gives what many calls give."""

import autograd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.check import check, composed
from engine.losses import SUM
from engine.objective import objective
from engine.program import Step
from tests.engine.oracle import network_loss
from tests.strategies import MULTIPLY, XOR, cases, examples


@examples(120)
@given(cases())
def test_loss_and_gradient_are_autograds(case):
    """L and ∂L/∂theta are what autograd finds on an independent forward pass."""
    loss, gradient = case.of.loss_and_gradient(case.theta)
    assert float(loss) == pytest.approx(float(network_loss(case, case.theta)), rel=1e-10)
    expected = autograd.grad(lambda theta: network_loss(case, theta))(case.theta)
    assert gradient == pytest.approx(expected, rel=1e-8, abs=1e-10)


@examples(120)
@given(cases())
def test_every_number_passes_the_check(case):
    """Not only weights: the gradient of every value of the trace agrees with its complex step and its central difference."""
    trace = case.of.trace(case.theta)
    verdicts = [v for name in trace.grads for v in check(case.of, case.theta, trace.grads, name)]
    assert [v for v in verdicts if v.answer == "differs"] == []
    assert any(v.answer == "agrees" for v in verdicts)


@examples(12)
@given(cases(layers=2, width=2, samples=1))
def test_sympy_agrees_too(case):
    """SymPy's derivative of the whole composed formula gives the gradient of every value, wherever there is no kink."""
    trace = case.of.trace(case.theta)
    for name in trace.grads.keys() - case.of.inputs.keys():
        verdicts = check(case.of, case.theta, trace.grads, name, composed(case.of, name))
        assert {v.answer for v in verdicts} <= {"agrees", "kink"}
        smooth = [v for v in verdicts if v.answer == "agrees"]
        assert [v.symbolic for v in smooth] == pytest.approx([v.ours for v in smooth], rel=1e-9, abs=1e-12)


@examples(40)
@given(cases(), st.sampled_from([(2,), (3,), (2, 3)]))
def test_axes_in_front_are_runs(case, front):
    """A stack of thetas gives the losses and gradients of each theta by itself."""
    thetas = np.random.default_rng(0).uniform(-1, 1, (*front, case.of.size))
    losses, gradients = case.of.loss_and_gradient(thetas)
    assert losses.shape == front and gradients.shape == thetas.shape
    assert case.of.loss(thetas).tolist() == losses.tolist()
    for r in np.ndindex(front):
        loss, gradient = case.of.loss_and_gradient(thetas[r])
        assert losses[r] == pytest.approx(float(loss), rel=1e-13)
        assert gradients[r] == pytest.approx(gradient, rel=1e-11, abs=1e-14)


@examples(40)
@given(cases(), st.sampled_from([(), (2,), (2, 3)]))
def test_views_and_flat_are_inverse(case, front):
    """theta cut into weights and biases and laid in a row again is the same theta; the parts are views, not copies."""
    theta = np.random.default_rng(1).normal(size=(*front, case.of.size))
    parts = case.of.views(theta)
    assert {name: part.shape for name, part in parts.items()} == {name: front + shape for name, shape in case.of.layout}
    assert all(np.shares_memory(part, theta) for part in parts.values())
    assert np.array_equal(case.of.flat(parts), theta)


@examples(40)
@given(cases(), st.data())
def test_a_held_number_holds(case, data):
    """hold keeps one array as given: what comes before stays, what comes after is computed from it, L included."""
    values = case.of.values(case.theta)
    name = data.draw(st.sampled_from(sorted(values)))
    held = values[name] + 0.25
    moved = case.of.values(case.theta, hold={name: held})
    assert np.array_equal(moved[name], held)
    after = {name}
    for step in case.of.program:
        if step.out != name and after & set(step.args):
            after.add(step.out)
            assert np.array_equal(moved[step.out], step.op.f(*(moved[a] for a in step.args)))
    assert all(np.array_equal(moved[n], values[n]) for n in values if n not in after)
    assert case.of.loss(case.theta, hold={name: values[name]}) == case.of.loss(case.theta)


def test_a_number_used_twice_has_two_gradients_that_add():
    """L = Σ x·x: both uses hand back a gradient, and their sum is 2x."""
    of = objective((Step("p", MULTIPLY, ("x", "x")), Step("L", SUM, ("p",))), {}, [("x", (3,))])
    loss, gradient = of.loss_and_gradient(np.array([3.0, -1.0, 0.5]))
    assert loss == 10.25 and gradient.tolist() == [6.0, -2.0, 1.0]


def test_a_trace_cannot_be_edited():
    """What is shared is read-only: the values, the gradients, the data, and theta itself."""
    trace = XOR.trace([1.25, 0.25])
    for array in (*trace.values.values(), *trace.grads.values(), XOR.inputs["x"]):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    with pytest.raises(TypeError):
        trace.values["z"] = None


def test_targets_have_no_gradient_and_inputs_have():
    """A target is a constant of the lesson; the gradient of an input exists and can be shown."""
    assert set(XOR.trace([1.25, 0.25]).grads) == {"L", "l", "y", "z", "W", "x"}
