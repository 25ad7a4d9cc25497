"""Days of an EDTF value, as resolution compares them: first and last day, and how far two values are apart."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from sacho.records import Record

VAGUE_DAYS = 10
_SLACK = {"day": 1, "month": 10, "year": 60}  # days on either side of an approximate value (`2018-05~`)
_SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 14)}


class Days(Record):
    """The days a value may mean, as proleptic ordinals, both ends included: `2023-10` -> 1 to 31 October."""

    first: int
    last: int

    @property
    def vague(self) -> bool:
        """Whether the value is too wide to tell one happening from the next."""
        return self.last - self.first > VAGUE_DAYS


@lru_cache(maxsize=1 << 17)
def days_of(value: str) -> Days | None:
    """The days of an EDTF value; None if it is empty or not settled (`XXXX-XX-19`).

    `2023-10-18/2023-10-19` reaches from the first to the last day; `~` widens a value by a day, ten days or
    two months, as precise as it is; an open end (`2024-01-15/..`) is taken as one day.
    """
    start, _, end = value.partition("/")
    first = _bounds(start)
    last = _bounds(end) if end.strip(".") else first
    first = first or last
    if first is None or last is None or last[1] < first[0]:
        return None
    return Days(first=first[0], last=last[1])


def agree(a: str, b: str) -> bool:
    """Whether two values may name the same time: one holds the other (`2023-10` and `2023-10-19`), a value that is
    not settled agrees with all."""
    one, two = days_of(a), days_of(b)
    if one is None or two is None:
        return True
    return (one.first <= two.first and two.last <= one.last) or (two.first <= one.first and one.last <= two.last)


@lru_cache(maxsize=1 << 14)
def lasting(first: int, last: int) -> bool:
    """Whether days from first to last are a length that somebody told (`20일부터 31일까지`), not a whole month, season or year."""
    if last <= first:
        return False
    return date.fromordinal(first).day != 1 or date.fromordinal(last + 1).day != 1


def iso(day: int) -> str:
    """`2023-10-19` of an ordinal."""
    return date.fromordinal(day).isoformat()


def _bounds(value: str) -> tuple[int, int] | None:
    plain = value.rstrip("~?%")
    parts = plain.split("-")
    if not plain or not parts[0].isdigit() or len(parts[0]) != 4 or not parts[0] > "0000":
        return None
    try:
        first, last, unit = _span(parts)
    except ValueError:
        return None
    slack = timedelta(days=_SLACK[unit] if value != plain and "~" in value[len(plain) :] else 0)
    return (first - slack).toordinal(), (last + slack).toordinal()


def _span(parts: list[str]) -> tuple[date, date, str]:
    year = int(parts[0])
    month = parts[1] if len(parts) > 1 else "XX"
    if "X" in month:
        return date(year, 1, 1), date(year, 12, 31), "year"
    if month in _SEASONS:
        low, high = _SEASONS[month]
        return date(year, low, 1), _month_end(year + (high > 12), (high - 1) % 12 + 1), "month"
    day = parts[2] if len(parts) > 2 else "XX"
    if "X" in day:
        return date(year, int(month), 1), _month_end(year, int(month)), "month"
    exact = date(year, int(month), int(day))
    return exact, exact, "day"


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
