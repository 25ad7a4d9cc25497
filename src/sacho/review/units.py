"""What several coders saw of one event, side by side: the units over which agreement is told and disagreements are found."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import msgspec

from sacho.evaluation.matching import match_events, match_leftovers, normal, same_name, same_party
from sacho.evaluation.measures import date_right, place_right
from sacho.evaluation.readings import EventReading, Name, Reading, reading_of_events, reading_of_gold
from sacho.records import Event, Record
from sacho.review.coders import event_ids, gold_reading
from sacho.review.reviewed import is_settled, reviewed
from sacho.store import Store
from sacho.store.coders import OURS, CoderReport, count_coder_reports, read_coder_reports
from sacho.store.readings import Stored, read_readings
from sacho.store.rows import title_of

Value = str | frozenset[str]
SINGLE = ("kind", "status", "symmetric", "date", "place")
SEVERAL = ("actor", "recipient", "participants", "attendees", "sources")
FIELDS = (*SINGLE, *SEVERAL)


class Seen(Record):
    """One coder's reading of one report; `ids` name its events."""

    coder: str
    reading: Reading
    ids: tuple[str, ...]


class Read(Record):
    """A report that two coders or more read, with each one's reading, `sacho` and `review` first. `reviews` are the states of review of
    the store's events by id."""

    document: str
    title: str
    outlet: str
    published: str
    text: str
    seen: tuple[Seen, ...]
    events: dict[str, Event]
    reviews: dict[str, str]


class Unit(Record):
    """One event as coders saw it: coder -> index among the events of that coder's reading. A coder who read the report and is not
    here did not see it."""

    at: dict[str, int]


def coders_of(store: Store) -> tuple[str, ...]:
    """Everybody who can be compared: the program, the reviewers, the coders that were imported."""
    return (*OURS, *count_coder_reports(store))


def reports_of(store: Store, coders: Collection[str]) -> Iterator[Read]:
    """The current reports that at least two of these coders read, in the order in which they came. `review` has read a report whose events
    were all accepted, corrected or rejected; what was rejected is not in its reading, what was taken of other coders is."""
    others: dict[str, list[CoderReport]] = {}
    for report in read_coder_reports(store, [c for c in coders if c not in OURS]):
        others.setdefault(report.document, []).append(report)
    wanted = None if set(OURS) <= set(coders) else others.keys()
    for stored in read_readings(store, wanted):
        if stored.superseded:
            continue
        seen = [s for s in (_ours(store, stored, name) for name in OURS if name in coders) if s is not None]
        seen += [_theirs(r, stored) for r in sorted(others.get(stored.document.id, ()), key=lambda r: r.coder)]
        if len(seen) > 1:
            yield _read(stored, seen)


def units_of(read: Read) -> tuple[Unit, ...]:
    """The events of a report, each with everybody who saw it; matched as in docs/gold.md, section 10, each coder with what those before
    saw, in the order of the text."""
    units: list[dict[str, int]] = []
    lead: list[EventReading] = []
    for seen in read.seen:
        events = seen.reading.events
        pairs = match_events(lead, events)
        pairs += match_leftovers(lead, events, pairs)
        for i, j in pairs:
            units[i][seen.coder] = j
        for j in sorted(set(range(len(events))) - {j for _, j in pairs}):
            units.append({seen.coder: j})
            lead.append(events[j])
    first = [min((s.start for s in e.spans), default=0) for e in lead]
    return tuple(Unit(at=units[i]) for i in sorted(range(len(units)), key=lambda i: (first[i], i)))


def values_of(events: Sequence[EventReading]) -> list[dict[str, Value]]:
    """The fields of one event as several coders gave them, in comparable form: a name, day or place that counts as the same as an earlier
    coder's (docs/gold.md) is written as there."""
    out: list[dict[str, Value]] = []
    for n, event in enumerate(events):
        before = events[:n]
        names = [name for e in before for name in (*e.everybody,)]
        sources = [s for e in before for s in e.sources]
        date = next((e.dates[0] for e in before if date_right(e, event) or date_right(event, e)), event.dates[0])
        place = next((e.places[0] for e in before if place_right(e, event) or place_right(event, e)), event.places[0])
        out.append({
            "kind": event.kind, "status": event.status, "symmetric": "yes" if event.symmetric else "no", "date": date,
            "place": normal(place),
            "actor": _known(event.actor, names), "recipient": _known(event.recipient, names),
            "participants": _known(event.others, names), "attendees": _known(event.attendees, names),
            "sources": frozenset(normal(next((o for o in sources if same_name(o, s)), s)) for s in event.sources),
        })  # fmt: skip
    return out


def _known(people: Sequence[Name], before: Sequence[Name]) -> frozenset[str]:
    return frozenset(normal(next((o for o in before if same_party(o, p)), p).name) for p in people)


def _ours(store: Store, stored: Stored, coder: str) -> Seen | None:
    if coder == "sacho":
        return Seen(coder=coder, reading=reading_of_events(stored.events, stored.quotes), ids=tuple(e.id for e in stored.events))
    if not is_settled(stored):
        return None
    done = reviewed(store, stored)
    reading, golden = reading_of_events(done.events, stored.quotes), done.gold_readings()
    ids = (*(e.id for e in done.events), *done.gold_events)
    return Seen(coder=coder, reading=msgspec.structs.replace(reading, events=(*reading.events, *golden)), ids=ids)


def _theirs(report: CoderReport, stored: Stored) -> Seen:
    if report.gold is None:
        reading = reading_of_events(report.events, report.quotes)
    else:
        reading = reading_of_gold(gold_reading(report.gold), stored.document.text)
    return Seen(coder=report.coder, reading=reading, ids=event_ids(report))


def _read(stored: Stored, seen: Sequence[Seen]) -> Read:
    return Read(
        document=stored.document.id, title=title_of(stored.document), outlet=stored.document.outlet or "",
        published=stored.publication.value, text=stored.document.text, seen=tuple(seen),
        events={e.id: e for e in stored.events}, reviews={e.id: r for e, r in zip(stored.events, stored.reviews, strict=True)},
    )  # fmt: skip
