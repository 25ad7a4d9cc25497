"""Calendar dates: days, months, years and their parts, and ranges of them."""

from __future__ import annotations

from datetime import date

import msgspec

from sacho.annotate.calendar_days import SEASONS, as_day, day_span, edtf, find_day, find_month, shifted
from sacho.annotate.tense import Tense
from sacho.annotate.timex_scene import Parts, Reading, Scene, inherited, number_of, relative_month, two_digits, weekday_of, year_of

_EXPLICIT = ("year", "year2", "year0", "yy", "yy2", "yy3", "juche")


_BEYOND_DAY = frozenset([*_EXPLICIT, "month", "mrel", "yrel", "ybr", "season"])


def read_date(parts: Parts, scene: Scene) -> Reading:
    if parts.keys().isdisjoint(_BEYOND_DAY):
        return _bare_day(parts, scene)
    year, month = year_of(parts, scene), number_of(parts, "month")
    day, weekday = number_of(parts, "day"), weekday_of(parts)
    if parts.get("juche") and year is None:
        return Reading(anchor="explicit")  # the two calendars disagree
    if "season" in parts and year is not None:
        return Reading(value=f"{year}-{SEASONS[parts['season']]}", anchor="explicit")
    if day is None:
        return Reading(value=edtf(year, month) if year is not None else "", anchor="explicit")
    if "mrel" in parts:
        return _of_relative_month(parts, scene, day)
    anchor = _anchor(parts)
    if year is None and "yrel" not in parts:
        carried = None if parts.get("dir") else inherited(scene, month, day)
        if carried is not None:
            return carried
        if scene.base is not None:
            found = find_day(scene.base, day, scene.tense(parts), month=month, weekday=weekday)
            return Reading(value=found.isoformat() if found else "", anchor="published")
    if year is not None and month is not None:
        return Reading(value=edtf(year, month, day), anchor=anchor)
    return Reading(value=f"XXXX-{two_digits(month)}-{day:02d}" if year is None else "")


def _bare_day(parts: Parts, scene: Scene) -> Reading:
    """`19일`, `지난 18일`, `8일(수)`."""
    day = int(parts["day"])
    carried = None if "dir" in parts else inherited(scene, None, day)
    if carried is not None:
        return carried
    if scene.base is None:
        return Reading(value=f"XXXX-XX-{day:02d}")
    found = find_day(scene.base, day, scene.tense(parts), weekday=weekday_of(parts))
    return Reading(value=found.isoformat() if found else "", anchor="published")


def _of_relative_month(parts: Parts, scene: Scene, day: int | None) -> Reading:
    month = relative_month(parts, scene)
    if month is None:
        return Reading(value=f"XXXX-XX-{day:02d}" if day else "")
    anchor = "focus" if parts["mrel"][0] in "같그" else "published"
    return Reading(value=edtf(*month, day), anchor=anchor)


def read_month(parts: Parts, scene: Scene) -> Reading:
    year, month = year_of(parts, scene), number_of(parts, "month")
    if month is None:
        return _of_relative_month(parts, scene, None)
    if year is not None:
        return Reading(value=edtf(year, month), anchor=_anchor(parts))
    way = parts.get("dir", "")
    carried = None if way else inherited(scene, month, None)
    if carried is not None:
        return carried
    if scene.base is None or "yrel" in parts:
        return Reading(value=f"XXXX-{month:02d}")
    if way == "올":
        return Reading(value=edtf(scene.base.year, month), anchor="published")
    found = find_month(scene.base, month, scene.tense(parts), last=way == "지난")
    return Reading(value=edtf(*found), anchor="published")


def read_day_range(parts: Parts, scene: Scene) -> Reading:
    """`18∼28일`, and lists of days: `18·19일`."""
    first, last, listed = int(parts["day"]), int(parts["day2"]), parts["sep"].strip() in ("·", "ㆍ", ",")
    if listed and first >= last:
        return Reading()
    if not listed and scene.base is not None and not {"month", "mrel", "year", "yrel"} & parts.keys():
        carried = None if "dir" in parts else inherited(scene, None, first)
        if carried is None:
            return Reading(value=day_span(scene.base, first, last, scene.tense(parts)), anchor="published")
    start = read_date(parts, scene)
    day = as_day(start.value)
    if day is None:
        return Reading(value=f"{start.value}/{start.value[:8]}{last:02d}" if "X" in start.value else "")
    end = edtf(*((day.year, day.month) if last > first else shifted(day.year, day.month, 1)), last)
    middle = int(parts["mid"]) if "mid" in parts else 0
    if listed and last - first > 1 + bool(middle):
        between = f"{edtf(day.year, day.month, middle)}," if middle else ""
        return msgspec.structs.replace(start, value=f"{{{start.value},{between}{end}}}" if end else "")
    return msgspec.structs.replace(start, value=f"{start.value}/{end}" if end else "")


