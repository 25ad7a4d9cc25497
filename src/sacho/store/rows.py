"""Records into rows and back. A row is a tuple in the order of its table's columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Any

import msgspec

from sacho.records import Claim, Conflict, Document, Event, EventMention, Evidence, Participant, Quote
from sacho.resolve.days import days_of
from sacho.store.reading import Reading, version_of
from sacho.store.tables import (
    credit,
    dyad,
    event_place,
    evidence,
    participant,
)

Row = tuple[object, ...]
Batch = dict[str, list[Row]]  # table name -> rows
OF_EVENT = (participant, credit, dyad, event_place, evidence)  # tables that hang on an event


def as_json(value: object) -> str:
    return msgspec.json.encode(value).decode()


@lru_cache(maxsize=1 << 14)
def names_json(names: tuple[str, ...]) -> str:
    """JSON of a few names, which are mostly the same ones."""
    return as_json(names)


class Keys(msgspec.Struct, kw_only=True):
    """The numbers that a reading's rows get."""

    document: int
    run: int
    change: int
    events: dict[str, int]  # event id -> number
    mentions: int  # number of the first mention


def document_row(reading: Reading, keys: Keys, coding: str, *, supersedes: int | None, superseded: bool) -> Row:
    d, p = reading.document, reading.publication
    return (
        keys.document, d.id, version_of(d), supersedes, int(superseded), d.origin, d.outlet, d.url, d.published, p.value, int(p.inferred),
        as_json((p.evidence, p.reason)), title_of(d), len(d.text), d.text, as_json(reading.unreported), coding, keys.run,
    )  # fmt: skip


def title_of(document: Document) -> str:
    """The headline; without one, the first line."""
    for block in document.blocks:
        if block.kind == "headline":
            return document.text[block.start : block.end].strip()
    return document.text.strip().partition("\n")[0][:120]


def block_rows(document: Document, number: int) -> list[Row]:
    size = len(document.text)
    return [
        (number, i, size, b.kind.value, b.start, b.end, as_json([(r.start, r.end) for r in b.repeats]) if b.repeats else "[]")
        for i, b in enumerate(document.blocks)
    ]  # fmt: skip


def attribution_rows(reading: Reading, number: int) -> list[Row]:
    return [(number, as_json(reading.attributions))] if reading.attributions else []


def quote_rows(quotes: Iterable[Quote], number: int, size: int) -> list[Row]:
    return [
        (q.id, number, size, q.start, q.end, q.speaker, names_json(q.via), q.addressee, q.normalized, as_json(q.glosses))
        for q in quotes
    ]  # fmt: skip


def mention_rows(reading: Reading, keys: Keys) -> tuple[list[Row], list[Row]]:
    """Rows of mentions and of their claims."""
    size = len(reading.document.text)
    homes = homes_of(reading.mentions, reading.events)
    numbers = {m.id: keys.mentions + i for i, m in enumerate(reading.mentions)}
    claimed = {c.mention for c in reading.claims}  # the evidence of the others stands nowhere else
    mentions: list[Row] = [
        (numbers[m.id], m.id, keys.document, size, keys.events.get(homes.get(m.id, "")), m.start, m.end, m.kind, m.status.value,
         m.block.value, m.weight, m.rule, as_json(msgspec.structs.replace(m, evidence=()) if m.id in claimed else m))
        for m in reading.mentions
    ]  # fmt: skip
    positions: dict[int, int] = {}
    claims: list[Row] = []
    for c in reading.claims:
        home = numbers[c.mention]
        position = positions[home] = positions.get(home, -1) + 1
        claims.append((home, position, keys.document, size, c.field, c.value, c.start, c.end, c.rule, names_json(c.sources)))
    return mentions, claims


def homes_of(mentions: Sequence[EventMention], events: Sequence[Event]) -> dict[str, str]:
    """The event that each mention belongs to: the one that has its trigger among its evidence, of the same kind if there
    are several. A mention that names too little to belong to one is left out."""
    by_words: dict[tuple[int, int], list[Event]] = {}
    for e in events:
        for proof in e.evidence:
            if proof.field == "kind":
                by_words.setdefault((proof.start, proof.end), []).append(e)
    homes = {}
    for m in mentions:
        spans = [(p.start, p.end) for p in m.evidence if p.field == "kind"] or [(m.start, m.end)]
        fitting = [e for span in spans for e in by_words.get(span, ())]
        if fitting:
            homes[m.id] = min(fitting, key=lambda e: e.kind != m.kind).id
    return homes


