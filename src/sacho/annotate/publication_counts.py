"""Counts of days, weeks, months and years in words (`하루`, `55일`, `사십여 일`, `여덟 해 넉 달`), and the days they reach."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from sacho.annotate.calendar_days import shifted
from sacho.annotate.lengths import COUNTS
from sacho.records import Record

_TENS = {"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90}
_ONES = {"한": 1, "하나": 1, "두": 2, "둘": 2, "세": 3, "석": 3, "셋": 3, "네": 4, "넉": 4, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7,
         "여덟": 8, "아홉": 9}  # fmt: skip
_DIGITS = {c: n for n, c in enumerate("일이삼사오육칠팔구", 1)}
_TEN, _ONE = "|".join(_TENS), "|".join(sorted(_ONES, key=len, reverse=True))
NUMBER = rf"(?:\d{{1,3}}|백|[이삼사오육칠팔구]?십[일이삼사오육칠팔구]?|(?:{_TEN})\s?(?:{_ONE})|{_TEN}|{_ONE})"
NUMBER_END = rf"[\d백십{''.join(_DIGITS)}{''.join(sorted({w[-1] for w in (*_TENS, *_ONES)}))}]"  # its last letter
_YEARS = rf"{NUMBER}\s?여?\s?(?:년|해)여?(?:\s?반)?(?:하고)?(?:\s(?:{NUMBER})\s?여?\s?(?:개월|달)여?)?"
COUNT = (
    rf"(?:(?<![가-힣])(?:{'|'.join(COUNTS)}|반년)여?|(?<![가-힣\d.]){_YEARS}|(?<![가-힣\d.]){NUMBER}\s?여?\s?(?:개월|달)여?(?:\s?반)?"
    rf"|(?<![가-힣\d.]){NUMBER}\s?여?\s?주(?!년)일?여?|(?<![가-힣\d.]){NUMBER}\s?여?\s?일여?)"
)
_PARTS = re.compile(rf"(?P<number>{NUMBER})\s?여?\s?(?P<unit>개월|달|년|해|주일|주|일)")
_NEAR, _FAR = 16, 20  # days that a count of months may fall short of or pass


class Count(Record):
    """So many months (years are twelve) or days; `odd`: and some more (`여`, `반`)."""

    months: int = 0
    days: int = 0
    years_only: bool = False
    weeks_only: bool = False
    odd: bool = False


def number_of(word: str) -> int:
    """`70`, `칠십`, `일흔`, `서른 여섯`, `백`; 0 for other words."""
    word = re.sub(r"\s", "", word)
    if word.isdigit():
        return int(word)
    if word == "백":
        return 100
    if word in _ONES or word in _TENS:
        return _ONES.get(word) or _TENS[word]
    for ten, value in _TENS.items():
        if word.startswith(ten) and word[len(ten) :] in _ONES:
            return value + _ONES[word[len(ten) :]]
    tens, _, ones = word.partition("십")
    if "십" in word and all(c in _DIGITS for c in tens + ones):
        return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
    return 0


def read_count(words: str) -> Count | None:
    """The count that words matched by `COUNT` give, None if they give none."""
    plain = words.replace("여", "") if not words.startswith("여") else words[0] + words[1:].replace("여", "")
    odd = plain != words or "반" in words.replace("반년", "")
    bare = re.sub(r"\s", "", plain)
    if bare == "반년":
        return Count(months=6)
    if bare in COUNTS:
        return Count(days=COUNTS[bare], odd=odd, weeks_only=bare == "일주일")
    months = days = 0
    units = []
    for part in _PARTS.finditer(plain):
        number, unit = number_of(part["number"]), part["unit"]
        units.append(unit)
        if unit in ("년", "해"):
            months += 12 * number
        elif unit in ("달", "개월"):
            months += number
        else:
            days += number * (7 if unit.startswith("주") else 1)
    if not units:
        return None
    return Count(
        months=months, days=days, odd=odd, years_only=set(units) <= {"년", "해"}, weeks_only=set(units) <= {"주", "주일"}
    )


def reach(day: date, count: Count, way: int) -> tuple[date, date] | None:
    """First and last day that lie so far behind (`way` 1) or before (-1) a day; None if the count is too loose."""
    if count.months:
        if count.years_only:
            year = day.year + way * count.months // 12
            return None if count.odd else (date(year, 1, 1), date(year, 12, 31))
        low = high = _months_on(day, way * count.months)
        if count.odd:
            low, high = (low, _months_on(high, 1)) if way > 0 else (_months_on(low, -1), high)
        return low - timedelta(days=_NEAR if way > 0 else _FAR), high + timedelta(days=_FAR if way > 0 else _NEAR)
    if not count.days:
        return None
    more = (9 if count.days % 10 == 0 else 1) if count.odd else 0
    short, long = count.days, count.days + more
    if count.weeks_only:
        short, long = short - 2, long + (5 if count.days > 7 or count.odd else 2)
    low, high = sorted((day + timedelta(days=way * short), day + timedelta(days=way * long)))
    return low, high


def _months_on(day: date, step: int) -> date:
    year, month = shifted(day.year, day.month, step)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
