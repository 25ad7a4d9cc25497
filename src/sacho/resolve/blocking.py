"""Which tellings are worth comparing: those of one group of kinds, of the same states, at about the same time.

A block is a key. A telling stands in each of its blocks as `active` (to be compared with all who stand there) or
`passive` (only with the active ones), so that a telling of a whole month meets every day of it while the
days of that month do not meet each other. Blocking never decides anything: it only leaves out pairs that could not score.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from sacho.resolve.parties import person
from sacho.resolve.tellings import Telling

Key = tuple[str, str, str, int]  # group, states or person, unit of time, number of the unit

_MUTUAL = frozenset({"session", "call"})  # both sides must be known: blocks are pairs of states
_SHARED = frozenset({"occasion", "sign", "drill", "agree"})  # either side may be called the actor
_STEP = 4  # days; a bin of time holds two steps, bins overlap by one, so days up to four apart share one
_MONTH = 45  # days: a month with its edges, no season
_LASTING = frozenset({"invite"})
_LAG = 14  # days from the event to the report of it that gives no day
_AHEAD = 180  # days from `곧 방문할 예정` to the visit
_MOST_STATES = 4
_MOST_MONTHS = 12


def keys(telling: Telling) -> Iterator[tuple[Key, bool]]:
    """The blocks in which a telling stands, each with whether it is active there. None for a telling without any
    time at all: nothing can be found for it."""
    states = _states(telling)
    for unit, number, active in _times(telling):
        for state in states:
            yield (telling.group, state, unit, number), active
    for unit, number, active in _ahead(telling):
        for party in telling.parties:
            if person(party):
                yield (telling.group, party, unit, number), active


def _states(telling: Telling) -> tuple[str, ...]:
    if telling.group in _MUTUAL:
        states = sorted({p.partition("/")[0] for p in telling.parties})[:_MOST_STATES]
        return tuple(f"{a} {b}" for a, b in combinations(states, 2)) or (f"{states[0]} ",)
    parties = telling.parties if telling.group in _SHARED else telling.actor
    return tuple(sorted({p.partition("/")[0] for p in parties})[:_MOST_STATES])


def _times(telling: Telling) -> Iterator[tuple[str, int, bool]]:
    days = telling.days
    if days is None:
        yield from _undated(telling)
    elif days.vague:
        for month in _months(days.first, days.last):
            yield "month", month, True
        if days.last - days.first <= _MONTH:
            for step in range(days.first // _STEP - 1, (days.last + _LAG) // _STEP + 1):
                yield "report", step, False
    else:
        for step in range(days.first // _STEP - 1, days.last // _STEP + 1):
            yield "days", step, True
        for month in _months(days.first, days.last):
            yield "month", month, False
        for step in range(days.first // _STEP - 1, (days.last + _LAG) // _STEP + 1):
            yield "report", step, False


def _undated(telling: Telling) -> Iterator[tuple[str, int, bool]]:
    if not telling.published:
        return
    for step in (telling.published // _STEP - 1, telling.published // _STEP):
        yield "report", step, True


def _ahead(telling: Telling) -> Iterator[tuple[str, int, bool]]:
    """`곧 방문할 예정` without a day may mean any day of half a year, and an invitation is told again for as long: only
    people tell which, so people are the key."""
    days = telling.days
    if days is not None:
        if not days.vague:
            yield "ahead", days.first // _AHEAD, False
        return
    if not telling.published:
        return
    if telling.reality in ("ahead", "cancelled") or telling.group in _LASTING:
        for half in range((telling.published - 1) // _AHEAD, (telling.published + _AHEAD) // _AHEAD + 1):
            yield "ahead", half, True
    elif telling.reality == "real":
        yield "ahead", telling.published // _AHEAD, False


def _months(first: int, last: int) -> Iterator[int]:
    low, high = date.fromordinal(first), date.fromordinal(last)
    start = low.year * 12 + low.month
    yield from range(start, min(high.year * 12 + high.month, start + _MOST_MONTHS) + 1)
