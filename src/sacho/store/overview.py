"""One selection at one look: its events in an order, its facets, its timeline, who acts on whom, who stands beside whom, where.

Everything is of one state of the store, counted over the cube (`facets`), so that table, network, map and matrix agree.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from sqlalchemy import Connection, select

from sacho.records import Record
from sacho.resolve.days import iso
from sacho.store.connect import Store
from sacho.store.cube import cube_of
from sacho.store.cube_columns import Cube, Ints, Mask, Spot
from sacho.store.facets import Count, Meant, count_values, counted, iso_month, most_frequent, tally
from sacho.store.query import Line, lines_of
from sacho.store.selection import Selection, SelectionError
from sacho.store.tables import event

FACETS = ("kind", "participant", "country", "place", "status", "source", "outlet", "review")
ORDERS = ("-date", "date", "kind", "place", "status", "reports", "confidence")
PARTS = ("timeline", "directions", "ties", "places")
_DAYS, _MONTHS = 120, 3650  # days up to which a timeline is drawn by day, by month
_RANGES = 120
_NODES, _TIES, _BESIDE = 60, 70, 12
_STATES = 14
_SPOTS = 300


class Bar(Record):
    """A day, month or year with its events and how many of them reports differ on."""

    key: str
    events: int
    conflicts: int


class Range(Record):
    """An event whose day is only known as a range of days."""

    id: str
    since: str
    until: str
    label: str
    label_en: str


class Timeline(Record):
    """Events by day, month or year (`grain`), and the longest of those whose day is only known as a range."""

    grain: str
    bars: tuple[Bar, ...]
    ranges: tuple[Range, ...]
    undated: int


_NO_TIME = Timeline(grain="day", bars=(), ranges=(), undated=0)


class Tie(Record):
    """Two of a kind and the events that hold both: `hostile` by their Goldstein value, `conflicts` if reports differ. Of
    directed ties `a` acts on `b`."""

    a: str
    b: str
    events: int
    hostile: int
    conflicts: int


class Place(Record):
    spot: Spot
    events: int
    conflicts: int


class Overview(Record):
    """`events` counts what is meant, `reports` the reports that tell of it, `disputed` those on which reports differ. `lines` are
    those asked for. `people` are the entities of `ties`, `states` those of `directions`, the most frequent first. `unplaced` events
    have a place without coordinates. Parts that were not asked for are empty."""

    events: int
    reports: int
    disputed: int
    facets: dict[str, tuple[Count, ...]]
    timeline: Timeline
    directions: tuple[Tie, ...]
    states: tuple[str, ...]
    ties: tuple[Tie, ...]
    people: tuple[Count, ...]
    homes: dict[str, str]
    places: tuple[Place, ...]
    unplaced: int
    lines: tuple[Line, ...]


def overview(
    store: Store, selection: Selection | None = None, *, fields: Sequence[str] = FACETS, most: int = 8, order: str = "-date",
    skip: int = 0, limit: int = 50, inside: bool = False, parts: Sequence[str] = PARTS,
) -> Overview:  # fmt: skip
    """Look. `fields` are those to be counted, `most` values each (what is chosen is always among them); `inside`
    counts a field among the events meant, as its own choice leaves them; `limit` lines are given after the first `skip`, in one of
    `ORDERS`. `parts` are those of `PARTS` that are wanted. Raises `SelectionError` for a selection or an order that means nothing."""
    with store.read() as connection:
        meant = Meant(store, connection, cube_of(store, connection), selection or Selection())
        seen = counts(connection, meant, fields=fields, most=most, inside=inside, parts=parts)
        return with_lines(connection, meant, seen, order=order, skip=skip, limit=limit)


def counts(
    connection: Connection, meant: Meant, *, fields: Sequence[str] = FACETS, most: int = 8, inside: bool = False,
    parts: Sequence[str] = PARTS,
) -> Overview:  # fmt: skip
    """A look without lines, which is the same for every order and page."""
    cube, mask = meant.cube, meant.total
    people, ties = _ties(cube, mask) if "ties" in parts else ((), ())
    directions, states = _directions(cube, mask) if "directions" in parts else ((), ())
    places, unplaced = _places(cube, mask) if "places" in parts else ((), 0)
    return Overview(
        events=int(mask.sum()), reports=_reports(cube, mask, meant.selection), disputed=int(cube.single["disputed"][mask].sum()),
        facets={name: _facet(cube, meant, name, most, inside) for name in fields},
        timeline=_timeline(connection, cube, mask) if "timeline" in parts else _NO_TIME,
        directions=directions, states=states, ties=ties, people=people,
        homes={c.value: cube.homes.get(c.value, "") for c in people}, places=places, unplaced=unplaced, lines=(),
    )  # fmt: skip


def with_lines(
    connection: Connection, meant: Meant, seen: Overview, *, order: str = "-date", skip: int = 0, limit: int = 50
) -> Overview:
    """A look with `limit` lines after the first `skip`. Raises `SelectionError` for an order that means nothing."""
    if order not in ORDERS:
        raise SelectionError(f"order {order!r} is not known; it is one of {', '.join(ORDERS)}.")
    if not limit:
        return seen
    return msgspec.structs.replace(seen, lines=lines_of(connection, _page(meant.cube, meant.total, order, skip, limit)))


def meant_numbers(store: Store, connection: Connection, selection: Selection, order: str = "-date") -> list[int]:
    """The numbers of all events meant, in an order: for exports, which read them piece by piece."""
    cube = cube_of(store, connection)
    return _page(cube, Meant(store, connection, cube, selection).total, order, 0, cube.size)


def _facet(cube: Cube, meant: Meant, name: str, most: int, inside: bool) -> tuple[Count, ...]:
    """What is chosen, then the most frequent."""
    counts = tally(cube, name, meant.total if inside else meant.without(name))
    codes = cube.codes[name]
    picked = [v for given in getattr(meant.selection, name) for v in _values(cube, name, given)]
    chosen = tuple(counted(cube, v, int(counts[codes.numbers[v]]) if v in codes.numbers else 0) for v in dict.fromkeys(picked))
    often = [codes.values[i] for i in most_frequent(counts, most + len(chosen))]
    rest = [counted(cube, v, int(counts[codes.numbers[v]])) for v in often if v not in picked]
    return (*chosen, *rest)[: max(most, len(chosen))]


def _values(cube: Cube, name: str, given: str) -> list[str]:
    """The values that a given one stands for: an entity may be given by name."""
    if given in cube.codes[name].numbers or name not in ("actor", "participant"):
        return [given]
    return [v for v, names in cube.labels.items() if given in names] or [given]


def _reports(cube: Cube, mask: Mask, selection: Selection) -> int:
    """Reports behind the events; if each happening stands once, those of all its events."""
    if selection.each == "happening":
        told = np.zeros(len(cube.codes["happening"].values), np.bool_)
        told[cube.single["happening"][mask]] = True
        mask = mask | (told[cube.single["happening"]] & (cube.single["standing"] == cube.codes["standing"].numbers.get("current", -1)))
    return int(np.count_nonzero(np.bincount(cube.single["home"][mask], minlength=1)))


# ---------------------------------------------------------------- in an order


def _page(cube: Cube, mask: Mask, order: str, skip: int, limit: int) -> list[int]:
    whole = ordered(cube, order)
    positions = whole[mask[whole]][skip : skip + limit]
    return [int(n) for n in cube.numbers[positions]]


def ordered(cube: Cube, order: str) -> Ints:
    """All positions in an order, newest first where it leaves a choice; kept with the cube."""
    found = cube.orders.get(order)
    if found is None:
        newest = np.lexsort((cube.numbers, cube.single["day"]))[::-1]
        if order == "-date":
            found = newest
        elif order == "date":
            day = cube.single["day"][newest[::-1]]
            found = newest[::-1][np.argsort(day == 0, kind="stable")]
        else:
            found = newest[np.argsort(_key(cube, order)[newest], kind="stable")]
        cube.orders[order] = found
    return found


def _key(cube: Cube, order: str) -> Ints:
    if order == "reports":
        return -cube.single["reports"]
    if order == "confidence":
        return np.round(cube.confidence * 1e6).astype(np.int64)
    name = "spot" if order == "place" else order
    values = cube.codes[name].values
    rank = np.zeros(len(values) + 1, np.int64)
    rank[sorted(range(len(values)), key=lambda i: (not values[i], values[i]))] = np.arange(len(values))
    return rank[cube.single[name]]


# ---------------------------------------------------------------- over time


def _timeline(connection: Connection, cube: Cube, mask: Mask) -> Timeline:
    positions = np.flatnonzero(mask)
    first, last = cube.single["first"][positions], cube.single["last"][positions]
    dated = first > 0
    if not dated.any():
        return msgspec.structs.replace(_NO_TIME, undated=len(positions))
    days = first[dated]
    span = int(days.max() - days.min())
    grain, key = ("day", iso) if span <= _DAYS else ("month", iso_month) if span <= _MONTHS else ("year", _year)
    units = days.astype(np.int64) if grain == "day" else cube.single["month"][positions][dated] // (1 if grain == "month" else 12)
    base = int(units.min())
    counts = np.bincount(units - base)
    disputed = np.bincount((units - base)[cube.single["disputed"][positions][dated] > 0], minlength=len(counts))
    bars = tuple(Bar(key=key(base + int(k)), events=int(counts[k]), conflicts=int(disputed[k])) for k in np.flatnonzero(counts))
    wide = np.flatnonzero(last > first)
    longest = wide[np.argsort(first[wide] - last[wide], kind="stable")][:_RANGES]
    ranges = _ranges(connection, cube.numbers[positions[longest]])
    return Timeline(grain=grain, bars=bars, ranges=ranges, undated=int(len(positions) - dated.sum()))


def _year(year: int) -> str:
    return f"{year:04d}"


def _ranges(connection: Connection, numbers: Ints) -> tuple[Range, ...]:
    query = select(event.c.id, event.c.date_first, event.c.date_last, event.c.date, event.c.gloss_ko, event.c.gloss_en)
    rows = connection.execute(query.where(event.c.number.in_([int(n) for n in numbers])))
    found = [
        Range(id=r.id, since=r.date_first, until=r.date_last, label=f"{r.date} {r.gloss_ko}", label_en=f"{r.date} {r.gloss_en}")
        for r in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda r: (r.since, r.until, r.id)))


# ---------------------------------------------------------------- who and where


def _directions(cube: Cube, mask: Mask) -> tuple[tuple[Tie, ...], tuple[str, ...]]:
    """Who acts on whom, among the states that take part most often."""
    positions, codes = cube.pairs_of("direction", np.flatnonzero(mask))
    counts, hostile, disputed = _weighed(cube, positions, codes, len(cube.codes["direction"].values))
    values = cube.codes["direction"].values
    ties = []
    often: dict[str, int] = {}
    for i in np.flatnonzero(counts):
        a, b = values[i].split(">")
        ties.append(Tie(a=a, b=b, events=int(counts[i]), hostile=int(hostile[i]), conflicts=int(disputed[i])))
        for state in (a, b):
            often[state] = often.get(state, 0) + int(counts[i])
    states = tuple(sorted(often, key=lambda s: (-often[s], s))[:_STATES])
    shown = [t for t in ties if t.a in states and t.b in states]
    return tuple(sorted(shown, key=lambda t: (-t.events, t.a, t.b))), states


def _ties(cube: Cube, mask: Mask) -> tuple[tuple[Count, ...], tuple[Tie, ...]]:
    """The most frequent entities that stand in one event; of an event's entities the first twelve count."""
    often = count_values(cube, "participant", mask, _NODES)
    positions, codes = cube.pairs_of("participant", np.flatnonzero(mask))
    place = np.full(len(cube.codes["participant"].values) + 1, -1, np.int64)
    for at, one in enumerate(often):
        place[cube.codes["participant"].numbers[one.value]] = at
    places = place[codes]
    held = places >= 0
    where, who = positions[held], places[held]
    homes, pairs = [], []
    for step in range(1, _BESIDE):
        same = where[:-step] == where[step:]
        if not same.any():
            break
        a, b = who[:-step][same], who[step:][same]
        homes.append(where[:-step][same])
        pairs.append(np.minimum(a, b) * _NODES + np.maximum(a, b))
    if not pairs:
        return (), ()
    counts, hostile, disputed = _weighed(cube, np.concatenate(homes), np.concatenate(pairs), _NODES * _NODES)
    top = [int(i) for i in np.argsort(-counts, kind="stable")[:_TIES] if counts[i]]
    names = [one.value for one in often]
    ties = tuple(
        Tie(a=names[i // _NODES], b=names[i % _NODES], events=int(counts[i]), hostile=int(hostile[i]), conflicts=int(disputed[i]))
        for i in top
    )  # fmt: skip
    named = {name for tie in ties for name in (tie.a, tie.b)}
    return tuple(c for c in often if c.value in named), ties


def _weighed(cube: Cube, positions: Ints, codes: Ints, size: int) -> tuple[Ints, Ints, Ints]:
    """For each code how many events, hostile ones, disputed ones."""
    hostile, disputed = (np.bincount(codes[cube.single[name][positions] > 0], minlength=size) for name in ("hostile", "disputed"))
    return np.bincount(codes, minlength=size), hostile, disputed


def _places(cube: Cube, mask: Mask) -> tuple[tuple[Place, ...], int]:
    codes = cube.single["spot"][mask]
    values = cube.codes["spot"].values
    counts = np.bincount(codes, minlength=len(values))
    disputed = np.bincount(codes[cube.single["disputed"][mask] > 0], minlength=len(values))
    known = [i for i in np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)].tolist() if values[i]]
    spots = [(cube.spots.get(values[i]), i) for i in known]
    placed = tuple(Place(spot=s, events=int(counts[i]), conflicts=int(disputed[i])) for s, i in spots if s is not None)
    return placed[:_SPOTS], int(sum(counts[i] for s, i in spots if s is None))
