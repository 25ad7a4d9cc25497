"""Rows of the lexicon's tables, one record a table; `ID3` below means ISO 3166 alpha-3, `UNO` and `EUR` included."""

from __future__ import annotations

from sacho.records import Record


class Person(Record):
    """`name` is the ROK form, `dprk` the DPRK forms; `aliases` are other forms that stand alone (`푸틴`)."""

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
    """Who held which office from `since` to `until` (EDTF, as precise as known; no `until`: still)."""

    person: str
    title: str
    title_en: str
    body: str
    country: str
    since: str
    until: str
    source: str


class Country(Record):
    """`short` and `dprk_short` are the one-syllable forms of pairs and headlines: 북, 조."""

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
    """Countries named in one word, in the order of the word: 북러, 조로, 한미일."""

    form: str
    members: tuple[str, ...]
    register: str


class Body(Record):
    """Ministry, agency, party, office. A bare form (`외무성`) may be an alias of the bodies of several states."""

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
    """`within` is the id of the next wider place, or of the country."""

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
    """A news outlet or agency."""

    id: str
    name: str
    dprk: tuple[str, ...]
    en: str
    kind: str
    country: str
    aliases: tuple[str, ...]
    source: str


class Title(Record):
    """An office's title; `cls` groups titles of one rank."""

    id: str
    title: str
    dprk: tuple[str, ...]
    en: str
    countries: tuple[str, ...]
    sector: str
    cls: str
    aliases: tuple[str, ...]


class Ambiguity(Record):
    """A form that stands for more than one entry; `entries` are written `table:id`."""

    form: str
    entries: tuple[str, ...]
    reason: str


class PublicEvent(Record):
    """A dated event of public record: `since` and `until` its days where it took place (`until` empty: one day), `kst` the
    Korean day of a moment that fell on another. `names` tell of this event alone; `a+b` are words of one sentence, in that
    order. `parties` are states that took part."""

    id: str
    kind: str
    since: str
    until: str
    kst: str
    parties: tuple[str, ...]
    places: tuple[str, ...]
    names: tuple[str, ...]
    source: str
