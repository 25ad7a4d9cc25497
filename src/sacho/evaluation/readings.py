"""One form for what is compared: the gold's reading, a second coder's and the program's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sacho.coding import Coding
from sacho.evaluation.gold import GoldContradiction, GoldEvent, GoldName, GoldReading
from sacho.lexicon import load
from sacho.lexicon.predicates import load_predicates
from sacho.records import Conflict, Event, Participant, Place, Quote, Record, Span


class Name(Record):
    """Who: a name, other names that count as right, and what the text calls him there."""

    name: str
    also: tuple[str, ...] = ()
    written: str = ""


class Proof(Record):
    """The rule that read a field, and the words."""

    field: str
    rule: str
    words: str


class EventReading(Record):
    """An event as somebody read it. `others` have a part of their own (carrier, host …), `attendees` are in
    their order; `spans` are the places where the words of the event may stand; `dates` and `places` all that count as right, the
    leading one first."""

    kind: str
    words: str
    spans: tuple[Span, ...]
    actor: tuple[Name, ...]
    recipient: tuple[Name, ...]
    others: tuple[Name, ...]
    attendees: tuple[Name, ...]
    symmetric: bool
    dates: tuple[str, ...]
    places: tuple[str, ...]
    status: str
    sources: tuple[str, ...]
    main: bool = False
    phenomena: tuple[str, ...] = ()
    confidence: float | None = None
    rule: str = ""
    proofs: tuple[Proof, ...] = ()

    @property
    def parties(self) -> tuple[Name, ...]:
        """Everybody but the attendees."""
        return (*self.actor, *self.recipient, *self.others)

    @property
    def everybody(self) -> tuple[Name, ...]:
        return (*self.parties, *self.attendees)


class QuoteReading(Record):
    """`starts` are the offsets at which the words may begin: one for a program, several where words recur. `speakers`
    are all that count as right, the leading one first."""

    words: str
    starts: tuple[int, ...]
    speakers: tuple[str, ...]
    via: tuple[str, ...]


class ConflictReading(Record):
    """`values` are, for each value, the places where its words may stand."""

    kind: str
    field: str
    words: tuple[str, ...]
    values: tuple[tuple[Span, ...], ...]


class Reading(Record):
    """A report as somebody read it. `forbidden` are words of which no occurred event may be made, with their places."""

    events: tuple[EventReading, ...]
    quotes: tuple[QuoteReading, ...]
    conflicts: tuple[ConflictReading, ...]
    forbidden: tuple[tuple[str, tuple[Span, ...]], ...] = ()
    failure: str = ""


def reading_of_gold(gold: GoldReading, text: str) -> Reading:
    """What a person wrote down, with the places of the words in the text."""
    return Reading(
        events=tuple(_gold_event(event, text) for event in gold.events),
        quotes=tuple(
            QuoteReading(
                words=q.starts, starts=tuple(s.start for s in _places(q.starts, text)),
                speakers=(q.speaker, *_several(q.speaker_alt)), via=q.via,
            )
            for q in gold.quotes
        ),
        conflicts=tuple(_gold_conflict(item, text) for item in gold.contradictions),
        forbidden=tuple((words, _places(words, text)) for words in gold.not_events),
    )


def reading_of_coding(coding: Coding) -> Reading:
    """What the program read."""
    return reading_of_events(coding.events, coding.annotated.quotes)


def reading_of_events(events: Sequence[Event], quotes: Sequence[Quote] = ()) -> Reading:
    """What records of the codebook's form say, whoever wrote them."""
    return Reading(
        events=tuple(_coded_event(event) for event in events),
        quotes=tuple(QuoteReading(words=q.quote, starts=(q.start,), speakers=(q.speaker,), via=q.via) for q in quotes),
        conflicts=tuple(_coded_conflict(event.kind, c) for event in events for c in event.conflicts),
    )


def _gold_event(event: GoldEvent, text: str) -> EventReading:
    third = tuple(p for p in event.participants if p.role != "attendee")
    listed = event.attendees or tuple(p for p in event.participants if p.role == "attendee")
    parties = len(event.who) + len(event.whom)
    return EventReading(
        kind=event.kind, words=event.trigger, spans=_places(event.trigger, text), actor=_names(event.who),
        recipient=_names(event.whom), others=_names(third), attendees=_names(listed),
        symmetric=_symmetric(event.kind, parties) if event.symmetric is None else event.symmetric,
        dates=(event.date, *_several(event.date_alt)), places=(event.place, *_several(event.place_alt)),
        status=event.status, sources=event.reported_by, main=event.main, phenomena=event.phenomena,
    )  # fmt: skip


def _symmetric(kind: str, parties: int) -> bool:
    entry = load_predicates().kinds[kind]
    return entry.symmetric or (bool(entry.joint_type) and parties > 1)


def _names(people: tuple[str | GoldName, ...] | tuple[GoldName, ...]) -> tuple[Name, ...]:
    return tuple(Name(name=p) if isinstance(p, str) else Name(name=p.name, also=p.also) for p in people)


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return ((value,) if value else ()) if isinstance(value, str) else value


def _places(words: str, text: str) -> tuple[Span, ...]:
    return tuple(Span(start=found.start(), end=found.end()) for found in re.finditer(re.escape(words.strip()), text))


def _gold_conflict(item: GoldContradiction, text: str) -> ConflictReading:
    return ConflictReading(
        kind=item.kind, field=item.field, words=item.values, values=tuple(_places(words, text) for words in item.values)
    )


def _coded_event(event: Event) -> EventReading:
    attendees = sorted((p for p in event.participants if p.role == "attendee"), key=lambda p: p.rank or 0)
    proofs = [e for e in event.evidence if e.field == "kind"]
    return EventReading(
        kind=event.kind, words=proofs[0].quote if proofs else "", spans=tuple(Span(start=e.start, end=e.end) for e in proofs),
        actor=_coded_names(event.actor), recipient=_coded_names(event.recipient),
        others=_coded_names(p for p in event.participants if p.role != "attendee"), attendees=_coded_names(attendees),
        symmetric=event.symmetric, dates=(event.date,), places=names_of_place(event.place),
        status=event.status.value, sources=event.sources, confidence=event.confidence, rule=event.rule,
        proofs=tuple(Proof(field=e.field, rule=e.rule, words=e.quote) for e in event.evidence),
    )  # fmt: skip


def names_of_place(place: Place | None) -> tuple[str, ...]:
    """Its names, the record's first: a gazetteer place goes by any that the gazetteer has."""
    if place is None:
        return ("",)
    entry = load().places.get(place.id)
    return (place.name,) if entry is None else (place.name, *entry.dprk, *entry.aliases)


def _coded_names(people: Iterable[Participant]) -> tuple[Name, ...]:
    return tuple(Name(name=p.name, written=p.as_written) for p in people if p.name)


def _coded_conflict(kind: str, conflict: Conflict) -> ConflictReading:
    return ConflictReading(
        kind=kind, field=conflict.field, words=tuple(v.value for v in conflict.values),
        values=tuple((Span(start=v.evidence.start, end=v.evidence.end),) for v in conflict.values),
    )  # fmt: skip
