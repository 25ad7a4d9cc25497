"""To whom aid and forces go that the clause sends nowhere: the state where they are handed over or fight, or the one to which
everything else of the kind goes in the report."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sacho.lexicon.predicates import Predicates
from sacho.records import Event, Evidence, Participant, Status
from sacho.resolve.gloss import gloss

_SENT = frozenset(["aid", "deploy"])
_NO_STATES = frozenset(["UNO", "IGO", "INT", "NGO"])


def with_beneficiaries(events: Sequence[Event], predicates: Predicates) -> list[Event]:
    """The events in their order; an open one takes the state as recipient, if the report names that state as a party."""
    sent = [e for e in events if e.kind in _SENT]
    if not any(_is_open(e) for e in sent):
        return list(events)
    states = {p.id: (p, e) for e in reversed(events) for p in (*e.actor, *e.recipient) if p.id == p.country}
    landed = [_completed(e, (), states, predicates) if _is_open(e) else e for e in events]
    sent = [e for e in landed if e.kind in _SENT]
    return [_completed(e, sent, states, predicates) if _is_open(e) else e for e in landed]


def _is_open(event: Event) -> bool:
    return event.kind in _SENT and bool(event.actor) and not event.recipient and event.status is not Status.denied


def _completed(
    event: Event, sent: Sequence[Event], states: dict[str, tuple[Participant, Event]], predicates: Predicates
) -> Event:
    home = {p.country for p in event.actor}
    place = event.place.country if event.place is not None else ""
    others = {p.country for e in sent if _alike(e, event) for p in e.recipient if p.country} - home - _NO_STATES
    state = place if place and place not in home else next(iter(others)) if len(others) == 1 else ""
    if state not in states:
        return event
    party, source = states[state]
    proofs = _proofs(event if state == place else source, "place" if state == place else "")
    longer = msgspec.structs.replace(event, recipient=(party,), evidence=(*event.evidence, *proofs))
    return msgspec.structs.replace(longer, gloss=gloss(longer, predicates.kinds[event.kind]))


def _alike(other: Event, event: Event) -> bool:
    """Aid of whomever; forces of the same state only."""
    same = {p.country for p in other.actor} & {p.country for p in event.actor}
    return other.kind == event.kind and (event.kind == "aid" or bool(same))


def _proofs(source: Event, field: str) -> tuple[Evidence, ...]:
    fields = (field,) if field else ("recipient",)
    return tuple([msgspec.structs.replace(e, field="recipient", rule="carried") for e in source.evidence if e.field in fields])
