"""Counts over all events that are meant: facets, timeline, pairs of states; worked out in numpy over the cube."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from sqlalchemy import Connection, select

from sacho.records import Record
from sacho.store.conditions import entities, places, states
from sacho.store.connect import Store
from sacho.store.cube import cube_of
from sacho.store.cube_columns import Cube, Ints, Mask
from sacho.store.fulltext_query import Numbers
from sacho.store.search import matching
from sacho.store.selection import LISTS, Selection, checked, direction_of, states_of
from sacho.store.tables import document

_FAR = date.max.toordinal()


class Count(Record):
    """One value of a facet: `label` is how it is called (the name of an entity), `value` what a selection takes."""

    value: str
    label: str
    count: int
    label_en: str = ""


class Facets(Record):
    """Everything that is counted for one selection. A facet counts as if its own field asked for nothing, so that other values can be
    chosen; `timeline` counts events by month (`2018-05`), undated ones apart; `dyads` by pair of states."""

    total: int
    undated: int
    fields: dict[str, tuple[Count, ...]]
    timeline: tuple[Count, ...]
    dyads: tuple[Count, ...]


def count_facets(
    store: Store, selection: Selection | None = None, *, fields: Sequence[str] = LISTS, most: int = 50
) -> Facets:
    """Count. `fields` are those of `LISTS` that are wanted, `most` values each, the most frequent first."""
    with store.read() as connection:
        cube = cube_of(store, connection)
        meant = Meant(store, connection, cube, selection or Selection())
        total = meant.total
        counted = {name: count_values(cube, name, meant.without(name), most) for name in fields}
        months, undated = _timeline(cube, total)
        dyads = count_values(cube, "dyad", total, max(most, 300))
        return Facets(total=int(total.sum()), undated=undated, fields=counted, timeline=months, dyads=dyads)


class Meant:
    """The events that a selection means, as masks over a cube."""

    def __init__(self, store: Store, connection: Connection, cube: Cube, selection: Selection) -> None:
        self.selection = checked(selection)
        self.cube = cube
        self._masks = _masks(store, connection, cube, self.selection)
        self.total = self._mask("")

    def without(self, field: str) -> Mask:
        """As if the field asked for nothing."""
        return self._mask(field) if field in self._masks else self.total

    def _mask(self, field: str) -> Mask:
        out = np.ones(self.cube.size, np.bool_)
        for name, mask in self._masks.items():
            if name != field:
                out &= mask
        return once(self.cube, out) if self.selection.each == "happening" else out


def once(cube: Cube, mask: Mask) -> Mask:
    """One event of each happening: the one that stands for it if it is meant, else the first."""
    whole = by_happening(cube)
    found = whole[mask[whole]]
    codes = cube.single["happening"][found]
    first = np.ones(len(found), np.bool_)
    first[1:] = codes[1:] != codes[:-1]
    alone = cube.codes["happening"].numbers.get("", -1)  # events that are not resolved yet
    if alone >= 0:
        first |= codes == alone
    out = np.zeros(cube.size, np.bool_)
    out[found[first]] = True
    return out


def by_happening(cube: Cube) -> Ints:
    """All positions, those of a happening together, the one that stands for it before the others; kept with the cube."""
    found = cube.orders.get("happening")
    if found is None:
        found = cube.orders["happening"] = np.lexsort((cube.single["lead"] != 1, cube.single["happening"])).astype(np.int32)
    return found


def _masks(store: Store, connection: Connection, cube: Cube, s: Selection) -> dict[str, Mask]:
    """One mask a field that asks for something."""
    out: dict[str, Mask] = {"standing": is_one(cube, "standing", s.standing)}
    for name in ("kind", "status", "review", "happening"):
        if values := getattr(s, name):
            out[name] = is_one(cube, name, values)
    for name in ("actor", "participant", "country", "dyad", "direction", "place", "source", "outlet"):
        if values := getattr(s, name):
            if name in ("actor", "participant"):
                values = entities(connection, values)
            elif name in ("country", "place"):
                values = states(values) if name == "country" else places(values)
            elif name == "dyad":
                values = ["-".join(states_of(v)) for v in values]
            elif name == "direction":
                values = [">".join(direction_of(v)) for v in values]
            out[name] = has_one(cube, name, values)
    if s.since or s.until:
        low, high = _ordinal(s.since, 1), _ordinal(s.until, _FAR)
        out["date"] = (cube.single["first"] > 0) & (cube.single["first"] <= high) & (cube.single["last"] >= low)
    if s.confidence_from > 0 or s.confidence_to < 1:
        out["confidence"] = (cube.confidence >= s.confidence_from) & (cube.confidence <= s.confidence_to)
    if s.conflict:
        out["conflict"] = cube.single["conflict"] == 1
    if s.disputed:
        out["disputed"] = cube.single["disputed"] == 1
    if s.text.strip():
        out["text"] = _told_in(cube, matching(store, connection, s.text, exact=s.exact))
    if s.document:
        query = select(document.c.number).where(document.c.id.in_(s.document))
        out["document"] = _told_in(cube, np.asarray(connection.execute(query).scalars().all(), np.int64))
    return out


def is_one(cube: Cube, name: str, values: Sequence[str]) -> Mask:
    """Events whose one value of a field is one of these."""
    return cube.codes[name].among(cube.single[name], values)


def has_one(cube: Cube, name: str, values: Sequence[str]) -> Mask:
    """Events that have one of these among the values of a field."""
    positions, codes = cube.pairs[name]
    out = np.zeros(cube.size, np.bool_)
    out[positions[cube.codes[name].among(codes, values)]] = True
    return out


def _told_in(cube: Cube, documents: Numbers) -> Mask:
    home = cube.single["home"]
    wanted = np.zeros(int(max(home.max(initial=0), documents.max(initial=0))) + 1, np.bool_)
    wanted[documents] = True
    found: Mask = wanted[home]
    return found


def tally(cube: Cube, name: str, mask: Mask) -> Ints:
    """How often each code of a field stands in the events of a mask."""
    size = len(cube.codes[name].values)
    if name in cube.pairs:
        return np.bincount(cube.codes_of(name, np.flatnonzero(mask)), minlength=size)
    return np.bincount(cube.single[name][mask], minlength=size)


def count_values(cube: Cube, name: str, mask: Mask, most: int) -> tuple[Count, ...]:
    """How often each value stands in the events of a mask, the most frequent first, `most` of them."""
    counts = tally(cube, name, mask)
    return tuple(counted(cube, cube.codes[name].values[i], int(counts[i])) for i in most_frequent(counts, most))


def most_frequent(counts: Ints, most: int) -> list[int]:
    """The codes that were counted, the most frequent first, `most` of them; of equals the first."""
    codes = np.flatnonzero(counts)
    if len(codes) > 4 * most:  # only those that may be among them are put in order
        codes = codes[counts[codes] >= np.partition(counts[codes], -most)[-most]] if most else codes[:0]
    found: list[int] = codes[np.argsort(-counts[codes], kind="stable")][:most].tolist()
    return found


def counted(cube: Cube, value: str, count: int) -> Count:
    """A value with its names."""
    korean, english = cube.labels.get(value, (value, value))
    return Count(value=value, label=korean, count=count, label_en=english)


def _timeline(cube: Cube, mask: Mask) -> tuple[tuple[Count, ...], int]:
    counts = np.bincount(cube.single["month"][mask], minlength=1)
    undated, counts[0] = int(counts[0]), 0
    names = [(iso_month(int(month)), int(counts[month])) for month in np.flatnonzero(counts)]
    return tuple(Count(value=name, label=name, count=count) for name, count in names), undated


def iso_month(number: int) -> str:
    """`2018-05` of a month as the cube counts them, from January of the year 0."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _ordinal(day: str, default: int) -> int:
    return date.fromisoformat(day).toordinal() if day else default
