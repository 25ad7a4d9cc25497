"""What went wrong, one entry an error, by cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sacho.evaluation.matching import same_speaker
from sacho.evaluation.measures import (
    HAPPENED,
    Comparison,
    attendees_right,
    broken_bans,
    date_right,
    on_right_side,
    participants_right,
    place_right,
    same_chain,
)
from sacho.evaluation.readings import EventReading, Name, QuoteReading
from sacho.records import Record

CAUSES = (
    "not read", "missed", "spurious", "made of no event", "wrong kind", "wrong participant", "wrong side", "wrong date",
    "wrong place", "wrong status", "wrong sources", "wrong attendees", "missed quote", "spurious quote", "wrong speaker",
    "missed conflict", "spurious conflict",
)  # fmt: skip


class Fault(Record):
    """One error. `words` are those of the event or quotation; `want` is the gold's value, `got` the one read."""

    report: str
    cause: str
    words: str
    kind: str = ""
    want: str = ""
    got: str = ""
    rule: str = ""


def faults(comparison: Comparison) -> tuple[Fault, ...]:
    """Every error of one report, each once and under one cause: an event read at the right words as the wrong kind
    or with nobody right is that, and not missed and spurious as well."""
    if comparison.read.failure:
        return (Fault(report=comparison.report, cause="not read", words="", got=comparison.read.failure),)
    return (*_events(comparison), *_quotes(comparison), *_conflicts(comparison))


def _events(comparison: Comparison) -> Iterator[Fault]:
    gold, read = comparison.gold.events, comparison.read.events
    for i, j in sorted((*comparison.pairs, *comparison.misread)):
        yield from _misreadings(comparison.report, gold[i], read[j])
    seen = {i for i, _ in (*comparison.pairs, *comparison.misread)}
    for i, event in enumerate(gold):
        if i not in seen:
            yield Fault(report=comparison.report, cause="missed", words=event.words, kind=event.kind, want=_told(event))
    used = {j for _, j in (*comparison.pairs, *comparison.misread)}
    banned = {j for _, j in broken_bans(comparison)}
    for j, event in enumerate(read):
        if j not in used:
            cause = "made of no event" if j in banned else "spurious"
            yield Fault(
                report=comparison.report, cause=cause, words=event.words, kind=event.kind, got=_told(event), rule=event.rule
            )


def _misreadings(report: str, gold: EventReading, read: EventReading) -> Iterator[Fault]:
    """What is wrong in an event that was found."""

    def fault(cause: str, want: str, got: str, field: str) -> Fault:
        rule = next((p.rule for p in read.proofs if p.field == field), read.rule)
        return Fault(report=report, cause=cause, words=gold.words, kind=gold.kind, want=want, got=got, rule=rule)

    if gold.kind != read.kind:
        yield fault("wrong kind", gold.kind, read.kind, "kind")
    right, both = on_right_side(gold, read)
    if not participants_right(gold, read):
        yield fault("wrong participant", _names(gold.parties), _names(read.parties), "actor")
    if not gold.symmetric and right < both:
        yield fault("wrong side", _sides(gold), _sides(read), "actor")
    if not date_right(gold, read):
        yield fault("wrong date", " or ".join(gold.dates), read.dates[0], "date")
    if not place_right(gold, read):
        yield fault("wrong place", " or ".join(gold.places), read.places[0], "place")
    if gold.status != read.status:
        yield fault("wrong status", gold.status, read.status, "status")
    if not same_chain(gold.sources, read.sources):
        yield fault("wrong sources", " > ".join(gold.sources), " > ".join(read.sources), "sources")
    if not attendees_right(gold, read):
        yield fault("wrong attendees", _names(gold.attendees), _names(read.attendees), "participants")


def _quotes(comparison: Comparison) -> Iterator[Fault]:
    gold, read, report = comparison.gold.quotes, comparison.read.quotes, comparison.report
    for i, j in comparison.quotes:
        if not same_speaker(gold[i], read[j]):
            yield Fault(report=report, cause="wrong speaker", words=gold[i].words, want=_one_of(gold[i]), got=read[j].speakers[0])
    for i, quote in enumerate(gold):
        if i not in {pair[0] for pair in comparison.quotes}:
            yield Fault(report=report, cause="missed quote", words=quote.words, want=_one_of(quote))
    for j, quote in enumerate(read):
        if j not in {pair[1] for pair in comparison.quotes}:
            yield Fault(report=report, cause="spurious quote", words=quote.words, got=quote.speakers[0])


def _conflicts(comparison: Comparison) -> Iterator[Fault]:
    gold, read, report = comparison.gold.conflicts, comparison.read.conflicts, comparison.report
    for i, item in enumerate(gold):
        if i not in {pair[0] for pair in comparison.conflicts}:
            words = " ≠ ".join(item.words)
            yield Fault(report=report, cause="missed conflict", words=words, kind=item.kind, want=item.field)
    for j, item in enumerate(read):
        if j not in {pair[1] for pair in comparison.conflicts}:
            words = " ≠ ".join(item.words)
            yield Fault(report=report, cause="spurious conflict", words=words, kind=item.kind, got=item.field)


def _one_of(quote: QuoteReading) -> str:
    return " or ".join(quote.speakers)


def _told(event: EventReading) -> str:
    status = "" if event.status in HAPPENED[:1] else f" ({event.status})"
    return f"{_sides(event)} {event.dates[0]}{status}".strip()


def _sides(event: EventReading) -> str:
    return _names(event.actor) + (f" → {_names(event.recipient)}" if event.recipient else "")


def _names(people: Iterable[Name]) -> str:
    return ", ".join(person.name for person in people)
