"""What other coders, people or programs, read in the reports of the store: kept beside what Sacho read, never mixed with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec
from sqlalchemy import Connection, delete, func, select

from sacho.records import Event, Quote, Record
from sacho.store.bulk import chunks, insert_rows
from sacho.store.connect import Store, StoreError
from sacho.store.rows import as_json
from sacho.store.tables import coder_event, document

OURS = ("sacho", "review")  # what the program read, and what reviewers made of it: coders that are always there


class GoldFile(Record):
    """A gold report as it was written (docs/gold.md): the name of the two files and what they hold."""

    name: str
    report: str
    reading: str


class CoderReport(Record):
    """What a coder read in one report: events (and quotes) by the names of the codebook, or a gold report. Nothing at all says that the
    coder found nothing to record."""

    coder: str
    document: str
    at: str
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()
    gold: GoldFile | None = None


class _Kept(Record):
    quotes: tuple[Quote, ...] = ()
    gold: GoldFile | None = None


def put_coder_reports(store: Store, reports: Sequence[CoderReport]) -> int:
    """Keep them; what the same coder read in the same report before is replaced. Returns how many changed something. Raises `StoreError` if
    one is of a report that is not there, or if a coder uses an id twice; nothing is changed then."""
    with store.write() as connection:
        numbers = _numbers(connection, {r.document for r in reports})
        held = {(r.coder, r.document): r for r in _read(connection, None, {r.document for r in reports})}
        fresh = [r for r in reports if not _same(held.get((r.coder, r.document)), r)]
        for report in fresh:
            if report.document not in numbers:
                raise StoreError(f"{store.name} has no report {report.document}; code it first with `sacho code --store`.")
            mine = (coder_event.c.coder == report.coder) & (coder_event.c.document == numbers[report.document])
            connection.execute(delete(coder_event).where(mine))
        _refuse_twice(connection, fresh)
        for report in fresh:
            home = numbers[report.document]
            rows = [(report.coder, e.id, home, as_json(e), report.at) for e in report.events]
            kept = _Kept(quotes=report.quotes, gold=report.gold)
            insert_rows(connection, coder_event, [(report.coder, report.document, home, as_json(kept), report.at), *rows])
        if fresh:
            store.next_change(connection)
    return len(fresh)


def read_coder_reports(
    store: Store, coders: Collection[str] | None = None, documents: Collection[str] | None = None
) -> Iterator[CoderReport]:
    """What coders read (all, or these), by coder, then in the order in which the reports came; events in the order of the text."""
    with store.read() as connection:
        yield from _read(connection, coders, documents)


def count_coder_reports(store: Store) -> dict[str, int]:
    """How many reports each coder read."""
    with store.read() as connection:
        query = select(coder_event.c.coder, func.count(coder_event.c.document.distinct())).group_by(coder_event.c.coder)
        return {coder: count for coder, count in connection.execute(query.order_by(coder_event.c.coder))}


def _read(connection: Connection, coders: Collection[str] | None, documents: Collection[str] | None) -> Iterator[CoderReport]:
    query = select(coder_event.c.coder, document.c.id, coder_event.c.id, coder_event.c.record, coder_event.c.at)
    query = query.join(document, document.c.number == coder_event.c.document)
    if coders is not None:
        query = query.where(coder_event.c.coder.in_(coders))
    query = query.order_by(coder_event.c.coder, coder_event.c.document, coder_event.c.id)
    found: dict[tuple[str, str], tuple[str, _Kept, list[Event]]] = {}
    parts = [query] if documents is None else [query.where(document.c.id.in_(some)) for some in chunks(sorted(documents))]
    for part in parts:
        for coder, home, identity, record, at in connection.execute(part):
            _, kept, events = found.setdefault((coder, home), (at, _Kept(), []))
            if identity == home:
                found[coder, home] = (at, msgspec.json.decode(record, type=_Kept), events)
            else:
                events.append(msgspec.json.decode(record, type=Event))
    for (coder, home), (at, kept, events) in found.items():
        yield _ordered(CoderReport(coder=coder, document=home, at=at, events=tuple(events), quotes=kept.quotes, gold=kept.gold))


def _same(held: CoderReport | None, given: CoderReport) -> bool:
    return held is not None and held == msgspec.structs.replace(_ordered(given), at=held.at)


def _ordered(report: CoderReport) -> CoderReport:
    events = sorted(report.events, key=lambda e: (min((p.start for p in e.evidence if p.field == "kind"), default=0), e.id))
    return msgspec.structs.replace(report, events=tuple(events))


def _numbers(connection: Connection, documents: Iterable[str]) -> dict[str, int]:
    out: dict[str, int] = {}
    for some in chunks(sorted(documents)):
        out |= {i: n for i, n in connection.execute(select(document.c.id, document.c.number).where(document.c.id.in_(some)))}
    return out


def _refuse_twice(connection: Connection, reports: Sequence[CoderReport]) -> None:
    seen: set[tuple[str, str]] = set()
    for report in reports:
        for event in report.events:
            if (report.coder, event.id) in seen or event.id == report.document:
                raise StoreError(f"{report.coder} gives two events the id {event.id}; give each its own.")
            seen.add((report.coder, event.id))
    for coder in {coder for coder, _ in seen}:
        for some in chunks(sorted(identity for who, identity in seen if who == coder)):
            query = select(coder_event.c.id).where(coder_event.c.coder == coder, coder_event.c.id.in_(some)).limit(1)
            there = connection.execute(query).scalar_one_or_none()
            if there is not None:
                raise StoreError(f"{coder} gives the id {there} to events of two reports; give each its own.")
