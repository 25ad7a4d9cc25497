"""A cube brought up to date: the events that changed since are read, all others stay as they were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, and_, literal, null, or_, select

from sacho.store.bulk import columns_of
from sacho.store.cube_columns import PLAIN, SINGLE, Cube, Ints, Mask, Spot, narrow
from sacho.store.tables import credit, dyad, event, event_place, happening, participant

_MONTH_0 = 12 * 1970
_EPOCH = date(1970, 1, 1).toordinal()


def refreshed(connection: Connection, old: Cube, now: int) -> Cube:
    """A new cube with the events that changed since the old one. The old one stays as it was, for those who read it."""
    cube = Cube()
    cube.change, cube.codes, cube.labels, cube.homes, cube.spots = now, old.codes, old.labels, old.homes, old.spots
    changed, single, confidence = _changed(connection, cube, old.change)
    if not len(changed):
        cube.numbers, cube.single, cube.confidence, cube.pairs = old.numbers, old.single, old.confidence, old.pairs
        cube.orders, cube.bounds = old.orders, old.bounds
        return cube
    cube.spots = old.spots | _spots(connection, old.change)
    at = old.positions(changed)
    stays = np.ones(old.size, np.bool_)
    stays[at] = False
    known = len(at) == len(changed)  # nothing is new: every event stays where it is
    if known:
        _replaced(cube, old, at, single, confidence)
    else:
        _joined(cube, old, stays, changed, single, confidence)
    moved = None if known else np.searchsorted(cube.numbers, old.numbers).astype(np.int32)  # where the old ones went
    for name, query in _pair_queries(old.change).items():
        events, codes = _pairs(connection, cube, name, query)
        positions = np.searchsorted(cube.numbers, events).astype(np.int32)
        if known and _same_pairs(old, name, at, positions, codes):
            cube.pairs[name] = old.pairs[name]
            if name in old.bounds:
                cube.bounds[name] = old.bounds[name]
            continue
        whole, before = old.pairs[name]
        held = stays[whole]
        where = whole[held] if moved is None else moved[whole[held]]
        cube.pairs[name] = _merged(where, before[held], positions, narrow(codes))
    return cube


def _same_pairs(old: Cube, name: str, at: Ints, positions: Ints, codes: Ints) -> bool:
    """Whether events that changed have the pairs that they had: a judgement seldom touches them."""
    before = old.pairs_of(name, at)
    if len(before[0]) != len(positions) or not np.array_equal(before[0], positions):
        return False
    order = np.lexsort((before[1], before[0]))  # of one event in any order
    return np.array_equal(before[1][order], codes)


def _replaced(cube: Cube, old: Cube, at: Ints, single: dict[str, Ints], confidence: Any) -> None:
    """The columns with other values at some positions; an order stays if nothing that it goes by is another."""
    cube.numbers, cube.confidence = old.numbers, old.confidence.copy()
    cube.confidence[at] = confidence
    for name, column in single.items():
        new = narrow(column) if name in SINGLE else column
        kept = old.single[name].astype(np.promote_types(old.single[name].dtype, new.dtype))
        kept[at] = new
        cube.single[name] = kept
    for names, columns in ((("date", "-date"), ("day",)), (("happening",), ("happening", "lead"))):
        if all(np.array_equal(old.single[column][at], single[column]) for column in columns):
            cube.orders |= {name: old.orders[name] for name in names if name in old.orders}


def _joined(cube: Cube, old: Cube, stays: Mask, changed: Ints, single: dict[str, Ints], confidence: Any) -> None:
    """The columns of the events that stay and of those that changed, in the order of their numbers."""
    numbers = np.concatenate([old.numbers[stays], changed])
    order = np.argsort(numbers, kind="stable")
    cube.numbers = numbers[order]
    cube.confidence = np.concatenate([old.confidence[stays], confidence])[order]
    for name, column in single.items():
        joined = np.concatenate([old.single[name][stays], column])[order]
        cube.single[name] = narrow(joined) if name in SINGLE else joined


def _merged(where: Ints, before: Ints, positions: Ints, codes: Ints) -> tuple[Ints, Ints]:
    """Pairs in the order of the events, from those that stay and those that come; both are in that order."""
    if not len(where):
        return positions, codes
    at = np.searchsorted(where, positions, side="right")
    wide = before.astype(np.promote_types(before.dtype, codes.dtype), copy=False)
    return np.insert(where, at, positions), np.insert(wide, at, codes)


def _changed(connection: Connection, cube: Cube, since: int) -> tuple[Ints, dict[str, Ints], Any]:
    """Numbers (ascending), single columns and confidence of the events that changed."""
    query = (
        select(event.c.number, event.c.confidence, event.c.lead, event.c.document, event.c.date_first, event.c.date_last, event.c.day,
               event.c.conflicts, event.c.goldstein, happening.c.contradictions, happening.c.reports,
               event.c.kind, event.c.status, event.c.review, event.c.standing, event.c.happening, event.c.place_name)
        .outerjoin(happening, happening.c.id == event.c.happening)
        .where(event.c.change > since)
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
    order = np.argsort(numbers, kind="stable")  # an engine that had to order them would go through all events for it
    return numbers[order], {name: column[order] for name, column in zip((*SINGLE, *PLAIN), columns, strict=True)}, sure[order]


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
