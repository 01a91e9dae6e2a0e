"""A method is a record that equals itself, builds one optimizer, and survives being written into an address and read back."""

import pytest

from engine.functions import ROSENBROCK
from engine.history import descend
from engine.lines import cells
from engine.method import BEFORE, Method, optimizer_of, read_method, read_methods, written_method, written_methods
from engine.optimizers import OPTIMIZERS, VARIANTS
from engine.refused import Refused
from engine.schedules import SCHEDULES

METHODS = [
    *(Method(one.key, one.flavour, one.amsgrad) for one in VARIANTS),
    *(Method("adam", schedule=key) for key in SCHEDULES),
    Method("adam", "keras", True, "step", (("beta1", 0.8), ("clip_norm", 2.5), ("every", 7), ("gamma", 0.1), ("l2", 0.001))),
    Method("gd", hyper=(("clip_value", 1e-6),)),
]


@pytest.mark.parametrize("method", METHODS, ids=written_method)
def test_written_and_read_back(method):
    """The same record, which gives the same optimizer and hence the same run."""
    assert read_method(written_method(method), "opt") == method
    assert optimizer_of(read_method(written_method(method), "opt")) is optimizer_of(method)
    assert descend(ROSENBROCK.objective, ROSENBROCK.start, ((0, 1e-4),), 20, optimizer_of(method)).stopped is None


def test_what_was_chosen_is_what_runs():
    """Hyper-parameters, flavour, schedule, decay and clipping all arrive, the clipping in front."""
    optimizer = optimizer_of(METHODS[-2])
    assert (optimizer.key, optimizer.flavour, optimizer.amsgrad) == ("adam", "keras", True)
    assert optimizer.hyper | dict(METHODS[-2].hyper) == optimizer.hyper
    assert [key for key, _ in optimizer.forms(cells(ROSENBROCK.objective, 0, 1))][:4] == ["norm", "g_short", "g_decay", "eta"]
    assert {*optimizer.hyper} & {*BEFORE} == {"l2", "clip_norm"}


def test_several_in_one_word():
    """gd,adam:keras:beta1=0.8"""
    found = read_methods("gd,adam:keras:beta1=0.8", "opt")
    assert found == (Method(), Method("adam", "keras", hyper=(("beta1", 0.8),)))
    assert written_methods(found) == "gd,adam:keras:beta1=0.8"
    assert [written_method(Method(key)) for key in OPTIMIZERS] == [*OPTIMIZERS]


@pytest.mark.parametrize(
    "text",
    [
        "", "adm", "adam:", "adam:beta3=1", "adam:beta1", "adam:beta1=", "adam:beta1=nan", "adam:beta1=1.1",
        "adam:beta1=0.9:beta1=0.8", "adam:step:every=7.5",
        "gd:keras", "gd:amsgrad", "momentum:beta1=0.9", "adam:keras:keras", "adam:step:cosine", "adam:constant", "adam:every=5",
        "gd:clip_norm=0", "gd:l2=-1", ",".join(["gd"] * 7), "gd,,adam", "adam:lr=0.1",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(text):
    """Unknown, doubled, unsuitable or out of bounds: a sentence, never a guess."""
    with pytest.raises(Refused):
        read_methods(text, "opt")