def read_month_range(parts: Parts, scene: Scene) -> Reading:
    start = read_month({k: v for k, v in parts.items() if k != "mod"}, scene)
    if len(start.value) != 7 or "X" in start.value:
        return Reading()
    year, month, last = int(start.value[:4]), int(start.value[5:]), int(parts["month2"])
    if parts["sep"].strip() in ("·", "ㆍ", ",") and last - month > 1:
        return msgspec.structs.replace(start, value=f"{{{start.value},{edtf(year, last)}}}")
    return msgspec.structs.replace(start, value=f"{start.value}/{edtf(year + (last < month), last)}")


def read_year(parts: Parts, scene: Scene) -> Reading:
    year = year_of(parts, scene)
    if year is None:
        return Reading()
    return Reading(value=_part_of_year(parts, year, scene.base), anchor=_anchor(parts))


def _anchor(parts: Parts) -> str:
    """What a year was counted from."""
    if parts.keys() & _EXPLICIT:
        return "explicit"
    word = parts.get("yrel", "")
    return "focus" if word[:1] in tuple("그같이") or word.startswith("다음") else "published"


def _part_of_year(parts: Parts, year: int, base: date | None) -> str:
    name = parts.get("part_of_year", "")
    if parts.get("quarter"):
        return f"{year}-{32 + int(parts['quarter'])}"
    if name == "겨울" and parts.get("yrel") in ("올", "올해", "금년") and base is not None:
        if 3 < base.month < 7:
            return ""
        year -= base.month <= 3
    return f"{year}-{SEASONS[name]}" if name in SEASONS else f"{year:04d}"


def read_season(parts: Parts, scene: Scene) -> Reading:
    base = scene.base
    if base is None:
        return Reading()
    if "bound" in parts:
        return _bound(parts["bound"], base)
    way = parts.get("dir") or parts.get("dir2") or ""
    if "quarter" in parts:
        number, size, code = int(parts["quarter"]), 3, 32
    elif "part_of_year2" in parts:
        number, size, code = SEASONS[parts["part_of_year2"]] - 39, 6, 39
    else:
        return _named_season(parts["part_of_year"], way, base)
    running = (base.month - 1) // size + 1
    tense = scene.tense(parts)
    year = base.year
    if (way == "지난" and number >= running) or (not way and number > running and tense in (Tense.past, Tense.none)):
        year -= 1
    elif number < running and tense is Tense.ahead:
        year += 1
    return Reading(value=f"{year}-{code + number}", anchor="published")


def _bound(word: str, base: date) -> Reading:
    """`연말`, `월초`: a part of the running year or month; in January and February 연말 may be the one gone by."""
    mod = {"초": "start", "내": ""}.get(word[1], "end")
    if word.startswith("월"):
        return Reading(value=edtf(base.year, base.month), anchor="published", mod=mod)
    return Reading(value="" if mod == "end" and base.month < 3 else str(base.year), anchor="published", mod=mod)


def _named_season(name: str, way: str, base: date) -> Reading:
    """`지난여름`, `다가오는 봄`; a winter has the year in which it begins."""
    code = SEASONS[name]
    first = {21: 3, 22: 6, 23: 9, 24: 12}[code]
    year = base.year - (base.month < 3)  # of the season that runs, winter counted from December
    running = 21 + ((base.month - 3) % 12) // 3
    if way == "지난":
        year -= code >= running
    elif way in ("오는", "다가오는"):
        year += code <= running
    elif code != running and first < base.month:
        year += 1 if way != "이번" else 0
    return Reading(value=f"{year}-{code}", anchor="published")


def read_year_range(parts: Parts, scene: Scene) -> Reading:
    first, last = int(parts["year"]), int(parts["year2"])
    last = last if last > 99 else first // 100 * 100 + last
    if last <= first:
        return Reading()
    comma = parts["sep"] in "·ㆍ" and last - first > 1
    return Reading(value=f"{{{first},{last}}}" if comma else f"{first}/{last}", anchor="explicit")


def read_decade(parts: Parts, scene: Scene) -> Reading:
    if "century" in parts:
        return Reading(value=f"{int(parts['century']) - 1}XX", anchor="explicit")
    first = _full_decade(parts.get("decade") or parts["decade2"], scene.base)
    last = _full_decade(parts["decade3"], scene.base) if "decade3" in parts else 0
    if last:
        return Reading(value=f"{first // 10}X/{last // 10}X" if last > first else "", anchor="explicit")
    return Reading(value=f"{first // 10}X", anchor="explicit")


def _full_decade(words: str, base: date | None) -> int:
    number = int(words)
    limit = base.year if base is not None else 2029
    return number if number > 99 else (1900 + number if 2000 + number > limit else 2000 + number)


