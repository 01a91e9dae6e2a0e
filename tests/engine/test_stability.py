"""The formulas of the limits of stability, held against runs: just below its limit a run comes nearer, just above it goes away. The
facts about optimizers find the limits by bisection; here it is the equation that the page shows."""

import numpy as np
import pytest

from engine.explain import evaluate
from engine.functions import BOWL, RAVINE
from engine.history import descend
from engine.method import Method, optimizer_of
from engine.optimizers import OPTIMIZERS
from engine.stability import FORMS, stability

BETAS = (0.0, 0.5, 0.9)
LIMITED = [
    Method(key, hyper=(("momentum", beta),) if OPTIMIZERS[key].hyper else ())
    for key in FORMS
    for beta in BETAS[: 1 + 2 * (key != "gd")]
]


@pytest.mark.parametrize("method", LIMITED, ids=lambda m: f"{m.key} {dict(m.hyper)}")
@pytest.mark.parametrize("function, bend, start", [(BOWL, 1.0, (0.5, -0.2)), (RAVINE, 25.0, (0.0, 0.3))], ids=["bowl", "ravine"])
def test_below_it_a_run_stays_above_it_flies(method, function, bend, start):
    """One per cent to either side."""
    found = stability(optimizer_of(method), bend)
    assert evaluate(found) == pytest.approx(found.value, rel=1e-12)
    ends = []
    for share in (0.99, 1.01):
        run = descend(function.objective, start, ((0, share * found.value),), 3000, optimizer_of(method))
        ends.append(float(np.abs(run.theta[-1]).max()) if run.stopped is None else np.inf)
    assert ends[0] < 0.1 and ends[1] > 1


@pytest.mark.parametrize("key", sorted(set(OPTIMIZERS) - set(FORMS)))
def test_the_others_have_no_such_limit(key):
    """They divide by the size of the gradient."""
    assert stability(OPTIMIZERS[key], 25.0) is None


@pytest.mark.parametrize("text", [(("l2", 0.1),), (("clip_norm", 1.0),)])
def test_what_stands_in_front_changes_the_rule(text):
    """Clipped or decayed, the formula would be another one, so none is shown."""
    assert stability(optimizer_of(Method("gd", hyper=text)), 1.0) is None


@pytest.mark.parametrize("bend", [0.0, -1.0, np.nan])
def test_without_a_bend_upwards_there_is_none(bend):
    assert stability(OPTIMIZERS["gd"], bend) is None
