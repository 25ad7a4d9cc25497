"""Rows of the lexicon's tables, one record a table. Lists inside a cell are separated by `|`."""

from __future__ import annotations

from sacho.records import Record


class Person(Record):
    id: str
    name: str
    dprk: tuple[str, ...]
    hanja: str
    en: str
    country: str
    sector: str
    aliases: tuple[str, ...]
    source: str


class Tenure(Record):
    """Who held which office from when to when (EDTF, as precise as known; empty `until`: still)."""

    person: str
    title: str
    title_en: str
    body: str
    country: str
    since: str
    until: str
    source: str


class Country(Record):
    id: str
    name: str
    dprk: tuple[str, ...]
    en: str
    hanja: str
    short: str
    dprk_short: str
    demonym_aliases: tuple[str, ...]
    aliases: tuple[str, ...]
    capital: str
    sector: str


class Pair(Record):
    form: str
    members: tuple[str, ...]
    register: str


class Body(Record):
    id: str
    name: str
    dprk: tuple[str, ...]
    en: str
    country: str
    sector: str
    kind: str
    aliases: tuple[str, ...]
    metonym: str
    source: str


class PlaceEntry(Record):
    id: str
    name: str
    dprk: tuple[str, ...]
    en: str
    kind: str
    country: str
    within: str
    lat: float | None
    lon: float | None
    precision: str
    aliases: tuple[str, ...]
    source: str


class Outlet(Record):
    id: str
    name: str
    dprk: tuple[str, ...]
    en: str
    kind: str
    country: str
    aliases: tuple[str, ...]
    source: str


class Title(Record):
    id: str
    title: str
    dprk: tuple[str, ...]
    en: str
    countries: tuple[str, ...]
    sector: str
    cls: str
    aliases: tuple[str, ...]
