"""The reports that a room shows, read and resolved: everything that pages ask for stands here, made anew when a report is added."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence

from sacho.coding import Coding, report_of
from sacho.lexicon import load as load_lexicon
from sacho.lexicon.predicates import load_predicates
from sacho.records import Event, Happening, LifeLink, Participant, Record, Report
from sacho.resolve.days import days_of, iso
from sacho.resolve.happenings import Resolved, resolve_reports


class Entry(Record):
    """An event with the report it stands in and the happening it tells of. `lead`: it stands for its happening. `people` are ids of
    everybody named, `states` their countries, `places` the place and all around it; `first`/`last` are days, empty if unknown."""

    event: Event
    document: str
    outlet: str
    published: str
    happening: Happening
    lead: bool
    people: frozenset[str]
    states: frozenset[str]
    places: tuple[str, ...]
    first: str
    last: str


class Contents(Record):
    """One state of a shelf; a request works on one of them from its beginning to its end."""

    codings: dict[str, Coding]
    resolved: Resolved
    entries: tuple[Entry, ...]
    happenings: dict[str, Happening]
    of_event: dict[str, str]
    names: dict[str, tuple[str, str]]
    version: int

    def reports(self) -> Mapping[str, Report]:
        return self.resolved.reports

    def links_of(self, happening: str) -> tuple[LifeLink, ...]:
        return tuple(link for link in self.resolved.links if happening in (link.source, link.target))


class Shelf:
    """Reports by id. Adding and removing may come from several threads; readers take `contents` once."""

    def __init__(self, codings: Iterable[Coding] = ()) -> None:
        self._lock = threading.Lock()
        self.contents = _contents({c.annotated.document.id: c for c in codings}, 1)

    def add(self, codings: Iterable[Coding]) -> None:
        """Add reports; one that is there already is replaced."""
        with self._lock:
            held = {**self.contents.codings, **{c.annotated.document.id: c for c in codings}}
            self.contents = _contents(held, self.contents.version + 1)


def _contents(codings: dict[str, Coding], version: int) -> Contents:
    resolved = resolve_reports([report_of(c) for c in codings.values()], load_lexicon(), load_predicates())
    told = {e.id: (e, r) for r in resolved.reports.values() for e in r.events}
    entries = []
    for happening in resolved.happenings:
        held = [told[i] for i in happening.events]
        lead = max(held, key=lambda t: (t[0].status is happening.status, len(t[0].evidence), t[0].id))[0].id
        entries += [_entry(event, report, happening, lead) for event, report in held]
    entries.sort(key=lambda e: (e.first or e.published, e.event.id), reverse=True)
    return Contents(
        codings=codings, resolved=resolved, entries=tuple(entries), happenings={h.id: h for h in resolved.happenings},
        of_event={i: h.id for h in resolved.happenings for i in h.events}, names=_names(entries), version=version,
    )  # fmt: skip


def _entry(event: Event, report: Report, happening: Happening, lead: str) -> Entry:
    everyone = everybody(event)
    place = event.place
    states = {p.country for p in everyone if p.country}
    first, last = _bounds(event.date)
    return Entry(
        event=event, document=report.document, outlet=report.outlet, published=report.published, happening=happening,
        lead=event.id == lead, people=frozenset(p.id for p in everyone), states=frozenset(states),
        places=(place.name, *place.within) if place else (), first=first, last=last,
    )  # fmt: skip


def everybody(event: Event | Happening) -> tuple[Participant, ...]:
    """Everybody an event names, in order: who acts, to whom, who else."""
    return (*event.actor, *event.recipient, *event.participants)


def _bounds(date: str) -> tuple[str, str]:
    """First and last day of an EDTF date, both empty if it has no year."""
    found = days_of(date) if date else None
    if found is None:
        return "", ""
    return iso(found.first), iso(found.last)


def _names(entries: Sequence[Entry]) -> dict[str, tuple[str, str]]:
    return {p.id: (p.name, p.name_en or p.name) for e in entries for p in everybody(e.event)}
