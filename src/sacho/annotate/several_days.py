"""What took place more than once: `5월과 9월 두 차례 금창리를 방문했다`, `평양을 찾은 것은 3월 21일과 6월 4일이다`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import msgspec

from sacho.annotate.layers import Analysis, Layers
from sacho.annotate.phrases import Unit
from sacho.records import EventMention, Evidence, Timex, TimexKind

_KINDS = frozenset(["visit", "meet", "call", "launch", "test", "convene"])
_LENGTHS = (4, 7, 10)  # a year, a month, a day
_APART = 3  # days: two in a row are one stretch
_OPEN = ("사이", "걸쳐", "동안", "기간", "등")  # `1990년과 1992년 등 세 차례`: not all of them


def on_days(mention: EventMention, analysis: Analysis, layers: Layers) -> list[EventMention]:
    """The mention once for each of several days that stand side by side; empty where it has but one."""
    proof = next((e for e in mention.evidence if e.field == "date"), None)
    if mention.kind not in _KINDS or not mention.full or proof is None or len(mention.date) not in _LENGTHS:
        return []
    units = analysis.units
    k = bisect_right(units, proof.start, key=_start) - 1
    days = _beside(units, k, layers.timexes) if k >= 0 else []
    if len(days) < 2 or mention.date not in [t.value for t in days] or not _apart(days):
        return []
    if layers.text[days[-1].end : days[-1].end + 4].lstrip(" 에").startswith(_OPEN):
        return []
    return [_on(mention, day, n, layers.document.text) for n, day in enumerate(days)]


def _start(unit: Unit) -> int:
    return unit.start


def _beside(units: Sequence[Unit], k: int, timexes: Sequence[Timex]) -> list[Timex]:
    """The days of the phrases joined with phrase `k`, in text order."""
    first = last = k
    while first and _joins(units[first - 1], timexes) and _day(units[first - 1], timexes) is not None:
        first -= 1
    while last + 1 < len(units) and _joins(units[last], timexes) and _day(units[last + 1], timexes) is not None:
        last += 1
    found = [_day(unit, timexes) for unit in units[first : last + 1]]
    return [day for day in found if day is not None]


def _joins(unit: Unit, timexes: Sequence[Timex]) -> bool:
    return (unit.case == "com" or (unit.case == "bare" and unit.comma)) and not unit.mentions and _day(unit, timexes) is not None


def _day(unit: Unit, timexes: Sequence[Timex]) -> Timex | None:
    found = [timexes[t] for t in unit.timexes if timexes[t].kind is TimexKind.date]
    return found[0] if len(found) == 1 and len(found[0].value) in _LENGTHS and found[0].value[:4].isdigit() else None


def _apart(days: Sequence[Timex]) -> bool:
    """Whether they are days weeks apart, or months or years, and not the first and last of one stretch."""
    values = [day.value for day in days]
    exact = [date.fromisoformat(value) for value in values if len(value) == 10]
    return len(set(values)) == len(values) and all(abs((a - b).days) >= _APART for a, b in pairwise(exact))


def _on(mention: EventMention, day: Timex, number: int, text: str) -> EventMention:
    proof = Evidence(document=mention.document, field="date", start=day.start, end=day.end, quote=text[day.start : day.end], rule=day.rule)
    kept = tuple(e for e in mention.evidence if e.field != "date")
    return msgspec.structs.replace(mention, id=f"{mention.id}d{number}" if number else mention.id, date=day.value, evidence=(*kept, proof))
