"""What people decided: rows that are only ever added, and what is in force of them.

A verdict belongs to a batch, the decisions of one act. An undo is a verdict too: it takes back a batch, which may itself be an
undo; so nothing is ever lost, and everything can be undone without limit, single or in bulk.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import blake2b

import msgspec
from sqlalchemy import Connection, RowMapping, or_, select

from sacho.lexicon.predicates import load_predicates
from sacho.records import Event, Evidence, Judgement, Record
from sacho.resolve.gloss import gloss
from sacho.store.bulk import chunks, insert_rows, next_number
from sacho.store.tables import judgement

ON_ONE = frozenset({"accepted", "corrected", "rejected", "unsure"})
ON_TWO = frozenset({"same", "different", "undecided"})
CORRECTABLE = (
    "kind", "status", "date", "time", "place", "actor", "recipient", "participants", "symmetric", "instrument", "topic", "sources",
)  # fmt: skip
WORDS = "words:"
PROVABLE = tuple(WORDS + field for field in CORRECTABLE)
"""What a person says about the words of a field: the span that proves a corrected value takes the place of the field's evidence."""


class Verdict(Record):
    """One decision about an event (`accepted`, `corrected`, `rejected`, `unsure`), about two (`same`, `different`, `undecided`,
    with `other`), or an `undo` of the batch `undoes`. `corrected` gives a `field` and its `value` as the event's JSON has it, or the words
    of a field (`words:date`) as `Words`."""

    id: str
    batch: str
    event: str
    decision: str
    by: str
    at: str
    other: str = ""
    field: str = ""
    value: msgspec.Raw = msgspec.Raw(b"null")
    note: str = ""
    undoes: str = ""


class Words(Record):
    """Words of the report that a person named as the proof of a value: a span of its text."""

    start: int
    end: int
    quote: str


class InForce(Record):
    """What counts of the verdicts on one event: its state of review, and the corrected fields with their JSON."""

    review: str = "unreviewed"
    corrections: dict[str, msgspec.Raw] = msgspec.field(default_factory=dict)


def verdict_id(*parts: str) -> str:
    """An id made of what a verdict says."""
    return "j" + blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()


def insert_verdicts(connection: Connection, verdicts: Sequence[Verdict]) -> int:
    """Add verdicts; one whose id is there already is passed over. Returns how many were new."""
    known: set[str] = set()
    for some in chunks(v.id for v in verdicts):
        known.update(connection.execute(select(judgement.c.id).where(judgement.c.id.in_(some))).scalars())
    number = next_number(connection, judgement)
    rows: list[tuple[object, ...]] = []
    for v in verdicts:
        if v.id not in known:
            known.add(v.id)
            rows.append((number + len(rows), v.id, v.batch, v.event, v.other, v.decision, v.field, bytes(v.value).decode(), v.by, v.at,
                         v.note, v.undoes))  # fmt: skip
    insert_rows(connection, judgement, rows)
    return len(rows)


def verdict_in(row: RowMapping) -> Verdict:
    """A verdict of its row."""
    return Verdict(
        id=row["id"], batch=row["batch"], event=row["event"], other=row["other"], decision=row["decision"], field=row["field"],
        value=msgspec.Raw(row["value"].encode()), by=row["by"], at=row["at"], note=row["note"], undoes=row["undoes"],
    )  # fmt: skip


def undone(connection: Connection, batches: Collection[str]) -> frozenset[str]:
    """Which of these batches (and of the undos that concern them) are taken back."""
    undos: dict[str, tuple[int, str]] = {}  # batch of the undo -> its number, what it undoes
    fresh = set(batches)
    while fresh:
        found: dict[str, tuple[int, str]] = {}
        for some in chunks(sorted(fresh)):
            query = select(judgement.c.batch, judgement.c.number, judgement.c.undoes).where(judgement.c.undoes.in_(some))
            found |= {batch: (number, undoes) for batch, number, undoes in connection.execute(query)}
        fresh = found.keys() - undos.keys()
        undos |= found
    out: set[str] = set()
    for batch, (_, undoes) in sorted(undos.items(), key=lambda item: -item[1][0]):  # the newest first: nothing later can undo it
        if batch not in out:
            out.add(undoes)
    return frozenset(out)


