"""Clock times, parts of the day, zones, and the part of a month or year (`초`, `중순`, `말`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sacho.annotate.named_days import nth_weekday
from sacho.annotate.timex_rules import load_timex_rules

_PARTS = {"오전": "morning", "오후": "afternoon", "새벽": "dawn", "아침": "morning", "정오": "12:00", "대낮": "noon", "한낮": "noon",
          "낮": "noon", "저녁": "evening", "밤늦게": "night", "심야": "night", "밤": "night", "자정": "00:00"}  # fmt: skip
_HOURS = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "열한": 11, "열두": 12}
_GRAINS = {"초": "start", "초순": "start", "상순": "start", "초반": "start", "초엽": "start", "중순": "mid", "중반": "mid",
           "중엽": "mid", "말": "end", "하순": "end", "후반": "end", "말엽": "end"}  # fmt: skip
_PYONGYANG = (date(2015, 8, 15), date(2018, 5, 4))  # UTC+8:30 from the first day to the last


def clock_of(parts: Mapping[str, str]) -> str:
    """`HH:MM`, or a part of the day (`evening`); empty if the parts name neither."""
    clock = parts.get("clock") or parts.get("clock2")
    word = parts.get("part", "").replace(" ", "")
    name = next((v for k, v in _PARTS.items() if word.endswith(k)), "night" if word.startswith("한밤") else "")
    if clock:
        return f"{_full_hour(int(clock[:-3]), name):02d}{clock[-3:]}"
    hours = parts.get("hour") or parts.get("hour2")
    hour = int(hours) if hours else _HOURS.get(parts.get("hourword", ""))
    if hour is None:
        return name
    half = any(k in parts for k in ("half", "half2", "halfword"))
    minute = int(parts.get("minute") or parts.get("minute2") or (30 if half else 0))
    time = f"{_full_hour(hour, name):02d}:{minute:02d}"
    return f"{_full_hour(int(parts['hourlow']), name):02d}:00/{time}" if "hourlow" in parts else time


def _full_hour(hour: int, part: str) -> int:
    if part == "night":
        return hour + 12 if 5 < hour <= 12 else hour
    if part == "noon":
        return hour + 12 if hour < 6 else hour
    if part in ("morning", "dawn") and hour == 12:
        return 0
    return hour + 12 if part in ("afternoon", "evening") and hour < 12 else hour


def grain_of(word: str) -> str:
    """`start`, `mid` or `end` of the value."""
    return _GRAINS.get(word, "")


def zone_of(parts: Mapping[str, str], day: date | None) -> str:
    """`local`, or the offset from UTC; empty if none is named, or if it hangs on an unknown day."""
    words = next((parts[k] for k in ("zone", "zone1", "zone2", "zone3") if k in parts), "")
    if not words:
        return ""
    zones = load_timex_rules().zones
    zone = next((z for name, z in zones.items() if words.startswith(name)), "")
    if not parts.get("zone") and zone == "+09:00" and words == parts.get("zone3", parts.get("zone1")):
        return "local"  # `18일 오후(한국시간 19일 새벽)`: what stands before the bracket is not Korean time
    if zone == "pyongyang":
        return "" if day is None else ("+08:30" if _PYONGYANG[0] <= day <= _PYONGYANG[1] else "+09:00")
    if zone == "america-east":
        return "" if day is None else _america_east(day)
    return zone


def _america_east(day: date) -> str:
    """Summer time from the second Sunday of March to the first of November (since 2007)."""
    first, last = nth_weekday(day.year, 3, 6, 2), nth_weekday(day.year, 11, 6, 1)
    if day.year < 2007 or first is None or last is None:
        return ""
    return "-04:00" if first <= day < last else "-05:00"
