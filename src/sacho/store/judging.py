"""Judgements into the store: they are added, the events follow, and every act can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection, delete, select, update

from sacho.records import Event, Span
from sacho.store.assemble import events_at
from sacho.store.bulk import insert_batch
from sacho.store.connect import Store, StoreError
from sacho.store.resolution import resolve_judged
from sacho.store.rows import OF_EVENT, Batch, Keys, as_json, event_row, hanging_rows
from sacho.store.tables import DECISIONS, document, event, judgement
from sacho.store.verdicts import (
    CORRECTABLE,
    ON_TWO,
    WORDS,
    InForce,
    Verdict,
    Words,
    corrected,
    in_force,
    insert_verdicts,
    undone,
    verdict_id,
)


class NothingInForce(StoreError):
    """There is nothing to take back."""


def judge(
    store: Store, events: Sequence[str], decision: str, *, by: str, at: str, note: str = "", field: str = "", value: object = None,
    other: str = "", words: Span | None = None,
) -> str:  # fmt: skip
    """Judge events (ids), all in one act; returns the id of the act, which `undo` takes.

    `corrected` takes a `field` and the `value` that it should have, as in the event's JSON; `same`, `different`, `undecided` take the
    id of the `other` event. `words` are those of the report that prove the value of the one event that is corrected. Raises
    `StoreError` naming what does not fit; nothing is changed then.
    """
    _check(decision, by, field, other)
    batch = verdict_id("batch", decision, by, at, field, other, as_json(value), *events)
    verdicts = [
        Verdict(id=verdict_id(batch, e), batch=batch, event=e, other=other, decision=decision, field=field,
                value=msgspec.Raw(msgspec.json.encode(value)), by=by, at=at, note=note)
        for e in events
    ]  # fmt: skip
    if words is not None:
        proof = msgspec.Raw(msgspec.json.encode(_named(store, events, decision, words)))
        verdicts += [
            msgspec.structs.replace(v, id=verdict_id(batch, v.event, WORDS + field), field=WORDS + field, value=proof) for v in verdicts
        ]  # fmt: skip
    add_verdicts(store, verdicts)
    return batch


def _named(store: Store, events: Sequence[str], decision: str, words: Span) -> Words:
    """The words of the report of the one event."""
    if decision != "corrected" or len(events) != 1:
        raise StoreError("words prove the corrected value of one event; name one event, its field and its value.")
    with store.read() as connection:
        query = select(document.c.text).join(event, event.c.document == document.c.number).where(event.c.id == events[0])
        text = connection.execute(query).scalar_one_or_none()
    if text is None or not 0 <= words.start < words.end <= len(text):
        raise StoreError(f"{words.start} to {words.end} are no words of the report of {events[0]}.")
    return Words(start=words.start, end=words.end, quote=text[words.start : words.end])


def undo(store: Store, *, by: str, at: str, batch: str = "", note: str = "") -> str:
    """Take back an act: `batch`, or the last one by this person that is in force. An undo can be undone by its own id, which is
    returned. Raises `NothingInForce` if there is nothing to take back."""
    with store.read() as connection:
        query = select(judgement.c.batch).where(judgement.c.by == by, judgement.c.decision != "undo").order_by(judgement.c.number.desc())
        if batch:
            query = select(judgement.c.batch).where(judgement.c.batch == batch)
        acts = list(dict.fromkeys(connection.execute(query).scalars()))
        gone = undone(connection, acts)
        target = next((a for a in acts if a not in gone), None)
    if target is None:
        raise NothingInForce(f"{batch or by} has nothing in force that could be taken back.")
    identity = verdict_id("undo", target, by, at)
    add_verdicts(store, [Verdict(id=identity, batch=identity, event="", decision="undo", by=by, at=at, note=note, undoes=target)])
    return identity


def add_verdicts(store: Store, verdicts: Sequence[Verdict]) -> int:
    """Add verdicts of whatever origin (also of events that are not there yet), and bring the events up to date.
    Returns how many were new."""
    with store.write() as connection:
        new = insert_verdicts(connection, verdicts)
        if not new:
            return 0
        change = store.next_change(connection)
        touched = _touched(connection, verdicts)
        apply(connection, touched, change)
        resolve_judged(connection, touched, change)
    return new


def apply(connection: Connection, events: Iterable[str], change: int) -> None:
    """Give events the values and the state that are in force."""
    ids = sorted(set(events))
    held = in_force(connection, ids)
    columns = (event.c.number, event.c.id, event.c.document, event.c.run, event.c.machine, event.c.standing, document.c.published,
               document.c.length, event.c.review)  # fmt: skip
    query = select(*columns).join(document, document.c.number == event.c.document).where(event.c.id.in_(ids))
    for row in connection.execute(query).all():
        state = held.get(row.id, InForce())
        if not state.corrections and row.machine is None:
            connection.execute(update(event).where(event.c.number == row.number).values(review=state.review, change=change))
            continue
        read = msgspec.json.decode(row.machine, type=Event) if row.machine else events_at(connection, [row.number])[row.number]
        shown = _fitting(read, state)
        keys = Keys(document=row.document, run=row.run, change=change, events={row.id: row.number}, mentions=0)
        machine = as_json(read) if state.corrections else None
        values = dict(zip((c.name for c in event.columns), event_row(
            shown, keys, published=row.published, review=state.review, standing=row.standing, machine=machine), strict=True))  # fmt: skip
        del values["number"], values["happening"], values["lead"]
        connection.execute(update(event).where(event.c.number == row.number).values(values))
        batch: Batch = {table.name: [] for table in OF_EVENT}
        hanging_rows(shown, row.number, row.document, row.length, batch)
        for table in OF_EVENT:
            connection.execute(delete(table).where(table.c.event == row.number))
        insert_batch(connection, batch)


def _fitting(read: Event, state: InForce) -> Event:
    try:
        return corrected(read, state.corrections)
    except ValueError as error:
        raise StoreError(str(error)) from None


def _check(decision: str, by: str, field: str, other: str) -> None:
    if decision not in DECISIONS or decision == "undo":
        raise StoreError(f"{decision!r} is no judgement; it is one of {', '.join(d for d in DECISIONS if d != 'undo')}.")
    if not by.strip():
        raise StoreError("a judgement needs the name of who judges.")
    if decision == "corrected" and field not in CORRECTABLE:
        raise StoreError(f"{field!r} cannot be corrected; it is one of {', '.join(CORRECTABLE)}.")
    if (decision in ON_TWO) != bool(other):
        raise StoreError(f"{decision} is judged about {'two events; give the other one' if decision in ON_TWO else 'one event'}.")


def _touched(connection: Connection, verdicts: Sequence[Verdict]) -> list[str]:
    """Events that these verdicts, or those that they take back, are about."""
    touched = {e for v in verdicts for e in (v.event, v.other) if e}
    batches = {v.undoes for v in verdicts if v.undoes}
    while batches:
        rows = connection.execute(
            select(judgement.c.event, judgement.c.other, judgement.c.undoes).where(judgement.c.batch.in_(sorted(batches)))
        ).all()  # fmt: skip
        touched |= {e for row in rows for e in (row.event, row.other) if e}
        batches = {row.undoes for row in rows if row.undoes}
    return sorted(touched)
