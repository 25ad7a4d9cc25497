"""Who stands against whom in an event, for formats of one actor and one recipient a row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

from sacho.records import Event, Participant

Pair = tuple[Participant, Participant]


def pairs(event: Event) -> tuple[Pair, ...]:
    """Every actor with every recipient. A symmetric act without a recipient pairs its actors, each pair once; people of one
    country stand on one side of it (`김정은·김여정 – 푸틴`), unless all are of one country."""
    if event.recipient:
        return tuple((a, b) for a, b in product(event.actor, event.recipient) if a.id != b.id)
    if not event.symmetric:
        return ()
    return _across(event.actor)


def _across(parties: Sequence[Participant]) -> tuple[Pair, ...]:
    everyone = tuple(combinations(parties, 2))
    between = tuple((a, b) for a, b in everyone if a.country != b.country)
    return between or everyone
