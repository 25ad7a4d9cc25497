"""Reports in, happenings out: resolution across reports, one call.

A happening's fields are a view over the events of single reports: nothing is thrown away, and what does not agree stands
in `contradictions`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from sacho.lexicon import Lexicon
from sacho.lexicon.predicates import Predicates
from sacho.records import Event, Happening, Judgement, LifeLink, Participant, Place, Record, Report, Status
from sacho.resolve.clusters import Resolution, Telltale
from sacho.resolve.contradictions import contradictions_of, places_agree
from sacho.resolve.days import agree, days_of
from sacho.resolve.gloss import gloss
from sacho.resolve.lifecycle import links_of, stages_of
from sacho.resolve.tellings import tellings_of
from sacho.resolve.wire import canonical_names, copies, origins

Told = tuple[Event, Report]

_MOST_COMPARED = 60  # reports of one happening whose texts are compared with each other


class Resolved(Record):
    """Happenings in order of their day, the links between them, and the reports they rest on by document id. `joins` tell
    why: for each event but the first of a happening, the event it is most like, with score and reasons."""

    happenings: tuple[Happening, ...]
    links: tuple[LifeLink, ...]
    reports: dict[str, Report]
    joins: tuple[Telltale, ...] = ()


def resolve_reports(
    reports: Iterable[Report], lexicon: Lexicon, predicates: Predicates, judgements: Iterable[Judgement] = ()
) -> Resolved:
    """Resolve the events of many reports. The order of the reports does not matter; a document that comes twice
    counts once."""
    held = {r.document: r for r in sorted(reports, key=lambda r: r.document)}
    told = {e.id: (e, r) for r in held.values() for e in r.events}
    resolution = Resolution(judgements)
    resolution.add(tellings_of(held.values()))
    canonical = canonical_names(lexicon)
    happenings = [
        happening_of(resolution.identify(cluster), [told[i] for i in cluster], predicates, canonical)
        for cluster in resolution.clusters()
    ]
    happenings.sort(key=lambda h: (h.date or h.first_reported or "9", h.id))
    return Resolved(happenings=tuple(happenings), links=links_of(happenings, told), reports=held,
                    joins=tuple(resolution.joins()))  # fmt: skip


def happening_of(
    identity: str, told: Sequence[Told], predicates: Predicates, canonical: Callable[[str], str]
) -> Happening:
    """The happening of one cluster of events. `told` is not empty; its order does not matter."""
    told = sorted(told, key=lambda t: (t[1].published or "9", t[1].document, t[0].id))
    reports = {r.document: r for _, r in told}
    lead = max(told, key=lambda t: (_wealth(t[0]), t[0].id))[0]
    status = _status([e.status for e, _ in told])
    facts = [e for e, _ in told if e.status is status] or [e for e, _ in told]
    date = _date([e.date for e in facts if e.date] or [e.date for e, _ in told if e.date])
    view = msgspec.structs.replace(
        lead, date=date, status=status, place=_place([e.place for e in facts if e.place is not None]),
        participants=_attendees([e for e, _ in told], lead), sources=(), outlets=(),
    )  # fmt: skip
    days = [r.published for r in reports.values() if r.published]
    compared = list(reports.values())[:_MOST_COMPARED]
    sources = origins(told, canonical, copies(compared) if len(compared) > 1 else ())
    return Happening(
        id=identity, kind=view.kind, status=status, date=date, time=next((e.time for e in facts if e.time), ""),
        place=view.place, actor=view.actor, recipient=view.recipient, participants=view.participants,
        events=tuple(e.id for e, _ in told), documents=tuple(reports), reports=len({r.version for r in reports.values()}),
        outlets=len({r.outlet for r in reports.values() if r.outlet}), independent=len(sources), origins=sources,
        first_reported=min(days, default=""), last_reported=max(days, default=""), stages=stages_of(told),
        contradictions=contradictions_of(identity, told), gloss=gloss(view, predicates.kinds[view.kind]),
    )  # fmt: skip


def told_by(resolved: Resolved) -> Mapping[str, Told]:
    """Event and report of each event id."""
    return {e.id: (e, r) for r in resolved.reports.values() for e in r.events}


def _wealth(event: Event) -> tuple[bool, int, int, float]:
    """How much an event tells: the richest leads."""
    everyone = (*event.actor, *event.recipient)
    named = sum(p.id != p.country for p in everyone)
    return event.status in (Status.occurred, Status.ongoing), named, len(everyone) + bool(event.date) + bool(event.place), event.confidence


def _status(held: Sequence[Status]) -> Status:
    """What came of it: held if anybody tells it as held, else called off, denied, said, planned."""
    order = (Status.occurred, Status.ongoing, Status.cancelled, Status.denied, Status.alleged, Status.planned, Status.proposed)
    return min(held, key=lambda s: order.index(s) if s in order else len(order))


def _date(values: Sequence[str]) -> str:
    """The value that most values agree with; of those, the most precise."""
    if not values:
        return ""
    votes = {v: sum(agree(v, w) for w in values) for v in values}
    most = max(votes.values())
    return min((v for v in votes if votes[v] == most), key=lambda v: (_width(v), -values.count(v), v))


def _width(value: str) -> int:
    days = days_of(value)
    return days.last - days.first if days is not None else 10_000


def _place(places: Sequence[Place]) -> Place | None:
    """The place that most agree with; of those, the narrowest."""
    if not places:
        return None
    named = {p.name: p for p in places}
    votes = {name: sum(places_agree(place, p) for p in places) for name, place in named.items()}
    counts = Counter(p.name for p in places)
    best = max(named, key=lambda n: (votes[n], len(named[n].within), counts[n], n))
    return named[best]


def _attendees(events: Sequence[Event], lead: Event) -> tuple[Participant, ...]:
    """Everybody named as present, the longest list first, so that its order holds."""
    taken = {p.id for p in (*lead.actor, *lead.recipient)}
    out: dict[str, Participant] = {}
    for event in sorted(events, key=lambda e: (-len(e.participants), e.id)):
        for person in event.participants:
            if person.id not in taken:
                out.setdefault(person.id, person)
    return tuple(out.values())
