"""JSON lines, with the names of the codebook, section 6."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from sacho.export.outcome import Exported, Tally
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


def write_jsonl(events: Iterable[Event], out: BinaryIO) -> Exported:
    """One event a line, as `sacho code` prints them."""
    tally = Tally("jsonl")
    for event in events:
        out.write(_ENCODER.encode(event) + b"\n")
        tally.out()
    return tally.done()
