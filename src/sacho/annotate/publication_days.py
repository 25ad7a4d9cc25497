"""Clues to the day of publication: stamps, days of reports, weekdays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sacho.annotate.calendar_days import WEEKDAYS
from sacho.annotate.publication_clue import Clue, load_clue_rules, spans_of, year_part
from sacho.annotate.publication_today import day_told, is_northern, is_plain, latest, next_numbers
from sacho.annotate.tense import Tense, clause_after, tense_after
from sacho.annotate.time_expression import TimeExpression, is_report
from sacho.annotate.timex_relative import DEICTIC
from sacho.records import Span

_FINITE = re.compile(r"[했였었았됐졌났렸냈갔왔봤](?:다|고|으며|지만)(?:고|며|면서)?(?:\s|$|,)")
_PARTICIPLE = re.compile(r"[한된린난]\s(?!가운데|뒤|후|데|것|다음|직후)")
_WEEKDAY_OF_DAY = re.compile(r"(?P<wd>[월화수목금토일])요일인 이날")
_WEEKDAY_BEFORE = re.compile(r"(?<!지난 )(?<!오는 )(?P<wd>[월화수목금토일])요일인 (?P<day>\d{1,2})일(?=[ ,])(?! ?(?:\d|열릴|만날|예정))")
_BESIDE = re.compile(
    r"(?P<wd>[월화수목금토일])요일인\s(?P<rel>어제|오늘|내일|그제|모레)(?!\s?전)|(?P<rel2>어제|오늘|내일|그제|모레)\s?\((?P<wd2>[월화수목금토일])요일\)"
)
_SENTENCES = 3  # at the head of a text, in which the day of the report stands
_LEAD = 160  # characters in which the day of the report stands
_ENGLISH = "JanFebMarAprMayJunJulAugSepOctNovDec"
_EDGE = 500  # characters at either end of a page in which a line that is nothing but a date is its stamp


def day_clues(text: str, expressions: Sequence[TimeExpression]) -> Iterator[Clue]:
    yield from _days(text, expressions)
    yield from _dated_reports(text, expressions)
    yield from _same_day(text, expressions)
    yield from _running_month(text, expressions)
    yield from _weekdays(text, expressions)
    yield from _weekday_beside(text)


def stamp(text: str, expressions: Sequence[TimeExpression]) -> Clue | None:
    """The full date of a page's furniture: `입력 2023.10.20 10:33`, a line of its own, a dateline."""
    rules = load_clue_rules().stamp
    found: list[tuple[int, str, Span]] = []
    heads = [e for e in expressions if {"clock", "year"} <= e.parts.keys() and text[e.start - 1 : e.start] in ("", "\n")]
    for e in expressions:
        if not {"year", "month", "day"} <= e.parts.keys() or e.ends or e.rule == "juche":
            continue
        line = text.rfind("\n", 0, e.start) + 1
        lead, rest = text[line : e.start], text[e.end :].partition("\n")[0]
        edge = e.start < _EDGE or e.end > len(text) - _EDGE
        timed = edge and not lead.strip() and "clock" in e.parts and len(heads) < 2  # several: a chronology
        rank = 2 if timed else _rank(rules, lead, rest, edge)
        found.append((rank, _iso(e.parts), Span(start=e.start, end=e.end)))
    for rank, name in enumerate(("english", "address"), start=2):
        found += [(rank, _iso(m.groupdict()), Span(start=m.start(), end=m.end())) for m in rules[name].finditer(text)]
    found = [f for f in found if f[0] and f[1]]
    if not found:
        return None
    _, value, words = min(found, key=lambda f: f[0])
    return Clue(reason="stamp", evidence=(words,), since=value, until=value, sure=True)


