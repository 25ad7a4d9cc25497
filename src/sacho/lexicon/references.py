"""Rows that point to rows of other tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sacho.lexicon.schema import Body, Country, Outlet, Pair, Person, PlaceEntry, Tenure

_STATES = frozenset({"", "INT"})  # besides the ids of countries.csv


def references(
    *, people: Sequence[Person], tenures: Iterable[Tenure], countries: Iterable[Country], pairs: Iterable[Pair],
    bodies: Sequence[Body], places: Sequence[PlaceEntry], outlets: Sequence[Outlet],
) -> list[str]:  # fmt: skip
    """What points nowhere, one sentence each, with the remedy."""
    states = _STATES | {c.id for c in countries}
    tables: dict[str, Sequence[Person | Body | PlaceEntry | Outlet]] = {
        "people": people, "bodies": bodies, "places": places, "outlets": outlets,
    }  # fmt: skip
    return [
        *_holders(tenures, {p.id for p in people}, states),
        *_countries(tables, states),
        *(
            f"pairs.csv ({pair.form}): {code} is no id of countries.csv; correct it or add the country."
            for pair in pairs for code in pair.members if code not in states
        ),
        *_containers(places, states),
    ]  # fmt: skip


def _holders(tenures: Iterable[Tenure], people: set[str], states: frozenset[str]) -> Iterator[str]:
    for t in tenures:
        if t.person not in people:
            yield f"tenures.csv ({t.person}, {t.title}): {t.person} is no id of people.csv; add the person or drop the row."
        if t.country not in states:
            yield f"tenures.csv ({t.person}, {t.title}): {t.country} is no id of countries.csv; correct it or add the country."


def _countries(
    tables: Mapping[str, Sequence[Person | Body | PlaceEntry | Outlet]], states: frozenset[str]
) -> Iterator[str]:
    for table, rows in tables.items():
        for row in rows:
            if row.country not in states:
                yield f"{table}.csv ({row.id}): {row.country} is no id of countries.csv; correct it or add the country."


def _containers(places: Sequence[PlaceEntry], states: frozenset[str]) -> Iterator[str]:
    known = states | {p.id for p in places}
    for place in places:
        if place.within not in known:
            yield f"places.csv ({place.id}): within {place.within} is no id of places.csv or countries.csv; correct it."
