"""(b) The same report on other days: every day of the text and the day of publication, across the ends of months and years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from .bases import Base, Variant
from .changes import month_after

# A day number with the word that places it; not the nights of `1박2일`, not a day behind a month.
_DAY = re.compile(r"(?P<head>지난 |오는 )?(?<![\d박~.월])(?<!월 )(?P<day>\d{1,2})일(?!\d)")
_STYLES = ("bare", "named", "numbered")


def shifted(base: Base, random: Random) -> Iterator[Variant]:
    """Variants of a base that names days."""
    months = base.spec.get("months", {})
    for at, published in enumerate(_targets(base.published, random)):
        days = (published - base.published).days
        later = (published.year - base.published.year) * 12 + published.month - base.published.month
        style = _STYLES[at % len(_STYLES)]
        text = base.text.replace(f"published: {base.published}", f"published: {published}")
        text = _days(text, base.days, days, published, style)
        for words, month in months.items():
            text = text.replace(words, _month(words, month_after(month, later)))
        yield Variant(
            kind="dates", base=base.name, text=text, outlet=base.outlet, note=f"published {published}, {style}",
            changes=({"op": "shift", "days": days, "months": later},),
        )  # fmt: skip


def _targets(published: date, random: Random) -> Iterator[date]:
    """Days of publication: the first days of a month, of a year, behind the leap day, the last of a month, and others."""
    following = date.fromisoformat(month_after(published.isoformat()[:7], 1) + "-01")
    january = date(published.year + 1, 1, 1)
    leap = next(y for y in range(published.year, published.year + 9) if y % 4 == 0 and date(y, 3, 1) > published)
    yield following
    yield january
    yield following + timedelta(days=1)
    yield january + timedelta(days=1)
    yield date(leap, 3, 1)
    yield following - timedelta(days=1)
    yield published + timedelta(days=random.randrange(30, 200))
    yield published - timedelta(days=random.randrange(30, 120))
    yield published + timedelta(days=random.randrange(2, 20))


def _days(text: str, known: dict[int, date], days: int, published: date, style: str) -> str:
    before: list[date] = []

    def moved(found: re.Match[str]) -> str:
        day = known[int(found["day"])] + timedelta(days=days)
        ends_range = text[: found.start()].endswith("부터 ")
        if ends_range and before[-1].month == day.month:
            return f"{day.day}일"  # 지난달 29일부터 31일까지
        crossed = ends_range
        before.append(day)
        return written(day, published, found["head"] or "", style, crossed=crossed)

    return _DAY.sub(moved, text)


def written(day: date, published: date, head: str, style: str, *, crossed: bool = False) -> str:
    """A day as a report of `published` writes it. `crossed`: it ends a range that began in another month."""
    away = (day.year - published.year) * 12 + day.month - published.month
    if away == 0 and crossed and style != "bare":
        return f"이달 {day.day}일" if style == "named" else f"{day.month}월 {day.day}일"
    if away == 0 or style == "bare":
        return f"{head}{day.day}일"
    if style == "named" and away == -1:
        return f"지난달 {day.day}일"
    if style == "named" and away == 1:
        return f"다음 달 {day.day}일"
    if day.year < published.year:
        return f"지난해 {day.month}월 {day.day}일"
    return f"{head}{day.month}월 {day.day}일"


def _month(words: str, month: str) -> str:
    with_year = re.sub(r"\d{4}(?=년)", month[:4], words)
    return re.sub(r"\d{1,2}(?=월)", str(int(month[5:])), with_year)
