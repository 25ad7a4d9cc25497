"""What was worked out for one state of the store, kept until the store changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar, cast

_T = TypeVar("_T")
_Held = TypeVar("_Held")


class Kept(Generic[_Held]):
    """Values by key, all of one state of the store (`change`); at most `most` of them, those that nobody asked for the longest
    are forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[tuple[int, Hashable], _Held] = {}
        self._making: dict[tuple[int, Hashable], Lock] = {}
        self._keeping = Lock()

    def get(self, change: int, key: Hashable, make: Callable[[], _T]) -> _T:
        """The value for this state; made if it is not there. Of several who ask at once one makes it and the others wait for that."""
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
                    self._keep((change, key), cast(_Held, made))
                return made
            finally:
                with self._keeping:
                    self._making.pop((change, key), None)

    def _look(self, key: tuple[int, Hashable]) -> tuple[_Held | None, Lock | None]:
        """What is held, or the lock of whoever makes it."""
        with self._keeping:
            found = self._held.pop(key, None)
            if found is None:
                return None, self._making.setdefault(key, Lock())
            self._held[key] = found
            return found, None

    def _keep(self, key: tuple[int, Hashable], value: _Held) -> None:
        self._held[key] = value
        for old in [k for k in self._held if k[0] != key[0]] or list(self._held)[: -self._most]:
            del self._held[old]
