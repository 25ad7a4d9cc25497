"""Lengths of time (`사흘간`, `1박2일`), distances (`사흘 전`) and recurrences (`매년 9월 9일`)."""

from __future__ import annotations

from collections.abc import Mapping

COUNTS = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "일주일": 7, "여드레": 8, "아흐레": 9,
          "열흘": 10, "보름": 15}  # fmt: skip
_NATIVE = {"한": 1, "두": 2, "석": 3, "세": 3, "넉": 4, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10}
_UNITS = {"년": "Y", "해": "Y", "개월": "M", "달": "M", "주": "W", "주일": "W", "일": "D"}
_KINDS = {"Y": "year", "M": "month", "W": "week", "D": "day"}


def length_of(parts: Mapping[str, str]) -> str:
    """ISO 8601 (`P3D`, `PT1H30M`), empty for a count that is not exact (`10여 년간`)."""
    if any(name.startswith("odd") for name in parts):
        return ""
    if "days" in parts:
        return f"P{int(parts['days'])}D"
    if "count" in parts:
        word = parts["count"]
        return {"반년": "P6M", "일주일": "P1W"}.get(word) or f"P{COUNTS[word]}D"
    number = int(parts["number"].replace(",", "")) if "number" in parts else _NATIVE[parts["native"]]
    if "months" in parts:
        return f"P{number}Y{int(parts['months'])}M"
    unit = parts.get("unit") or parts.get("unit2") or parts.get("unit3", "")
    if "plushalf" in parts:
        return f"P{number}Y6M" if unit == "년" else ""
    if unit == "시간":
        minutes = parts.get("minutes")
        return f"PT{number}H" + (f"{int(minutes)}M" if minutes else "")
    if unit == "분":
        return f"PT{number}M"
    return f"P{number}{_UNITS[unit]}"


def since_of(parts: Mapping[str, str]) -> tuple[int | None, str]:
    """How many units a distance has, and of which kind (`day`, `week`, `month`, `year`, `time`); None if not exact."""
    unit = parts.get("unit") or parts.get("unit2", "")
    if unit in ("시간", "분"):
        return None, "time"
    if any(name.startswith("odd") for name in parts):
        return None, "day"
    if "count" in parts:
        word = parts["count"]
        if word in ("반년", "일주일"):
            return (6, "month") if word == "반년" else (1, "week")
        return COUNTS[word], "day"
    number = int(parts["number"]) if "number" in parts else _NATIVE[parts["native"]]
    return number, _KINDS[_UNITS[unit.replace("주년", "년")]]


def recurrence_of(parts: Mapping[str, str]) -> str:
    """`XXXX-09-09` for a day of every year, `XXXX-XX-10` for one of every month; empty for others."""
    every = parts["every"]
    if every in ("매년", "해마다") and "month" in parts:
        day = f"-{int(parts['day']):02d}" if "day" in parts else ""
        return f"XXXX-{int(parts['month']):02d}{day}"
    if every in ("매달", "매월", "달마다") and "mday" in parts:
        return f"XXXX-XX-{int(parts['mday']):02d}"
    return ""
