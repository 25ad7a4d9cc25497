"""Counts over all events that are meant: facets, timeline, pairs of states; worked out in numpy over a cube kept in memory.

The cube holds one number for each event and field (and pairs for fields that hold several values). It is brought up to date by the
events that changed since, so counts are never old and never left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Select, null, select

from sacho.records import Record
from sacho.store.conditions import entities
from sacho.store.connect import Store
from sacho.store.search import matching
from sacho.store.selection import LISTS, Selection, checked, states_of
from sacho.store.tables import credit, document, dyad, event, event_place, participant

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
_SINGLE = ("kind", "status", "review", "standing", "happening", "document")
_FAR = date.max.toordinal()


class Count(Record):
    """One value of a facet: `label` is how it is called (the name of an entity), `value` what a selection takes."""

    value: str
    label: str
    count: int


class Facets(Record):
    """Everything that is counted for one selection. A facet counts as if its own field asked for nothing, so that other values can be
    chosen; `timeline` counts events by month (`2018-05`), undated ones apart; `dyads` by pair of states."""

    total: int
    undated: int
    fields: dict[str, tuple[Count, ...]]
    timeline: tuple[Count, ...]
    dyads: tuple[Count, ...]


class _Codes(msgspec.Struct):
    """Values and their numbers."""

    values: list[str]
    numbers: dict[str, int]

    def of(self, value: str) -> int:
        number = self.numbers.get(value)
        if number is None:
            number = self.numbers[value] = len(self.values)
            self.values.append(value)
        return number


class Cube:
    """The columns. `single` has a code an event; `pairs` an event's position and a code for each value."""

    def __init__(self) -> None:
        self.change = -1
        self.numbers: Ints = np.zeros(0, np.int64)  # ascending
        self.codes = {name: _Codes([], {}) for name in (*_SINGLE, *LISTS)}
        self.single: dict[str, Ints] = {name: np.zeros(0, np.int64) for name in (*_SINGLE, "lead", "first", "last", "conflict")}
        self.confidence: npt.NDArray[np.float64] = np.zeros(0)
        self.pairs: dict[str, tuple[Ints, Ints]] = {}
        self.labels: dict[str, str] = {}

    @property
    def size(self) -> int:
        return len(self.numbers)


def count_facets(
    store: Store, selection: Selection | None = None, *, fields: Sequence[str] = LISTS, most: int = 50
) -> Facets:
    """Count. `fields` are those of `LISTS` that are wanted, `most` values each, the most frequent first."""
    with store.read() as connection:
        cube = cube_of(store, connection)
        masks = _masks(store, connection, cube, checked(selection or Selection()))
        total = _all(masks, cube.size)
        counted = {name: _count(cube, name, _all({k: m for k, m in masks.items() if k != name}, cube.size), most) for name in fields}
        months, undated = _timeline(cube, total)
        return Facets(
            total=int(total.sum()), undated=undated, fields=counted, timeline=months, dyads=_count(cube, "dyad", total, max(most, 300)),
        )  # fmt: skip


def cube_of(store: Store, connection: Connection) -> Cube:
    """The cube as of this transaction."""
    cube = store.cached.get("cube")
    now = store.change(connection)
    if not isinstance(cube, Cube) or cube.change > now:
        cube = Cube()
    if cube.change < now:
        cube = _refreshed(connection, cube, now)
        store.cached["cube"] = cube
    return cube


# ---------------------------------------------------------------- selecting


def _masks(store: Store, connection: Connection, cube: Cube, s: Selection) -> dict[str, Mask]:
    """One mask a field that asks for something."""
    out: dict[str, Mask] = {"standing": _is_one(cube, "standing", s.standing)}
    for name in ("kind", "status", "review", "happening", "document"):
        if values := getattr(s, name):
            out[name] = _is_one(cube, name, values)
    for name in ("actor", "participant", "country", "dyad", "place", "source", "outlet"):
        if values := getattr(s, name):
            if name in ("actor", "participant"):
                values = entities(connection, values)
            elif name == "dyad":
                values = ["-".join(states_of(v)) for v in values]
            out[name] = _has_one(cube, name, values)
    if s.each == "happening":
        out["each"] = cube.single["lead"] == 1
    if s.since or s.until:
        low, high = _ordinal(s.since, 1), _ordinal(s.until, _FAR)
        out["date"] = (cube.single["first"] > 0) & (cube.single["first"] <= high) & (cube.single["last"] >= low)
    if s.confidence_from > 0 or s.confidence_to < 1:
        out["confidence"] = (cube.confidence >= s.confidence_from) & (cube.confidence <= s.confidence_to)
    if s.conflict:
        out["conflict"] = cube.single["conflict"] == 1
    if s.text.strip():
        found = np.asarray(matching(store, connection, s.text, exact=s.exact), np.int64)
        out["text"] = np.isin(cube.single["home"], found)
    return out


def _all(masks: Mapping[str, Mask], size: int) -> Mask:
    out = np.ones(size, np.bool_)
    for mask in masks.values():
        out &= mask
    return out


def _is_one(cube: Cube, name: str, values: Sequence[str]) -> Mask:
    return np.isin(cube.single[name], _known(cube, name, values))


def _has_one(cube: Cube, name: str, values: Sequence[str]) -> Mask:
    positions, codes = cube.pairs[name]
    out = np.zeros(cube.size, np.bool_)
    out[positions[np.isin(codes, _known(cube, name, values))]] = True
    return out


def _known(cube: Cube, name: str, values: Sequence[str]) -> list[int]:
    numbers = cube.codes[name].numbers
    return [numbers[v] for v in values if v in numbers]


