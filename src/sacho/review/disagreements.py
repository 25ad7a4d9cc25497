"""Where coders differ, those first where a look is worth most."""

from __future__ import annotations

from collections.abc import Sequence

from sacho.evaluation.readings import EventReading
from sacho.records import Record
from sacho.review.reviewed import SETTLED
from sacho.review.units import FIELDS, Read, Seen, Unit, Value, coders_of, reports_of, units_of, values_of
from sacho.store import Store
from sacho.store.verdicts import in_force

_WORTH = {
    "event": 1.0, "kind": 0.9, "status": 0.8, "actor": 0.8, "recipient": 0.7, "date": 0.7, "place": 0.4, "participants": 0.4,
    "sources": 0.3, "symmetric": 0.2, "attendees": 0.2,
}  # fmt: skip


class Side(Record):
    """What one coder says: `event` is the id that a judgement takes, empty if the coder read the report and did not see the event;
    `words` stand at `start`–`end` of the text; `values` are the fields on which the sides differ (several names joined by ` · `)."""

    coder: str
    event: str
    words: str
    start: int
    end: int
    values: dict[str, str]


class Disagreement(Record):
    """One event on which coders differ: `fields` names on what (`event`: whether there is one), `worth` orders the queue. `event` is
    the id to judge: the store's event or, if the program saw none, that of the first coder who did."""

    event: str
    document: str
    title: str
    outlet: str
    published: str
    fields: tuple[str, ...]
    sides: tuple[Side, ...]
    worth: float


def disagreements(
    store: Store, coders: Sequence[str] = (), *, fields: Sequence[str] = (), settled: bool = False, limit: int = 50
) -> tuple[Disagreement, ...]:
    """The disagreements of these coders (default: the program and all who were imported), on these fields (default: all). An event that a
    person accepted, corrected or rejected is settled and left out, unless `settled`. Raises ValueError for a coder or field that is not
    there."""
    known = coders_of(store)
    unknown = [c for c in coders if c not in known] or [f for f in fields if f not in ("event", *FIELDS)]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is not there; coders are {', '.join(known)}, fields {', '.join(('event', *FIELDS))}.")
    chosen = coders or [c for c in known if c != "review"]
    found = [d for read in reports_of(store, chosen) for u in units_of(read) if (d := _difference(read, u, fields)) is not None]
    if not settled:
        with store.read() as connection:
            held = in_force(connection, [d.event for d in found] + [s.event for d in found for s in d.sides if s.event])
        done = {event for event, state in held.items() if state.review in SETTLED}
        found = [d for d in found if d.event not in done]
    return tuple(sorted(found, key=lambda d: -d.worth)[:limit])


def _difference(read: Read, unit: Unit, wanted: Sequence[str]) -> Disagreement | None:
    saw = {s.coder: s.reading.events[unit.at[s.coder]] for s in read.seen if s.coder in unit.at}
    values = dict(zip(saw, values_of(list(saw.values())), strict=True))
    differing = [f for f in FIELDS if len({v[f] for v in values.values()}) > 1]
    if len(saw) < len(read.seen):
        differing.insert(0, "event")
    differing = [f for f in differing if not wanted or f in wanted]
    if not differing:
        return None
    sides = tuple(_side(s, unit, saw.get(s.coder), values.get(s.coder), differing) for s in read.seen)
    return Disagreement(
        event=next(s.event for s in sides if s.event), document=read.document, title=read.title, outlet=read.outlet,
        published=read.published, fields=tuple(differing), sides=sides, worth=_worth(read, sides, differing),
    )  # fmt: skip


def _side(seen: Seen, unit: Unit, event: EventReading | None, values: dict[str, Value] | None, fields: Sequence[str]) -> Side:
    if event is None or values is None:
        return Side(coder=seen.coder, event="", words="", start=0, end=0, values={})
    start, end = (event.spans[0].start, event.spans[0].end) if event.spans else (0, 0)
    shown = fields if fields != ["event"] else ("kind", "actor", "recipient", "date")
    return Side(
        coder=seen.coder, event=seen.ids[unit.at[seen.coder]], words=event.words, start=start, end=end,
        values={f: _told(values[f]) for f in shown if f != "event"},
    )  # fmt: skip


def _told(value: Value) -> str:
    return value if isinstance(value, str) else " · ".join(sorted(value))


def _worth(read: Read, sides: Sequence[Side], fields: Sequence[str]) -> float:
    """The weightiest field, a little for each other one, and the program's own doubt where it saw the event."""
    weights = sorted((_WORTH[f] for f in fields), reverse=True)
    ours = next((read.events[s.event] for s in sides if s.event in read.events), None)
    return round(weights[0] + 0.1 * sum(weights[1:]) + (1 - ours.confidence if ours is not None else 0.0), 4)
