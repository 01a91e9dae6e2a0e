"""Runs are computed and kept in parts, so that a click rarely computes anything, and a long run can be watched and left. Where the
parts end depends on the work of one update alone: the more it is, the shorter they are."""

from bisect import bisect_right
from functools import lru_cache

from engine.limits import PART_WORK, UPDATES

FIRST, SHORTEST, LONGEST = 64, 32, 512  # updates of a part


@lru_cache
def ends(work: int) -> tuple[int, ...]:
    """After which updates parts end, the last beyond the last update; work: samples × weights of one update."""
    length = min(max(PART_WORK // work, SHORTEST), LONGEST)
    return (*[FIRST] * (length > FIRST), *range(length, UPDATES, length), UPDATES + 1)


ENDS = ends(1)


def parts_to(k: int, ends: tuple[int, ...] = ENDS) -> int:
    """How many parts of a run hold its updates up to update k + 1."""
    return 1 + bisect_right(ends, k)
