"""EDTF values as calendar days, for formats that know nothing but days."""

from __future__ import annotations

from datetime import date


def first_day(value: str) -> date | None:
    """The day of a value, or the first day of an interval of days; None for anything less exact
    (`2018-05`, `2018-05-31~`, `XXXX-XX-19`): nothing is filled in."""
    span = days(value)
    return span[0] if span is not None else None


def days(value: str) -> tuple[date, date] | None:
    """First and last day (both included) of a day or an interval of days."""
    first, slash, last = value.partition("/")
    start = _day(first)
    end = _day(last) if slash else start
    return (start, end) if start is not None and end is not None and start <= end else None


def _day(value: str) -> date | None:
    if len(value) != len("2018-05-31"):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
