"""Does a gold report hold together? One sentence a fault, none for a report that can be measured with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sacho.evaluation.gold import (
    GoldError,
    GoldEvent,
    GoldName,
    GoldReading,
    GoldReport,
    differs_from_front,
    gold_ids,
    read_reading,
    read_report,
)
from sacho.evaluation.matching import family, normal
from sacho.lexicon.predicates import load_predicates
from sacho.records import Status

ROLES = ("attendee", "mediator", "host", "carrier", "addressee", "signatory", "beneficiary")
FIELDS = ("date", "time", "place", "actor", "recipient", "status", "participants", "number")
PARTS_OF_DAY = ("dawn", "morning", "noon", "afternoon", "evening", "night")
_DAY = r"[\dX]{4}(?:-(?:[\dX]{2})(?:-[\dX]{2})?)?[~?%]?"
_EDTF = re.compile(rf"{_DAY}(?:/(?:{_DAY}|\.\.))?|\.\./{_DAY}")
_FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = re.compile(r"(?:[01]\d|2[0-4]):[0-5]\d")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


def read_gold(directory: Path) -> tuple[tuple[GoldReport, ...], tuple[str, ...]]:
    """The sound reports of a gold directory in the order of their ids, and a sentence for every fault of the
    others. Raises `GoldError` if there is nothing to read."""
    sound: list[GoldReport] = []
    faults: list[str] = []
    for name in gold_ids(directory):
        try:
            report = read_report(directory, name)
        except GoldError as error:
            faults.append(str(error))
            continue
        found = check(report)
        faults += found
        if not found:
            sound.append(report)
    return tuple(sound), tuple(faults)


def read_second(directory: Path, reports: tuple[GoldReport, ...]) -> tuple[dict[str, GoldReading], tuple[str, ...]]:
    """The readings of a second coder, by id, and a sentence for every fault. He need not have read every report; if he
    has read none of these, each is a fault."""
    readings: dict[str, GoldReading] = {}
    faults: list[str] = []
    read = tuple(r for r in reports if (directory / f"{r.id}.json").exists())
    for report in read or reports:
        try:
            reading = read_reading(directory / f"{report.id}.json")
        except GoldError as error:
            faults.append(str(error))
            continue
        found = [f"{report.id}.json: {fault}" for fault in _reading_faults(reading, report)]
        faults += found
        if not found:
            readings[report.id] = reading
    return readings, tuple(faults)


def check(report: GoldReport) -> list[str]:
    """Every fault of one report, each a sentence that names the file."""
    heads = [f"{report.id}.md: {fault}" for fault in _front_faults(report)]
    return heads + [f"{report.id}.json: {fault}" for fault in _reading_faults(report.reading, report)]


def is_time(value: str) -> bool:
    """Whether a gold report may give it as the time of an event: `HH:MM` or a part of the day."""
    return _CLOCK.fullmatch(value) is not None or value in PARTS_OF_DAY


def _front_faults(report: GoldReport) -> Iterator[str]:
    if not _ID.fullmatch(report.id):
        yield "the name of the file is no id; use small Latin letters, digits and `-`."
    if not report.front.outlet:
        yield "the front matter gives no outlet; add a line `outlet: …`."
    if not _is_day(report.front.published):
        yield f"published {report.front.published!r} is no day; write YYYY-MM-DD."
    if report.front.blind not in ("", "yes", "no"):
        yield f"blind {report.front.blind!r} is neither yes nor no; write one of them."


def _reading_faults(reading: GoldReading, report: GoldReport) -> Iterator[str]:
    text = report.document.text
    if reading.id != report.id:
        yield f"id {reading.id!r} is not the name of the file; write {report.id!r}."
    for key in differs_from_front(reading, report.front):
        yield f"{key} is not what the front matter of {report.id}.md says; delete it here or mend it."
    for number, event in enumerate(reading.events, start=1):
        for fault in _event_faults(event, report):
            yield f"event {number} ({event.kind} {event.trigger!r}): {fault}"
    for number, quote in enumerate(reading.quotes, start=1):
        if not quote.speaker.strip():
            yield f"quote {number} ({quote.starts!r}): has no speaker; name whose words they are."
        if not _stands(quote.starts, text):
            yield f"quote {number}: starts with {quote.starts!r}, which is not in the text; copy the words letter by letter."
    yield from _contradiction_faults(reading, text)
    for words in reading.not_events:
        if not _stands(words, text):
            yield f"not_events: {words!r} is not in the text; copy the words letter by letter."


def _contradiction_faults(reading: GoldReading, text: str) -> Iterator[str]:
    kinds = {family(event.kind) for event in reading.events}
    for number, item in enumerate(reading.contradictions, start=1):
        if family(item.kind) not in kinds:
            yield f"contradiction {number}: there is no event of kind {item.kind!r}; name the kind of the event it is about."
        if item.field not in FIELDS:
            yield f"contradiction {number}: field {item.field!r} is unknown; take one of {', '.join(FIELDS)}."
        if len(item.values) < 2:
            yield f"contradiction {number}: holds fewer than two values; give the words of each."
        for words in item.values:
            if not _stands(words, text):
                yield f"contradiction {number}: {words!r} is not in the text; copy the words letter by letter."


def _event_faults(event: GoldEvent, report: GoldReport) -> Iterator[str]:
    kinds = load_predicates().kinds
    if event.kind not in kinds:
        yield f"kind {event.kind!r} is unknown; take one of {', '.join(kinds)}."
    if event.status not in Status.__members__:
        yield f"status {event.status!r} is unknown; take one of {', '.join(Status)}."
    if not _stands(event.trigger, report.document.text):
        yield "the trigger is not in the text; copy the words letter by letter."
    for key, day in (("date", event.date), *(("date_alt", day) for day in _several(event.date_alt))):
        if not _is_edtf(day):
            yield f"{key} {day!r} is no EDTF date; write 2018-05-31, 2018-05, 2018, a/b or leave it empty."
    if event.time and not is_time(event.time):
        yield f"time {event.time!r} is neither HH:MM nor one of {', '.join(PARTS_OF_DAY)}."
    for source in event.reported_by:
        if not source.strip():
            yield "reported_by holds an empty name; delete it."
        elif source == report.front.outlet:
            yield f"reported_by holds the outlet itself ({source}); leave it out."
    yield from _party_faults(event, report.document.text)


def _party_faults(event: GoldEvent, text: str) -> Iterator[str]:
    sides = {"who": event.who, "whom": event.whom, "attendees": event.attendees, "participants": event.participants}
    if not event.who and not event.whom:
        yield "has no participant; name who did it."
    for key, people in sides.items():
        for number, item in enumerate(people, start=1):
            person = item if isinstance(item, GoldName) else GoldName(name=item)
            if not person.name.strip():
                yield f"{key}, entry {number}: a participant without a name; the name is the identity, write what the text calls him."
            if person.as_written and not _stands(person.as_written, text):
                yield f"{key}, entry {number}: as_written {person.as_written!r} is not in the text; copy the words letter by letter."
            if key == "participants" and person.role not in ROLES:
                yield f"participants, entry {number}: role {person.role!r} is unknown; take one of {', '.join(ROLES)}."
    who, whom = ({normal(i if isinstance(i, str) else i.name) for i in side} for side in (event.who, event.whom))
    for name in sorted((who & whom) - {""}):
        yield f"{name} stands in who and in whom; keep one of them."


def _stands(words: str, text: str) -> bool:
    return bool(words.strip()) and words.strip() in text


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == 10


def _is_edtf(value: str) -> bool:
    return not value or (_EDTF.fullmatch(value) is not None and all(_is_day(day) for day in _FULL_DAY.findall(value)))