def _iso(parts: Mapping[str, str]) -> str:
    month = parts["month"]
    number = month if month.isdigit() else str(_ENGLISH.index(month) // 3 + 1)
    value = "-".join((parts["year"], number.zfill(2), parts["day"].zfill(2)))
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return ""


def _rank(rules: dict[str, re.Pattern[str]], lead: str, rest: str, edge: bool) -> int:
    """1 a first stamp, 2 a line that is nothing but a date, 3 a later stamp, 0 none."""
    if rules["first"].search(lead[-24:]) or rules["after"].match(rest) or rules["dateline"].search(lead[-30:]):
        return 1
    alone = len(lead.strip()) <= 12 and not re.search(r"[가-힣]{2,}", rest) and not re.search(r"[가-힣]{4,}|사진", lead)
    if edge and alone and re.fullmatch(r"[\s|·/,.()\[\]월화수목금토일\d:APMapm오전후시분-]*", rest):
        return 2
    return 3 if rules["later"].search(lead[-24:]) else 0


def _bare(e: TimeExpression) -> bool:
    return e.rule == "date" and not {"month", "mrel", "year", "yrel", "dir"} & e.parts.keys()


def _days(text: str, expressions: Sequence[TimeExpression]) -> Iterator[Clue]:
    """The last day on which something was reported is the day of publication (codebook 4); `오늘(20일)` says so."""
    reports = [e for e in expressions if _bare(e) and _reported(text, e)]
    today = [e for e in expressions if e.rule == "deictic" and "br" in e.parts and e.parts["deictic"] == "오늘"]
    if today:
        number = int(re.findall(r"\d+", today[0].parts["br"])[-1])
        yield Clue(reason="today is named", evidence=spans_of(today), days=(number,), sure=True)
        return
    told = [e for e in expressions if _bare(e) and e not in reports]
    if not reports:
        said = list(day_told(text, expressions))
        yield from said or _window(text, told)
        return
    numbers = [int(e.parts["day"]) for e in reports]
    last = latest(numbers)
    if not last:
        yield Clue(reason="days of reports", evidence=spans_of(reports), days=(min(numbers), max(numbers)), sure=True)
        return
    behind = [e for e in told if 0 < int(e.parts["day"]) - last < 15 and not _hearsay(text, e)]
    later = [e for e in behind if tense_after(clause_after(text, e.end)) is Tense.past]
    used = [e for e in reports if int(e.parts["day"]) == last]
    if later:
        last = max(int(e.parts["day"]) for e in later)
    if later or any({"zone1", "zone2", "zone3", "zone"} & e.parts.keys() for e in used):
        reason = "told after the report" if later else "local day of the report"
        yield Clue(reason=reason, evidence=spans_of([*used, *later]), days=(last, last % 31 + 1), sure=True)
        return
    yield Clue(reason="day of the report", evidence=spans_of(used), days=(last,), sure=True)


def _hearsay(text: str, e: TimeExpression) -> bool:
    """`25일부터 사흘간으로 알려졌다`: the past of the verb is not the day's."""
    return text.startswith("부터", e.end) or bool(re.search(r"알려졌|전해졌|예정|계획", clause_after(text, e.end)))


def _running_month(text: str, expressions: Sequence[TimeExpression]) -> Iterator[Clue]:
    """`7월 24일 싱가포르에서 만났다 … 24일(목) 회의를 닫으며`: the day told again without its month, or as 이날 with a weekday, is
    of the running month."""
    weekday = {"wd", "wd2", "br"}
    bare = {e.parts["day"] for e in expressions if _bare(e) and not e.ends and weekday & e.parts.keys()}
    for e in expressions:
        whole = {"month", "day"} <= e.parts.keys() and e.rule == "date" and not e.ends
        if not whole or {"dir", "yrel", "year"} & e.parts.keys():
            continue
        again = e.parts["day"] in bare or bool(_WEEKDAY_OF_DAY.search(text))
        if again and e.start < _LEAD and tense_after(clause_after(text, e.end)) is not Tense.ahead:
            yield Clue(reason="the day is told with its month", evidence=spans_of([e]), months=(int(e.parts["month"]),))
            if _WEEKDAY_OF_DAY.search(text) and e.parts["day"] not in bare:
                yield Clue(reason="the day is told with its month", evidence=spans_of([e]), days=(int(e.parts["day"]),))


def _window(text: str, told: Sequence[TimeExpression]) -> Iterator[Clue]:
    """Without a report: not before the last day told as past, and before the next day told as to come."""
    tenses = [(int(e.parts["day"]), tense_after(clause_after(text, e.end)), e) for e in told]
    past = [(day, e) for day, tense, e in tenses if tense is Tense.past and _finished(text, e) and text[: e.start].count(". ") < _SENTENCES]
    if not past:
        return
    low = max(day for day, _ in past)
    ahead = [(day, e) for day, tense, e in tenses if tense is Tense.ahead and day > low]
    if not ahead:
        return
    high = min(day for day, _ in ahead)
    evidence = spans_of([e for day, e in (*past, *ahead) if day in (low, high)])
    yield Clue(reason="between a past day and a day to come", evidence=evidence, days=tuple(range(low, high)), sure=True)


def _reported(text: str, e: TimeExpression) -> bool:
    """Wider than `is_report`: also the day behind the topic of a sentence that ends with a reporting verb."""
    if is_report(text, e):
        return True
    rules = load_clue_rules().report
    lead = text[max(0, e.start - 12) : e.start]
    return bool(rules["topic"].search(lead)) and bool(rules["final"].search(clause_after(text, e.end).rstrip()))


def _dated_reports(text: str, expressions: Sequence[TimeExpression]) -> Iterator[Clue]:
    """A report dated with its month, where a bare day of the day before shows that the month is the running one
    (`4일 서명했다고 10월 5일 보도했다`) or the dateline says so; and a report one or two days behind a day with its month."""
    for n, e in enumerate(expressions):
        day = int(e.parts.get("day", 0))
        if not day or "month" not in e.parts or e.rule not in ("date", "dateline", "juche") or e.ends:
            continue
        found, month = year_part(e), (int(e.parts["month"]),)
        year = (found,) if found is not None else ()
        if is_report(text, e) and not {"dir", "yrel"} & e.parts.keys():
            before = expressions[n - 1] if n else None
            near = before is not None and "\n" not in text[before.end : e.start] and e.start - before.end < 160
            if e.rule != "dateline" and not (before is not None and near and _bare(before) and 0 <= day - int(before.parts["day"]) <= 2):
                continue
            days = (day, *next_numbers(day)) if e.rule == "date" and is_northern(text) else (day,)
            yield Clue(reason="the report is dated", evidence=spans_of([e]), years=year, months=month if len(days) == 1 else (), days=days)
            continue
        if e.parts.get("dir") == "오는" or not _finished(text, e):
            continue
        for other in expressions[n + 1 : n + 3]:
            near = "\n" not in text[e.end : other.start] and other.start - e.end < 120
            if near and _bare(other) and _reported(text, other) and 0 <= int(other.parts["day"]) - day <= 2:
                yield Clue(reason="the report follows a dated event", evidence=spans_of([e, other]), years=year, months=month)


def _finished(text: str, e: TimeExpression) -> bool:
    """Whether the day stands in a main clause of the past (`19일 만났다고`), not in a relative one (`19일 서명한`)."""
    clause = clause_after(text, e.end)
    end = _FINITE.search(clause)
    return end is not None and not _PARTICIPLE.search(clause[: end.start()])


def _same_day(text: str, expressions: Sequence[TimeExpression]) -> Iterator[Clue]:
    """`27일 만났다고 28일 보도했다 … 2018년 4월 27일 회담했다`: the same day with its year, unless the text marks its
    return (주년, 돌)."""
    dated = [e for e in expressions if "year" in e.parts and {"month", "day"} <= e.parts.keys() and not e.ends and "dir" not in e.parts]
    if not dated or re.search(r"주년|\d돌|\d돐|년 전|주기", text):
        return
    reports = [int(e.parts["day"]) for e in expressions if _bare(e) and _reported(text, e)]
    told = {e.parts["day"]: e for e in expressions if _bare(e) and not _reported(text, e)}
    for e in dated if reports else ():
        day = e.parts["day"]
        if day not in told:
            continue
        if _finished(text, e) and 0 <= (latest(reports) or -1) - int(day) <= 1:
            month = f"{e.parts['year']}-{e.parts['month'].zfill(2)}"
            yield Clue(reason="the day is told again with its year", evidence=spans_of([told[day], e]),
                       since=f"{month}-01", until=f"{month}-31")  # fmt: skip


def _weekday_beside(text: str) -> Iterator[Clue]:
    """`일요일인 어제도 청와대에 나와`, `오늘(수요일)`: the weekday of the report itself."""
    for m in _BESIDE.finditer(text) if "요일" in text else ():
        step = DEICTIC[m["rel"] or m["rel2"]]
        falls = ((WEEKDAYS.index(m["wd"] or m["wd2"]) - step) % 7,)
        yield Clue(reason="weekday of a day beside today", evidence=(Span(start=m.start(), end=m.end()),), falls=falls)


def _weekdays(text: str, expressions: Sequence[TimeExpression]) -> Iterator[Clue]:
    for m in _WEEKDAY_BEFORE.finditer(text) if "요일인 " in text else ():
        pair = (0, int(m["day"]), WEEKDAYS.index(m["wd"]), Tense.past.value)
        yield Clue(reason="weekday", evidence=(Span(start=m.start(), end=m.end()),), weekdays=(pair,), sure=True)
    named = _WEEKDAY_OF_DAY.search(text)
    before = named.start() if named is not None else 0
    dated = [e for e in expressions if is_plain(text, e) and e.end < before]
    if named is not None and dated:
        month = int(dated[-1].parts.get("month") or 0)
        pair = (month, int(dated[-1].parts["day"]), WEEKDAYS.index(named["wd"]), Tense.past.value)
        yield Clue(reason="weekday of the day", evidence=(Span(start=named.start(), end=named.end()),), weekdays=(pair,), sure=True)
    for e in expressions:
        word = e.parts.get("wd") or e.parts.get("wd2")
        if not word or "year" in e.parts or "mrel" in e.parts or e.rule == "week" or e.ends:
            continue
        numbers = re.findall(r"\d+", e.parts.get("br", "")) or ([e.parts["day"]] if "day" in e.parts else [])
        if not numbers:
            continue
        month = int(e.parts.get("month") or (numbers[-2] if len(numbers) > 1 else 0))
        way = {"지난": Tense.past, "오는": Tense.ahead}.get(e.parts.get("dir", ""))
        tense = Tense.past if is_report(text, e) else way or tense_after(clause_after(text, e.end))
        pair = (month, int(numbers[-1]), WEEKDAYS.index(word), tense.value)
        yield Clue(reason="weekday", evidence=spans_of([e]), weekdays=(pair,), sure=True)
