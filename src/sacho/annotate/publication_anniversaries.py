"""Clues from anniversaries: `정전 70주년을 맞은 올해`, `광복 70주년을 하루 앞둔 14일`, `정전협정 70년이 되는 이달 27일`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sacho.annotate.calendar_days import shifted
from sacho.annotate.publication_anchors import Anchor, sentence_of
from sacho.annotate.publication_clue import Clue, load_clue_rules
from sacho.annotate.publication_counts import COUNT, NUMBER, NUMBER_END, number_of, reach, read_count
from sacho.annotate.timex_relative import DEICTIC
from sacho.annotate.timex_scene import MONTHS, YEARS
from sacho.records import Span

_UNIT = (
    r"(?:주년|돌(?=[이을인로]|\s|$|경축|기념|맞)|돐|주기|번째\s(?:생일|생신|기념일|기일|탄생일)|"
    r"년(?=이\s되|째|을\s?맞|을\s?기|인\s|을\s앞))"
)
_COUNTED = re.compile(rf"(?P<gap>[^.,\n\d“”]{{0,16}}?)(?P<count>{NUMBER})\s?(?P<unit>{_UNIT})")
_ANY = re.compile(rf"{NUMBER_END}\s?{_UNIT}")  # what a text must hold for `_COUNTED` to match in it
_AHEAD = re.compile(
    rf"(?:이|인|을|를|까지)?\s?(?:되는\s날을?\s?)?(?:꼭\s)?(?P<count>{COUNT})(?:을|를)?\s?(?:앞두|앞둔|앞으로|남기|남긴|남겨)"
)
_BEHIND = re.compile(rf"(?:이|을|를)?\s?(?:(?P<count>{COUNT})(?:을|를|이|가)?\s?(?:넘긴|넘겨|지난|뒤|후)|(?P<next>이튿날|다음\s?날))")
_ITSELF = re.compile(
    r"(?:인|을\s맞은|를\s맞은|을\s맞는|을\s맞이한|이\s되는|이었던)\s(?:(?P<way>오는|다가오는|지난|이달|다음\s?달|지난달)\s)?(?P<day>3[01]|[12]\d|[1-9])일"
)
_TOLD = re.compile(r"(?:인|을\s맞은|를\s맞은|을\s맞이한)\s(?P<rel>전날|어제|오늘)")
_REACHED = {"전날": (1, 2), "어제": (1, 1), "오늘": (0, 0)}  # days from the anniversary to the report
_DAY_FIRST = re.compile(r"(?P<rel>이달|이번\s?달|지난달|내달|다음\s?달)\s(?P<day>3[01]|[12]\d|[1-9])일[^.\n]{0,24}$")
_RECKONED = re.compile(
    rf"(?P<rel>어제|오늘|내일|모레)(?:로써|로|이면|면|은|는)?\s(?:꼭\s|딱\s|벌써\s|어느덧\s)?(?P<count>{NUMBER})\s?(?:주년|돌|년|해)"
    r"(?:이|가|를|을)?\s?(?:째|되|된|됐|맞|지났|흘렀|이다|입니다|[.,])"
)
_BESIDE = re.compile(r"(?P<rel>오늘|내일|모레)(?:로써|로|이면|면|은|는)\s(?:[가-힣\d·]{1,8}\s){0,3}[가-힣\d·]{0,8}$")
_CLOSE = 160  # letters
_KEPT = re.compile(r"올해|금년|맞|기념|이날|오늘|경축|되는|기리|째|앞두")
_COMING = re.compile(r"오는\s(?P<day>3[01]|[12]\d|[1-9])일[은이]\s[^.\n]{0,24}$")


def anniversary_clues(text: str, anchors: Sequence[Anchor]) -> Iterator[Clue]:
    """Of foundings (`data/publication.toml`) and of dated events, where the words behind their name count the years; of days
    told in full."""
    yield from _reckoned(text, anchors)
    if not _ANY.search(text):
        return
    found = [(m.start(), m.end(), date.fromisoformat(day)) for pattern, day in load_clue_rules().founded for m in pattern.finditer(text)]
    found += [(a.start, a.end, a.days[0][0]) for a in anchors if len(a.days) == 1 and not a.dated and not a.loose]
    taken: set[int] = set()
    for start, end, day in sorted(found, key=lambda f: (f[1], f[0])):
        counted = _COUNTED.match(text, end)
        if counted is None or counted.end() in taken or re.search(r"[은는]\s|[고며]\s", counted["gap"]):
            continue
        taken.add(counted.end())
        number = number_of(counted["count"])
        if number and day.year + number <= 2035:
            yield from _clue(text, (start, counted.end()), day, day.year + number)


def _reckoned(text: str, anchors: Sequence[Anchor]) -> Iterator[Clue]:
    """`모레로 서른 해가 된다 … 1992년 12월 22일 맺었다`: a day beside today, so many years from a day told in full near by."""
    whole = [a for a in anchors if a.dated and len(a.days) == 1 and a.days[0][0] == a.days[0][1]]
    for m in _RECKONED.finditer(text) if whole else ():
        number = number_of(m["count"])
        near = [a for a in whole if abs(a.start - m.start()) < _CLOSE and (a.days[0][0].month, a.days[0][0].day) != (2, 29)]
        days = [d.replace(year=d.year + number) - timedelta(days=DEICTIC[m["rel"]]) for a in near if number for d in a.days[0][:1]]
        if days:
            words = (Span(start=m.start(), end=m.end()), *(Span(start=a.start, end=a.end) for a in near))
            spans = tuple((d.isoformat(), d.isoformat()) for d in days)
            yield Clue(reason="years counted to a day beside today", evidence=words, spans_of_time=spans, sure=True)


def _clue(text: str, span: tuple[int, int], day: date, year: int) -> Iterator[Clue]:
    first, end = sentence_of(text, span[0])
    before, rest = text[max(first, span[0] - 70) : span[0]], text[span[1] : end]
    evidence = (Span(start=span[0], end=span[1]),)
    told = re.search(r"지난해|작년|내년", before + rest[:16])
    if told is not None:
        yield Clue(reason=f"an anniversary {told[0]}", evidence=evidence, years=(year - YEARS[told[0]],))
        return
    if (day.month, day.day) == (2, 29):
        return
    again = day.replace(year=year)
    beside = _BESIDE.search(before + text[span[0] : span[1]])
    if beside is not None:  # `모레로 수교 30주년이다`, `내일은 정전 70주년이다`
        low = again - timedelta(days=DEICTIC[beside["rel"]])
        yield _between("an anniversary beside today", evidence, low, low)
        return
    yield from _near(text, span, again, rest)
    lead = _DAY_FIRST.search(before + text[span[0] : span[1]])
    if lead is not None and int(lead["day"]) == day.day:
        step = MONTHS[re.sub(r"\s", "", lead["rel"])]
        yield Clue(reason="the day of a founding", evidence=evidence, months=(shifted(2000, day.month, -step)[1],))
    coming = _COMING.search(before + text[span[0] : span[1]])
    if coming is not None and int(coming["day"]) == day.day:  # `오는 17일은 위원장의 2주기다`
        yield _between("an anniversary to come", evidence, again - timedelta(days=31), again)
    if _KEPT.search(before + text[span[0] : span[1]] + rest[:16]):
        yield Clue(reason="an anniversary", evidence=evidence, years=(year,))


def _near(text: str, span: tuple[int, int], day: date, rest: str) -> Iterator[Clue]:
    """The day itself, and those counted from it; a day named behind must be it."""
    told = _TOLD.match(rest)
    if told is not None:
        low, high = _REACHED[told["rel"]]
        words = (Span(start=span[0], end=span[1] + told.end()),)
        yield _between("the day of an anniversary", words, day + timedelta(days=low), day + timedelta(days=high))
        return
    itself = _ITSELF.match(rest)
    if itself is not None and int(itself["day"]) == day.day:
        words = (Span(start=span[0], end=span[1] + itself.end()),)
        way = re.sub(r"\s", "", itself["way"] or "")
        rest, at = rest[itself.end() :], span[1] + itself.end()
        if way in MONTHS:
            month = shifted(day.year, day.month, -MONTHS[way])
            yield Clue(reason="the day of an anniversary", evidence=words, years=(month[0],), months=(month[1],))
        elif way in ("오는", "다가오는"):
            yield _between("before an anniversary", words, day - timedelta(days=31), day)
        elif way == "지난":
            yield _between("after an anniversary", words, day, day + timedelta(days=31))
        elif not (_AHEAD.match(rest)):
            yield _between("the day of an anniversary", words, day, day + timedelta(days=1))
            return
    else:
        at = span[1]
    ahead, behind = _AHEAD.match(rest), _BEHIND.match(rest)
    counted = ahead or behind
    if counted is None:
        return
    step = read_count(counted["count"]) if counted["count"] else None
    focus = reach(day, step, -1 if ahead else 1) if step is not None else None
    if behind is not None and not ahead and behind["next"]:
        focus = (day + timedelta(days=1), day + timedelta(days=1))
    if focus is not None:
        words = (Span(start=span[0], end=at + counted.end()),)
        yield _between("days from an anniversary", words, focus[0], focus[1] + timedelta(days=1))


def _between(reason: str, words: tuple[Span, ...], low: date, high: date) -> Clue:
    return Clue(reason=reason, evidence=words, spans_of_time=((low.isoformat(), high.isoformat()),))
