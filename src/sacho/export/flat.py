"""A flat table of events: one row an event, for spreadsheets (cells guarded) or for programs (exact)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from sacho.export.outcome import Exported, Tally
from sacho.records import Event, Participant

CSV_COLUMNS = (
    "id", "date", "time", "kind", "type", "mode", "status", "symmetric", "actor", "recipient", "participants", "place", "within",
    "instrument", "sources", "outlets", "confidence", "conflict", "words", "gloss_en", "gloss_ko", "actor_id", "actor_country",
    "recipient_id", "recipient_country", "place_id", "place_country", "lat", "lon", "cameo", "goldstein", "quad", "documents",
)  # fmt: skip
NUMBERS = frozenset({"confidence", "lat", "lon", "goldstein", "quad"})
_LISTS = " | "
_GUARD = "'"
# OWASP's list, and the full-width forms that East Asian editions read as the same signs.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "|", "%")


def write_csv(events: Iterable[Event], out: BinaryIO, *, exact: bool = False) -> Exported:
    """Comma-separated UTF-8, every cell in quotation marks, CRLF.

    For a spreadsheet (the default) it begins with a byte order mark, and a cell that a spreadsheet might run begins with an
    apostrophe, as does one that has an apostrophe there already: `unguard` and `read_csv` give the same words back.
    `exact` leaves out both, for programs.
    """
    tally = Tally("csv")
    text = io.TextIOWrapper(out, encoding="utf-8" if exact else "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(CSV_COLUMNS)
    for event in events:
        writer.writerow(cells(event) if exact else [guard(name, cell) for name, cell in zip(CSV_COLUMNS, cells(event), strict=True)])
        tally.out()
    text.detach()
    return tally.done()


def read_csv(stream: BinaryIO) -> Iterator[dict[str, str]]:
    """The rows of a table that `write_csv` wrote for a spreadsheet, in their own words."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    for row in csv.DictReader(text):
        yield {name: unguard(cell) for name, cell in row.items()}
    text.detach()


def csv_rows(events: Iterable[Event]) -> Iterator[list[str]]:
    """Guarded rows in the order of `CSV_COLUMNS`."""
    for event in events:
        yield [guard(name, cell) for name, cell in zip(CSV_COLUMNS, cells(event), strict=True)]


def cells(event: Event) -> list[str]:
    """The cells of an event, unguarded. Lists are joined with ` | `; a bar within a name is written `\\|`."""
    place = event.place
    conflict = "; ".join(f"{c.field}: " + _joined(v.value for v in c.values) for c in event.conflicts)
    words = next((e.quote for e in event.evidence if e.field == "kind"), "")
    lat, lon = (None, None) if place is None else (place.lat, place.lon)
    return [
        event.id, event.date, event.time, event.kind, event.type, event.mode, event.status.value,
        "yes" if event.symmetric else "no", _names(event.actor), _names(event.recipient), _names(event.participants),
        place.name if place else "", " > ".join(place.within) if place else "", event.instrument, " > ".join(event.sources),
        _joined(event.outlets), f"{event.confidence:.2f}", conflict, words, event.gloss.en, event.gloss.ko,
        _joined(p.id for p in event.actor), _joined(p.country for p in event.actor), _joined(p.id for p in event.recipient),
        _joined(p.country for p in event.recipient), place.id if place else "", place.country if place else "", _number(lat),
        _number(lon), event.cameo, _number(event.goldstein), _number(event.quad),
        _joined(dict.fromkeys(e.document for e in event.evidence)),
    ]  # fmt: skip


def guard(column: str, cell: str) -> str:
    """The cell as a spreadsheet may have it. Columns of numbers are numbers: -7.2 is no formula."""
    if column in NUMBERS or not cell:
        return cell
    return _GUARD + cell if cell.lstrip(" \u3000").startswith((*_RISKY, _GUARD)) else cell


def unguard(cell: str) -> str:
    """The words of a guarded cell.

    >>> unguard("'=1+1"), unguard("평양")
    ('=1+1', '평양')
    """
    bare = cell[1:]
    return bare if cell.startswith(_GUARD) and bare.lstrip(" \u3000").startswith((*_RISKY, _GUARD)) else cell


def typed(row: Mapping[str, str]) -> dict[str, str | float | int | None]:
    """A row with its numbers as numbers."""
    return {name: (float(cell) if cell else None) if name in NUMBERS else cell for name, cell in row.items()}


def _names(people: Iterable[Participant]) -> str:
    return _joined(p.name for p in people)


def _joined(words: Iterable[str]) -> str:
    return _LISTS.join(w.replace("\\", "\\\\").replace("|", "\\|") for w in words)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
