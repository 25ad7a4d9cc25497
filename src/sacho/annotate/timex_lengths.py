"""A day and a length that belong together: `6일부터 사흘간`, `사흘간의 일정을 마치고 29일`, `10일 중단한 지 하루 만에`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import timedelta

from sacho.annotate.calendar_days import as_day
from sacho.annotate.time_expression import TimeExpression
from sacho.annotate.timex_scene import Reading, Told

_LENGTHS = frozenset(["duration", "stay"])
_DAYS = frozenset(["date", "focus", "deictic", "weekday", "numeric", "official_day"])
_FROM = re.compile(r"부터\s?(?:약\s)?")
_CLOSING = re.compile(
    r"(?:간|동안)?의?\s[^.,\n]{0,30}?(?:일정|방문|방북|방중|방러|방미|방일|방한|회담|회의|순방|체류|여정|훈련|연습|대회)[^.,\n]{0,6}?(?:을|를)?\s?"
    r"(?:모두\s)?(?:마치|끝내|마무리하|마무리짓|끝으로)[^.,\n]{0,8}$"
)
_SINCE = re.compile(r"[가-힣]\s?지\s(?:불과\s|꼭\s|채\s)?$")
_LONGEST = 31


def lasting(
    text: str, expression: TimeExpression, after: TimeExpression | None, value: str, length: Callable[[TimeExpression], str]
) -> str:
    """The days from a first day to the end of the length right behind it: `2월 6일부터 사흘간`. `length` reads one. Empty if
    none."""
    first = as_day(value)
    if after is None or first is None or after.rule not in _LENGTHS or expression.rule not in _DAYS:
        return ""
    days = _days(length(after))
    if not 1 < days <= _LONGEST or _FROM.fullmatch(text, expression.end, after.start) is None:
        return ""
    return f"{first.isoformat()}/{(first + timedelta(days=days - 1)).isoformat()}"


def closed(
    text: str, expression: TimeExpression, after: TimeExpression | None, value: str, read: Callable[[TimeExpression], Reading]
) -> str:
    """The days of a length that ends on the day told next: `사흘간의 일정을 마치고 29일 폐막했다`. Empty if none."""
    days = _days(value)
    if after is None or not 1 < days <= _LONGEST or after.rule not in _DAYS or after.start - expression.end > 50:
        return ""
    if _CLOSING.match(text, expression.end, after.start) is None:
        return ""
    last = as_day(read(after).value)
    return f"{(last - timedelta(days=days - 1)).isoformat()}/{last.isoformat()}" if last is not None else ""


def since(text: str, expression: TimeExpression, value: str, before: Sequence[Told]) -> str:
    """The day counted from the one told before it: `10일 가동을 중단한 지 하루 만에`. Empty if none."""
    days = _days(value)
    told = [t for t in before if t.exact and not t.report]
    if not days or not told or not expression.words.endswith("만") or not text.startswith("에", expression.end):
        return ""
    if _SINCE.search(text, max(0, expression.start - 8), expression.start) is None or "만" in text[told[-1].end : expression.start]:
        return ""
    first = as_day(told[-1].value)
    return (first + timedelta(days=days)).isoformat() if first is not None else ""


def _days(length: str) -> int:
    found = re.fullmatch(r"P(\d+)D", length)
    return int(found.group(1)) if found else 7 if length == "P1W" else 0
