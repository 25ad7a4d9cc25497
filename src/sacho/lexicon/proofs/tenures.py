"""Who held which office when: dates that exist, in order, one holder at a time."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from sacho.lexicon.proofs.tables import Tables
from sacho.lexicon.schema import Tenure

_EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[~?%]?")
_STILL = "9999-12-31"


def proof_tenures(tables: Tables) -> Iterator[str]:
    """Problems of `tenures.csv`, one sentence each."""
    sound: list[Tenure] = []
    for tenure in tables.tenures:
        problems = list(_dates(tenure))
        yield from problems
        if not problems:
            sound.append(tenure)
    yield from _overlaps(sound, tables.rules.offices.shared)


def _dates(tenure: Tenure) -> Iterator[str]:
    where = _where(tenure)
    if not tenure.source:
        yield f"{where}: source is empty; say where the entry comes from."
    if not tenure.since:
        yield f"{where}: from is empty; give at least the year."
        return
    for column, date in (("from", tenure.since), ("to", tenure.until)):
        if date and not _exists(date):
            yield f"{where}: {column} {date!r} is no EDTF date; write YYYY, YYYY-MM or YYYY-MM-DD."
            return
    if tenure.until and _last(tenure.until) < _first(tenure.since):
        yield f"{where}: ends ({tenure.until}) before it begins ({tenure.since}); correct one of them."


def _overlaps(tenures: Sequence[Tenure], shared: frozenset[str]) -> Iterator[str]:
    """Two rows of one office that overlap for certain, whatever the unknown days and months are."""
    offices: dict[str, list[Tenure]] = {}
    for tenure in tenures:
        offices.setdefault(f"{tenure.country} {tenure.body} {tenure.title}".replace("  ", " "), []).append(tenure)
    for office, held in offices.items():
        ordered = sorted(held, key=lambda t: (_first(t.since), t.person))
        for n, one in enumerate(ordered):
            for other in ordered[n + 1 :]:
                if not _overlap(one, other) or (one.person != other.person and office in shared):
                    continue
                if one.person == other.person:
                    yield f"{_where(other)}: overlaps another row of the same person and office; join the two or correct a date."
                else:
                    yield (
                        f"{_where(other)}: begins {other.since} while {one.person} holds the office until {one.until or 'now'};"
                        f" correct a date, or name {office!r} as shared in proof.toml."
                    )


def _overlap(one: Tenure, other: Tenure) -> bool:
    ends = _first(one.until) if one.until else _STILL
    also = _first(other.until) if other.until else _STILL
    return _last(other.since) < ends and _last(one.since) < also


def _where(tenure: Tenure) -> str:
    return f"tenures.csv ({tenure.person}, {tenure.title})"


def _exists(date: str) -> bool:
    match = _EDTF.fullmatch(date)
    if match is None:
        return False
    try:
        datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def _first(date: str) -> str:
    """The first day that an EDTF date may mean."""
    return (date.rstrip("~?%") + "-01-01")[:10]


def _last(date: str) -> str:
    """The last day that it may mean; a month may have 31 days."""
    day = date.rstrip("~?%")
    return day + {4: "-12-31", 7: "-31"}.get(len(day), "")
