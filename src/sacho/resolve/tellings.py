"""What resolution compares: one report's event, reduced to the few traits that tell happenings apart.

A telling is small on purpose, so that a million fit in memory; everything else stays in the event it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from sys import intern

import msgspec

from sacho.records import Event, Participant, Report, Status
from sacho.resolve.days import Days, days_of

# Kinds that different reports use for one act: the reception as attendance, the talks as a session.
_GROUPS = {
    "attend": "occasion", "ceremony": "occasion", "convene": "session", "meet": "session", "test": "launch",
}  # fmt: skip
_REALITY = {
    Status.occurred: "real", Status.ongoing: "real", Status.alleged: "alleged", Status.denied: "denied",
    Status.cancelled: "cancelled", Status.planned: "ahead", Status.proposed: "ahead", Status.hypothetical: "supposed",
}  # fmt: skip
_VERBAL = frozenset({"state", "accuse", "reject", "threaten", "support", "request", "concede"})
_NEAR = 200  # letters between a quotation and the act that it belongs to
_LONG = 6  # letters: shorter quotations are everybody's
CORRECTION = re.compile(r"바로잡|정정(?:합|했|하|한|\])|잘못\s?(?:전|보도|표기)|사실과\s?달라")
_BLANKS = re.compile(r"[\s·]+")


class Telling(msgspec.Struct, frozen=True, gc=False):
    """`actor` and `recipient` are `(country, id)` joined by a slash; a state is `RUS/`. `whole`: the place is a whole
    country. `corrects`: the report says that it puts something right. `first` and `last` are
    ordinals of days, 0 if the text gives none; `published` likewise."""

    id: str
    document: str
    group: str
    kind: str
    reality: str
    first: int
    last: int
    published: int
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    place: str = ""
    within: tuple[str, ...] = ()
    country: str = ""
    time: str = ""
    instrument: str = ""
    quotes: tuple[str, ...] = ()
    corrects: bool = False
    whole: bool = False

    @property
    def days(self) -> Days | None:
        return Days(first=self.first, last=self.last) if self.first else None

    @property
    def parties(self) -> tuple[str, ...]:
        return (*self.actor, *self.recipient)

    @property
    def traits(self) -> tuple[object, ...]:
        """All that comparison looks at: tellings of equal traits are one."""
        return (
            self.kind, self.reality, self.first, self.last, self.published if not self.first else 0, self.actor,
            self.recipient, self.place, self.within, self.country, self.time, self.instrument, self.quotes,
            self.corrects, self.whole,
        )  # fmt: skip


def tellings_of(reports: Iterable[Report]) -> Iterable[Telling]:
    """The tellings of reports, in their order. A supposition (`만약 방북한다면`) tells of nothing and is left out."""
    for report in reports:
        for event in report.events:
            if event.status is not Status.hypothetical and event.actor:
                yield telling_of(event, report)


def group_of(kind: str) -> str:
    """The group of kinds that different reports use for one act (`attend` and `ceremony`)."""
    return _GROUPS.get(kind, kind)


def telling_of(event: Event, report: Report) -> Telling:
    """The traits of one event of a report."""
    days = days_of(event.date)
    place = event.place
    return Telling(
        id=event.id, document=intern(report.document), group=intern(group_of(event.kind)),
        kind=intern(event.kind), reality=_REALITY[event.status],
        first=days.first if days else 0, last=days.last if days else 0, published=_ordinal(report.published),
        actor=_keys(event.actor), recipient=_keys(event.recipient),
        place=intern(_bare(place.name)) if place is not None else "",
        within=tuple(intern(_bare(name)) for name in place.within) if place is not None else (),
        country=intern(place.country) if place is not None else "", time=intern(event.time),
        instrument=intern(_bare(event.instrument)), quotes=_quoted(event, report) if event.kind in _VERBAL else (),
        corrects=bool(CORRECTION.search(report.text)), whole=place is not None and place.id == place.country,
    )  # fmt: skip


def _quoted(event: Event, report: Report) -> tuple[str, ...]:
    """Words in quotation marks that the doer of a verbal act said, near the words that tell of the act."""
    doers = {name for p in event.actor for name in (p.id, p.name, p.as_written)}
    places = [e.start for e in event.evidence if e.field == "kind"]
    said = [
        intern(_BLANKS.sub("", q.normalized)) for q in report.quotes
        if q.speaker in doers and any(abs(q.start - place) <= _NEAR for place in places)
    ]  # fmt: skip
    return tuple(sorted(w for w in said if len(w) >= _LONG))


def _keys(people: Iterable[Participant]) -> tuple[str, ...]:
    return tuple(sorted({intern(f"{p.country}/{'' if p.id == p.country else p.id}") for p in people}))


def _bare(name: str) -> str:
    return _BLANKS.sub("", name)


def _ordinal(day: str) -> int:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return 0
