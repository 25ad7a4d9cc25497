"""A phrase in a role, before the frame is applied."""

from __future__ import annotations

from sacho.records import Record


class Filler(Record):
    """One phrase in one role: `mention` indexes the document's mentions, `slot` tells how it was marked."""

    slot: str
    mention: int
    unit: int
