"""iCalendar: events as all-day entries of a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, BinaryIO

from sacho.export.days import days, first_day
from sacho.export.outcome import Exported, Tally
from sacho.records import Document, Event, Status

if TYPE_CHECKING:
    from icalendar import Event as Entry

_STATUS = {
    Status.occurred: "CONFIRMED", Status.ongoing: "CONFIRMED", Status.planned: "TENTATIVE", Status.proposed: "TENTATIVE",
    Status.alleged: "TENTATIVE", Status.cancelled: "CANCELLED",
}  # fmt: skip


def write_ical(events: Iterable[Event], out: BinaryIO, *, documents: Mapping[str, Document], lang: str = "ko") -> Exported:
    """One VEVENT an event with a day or an interval of days; the clock time, if known, stands in the summary, because its zone
    often is not. Months and unknown days are left out, and so is what was denied or only supposed: a calendar would show them as true.

    `DTSTAMP` is the day of the report, or the event's own: the same events always give the same bytes.
    """
    tally = Tally("ical")
    out.write(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Sacho//Events//KO\r\nCALSCALE:GREGORIAN\r\n")
    for event in events:
        span = days(event.date)
        if event.status not in _STATUS:
            tally.left(f"status {event.status.value}")
        elif span is None:
            tally.left("no exact day")
        else:
            out.write(_entry(event, span, documents, lang).to_ical())
            tally.out()
    out.write(b"END:VCALENDAR\r\n")
    return tally.done()


def _entry(event: Event, span: tuple[date, date], documents: Mapping[str, Document], lang: str) -> Entry:
    from icalendar import Event as Entry

    entry = Entry()
    reports = list(dict.fromkeys(e.document for e in event.evidence))
    document = documents.get(reports[0]) if reports else None
    told = first_day(document.published or "") if document is not None else None
    gloss = event.gloss.ko if lang == "ko" else event.gloss.en
    entry.add("uid", f"{event.id}@sacho")
    entry.add("dtstamp", datetime.combine(told or span[0], time(0, 0, tzinfo=UTC)))
    entry.add("dtstart", span[0])
    entry.add("dtend", span[1] + timedelta(days=1))
    entry.add("summary", f"{event.time} {gloss}" if event.time else gloss)
    entry.add("description", _described(event, lang))
    entry.add("status", _STATUS[event.status])
    entry.add("transp", "TRANSPARENT")
    entry.add("categories", [event.kind])
    if event.place is not None:
        entry.add("location", event.place.name if lang == "ko" else event.place.name_en or event.place.name)
        if event.place.lat is not None and event.place.lon is not None:
            entry.add("geo", (event.place.lat, event.place.lon))
    if document is not None and document.url:
        entry.add("url", document.url)
    entry.add("x-sacho-edtf", event.date)
    return entry


def _described(event: Event, lang: str) -> str:
    quotes = dict.fromkeys(f"{e.field}: “{e.quote}”" for e in event.evidence)
    return "\n".join((event.gloss.en if lang == "ko" else event.gloss.ko, *quotes))
