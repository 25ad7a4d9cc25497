"""Which events a page means: read from its address, told back in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from starlette.datastructures import QueryParams

from sacho.annotate.english import english_of, source_in_english
from sacho.lexicon.naming import PARTIES, meant
from sacho.store import Selection
from sacho.store.cube_columns import Cube
from sacho.store.overview import FACETS, ORDERS

if TYPE_CHECKING:
    from sacho.web.visit import Visit

LISTS = (*FACETS, "actor", "direction", "dyad", "document")
_MOST = 50


def selection_of(query: QueryParams) -> Selection:
    """The selection that an address tells; values that mean nothing are told by the store."""
    lists = {name: tuple(dict.fromkeys(_meant(name, v[:200]) for v in query.getlist(name) if v))[:_MOST] for name in LISTS}
    plain = Selection(
        since=query.get("since", "")[:10], until=query.get("until", "")[:10], text=query.get("text", "").strip()[:200],
        exact=query.get("exact") == "1", disputed=query.get("disputed") == "1",
        each="report" if query.get("each") == "report" else "happening",
    )  # fmt: skip
    return msgspec.structs.replace(plain, **lists)


def _meant(field: str, typed: str) -> str:
    """A person, body, state or place typed by a name in any form, as facets have it; as typed if it is none, or several."""
    tables = {"actor": PARTIES, "participant": PARTIES, "country": ("countries",), "place": ("places", "countries")}.get(field, ())
    found = meant(typed, tables) if tables else ()
    return typed if len(found) != 1 else found[0].name if field == "place" else found[0].id


def order_of(query: QueryParams) -> str:
    order = query.get("sort", "")
    return order if order in ORDERS else "-date"


def asks(selection: Selection) -> bool:
    """Whether it means less than everything."""
    plain = Selection(each=selection.each)
    return selection != plain


def said(visit: Visit, asked: Selection) -> list[tuple[str, str, str]]:
    """The query told back: (what, value in words, the address without it)."""
    out = []
    for field in LISTS:
        picked = getattr(asked, field)
        for value in picked:
            rest = [v for v in picked if v != value]
            out.append((visit.say(f"facet.{field}"), shown(visit, field, value), _without(visit, field, rest)))
    for field in ("since", "until", "text"):
        if getattr(asked, field):
            out.append((visit.say(f"facet.{field}"), getattr(asked, field), _without(visit, field, None)))
    if asked.exact:
        out.append((visit.say("facet.exact"), visit.say("word.yes"), _without(visit, "exact", None)))
    if asked.disputed:
        out.append((visit.say("facet.disputed"), visit.say("word.yes"), _without(visit, "disputed", None)))
    return out


def shown(visit: Visit, field: str, value: str) -> str:
    """A facet's value in the reader's language."""
    room, lang = visit.room, visit.lang
    if field == "kind":
        return room.kind(lang, value)
    if field == "country":
        return room.country(lang, value)
    if field in ("status", "review"):
        return visit.say(f"{field}.{value}") if room.labels.has(f"{field}.{value}") else value
    if field in ("participant", "actor"):
        return room.entity(lang, value)
    if lang == "en" and field in ("place", "source", "outlet") and value:
        return english_of(value) if field == "place" else source_in_english(value)
    if field in ("direction", "dyad"):
        sign, joined = (">", " → ") if field == "direction" else ("-", " – ")
        return joined.join(room.country(lang, state) for state in value.split(sign))
    return value or visit.say("word.unknown")


def name_in(cube: object, lang: str, identity: str) -> str:
    """The name of an entity as the reports of a store give it, empty if they do not."""
    names = cube.labels.get(identity) if isinstance(cube, Cube) else None
    return names[0 if lang == "ko" else 1] if names else ""


def _without(visit: Visit, field: str, rest: object) -> str:
    return visit.link(None, **{field: rest, "page": None})
