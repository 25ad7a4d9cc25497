"""Where a journey of several legs leads: who sets out, arrives and comes home is in the country that the report says he visits."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sacho.lexicon.predicates import Predicates
from sacho.records import Event, Participant, Status
from sacho.resolve.gloss import gloss

_LEGS = frozenset(["visit", "arrive", "depart"])
_KOREAS = frozenset(["KOR", "PRK"])
_REAL = (Status.occurred, Status.ongoing, Status.planned)


def with_countries(events: Sequence[Event], predicates: Predicates) -> list[Event]:
    """The events in their order; a leg without a country of its own takes the one that the same people visit, if it is there that
    the leg begins or ends, or if it is the way out or home."""
    named = [e for e in events if e.kind in _LEGS and e.recipient and e.actor]
    legs = [e for e in events if e.kind in _LEGS and e.actor and e.place is not None and not e.recipient]
    states = {p.id: p for e in reversed(events) for p in (*e.actor, *e.recipient) if p.id == p.country} if legs else {}
    return [_completed(e, [*named, *_landed(e, legs, states)], predicates) if _is_open(e) else e for e in events]


def _landed(leg: Event, legs: Sequence[Event], states: dict[str, Participant]) -> list[Event]:
    """The arrivals and visits of the same people abroad of which only a town is told, with its state: where a departure is
    from (`2일 샤먼에 도착했으며 3일 귀국한다`). Not between the two Koreas."""
    if leg.kind != "depart" or (leg.place is not None and leg.place.country not in {"", *(p.country for p in leg.actor)}):
        return []
    out = []
    for other in legs:
        state = states.get(other.place.country) if other.place is not None else None
        if other.kind != "depart" and other.status in _REAL and state is not None and state.id not in _KOREAS:
            out.append(msgspec.structs.replace(other, recipient=(state,)))
    return out


def _is_open(event: Event) -> bool:
    return event.kind in _LEGS and bool(event.actor) and not event.recipient and event.status in _REAL


def _completed(leg: Event, named: Sequence[Event], predicates: Predicates) -> Event:
    people = {p.id for p in leg.actor}
    home = {p.country for p in leg.actor}
    visited: dict[str, tuple[Participant, Event]] = {}
    for journey in named:
        if not people & {p.id for p in journey.actor} or not _one_journey(leg, journey):
            continue
        for party in journey.recipient:
            if party.id == party.country and party.country not in home:
                visited.setdefault(party.id, (party, journey))
    place = leg.place.country if leg.place is not None else ""
    if place and place not in home:
        found = visited.get(place)
    else:
        found = next(iter(visited.values())) if len(visited) == 1 and leg.kind == "depart" else None
    if found is None:
        return leg
    proofs = tuple([e for e in found[1].evidence if e.field == "recipient"])
    longer = msgspec.structs.replace(leg, recipient=(found[0],), evidence=(*leg.evidence, *proofs))
    return msgspec.structs.replace(longer, gloss=gloss(longer, predicates.kinds[leg.kind]))


def _one_journey(leg: Event, journey: Event) -> bool:
    """Whether the days of both may belong to one journey: at most a month apart, or unknown."""
    a, b = leg.date[:7], journey.date[:7]
    return not a or not b or a == b or len(a) < 7 or len(b) < 7 or abs(_month(a) - _month(b)) <= 1


def _month(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7]) if day[:4].isdigit() and day[5:7].isdigit() else -99
