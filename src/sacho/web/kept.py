"""What was worked out for one state of the store, kept until the store changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

_T = TypeVar("_T")


class Kept:
    """Values by key, all of one state of the store (`change`, which only grows): the newest that one was made for. At most `most` are kept,
    those that nobody asked for the longest are forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._newest = -1
        self._held: dict[tuple[int, Hashable], object] = {}
        self._making: dict[tuple[int, Hashable], Lock] = {}
        self._keeping = Lock()

    def get(self, change: int, key: Hashable, make: Callable[[], _T]) -> _T:
        """The value for this state; made if it is not there. Of several who ask at once one makes it and the others wait for that. What was
        made for an older state than the newest is given, but not kept."""
        found, making = self._look((change, key))
        if making is None:
            return cast(_T, found)
        with making:
            try:
                with self._keeping:
                    held = self._held.get((change, key))
                if held is not None:
                    return cast(_T, held)
                made = make()
                with self._keeping:
                    self._keep((change, key), made)
                return made
            finally:
                with self._keeping:
                    self._making.pop((change, key), None)

    def _look(self, key: tuple[int, Hashable]) -> tuple[object, Lock | None]:
        """What is held, or the lock of whoever makes it."""
        with self._keeping:
            found = self._held.pop(key, None)
            if found is None:
                return None, self._making.setdefault(key, Lock())
            self._held[key] = found
            return found, None

    def _keep(self, key: tuple[int, Hashable], value: object) -> None:
        if key[0] < self._newest:
            return
        if key[0] > self._newest:
            self._newest = key[0]
            self._held.clear()
        self._held[key] = value
        for old in list(self._held)[: -self._most]:
            del self._held[old]
