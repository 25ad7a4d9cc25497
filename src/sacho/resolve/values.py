"""EDTF values that one report gives for a happening, compared as they are written."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PARTS_OF_YEAR = {
    "21": ("03", "05"), "22": ("06", "08"), "23": ("09", "11"), "24": ("12", "12"), "33": ("01", "03"), "34": ("04", "06"),
    "35": ("07", "09"), "36": ("10", "12"), "40": ("01", "06"), "41": ("07", "12"),
}  # fmt: skip


@lru_cache(maxsize=1 << 13)
def days_agree(a: str, b: str) -> bool:
    """Whether two EDTF values may name the same time: equal, or one holds the other (`2023-10` and `2023-10-19`)."""
    (a1, a2), (b1, b2) = _bounds(a), _bounds(b)
    return (a1 <= b1 and b2 <= a2) or (b1 <= a1 and a2 <= b2)


def days_at_odds(a: str, b: str) -> bool:
    """Whether two values contradict each other; an open end (`../2011-03-10`, `2011-02-28/..`) reaches over all days before or
    after it."""
    if days_agree(a, b):
        return False
    (a1, a2), (b1, b2) = _reach(a), _reach(b)
    return not ((a1 <= b1 and b2 <= a2) or (b1 <= a1 and a2 <= b2))


def _reach(value: str) -> tuple[str, str]:
    first, last = _bounds(value)
    return "" if value.startswith("../") else first, "9999-99-99" if value.endswith("/..") else last


def days_apart(a: str, b: str) -> int:
    """Days from one value to the other, by the first day of each; 999 if one is not settled to the day."""
    one, two = _first_day(a), _first_day(b)
    return abs((one - two).days) if one and two else 999


def _first_day(value: str) -> date | None:
    first = _DAY.match(value.removeprefix("../"))
    return date.fromisoformat(first.group()) if first else None


def _bounds(value: str) -> tuple[str, str]:
    value = value.strip("{}")
    low, _, high = value.replace(",", "/").replace("/..", "").replace("../", "").partition("/")
    high = high.rpartition("/")[2] or low
    return _pad(low, "0"), _pad(high, "9")


def _pad(value: str, digit: str) -> str:
    value = value.rstrip("~?%").replace("X", digit)
    if value[5:7] in _PARTS_OF_YEAR:
        value = value[:5] + _PARTS_OF_YEAR[value[5:7]][digit == "9"]
    return value + {4: f"-{digit * 2}-{digit * 2}", 7: f"-{digit * 2}"}.get(len(value), "")
