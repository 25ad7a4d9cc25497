"""A person, body or place: offices over time, appearances, counterparts."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from sacho.lexicon import load as load_lexicon
from sacho.lexicon.schema import Tenure
from sacho.records import Record
from sacho.store import Overview, Selection, Store, overview
from sacho.store.overview import PARTS
from sacho.store.tables import participant
from sacho.web.visit import Answer, Page, Refused, Visit

MOST = 100
_SPELLINGS = 2000  # places of the reports in which the spelling of a name is looked at


class Known(Record):
    """What the lexicon knows of it; everything empty if it knows nothing."""

    sort: str
    name: str
    en: str
    country: str
    dprk: tuple[str, ...]
    aliases: tuple[str, ...]


class EntityView(Record):
    id: str
    known: Known
    offices: tuple[Tenure, ...]
    seen: Overview
    written: tuple[tuple[str, int], ...]


def entity(visit: Visit) -> Answer:
    return visit.room.kept(("entity", visit.named("id"), visit.lang, visit.json), lambda: _entity(visit))


def _entity(visit: Visit) -> Page:
    identity, store = visit.named("id"), visit.room.store
    known = _known(identity)
    there = known.sort == "place"
    asked = Selection(place=(known.name,) if there else (), participant=() if there else (identity,), each="happening")
    seen = overview(store, asked, fields=("participant", "kind"), most=15, limit=MOST, inside=True,
                    parts=PARTS if visit.json else ("timeline",))  # fmt: skip
    if not seen.events and not known.sort:
        raise Refused(visit.say("error.missing"), 404)
    view = EntityView(
        id=identity, known=known, offices=tuple(sorted(load_lexicon().tenures.get(identity, ()), key=lambda t: t.since, reverse=True)),
        seen=seen, written=_written(store, identity),
    )  # fmt: skip
    title = (known.name if visit.lang == "ko" else known.en) or visit.room.entity(visit.lang, identity)
    return Page(template="entity.html", title=title, view=view)


def _known(identity: str) -> Known:
    lexicon = load_lexicon()
    for sort, table in (("person", lexicon.people), ("body", lexicon.bodies), ("place", lexicon.places), ("outlet", lexicon.outlets)):
        row = table.get(identity)
        if row is not None:
            return Known(sort=sort, name=row.name, en=row.en, country=row.country, dprk=row.dprk, aliases=row.aliases)
    state = lexicon.countries.get(identity)
    if state is not None:
        return Known(sort="country", name=state.name, en=state.en, country=state.id, dprk=state.dprk, aliases=state.aliases)
    return Known(sort="", name="", en="", country="", dprk=(), aliases=())


def _written(store: Store, identity: str) -> tuple[tuple[str, int], ...]:
    """How the reports write the name, most frequent first."""
    query = select(participant.c.as_written).where(participant.c.entity == identity, participant.c.as_written != "").limit(_SPELLINGS)
    with store.read() as connection:
        return tuple(Counter(connection.execute(query).scalars()).most_common(8))
