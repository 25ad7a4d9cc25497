"""What the store answers: pages of events, one event with everything behind it, one report with its spans."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, and_, func, or_, select

from sacho.records import Claim, Document, Event, EventMention, Happening, Publication, Quote, Record
from sacho.store.assemble import document_of, event_by_id, events_at, mentions_of, publication_of, quotes_of
from sacho.store.bulk import chunks
from sacho.store.conditions import conditions
from sacho.store.connect import Store
from sacho.store.selection import Selection, SelectionError
from sacho.store.tables import document, event, happening, judgement, mention
from sacho.store.verdicts import Verdict, verdict_in


class Line(Record):
    """An event as a list shows it: its values in force, its report, its happening, its state of review."""

    number: int
    event: Event
    document: str
    title: str
    outlet: str | None
    published: str
    url: str | None
    happening: str | None
    reports: int
    independent: int
    contradictions: int
    review: str
    standing: str


class Page(Record):
    """Lines, newest first, and `next`, the key of the page that follows (empty at the end)."""

    lines: tuple[Line, ...]
    next: str = ""


class EventView(Record):
    """One event with all that stands behind it. `machine` is what the program read, if a person corrected it; `others` are the events
    of other reports that tell of the same happening; `verdicts` are everything that was ever decided about it, oldest first."""

    line: Line
    machine: Event | None
    mentions: tuple[EventMention, ...]
    claims: tuple[Claim, ...]
    happening: Happening | None
    others: tuple[Line, ...]
    verdicts: tuple[Verdict, ...]


class DocumentView(Record):
    """One report with everything that was read in it; `versions` are the ids of all versions of its address, oldest first."""

    document: Document
    publication: Publication
    title: str
    superseded: bool
    versions: tuple[str, ...]
    lines: tuple[Line, ...]
    mentions: tuple[EventMention, ...]
    claims: tuple[Claim, ...]
    quotes: tuple[Quote, ...]


def list_events(store: Store, selection: Selection | None = None, *, limit: int = 50, after: str = "", oldest_first: bool = False) -> Page:
    """A page of events. `after` is `Page.next` of the page before: pages hold however many events are added meanwhile.

    Raises `SelectionError` for a selection or a key that means nothing.
    """
    with store.read() as connection:
        where = conditions(store, connection, selection or Selection(), paged=True)
        order = (event.c.day, event.c.number)
        if after:
            day, number = _key(after)
            if oldest_first:
                where.append(or_(event.c.day > day, and_(event.c.day == day, event.c.number > number)))
            else:
                where.append(or_(event.c.day < day, and_(event.c.day == day, event.c.number < number)))
        query = select(event.c.number, event.c.day).where(*where)
        query = query.order_by(*(order if oldest_first else (c.desc() for c in order))).limit(limit + 1)
        rows = connection.execute(query).all()
        lines = lines_of(connection, [n for n, _ in rows[:limit]])
    return Page(lines=lines, next=f"{rows[limit - 1].day}.{rows[limit - 1].number}" if len(rows) > limit else "")


def count_events(store: Store, selection: Selection | None = None) -> int:
    """How many events are meant."""
    with store.read() as connection:
        where = conditions(store, connection, selection or Selection())
        return int(connection.execute(select(func.count()).select_from(event).where(*where)).scalar_one())


def find_event(store: Store, identity: str) -> EventView | None:
    """One event by its id, None if it is not there."""
    with store.read() as connection:
        row = connection.execute(select(event).where(event.c.id == identity)).mappings().one_or_none()
        if row is None:
            return None
        line = lines_of(connection, [row["number"]])[0]
        mentions, claims = _mentions(connection, row["number"], row["document"], line.document)
        others: list[int] = []
        held = None
        if row["happening"] is not None:
            query = select(event.c.number).where(event.c.happening == row["happening"], event.c.number != row["number"])
            others = list(connection.execute(query.order_by(event.c.day, event.c.number)).scalars())
            record = connection.execute(select(happening.c.record).where(happening.c.id == row["happening"])).scalar_one()
            held = msgspec.json.decode(record, type=Happening)
        decided = select(judgement).where(or_(judgement.c.event == identity, judgement.c.other == identity))
        verdicts = tuple(verdict_in(v) for v in connection.execute(decided.order_by(judgement.c.number)).mappings())
        machine = msgspec.json.decode(row["machine"], type=Event) if row["machine"] else None
        return EventView(
            line=line, machine=machine, mentions=mentions, claims=claims, happening=held, others=lines_of(connection, others),
            verdicts=verdicts,
        )  # fmt: skip


def read_event(store: Store, identity: str) -> Event | None:
    """One event's record by its id: the quickest read."""
    with store.read() as connection:
        return event_by_id(connection, identity)


