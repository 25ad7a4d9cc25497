"""What the reading of one time expression may look at, and the parts that many readings share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import msgspec

from sacho.annotate.calendar_days import WEEKDAYS, as_day, edtf, find_day, shifted
from sacho.annotate.tense import Tense, clause_after, tense_after
from sacho.records import Record, TimexKind

Parts = Mapping[str, str]


class Reading(Record):
    """What one expression says; the fields are those of `Timex`."""

    value: str = ""
    kind: TimexKind = TimexKind.date
    anchor: str = ""
    mod: str = ""
    time: str = ""
    zone: str = ""
    stretch: str = ""


class Told(Record):
    """A date told before: its words, its value, what it was counted from, the rule that read it."""

    start: int
    end: int
    value: str
    anchor: str
    rule: str
    report: bool = False
    exact: bool = False  # a day


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """What a reading may look at. `base` is the day that `어제` is counted from. Values told before, empty if none:
    `focus` the day of `이날`, `told` the day of `전날`, `last` the date told last, from which `같은 해` has its year,
    `clock_day` the event day of the same sentence, `stay` the range of days told last; `weak` if only asides told
    `focus`. `following` is where the next expression starts, `before` the dates of the same sentence, `echo` the tense
    that another place of the text gives a bare day."""

    text: str
    start: int
    end: int
    base: date | None
    focus: str = ""
    told: str = ""
    last: str = ""
    clock_day: str = ""
    stay: str = ""
    weak: bool = False
    following: int = 10**9
    before: Sequence[Told] = ()
    report: bool = False
    echo: Callable[[str], Tense] = lambda _: Tense.none

    def tense(self, parts: Parts) -> Tense:
        way = parts.get("dir") or parts.get("dir2") or ""
        if way == "지난" or self.report:
            return Tense.past
        if way in ("오는", "다가오는", "돌아오는", "다음"):
            return Tense.ahead
        if way == "이번":
            return Tense.either
        found = tense_after(clause_after(self.text, self.end), self.following - self.end)
        return self.echo(parts.get("day", "")) if found is Tense.none else found


YEARS = {"올": 0, "올해": 0, "금년": 0, "지난해": -1, "작년": -1, "재작년": -2, "지지난해": -2, "내년": 1, "래년": 1, "명년": 1,
         "내후년": 2, "후년": 2}  # fmt: skip
_FOLLOWING = ("이듬해", "다음해", "그다음해")
MONTHS = {"지난달": -1, "지지난달": -2, "이달": 0, "이번달": 0, "금월": 0, "내달": 1, "래달": 1, "다음달": 1, "다다음달": 2}
_LINK = re.compile(r"\s?(?:과|와|,|·|ㆍ|및|이나|또는|부터|그리고|이자|,? 이어|에 이어|[~∼～〜–-])\s?")
_SCOPE = re.compile(r"\s?(?:한\s?해\s?)?(?:에는|에도|에만|에|엔|들어|중|의|:|,)?\s[^.\n]{0,40}")
_WHEN = re.compile(r"\s[^.\n]{0,25}(?:때|당시)[^.\n]{0,20}")
_BREAK = re.compile(
    r"이후|이래|만에|처음|당시|합의|선언|이행|기념|조약|협정|주년|돌|지난|올해|최근|현재|이번|전|반면|"
    r"(?:발표|체결|채택|서명|개최|타결|도입)(?:한|된)|열린|만난|맺은|가진"
)


_AT_NAMED = re.compile(r"에(?!\s?(?:즈음|맞))|인\s|(?:을|를)\s하루")


def names_something(rule: str, end: int, text: str) -> bool:
    """`광명성절에 즈음하여`, `전승절 열병식`: a day by its name is that of the event only where it stands as a time. `rule` is that
    of the time expression, which ends at `end`."""
    return rule == "named" and _AT_NAMED.match(text, end) is None


def number_of(parts: Parts, *names: str) -> int | None:
    """The first of the named numbers; two digits of a year and a Juche year made full."""
    for name in names:
        if name in parts:
            number = int(parts[name])
            return number + 1911 if name == "juche" else (_full_year(number) if name.startswith("yy") else number)
    return None


def _full_year(number: int) -> int:
    return 2000 + number if number < 40 else 1900 + number


def weekday_of(parts: Parts) -> int | None:
    word = parts.get("wd") or parts.get("wd2")
    return WEEKDAYS.index(word) if word else None


def two_digits(number: int | None) -> str:
    return "XX" if number is None else f"{number:02d}"


def year_of(parts: Parts, scene: Scene) -> int | None:
    """The year that the parts name; None if they name none, or if what they count from is unknown."""
    year = number_of(parts, "ybr", "year", "year2", "year0", "yy", "yy2", "yy3")
    if "juche" in parts:
        counted = int(parts["juche"]) + 1911
        return counted if year in (None, counted) else None
    if year is not None or "yrel" not in parts:
        return year
    word = re.sub(r"\s", "", parts["yrel"])
    if word in YEARS:
        return scene.base.year + YEARS[word] if scene.base is not None else None
    known = re.match(r"\d{4}", scene.last)
    return int(known.group()) + (word in _FOLLOWING) if known else None


def relative_month(parts: Parts, scene: Scene) -> tuple[int, int] | None:
    """Year and month of `지난달`, `같은 달`; a bracket (`내달(11월)`) decides where it differs."""
    word = re.sub(r"\s", "", parts["mrel"])
    year = year_of(parts, scene)
    if word not in MONTHS:
        known = re.match(r"(\d{4})-(\d\d)", scene.last)
        return (int(known.group(1)), int(known.group(2))) if known else None
    if scene.base is None:
        return None
    found = shifted(scene.base.year, scene.base.month, MONTHS[word])
    if "mbr" in parts:
        found = min(((found[0] + k, int(parts["mbr"])) for k in (-1, 0, 1)), key=lambda m: abs((m[0] - found[0]) * 12 + m[1] - found[1]))
    return (year, found[1]) if year is not None else found


def bracketed(bracket: str, day: date) -> date:
    """The day, or what the bracket behind its words says (`이튿날(20일)`) where that differs."""
    numbers = [int(n) for n in re.findall(r"(\d+)(?=일|월)", bracket)]
    if not numbers or (numbers[-1] == day.day and len(numbers) == 1):
        return day
    month = numbers[-2] if len(numbers) > 1 else None
    return find_day(day, numbers[-1], Tense.either, month=month) or day


def bracketed_range(bracket: str, first: date, last: date) -> str:
    """The interval, or that of the days in the bracket (`지난 주말(14∼15일)`)."""
    numbers = [int(n) for n in re.findall(r"\d+", bracket)]
    if numbers:
        start = find_day(first, numbers[0], Tense.either) or first
        if len(numbers) == 1:
            return start.isoformat()
        first, last = start, find_day(start, numbers[-1], Tense.ahead) or last
    return f"{first.isoformat()}/{last.isoformat()}"


def inherited(scene: Scene, month: int | None, day: int | None) -> Reading | None:
    """Year, or year and month, of the date told right before in the same sentence, where the words between carry
    them on: `지난해 4월과 9월`, `2018년에는 4월 27일과 …`, `2018년 5월 31일 도착해 6월 1일 …`."""
    if not scene.before or scene.report:
        return None
    last = scene.before[-1]
    known = re.search(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?~?$", last.value)
    if known is None or "{" in last.value:
        return None
    gap = scene.text[last.end : scene.start]
    if gap == "인 " and _is_same_day(last, month, day):
        return Reading(value=last.value, anchor=last.anchor)
    linked = _LINK.fullmatch(gap) is not None
    year, before, on = int(known.group(1)), int(known.group(2) or 0), int(known.group(3) or 0)
    scoped = last.rule in ("year", "this_year") and _SCOPE.fullmatch(gap) is not None
    told = last.anchor in ("explicit", "focus") and len(gap) <= 60
    if told and before and not on and month is None and _WHEN.fullmatch(gap):
        return Reading(value=edtf(year, before, day), anchor=last.anchor)  # `2019년 1월 방중 때는 8일을 …`
    story = told and bool(on or (before and month and day is None))
    if not (linked or ((scoped or story) and not _BREAK.search(gap))):
        return None
    if "이어" in gap and linked and month is None:
        return None
    if month is None:
        return _carried_day(scene, last, (year, before, on), day)
    if before and month < before and not (linked and "부터" in gap) and not story:
        return None
    year += bool(before) and month < before
    return Reading(value=edtf(year, month, day), anchor=last.anchor)


def _is_same_day(last: Told, month: int | None, day: int | None) -> bool:
    """`광복절인 15일`, `지난 금요일인 13일`."""
    known = as_day(last.value)
    return last.rule in ("named", "weekday", "week") and known is not None and month in (None, known.month) and day == known.day


def _carried_day(scene: Scene, last: Told, known: tuple[int, int, int], day: int | None) -> Reading | None:
    year, month, on = known
    if not on or day is None:
        return None
    if day <= on:
        if on - day < 15:
            return None
        year, month = shifted(year, month, 1)
    value = edtf(year, month, day)
    return Reading(value=value, anchor=last.anchor) if as_day(value) else None
