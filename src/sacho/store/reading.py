"""What the store takes in: one report with everything that was read in it. Plain records, so that another process can make them."""

from __future__ import annotations

from hashlib import blake2b

import msgspec

from sacho.coding import Coding
from sacho.records import (
    Attribution,
    AttributionKind,
    Claim,
    Document,
    Event,
    EventMention,
    Publication,
    Quote,
    Record,
    Report,
    Span,
)
from sacho.resolve.wire import credited
from sacho.store.words import Morphemes, Vocabulary, morphemes_of


class Reading(Record):
    """One report as the store keeps it. Without `morphemes` it is kept, but `search` does not find it. `withdrawn` are events that older
    rules read in it: only a store has them."""

    document: Document
    publication: Publication
    events: tuple[Event, ...]
    mentions: tuple[EventMention, ...] = ()
    claims: tuple[Claim, ...] = ()
    quotes: tuple[Quote, ...] = ()
    unreported: tuple[Attribution, ...] = ()
    attributions: tuple[Attribution, ...] = ()  # whose word each stretch is, `unreported` among them
    morphemes: Morphemes | None = None
    withdrawn: tuple[Event, ...] = ()


def reading_of(coding: Coding, vocabulary: Vocabulary) -> Reading:
    """What the store keeps of a coding. `vocabulary` comes from `words.load_vocabulary`."""
    annotated = coding.annotated
    return Reading(
        document=annotated.document, publication=annotated.publication, events=coding.events, mentions=annotated.events,
        claims=annotated.claims, quotes=annotated.quotes,
        unreported=unreported_in(annotated.attributions), attributions=annotated.attributions,
        morphemes=morphemes_of(annotated, vocabulary),
    )  # fmt: skip


def unreported_in(attributions: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    """Those that say that somebody did not report."""
    return tuple(a for a in attributions if a.kind is AttributionKind.unreported)


def fingerprint(reading: Reading) -> str:
    """A hash of everything that was read: equal readings change nothing in a store."""
    read = (reading.publication, reading.events, reading.mentions, reading.claims, reading.quotes, reading.unreported, reading.attributions)
    return blake2b(msgspec.msgpack.encode(read), digest_size=12).hexdigest()


def version_of(document: Document) -> str:
    """What versions of one report share: the address or, without one, the document's own id."""
    return document.url or document.id


def report_of(reading: Reading) -> Report:
    """The report as resolution across reports needs it."""
    document = reading.document
    return Report(
        document=document.id, version=version_of(document), outlet=document.outlet or "", published=reading.publication.value,
        text=document.text, events=reading.events, quotes=reading.quotes, unreported=reading.unreported,
        attributions=reading.attributions, credits=credited(document.text),
        captions=tuple(Span(start=b.start, end=b.end) for b in document.blocks if b.kind == "caption"),
    )  # fmt: skip