def find_document(store: Store, identity: str) -> DocumentView | None:
    """One report by its id, None if it is not there."""
    with store.read() as connection:
        row = connection.execute(select(document).where(document.c.id == identity)).mappings().one_or_none()
        if row is None:
            return None
        numbers = connection.execute(
            select(event.c.number).where(event.c.document == row["number"], event.c.standing != "withdrawn").order_by(event.c.number)
        ).scalars().all()  # fmt: skip
        versions = connection.execute(
            select(document.c.id).where(document.c.version == row["version"]).order_by(document.c.number)
        ).scalars().all()  # fmt: skip
        mentions, claims = mentions_of(connection, row["number"], row["id"], row["text"])
        return DocumentView(
            document=document_of(connection, row), publication=publication_of(row), title=row["title"], superseded=bool(row["superseded"]),
            versions=tuple(versions), lines=lines_of(connection, list(numbers)), mentions=mentions, claims=claims,
            quotes=quotes_of(connection, row["number"], row["id"], row["text"]),
        )  # fmt: skip


def read_documents(store: Store, identities: Iterable[str]) -> dict[str, Document]:
    """Reports by id, without what was read in them; an id that is not there is left out."""
    out: dict[str, Document] = {}
    with store.read() as connection:
        for some in chunks(set(identities)):
            rows = connection.execute(select(document).where(document.c.id.in_(some))).mappings().all()
            out |= {row["id"]: document_of(connection, row) for row in rows}
    return out


def lines_of(connection: Connection, numbers: list[int]) -> tuple[Line, ...]:
    """Lines in the order of the numbers."""
    if not numbers:
        return ()
    events = events_at(connection, numbers)
    query = (
        select(event.c.number, document.c.id, document.c.title, document.c.outlet, document.c.published, document.c.url,
               event.c.happening, event.c.review, event.c.standing,
               happening.c.reports, happening.c.independent, happening.c.contradictions)
        .join(document, document.c.number == event.c.document)
        .outerjoin(happening, happening.c.id == event.c.happening)
        .where(event.c.number.in_(numbers))
    )  # fmt: skip
    rows = {row.number: row for row in connection.execute(query)}
    return tuple(
        Line(
            number=n, event=events[n], document=rows[n].id, title=rows[n].title, outlet=rows[n].outlet, published=rows[n].published,
            url=rows[n].url, happening=rows[n].happening, reports=rows[n].reports or 1, independent=rows[n].independent or 1,
            contradictions=rows[n].contradictions or 0, review=rows[n].review, standing=rows[n].standing,
        )
        for n in numbers
    )  # fmt: skip


def _key(after: str) -> tuple[str, int]:
    day, _, number = after.rpartition(".")
    if not number.isascii() or not number.isdigit():
        raise SelectionError(f"{after!r} is not the key of a page; take the one that the page before gave.")
    return day, int(number)


def _mentions(
    connection: Connection, number: int, home: int, identity: str
) -> tuple[tuple[EventMention, ...], tuple[Claim, ...]]:
    text = connection.execute(select(document.c.text).where(document.c.number == home)).scalar_one()
    ours = set(connection.execute(select(mention.c.id).where(mention.c.event == number)).scalars())
    mentions, claims = mentions_of(connection, home, identity, text)
    return tuple(m for m in mentions if m.id in ours), tuple(c for c in claims if c.mention in ours)
