"""Reports made up from a seed: happenings with parties, day, place, told by several reports each, with noise."""

from __future__ import annotations

import random
from datetime import date, timedelta

from sacho.resolve.tellings import Telling

_STATES = ("PRK", "KOR", "USA", "CHN", "RUS", "JPN", "VNM", "MNG", "CUB", "SYR", "IRN", "DEU", "FRA", "GBR", "IND", "LAO")
_KINDS = ("meet", "call", "visit", "launch", "accuse", "message", "sign", "drill", "inspect", "ceremony")
_GROUP = {"meet": "session", "ceremony": "occasion"}
_FIRST = date(2000, 1, 1).toordinal()
A_DAY = 30  # happenings a day: a corpus grows by years, not by denser days


def tellings(seed: int, count: int, *, a_day: float = A_DAY, first: int = 0) -> list[Telling]:
    """`count` tellings of about `count / 4` happenings, in order of report; the happenings are numbered from `first`."""
    chance = random.Random(seed)
    out: list[Telling] = []
    happening = first
    while len(out) < count:
        day = _FIRST + int(happening / a_day)
        out += _told(chance, happening, day)
        happening += 1
    return out[:count]


def _told(chance: random.Random, happening: int, day: int) -> list[Telling]:
    kind = chance.choice(_KINDS)
    ours, theirs = chance.sample(_STATES, 2)
    sides = [f"{s}/{s.lower()}p{chance.randrange(12)}" for s in (ours, theirs)]
    place = f"place{chance.randrange(400)}"
    out = []
    for number in range(chance.choice((2, 3, 4, 5, 6))):
        noise = chance.random()
        actor, recipient = (sides[0],), (sides[1],)
        if noise < 0.15:
            actor, recipient = (f"{ours}/",), (f"{theirs}/",)
        first = last = day
        if 0.15 < noise < 0.2:
            first = last = day + chance.choice((-1, 1))
        elif 0.2 < noise < 0.24:
            first, last = date.fromordinal(day).replace(day=1).toordinal(), _month_end(day)
        elif 0.24 < noise < 0.3:
            first = last = 0
        where = place if chance.random() < 0.5 else ""
        out.append(
            Telling(
                id=f"e{happening}-{number}", document=f"d{happening}-{number}", group=_GROUP.get(kind, kind), kind=kind,
                reality=chance.choice(("real", "real", "real", "ahead")), first=first, last=last,
                published=day + chance.randrange(3), actor=actor, recipient=recipient, place=where,
                within=(f"city{ours}",) if where else (), country=ours if where else "",
            )
        )
    return out


def _month_end(day: int) -> int:
    first = date.fromordinal(day).replace(day=1)
    return ((first + timedelta(days=32)).replace(day=1) - timedelta(days=1)).toordinal()
