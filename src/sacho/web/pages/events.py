"""The events page: one selection, as sentence, facets, timeline, table, network, map and matrix."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO
from urllib.parse import quote

from starlette.responses import StreamingResponse

from sacho.analysis import Missing, Seen, missing
from sacho.export import FORMATS, write
from sacho.lexicon.naming import Entry
from sacho.lexicon.naming import meant as entries_of
from sacho.records import Document, Event, Record
from sacho.store import Overview, Selection, overview, read_documents
from sacho.store.across import contested_fields
from sacho.store.assemble import events_at
from sacho.store.cube import cube_of
from sacho.store.facets import Count, Meant
from sacho.store.overview import PARTS, counts, meant_numbers, with_lines
from sacho.web.asking import order_of, selection_of
from sacho.web.visit import Answer, Page, Refused, Visit, quoted

PER_PAGE = 50
COLUMNS = ("date", "kind", "parties", "place", "status", "reports", "sources", "topic", "confidence", "review")
USUAL = ("date", "kind", "parties", "place", "status", "reports")
_SHOWN = {"table": ("timeline", "ties", "places"), "network": ("timeline", "ties"), "map": ("timeline", "places"),
          "dyads": ("timeline", "directions")}  # fmt: skip
OFFERED = ("csv", "xlsx", "jsonl", "jsonld", "ical", "geojson", "graphml", "plover")
_PIECE = 1000  # events that are read at once for a file
_OFTEN = 500  # people and bodies among whom a name is looked for
_BESIDE = 6  # people shown beside somebody
_COPY = 1 << 16


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


class Network(Record):
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


class Dot(Record):
    id: str
    name: str
    lat: float
    lon: float
    events: int
    conflicts: int
    href: str


class Map(Record):
    places: tuple[Dot, ...]
    unplaced: int


class EventsView(Record):
    """The selection and everything shown of it. `contested` are the fields on which reports differ, by happening. If nothing is meant:
    `entries` is whom the words that were looked for name, `missing` what is known of each name that was asked for."""

    asked: Selection
    order: str
    seen: Overview
    contested: dict[str, tuple[str, ...]]
    page: int
    pages: int
    columns: tuple[str, ...]
    look: str
    network: Network
    map: Map
    entries: tuple[Entry, ...] = ()
    missing: tuple[Missing, ...] = ()


def events(visit: Visit) -> Answer:
    asked, order = selection_of(visit.query), order_of(visit.query)
    page = visit.number("page", 1, 1, 100_000)
    look = visit.query.get("view", "")
    look = look if look in _SHOWN else "table"
    parts = PARTS if visit.json else _SHOWN[look]
    seen, contested = _seen(visit, asked, order, page, parts)
    pages = max(1, -(-seen.events // PER_PAGE))
    if page > pages:
        page = pages
        seen, contested = _seen(visit, asked, order, page, parts)
    view = EventsView(
        asked=asked, order=order, seen=seen, contested=contested, page=page, pages=pages,
        columns=tuple(c for c in COLUMNS if c in visit.query.getlist("col")) or USUAL, look=look,
        network=_network(visit, seen), map=_map(visit, seen),
        entries=() if seen.events else entries_of(asked.text), missing=() if seen.events else _missing(visit, asked),
    )  # fmt: skip
    return Page(template="events.html", title=visit.say("nav.events"), view=view)


def _missing(visit: Visit, asked: Selection) -> tuple[Missing, ...]:
    """What is known of the people and bodies that were asked for."""
    names = tuple(dict.fromkeys((*asked.participant, *asked.actor)))
    if not names:
        return ()
    store = visit.room.store
    often = visit.room.kept("often", lambda: overview(store, fields=("participant",), most=_OFTEN, limit=0, parts=()).facets["participant"])
    seen = [_seen_of(c) for c in often]

    def beside(who: frozenset[str]) -> list[Seen]:
        asked = Selection(participant=tuple(sorted(who)))
        met = overview(store, asked, fields=("participant",), most=_BESIDE + len(who), limit=0, inside=True, parts=())
        return [seen for c in met.facets["participant"] if (seen := _seen_of(c)).person not in who]

    return tuple(missing(name, seen, beside) for name in names)


def _seen_of(c: Count) -> Seen:
    return Seen(person=c.value, name=c.label, name_en=c.label_en, count=c.count)


def _seen(visit: Visit, asked: Selection, order: str, page: int, parts: tuple[str, ...]) -> tuple[Overview, dict[str, tuple[str, ...]]]:
    """One look, and on which fields reports differ."""
    room, store = visit.room, visit.room.store
    with store.read() as connection:
        meant = Meant(store, connection, cube_of(store, connection), asked)
        counted = room.kept_in(connection, ("events", asked, parts), lambda: counts(connection, meant, parts=parts))
        seen = with_lines(connection, meant, counted, order=order, skip=(page - 1) * PER_PAGE, limit=PER_PAGE)
        return seen, contested_fields(connection, [x.happening for x in seen.lines if x.happening and x.contradictions])


def export(visit: Visit) -> Answer:
    """The events of the selection as a file, in a format of `OFFERED`."""
    form = visit.query.get("form", "csv")
    if form not in OFFERED:
        raise Refused(visit.say("error.form"), 422)
    store = visit.room.store
    with store.read() as connection:
        numbers = meant_numbers(store, connection, selection_of(visit.query), order_of(visit.query))
    documents: dict[str, Document] = {}

    def read() -> Iterator[Event]:
        for at in range(0, len(numbers), _PIECE):
            with store.read() as connection:
                found = events_at(connection, numbers[at : at + _PIECE])
            documents.update(read_documents(store, {e.document for one in found.values() for e in one.evidence} - documents.keys()))
            yield from (found[n] for n in numbers[at : at + _PIECE] if n in found)

    target = tempfile.TemporaryFile()  # noqa: SIM115  closed when it is sent
    write(form, read(), target, documents=documents, lang=visit.lang)
    target.seek(0)
    name = f"events{FORMATS[form].suffix}"
    return StreamingResponse(
        _sent(target), media_type="application/octet-stream", headers={"content-disposition": f'attachment; filename="{name}"'}
    )


def _sent(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while some := file.read(_COPY):
            yield some


def _network(visit: Visit, seen: Overview) -> Network:
    ko = visit.lang == "ko"
    nodes = tuple(
        Node(id=c.value, name=c.label if ko else c.label_en, events=c.count, href=f"/entities/{quote(c.value)}",
             country=_plain(seen.homes.get(c.value, "")))
        for c in seen.people
    )  # fmt: skip
    edges = tuple(Edge(source=t.a, target=t.b, events=t.events, hostile=t.hostile, conflicts=t.conflicts) for t in seen.ties)
    return Network(nodes=nodes, edges=edges)


def _plain(code: str) -> str:
    """A country code as a class name; what is none gets no colour of its own."""
    return code if code.isascii() and code.isalnum() else ""


def _map(visit: Visit, seen: Overview) -> Map:
    ko = visit.lang == "ko"
    rest = visit.link(None, place=None, page=None)
    here = f"{rest}{'&' if '?' in rest else '?'}place="
    dots = tuple(
        Dot(id=p.spot.id, name=p.spot.name if ko else p.spot.name_en, lat=p.spot.lat, lon=p.spot.lon, events=p.events,
            conflicts=p.conflicts, href=here + quoted(p.spot.name))
        for p in seen.places
    )  # fmt: skip
    return Map(places=dots, unplaced=seen.unplaced)

