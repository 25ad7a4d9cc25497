"""The day and the place of what is done in the course of an occasion that its sentence names: `이 자리에서 …`, `회담에서 …`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sacho.records import BlockKind, EventMention, Place, Status
from sacho.resolve.page import Moment, Page, Telling, with_value
from sacho.resolve.surroundings import stands_apart
from sacho.resolve.within import Cluster

_SPOKEN = frozenset(["agree", "sign", "request", "reject", "accuse", "support", "message", "threaten", "concede", "invite"])
_ROOMS = frozenset(["meet", "convene", "ceremony", "attend", "appoint", "sign"])
_TALKS = frozenset(["meet", "convene"])
_REAL = (Status.occurred, Status.ongoing)
_HERE = re.compile(r"(?:이|그)\s?자리(?:에서|에는)|석상에서")
_TALK = re.compile(
    r"(?<![가-힣])(?:(?:이|이번|양자|정상|확대|단독)\s?)?(?:회담|회의|면담|접견|회동|협의|접촉)"
    r"(?:에서|\s(?:뒤|직후)|[이가]?\s?끝난\s뒤|[을를]\s마친\s뒤)"
)
_VOTE = re.compile(r"(?<![가-힣])(?:표결|투표|채택)(?:\s(?:뒤|직후)|[이가]\s끝난\s뒤|에\s앞서)")
_VOTED = frozenset(["convene", "sanction", "sign", "agree", "support", "reject"])
_THEN = re.compile(r"\s*(?:당시|그때|그\s당시)(?:에는|에도|에|도|는)?\s")
_NEAR, _FAR = 3, 8  # sentences


def staged(groups: Sequence[Cluster], page: Page, place_of: Callable[[Sequence[EventMention]], Place | None]) -> list[Cluster]:
    """The groups, with the day and the place of the occasion at which something was said or settled, where its words give
    none. `page` tells of them in the same order; `place_of` gives the place that mentions have."""
    out = list(groups)
    for i, group in enumerate(groups):
        telling = page.tellings[i]
        then = _of_then(telling, page)
        if then is not None:
            out[i] = group = with_value(group, "date", then.value, (then.start, then.end), page)
            continue
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
    kinds, reach = _stage(page.text, start, lead.start)
    if not kinds or stands_apart(lead, page):
        return None
    near: list[Telling] = []
    for k in reversed(page.order):
        other = page.tellings[k]
        away = lead.sentence - other.lead.sentence
        if k == i or other.lead.start >= lead.start or away < (0 if kinds is _ROOMS else 1):
            continue
        if away > reach:
            break
        shared = kinds is _VOTED or not telling.states or not other.states or bool(telling.states & other.states)
        if other.lead.kind in kinds and other.lead.status in _REAL and shared and (other.day or kinds is _ROOMS):
            near.append(other)
    if kinds is _TALKS:
        near.sort(key=lambda t: len(t.mentions) < 2)  # the talk that the report is about, before one told in passing
    host = near[0] if near else None
    return None if host is None or (telling.day and host.day and telling.day != host.day) else host


def _stage(text: str, start: int, end: int) -> tuple[frozenset[str], int]:
    """The kinds of occasion that the words name, and how many sentences back they may reach."""
    if _HERE.search(text, start, end):
        return _ROOMS, _NEAR
    if _VOTE.search(text, start, end):
        return _VOTED, _FAR
    return (_TALKS, _FAR) if _TALK.search(text, start, end) else (frozenset(), 0)


def _of_then(telling: Telling, page: Page) -> Moment | None:
    """`2013년에도 멈췄다. 그때 남북은 … 합의했다`: the time told last, in the sentence before or the one before that."""
    here = telling.lead.sentence
    if telling.day or telling.lead.status not in _REAL or _THEN.match(page.text, page.starts[here]) is None:
        return None
    before = [m for m in page.moments if here - 2 <= m.sentence < here and m.role == "event" and m.grain != "range"]
    same = [m for m in page.moments if m.sentence == here and m.role == "event" and m.start < telling.lead.start]
    return before[-1] if before and not same else None


def _words(host: Telling, field: str) -> tuple[int, int] | None:
    proof = next((e for m in host.mentions for e in m.evidence if e.field == field), None)
    return (proof.start, proof.end) if proof is not None else None
