"""Which events are worth a look first."""

from __future__ import annotations

from sqlalchemy import case, exists, select

from sacho.store.conditions import conditions
from sacho.store.connect import Store
from sacho.store.query import Line, lines_of
from sacho.store.selection import Selection
from sacho.store.tables import event, happening, participant

_CONFLICT = 0.5  # what a conflict, a contradiction or a name never seen before adds to the doubt
_CONTRADICTION = 0.3
_STRANGER = 0.3


def queue(store: Store, selection: Selection | None = None, *, limit: int = 50) -> tuple[Line, ...]:
    """Events that nobody looked at, those first where a look is worth most: doubtful ones (one minus the confidence), those with a
    conflict in their report or between reports, those that name somebody whom the lexicon lacks."""
    asked = selection or Selection(review=("unreviewed",))
    stranger = exists(select(participant.c.event).where(participant.c.event == event.c.number, participant.c.entity.like("name:%")))
    disputed = exists(select(happening.c.id).where(happening.c.id == event.c.happening, happening.c.contradictions > 0))
    value = (
        1 - event.c.confidence + case((event.c.conflicts != "[]", _CONFLICT), else_=0.0)
        + case((disputed, _CONTRADICTION), else_=0.0) + case((stranger, _STRANGER), else_=0.0)
    )  # fmt: skip
    with store.read() as connection:
        query = select(event.c.number).where(*conditions(store, connection, asked))
        numbers = connection.execute(query.order_by(value.desc(), event.c.number).limit(limit)).scalars().all()
        return lines_of(connection, list(numbers))
