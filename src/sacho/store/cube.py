"""The cube: one number for each event and field (and pairs for fields that hold several values), kept in memory.

It is brought up to date by the events that changed since, so what is counted over it is never old and never left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Row, Select, and_, literal, null, or_, select

from sacho.records import Record
from sacho.store.connect import Store
from sacho.store.selection import LISTS
from sacho.store.tables import credit, document, dyad, event, event_place, happening, participant

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
SINGLE = ("kind", "status", "review", "standing", "happening", "document", "spot")
_PLAIN = ("lead", "first", "last", "day", "conflict", "disputed", "hostile", "reports", "home")


class Codes(msgspec.Struct):
    """Values and their numbers."""

    values: list[str]
    numbers: dict[str, int]

    def of(self, value: str) -> int:
        number = self.numbers.get(value)
        if number is None:
            number = self.numbers[value] = len(self.values)
            self.values.append(value)
        return number


class Spot(Record):
    """A place with coordinates where something happened."""

    id: str
    name: str
    name_en: str
    lat: float
    lon: float


class Cube:
    """The columns. `single` has a code or a number an event (days as ordinals, 0 if unknown); `pairs` an event's position and a code
    for each value, in the order of the events."""

    def __init__(self) -> None:
        self.change = -1
        self.numbers: Ints = np.zeros(0, np.int64)  # ascending
        self.codes = {name: Codes([], {}) for name in (*SINGLE, *LISTS, "direction")}
        self.single: dict[str, Ints] = {name: np.zeros(0, np.int64) for name in (*SINGLE, *_PLAIN)}
        self.confidence: npt.NDArray[np.float64] = np.zeros(0)
        self.pairs: dict[str, tuple[Ints, Ints]] = {}
        self.labels: dict[str, tuple[str, str]] = {}  # Korean, English
        self.homes: dict[str, str] = {}  # the state of an entity
        self.spots: dict[str, Spot] = {}
        self.orders: dict[str, Ints] = {}  # positions in an order, worked out when it is first asked for

    @property
    def size(self) -> int:
        return len(self.numbers)


def cube_of(store: Store, connection: Connection) -> Cube:
    """The cube as of this transaction."""
    now = store.change(connection)
    with store.caching:  # cubes share their codes: one of them grows at a time
        cube = store.cached.get("cube")
        if not isinstance(cube, Cube) or cube.change > now:
            cube = Cube()
        if cube.change < now:
            cube = _refreshed(connection, cube, now)
            store.cached["cube"] = cube
        return cube


def _refreshed(connection: Connection, old: Cube, now: int) -> Cube:
    """A new cube with the events that changed since the old one. The old one stays as it was, for those who read it."""
    rows = connection.execute(_columns(old.change)).all()
    cube = Cube()
    cube.change, cube.codes, cube.labels, cube.homes = now, old.codes, old.labels, old.homes
    cube.spots = old.spots | _spots(connection, old.change)
    changed = np.asarray([r[0] for r in rows], np.int64)
    kept = ~np.isin(old.numbers, changed)
    numbers = np.concatenate([old.numbers[kept], changed])
    order = np.argsort(numbers, kind="stable")
    cube.numbers = numbers[order]

    def merged(before: npt.NDArray[np.generic], after: Sequence[float]) -> npt.NDArray[np.generic]:
        return np.concatenate([before[kept], np.asarray(after, before.dtype)])[order]

    for at, name in enumerate(SINGLE, start=1):
        codes = cube.codes[name]
        cube.single[name] = merged(old.single[name], [codes.of(r[at] or "") for r in rows])  # type: ignore[assignment]
    days: dict[str | None, int] = {None: 0, "": 0}
    for name, read in _readers(days).items():
        cube.single[name] = merged(old.single[name], [read(r) for r in rows])  # type: ignore[assignment]
    cube.confidence = merged(old.confidence, [r.confidence for r in rows])  # type: ignore[assignment]
    _refresh_pairs(connection, old, cube, changed)
    return cube


def _columns(since: int) -> Select[Any]:
    return (
        select(event.c.number, event.c.kind, event.c.status, event.c.review, event.c.standing, event.c.happening, document.c.id,
               event.c.place_name, event.c.document, event.c.lead, event.c.date_first, event.c.date_last, event.c.day, event.c.conflicts,
               event.c.confidence, event.c.goldstein, happening.c.contradictions, happening.c.reports)
        .join(document, document.c.number == event.c.document)
        .outerjoin(happening, happening.c.id == event.c.happening)
        .where(event.c.change > since).order_by(event.c.number)
    )  # fmt: skip


def _readers(days: dict[str | None, int]) -> dict[str, Callable[[Row[Any]], int]]:
    return {
        "home": lambda r: int(r.document), "lead": lambda r: int(r.lead), "first": lambda r: _day(r.date_first, days),
        "last": lambda r: _day(r.date_last, days), "day": lambda r: _day(r.day, days), "conflict": lambda r: int(r.conflicts != "[]"),
        "disputed": lambda r: int(r.conflicts != "[]" or bool(r.contradictions)), "hostile": lambda r: int((r.goldstein or 0) < 0),
        "reports": lambda r: r.reports or 1,
    }  # fmt: skip


def _day(value: str | None, days: dict[str | None, int]) -> int:
    found = days.get(value)
    if found is None:
        found = days[value] = date.fromisoformat(str(value)).toordinal()
    return found


def _spots(connection: Connection, since: int) -> dict[str, Spot]:
    query = select(event.c.place_name, event.c.place, event.c.place_en, event.c.lat, event.c.lon)
    rows = connection.execute(query.where(event.c.change > since, event.c.lat.is_not(None), event.c.lon.is_not(None)).distinct())
    return {
        name: Spot(id=identity, name=name, name_en=english or name, lat=lat, lon=lon) for name, identity, english, lat, lon in rows
    }  # fmt: skip


def _refresh_pairs(connection: Connection, old: Cube, cube: Cube, changed: Ints) -> None:
    for name, query in _pair_queries(old.change).items():
        codes = cube.codes[name]
        events: list[int] = []
        values: list[int] = []
        seen: set[tuple[int, str]] = set()
        for number, value, korean, english, home in connection.execute(query):
            if (number, value) in seen:
                continue
            seen.add((number, value))
            events.append(number)
            values.append(codes.of(value))
            if korean is not None:
                cube.labels[value] = (korean, english or korean)
                cube.homes[value] = home
        positions, before = old.pairs.get(name, (np.zeros(0, np.int64), np.zeros(0, np.int64)))
        numbers = old.numbers[positions] if len(positions) else positions
        kept = ~np.isin(numbers, changed)
        everyone = np.concatenate([numbers[kept], np.asarray(events, np.int64)])
        order = np.argsort(everyone, kind="stable")
        codes_of = np.concatenate([before[kept], np.asarray(values, np.int64)])
        cube.pairs[name] = (np.searchsorted(cube.numbers, everyone[order]), codes_of[order])


def _pair_queries(since: int) -> dict[str, Select[Any]]:
    """Event number, value, labels and state of every field that holds several values, each pair once."""
    p = participant
    who = select(p.c.event, p.c.entity, p.c.name, p.c.name_en, p.c.country)  # one entity may be there under two names
    found = {
        "actor": (p, who.where(p.c.side != "other").distinct()),
        "participant": (p, who.distinct()),
        "country": (p, select(p.c.event, p.c.country, null(), null(), null()).where(p.c.country != "").distinct()),
        "dyad": (dyad, select(dyad.c.event, dyad.c.first.op("||")("-").op("||")(dyad.c.second), null(), null(), null())),
        "place": (event_place, select(event_place.c.event, event_place.c.name, null(), null(), null())),
        "source": (credit, select(credit.c.event, credit.c.name, null(), null(), null()).where(credit.c.kind == "source").distinct()),
        "outlet": (credit, select(credit.c.event, credit.c.name, null(), null(), null()).where(credit.c.kind == "outlet").distinct()),
    }  # fmt: skip
    queries = {name: query.join(event, event.c.number == table.c.event) for name, (table, query) in found.items()}
    queries["direction"] = directed()
    return {name: query.where(event.c.change > since) for name, query in queries.items()}


def directed() -> Select[Any]:
    """Event number and `PRK>RUS` for each pair of states of which the one acts on the other: actor on recipient; in a
    symmetric act (talks, a signing) every party on every other."""
    a, b = participant.alias("doer"), participant.alias("done")
    sides = or_(
        and_(a.c.side == "actor", b.c.side == "recipient"),
        and_(event.c.symmetric == 1, a.c.side != "other", b.c.side != "other"),
    )
    return (
        select(a.c.event, a.c.country.op("||")(literal(">")).op("||")(b.c.country).label("direction"), null(), null(), null())
        .join(b, b.c.event == a.c.event).join(event, event.c.number == a.c.event)
        .where(a.c.country != "", b.c.country != "", a.c.country != b.c.country, sides).distinct()
    )  # fmt: skip
