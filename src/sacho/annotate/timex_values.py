"""The value of one time expression, from its parts and from what the text told before it (codebook section 4)."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from sacho.annotate.calendar_days import as_day
from sacho.annotate.clock import clock_of, grain_of, zone_of
from sacho.annotate.lengths import length_of, recurrence_of
from sacho.annotate.timex_dates import (
    read_date,
    read_day_range,
    read_decade,
    read_month,
    read_month_range,
    read_season,
    read_year,
    read_year_range,
)
from sacho.annotate.timex_relative import (
    read_deictic,
    read_focus,
    read_named,
    read_nth_week,
    read_offset,
    read_week,
    read_weekday,
    read_weekend,
)
from sacho.annotate.timex_scene import Parts, Reading, Scene
from sacho.records import TimexKind


def value_of(reading: str, parts: Parts, scene: Scene) -> Reading:
    """Read the parts by the named function. Nothing is guessed: what the text does not settle stays empty, or keeps
    unspecified digits (`XXXX-XX-19`)."""
    found = _READINGS[reading](parts, scene)
    if not parts.keys() & _ADDED:
        return found
    time = clock_of(parts)
    about = parts.get("about") or parts.get("about2") or parts.get("about3")
    value = found.value
    if about and time[:1].isdigit():
        time += "~"
    elif about and value and "/" not in value and not time:
        value += "~"
    mod = found.mod or grain_of(parts.get("mod") or parts.get("mod2") or "")
    zone = zone_of(parts, as_day(value))
    return msgspec.structs.replace(found, value=value, mod=mod, time=found.time or time, zone=zone)


_ADDED = frozenset([
    "part", "hour", "hour2", "hourword", "clock", "clock2", "about", "about2", "about3", "mod", "mod2", "zone", "zone1", "zone2", "zone3",
])  # fmt: skip


def _length(parts: Parts, scene: Scene) -> Reading:
    return Reading(value=length_of(parts), kind=TimexKind.duration)


def _set(parts: Parts, scene: Scene) -> Reading:
    return Reading(value=recurrence_of(parts), kind=TimexKind.set)


def _clock(parts: Parts, scene: Scene) -> Reading:
    day = scene.clock_day or scene.focus
    return Reading(value=day, kind=TimexKind.time, anchor="focus" if day else "")


def _lunar(parts: Parts, scene: Scene) -> Reading:
    return Reading()


_READINGS: dict[str, Callable[[Parts, Scene], Reading]] = {
    "date": read_date, "month": read_month, "day_range": read_day_range, "month_range": read_month_range,
    "year": read_year, "season": read_season, "year_range": read_year_range, "decade": read_decade,
    "week": read_week, "weekend": read_weekend, "weekday": read_weekday, "nth_week": read_nth_week,
    "deictic": read_deictic, "focus": read_focus, "offset": read_offset, "named": read_named, "stay": _length,
    "duration": _length, "set": _set, "clock": _clock, "lunar": _lunar,
}  # fmt: skip
