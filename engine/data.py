"""The data sets: inputs x, one row per sample, and targets y_true. They are so small that every number fits on the page."""

from dataclasses import dataclass

from engine.limits import SAMPLES
from engine.op import Array, frozen
from engine.refused import Refused

CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))


@dataclass(frozen=True, eq=False)
class Data:
    """x (N, n_in) and y_true (N, n_out)."""

    x: Array
    y_true: Array


def data(x, y_true) -> Data:
    """Checked and frozen: the same number of rows, at least one, all finite."""
    try:
        x, y_true = frozen(x), frozen(y_true)
    except (TypeError, ValueError, OverflowError) as error:
        raise Refused("x and y_true must be tables of numbers.") from error
    if x.ndim != 2 or y_true.ndim != 2 or len(x) != len(y_true):
        raise Refused(
            "x and y_true must be tables with equally many rows, not of shape {x} and {y_true}.",
            x=x.shape,
            y_true=y_true.shape,
        )
    if not x.size or not y_true.size:
        raise Refused("The data must hold at least one sample.")
    if len(x) > SAMPLES:
        raise Refused("The data may hold at most {limit} samples, not {found}.", limit=SAMPLES, found=len(x))
    for name, table in (("x", x), ("y_true", y_true)):
        if not _finite(table):
            raise Refused("Every number in {name} must be finite.", name=name)
    return Data(x, y_true)


def _finite(table: Array) -> bool:
    return bool((abs(table) < float("inf")).all())


def _gate(*targets) -> Data:
    return data(CORNERS, [[t] for t in targets])


GATES = {"xor": _gate(0, 1, 1, 0), "and": _gate(0, 0, 0, 1), "or": _gate(0, 1, 1, 1)}
DATA = ("one", *GATES)  # "one": a single sample that the reader types
