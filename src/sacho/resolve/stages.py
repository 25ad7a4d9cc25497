"""The day and the place of what is done in the course of an occasion that its sentence names: `이 자리에서 …`, `회담에서 …`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sacho.records import BlockKind, EventMention, Place, Status
from sacho.resolve.page import Page, Telling, with_value
from sacho.resolve.surroundings import stands_apart
from sacho.resolve.within import Cluster

_SPOKEN = frozenset(["agree", "sign", "request", "reject", "accuse", "support", "message", "threaten", "concede", "invite"])
_ROOMS = frozenset(["meet", "convene", "ceremony", "attend", "appoint", "sign"])
_TALKS = frozenset(["meet", "convene"])
_REAL = (Status.occurred, Status.ongoing)
_HERE = re.compile(r"(?:이|그)\s?자리(?:에서|에는)|석상에서")
_TALK = re.compile(
    r"(?<![가-힣])(?:(?:이|이번|양자|정상|확대|단독)\s?)?(?:회담|회의|면담|접견|회동|협의|접촉)"
    r"(?:에서|\s(?:뒤|직후)|이?\s?끝난\s뒤|을\s마친\s뒤)"
)
_NEAR, _FAR = 3, 8  # sentences


def staged(groups: Sequence[Cluster], page: Page, place_of: Callable[[Sequence[EventMention]], Place | None]) -> list[Cluster]:
    """The groups, with the day and the place of the occasion at which something was said or settled, where its words give
    none. `page` tells of them in the same order; `place_of` gives the place that mentions have."""
    out = list(groups)
    for i, group in enumerate(groups):
        telling = page.tellings[i]
        if telling.lead.kind not in _SPOKEN or telling.lead.status not in _REAL or telling.lead.block is not BlockKind.body:
            continue
        host = _host(i, telling, page)
        if host is None:
            continue
        if not telling.day and host.day:
            group = with_value(group, "date", host.day, _words(host, "date"), page)
        place = place_of(host.mentions) if place_of(telling.mentions) is None else None
        out[i] = with_value(group, "place", place, _words(host, "place"), page) if place is not None else group
    return out


def _host(i: int, telling: Telling, page: Page) -> Telling | None:
    """The occasion: told right before (`이 자리에서`), or the last talk in which a state of theirs took part."""
    lead = telling.lead
    start = page.starts[lead.sentence]
    here = _HERE.search(page.text, start, lead.start)
    talk = None if here else _TALK.search(page.text, start, lead.start)
    if (here is None and talk is None) or stands_apart(lead, page):
        return None
    kinds, reach = (_ROOMS, _NEAR) if here else (_TALKS, _FAR)
    for k in reversed(page.order):
        other = page.tellings[k]
        away = lead.sentence - other.lead.sentence
        if k == i or other.lead.start >= lead.start or away < (0 if here else 1):
            continue
        if away > reach:
            return None
        fits = other.lead.kind in kinds and other.lead.status in _REAL
        if fits and (not telling.states or telling.states & other.states):
            return other if not telling.day or not other.day or telling.day == other.day else None
    return None


def _words(host: Telling, field: str) -> tuple[int, int] | None:
    proof = next((e for m in host.mentions for e in m.evidence if e.field == field), None)
    return (proof.start, proof.end) if proof is not None else None
