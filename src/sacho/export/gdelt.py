"""Rows in the order of GDELT 2.0's event table: 61 columns, no head line, mirrored dyads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import BinaryIO

from sacho.export.cameo import CameoCode, cameo_codes, coded, number, tab_safe
from sacho.export.days import first_day
from sacho.export.outcome import Exported, Tally
from sacho.export.parties import Pair, pairs
from sacho.export.sectors import sectors
from sacho.export.tables import rows
from sacho.records import Document, Event, Participant, Place

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
          "Type2Code", "Type3Code")  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
GDELT_COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *(f"Actor1{c}" for c in _ACTOR),
    *(f"Actor2{c}" for c in _ACTOR), "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass",
    "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone", *(f"Actor1Geo_{c}" for c in _GEO),
    *(f"Actor2Geo_{c}" for c in _GEO), *(f"ActionGeo_{c}" for c in _GEO), "DATEADDED", "SOURCEURL",
)  # fmt: skip
_GROUPS = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG", "ISM", "MNC"})  # PLOVER's codes in the place of a country
_MIRROR = {"042": "043", "043": "042"}  # who visits is hosted
_NO_GEO = ("",) * len(_GEO)


def write_gdelt(events: Iterable[Event], out: BinaryIO, *, documents: Mapping[str, Document]) -> Exported:
    """Tab-separated UTF-8. A symmetric act gives each pair in both directions, a visit `042` and its host's `043`, any other
    act the direction it has: this is the one export with mirrored rows.

    `AvgTone` is empty (tone is not measured), actors' own places too; `DATEADDED` is the day of the report. Source: the
    GDELT 2.0 event codebook.
    """
    tally = Tally("gdelt")
    for event in events:
        act, day = coded(event), first_day(event.date)
        if isinstance(act, str) or day is None or not event.actor:
            tally.left(act if isinstance(act, str) else "no exact day" if day is None else "no actor")
            continue
        directed = _directed(event, act)
        for code, actor, recipient in directed:
            cells = _row(event, code, day, actor, recipient, documents)
            out.write(("\t".join(tab_safe(c) for c in cells) + "\n").encode())
        tally.out(len(directed))
    return tally.done()


def _directed(event: Event, act: CameoCode) -> list[tuple[CameoCode, Participant, Participant | None]]:
    dyads: tuple[Pair, ...] = pairs(event)
    if not dyads:
        return [(act, person, None) for person in event.actor]
    directed: list[tuple[CameoCode, Participant, Participant | None]] = [(act, a, b) for a, b in dyads]
    if event.symmetric:
        directed += [(act, b, a) for a, b in dyads]
    elif act.code in _MIRROR:
        directed += [(cameo_codes()[_MIRROR[act.code]], b, a) for a, b in dyads]
    return directed


def _row(
    event: Event, act: CameoCode, day: date, actor: Participant, recipient: Participant | None, documents: Mapping[str, Document]
) -> tuple[str, ...]:
    reports = list(dict.fromkeys(e.document for e in event.evidence))
    document = documents.get(reports[0]) if reports else None
    published = first_day(document.published or "") if document is not None else None
    mentions = max(1, sum(e.field == "kind" for e in event.evidence))
    other = recipient.id if recipient is not None else ""
    return (
        str(number(event.id, act.code, actor.id, other)), f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}",
        f"{day.year + (day.month * 30 + day.day) / 365:.4f}", *_actor(actor), *_actor(recipient), "1", act.code, act.code[:3],
        act.code[:2], str(act.quad), "" if act.goldstein_gdelt is None else f"{act.goldstein_gdelt:g}", str(mentions),
        str(max(1, len(event.outlets))), str(max(1, len(reports))), "", *_NO_GEO, *_NO_GEO,
        *_geo(event.place), f"{published:%Y%m%d}000000" if published is not None else "",
        (document.url or document.origin) if document is not None else "",
    )  # fmt: skip


def _actor(person: Participant | None) -> tuple[str, ...]:
    if person is None:
        return ("",) * len(_ACTOR)
    group = person.country if person.country in _GROUPS else ""
    country = "" if group else person.country
    known = sectors().get(person.sector)
    kind = "" if person.id == person.country or known is None else known.cameo
    return (f"{group or country}{kind}", (person.name_en or person.name).upper(), country, group, "", "", "", kind, "", "")


def _geo(place: Place | None) -> tuple[str, ...]:
    """The place of the act. Type 1 is a country, 2 and 5 a state or province, 3 and 4 anything narrower (2 and 3 in the USA)."""
    if place is None:
        return _NO_GEO
    american = place.country == "USA"
    if place.id == place.country:
        level = "1"
    elif place.precision in ("province", "region"):
        level = "2" if american else "5"
    else:
        level = "3" if american else "4"
    lat, lon = ("" if v is None else f"{v:g}" for v in (place.lat, place.lon))
    return (level, place.name_en or place.name, _fips().get(place.country, ""), "", "", lat, lon, "")


@cache
def _fips() -> dict[str, str]:
    return {row["country"]: row["fips"] for row in rows("fips.csv")}
