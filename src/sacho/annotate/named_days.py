"""Days that have a name (`태양절`, `추석`, `전승절`), from `data/named_days.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import msgspec

_FIRST, _LAST = 1900, 2060
_REACH = 40  # characters around a name in which its state is looked for


class NamedDay(msgspec.Struct, frozen=True):
    """One row: how to find its day in a year, and in which years and of which state it is meant."""

    names: tuple[str, ...]
    day: str = ""
    nth: tuple[int, ...] = ()
    table: str = ""
    before: str = ""
    since: int = _FIRST
    until: int = _LAST
    state: str = ""
    default: bool = False
    off: tuple[int, int] = msgspec.field(default=(0, 0), name="break")


class NamedDays(msgspec.Struct, frozen=True):
    """`forms` are the names, longest first, each with a condition on what follows where it has one."""

    rows: dict[str, tuple[NamedDay, ...]]
    forms: tuple[str, ...]
    conditions: dict[str, re.Pattern[str]]
    states: dict[str, re.Pattern[str]]
    tables: dict[str, dict[int, date]]


@cache
def load_named_days() -> NamedDays:
    raw = tomllib.loads((files("sacho.annotate") / "data" / "named_days.toml").read_text(encoding="utf-8"))
    rows: dict[str, tuple[NamedDay, ...]] = {}
    conditions = {}
    for row in msgspec.convert(raw["days"], tuple[NamedDay, ...]):
        for name in row.names:
            rows[name] = (*rows.get(name, ()), row)
            if row.before:
                conditions[name] = re.compile(row.before)
    tables = {
        name: {int(day[:4]): date.fromisoformat(day) for day in days} for name, days in raw["table"].items()
    }
    return NamedDays(
        rows=rows, forms=tuple(sorted(rows, key=len, reverse=True)), conditions=conditions,
        states={name: re.compile(words) for name, words in raw["state"].items()}, tables=tables,
    )  # fmt: skip


def rows_of(name: str, text: str, start: int, end: int) -> tuple[NamedDay, ...]:
    """The rows that a name may mean at this place: those of the one state that the words right before it name, else
    the sentence before it, else the words behind it; without such words the default's. Empty if several are named or
    none decides (`전승절`)."""
    days = load_named_days()
    rows = days.rows[name]
    if not any(r.state for r in rows):
        return rows
    before = text[max(0, start - _REACH) : start]
    before = before[max(before.rfind("."), before.rfind("\n")) + 1 :]
    after = re.split(r"[.\n]", text[end : end + _REACH // 2])[0]
    near = {r.state for r in rows if r.state and any(before[m.end() :] in ("", " ", "의 ") for m in days.states[r.state].finditer(before))}
    for named in (near, *({r.state for r in rows if r.state and days.states[r.state].search(w)} for w in (before, after))):
        if named:
            return tuple(r for r in rows if r.state in named) if len(named) == 1 else ()
    return tuple(r for r in rows if r.default)


def day_in(rows: Sequence[NamedDay], year: int) -> date | None:
    """The day in a year, None if the tables do not reach it or no row is in force."""
    for row in rows:
        if row.since <= year <= row.until:
            if row.table:
                return load_named_days().tables[row.table].get(year)
            if row.nth:
                return nth_weekday(year, row.nth[0], row.nth[1] - 1, row.nth[2])
            return date(year, int(row.day[:2]), int(row.day[3:]))
    return None


def nth_weekday(year: int, month: int, weekday: int, which: int) -> date | None:
    """The `which`-th (from 1; -1: last) weekday (0 Monday) of a month, None if the month has no such day."""
    first = date(year, month, 1)
    if which < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    return day if day.month == month else None
