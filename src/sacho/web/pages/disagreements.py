"""Where the program and other coders differ: each side's words and values, to be decided by a person."""

from __future__ import annotations

from collections.abc import Sequence

from sacho.records import Record
from sacho.review import Disagreement, disagreements
from sacho.review.units import FIELDS, coders_of
from sacho.store.across import texts
from sacho.store.coders import OURS
from sacho.web.visit import Answer, Page, Visit

MOST = 50


class DisagreementsView(Record):
    """`known` are all coders that can be compared, `coders` those who are, `fields` the fields to choose from. `ours` are the events of
    the store among them, which can be opened for review."""

    known: tuple[str, ...]
    coders: tuple[str, ...]
    fields: tuple[str, ...]
    field: str
    found: tuple[Disagreement, ...]
    ours: frozenset[str]


def disagree(visit: Visit) -> Answer:
    store = visit.room.store
    known = coders_of(store)
    field = visit.query.get("field", "")
    coders = tuple(c for c in visit.query.getlist("coder") if c in known)
    wanted = (field,) if field in ("event", *FIELDS) else ()
    found = _found(visit, coders if len(coders) > 1 else (), wanted, alone=len(known) == len(OURS))
    with store.read() as connection:
        words = texts(connection, [d.document for d in found])
    view = DisagreementsView(
        known=known, coders=coders, fields=("event", *FIELDS), field=field, found=found,
        ours=frozenset(s.event for d in found for s in d.sides if s.coder in OURS and s.event),
    )  # fmt: skip
    return Page(template="disagreements.html", title=visit.say("nav.disagreements"), view=view, texts=words)


def _found(visit: Visit, coders: Sequence[str], fields: Sequence[str], *, alone: bool) -> tuple[Disagreement, ...]:
    """Without another coder there is nobody to differ with."""
    if alone and not coders:
        return ()
    return disagreements(visit.room.store, coders, fields=fields, limit=MOST)
