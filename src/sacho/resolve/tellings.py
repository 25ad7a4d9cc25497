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
from sacho.resolve.gist import KINDS, gist
from sacho.resolve.parties import key_of
from sacho.resolve.quantities import quantities_of, sentence_of
from sacho.resolve.within import carried

# Kinds that different reports use for one act: the reception as attendance, the talks as a session.
_GROUPS = {
    "attend": "occasion", "ceremony": "occasion", "convene": "session", "meet": "session", "test": "launch",
}  # fmt: skip
_REALITY = {
    Status.occurred: "real", Status.ongoing: "real", Status.alleged: "alleged", Status.denied: "denied",
    Status.cancelled: "cancelled", Status.planned: "ahead", Status.proposed: "ahead", Status.hypothetical: "supposed",
}  # fmt: skip
_VERBAL = frozenset({"state", "accuse", "reject", "threaten", "support", "request", "concede"})
_GOODS = frozenset({"t", "kg", "대", "개", "마리", "그루"})
_NEAR = 200  # letters between a quotation and the act that it belongs to
_LONG = 6  # letters: shorter quotations are everybody's
CORRECTION = re.compile(r"바로잡|정정(?:합|했|하|한|\])|잘못\s?(?:전|보도|표기)|사실과\s?달라")
_AGAIN = re.compile(
    r"다시\s(?:\S+\s){0,4}(?:만나|회담|통화|협의|회동|접촉|마주)|\d+일에도\s|날에도\s|이틀째|이틀\s?연속|사흘째|연이틀|연일|전날에\s?이어|\d+일에\s?이어|에\s?이어\s(?:이날|\d+일|또)|또\s?다시|재차|재회동|둘째\s?날|(?:2|3|두|세|둘|셋)\s?(?:차|번째)\s"
)
_BLANKS = re.compile(r"[\s·]+")


class Telling(msgspec.Struct, frozen=True, gc=False):
    """`actor` and `recipient` are keys of parties (`sacho.resolve.parties`). `whole`: the place is a whole country.
    `corrects`: the report says that it puts something right; `again`: that it was not the first time (`이틀째`); `lasting`: that it
    still went on. `gist` is what a verbal act is about (`sacho.resolve.gist`), `goods` what was given (`쌀`), as far as the text
    counts it. `first` and `last` are ordinals of days, 0 if the text gives none; `published` likewise."""

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
    again: bool = False
    goods: tuple[str, ...] = ()
    gist: tuple[str, ...] = ()
    lasting: bool = False

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
            self.corrects, self.whole, self.again, self.goods, self.gist, self.lasting,
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
    days = days_of(event.date) if not carried(event, "date") else None
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
        again=_again(event, report), goods=_goods(event, report) if event.kind == "aid" else (),
        gist=gist(event, report, _ends(event, report)) if event.kind in KINDS else (), lasting=event.status is Status.ongoing,
    )  # fmt: skip


def _again(event: Event, report: Report) -> bool:
    return any(_AGAIN.search(sentence_of(report.text, p.start)) for p in event.evidence if p.field == "kind")


def _ends(event: Event, report: Report) -> list[int]:
    return [p.end for e in report.events if e.id != event.id for p in e.evidence if p.field == "kind"]


def _goods(event: Event, report: Report) -> tuple[str, ...]:
    """What is counted within the words that tell of the event or, if nothing is, in their sentence."""
    spans = [(p.start, p.end) for p in event.evidence if p.field == "kind"]
    held = [q for q in quantities_of(event, report) if q.unit in _GOODS and q.label]
    within = [q for q in held if any(start <= q.start < end for start, end in spans)]
    return tuple(sorted({intern(q.label) for q in within or held}))


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
    return tuple(sorted({key_of(p) for p in people}))


def _bare(name: str) -> str:
    return _BLANKS.sub("", name)


def _ordinal(day: str) -> int:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return 0
