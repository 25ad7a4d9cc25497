"""The events page: one selection, as sentence, facets, timeline, table, network, map and matrix."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from starlette.responses import Response

from sacho.export import CSV_COLUMNS, csv_rows, encode
from sacho.records import Participant, Record
from sacho.web.query import LISTS, Count, Tie, Timeline, Wish, chosen, facets, ties_of, timeline_of, wish_of
from sacho.web.room import entity_name, gloss, name
from sacho.web.shelf import Contents, Entry, everybody
from sacho.web.visit import Answer, Page, Refused, Visit

PER_PAGE = 50
COLUMNS = ("date", "kind", "parties", "place", "status", "reports", "sources", "topic", "confidence")
USUAL = ("date", "kind", "parties", "place", "status", "reports")
VIEWS = ("table", "network", "map", "dyads")


class Node(Record):
    id: str
    name: str
    events: int
    href: str
    country: str


class Edge(Record):
    source: str
    target: str
    events: int
    hostile: int
    conflicts: int
    href: str


class Network(Record):
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


class Spot(Record):
    id: str
    name: str
    lat: float
    lon: float
    events: int
    conflicts: int
    href: str


class Spots(Record):
    places: tuple[Spot, ...]
    unplaced: int


class EventsView(Record):
    """The selection and everything shown of it. `events` counts what the table lists, `reports` the reports behind it."""

    wish: Wish
    events: int
    reports: int
    disputed: int
    facets: dict[str, tuple[Count, ...]]
    timeline: Timeline
    page: int
    pages: int
    entries: tuple[Entry, ...]
    columns: tuple[str, ...]
    look: str
    network: Network
    map: Spots
    dyads: tuple[Tie, ...]
    states: tuple[str, ...]


def events(visit: Visit) -> Answer:
    contents = visit.room.shelf.contents
    wish = _wish(visit)
    found = chosen(contents, wish)
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(pages, visit.number("page", 1, 1, 100_000))
    dyads = ties_of(found, lambda e: e.states, 120)
    columns = tuple(c for c in COLUMNS if c in visit.query.getlist("col")) or USUAL
    view = EventsView(
        wish=wish, events=len(found), reports=len({d for e in found for d in e.happening.documents}),
        disputed=sum(bool(e.happening.contradictions) for e in found), facets=facets(contents, wish),
        timeline=timeline_of(found, lambda e: f"{e.event.date} {gloss(visit.lang, e.event.gloss)}"), page=page, pages=pages,
        entries=tuple(found[(page - 1) * PER_PAGE : page * PER_PAGE]), columns=columns,
        look=visit.query.get("view", "table") if visit.query.get("view") in VIEWS else "table",
        network=_network(visit, contents, found), map=_spots(visit, found), dyads=dyads, states=_states(dyads),
    )  # fmt: skip
    return Page(template="events.html", title=visit.say("nav.events"), view=view)


def export(visit: Visit) -> Answer:
    """The events of the selection as a file: `form=csv` (guarded for spreadsheets) or `jsonl` (as `sacho code` prints them)."""
    found = chosen(visit.room.shelf.contents, _wish(visit))
    if visit.query.get("form") == "jsonl":
        return _file("".join(encode(e.event) + "\n" for e in found), "application/x-ndjson", "events.jsonl")
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(CSV_COLUMNS)
    writer.writerows(csv_rows(e.event for e in found))
    return _file("\ufeff" + stream.getvalue(), "text/csv; charset=utf-8", "events.csv")


def said(visit: Visit, wish: Wish) -> list[tuple[str, str, str]]:
    """The query told back: (what, value in words, the address without it)."""
    out = []
    for field in LISTS:
        picked = getattr(wish, field)
        for value in picked:
            rest = [v for v in picked if v != value]
            out.append((visit.say(f"facet.{field}"), shown(visit, field, value), _without(visit, field, rest)))
    for field in ("since", "until", "text"):
        if getattr(wish, field):
            out.append((visit.say(f"facet.{field}"), getattr(wish, field), _without(visit, field, None)))
    if wish.disputed:
        out.append((visit.say("facet.disputed"), visit.say("word.yes"), visit.link(disputed=None, page=None)))
    return out


def shown(visit: Visit, field: str, value: str) -> str:
    """A facet's value in the reader's language."""
    room = visit.room
    if field == "kind":
        return room.kind(visit.lang, value)
    if field == "country":
        return room.country(visit.lang, value)
    if field == "status":
        return visit.say(f"status.{value}")
    if field == "participant":
        return entity_name(room.shelf.contents.names, visit.lang, value)
    return value or visit.say("word.unknown")


def _without(visit: Visit, field: str, rest: object) -> str:
    return visit.link(None, **{field: rest, "page": None})


def _wish(visit: Visit) -> Wish:
    try:
        return wish_of(visit.query)
    except ValueError as error:
        raise Refused(str(error), 422) from None


def _file(text: str, media: str, filename: str) -> Response:
    return Response(text.encode(), media_type=media, headers={"content-disposition": f'attachment; filename="{filename}"'})


def _network(visit: Visit, contents: Contents, found: Sequence[Entry]) -> Network:
    """The most frequent ties of people and bodies; a state stands only where the text names nobody of it."""
    ties = ties_of(found, lambda e: e.people, 70)
    many = Counter(i for e in found for i in e.people)
    states = {p.id: p.country for e in found for p in everybody(e.event)}
    ids = list(dict.fromkeys(i for tie in ties for i in (tie.a, tie.b)))
    nodes = tuple(
        Node(id=i, name=entity_name(contents.names, visit.lang, i), events=many[i], href=f"/entities/{quote(i)}",
             country=_plain(states.get(i, "")))
        for i in ids
    )
    edges = tuple(
        Edge(source=t.a, target=t.b, events=t.events, hostile=t.hostile, conflicts=t.conflicts, href="") for t in ties
    )
    return Network(nodes=nodes, edges=edges)


def _plain(code: str) -> str:
    """A country code as a class name; names that are none get no colour of their own."""
    return code if code.isascii() and code.isalnum() else ""


def _spots(visit: Visit, found: Iterable[Entry]) -> Spots:
    events: Counter[str] = Counter()
    conflicts: Counter[str] = Counter()
    where: dict[str, tuple[str, str, float, float]] = {}
    unplaced = 0
    for entry in found:
        place = entry.event.place
        if place is None or place.lat is None or place.lon is None:
            unplaced += place is not None
            continue
        where.setdefault(place.name, (place.id, name(visit.lang, place), place.lat, place.lon))
        events[place.name] += 1
        conflicts[place.name] += bool(entry.happening.contradictions)
    spots = tuple(
        Spot(id=where[n][0], name=where[n][1], lat=where[n][2], lon=where[n][3], events=count, conflicts=conflicts[n],
             href=visit.link(place=n, page=None))
        for n, count in events.most_common(300)
    )  # fmt: skip
    return Spots(places=spots, unplaced=unplaced)


def _states(dyads: Sequence[Tie]) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    for tie in dyads:
        counts[tie.a] += tie.events
        counts[tie.b] += tie.events
    return tuple(code for code, _ in counts.most_common(14))


def parties(people: Iterable[Participant], lang: str) -> str:
    return ", ".join(name(lang, p) for p in people)
