"""Readings into the store: new documents, documents read anew, versions of one address; all of a batch or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from itertools import islice

import msgspec
from sqlalchemy import Connection, delete, select, update

from sacho.records import Event, Record
from sacho.store.bulk import chunks, insert_batch, insert_rows, next_number
from sacho.store.connect import Store
from sacho.store.cube import keep_cube
from sacho.store.fulltext import index_documents
from sacho.store.reading import Reading, fingerprint, version_of
from sacho.store.resolution import resolve_events
from sacho.store.rows import (
    OF_EVENT,
    Batch,
    Keys,
    as_json,
    attribution_rows,
    block_rows,
    document_row,
    event_row,
    hanging_rows,
    mention_rows,
    quote_rows,
)
from sacho.store.tables import attribution, block, claim, document, event, mention, quote, run
from sacho.store.verdicts import InForce, corrected, in_force

_RESOLVED = 20_000  # events resolved in one transaction


class Added(Record):
    """What a call has written so far: documents by what happened to them, events, rows, happenings written anew."""

    run: str = ""
    new: int = 0
    unchanged: int = 0
    recoded: int = 0
    versions: int = 0
    events: int = 0
    withdrawn: int = 0
    rows: int = 0
    happenings: int = 0


class _Old(Record):
    number: int
    coding: str
    superseded: bool


def add(
    store: Store, readings: Iterable[Reading], *, at: str, program: str = "sacho", rules: str = "", note: str = "", batch: int = 200,
    resolve: bool = True, progress: Callable[[Added], None] | None = None,
) -> Added:  # fmt: skip
    """Add readings, `batch` documents a transaction; `progress` is told after each commit (what it was told is safe).

    A reading that is there already changes nothing. One with other values (newer rules) replaces the claims of its document; what
    people judged stays, and an event that is no longer read is kept as `withdrawn`. A document with the address of another is its
    next version. `at` is the time (ISO) that the run is recorded under. `resolve` false leaves happenings to `resolve_all`.
    Raises `StoreError`; batches that were committed before stay.
    """
    done = Added(run="r" + blake2b(f"{at} {program} {rules} {note}".encode(), digest_size=8).hexdigest())
    source = iter(readings)
    noted: set[tuple[object, object]] = set()
    while some := list(islice(source, batch)):
        with store.write() as connection:
            done = _Batch(store, connection, done, at=at, program=program, rules=rules, note=note, noted=noted).write(some, resolve=resolve)
        if progress is not None:
            progress(done)
    if done.new or done.recoded:
        keep_cube(store)
    return done


def resolve_all(store: Store) -> int:
    """Resolve every event across reports, after documents were added with `resolve=False`, in pieces that are committed one by one (an
    interrupted call is repeated). Returns how many happenings were written."""
    with store.read() as connection:
        query = select(event.c.number).where(event.c.standing != "withdrawn").order_by(event.c.day, event.c.number)
        numbers = connection.execute(query).scalars().all()
    written = 0
    for start in range(0, len(numbers), _RESOLVED):
        with store.write() as connection:
            written += resolve_events(connection, numbers[start : start + _RESOLVED], (), store.next_change(connection))
    keep_cube(store)
    return written


class _Batch:
    """One transaction. The run and the change are counted when the first document turns out to be new or different."""

    def __init__(
        self, store: Store, connection: Connection, done: Added, *, at: str, program: str, rules: str, note: str,
        noted: set[tuple[object, object]],
    ) -> None:  # fmt: skip
        self.store, self.connection, self.done = store, connection, done
        self.about = (at, program, rules, note)
        self.noted = noted
        self.rows: Batch = defaultdict(list)
        self.changed: list[int] = []
        self.gone: list[int] = []

    def write(self, readings: Sequence[Reading], *, resolve: bool) -> Added:
        readings = list({r.document.id: r for r in readings}.values())
        old = self._old(readings)
        todo = [(r, mark) for r in readings if (mark := fingerprint(r)) != (old[r.document.id].coding if r.document.id in old else None)]
        self._count(unchanged=len(readings) - len(todo))
        if not todo:
            return self.done
        self.change = self.store.next_change(self.connection)
        self.run = self._run()
        number, self.event, self.mention = (next_number(self.connection, t) for t in (document, event, mention))
        verdicts = in_force(self.connection, [e.id for r, _ in todo for e in (*r.events, *r.withdrawn)])
        latest = self._latest([r for r, _ in todo])
        for reading, mark in todo:
            if reading.document.id in old:
                self._recode(reading, mark, old[reading.document.id], verdicts)
            else:
                self._new(reading, mark, number, latest, verdicts)
                number += 1
        self._count(rows=insert_batch(self.connection, self.rows, self.noted))
        index_documents(self.connection, [r for r, _ in todo if r.document.id not in old and r.morphemes is not None])
        if resolve:
            self._count(happenings=resolve_events(self.connection, self.changed, self.gone, self.change))
        self._close_run()
        return self.done

    def _old(self, readings: Sequence[Reading]) -> dict[str, _Old]:
        out: dict[str, _Old] = {}
        for some in chunks(r.document.id for r in readings):
            query = select(document.c.id, document.c.number, document.c.coding, document.c.superseded).where(document.c.id.in_(some))
            for identity, number, coding, superseded in self.connection.execute(query):
                out[identity] = _Old(number=number, coding=coding, superseded=bool(superseded))
        return out

    def _latest(self, readings: Sequence[Reading]) -> dict[str, int]:
        """The last version of each address that is in the store."""
        out: dict[str, int] = {}
        for some in chunks({version_of(r.document) for r in readings}):
            query = select(document.c.version, document.c.number).where(document.c.version.in_(some)).order_by(document.c.number)
            out |= {version: number for version, number in self.connection.execute(query)}
        return out

    def _run(self) -> int:
        found = self.connection.execute(select(run.c.number).where(run.c.id == self.done.run)).scalar_one_or_none()
        if found is not None:
            return int(found)
        number = next_number(self.connection, run)
        insert_rows(self.connection, run, [(number, self.done.run, *self.about, "{}")])
        return number

    def _close_run(self) -> None:
        counts = as_json({k: v for k, v in msgspec.to_builtins(self.done).items() if k != "run"})
        self.connection.execute(update(run).where(run.c.number == self.run).values(counts=counts))

    def _new(self, reading: Reading, mark: str, number: int, latest: dict[str, int], verdicts: dict[str, InForce]) -> None:
        version = version_of(reading.document)
        before = latest.get(version)
        if before is not None:
            self._supersede(before)
            self._count(versions=1)
        latest[version] = number
        self._count(new=1)
        self._put(reading, mark, number, before, False, None, verdicts)

    def _supersede(self, number: int) -> None:
        """The events of a version that another one replaced stay, out of the counts."""
        position = next((i for i, row in enumerate(self.rows.get("document", ())) if row[0] == number), None)
        if position is not None:  # both versions came in one batch
            self._count(rows=insert_batch(self.connection, self.rows, self.noted))
            self.rows = defaultdict(list)
        self.connection.execute(update(document).where(document.c.number == number).values(superseded=1))
        of = (event.c.document == number) & (event.c.standing == "current")
        self.changed += self.connection.execute(select(event.c.number).where(of)).scalars().all()
        self.connection.execute(update(event).where(of).values(standing="superseded", change=self.change))

    def _recode(self, reading: Reading, mark: str, old: _Old, verdicts: dict[str, InForce]) -> None:
        query = select(event.c.id, event.c.number).where(event.c.document == old.number)
        held = {identity: number for identity, number in self.connection.execute(query)}
        kept = {e.id: held[e.id] for e in reading.events if e.id in held}
        lost = sorted(set(held.values()) - set(kept.values()))
        execute = self.connection.execute
        mentions = select(mention.c.number).where(mention.c.document == old.number)
        execute(delete(claim).where(claim.c.mention.in_(mentions)))
        for table in (mention, quote, block, attribution):
            execute(delete(table).where(table.c.document == old.number))
        if lost:
            execute(update(event).where(event.c.number.in_(lost)).values(standing="withdrawn", change=self.change))
        self.gone += lost
        self._count(recoded=1, withdrawn=len(lost))
        self._put(reading, mark, old.number, None, old.superseded, kept, verdicts)

    def _put(
        self, reading: Reading, mark: str, number: int, supersedes: int | None, superseded: bool, kept: dict[str, int] | None,
        verdicts: dict[str, InForce],
    ) -> None:  # fmt: skip
        there, kept = kept is not None, kept or {}
        numbers = dict(kept)
        withdrawn = () if there else reading.withdrawn
        for e in (*reading.events, *withdrawn):
            if e.id not in numbers:
                numbers[e.id] = self.event
                self.event += 1
        keys = Keys(document=number, run=self.run, change=self.change, events=numbers, mentions=self.mention)
        self.mention += len(reading.mentions)
        size = len(reading.document.text)
        row = document_row(reading, keys, mark, supersedes=supersedes, superseded=superseded)
        batch = self.rows
        if there:
            values = dict(zip((c.name for c in document.columns), row, strict=True))
            del values["number"], values["supersedes"]
            self.connection.execute(update(document).where(document.c.number == number).values(values))
        else:
            batch["document"].append(row)
        for at in kept.values():
            for table in OF_EVENT:
                self.connection.execute(delete(table).where(table.c.event == at))
        batch["block"] += block_rows(reading.document, number)
        batch["attribution"] += attribution_rows(reading, number)
        batch["quote"] += quote_rows(reading.quotes, number, size)
        self._put_events(reading, keys, kept, superseded, verdicts)
        self._put_withdrawn(withdrawn, reading, keys, verdicts)
        mentions, claims = mention_rows(reading, keys)
        batch["mention"] += mentions
        batch["claim"] += claims

    def _put_events(self, reading: Reading, keys: Keys, kept: dict[str, int], superseded: bool, verdicts: dict[str, InForce]) -> None:
        size, batch = len(reading.document.text), self.rows
        standing = "superseded" if superseded else "current"
        for read in reading.events:
            held = verdicts.get(read.id, InForce())
            shown = corrected(read, held.corrections)
            machine = as_json(read) if held.corrections else None
            row = event_row(shown, keys, published=reading.publication.value, review=held.review, standing=standing, machine=machine)
            if read.id in kept:
                values = dict(zip((c.name for c in event.columns), row, strict=True))
                del values["number"], values["happening"], values["lead"]
                self.connection.execute(update(event).where(event.c.number == kept[read.id]).values(values))
            else:
                batch["event"].append(row)
            hanging_rows(shown, keys.events[read.id], keys.document, size, batch)
            self.changed.append(keys.events[read.id])
        self._count(events=len(reading.events))

    def _put_withdrawn(self, events: Sequence[Event], reading: Reading, keys: Keys, verdicts: dict[str, InForce]) -> None:
        """Events of a new document that no rules read any more, as another store kept them."""
        batch = self.rows
        for read in events:
            held = verdicts.get(read.id, InForce())
            shown = corrected(read, held.corrections)
            machine = as_json(read) if held.corrections else None
            batch["event"].append(
                event_row(shown, keys, published=reading.publication.value, review=held.review, standing="withdrawn", machine=machine)
            )
            hanging_rows(shown, keys.events[read.id], keys.document, len(reading.document.text), batch)
            self.gone.append(keys.events[read.id])

    def _count(self, **counts: int) -> None:
        values = {name: getattr(self.done, name) + more for name, more in counts.items()}
        self.done = msgspec.structs.replace(self.done, **values)