def event_row(e: Event, keys: Keys, *, published: str, review: str, standing: str, machine: str | None) -> Row:
    """The row of an event whose values are those in force; it stands alone until it is resolved."""
    days = days_of(e.date)
    first = _iso(days.first) if days else None
    last = _iso(days.last) if days else None
    p = e.place
    place = (
        (p.id, p.name, p.name_en, p.country, names_json(p.within), p.lat, p.lon, p.precision) if p is not None else (None,) * 8
    )  # fmt: skip
    return (
        keys.events[e.id], e.id, keys.document, e.kind, e.type, e.mode, names_json(e.contexts), e.status.value, int(e.symmetric),
        e.date, first, last, first or published, e.time, *place, e.instrument, names_json(e.topic), e.confidence, e.cameo, e.goldstein,
        e.quad, e.rule, e.gloss.en, e.gloss.ko, conflicts_out(e.conflicts), None, 1, review, standing, machine, keys.run, keys.change,
    )  # fmt: skip


def hanging_rows(e: Event, number: int, document_number: int, size: int, batch: Batch) -> None:
    """Add the rows of everything that hangs on an event to `batch`."""
    people = batch["participant"]
    for side, who in (("actor", e.actor), ("recipient", e.recipient), ("other", e.participants)):
        for i, p in enumerate(who):
            people.append((number, side, i, p.id, p.name, p.as_written, p.name_en, p.country, p.sector, p.office, p.role, p.rank))
    names = batch["credit"]
    for i, name in enumerate(e.sources):
        names.append((number, "source", i, name))
    for i, name in enumerate(e.outlets):
        names.append((number, "outlet", i, name))
    batch["dyad"] += [(number, a, b) for a, b in dyads_of(e)]
    batch["event_place"] += [(number, i, name) for i, name in enumerate(places_of(e))]
    batch["evidence"] += [
        (number, i, document_number, size, p.field, p.start, p.end, p.rule) for i, p in enumerate(e.evidence)
    ]  # fmt: skip


def dyads_of(e: Event) -> list[tuple[str, str]]:
    """Pairs of states that face each other: actor and recipient, and all parties of a symmetric act, in the alphabet's order."""
    actors = [p.country for p in e.actor if p.country]
    facing = [(a, p.country) for a in actors for p in e.recipient if p.country]
    if e.symmetric:
        facing += combinations([*actors, *(p.country for p in e.recipient if p.country)], 2)
    return sorted({(min(pair), max(pair)) for pair in facing if pair[0] != pair[1]})


def places_of(e: Event) -> list[str]:
    """The place of an event and those around it, the narrowest first, each once."""
    return list(dict.fromkeys((e.place.name, *e.place.within))) if e.place is not None else []


@lru_cache(maxsize=1 << 14)
def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


# ---------------------------------------------------------------- back


def conflicts_out(conflicts: Sequence[Conflict]) -> str:
    """JSON without the words: each value with its span."""
    if not conflicts:
        return "[]"
    return as_json([
        (c.field, [(v.value, v.sources, v.block, v.evidence.field, v.evidence.start, v.evidence.end, v.evidence.rule) for v in c.values])
        for c in conflicts
    ])  # fmt: skip


_Conflicts = list[tuple[str, list[tuple[str, tuple[str, ...], str, str, int, int, str]]]]


def conflicts_in(value: str, document_id: str, words: str) -> tuple[Conflict, ...]:
    """The inverse, with the words cut from the text."""
    if value == "[]":
        return ()
    from sacho.records import ConflictValue

    return tuple(
        Conflict(field=field, values=tuple(
            ConflictValue(value=v, sources=sources, block=block, evidence=Evidence(
                document=document_id, field=of, start=start, end=end, quote=words[start:end], rule=rule))
            for v, sources, block, of, start, end, rule in values
        ))
        for field, values in msgspec.json.decode(value, type=_Conflicts)
    )  # fmt: skip


def participant_in(row: Sequence[Any]) -> Participant:
    """A participant of (entity, name, as_written, name_en, country, sector, office, role, rank)."""
    entity, name, as_written, name_en, country, sector, office, role, rank = row
    return Participant(id=entity, name=name, as_written=as_written, name_en=name_en, country=country, sector=sector, office=office,
                       role=role, rank=rank)  # fmt: skip


def claim_in(row: Sequence[object], mention_id: str, document_id: str) -> Claim:
    """A claim of (field, value, start, end, rule, sources)."""
    field, value, start, end, rule, sources = row
    return msgspec.convert(
        {"document": document_id, "mention": mention_id, "field": field, "value": value, "start": start, "end": end, "rule": rule,
         "sources": msgspec.json.decode(str(sources))}, Claim)  # fmt: skip
