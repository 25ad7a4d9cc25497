"""Does a reading that another program wrote hold together? One sentence for the first fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from sacho.lexicon.predicates import load_predicates
from sacho.records import Event, Evidence, Quote, Span
from sacho.store import Reading


def fault(reading: Reading) -> str:
    """What is wrong, without a full stop; empty if the store can keep it."""
    return next(chain(_spans(reading), _events(reading), _quotes(reading.quotes, reading)), "")


def _spans(reading: Reading) -> Iterator[str]:
    size = len(reading.document.text)
    if not reading.document.text.strip():
        yield "has no text; write it with `--documents`"
    named = [*((b.start, b.end) for b in reading.document.blocks), *((s.start, s.end) for s in reading.publication.evidence)]
    named += [(m.start, m.end) for m in reading.mentions] + [(c.start, c.end) for c in reading.claims]
    for start, end in named:
        if not 0 <= start <= end <= size:
            yield f"names a stretch {start}–{end}, but its text has {size} characters; offsets are counted in code points"
    mentions = {m.id for m in reading.mentions}
    for claim in reading.claims:
        if claim.mention not in mentions:
            yield f"has a claim of the mention {claim.mention}, which is not there; keep the lines of a report together"
        if claim.start == claim.end:
            yield f"has a claim without words (field {claim.field}); give the stretch it was read from"


def _events(reading: Reading) -> Iterator[str]:
    seen: set[str] = set()
    kinds = load_predicates().kinds
    for event in (*reading.events, *reading.withdrawn):
        if event.id in seen:
            yield f"has two events with the id {event.id}; give each its own"
        seen.add(event.id)
        if event.kind not in kinds:
            yield f"has the event {event.id} of the kind {event.kind!r}; a kind is one of {', '.join(kinds)}"
        if not 0 <= event.confidence <= 1:
            yield f"has the event {event.id} with the confidence {event.confidence}; it lies between 0 and 1"
        proofs = (*event.evidence, *(v.evidence for c in event.conflicts for v in c.values))
        for words in proofs:
            if fault_found := _words(words, event, reading):
                yield fault_found


def _words(proof: Evidence, event: Event, reading: Reading) -> str:
    if proof.document != reading.document.id:
        return f"has the event {event.id} with evidence from another report ({proof.document}); an event belongs to one report"
    if not _stands(Span(start=proof.start, end=proof.end), proof.quote, reading.document.text):
        return (f"has the event {event.id} with evidence ({proof.field}, {proof.start}–{proof.end}) that does not stand there in the text; "
                "offsets are counted in code points")  # fmt: skip
    return ""


def _quotes(quotes: Iterable[Quote], reading: Reading) -> Iterator[str]:
    seen: set[str] = set()
    for quote in quotes:
        if quote.id in seen:
            yield f"has two quotes with the id {quote.id}; give each its own"
        seen.add(quote.id)
        if not _stands(Span(start=quote.start, end=quote.end), quote.quote, reading.document.text):
            yield (f"has the quote {quote.id} ({quote.start}–{quote.end}) that does not stand there in the text; "
                   "offsets are counted in code points")  # fmt: skip


def _stands(span: Span, words: str, text: str) -> bool:
    return 0 <= span.start < span.end <= len(text) and text[span.start : span.end] == words
