"""The 20-column table of ICEWS event data: one row an actor and recipient, CAMEO codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import BinaryIO

from sacho.export.cameo import CameoCode, coded, number, tab_safe
from sacho.export.days import first_day
from sacho.export.outcome import Exported, Tally
from sacho.export.parties import pairs
from sacho.export.sectors import sectors
from sacho.lexicon import Lexicon, load
from sacho.records import Document, Event, Participant, Place

ICEWS_COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity",
    "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District",
    "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
_MISSING = "NA"
_LEVELS = {"city": "City", "county": "District", "province": "Province"}


def write_icews(events: Iterable[Event], out: BinaryIO, *, documents: Mapping[str, Document]) -> Exported:
    """Tab-separated UTF-8 with a head line; a missing value is `NA`, as in the published files. Names and labels are English.

    A symmetric act gives one row a pair, not two mirrored ones. `Sentence Number` stays `NA`: sentences are not part of an
    event. Source: the column order of the published yearly files.
    """
    tally, lexicon = Tally("icews"), load()
    out.write(("\t".join(ICEWS_COLUMNS) + "\n").encode())
    for event in events:
        act, day, dyads = coded(event), first_day(event.date), pairs(event)
        if isinstance(act, str):
            tally.left(act)
        elif day is None:
            tally.left("no exact day")
        elif not dyads:
            tally.left("no second party")
        else:
            for source, target in dyads:
                cells = _row(event, act, day, source, target, lexicon, documents)
                out.write(("\t".join(tab_safe(c) or _MISSING for c in cells) + "\n").encode())
            tally.out(len(dyads))
    return tally.done()


def _row(
    event: Event, act: CameoCode, day: date, source: Participant, target: Participant, lexicon: Lexicon,
    documents: Mapping[str, Document],
) -> tuple[str, ...]:  # fmt: skip
    story = event.evidence[0].document if event.evidence else ""
    document = documents.get(story)
    publisher = (document.outlet if document is not None else None) or (event.outlets[0] if event.outlets else "")
    return (
        str(number(event.id, source.id, target.id)), day.isoformat(), source.name_en or source.name, _sectors(source),
        _country(source.country, lexicon), act.label, act.code, _number(act.goldstein_icews), target.name_en or target.name,
        _sectors(target), _country(target.country, lexicon), str(number(story)) if story else "", "", publisher,
        *_where(event.place, lexicon),
    )  # fmt: skip


def _where(place: Place | None, lexicon: Lexicon) -> tuple[str, str, str, str, str, str]:
    if place is None:
        return ("", "", "", "", "", "")
    named: dict[str, str] = {}
    step: str | None = place.id
    while step in lexicon.places:
        entry = lexicon.places[step]
        if entry.precision in _LEVELS:
            named.setdefault(_LEVELS[entry.precision], entry.en or entry.name)
        step = entry.within
    return (
        named.get("City", ""), named.get("District", ""), named.get("Province", ""), _country(place.country, lexicon),
        _number(place.lat), _number(place.lon),
    )  # fmt: skip


def _sectors(person: Participant) -> str:
    """The sectors of a person or body; a state itself has none."""
    known = sectors().get(person.sector)
    return "" if person.id == person.country or known is None else known.icews


def _country(code: str, lexicon: Lexicon) -> str:
    return lexicon.countries[code].en if code in lexicon.countries else code


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
