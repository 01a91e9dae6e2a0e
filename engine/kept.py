"""What has been computed and may be asked for again, as much of it as fits: a memory that counts bytes and lets go of what has been
unused longest. It holds only what can be computed anew, so nothing is ever lost with it."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any


class Kept:
    """Values by key, of at most so many bytes altogether; the last one put stays, however large."""

    def __init__(self, most: int):
        self.most, self._lock = most, Lock()
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def get(self, key: Hashable) -> Any:
        """The value, which thereby is the last used; None if it is not there."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key][0]

    def put(self, key: Hashable, value: Any, size: int) -> None:
        """Keep this value of so many bytes in the place of the one that was there."""
        with self._lock:
            self._values[key] = value, size
            self._values.move_to_end(key)
            while len(self._values) > 1 and sum(size for _, size in self._values.values()) > self.most:
                self._values.popitem(last=False)
