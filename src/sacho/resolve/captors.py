"""Who took or set somebody free without being named: the one who, in the same report, held the same people, else the state in
which they were taken."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sacho.lexicon.predicates import Predicates
from sacho.records import Event, Evidence, Participant, Status
from sacho.resolve.gloss import gloss
from sacho.resolve.within import carried

_HELD = frozenset([Status.occurred, Status.ongoing, Status.alleged])
_FREED = ("freed/", "went-free/", "set-free/", "handed-back/")
_TAKEN = ("coerce/", "coerce-more/", "detained/", "hold/", "held/")
_SOLDIERS = ("병사", "군인", "포로", "장병")  # taken by those who fight them, wherever that is


def with_captors(events: Sequence[Event], predicates: Predicates) -> list[Event]:
    """The events in their order; those of whom only the taken or released are told get the state that alone held the same people
    (`북한에 억류됐던 선교사가 풀려났다`), and those taken in a state the state (`나진에서 체포됐다`), if the report names it as a party."""
    if not any([_is_open(e) for e in events]):
        return list(events)
    states = {p.id: (p, e) for e in reversed(events) for p in (*e.actor, *e.recipient) if p.id == p.country}
    known = [_completed(e, _captor(e, _doing(events)), predicates) for e in events]
    placed = [_completed(e, _on_the_spot(e, states), predicates) for e in known]
    told = [_completed(e, _captor(e, _doing(placed)), predicates) for e in placed]
    return [_completed(e, _only(e, _doing(told), states), predicates) for e in told]


def _doing(events: Sequence[Event]) -> list[Event]:
    return [e for e in events if e.kind in ("coerce", "retreat") and e.actor and e.recipient and e.status in _HELD]


def _is_open(event: Event) -> bool:
    if event.actor or not event.recipient or event.status not in _HELD:
        return False
    taken = event.kind == "coerce" and event.rule.startswith(_TAKEN)
    return taken or (event.kind == "retreat" and event.rule.startswith(_FREED) and event.status is Status.occurred)


def _captor(event: Event, doing: Sequence[Event]) -> tuple[tuple[Participant, ...], tuple[Evidence, ...]] | None:
    """The state that alone, in what the report tells, held or freed somebody of these, with the words that name it."""
    people = {p.id for p in event.recipient if p.id != p.country}
    acts = [e for e in doing if people & {p.id for p in e.recipient}]
    captors = {tuple([p.id for p in e.actor]) for e in acts}
    if len(captors) != 1 or not all([p.id == p.country and p.id not in people for p in acts[0].actor]):
        return None
    return acts[0].actor, tuple([e for e in acts[0].evidence if e.field == "actor"])


def _only(
    event: Event, doing: Sequence[Event], states: dict[str, tuple[Participant, Event]]
) -> tuple[tuple[Participant, ...], tuple[Evidence, ...]] | None:  # fmt: skip
    """The one state whose people hold and free people in the report, of a person who is not its own."""
    captors = {p.country for e in doing for p in e.actor if not p.id.startswith("name:")}
    state = next(iter(captors)) if len(captors) == 1 else ""
    if state not in states or any([p.id.startswith("group:") or p.country == state or p.id == p.country for p in event.recipient]):
        return None
    return (states[state][0],), tuple([e for e in doing[0].evidence if e.field == "actor"])


def _on_the_spot(
    event: Event, states: dict[str, tuple[Participant, Event]]
) -> tuple[tuple[Participant, ...], tuple[Evidence, ...]] | None:
    """The state in which somebody was taken, with the words that name the place."""
    near = event.kind == "coerce" and event.place is not None and not carried(event, "place")
    place = event.place.country if near and event.place is not None else ""
    if place not in states or any([p.name.endswith(_SOLDIERS) or p.id == p.country for p in event.recipient]):
        return None
    proofs = [msgspec.structs.replace(e, field="actor", rule="carried") for e in event.evidence if e.field == "place"]
    return (states[place][0],), tuple(proofs)


def _completed(
    event: Event, captor: tuple[tuple[Participant, ...], tuple[Evidence, ...]] | None, predicates: Predicates
) -> Event:
    if captor is None or not _is_open(event):
        return event
    longer = msgspec.structs.replace(event, actor=captor[0], evidence=(*event.evidence, *captor[1]))
    return msgspec.structs.replace(longer, gloss=gloss(longer, predicates.kinds[event.kind]))
