"""A person, body or place: offices over time, appearances, counterparts."""

from __future__ import annotations

from collections import Counter

from sacho.lexicon import load as load_lexicon
from sacho.lexicon.schema import Tenure
from sacho.records import Record
from sacho.web.query import Timeline, timeline_of
from sacho.web.room import gloss
from sacho.web.shelf import Entry, everybody
from sacho.web.visit import Answer, Page, Refused, Visit

MOST = 100


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
    entries: tuple[Entry, ...]
    events: int
    beside: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    timeline: Timeline
    written: tuple[tuple[str, int], ...]


def entity(visit: Visit) -> Answer:
    identity, contents = visit.named("id"), visit.room.shelf.contents
    lexicon = load_lexicon()
    place = lexicon.places.get(identity)
    found = [e for e in contents.entries if e.lead and (identity in e.people or _there(e, identity, place.name if place else ""))]
    known = _known(identity)
    if not found and not known.sort:
        raise Refused(visit.say("error.missing"), 404)
    beside = Counter(i for e in found for i in e.people if i != identity)
    view = EntityView(
        id=identity, known=known, offices=tuple(sorted(lexicon.tenures.get(identity, ()), key=lambda t: t.since, reverse=True)),
        entries=tuple(found[:MOST]), events=len(found), beside=tuple(beside.most_common(14)),
        kinds=tuple(Counter(e.event.kind for e in found).most_common(10)),
        timeline=timeline_of(found, lambda e: f"{e.event.date} {gloss(visit.lang, e.event.gloss)}"), written=_written(found, identity),
    )  # fmt: skip
    title = (known.name if visit.lang == "ko" else known.en) or identity.removeprefix("name:")
    return Page(template="entity.html", title=title, view=view)


def _there(entry: Entry, identity: str, name: str) -> bool:
    place = entry.event.place
    return place is not None and (place.id == identity or (bool(name) and name in entry.places))


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


def _written(found: list[Entry], identity: str) -> tuple[tuple[str, int], ...]:
    """How the reports write the name, most frequent first."""
    counts = Counter(
        p.as_written for e in found for p in everybody(e.event) if p.id == identity and p.as_written
    )
    return tuple(counts.most_common(8))
