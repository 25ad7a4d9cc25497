"""The days of a stay: from the arrival to the departure of the same people, as far as the report tells them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from sacho.lexicon.predicates import Predicates
from sacho.records import AnnotatedDocument, Event, Evidence, Status, TimexKind
from sacho.resolve.gloss import gloss

_REAL = (Status.occurred, Status.ongoing)
_LONGEST = 45  # days
_ENDED = re.compile(
    r"(?:\s?(?:일정|행사|활동))?[을를]?\s(?:(?:모두|성과적으로|성공적으로|무사히)\s)?"
    r"(?:마치[고며]|마친\s|끝내[고며]|끝낸\s|마무리하[고며]|마무리한\s|뒤로하고|끝으로)"
)


def stays(events: Sequence[Event], annotated: AnnotatedDocument, predicates: Predicates) -> list[Event]:
    """The events, visits with the days of the whole stay: of one without days or with one end only, from the arrival to the
    departure; where the departure is in conflict, the length that the text gives (`1박2일`) decides. One that ends in the words that
    tell of a departure (`방문을 마치고 20일 평양을 떠났다`) lasted until then. One under way of which no day is told takes the month of the
    report."""
    text, published = annotated.document.text, annotated.publication.value
    lengths = [t.value for t in annotated.timexes if t.kind is TimexKind.duration]
    out = []
    for event in events:
        if event.kind == "visit" and (event.status in _REAL or event.date.startswith("../")):
            first, last = _edge(event, events, "arrive"), _edge(event, events, "depart")
            days = _days(_until(event, last, text), first, last, lengths, published)
            if days != event.date:
                event = _with_days(event, days, [e for e in (first, last) if e is not None and e.date in days], predicates)
        out.append(event)
    return out


def _until(visit: Event, last: Event | None, text: str) -> Event:
    """The visit, with its departure for its last day if the text ends it there and gives no other day."""
    if last is None or visit.date not in ("", last.date):
        return visit
    ended = any(e.field == "kind" and _ENDED.match(text, e.end) for e in visit.evidence)
    return msgspec.structs.replace(visit, date=f"../{last.date}") if ended else visit


def _days(visit: Event, first: Event | None, last: Event | None, lengths: Sequence[str], published: str) -> str:
    low, slash, high = visit.date.partition("/")
    low, high = low.strip("."), high.strip(".")
    if slash and low and high:
        return visit.date if low != high else low
    if slash:
        low = low or (first.date if first is not None else "")
        high = high or (last.date if last is not None else "")
        return f"{low or '..'}/{high or '..'}" if _fits(low, high) else visit.date
    if first is not None and last is not None and first.date <= (visit.date or first.date) <= last.date:
        ends = [last.date, *(v.value for c in last.conflicts if c.field == "date" for v in c.values)]
        end = next((d for d in ends if f"P{_count(first.date, d)}D" in lengths), last.date)
        return f"{first.date}/{end}" if end != first.date else end  # there and back on one day
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
    longer = msgspec.structs.replace(visit, date=days, evidence=(*visit.evidence, *dict.fromkeys(proofs)), sources=sources)
    return msgspec.structs.replace(longer, gloss=gloss(longer, predicates.kinds["visit"]))


def _count(first: str, last: str) -> int:
    try:
        return (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    except ValueError:
        return -1
