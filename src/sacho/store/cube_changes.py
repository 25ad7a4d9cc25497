"""A cube brought up to date: the events that changed since are read, all others stay as they were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, and_, literal, null, or_, select

from sacho.store.bulk import columns_of
from sacho.store.cube_columns import PLAIN, SINGLE, Cube, Ints, Spot, narrow
from sacho.store.tables import credit, dyad, event, event_place, happening, participant

_MONTH_0 = 12 * 1970
_EPOCH = date(1970, 1, 1).toordinal()


def refreshed(connection: Connection, old: Cube, now: int) -> Cube:
    """A new cube with the events that changed since the old one. The old one stays as it was, for those who read it."""
    cube = Cube()
    cube.change, cube.codes, cube.labels, cube.homes, cube.spots = now, old.codes, old.labels, old.homes, old.spots
    changed, single, confidence = _changed(connection, cube, old.change)
    if not len(changed):
        cube.numbers, cube.single, cube.confidence, cube.pairs, cube.orders = old.numbers, old.single, old.confidence, old.pairs, old.orders
        return cube
    cube.spots = old.spots | _spots(connection, old.change)
    stays = np.ones(old.size, np.bool_)
    stays[old.positions(changed)] = False
    numbers = np.concatenate([old.numbers[stays], changed])
    order = np.argsort(numbers, kind="stable")
    cube.numbers = numbers[order]
    cube.confidence = np.concatenate([old.confidence[stays], confidence])[order]
    for name, column in single.items():
        joined = np.concatenate([old.single[name][stays], column])[order]
        cube.single[name] = narrow(joined) if name in SINGLE else joined
    moved = np.searchsorted(cube.numbers, old.numbers).astype(np.int32)  # where the old ones went
    for name, query in _pair_queries(old.change).items():
        positions, before = old.pairs[name]
        held = stays[positions]
        events, codes = _pairs(connection, cube, name, query)
        where = np.concatenate([moved[positions[held]], np.searchsorted(cube.numbers, events).astype(np.int32)])
        order = np.argsort(where, kind="stable")
        cube.pairs[name] = (where[order], narrow(np.concatenate([before[held], codes])[order]))
    return cube


def _changed(connection: Connection, cube: Cube, since: int) -> tuple[Ints, dict[str, Ints], Any]:
    """Numbers (ascending), single columns and confidence of the events that changed."""
    query = (
        select(event.c.number, event.c.confidence, event.c.lead, event.c.document, event.c.date_first, event.c.date_last, event.c.day,
               event.c.conflicts, event.c.goldstein, happening.c.contradictions, happening.c.reports,
               event.c.kind, event.c.status, event.c.review, event.c.standing, event.c.happening, event.c.place_name)
        .outerjoin(happening, happening.c.id == event.c.happening)
        .where(event.c.change > since).order_by(event.c.number)
    )  # fmt: skip
    days: dict[str | None, int] = {None: 0, "": 0}
    parts: list[list[Any]] = []
    for number, confidence, lead, document, first, last, day, conflicts, goldstein, told, reports, *coded in columns_of(connection, query):
        size, begins = len(number), _days(first, days)
        differs = np.fromiter((c != "[]" for c in conflicts), np.int32, size)
        parts.append([
            np.asarray(number, np.int64), np.asarray(confidence, np.float64),
            *(cube.codes[n].of([v or "" for v in values]) for n, values in zip(SINGLE, coded, strict=True)),
            np.asarray(lead, np.int32), begins, _days(last, days), _days(day, days), _months(begins), differs,
            differs | np.fromiter(map(bool, told), np.int32, size), np.fromiter(((g or 0) < 0 for g in goldstein), np.int32, size),
            np.fromiter((r or 1 for r in reports), np.int32, size), np.asarray(document, np.int32),
        ])  # fmt: skip
    if not parts:
        return np.zeros(0, np.int64), {}, np.zeros(0)
    numbers, sure, *columns = (np.concatenate(some) for some in zip(*parts, strict=True))
    return numbers, dict(zip((*SINGLE, *PLAIN), columns, strict=True)), sure


def _days(values: Sequence[str | None], known: dict[str | None, int]) -> Ints:
    """Days as ordinals; `known` are those that were met before."""
    for new in set(values) - known.keys():
        known[new] = date.fromisoformat(str(new)).toordinal()
    return np.fromiter(map(known.__getitem__, values), np.int32, len(values))


def _months(days: Ints) -> Ints:
    months = (days - _EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int32) + _MONTH_0
    return np.where(days > 0, months, 0).astype(np.int32)


def _spots(connection: Connection, since: int) -> dict[str, Spot]:
    query = select(event.c.place_name, event.c.place, event.c.place_en, event.c.lat, event.c.lon)
    rows = connection.execute(query.where(event.c.change > since, event.c.lat.is_not(None), event.c.lon.is_not(None)).distinct())
    return {
        name: Spot(id=identity, name=name, name_en=english or name, lat=lat, lon=lon) for name, identity, english, lat, lon in rows
    }  # fmt: skip


def _pairs(connection: Connection, cube: Cube, name: str, query: Select[Any]) -> tuple[Ints, Ints]:
    """Event numbers and codes, each pair once."""
    codes = cube.codes[name]
    parts: list[Ints] = [np.zeros((2, 0), np.int64)]
    for events, values, *named in columns_of(connection, query):
        parts.append(np.asarray((np.asarray(events, np.int64), codes.of(values))))
        if named[0][0] is not None:
            for value, korean, english, home in dict.fromkeys(zip(values, *named, strict=True)):
                cube.labels[value], cube.homes[value] = (korean, english or korean), home
    numbers, found = np.concatenate(parts, axis=1)
    width = max(len(codes.values), 1)
    both = np.unique(numbers * width + found)
    return both // width, both % width


def _pair_queries(since: int) -> dict[str, Select[Any]]:
    """Event number, value, labels and state of every field that holds several values, for the events that changed."""
    p = participant
    who = select(p.c.event, p.c.entity, p.c.name, p.c.name_en, p.c.country)  # one entity may be there under two names
    found = {
        "actor": (p, who.where(p.c.side != "other")),
        "participant": (p, who),
        "country": (p, select(p.c.event, p.c.country, null(), null(), null()).where(p.c.country != "")),
        "dyad": (dyad, select(dyad.c.event, dyad.c.first.op("||")("-").op("||")(dyad.c.second), null(), null(), null())),
        "place": (event_place, select(event_place.c.event, event_place.c.name, null(), null(), null())),
        "source": (credit, select(credit.c.event, credit.c.name, null(), null(), null()).where(credit.c.kind == "source")),
        "outlet": (credit, select(credit.c.event, credit.c.name, null(), null(), null()).where(credit.c.kind == "outlet")),
    }  # fmt: skip
    if since < 0:
        return {name: query for name, (_, query) in found.items()} | {"direction": directed()}
    changed = select(event.c.number).where(event.c.change > since)  # as a list of what to look up: few have changed
    queries = {name: query.where(table.c.event.in_(changed)) for name, (table, query) in found.items()}
    return queries | {"direction": directed(changed)}


def directed(among: Select[Any] | None = None) -> Select[Any]:
    """Event number and `PRK>RUS` for each pair of states of which the one acts on the other (some twice): actor on recipient; in a
    symmetric act (talks, a signing) every party on every other. Of all events, or of those whose numbers `among` selects."""
    a, b = participant.alias("doer"), participant.alias("done")
    sides = or_(
        and_(a.c.side == "actor", b.c.side == "recipient"),
        and_(event.c.symmetric == 1, a.c.side != "other", b.c.side != "other"),
    )
    query = (
        select(a.c.event, a.c.country.op("||")(literal(">")).op("||")(b.c.country).label("direction"), null(), null(), null())
        .join(b, b.c.event == a.c.event).join(event, event.c.number == a.c.event)
        .where(a.c.country != "", b.c.country != "", a.c.country != b.c.country, sides)
    )  # fmt: skip
    return query if among is None else query.where(a.c.event.in_(among))
