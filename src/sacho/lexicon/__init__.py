"""The lexicon: people, offices, bodies, countries, places, outlets, titles, loaded from the data files."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TypeVar

import ahocorasick_rs
import msgspec

from sacho.lexicon.schema import Body, Country, Outlet, Pair, Person, PlaceEntry, Tenure, Title
from sacho.records import Record

__all__ = ["Lexicon", "LexiconError", "Surface", "load"]

_Row = TypeVar("_Row", bound=Record)
_LISTS = {"dprk", "aliases", "demonym_aliases", "members", "countries"}
_NUMBERS = {"lat", "lon"}
_RENAMED = {"from": "since", "to": "until", "class": "cls"}


class LexiconError(ValueError):
    """A malformed entry; the message names file, line and remedy."""


class Surface(Record):
    """A form that the text may show, and what it may stand for: (table, id) pairs."""

    form: str
    targets: tuple[tuple[str, str], ...]


class Lexicon(msgspec.Struct, frozen=True, kw_only=True):
    """All tables by id, and the automaton over every surface form."""

    people: dict[str, Person]
    tenures: dict[str, tuple[Tenure, ...]]
    countries: dict[str, Country]
    pairs: dict[str, Pair]
    bodies: dict[str, Body]
    places: dict[str, PlaceEntry]
    outlets: dict[str, Outlet]
    titles: dict[str, Title]
    surfaces: tuple[Surface, ...]
    automaton: ahocorasick_rs.AhoCorasick

    def words(self) -> list[tuple[str, str]]:
        """Names for the analyser's dictionary: those of two to seven letters without a space."""
        return [
            (s.form, "NNP") for s in self.surfaces
            if 2 <= len(s.form) <= 7 and " " not in s.form and s.targets[0][0] in ("people", "outlets", "places")
        ]  # fmt: skip

    def office_of(self, person: str, day: str) -> Tenure | None:
        """The office a person held on a day (the latest begun), None if none is known."""
        held = [t for t in self.tenures.get(person, ()) if t.since <= day and (not t.until or day <= _end(t.until))]
        return max(held, key=lambda t: t.since) if held else None

    def holder_of(self, title: str, country: str, day: str) -> str | None:
        """Who held a title (`외무상`, `대통령`) of a country on a day; None if nobody or more than one."""
        holders = {
            t.person for held in self.tenures.values() for t in held
            if t.country == country and t.title.endswith(title) and t.since <= day
            and (not t.until or day <= _end(t.until))
        }  # fmt: skip
        return holders.pop() if len(holders) == 1 else None


@cache
def load() -> Lexicon:
    """Read every table once. Raises `LexiconError` naming file, line and remedy."""
    people = {p.id: p for p in _table("people.csv", Person)}
    countries = {c.id: c for c in _table("countries.csv", Country)}
    pairs = {p.form: p for p in _table("pairs.csv", Pair)}
    bodies = {b.id: b for b in _table("bodies.csv", Body)}
    places = {p.id: p for p in _table("places.csv", PlaceEntry)}
    outlets = {o.id: o for o in _table("outlets.csv", Outlet)}
    titles = {t.id: t for t in _table("titles.csv", Title)}
    tenures: dict[str, list[Tenure]] = {}
    for tenure in _table("tenures.csv", Tenure):
        if tenure.person not in people:
            raise LexiconError(f"tenures.csv: {tenure.person} is no id of people.csv; add the person or drop the row.")
        tenures.setdefault(tenure.person, []).append(tenure)
    surfaces = _surfaces(people, countries, pairs, bodies, places, outlets)
    return Lexicon(
        people=people, tenures={k: tuple(v) for k, v in tenures.items()}, countries=countries, pairs=pairs,
        bodies=bodies, places=places, outlets=outlets, titles=titles, surfaces=surfaces,
        automaton=ahocorasick_rs.AhoCorasick(
            [s.form for s in surfaces], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        ),
    )  # fmt: skip


def _end(value: str) -> str:
    return value + {4: "-12-31", 7: "-31"}.get(len(value), "")


def _table(name: str, row: type[_Row]) -> list[_Row]:
    text = (files("sacho.lexicon") / "data" / name).read_text(encoding="utf-8")
    out = []
    for line, record in enumerate(csv.DictReader(text.splitlines()), start=2):
        fields: dict[str, object] = {}
        for column, cell in record.items():
            key = _RENAMED.get(column, column)
            if column in _LISTS:
                fields[key] = tuple(part for part in cell.split("|") if part)
            elif column in _NUMBERS:
                fields[key] = float(cell) if cell else None
            else:
                fields[key] = cell
        try:
            out.append(msgspec.convert(fields, row))
        except msgspec.ValidationError as error:
            raise LexiconError(f"{name}, line {line}: {error}; correct that row.") from None
    return out


def _surfaces(
    people: dict[str, Person], countries: dict[str, Country], pairs: dict[str, Pair], bodies: dict[str, Body],
    places: dict[str, PlaceEntry], outlets: dict[str, Outlet],
) -> tuple[Surface, ...]:  # fmt: skip
    found: dict[str, list[tuple[str, str]]] = {}

    def add(form: str, table: str, key: str) -> None:
        if form and (table, key) not in found.setdefault(form, []):
            found[form].append((table, key))

    for p in people.values():
        for form in (p.name, *p.dprk, *p.aliases):
            add(form, "people", p.id)
    for c in countries.values():
        for form in (c.name, *c.dprk, *c.aliases, *c.demonym_aliases, c.hanja):
            add(form, "countries", c.id)
    for pair in pairs.values():
        for form in (pair.form, "·".join(pair.form)) if len(pair.members) == len(pair.form) else (pair.form,):
            add(form, "pairs", pair.form)
    for b in bodies.values():
        for form in (b.name, *b.dprk, *b.aliases):
            add(form, "bodies", b.id)
    for o in outlets.values():
        for form in (o.name, *o.dprk, *o.aliases):
            add(form, "outlets", o.id)
    for place in places.values():
        for form in (place.name, *place.dprk, *place.aliases):
            add(form, "places", place.id)
    return tuple(Surface(form=form, targets=tuple(targets)) for form, targets in sorted(found.items()))
