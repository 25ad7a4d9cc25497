"""The lines of a file: which sort of record a line holds, and of which report. A sort is known by the names of its fields."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from sacho.batch.results import Result
from sacho.export.jsonl import DocumentLine
from sacho.records import Claim, Document, Event, EventMention, Publication, Quote, Record
from sacho.store.coders import CoderReport
from sacho.store.verdicts import Verdict
from sacho.store.words import Morphemes

_R = TypeVar("_R", bound=Record)


class Sort(IntEnum):
    document = 0
    words = 1
    event = 2
    withdrawn = 3
    mention = 4
    claim = 5
    quote = 6
    judgement = 7
    result = 8
    coder = 9


class WordsLine(Record):
    """The words of a report as search knows them (`sacho.store.words.Morphemes`)."""

    document: str
    words: Morphemes


class WithdrawnLine(Record):
    """An event that the newest rules no longer read; it is kept, because somebody may have judged it."""

    document: str
    withdrawn: Event


class _Id(msgspec.Struct):
    id: str


class _Home(msgspec.Struct):
    document: str


class _Annotated(msgspec.Struct):
    document: _Id


class Head(msgspec.Struct):
    """As much of a line as tells what it is."""

    document: str | UnsetType = UNSET
    published_inferred: msgspec.Raw | UnsetType = UNSET
    words: msgspec.Raw | UnsetType = UNSET
    withdrawn: msgspec.Raw | UnsetType = UNSET
    gloss: msgspec.Raw | UnsetType = UNSET
    evidence: list[_Home] | UnsetType = UNSET
    sentence: msgspec.Raw | UnsetType = UNSET
    mention: msgspec.Raw | UnsetType = UNSET
    normalized: msgspec.Raw | UnsetType = UNSET
    decision: msgspec.Raw | UnsetType = UNSET
    given: msgspec.Raw | UnsetType = UNSET
    coder: msgspec.Raw | UnsetType = UNSET
    annotated: _Annotated | UnsetType | None = UNSET

    @property
    def sort(self) -> Sort | None:
        """None for a line that is of no sort."""
        marks = (
            (self.published_inferred, Sort.document), (self.words, Sort.words), (self.withdrawn, Sort.withdrawn), (self.gloss, Sort.event),
            (self.decision, Sort.judgement), (self.sentence, Sort.mention), (self.mention, Sort.claim), (self.normalized, Sort.quote),
            (self.coder, Sort.coder), (self.annotated, Sort.result), (self.given, Sort.result),
        )  # fmt: skip
        return next((sort for mark, sort in marks if mark is not UNSET), None)

    @property
    def home(self) -> str:
        """The id of the report; empty if the line names none."""
        if self.annotated is not UNSET:
            return self.annotated.document.id if self.annotated is not None else ""
        if self.gloss is not UNSET:
            return self.evidence[0].document if self.evidence else ""
        return self.document or ""


HEAD = msgspec.json.Decoder(Head)
RECORDS: dict[Sort, msgspec.json.Decoder[Record]] = {
    sort: msgspec.json.Decoder(kind)
    for sort, kind in {
        Sort.document: DocumentLine, Sort.words: WordsLine, Sort.event: Event, Sort.withdrawn: WithdrawnLine, Sort.mention: EventMention,
        Sort.claim: Claim, Sort.quote: Quote, Sort.judgement: Verdict, Sort.result: Result, Sort.coder: CoderReport,
    }.items()
}  # fmt: skip


class Found(Record):
    """The records of one report, in the order of their lines. What the lines do not hold is absent."""

    id: str
    document: DocumentLine | None = None
    records: tuple[Record, ...] = ()
    result: Result | None = None

    def of(self, kind: type[_R]) -> tuple[_R, ...]:
        """Its records of one sort."""
        return tuple(r for r in self.records if type(r) is kind)


def document_of(line: DocumentLine) -> tuple[Document, Publication]:
    """The inverse."""
    document = Document(
        id=line.document, origin=line.origin, text=line.text, blocks=line.layout, outlet=line.outlet, published=line.given, url=line.url,
    )  # fmt: skip
    publication = Publication(
        value=line.published, inferred=line.published_inferred, evidence=line.published_spans, reason=line.published_reason,
    )  # fmt: skip
    return document, publication


def bare(mentions: Sequence[EventMention], claims: Sequence[Claim]) -> list[EventMention]:
    """Mentions without the evidence that the claims hold; one that claims nothing keeps its own."""
    claimed = {c.mention for c in claims}
    return [msgspec.structs.replace(m, evidence=()) if m.id in claimed else m for m in mentions]
