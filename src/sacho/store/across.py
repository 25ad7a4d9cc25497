"""Happenings with everything that reports tell of them, read from the store piece by piece: what `sacho.analysis` works on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
import numpy as np
from sqlalchemy import Connection, select

from sacho.records import Event, Happening, Report
from sacho.resolve.clusters import Resolution, Telltale
from sacho.resolve.days import days_of
from sacho.resolve.happenings import Resolved
from sacho.resolve.lifecycle import CHOICES, links_of
from sacho.resolve.tellings import tellings_of
from sacho.store.assemble import events_at, reports_at
from sacho.store.bulk import chunks
from sacho.store.connect import Store
from sacho.store.cube import cube_of
from sacho.store.cube_columns import Cube, Mask
from sacho.store.facets import Meant, has_one, is_one
from sacho.store.overview import ordered
from sacho.store.search import matching
from sacho.store.selection import Selection
from sacho.store.tables import credit, document, event, happening
from sacho.store.verdicts import pairs_in_force

_SPAN = 45  # days that the day of a happening may be apart from the one that links look at (its last, or that of its report)


def newest(store: Store, connection: Connection, selection: Selection, limit: int) -> list[str]:
    """Ids of the happenings meant, the newest first."""
    cube = cube_of(store, connection)
    mask = Meant(store, connection, cube, msgspec.structs.replace(selection, each="happening")).total
    order = ordered(cube, "-date")
    values = cube.codes["happening"].values
    found = (values[code] for code in cube.single["happening"][order[mask[order]]])
    return [identity for identity, _ in zip((i for i in found if i), range(limit), strict=False)]


def contested(connection: Connection, *, since: str = "", until: str = "", limit: int) -> tuple[Happening, ...]:
    """Happenings on which reports differ, the newest first. `since`, `until` are ISO days."""
    query = select(happening.c.record).where(happening.c.contradictions > 0)
    if since:
        query = query.where(happening.c.last_reported >= since)
    if until:
        query = query.where(happening.c.date <= until + "~")  # a month or an interval that begins by then
    rows = connection.execute(query.order_by(happening.c.date.desc(), happening.c.id).limit(limit)).scalars()
    return tuple(msgspec.json.decode(r, type=Happening) for r in rows)


def contested_fields(connection: Connection, identities: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The fields on which reports differ, by happening; those on which none do are left out."""
    out: dict[str, tuple[str, ...]] = {}
    for some in chunks(sorted(set(identities))):
        rows = connection.execute(select(happening.c.record).where(happening.c.id.in_(some), happening.c.contradictions > 0)).scalars()
        for held in (msgspec.json.decode(r, type=Happening) for r in rows):
            out[held.id] = tuple(dict.fromkeys(c.field for c in held.contradictions))
    return out


def happening_at(connection: Connection, identity: str) -> Happening | None:
    """A happening by its id or that of one of its events, None if it is not there."""
    home = connection.execute(select(event.c.happening).where(event.c.id == identity)).scalar_one_or_none() or identity
    record = connection.execute(select(happening.c.record).where(happening.c.id == home)).scalar_one_or_none()
    return msgspec.json.decode(record, type=Happening) if record is not None else None


def resolved_of(
    connection: Connection, identities: Iterable[str], *, joins: bool = False, bare: bool = False, links: bool = True, spoken: bool = True
) -> Resolved:
    """Happenings by id with their events, reports and the links among them; `joins` also works out why each event is where it is. `bare`
    reads only what links are made of: events with the words of their kind alone, and as without `spoken` reports without quotes and
    attributions. `links` are left out if they are not wanted."""
    ids = sorted(set(identities))
    held: dict[str, Happening] = {}
    homes: dict[int, int] = {}
    for some in chunks(ids):
        for record in connection.execute(select(happening.c.record).where(happening.c.id.in_(some))).scalars():
            one = msgspec.json.decode(record, type=Happening)
            held[one.id] = one
        homes |= {n: home for n, home in connection.execute(select(event.c.number, event.c.document).where(event.c.happening.in_(some)))}
    reports = _told(connection, homes, bare=bare, spoken=spoken and not bare)
    told = {e.id: (e, r) for r in reports.values() for e in r.events}
    happenings = tuple(sorted(held.values(), key=lambda h: (h.date or h.first_reported or "9", h.id)))
    found: tuple[Telltale, ...] = ()
    if joins:
        resolution = Resolution(pairs_in_force(connection, told))
        resolution.add(tellings_of(reports.values()))
        found = tuple(resolution.joins())
    return Resolved(happenings=happenings, links=links_of(happenings, told) if links else (), reports=reports, joins=found)


def _told(connection: Connection, homes: dict[int, int], *, bare: bool = False, spoken: bool = True) -> dict[str, Report]:
    """Reports by document id with these events (number: document) only."""
    events = events_at(connection, sorted(homes), proofs=("kind",) if bare else ())
    by_home: dict[int, list[Event]] = {}
    for number, one in events.items():
        by_home.setdefault(homes[number], []).append(one)
    reports = reports_at(connection, by_home, spoken=spoken)
    return {r.document: msgspec.structs.replace(r, events=tuple(by_home[n])) for n, r in reports.items()}


