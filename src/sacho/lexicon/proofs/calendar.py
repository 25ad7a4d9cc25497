"""Days of `calendar.csv`: exact, in order, and each name for one event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sacho.lexicon.proofs.tables import Tables
from sacho.lexicon.schema import PublicEvent

_LONGEST = 40  # days of an event


def proof_calendar(tables: Tables) -> Iterator[str]:
    """Problems of dated events, one sentence each."""
    states = {c.id for c in tables.countries}
    told: dict[str, str] = {}
    for event in tables.calendar:
        where = f"calendar.csv ({event.id})"
        yield from _days(where, event)
        if not event.source:
            yield f"{where}: source is empty; say where the entry comes from."
        for party in event.parties:
            if party not in states:
                yield f"{where}: {party} is no id of countries.csv; correct it or add the country."
        for name in event.names:
            key = "".join(name.split())
            if told.setdefault(key, event.id) != event.id:
                yield f"{where}: {name!r} also names {told[key]}; a name stands for one event, take it from both."
            if min(map(len, name.split("+"))) < 1 or len(key) < 4:
                yield f"{where}: {name!r} is too short to stand for one event; write a longer name."


def _days(where: str, event: PublicEvent) -> Iterator[str]:
    try:
        first, last = date.fromisoformat(event.since), date.fromisoformat(event.until or event.since)
        korean = date.fromisoformat(event.kst or event.since)
    except ValueError:
        yield f"{where}: a day is not written YYYY-MM-DD; an event is exact or it is not in the table."
        return
    if not event.id.startswith(event.since):
        yield f"{where}: the id does not begin with the day {event.since}; rewrite it."
    if not 0 <= (last - first).days <= _LONGEST:
        yield f"{where}: it would last from {event.since} to {event.until}; correct the days."
    if event.kst and (korean - first).days != 1:
        yield f"{where}: the Korean day {event.kst} is not the one after {event.since}; correct it or leave it empty."