def _count(cube: Cube, name: str, mask: Mask, most: int) -> tuple[Count, ...]:
    values = cube.codes[name].values
    if name in cube.pairs:
        positions, codes = cube.pairs[name]
        counts = np.bincount(codes[mask[positions]], minlength=len(values))
    else:
        counts = np.bincount(cube.single[name][mask], minlength=len(values))
    order = np.argsort(-counts, kind="stable")[:most]
    return tuple(Count(value=values[i], label=cube.labels.get(values[i], values[i]), count=int(counts[i])) for i in order if counts[i])


def _timeline(cube: Cube, mask: Mask) -> tuple[tuple[Count, ...], int]:
    first = cube.single["first"][mask]
    dated = first[first > 0]
    days = (dated - date(1970, 1, 1).toordinal()).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    months, counts = np.unique(days, return_counts=True)
    names = [str(m) for m in months.astype("datetime64[M]")]
    return tuple(Count(value=n, label=n, count=int(c)) for n, c in zip(names, counts, strict=True)), int(len(first) - len(dated))


def _ordinal(day: str, default: int) -> int:
    return date.fromisoformat(day).toordinal() if day else default


# ---------------------------------------------------------------- keeping up to date


def _refreshed(connection: Connection, old: Cube, now: int) -> Cube:
    """A new cube with the events that changed since the old one. The old one stays as it was, for those who read it."""
    query = select(
        event.c.number, event.c.kind, event.c.status, event.c.review, event.c.standing, event.c.happening, document.c.id,
        event.c.document, event.c.lead, event.c.date_first, event.c.date_last, event.c.conflicts, event.c.confidence,
    ).join(document, document.c.number == event.c.document).where(event.c.change > old.change).order_by(event.c.number)  # fmt: skip
    rows = connection.execute(query).all()
    cube = Cube()
    cube.change, cube.codes, cube.labels = now, old.codes, old.labels
    changed = np.asarray([r[0] for r in rows], np.int64)
    kept = ~np.isin(old.numbers, changed)
    numbers = np.concatenate([old.numbers[kept], changed])
    order = np.argsort(numbers, kind="stable")
    cube.numbers = numbers[order]

    def merged(before: npt.NDArray[np.generic], after: Sequence[float]) -> npt.NDArray[np.generic]:
        return np.concatenate([before[kept], np.asarray(after, before.dtype)])[order]

    for at, name in enumerate(_SINGLE, start=1):
        codes = cube.codes[name]
        cube.single[name] = merged(old.single[name], [codes.of(r[at] or "") for r in rows])  # type: ignore[assignment]
    days: dict[str | None, int] = {None: 0}
    plain: dict[str, Callable[[Sequence[object]], int]] = {
        "home": lambda r: int(str(r[7])), "lead": lambda r: int(str(r[8])), "first": lambda r: _day(r[9], days),
        "last": lambda r: _day(r[10], days), "conflict": lambda r: int(r[11] != "[]"),
    }  # fmt: skip
    for name, read in plain.items():
        cube.single[name] = merged(old.single.get(name, np.zeros(0, np.int64)), [read(r) for r in rows])  # type: ignore[assignment]
    cube.confidence = merged(old.confidence, [r[12] for r in rows])  # type: ignore[assignment]
    _refresh_pairs(connection, old, cube, changed)
    return cube


def _day(value: object, days: dict[str | None, int]) -> int:
    if value not in days:
        days[str(value)] = date.fromisoformat(str(value)).toordinal()
    return days[value]  # type: ignore[index]  # None or a string


def _refresh_pairs(connection: Connection, old: Cube, cube: Cube, changed: Ints) -> None:
    for name, query in _pair_queries(old.change).items():
        codes = cube.codes[name]
        events: list[int] = []
        values: list[int] = []
        seen: set[tuple[int, str]] = set()
        for number, value, label in connection.execute(query):
            if (number, value) in seen:
                continue
            seen.add((number, value))
            events.append(number)
            values.append(codes.of(value))
            if label is not None:
                cube.labels[value] = label
        positions, before = old.pairs.get(name, (np.zeros(0, np.int64), np.zeros(0, np.int64)))
        numbers = old.numbers[positions] if len(positions) else positions
        kept = ~np.isin(numbers, changed)
        everyone = np.concatenate([numbers[kept], np.asarray(events, np.int64)])
        cube.pairs[name] = (np.searchsorted(cube.numbers, everyone), np.concatenate([before[kept], np.asarray(values, np.int64)]))


def _pair_queries(since: int) -> dict[str, Select[Any]]:
    """Event number, value and label of every field that holds several values, each pair once."""
    p = participant
    who = select(p.c.event, p.c.entity, p.c.name)  # one entity may be there under two names
    found = {
        "actor": (p, who.where(p.c.side != "other").distinct()),
        "participant": (p, who.distinct()),
        "country": (p, select(p.c.event, p.c.country, null()).where(p.c.country != "").distinct()),
        "dyad": (dyad, select(dyad.c.event, dyad.c.first.op("||")("-").op("||")(dyad.c.second), null())),
        "place": (event_place, select(event_place.c.event, event_place.c.name, event_place.c.name)),
        "source": (credit, select(credit.c.event, credit.c.name, credit.c.name).where(credit.c.kind == "source").distinct()),
        "outlet": (credit, select(credit.c.event, credit.c.name, credit.c.name).where(credit.c.kind == "outlet").distinct()),
    }  # fmt: skip
    return {
        name: query.join(event, event.c.number == table.c.event).where(event.c.change > since) for name, (table, query) in found.items()
    }
