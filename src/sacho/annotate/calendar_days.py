"""Days, months and weeks counted from a day; values written as EDTF."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from sacho.annotate.tense import Tense

SEASONS = {"봄": 21, "여름": 22, "가을": 23, "겨울": 24, "상반기": 40, "전반기": 40, "하반기": 41, "후반기": 41}
WEEKDAYS = "월화수목금토일"
_FAR = 4  # months searched for a day that falls on a weekday
_LONG = 300  # days ahead beyond which no plan leaves out its year
_HALF = 183  # days
_NEAR = 92  # days within which a day and its weekday must meet


def edtf(year: int, month: int | None = None, day: int | None = None) -> str:
    """`2023-10-19`, `2023-10`, `2023`; empty if there is no such day."""
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        return ""
    if day is None:
        return f"{year:04d}-{month:02d}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return ""
    return f"{year:04d}-{month:02d}-{day:02d}"


def as_day(value: str) -> date | None:
    """The day that a value names, None for anything less exact."""
    value = value.rstrip("~")
    if len(value) != 10 or "X" in value:
        return None
    return date.fromisoformat(value)


def shifted(year: int, month: int, step: int) -> tuple[int, int]:
    """Year and month so many months on."""
    index = year * 12 + month - 1 + step
    return index // 12, index % 12 + 1


def find_day(base: date, day: int, tense: Tense, *, month: int | None = None, weekday: int | None = None) -> date | None:
    """The day of that number (of that month, on that weekday) which the tense asks for: the last one up to `base`,
    the first one from it on, or the nearest. None if no day near enough falls on the weekday."""
    if month is None and weekday is None and tense is not Tense.either:
        return _stepped(base, day, 1 if tense is Tense.ahead else -1)
    if month is not None and weekday is None and (month, day) != (2, 29):
        year = _year_of(base, date(base.year, month, min(day, 28)), tense)
        return date(year, month, day) if day <= calendar.monthrange(year, month)[1] else None
    days = list(_days(base, day, month, weekday))
    past = max((d for d in days if d <= base), default=None)
    ahead = min((d for d in days if d >= base), default=None)
    if weekday is not None and tense is not Tense.either:
        asked = ahead if tense is Tense.ahead else past
        if asked is not None and (abs((asked - base).days) <= _NEAR or month is not None):
            return asked
        tense = Tense.either
    if tense is Tense.either:
        both = [d for d in (past, ahead) if d is not None]
        best = min(both, key=lambda d: (abs((d - base).days), d > base), default=None)
        if best is not None and weekday is not None and month is None and abs((best - base).days) > _NEAR:
            return None
        return best
    return ahead if tense is Tense.ahead else past


def day_span(base: date, first: int, last: int, tense: Tense) -> str:
    """`18∼28일`: a span that is past has ended, one to come has not; without a tense it has begun."""
    if tense in (Tense.past, Tense.ahead):
        end = find_day(base, last, tense)
        start = find_day(end, first, Tense.past) if end is not None else None
    else:
        start = find_day(base, first, tense if tense is Tense.either else Tense.past)
        end = find_day(start, last, Tense.ahead) if start is not None else None
    return f"{start.isoformat()}/{end.isoformat()}" if start is not None and end is not None else ""


def find_month(base: date, month: int, tense: Tense, *, last: bool = False) -> tuple[int, int]:
    """Year and month; `last` (`지난 10월`) leaves the running month out."""
    if last or month != base.month:
        return _year_of(base, date(base.year, month, min(base.day, 28)), Tense.past if last else tense, last=last), month
    return base.year, month


def _year_of(base: date, day: date, tense: Tense, *, last: bool = False) -> int:
    """The year of a day (given in this year) whose year is left out. What is past is not ahead, and the reverse, but
    nobody leaves out the year of what is more than ten months away; without a tense this year is meant, or the year
    that is nearer."""
    gap = (day - base).days
    if tense is Tense.past:
        return base.year - (gap > 0 or (last and day.month == base.month))
    if tense is Tense.ahead:
        return base.year + (gap < _LONG - 365)
    if tense is Tense.either and gap < -_HALF:
        return base.year + 1
    return base.year - (gap > _HALF)


def week_of(base: date, step: int) -> tuple[date, date]:
    """The week so many weeks on, Monday to Sunday. A Sunday opens the week that its reports call this week."""
    back = 0 if base.weekday() == 6 else base.weekday()
    first = base + timedelta(days=7 * step - back)
    return first, first + timedelta(days=6)


def find_weekday(base: date, weekday: int, way: str) -> date:
    """`way`: last (before today), next (after today), this (of this week), following (of next week)."""
    if way == "last":
        return base - timedelta(days=(base.weekday() - weekday - 1) % 7 + 1)
    if way == "next":
        return base + timedelta(days=(weekday - base.weekday() - 1) % 7 + 1)
    monday = base - timedelta(days=base.weekday()) if base.weekday() < 6 else base + timedelta(days=1)
    return monday + timedelta(days=weekday + {"following": 7, "previous": -7, "before": -14, "later": 14}.get(way, 0))


def _stepped(base: date, day: int, way: int) -> date | None:
    """The first such day from `base` on, or back."""
    for step in (0, way, 2 * way):
        year, month = shifted(base.year, base.month, step)
        if day > 28 and day > calendar.monthrange(year, month)[1]:
            continue
        if step or (day - base.day) * way >= 0:
            return date(year, month, day)
    return None


def _days(base: date, day: int, month: int | None, weekday: int | None) -> Iterator[date]:
    """Candidates around `base`, in order: near ones only, unless the weekday leaves most of them out."""
    if month is not None:
        reach = 1 if weekday is not None or (month, day) != (2, 29) else 4
        months = [(year, month) for year in range(base.year - reach, base.year + reach + 1)]
    else:
        reach = 2 if weekday is None else _FAR
        months = [shifted(base.year, base.month, step) for step in range(-reach, reach + 1)]
    for year, number in months:
        if day <= 28 or day <= calendar.monthrange(year, number)[1]:
            found = date(year, number, day)
            if weekday is None or found.weekday() == weekday:
                yield found
