"""Who set somebody free: the one who, in the same report, held the same people."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sacho.lexicon.predicates import Predicates
from sacho.records import Event, Status
from sacho.resolve.gloss import gloss

_HELD = frozenset([Status.occurred, Status.ongoing, Status.alleged])
_FREED = ("freed/", "went-free/", "set-free/")


def with_captors(events: Sequence[Event], predicates: Predicates) -> list[Event]:
    """The events in their order; a release of which only those released are told is the act of the state that alone held
    them (`북한에 억류됐던 선교사가 풀려났다`)."""
    held = [e for e in events if e.kind == "coerce" and e.actor and e.recipient and e.status in _HELD]
    return [_completed(e, held, predicates) if held and _is_open(e) else e for e in events]


def _is_open(event: Event) -> bool:
    open_ = event.kind == "retreat" and not event.actor and bool(event.recipient)
    return open_ and event.rule.startswith(_FREED) and event.status is Status.occurred


def _completed(release: Event, held: Sequence[Event], predicates: Predicates) -> Event:
    freed = {p.id for p in release.recipient}
    seizures = [e for e in held if freed & {p.id for p in e.recipient}]
    captors = {tuple([p.id for p in e.actor]) for e in seizures}
    if len(captors) != 1 or not all([p.id == p.country and p.id not in freed for p in seizures[0].actor]):
        return release
    proofs = tuple([e for e in seizures[0].evidence if e.field == "actor"])
    longer = msgspec.structs.replace(release, actor=seizures[0].actor, evidence=(*release.evidence, *proofs))
    return msgspec.structs.replace(longer, gloss=gloss(longer, predicates.kinds[release.kind]))
