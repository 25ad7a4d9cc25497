"""Which words of a text may name which entry of the lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import ahocorasick_rs

from sacho.lexicon.schema import Body, Country, Outlet, Pair, Person, PlaceEntry
from sacho.records import Record

_DOTS = ("·", "ㆍ", "-")


class Surface(Record):
    """A form that the text may show, and what it may stand for: (table, id) pairs."""

    form: str
    targets: tuple[tuple[str, str], ...]


def surfaces(
    *, people: Iterable[Person], countries: Iterable[Country], pairs: Iterable[Pair], bodies: Iterable[Body],
    places: Iterable[PlaceEntry], outlets: Iterable[Outlet],
) -> tuple[Surface, ...]:  # fmt: skip
    """All forms in code point order. One-syllable forms are left out: they need their own contexts."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for form, table, key in chain(
        _plain("people", people), _countries(countries), _pairs(pairs), _bodies(bodies),
        _plain("outlets", outlets), _plain("places", places),
    ):  # fmt: skip
        if len(form) > 1:
            found.setdefault(form, {})[(table, key)] = None
    return tuple(Surface(form=form, targets=tuple(found[form])) for form in sorted(found))


def automaton(forms: Sequence[str]) -> ahocorasick_rs.AhoCorasick:
    """Finds the longest form at each place; results index `forms`."""
    return ahocorasick_rs.AhoCorasick(forms, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def _plain(table: str, rows: Iterable[Person | Outlet | PlaceEntry]) -> Iterator[tuple[str, str, str]]:
    for row in rows:
        hanja = (row.hanja,) if isinstance(row, Person) else ()
        for form in (row.name, *row.dprk, *row.aliases, *hanja):
            yield form, table, row.id


def _countries(rows: Iterable[Country]) -> Iterator[tuple[str, str, str]]:
    for row in rows:
        for form in (row.name, *row.dprk, *row.aliases, *row.demonym_aliases):
            yield form, "countries", row.id


def _pairs(rows: Iterable[Pair]) -> Iterator[tuple[str, str, str]]:
    for row in rows:
        yield row.form, "pairs", row.form
        if len(row.members) == len(row.form):
            for dot in _DOTS:
                yield dot.join(row.form), "pairs", row.form


def _bodies(rows: Iterable[Body]) -> Iterator[tuple[str, str, str]]:
    for row in rows:
        for form in (row.name, *row.dprk, *row.aliases):
            yield form, "bodies", row.id
