"""One plain sentence made from the record, in English and in Korean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from sacho.annotate.english import english_of, place_in_english, source_in_english
from sacho.lexicon.predicates import Kind
from sacho.records import Event, EventGloss, Participant, Status

_STATUS_EN = {
    Status.occurred: "", Status.ongoing: "under way", Status.planned: "planned", Status.proposed: "proposed",
    Status.hypothetical: "hypothetical", Status.denied: "denied", Status.cancelled: "cancelled",
    Status.alleged: "alleged",
}  # fmt: skip
_STATUS_KO = {
    Status.occurred: "", Status.ongoing: "진행 중", Status.planned: "예정", Status.proposed: "제안",
    Status.hypothetical: "가정", Status.denied: "부인", Status.cancelled: "취소", Status.alleged: "주장",
}  # fmt: skip


def gloss(event: Event, kind: Kind) -> EventGloss:
    """`Sergey Lavrov met Kim Jong Un at Pyongyang, 19 October 2023 — KCNA`."""
    return EventGloss(en=_english(event, kind), ko=_korean(event, kind))


def _english(event: Event, kind: Kind) -> str:
    actor = _names(event.actor, english=True) or "Unnamed party"
    words = f"{actor} {kind.past}"
    if event.recipient and kind.id != "depart":
        words += f" {_PREPOSITION.get(kind.id, '')}{_names(event.recipient, english=True)}"
    if event.instrument:
        words += f" ({event.instrument})"
    if event.place is not None and event.place.name:
        above = english_of(event.place.within[0]) if event.place.within else ""
        words += f" {'from' if kind.id == 'depart' else 'at'} {place_in_english(event.place)}" + (f", {above}" if above else "")
    if kind.id == "depart":
        words += _visited(event)
    if event.date:
        words += f", {_day(event.date)}"
    if _STATUS_EN[event.status]:
        words += f" [{_STATUS_EN[event.status]}]"
    if event.sources:
        words += f" — {', '.join(map(source_in_english, event.sources))}"
        if event.outlets:
            words += f", quoted by {source_in_english(event.outlets[0])}"
    return words


def _visited(event: Event) -> str:
    """The country of the journey, unless the place of departure lies in it: the record does not tell whether it was on the way out
    or back."""
    if not event.recipient or (event.place is not None and event.place.country and event.place.country == event.recipient[0].country):
        return ""
    return f" (visit to {_names(event.recipient, english=True)})"


def _korean(event: Event, kind: Kind) -> str:
    words = _names(event.actor, english=False) or "행위자 미상"
    if event.recipient:
        words += f" → {_names(event.recipient, english=False)}"
    words += f" · {kind.ko}"
    if event.place is not None and event.place.name:
        words += f" · {event.place.name}"
    if event.date:
        words += f" · {event.date}"
    if _STATUS_KO[event.status]:
        words += f" [{_STATUS_KO[event.status]}]"
    return words + (f" — {', '.join(event.sources)}" if event.sources else "")


_PREPOSITION = {
    "agree": "with ", "message": "to ", "arrive": "in ", "aid": "to ", "deploy": "to ",
    "drill": "with ", "sign": "with ", "call": "with ", "cooperate": "with ", "request": "on ", "concede": "to ",
    "support": "for ", "sanction": "on ", "ceremony": "for ", "retreat": "from ",
}  # fmt: skip


def _names(people: Sequence[Participant], *, english: bool) -> str:
    names = [(p.name_en or p.name) if english else p.name for p in people]
    if not english or len(names) < 2:
        return "·".join(names) if not english else "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]


@lru_cache(maxsize=1 << 12)
def _day(value: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return f"{day.day} {day:%B %Y}"
