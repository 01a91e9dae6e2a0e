"""Which samples one update looks at. The full batch is all of them; mini-batches deal a newly shuffled pack of samples every
epoch, so that each sample is used exactly once before any is used again."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from engine.objective import Objective
from engine.op import Array, frozen


def batch(samples: int, size: int, seed: int, k: int) -> Array:
    """The places (n,) of the samples that the update after k updates uses; the same arguments always give the same ones.

    Size 0, or one that holds all samples, is the full batch in the data's own order. An epoch's last batch may be smaller.
    """
    if not 0 < size < samples:
        return _in_order(samples)
    epoch, at = epoch_of(samples, size, k)
    return _shuffled(samples, seed, epoch)[at * size : (at + 1) * size]


def epoch_of(samples: int, size: int, k: int) -> tuple[int, int]:
    """(epoch, batch within it), both from 0, of the update after k updates."""
    per_epoch = -(-samples // size) if 0 < size < samples else 1
    return divmod(k, per_epoch)


@lru_cache
def _in_order(samples: int) -> Array:
    return _read_only(np.arange(samples))


@lru_cache
def _shuffled(samples: int, seed: int, epoch: int) -> Array:
    """An epoch's order depends on the seed and the epoch alone: any update is found without making those before it."""
    return _read_only(np.random.default_rng((seed, epoch)).permutation(samples))


def _read_only(places: Array) -> Array:
    places.flags.writeable = False
    return places


def on_rows(of: Objective, rows: Sequence[int] | Array) -> Objective:
    """The same objective on some of its samples, at least one: the rows (n,) of every input, the parameters as they are.

    With the mean as reduction, its loss and gradient are means over these samples only.
    """
    return replace(of, inputs=MappingProxyType({name: frozen(x[rows]) for name, x in of.inputs.items()}))
