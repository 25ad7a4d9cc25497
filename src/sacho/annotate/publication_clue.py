"""What a clue to the day of publication is, which days it allows, and the words that make one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec

from sacho.annotate.calendar_days import find_day
from sacho.annotate.tense import Tense
from sacho.annotate.time_expression import TimeExpression
from sacho.records import Record, Span

_TABLES = ("stamp", "year", "month", "event", "report", "former", "calendar")


class Clue(Record):
    """Days allowed: those from `since` to `until` (ISO), of the `years`, `months`, `days` of the month, within one of
    the `spans_of_time`, and on which the `weekdays` (month or 0, day, weekday, tense) come out. Empty: no condition.
    `falls`: the weekdays (0 Monday) on which the report itself may have been published. `sure` clues are kept as evidence before
    others; `weak` ones give way where the text's clues contradict each other."""

    reason: str
    evidence: tuple[Span, ...]
    since: str = ""
    until: str = ""
    years: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    spans_of_time: tuple[tuple[str, str], ...] = ()
    weekdays: tuple[tuple[int, int, int, str], ...] = ()
    falls: tuple[int, ...] = ()
    sure: bool = False
    weak: bool = False


class ClueRules(msgspec.Struct, frozen=True):
    """The compiled `data/publication.toml`."""

    stamp: dict[str, re.Pattern[str]]
    year: dict[str, re.Pattern[str]]
    month: dict[str, re.Pattern[str]]
    founded: tuple[tuple[re.Pattern[str], str], ...]  # with the day, ISO
    event: dict[str, re.Pattern[str]]
    report: dict[str, re.Pattern[str]]
    elect: re.Pattern[str]
    elect_days: dict[str, int]  # by country, `` for others
    former: dict[str, re.Pattern[str]]
    calendar: dict[str, re.Pattern[str]]
    complete: frozenset[str]  # kinds with their parties


@cache
def load_clue_rules() -> ClueRules:
    raw = tomllib.loads((files("sacho.annotate") / "data" / "publication.toml").read_text(encoding="utf-8"))
    compiled = {k: {n: re.compile(p) for n, p in raw[k].items() if isinstance(p, str)} for k in _TABLES}
    founded = tuple((re.compile(k), v) for k, v in raw["founded"].items())
    elect = raw["elect"]
    days = {name[5:]: count for name, count in elect.items() if name.startswith("days")}
    complete = frozenset(raw["calendar"]["complete"])
    return ClueRules(founded=founded, elect=re.compile(elect["behind"]), elect_days=days, complete=complete, **compiled)


def allows(clue: Clue, day: date) -> bool:
    """Whether the report may have been published on that day, as far as this clue tells."""
    iso = day.isoformat()
    if (clue.since and iso < clue.since) or (clue.until and iso > clue.until):
        return False
    for given, value in ((clue.years, day.year), (clue.months, day.month), (clue.days, day.day), (clue.falls, day.weekday())):
        if given and value not in given:
            return False
    if clue.spans_of_time and not any(low <= iso <= high for low, high in clue.spans_of_time):
        return False
    return all(_falls(day, *pair) for pair in clue.weekdays)


def _falls(day: date, month: int, number: int, weekday: int, tense: str) -> bool:
    tenses = (Tense.past, Tense.ahead) if tense in ("none", "either") else (Tense(tense),)
    found = [find_day(day, number, t, month=month or None) for t in tenses]
    return any(d is not None and d.weekday() == weekday and abs((d - day).days) < 200 for d in found)


def spans_of(expressions: Sequence[TimeExpression]) -> tuple[Span, ...]:
    return tuple(Span(start=e.start, end=e.end) for e in sorted(expressions, key=lambda e: e.start))


def span_of(match: re.Match[str]) -> Span:
    return Span(start=match.start(), end=match.end())


def year_part(e: TimeExpression) -> int | None:
    """The year that the words give in full, Juche years with their bracket among them."""
    word = e.parts.get("year") or e.parts.get("year2") or e.parts.get("year0")
    return int(word) if word and not e.ends and e.rule != "year_range" else None
