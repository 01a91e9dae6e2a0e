"""The drawing's numbers where no map can stand for a unit: the value of the update's first sample, and which one that is."""

from dataclasses import replace

import numpy as np
import pytest

from engine.experiment import NETWORKS, data_of
from engine.update import update_at
from view.network.net_scene import diagram
from view.numbers import is_
from view.text import Text

SINE = NETWORKS["sine"]
TEXT = Text("en", page="network")


@pytest.mark.parametrize("batch, k", [(0, 0), (16, 0), (16, 3)])
def test_units_without_maps_say_the_first_sample_of_the_update(batch, k):
    """1-8-1 by hand: a = tanh(W₁x + b₁), y = W₂a + b₂, x being the input of the sample that the legend names."""
    here = update_at(replace(SINE, batch=batch), k)
    drawn = diagram(replace(SINE, batch=batch), here, len(here.moments), "", TEXT)
    number = int(drawn["texts"]["legend"][-1]["text"].removeprefix("values: sample "))
    assert number == here.rows[0] + 1
    x, theta = data_of(SINE).x[number - 1, 0], here.theta
    a = np.tanh(theta[:8] * x + theta[8:16])
    told = [unit["value"] for column in drawn["layers"] for unit in column["units"]]
    assert told == [is_(float(value)) for value in (x, *a, theta[16:24] @ a + theta[24])]
    assert drawn["layers"][1]["units"][2]["label"] == f"a⁽¹⁾₃ {told[3]} · sample {number}"


def test_nothing_is_told_before_its_moment():
    """At the first weighted sum only the input is there; where maps show every sample, no sample is named."""
    first = diagram(SINE, update_at(SINE, 0), 1, "", TEXT)["layers"]
    assert [unit["value"] != "" for column in first for unit in column["units"]] == [True] + 9 * [False]
    xor = NETWORKS["xor4"]
    drawn = diagram(xor, update_at(xor, 0), 15, "", TEXT)
    assert not any(unit["value"] or unit["note"] for column in drawn["layers"] for unit in column["units"])
    assert not any(entry["text"].startswith("values") for entry in drawn["texts"]["legend"])