def near(store: Store, connection: Connection, one: Happening, limit: int = 60) -> list[str]:
    """Ids of happenings that its links depend on: those it may be linked with and those that may be chosen in its place, of the same
    people or states, the nearest in time first."""
    days = days_of(one.date) if one.date else days_of(one.first_reported)
    cube = cube_of(store, connection)
    reach = _reach(one.kind)
    if days is None or not cube.size or not reach:
        return []
    people = [p.id for p in (*one.actor, *one.recipient)]
    states = [p.country for p in (*one.actor, *one.recipient) if p.country]
    apart = np.abs(cube.single["day"] - days.first)
    fitting = np.zeros(cube.size, np.bool_)
    for within in sorted(set(reach.values())):
        fitting |= is_one(cube, "kind", [kind for kind in reach if reach[kind] == within]) & (apart <= within + _SPAN)
    same = has_one(cube, "participant", people) | _has_all(cube, "country", states)
    positions = np.flatnonzero(fitting & same & (cube.single["lead"] == 1) & (cube.single["day"] > 0))
    values = cube.codes["happening"].values
    nearest = positions[np.argsort(apart[positions], kind="stable")][:limit]
    return [values[c] for c in cube.single["happening"][nearest] if values[c] and values[c] != one.id]


def _reach(kind: str) -> dict[str, int]:
    """The kinds on which the links of a kind depend, and how many days away."""
    out: dict[str, int] = {}
    for choice in CHOICES:
        other = (choice.chosen if kind in choice.choosing else ()) + ((*choice.choosing, *choice.chosen) if kind in choice.chosen else ())
        out |= {k: max(choice.days, out.get(k, 0)) for k in other}
    return out


def _has_all(cube: Cube, name: str, values: Sequence[str]) -> Mask:
    out = np.full(cube.size, len(values) > 1, np.bool_)
    for value in set(values):
        out &= has_one(cube, name, [value])
    return out


def reported_near(connection: Connection, since: str, until: str) -> tuple[Report, ...]:
    """Who reported something on which day between two ISO days, and who was credited: reports without text or events, one a
    day and name."""
    where = (document.c.published >= since, document.c.published <= until)
    own = select(document.c.published, document.c.outlet).where(*where, document.c.outlet.is_not(None)).distinct()
    credited = credit.c.kind + "" == "source"  # no column, or SQLite would begin with all sources there are
    through = (
        select(document.c.published, credit.c.name).join(event, event.c.document == document.c.number)
        .join(credit, credit.c.event == event.c.number).where(*where, credited).distinct()
    )  # fmt: skip
    rows = {(day, name) for query in (own, through) for day, name in connection.execute(query)}
    return tuple(
        Report(document=f"day:{day} {name}", version="", outlet=name, published=day, text="", events=()) for day, name in sorted(rows)
    )


def silent(connection: Connection, *, since: str = "", until: str = "", limit: int) -> tuple[Report, ...]:
    """Reports that say that somebody did not report, the newest first."""
    query = select(document.c.number).where(document.c.unreported != "[]", document.c.superseded == 0)
    query = query.where(document.c.published >= since, document.c.published <= (until or "9999"))
    numbers = connection.execute(query.order_by(document.c.published.desc(), document.c.number).limit(limit)).scalars().all()
    return tuple(reports_at(connection, numbers).values())


def reports_with(
    store: Store, connection: Connection, queries: Iterable[str], *, since: str = "", until: str = "", limit: int
) -> tuple[tuple[Report, ...], int]:
    """Reports that hold the words of one of the queries (see `search`), with their events: the newest `limit`, and how many there
    are in all."""
    found = {n for q in queries for n in matching(store, connection, q).tolist()}
    rows: list[tuple[str, int]] = []
    for some in chunks(sorted(found)):
        query = select(document.c.published, document.c.number).where(document.c.number.in_(some), document.c.superseded == 0)
        rows += [(day, n) for day, n in connection.execute(query) if since <= day <= (until or "9999")]
    numbers = [n for _, n in sorted(rows, reverse=True)[:limit]]
    homes: dict[int, int] = {}
    for some in chunks(numbers):
        query = select(event.c.number, event.c.document).where(event.c.document.in_(some), event.c.standing == "current")
        homes |= {n: home for n, home in connection.execute(query)}
    told = _told(connection, homes)
    bare = reports_at(connection, [n for n in numbers if n not in set(homes.values())])
    return tuple(told.values()) + tuple(bare.values()), len(rows)


def reports_of(connection: Connection, identities: Iterable[str]) -> dict[str, Report]:
    """Reports by document id, without their events; an id that is not there is left out."""
    numbers: list[int] = []
    for some in chunks(sorted(set(identities))):
        numbers += connection.execute(select(document.c.number).where(document.c.id.in_(some))).scalars().all()
    return {r.document: r for r in reports_at(connection, numbers).values()}


def titles(connection: Connection, *, limit: int, identities: Sequence[str] = ()) -> tuple[tuple[str, str, str], ...]:
    """Id, day and title of the newest reports, and of those that are named."""
    columns = select(document.c.id, document.c.published, document.c.title)
    query = columns.where(document.c.superseded == 0).order_by(document.c.published.desc(), document.c.number).limit(limit)
    rows = [(i, day, title) for i, day, title in connection.execute(query)]
    known = {i for i, _, _ in rows}
    named = connection.execute(columns.where(document.c.id.in_([i for i in identities if i not in known])))
    return tuple([*((i, day, title) for i, day, title in named), *rows])


def texts(connection: Connection, identities: Iterable[str]) -> dict[str, str]:
    """Texts by document id."""
    out: dict[str, str] = {}
    for some in chunks(sorted(set(identities))):
        out |= {i: text for i, text in connection.execute(select(document.c.id, document.c.text).where(document.c.id.in_(some)))}
    return out


def around_days(happenings: Iterable[Happening], apart: int) -> tuple[str, str]:
    """The ISO days that begin and end so many days around the first reports of happenings; empty if none has a day."""
    days = [d.first for h in happenings if (d := days_of(h.first_reported or h.date)) is not None]
    if not days:
        return "", ""
    return date.fromordinal(max(1, min(days) - apart)).isoformat(), date.fromordinal(max(days) + apart).isoformat()

