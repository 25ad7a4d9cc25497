"""A flat table of events for spreadsheets: one row an event, words guarded so that no cell executes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sacho.records import Event, Participant

CSV_COLUMNS = (
    "id", "date", "time", "kind", "type", "status", "actor", "recipient", "participants", "place", "within",
    "instrument", "sources", "outlets", "confidence", "conflict", "words", "gloss_en", "gloss_ko",
)  # fmt: skip
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def csv_rows(events: Iterable[Event]) -> Iterator[list[str]]:
    """Rows in the order of `CSV_COLUMNS`. A cell that a spreadsheet would run gets a leading apostrophe."""
    for event in events:
        yield [_guard(cell) for cell in _cells(event)]


def _cells(event: Event) -> list[str]:
    place = event.place
    conflict = "; ".join(f"{c.field}: " + " | ".join(v.value for v in c.values) for c in event.conflicts)
    words = next((e.quote for e in event.evidence if e.field == "kind"), "")
    return [
        event.id, event.date, event.time, event.kind, event.type, event.status.value, _names(event.actor),
        _names(event.recipient), _names(event.participants), place.name if place else "",
        " > ".join(place.within) if place else "", event.instrument, " > ".join(event.sources),
        " | ".join(event.outlets), f"{event.confidence:.2f}", conflict, words, event.gloss.en, event.gloss.ko,
    ]  # fmt: skip


def _names(people: Iterable[Participant]) -> str:
    return " | ".join(p.name for p in people)


def _guard(cell: str) -> str:
    return "'" + cell if cell.startswith(_RISKY) else cell
