"""The days of a stay: from the arrival to the departure of the same people, as far as the report tells them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from sacho.lexicon.predicates import Predicates
from sacho.records import Event, Evidence, Status, Timex, TimexKind
from sacho.resolve.gloss import gloss

_REAL = (Status.occurred, Status.ongoing)
_LONGEST = 45  # days


def stays(events: Sequence[Event], timexes: Sequence[Timex], published: str, predicates: Predicates) -> list[Event]:
    """The events, visits with the days of the whole stay: of one without days or with one end only, from the arrival to the
    departure; where the departure is in conflict, the length that the text gives (`1박2일`) decides. One under way of which no
    day is told takes the month of the report (`published`, empty if unknown)."""
    lengths = [t.value for t in timexes if t.kind is TimexKind.duration]
    out = []
    for event in events:
        if event.kind == "visit" and (event.status in _REAL or event.date.startswith("../")):
            first, last = _edge(event, events, "arrive"), _edge(event, events, "depart")
            days = _days(event, first, last, lengths, published)
            if days != event.date:
                event = _with_days(event, days, [e for e in (first, last) if e is not None and e.date in days], predicates)
        out.append(event)
    return out


def _days(visit: Event, first: Event | None, last: Event | None, lengths: Sequence[str], published: str) -> str:
    low, slash, high = visit.date.partition("/")
    low, high = low.strip("."), high.strip(".")
    if slash and low and high:
        return visit.date
    if slash:
        low = low or (first.date if first is not None else "")
        high = high or (last.date if last is not None else "")
        return f"{low or '..'}/{high or '..'}" if _fits(low, high) else visit.date
    if first is not None and last is not None and first.date <= (visit.date or first.date) <= last.date:
        ends = [last.date, *(v.value for c in last.conflicts if c.field == "date" for v in c.values)]
        return f"{first.date}/{next((d for d in ends if f'P{_count(first.date, d)}D' in lengths), last.date)}"
    if visit.date or visit.status is not Status.ongoing:
        return visit.date
    if first is not None and first.date <= published:
        return f"{first.date}/.."
    return published[:7]


def _edge(visit: Event, events: Sequence[Event], kind: str) -> Event | None:
    people = {p.id for p in visit.actor}
    for event in events:
        if event.kind == kind and people & {p.id for p in event.actor} and len(event.date) == 10:
            return event
    return None


def _fits(low: str, high: str) -> bool:
    return not (low and high) or 0 < _count(low, high) <= _LONGEST


def _with_days(visit: Event, days: str, edges: Sequence[Event], predicates: Predicates) -> Event:
    proofs: list[Evidence] = [e for edge in edges for e in edge.evidence if e.field == "date"]
    sources = visit.sources or (edges[-1].sources if len(edges) > 1 else ())
    longer = msgspec.structs.replace(
        visit, date=days, evidence=(*visit.evidence, *dict.fromkeys(proofs)), sources=sources
    )
    return msgspec.structs.replace(longer, gloss=gloss(longer, predicates.kinds["visit"]))


def _count(first: str, last: str) -> int:
    try:
        return (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    except ValueError:
        return -1
