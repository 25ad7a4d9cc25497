"""Readings back out of the store: each report with everything that was read in it, as it went in."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec
from sqlalchemy import Connection, RowMapping, select

from sacho.records import Document, Event, Record
from sacho.store.assemble import attributions_of, document_of, events_at, mentions_of, publication_of, quotes_of, unreported_of
from sacho.store.conditions import conditions
from sacho.store.connect import Store
from sacho.store.query import Line, lines_of
from sacho.store.reading import Reading
from sacho.store.selection import Selection
from sacho.store.tables import document, event, judgement, morphemes
from sacho.store.verdicts import Verdict, verdict_in
from sacho.store.words import Morphemes, unpacked

_AT_ONCE = 100  # documents


class Stored(Reading):
    """A reading as the store has it. `events` and `withdrawn` are what the program read; `shown` are the current or superseded events with
    the values in force, in the order of `events`; `reviews` their states of review."""

    shown: tuple[Event, ...] = ()
    reviews: tuple[str, ...] = ()
    superseded: bool = False


def read_readings(store: Store, documents: Collection[str] | None = None) -> Iterator[Stored]:
    """Every report, or those with these ids, in the order in which they came; memory does not grow with the store."""
    with store.read() as connection:
        last = 0
        while True:
            query = select(document).where(document.c.number > last)
            if documents is not None:
                query = query.where(document.c.id.in_(documents))
            rows = connection.execute(query.order_by(document.c.number).limit(_AT_ONCE)).mappings().all()
            if not rows:
                return
            last = rows[-1]["number"]
            yield from _stored(connection, rows)


def read_verdicts(store: Store) -> Iterator[Verdict]:
    """Every judgement in the order in which they were made."""
    with store.read() as connection:
        for row in connection.execute(select(judgement).order_by(judgement.c.number)).mappings():
            yield verdict_in(row)


def _stored(connection: Connection, rows: Collection[RowMapping]) -> Iterator[Stored]:
    numbers = [row["number"] for row in rows]
    query = select(event.c.number, event.c.document, event.c.standing, event.c.review, event.c.machine)
    found = connection.execute(query.where(event.c.document.in_(numbers)).order_by(event.c.number)).all()
    shown = events_at(connection, [row.number for row in found])
    words = _words(connection, numbers)
    spoken = attributions_of(connection, numbers)
    for row in rows:
        number, identity, text = row["number"], row["id"], row["text"]
        mine = [e for e in found if e.document == number]
        read = {e.number: msgspec.json.decode(e.machine, type=Event) if e.machine else shown[e.number] for e in mine}
        mentions, claims = mentions_of(connection, number, identity, text)
        kept = [e for e in mine if e.standing != "withdrawn"]
        yield Stored(
            document=document_of(connection, row), publication=publication_of(row), events=tuple(read[e.number] for e in kept),
            mentions=mentions, claims=claims, quotes=quotes_of(connection, number, identity, text), unreported=unreported_of(row),
            attributions=spoken.get(number, ()), morphemes=words.get(number),
            withdrawn=tuple(read[e.number] for e in mine if e.standing == "withdrawn"),
            shown=tuple(shown[e.number] for e in kept), reviews=tuple(e.review for e in kept), superseded=bool(row["superseded"]),
        )  # fmt: skip


def _words(connection: Connection, numbers: Collection[int]) -> dict[int, Morphemes]:
    query = select(morphemes.c.document, morphemes.c.tokenizer, morphemes.c.record).where(morphemes.c.document.in_(numbers))
    return {number: unpacked(tokenizer, record) for number, tokenizer, record in connection.execute(query)}


class Chosen(Record):
    """A report (its day given or inferred) with those of its events that are meant, in the order in which they came."""

    document: Document
    lines: tuple[Line, ...]


def read_chosen(store: Store, selection: Selection | None = None) -> Iterator[Chosen]:
    """The reports that have events which are meant, in the order in which they came; memory does not grow with them. Raises
    `SelectionError`."""
    with store.read() as connection:
        where = conditions(store, connection, selection or Selection())
        last = 0
        while True:
            some = select(event.c.document).where(*where, event.c.document > last).distinct().order_by(event.c.document).limit(_AT_ONCE)
            homes = connection.execute(some).scalars().all()
            if not homes:
                return
            last = homes[-1]
            query = select(event.c.number).where(*where, event.c.document.in_(homes)).order_by(event.c.document, event.c.number)
            lines = lines_of(connection, list(connection.execute(query).scalars()))
            for row in connection.execute(select(document).where(document.c.number.in_(homes)).order_by(document.c.number)).mappings():
                known = msgspec.structs.replace(document_of(connection, row), published=row["given"] or row["published"] or None)
                yield Chosen(document=known, lines=tuple(line for line in lines if line.document == known.id))
