"""Days and weeks counted from another day, weekdays, and days that have a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from sacho.annotate.calendar_days import WEEKDAYS, as_day, edtf, find_day, find_weekday, shifted, week_of
from sacho.annotate.lengths import since_of
from sacho.annotate.named_days import NamedDay, day_in, nth_weekday, rows_of
from sacho.annotate.tense import Tense
from sacho.annotate.timex_dates import read_date, read_month
from sacho.annotate.timex_scene import Parts, Reading, Scene, bracketed, bracketed_range, two_digits, year_of
from sacho.records import TimexKind


def read_week(parts: Parts, scene: Scene) -> Reading:
    if scene.base is None:
        return Reading()
    word = re.sub(r"\s", "", parts["week"])
    step = {"지지난주": -2, "지난주": -1, "저번주": -1, "이번주": 0, "금주": 0, "다다음주": 2, "다음다음주": 2}.get(word, 1)
    if "wd" in parts:
        way = {-2: "before", -1: "previous", 0: "this", 1: "following", 2: "later"}[step]
        day = find_weekday(scene.base, WEEKDAYS.index(parts["wd"]), way)
        return Reading(value=bracketed(parts.get("br", ""), day).isoformat(), anchor="published")
    first, last = week_of(scene.base, step)
    if "weekend" in parts:
        saturday = find_weekday(scene.base, 5, {-2: "before", -1: "previous", 0: "this", 1: "following", 2: "later"}[step])
        first, last = saturday, saturday + timedelta(days=1)
    return Reading(value=bracketed_range(parts.get("br2", ""), first, last), anchor="published")


def read_weekend(parts: Parts, scene: Scene) -> Reading:
    base, tense = scene.base, scene.tense(parts)
    open_ = tense in (Tense.none, Tense.either) or _governed(scene)
    if base is None or (open_ and "dir" not in parts and "br" not in parts):
        return Reading()
    saturday = base - timedelta(days=(base.weekday() - 5) % 7)
    if base.weekday() >= 5 and parts.get("dir") == "지난":
        saturday -= timedelta(days=7)
    if tense is Tense.ahead or (parts.get("dir") == "이번" and base.weekday() < 5):
        saturday = base + timedelta(days=(5 - base.weekday()) % 7)
    value = bracketed_range(parts.get("br", ""), saturday, saturday + timedelta(days=1))
    return Reading(value=value, anchor="published")


def read_weekday(parts: Parts, scene: Scene) -> Reading:
    base, weekday = scene.base, WEEKDAYS.index(parts["wd"])
    numbers = [int(n) for n in re.findall(r"\d+", parts.get("br", "") or parts.get("day", ""))]
    if base is None:
        return Reading(value=f"XXXX-{two_digits(numbers[-2] if len(numbers) > 1 else None)}-{numbers[-1]:02d}" if numbers else "")
    if numbers:
        month = numbers[0] if len(numbers) > 1 else None
        found = find_day(base, numbers[-1], scene.tense(parts), month=month, weekday=weekday)
        return Reading(value=found.isoformat() if found else "", anchor="published")
    way = parts.get("dir", "")
    if way:
        named = {"지난": "last", "이번": "this", "다음": "following"}.get(way, "next")
        return Reading(value=find_weekday(base, weekday, named).isoformat(), anchor="published")
    past = base - timedelta(days=(base.weekday() - weekday) % 7)
    ahead = base + timedelta(days=(weekday - base.weekday()) % 7)
    tense = scene.tense(parts)
    found = ahead if tense is Tense.ahead or (tense is Tense.either and ahead - base < base - past) else past
    return Reading(value=found.isoformat(), anchor="published")


def read_nth_week(parts: Parts, scene: Scene) -> Reading:
    month = read_month({k: v for k, v in parts.items() if k not in ("nth", "nwd")}, scene)
    if "nwd" not in parts or len(month.value) != 7 or "X" in month.value:
        return month
    which = {"첫": 1, "첫째": 1, "둘째": 2, "셋째": 3, "넷째": 4, "다섯째": 5, "마지막": -1}[parts["nth"]]
    day = nth_weekday(int(month.value[:4]), int(month.value[5:]), WEEKDAYS.index(parts["nwd"]), which)
    return msgspec.structs.replace(month, value=day.isoformat() if day else "")


DEICTIC = {"오늘": 0, "금일": 0, "오늘밤": 0, "어제": -1, "작일": -1, "어젯밤": -1, "간밤": -1, "지난밤": -1, "그제": -2,
           "그저께": -2, "내일": 1, "명일": 1, "모레": 2, "내일모레": 2, "글피": 3}  # fmt: skip
_SHIFT = {"전날": -1, "전전날": -2, "이튿날": 1, "이틀날": 1, "그이튿날": 1, "다음날": 1, "그다음날": 1, "익일": 1, "다다음날": 2}


_EDGE = re.compile(r"(?:(?P<first>도착|입국|개막)|(?P<last>출국|귀국|폐막))\s$")
_NOUN = re.compile(r"[가-힣]\s$")
_NO_NOUN = re.compile(r"(?:[은는이가을를도에의며고서,해와과]|지난|또|바로|이미|다만|한편|결국|당초|로|라며|까지|부터|시간)\s$")
_OF_IT = re.compile(r"(?:회담|회의|회동|면담|통화|행사|열병식|만찬|공연|선거|투표)\s$")  # the occasion that the text tells of
_NEAR = 60  # days from a named day within which a text that marks it may be written before it
_AHEAD_OF = re.compile(r"(?:을|를)?\s?앞두")
_ABOUT = re.compile(r"(?:을|를)?\s?(?:맞아|맞은|맞이|맞으|즈음|기념(?!사|식)|계기|경축(?!사|식)|축하)")


def read_deictic(parts: Parts, scene: Scene) -> Reading:
    word = parts["deictic"]
    time = "night" if word.endswith("밤") else ""
    if scene.base is None:
        numbers = re.findall(r"\d+", parts.get("br", ""))
        return Reading(value=f"XXXX-XX-{int(numbers[-1]):02d}" if numbers else "", time=time)
    day = scene.base + timedelta(days=DEICTIC[word])
    return Reading(value=bracketed(parts.get("br", ""), day).isoformat(), anchor="published", time=time)


def read_focus(parts: Parts, scene: Scene) -> Reading:
    step = _SHIFT.get(re.sub(r"\s", "", parts["focus"]), 0)
    known = scene.told if step else scene.focus
    edge = _EDGE.search(scene.text, max(0, scene.start - 4), scene.start)
    if edge is not None and scene.stay:
        known = scene.stay.split("/")[edge["last"] is not None]
    bracket = parts.get("br", "")
    apart = parts["focus"] == "당일" and edge is None and _OF_IT.search(scene.text, 0, scene.start) is None
    if (scene.weak or apart) and _governed(scene):
        return Reading()  # `방미 전날`, where only an aside told a day; `사건 당일`
    day = as_day(known)
    if day is not None:
        return Reading(value=bracketed(bracket, day + timedelta(days=step)).isoformat(), anchor="focus")
    if bracket:
        numbers = {"day": re.findall(r"\d+", bracket)[-1]}
        month = re.search(r"(\d+)월", bracket)
        return read_date(numbers | ({"month": month.group(1)} if month else {}), scene)
    if not known and scene.base is not None and not scene.report and step < 1 and not _governed(scene):
        return Reading(value=(scene.base + timedelta(days=step)).isoformat(), anchor="published")
    return Reading(value=known if not step else "", anchor="focus" if known else "")


def _governed(scene: Scene) -> bool:
    """Whether a noun stands right before: `회담 당일`, `선거 전날` are counted from a day that nobody told."""
    lead = scene.text[max(0, scene.start - 8) : scene.start]
    return _NOUN.search(lead) is not None and _NO_NOUN.search(lead) is None


def read_offset(parts: Parts, scene: Scene) -> Reading:
    """`사흘 전` counts from today, `회담 사흘 뒤` from the day told before it."""
    counted, kind = since_of(parts)
    after = parts.get("way") in ("뒤", "후")
    lead = scene.text[max(0, scene.start - 8) : scene.start]
    pointed = re.search(r"(?:그로부터|이로부터|그보다|이보다|그)\s(?:약\s)?$", lead) is not None
    governed = _governed(scene)
    if pointed and scene.before and not scene.before[-1].exact:
        return Reading(kind=TimexKind.time if kind == "time" else TimexKind.date)  # `작년 4월 …, 그 보름 뒤`
    day = as_day(scene.told) if pointed or (after and scene.tense(parts) is not Tense.ahead) else scene.base
    if day is None or counted is None or kind == "time" or (governed and not pointed):
        return Reading(kind=TimexKind.time if kind == "time" else TimexKind.date)
    number = counted if after else -counted
    anchor = "published" if day == scene.base and not pointed else "focus"
    if kind == "day":
        return Reading(value=(day + timedelta(days=number)).isoformat(), anchor=anchor)
    if kind == "week":
        return Reading(value=(day + timedelta(days=7 * number)).isoformat() + "~", anchor=anchor)
    if kind == "month":
        return Reading(value=edtf(*shifted(day.year, day.month, number)), anchor=anchor)
    return Reading(value=edtf(day.year + number), anchor=anchor)


def read_named(parts: Parts, scene: Scene) -> Reading:
    rows = rows_of(parts["named"], scene.text, scene.start, scene.end)
    if "bday" in parts:
        return read_date({"day": parts["bday"]} | ({"month": parts["bmonth"]} if "bmonth" in parts else {})
                     | {k: parts[k] for k in ("year", "yrel", "dir") if k in parts}, scene)  # fmt: skip
    year = year_of(parts, scene)
    told = next((t for t in scene.before if any(r.day and t.value[4:] == f"-{r.day}" for r in rows)), None)
    if year is None and told is not None and not {"dir", "off", "shift"} & parts.keys():
        return Reading(value=told.value, anchor=told.anchor)
    if year is None and not rows:
        return Reading()
    day = day_in(rows, year) if year is not None else _named_near(rows, parts, scene)
    if day is None:
        fixed = {r.day for r in rows}
        return Reading(value=f"XXXX-{fixed.pop()}" if len(fixed) == 1 and rows[0].day and scene.base is None else "")
    anchor = "explicit" if "year" in parts else "published"
    if "off" in parts:
        before, after = rows[0].off
        if not before:
            return Reading(anchor=anchor)
        return Reading(value=f"{day - timedelta(days=before)}/{day + timedelta(days=after)}", anchor=anchor)
    step = _SHIFT.get(re.sub(r"\s", "", parts.get("shift", "")), 0)
    return Reading(value=(day + timedelta(days=step)).isoformat(), anchor=anchor)


def _named_near(rows: Sequence[NamedDay], parts: Parts, scene: Scene) -> date | None:
    base = scene.base
    if base is None:
        return None
    tense = scene.tense(parts)
    follows = scene.text[scene.end : scene.end + 12]
    days = [d for year in range(base.year - 2, base.year + 3) if (d := day_in(rows, year))]
    past = max((d for d in days if d <= base), default=None)
    ahead = min((d for d in days if d >= base), default=None)
    near = past is not None and ahead is not None and min(base - past, ahead - base) < timedelta(days=_NEAR)
    if "dir" not in parts and _AHEAD_OF.match(follows):
        return ahead
    if tense is Tense.either or ("dir" not in parts and near and _ABOUT.match(follows)):
        return past if ahead is None or (past is not None and base - past <= ahead - base) else ahead
    return ahead if tense is Tense.ahead else past