def decided(connection: Connection, events: Collection[str]) -> tuple[tuple[Verdict, bool], ...]:
    """Everything that was ever decided about these event ids, oldest first, and whether it is still in force; undos are among
    them."""
    rows: dict[int, RowMapping] = {}
    for some in chunks(sorted(set(events))):
        about = or_(judgement.c.event.in_(some), judgement.c.other.in_(some))
        rows |= {row["number"]: row for row in connection.execute(select(judgement).where(about)).mappings()}
    fresh = {row["batch"] for row in rows.values()}
    while fresh:
        found = connection.execute(select(judgement).where(judgement.c.undoes.in_(sorted(fresh)))).mappings().all()
        fresh = {row["batch"] for row in found if row["number"] not in rows}
        rows |= {row["number"]: row for row in found}
    gone = undone(connection, {row["batch"] for row in rows.values()})
    return tuple((verdict_in(row), row["batch"] not in gone) for _, row in sorted(rows.items()))


def in_force(connection: Connection, events: Iterable[str]) -> dict[str, InForce]:
    """What counts for each of these event ids; ids on which nothing is in force are left out."""
    rows: list[RowMapping] = []
    for some in chunks(sorted(set(events))):
        query = select(judgement).where(judgement.c.event.in_(some), judgement.c.decision.in_(sorted(ON_ONE)))
        rows += connection.execute(query.order_by(judgement.c.number)).mappings().all()
    gone = undone(connection, {row["batch"] for row in rows})
    out: dict[str, InForce] = {}
    for row in rows:
        if row["batch"] in gone:
            continue
        before = out.get(row["event"], InForce())
        corrections = before.corrections
        if row["decision"] == "corrected":
            corrections = {**corrections, row["field"]: msgspec.Raw(row["value"].encode())}
        out[row["event"]] = InForce(review=row["decision"], corrections=corrections)
    return out


def pairs_in_force(connection: Connection, events: Iterable[str]) -> list[Judgement]:
    """Decisions about pairs of which one is among these events, as resolution reads them."""
    rows: dict[int, RowMapping] = {}
    for some in chunks(sorted(set(events))):
        query = select(judgement).where(or_(judgement.c.event.in_(some), judgement.c.other.in_(some)), judgement.c.other != "")
        rows |= {row["number"]: row for row in connection.execute(query).mappings()}
    gone = undone(connection, {row["batch"] for row in rows.values()})
    return [
        Judgement(a=row["event"], b=row["other"], decision=row["decision"], at=f"{row['at']} {number:012d}", by=row["by"], note=row["note"])
        for number, row in sorted(rows.items()) if row["batch"] not in gone
    ]  # fmt: skip


def corrected(event: Event, corrections: Mapping[str, msgspec.Raw]) -> Event:
    """The event with a person's values; what follows from them (type, codes, the sentence) is worked out anew.

    Raises ValueError naming the field if a value does not fit it.
    """
    if not corrections:
        return event
    plain = msgspec.to_builtins(event)
    for field, value in corrections.items():
        if field in PROVABLE:
            continue
        plain[field] = msgspec.json.decode(value)
        try:
            msgspec.convert(plain, Event)
        except msgspec.ValidationError as error:
            raise ValueError(f"{field} of {event.id} cannot be {bytes(value).decode()} ({error}).") from None
    out = msgspec.convert(plain, Event)
    kinds = load_predicates().kinds
    if out.kind not in kinds:
        raise ValueError(f"kind of {event.id} cannot be {out.kind!r}; it is one of {', '.join(kinds)}.")
    kind = kinds[out.kind]
    if out.kind != event.kind:
        out = msgspec.structs.replace(
            out, type=kind.type, mode=kind.mode, cameo=kind.cameo, goldstein=kind.goldstein, quad=kind.quad,
            symmetric=out.symmetric if "symmetric" in corrections else kind.symmetric,
        )  # fmt: skip
    return msgspec.structs.replace(out, gloss=gloss(out, kind), evidence=_proofs(out, corrections))


def _proofs(event: Event, corrections: Mapping[str, msgspec.Raw]) -> tuple[Evidence, ...]:
    """The evidence, with the words that a person named instead of those that were read."""
    proofs = list(event.evidence)
    for named, value in corrections.items():
        if named not in PROVABLE or not proofs:
            continue
        field = named.removeprefix(WORDS)
        try:
            words = msgspec.json.decode(value, type=Words)
        except msgspec.ValidationError as error:
            raise ValueError(f"{named} of {event.id} cannot be {bytes(value).decode()} ({error}).") from None
        told = Evidence(document=proofs[0].document, field=field, start=words.start, end=words.end, quote=words.quote, rule="person")
        proofs = [*(p for p in proofs if p.field != field), told]
    return tuple(proofs)
