"""A selection as conditions on the event table. Values are bound, never written into a statement."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Table, false, func, or_, select, tuple_

from sacho.lexicon.naming import meant, spellings
from sacho.store.connect import Store
from sacho.store.cube_changes import directed
from sacho.store.fulltext_query import subquery_of
from sacho.store.search import parse
from sacho.store.selection import Selection, checked, direction_of, states_of
from sacho.store.tables import credit, document, dyad, entity_name, event, event_place, happening, participant

_OFTEN = 5000  # events


def conditions(store: Store, connection: Connection, selection: Selection, *, paged: bool = False) -> list[ColumnElement[bool]]:
    """All of them must hold; `paged`: as is quickest if only the first few events in some order are wanted. Raises `SelectionError` for a
    selection that means nothing."""
    s = checked(selection)
    out: list[ColumnElement[bool]] = [event.c.standing.in_(s.standing)]
    for column, values in (
        (event.c.kind, s.kind), (event.c.status, s.status), (event.c.review, s.review), (event.c.happening, s.happening),
    ):
        if values:
            out.append(column.in_(values))
    out += _related(connection, s, paged)
    if s.since or s.until:
        out += [event.c.date_last >= (s.since or "0001-01-01"), event.c.date_first <= (s.until or "9999-12-31")]
    if s.confidence_from > 0:
        out.append(event.c.confidence >= s.confidence_from)
    if s.confidence_to < 1:
        out.append(event.c.confidence <= s.confidence_to)
    if s.conflict:
        out.append(event.c.conflicts != "[]")
    if s.disputed:
        contested = select(happening.c.id).where(happening.c.contradictions > 0)
        out.append(or_(event.c.conflicts != "[]", event.c.happening.in_(contested)))
    if s.document:
        out.append(event.c.document.in_(select(document.c.number).where(document.c.id.in_(s.document))))
    if s.text.strip():
        terms = parse(store, connection, s.text, exact=s.exact)
        wanted = any(t.wanted for t in terms)
        out.append(event.c.document.in_(subquery_of(connection, terms, exact=s.exact)) if wanted else false())
    return [_once(out)] if s.each == "happening" else out


def _once(where: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    """One event of each happening: the one that stands for it if it is meant, else the first."""
    home = func.coalesce(event.c.happening, event.c.id)
    first = func.row_number().over(partition_by=home, order_by=(event.c.lead.desc(), event.c.number))
    ranked = select(event.c.number, first.label("place")).where(*where).subquery()
    return event.c.number.in_(select(ranked.c.number).where(ranked.c.place == 1))


def _related(connection: Connection, s: Selection, paged: bool) -> list[ColumnElement[bool]]:
    out: list[ColumnElement[bool]] = []
    if s.actor:
        either = participant.c.side != "other"
        out.append(_some(connection, paged, participant, participant.c.entity.in_(entities(connection, s.actor)), either))
    if s.participant:
        out.append(_some(connection, paged, participant, participant.c.entity.in_(entities(connection, s.participant))))
    if s.country:
        out.append(_some(connection, paged, participant, participant.c.country.in_(states(s.country))))
    if s.dyad:
        out.append(_some(connection, paged, dyad, tuple_(dyad.c.first, dyad.c.second).in_([states_of(d) for d in s.dyad])))
    if s.direction:
        acts = directed().subquery()
        out.append(event.c.number.in_(select(acts.c.event).where(acts.c.direction.in_([">".join(direction_of(d)) for d in s.direction]))))
    if s.place:
        out.append(_some(connection, paged, event_place, event_place.c.name.in_(places(s.place))))
    if s.source:
        out.append(_some(connection, paged, credit, credit.c.kind == "source", credit.c.name.in_(s.source)))
    if s.outlet:
        out.append(_some(connection, paged, credit, credit.c.kind == "outlet", credit.c.name.in_(s.outlet)))
    return out


def entities(connection: Connection, values: Sequence[str]) -> list[str]:
    """Entity ids that these ids and names stand for: in the store (Korean, in the spelling of either side, English) or in the lexicon
    (`naming.meant`)."""
    typed = {form for value in values for form in spellings(value)}
    named, p = entity_name.c, participant.c
    still = select(p.event).where(p.entity == named.entity, or_(p.name == named.name, p.name_en == named.name)).exists()
    query = select(named.entity).where(named.name.in_(typed), still)
    return sorted({*values, *connection.execute(query).scalars(), *(entry.id for value in values for entry in meant(value))})


def states(values: Sequence[str]) -> list[str]:
    """Codes of the states that these codes and names (`러시아`, `로씨야`, `Russia`) stand for."""
    return sorted({*values, *(entry.id for value in values for entry in meant(value, ("countries",)))})


def places(values: Sequence[str]) -> list[str]:
    """Korean names, as a store keeps them, of the places that these names in any form stand for (`Pyongyang`)."""
    return sorted({*values, *(entry.name for value in values for entry in meant(value, ("places", "countries")))})


def _some(connection: Connection, paged: bool, table: Table, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    inner = select(table.c.event).where(*where)
    if paged and len(connection.execute(inner.limit(_OFTEN)).scalars().all()) == _OFTEN:  # so many that a page is full after a short walk
        return inner.where(table.c.event == event.c.number).correlate(event).exists()
    return event.c.number.in_(inner)
