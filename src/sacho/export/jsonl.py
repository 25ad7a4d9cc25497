"""JSON lines, with the names of the codebook, section 6."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

import msgspec

from sacho.export.outcome import Exported, Tally
from sacho.records import Attribution, Block, Document, Event, Gloss, Publication, Record, Span

_ENCODER = msgspec.json.Encoder()


class DocumentLine(Record):
    """What was read of a document as a whole (`--documents`): the publication day and how it was known, the text and its blocks.
    `published` is the day given or inferred, `given` the day given; `blocks` counts the blocks of each kind, `layout` are their spans."""

    document: str
    origin: str
    outlet: str | None
    published: str
    published_inferred: bool
    published_reason: str
    published_evidence: tuple[str, ...]
    blocks: dict[str, int]
    glosses: tuple[tuple[str, str], ...] = ()
    url: str | None = None
    given: str | None = None
    published_spans: tuple[Span, ...] = ()
    layout: tuple[Block, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    text: str = ""


def document_line(
    document: Document, publication: Publication, *, glosses: Sequence[Gloss] = (), attributions: tuple[Attribution, ...] = ()
) -> DocumentLine:
    """The line of a document: its text, its day and how that was known, its blocks."""
    blocks: dict[str, int] = {}
    for block in document.blocks:
        blocks[block.kind.value] = blocks.get(block.kind.value, 0) + 1
        if block.repeats:
            blocks[f"{block.kind.value}_repeated"] = blocks.get(f"{block.kind.value}_repeated", 0) + len(block.repeats)
    return DocumentLine(
        document=document.id, origin=document.origin, outlet=document.outlet, published=publication.value,
        published_inferred=publication.inferred, published_reason=publication.reason,
        published_evidence=tuple(document.text[s.start : s.end] for s in publication.evidence), blocks=blocks,
        glosses=tuple((g.dprk, g.rok) for g in glosses), url=document.url, given=document.published,
        published_spans=publication.evidence, layout=document.blocks, attributions=attributions, text=document.text,
    )  # fmt: skip


def encode(record: Record) -> str:
    """One JSON object, without the line end."""
    return _ENCODER.encode(record).decode()


def write_jsonl(events: Iterable[Event], out: BinaryIO) -> Exported:
    """One event a line, as `sacho code` prints them."""
    tally = Tally("jsonl")
    for event in events:
        out.write(_ENCODER.encode(event) + b"\n")
        tally.out()
    return tally.done()
