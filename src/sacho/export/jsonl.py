"""JSON lines, with the names of the codebook, section 6."""

from __future__ import annotations

import msgspec

from sacho.records import DeadLetter, Event, Quote, Record

_ENCODER = msgspec.json.Encoder()


class DocumentLine(Record):
    """What was read of a document as a whole (`--documents`): the publication day and how it was known."""

    document: str
    origin: str
    outlet: str | None
    published: str
    published_inferred: bool
    published_reason: str
    published_evidence: tuple[str, ...]
    blocks: dict[str, int]
    glosses: tuple[tuple[str, str], ...]


def encode(record: Event | Quote | DocumentLine | DeadLetter) -> str:
    """One JSON object, without the line end."""
    return _ENCODER.encode(record).decode()
