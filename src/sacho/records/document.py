"""A report as it came in."""

from __future__ import annotations

from enum import StrEnum

from sacho.records.base import Record, Span


class BlockKind(StrEnum):
    headline = "headline"
    body = "body"
    caption = "caption"
    credit = "credit"  # bracketed credit `[사진-노동신문 갈무리]`, byline, reporter's address
    notice = "notice"  # copyright line, boilerplate


class Block(Record):
    """A paragraph of one kind. `repeats` are the other places where the same caption stands word for word."""

    kind: BlockKind
    start: int
    end: int
    repeats: tuple[Span, ...] = ()


class Document(Record):
    """One report. `published` is an ISO day; absent if nobody told (see `Publication` for the inferred one)."""

    id: str
    origin: str
    text: str
    blocks: tuple[Block, ...]
    outlet: str | None = None
    published: str | None = None
    url: str | None = None


class DeadLetter(Record):
    """What could not be read, and why: one sentence that names origin, place and remedy."""

    origin: str
    reason: str
