"""What an export did: how many events went out, and which were left out for what reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sacho.records import Record


class Exported(Record):
    """`events` were given, `rows` written; `left_out` counts the events that the format cannot hold, by reason.
    Nothing is left out without being counted here."""

    format: str
    events: int
    rows: int
    left_out: Mapping[str, int]


class Tally:
    """Counts while an export runs."""

    def __init__(self, form: str) -> None:
        self._format = form
        self._events = 0
        self._rows = 0
        self._left: Counter[str] = Counter()

    def out(self, rows: int = 1) -> None:
        """An event that went out, as so many rows."""
        self._events += 1
        self._rows += rows

    def left(self, reason: str) -> None:
        """An event that did not."""
        self._events += 1
        self._left[reason] += 1

    def done(self) -> Exported:
        return Exported(format=self._format, events=self._events, rows=self._rows, left_out=dict(sorted(self._left.items())))
