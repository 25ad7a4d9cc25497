"""What every record is, and the span."""

from __future__ import annotations

from typing import dataclass_transform

import msgspec


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Base of every record: frozen, keyword-only, unknown fields refused when decoded. A record never holds what
    holds it, so the garbage collector need not visit it."""


class Span(Record):
    """A stretch of the text: 0 <= start < end."""

    start: int
    end: int
