"""Clues to the month and year of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from sacho.annotate.calendar_days import shifted
from sacho.annotate.named_days import day_in, load_named_days, rows_of
from sacho.annotate.publication_clue import Clue, load_clue_rules, span_of, spans_of, year_part
from sacho.annotate.tense import Tense, clause_after, tense_after
from sacho.annotate.time_expression import TimeExpression
from sacho.annotate.timex_scene import MONTHS, YEARS
from sacho.records import Span

_PLAN = re.compile(r"[^했었았됐]{0,40}?(?:예정|열릴|열린다|개최될|개최한다|계획이)")


def year_clues(text: str, expressions: Sequence[TimeExpression]) -> Iterator[Clue]:
    yield from _bounds(text, expressions)
    yield from _years(text)
    yield from _months(text)
    yield from _named(text, expressions)


def _bounds(text: str, expressions: Sequence[TimeExpression]) -> Iterator[Clue]:
    """A dated past lies before publication, a dated plan behind it."""
    for e in expressions:
        year = year_part(e)
        if year is None:
            continue
        tense = tense_after(clause_after(text, e.end))
        way = e.parts.get("dir", "")
        low, high = _extent(e, year)
        if way == "오는" or (not way and tense is Tense.ahead and e.rule in ("date", "month") and _PLAN.match(clause_after(text, e.end))):
            yield Clue(reason="a plan", evidence=spans_of([e]), until=high)
        elif way == "지난" or tense is Tense.past:
            yield Clue(reason="a dated past", evidence=spans_of([e]), since=low)


def _extent(e: TimeExpression, year: int) -> tuple[str, str]:
    if "month" not in e.parts:
        return f"{year}-01-01", f"{year}-12-31"
    month = e.parts["month"].zfill(2)
    day = e.parts.get("day", "").zfill(2)
    return f"{year}-{month}-{day if day != '00' else '01'}", f"{year}-{month}-{day if day != '00' else '31'}"


def _years(text: str) -> Iterator[Clue]:
    rules = load_clue_rules().year
    for name in ("beside", "behind"):
        for m in rules[name].finditer(text):
            year = int(m["year"]) - YEARS[m["rel"]]
            yield Clue(reason=f"{m['rel']} is {m['year']}", evidence=(span_of(m),), years=(year,))
    for m in rules["ago"].finditer(text):
        yield Clue(reason="a year counted back", evidence=(span_of(m),), years=(int(m["year"]) + int(m["count"]),))
    for m in rules["since"].finditer(text):
        if re.search(r"\d{4}년|지난해|작년|당시", _sentence(text, m)):
            continue  # `1994년 이후 24년 만에 열린 2018년 회담`
        year = int(m["year"]) + int(m["count"])
        yield Clue(reason="years since a dated event", evidence=(span_of(m),), years=(year,))
    for m in rules["assembly"].finditer(text):
        year = 1945 + int(m["count"])
        yield Clue(reason="session of the General Assembly", evidence=(span_of(m),), since=f"{year}-06-01", until=f"{year + 1}-09-30")
    for m in load_clue_rules().stamp["copyright"].finditer(text):
        yield Clue(reason="year of copyright", evidence=(span_of(m),), until=f"{m['year']}-12-31")


def _sentence(text: str, match: re.Match[str]) -> str:
    """The sentence around a match, without it."""
    start, end = match.span()
    before = text[max(text.rfind(".", 0, start), text.rfind("\n", 0, start)) + 1 : start]
    return before + re.split(r"[.\n]", text[end:], maxsplit=1)[0]


def _months(text: str) -> Iterator[Clue]:
    for m in load_clue_rules().month["beside"].finditer(text):
        step = MONTHS[re.sub(r"\s", "", m["rel"])]
        month = shifted(2000, int(m["month"]), -step)[1]
        yield Clue(reason=f"{m['rel']} is {m['month']}월", evidence=(span_of(m),), months=(month,))


def _named(text: str, expressions: Sequence[TimeExpression]) -> Iterator[Clue]:
    """`광복절인 15일`, `추석(29일)` put the bare day into the month, and a day that moves into some years."""
    for e in expressions:
        if e.rule != "named" or {"year", "yrel"} & e.parts.keys():
            continue
        rows = rows_of(e.parts["named"], text, e.start, e.end)
        if not rows:
            continue
        told = re.match(r"인\s(?:이날\s)?(\d{1,2})일", text[e.end : e.end + 10]) or re.match(r"(\d{1,2})일", e.parts.get("br", ""))
        if told is not None and "off" not in e.parts and "shift" not in e.parts:
            days = [d for y in range(1990, 2036) if (d := day_in(rows, y)) and d.day == int(told[1])]
            evidence = (Span(start=e.start, end=min(len(text), e.end + (told.end() if "br" not in e.parts else 0))),)
            times = tuple((d.replace(day=1).isoformat(), f"{d.year}-{d.month:02d}-31") for d in days)
            if times:
                yield Clue(reason="a named day", evidence=evidence, spans_of_time=times)
        elif re.match(r"(?:을|를)?\s?(?:앞두|맞아|맞은|맞이)", text[e.end : e.end + 8]):
            times = tuple(_around(d) for y in range(1990, 2036) if (d := day_in(rows, y)))
            yield Clue(reason="near a named day", evidence=spans_of([e]), spans_of_time=times)


def _around(day: date) -> tuple[str, str]:
    low, high = date.fromordinal(day.toordinal() - 40), date.fromordinal(day.toordinal() + 10)
    return low.isoformat(), high.isoformat()


# ---------------------------------------------------------------- what is told twice


def linked_clues(text: str, expressions: Sequence[TimeExpression]) -> Iterator[Clue]:
    """A dated and a relative mention of one event (`2023년 9월 … 정상회담`, `지난달 … 정상회담`)."""
    dated: list[tuple[TimeExpression, tuple[str, frozenset[str]]]] | None = None
    for e in expressions:
        rel = re.sub(r"\s", "", e.parts.get("mrel") or e.parts.get("yrel") or e.parts.get("dir", ""))
        if e.ends or "year" in e.parts or rel not in ("지난달", "지난해", "작년", "올해", "올", "지난"):
            continue
        if rel in ("지난", "올") and "month" not in e.parts:
            continue
        if dated is None:
            dated = [(d, k) for d in expressions if year_part(d) is not None and "month" in d.parts and (k := _topic(text, d))]
        if not dated:
            return
        topic = _topic(text, e)
        same = [d for d, k in dated if topic and k[0] == topic[0] and k[1] & topic[1]]
        months = {(year_part(d) or 0, int(d.parts["month"])) for d in same}
        if "month" in e.parts:
            months = {m for m in months if m[1] == int(e.parts["month"])}
        if len(months) != 1 or (rel == "지난달" and len({k for _, k in dated if topic and k[0] == topic[0]}) > 1):
            continue
        year, month = months.pop()
        low, high = _linked(rel, year, month)
        evidence = spans_of([e, *(d for d in same if int(d.parts["month"]) == month)])
        yield Clue(reason=f"{e.words} is {year}년 {month}월", evidence=evidence, since=low, until=high)


def _linked(rel: str, year: int, month: int) -> tuple[str, str]:
    if rel == "지난달":
        year, month = shifted(year, month, 1)
        return f"{year}-{month:02d}-01", f"{year}-{month:02d}-31"
    if rel == "지난":
        first, last = shifted(year, month, 1), shifted(year, month, 12)
        return f"{first[0]}-{first[1]:02d}-01", f"{last[0]}-{last[1]:02d}-31"
    year += rel in ("지난해", "작년")
    return f"{year}-01-01", f"{year}-12-31"


def _topic(text: str, e: TimeExpression) -> tuple[str, frozenset[str]] | None:
    """The kind of event that the words behind a time name first, and the states named around it."""
    window = re.split(r"[.\n]", text[e.end : e.end + 60])[0]
    found = [(m.start(), name) for name, pattern in load_clue_rules().event.items() if (m := pattern.search(window))]
    if not found:
        return None
    around = text[max(0, e.start - 20) : e.end + 60]
    states = frozenset(s for s, p in load_named_days().states.items() if s not in ("PRK", "KOR") and p.search(around))
    return min(found)[1], states
