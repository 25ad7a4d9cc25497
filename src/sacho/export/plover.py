"""PLOVER 2.0 records as JSON lines, by the profile of the codebook's section 5."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import BinaryIO

import msgspec

from sacho.export.days import days
from sacho.export.outcome import Exported, Tally
from sacho.export.tables import rows
from sacho.lexicon.predicates import load_predicates
from sacho.records import Document, Event, Participant, Place, Record, Status

_LATER = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})  # what is only planned of these is AGREE
_UNREAL = (Status.planned, Status.proposed)
_AUXILIARY = {
    Status.planned: "future", Status.proposed: "future", Status.hypothetical: "hypothetical", Status.denied: "negation",
    Status.cancelled: "negation",
}  # fmt: skip
_ENCODER = msgspec.json.Encoder()


class PloverType(Record):
    """A type and mode of PLOVER 2.0 with its quad class and score; an empty mode is the type itself."""

    type: str
    mode: str
    quad: str
    score: float | None


def write_plover(events: Iterable[Event], out: BinaryIO, *, documents: Mapping[str, Document]) -> Exported:
    """One PLOVER record a line. `actor` and `recipient` stay lists; a symmetric act whose host is unknown has all parties in
    `actor`.

    A plan to consult, support, cooperate or aid is AGREE, a plan to retreat CONCEDE, a cancelled meeting REJECT (mode
    meet); `kind` and `status` keep what the record said. The manual's four auxiliary modes are written as `aux_mode`.
    """
    tally, kinds = Tally("plover"), load_predicates().kinds
    for event in events:
        kind = kinds.get(event.kind)
        if kind is None or kind.local or not event.type:
            tally.left(f"local kind {event.kind}")
            continue
        out.write(_ENCODER.encode(_record(event, documents)) + b"\n")
        tally.out()
    return tally.done()


def plover_type(event: Event) -> PloverType:
    """The type, mode, quad class and score under which PLOVER keeps an event."""
    type_, mode = event.type, event.mode
    if event.status in _UNREAL and type_ in _LATER:
        type_, mode = "AGREE", ""
    elif event.status in _UNREAL and type_ == "RETREAT":
        type_, mode = "CONCEDE", ""
    elif event.status is Status.cancelled and type_ == "CONSULT":
        type_, mode = "REJECT", "meet"
    types = plover_types()
    return types.get((type_, mode)) or types[(type_, "")]


@cache
def plover_types() -> dict[tuple[str, str], PloverType]:
    """Every type and mode, from `data/plover.csv`."""
    return {
        (r["type"], r["mode"]): PloverType(type=r["type"], mode=r["mode"], quad=r["quad"], score=float(r["score"]) if r["score"] else None)
        for r in rows("plover.csv")
    }


def _record(event: Event, documents: Mapping[str, Document]) -> dict[str, object]:
    found, span = plover_type(event), days(event.date)
    record: dict[str, object] = {
        "id": event.id, "date": span[0].isoformat() if span is not None else event.date,
        "enddate": span[1].isoformat() if span is not None and span[1] != span[0] else None, "time": event.time or None,
        "actor": [_entity(p) for p in event.actor], "recipient": [_entity(p) for p in event.recipient],
        "event": found.type, "mode": found.mode or None, "context": list(event.contexts), "quad_code": found.quad,
        "event_scale": found.score, "aux_mode": _AUXILIARY.get(event.status),
        "event_text": next((e.quote for e in event.evidence if e.field == "kind"), None),
        "event_loc": _location(event.place), "text_info": _text_info(event), "cite_info": _cite_info(event, documents),
        "coder": "Sacho", "comment": event.gloss.en, "kind": event.kind, "status": event.status.value, "edtf": event.date or None,
        "confidence": event.confidence,
    }  # fmt: skip
    return {name: value for name, value in record.items() if value is not None}


def _entity(person: Participant) -> dict[str, object]:
    entity = {
        "code": person.country, "sector": person.sector, "entity_text": person.as_written, "identifier_id": person.id,
        "identifier_text": person.name_en or person.name, "office": person.office,
    }  # fmt: skip
    return {name: value for name, value in entity.items() if value}


def _location(place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    location = {
        "extracted_place": place.name, "resolved_place": place.name_en, "lat": place.lat, "lon": place.lon,
        "country_code": place.country, "resolution": place.precision,
    }  # fmt: skip
    return {name: value for name, value in location.items() if value not in ("", None)}


def _text_info(event: Event) -> list[dict[str, object]]:
    return [
        {"sequence": n, "start": e.start, "end": e.end, "text_story": e.document, "field": e.field, "text": e.quote}
        for n, e in enumerate(event.evidence)
    ]


def _cite_info(event: Event, documents: Mapping[str, Document]) -> list[dict[str, object]]:
    cited: list[dict[str, object]] = []
    for name in dict.fromkeys(e.document for e in event.evidence):
        document = documents.get(name)
        info: dict[str, object] = {"corpus": name, "language": "ko", "codebook": "PLOVER 2.0, Sacho profile"}
        if document is not None:
            known = {"url": document.url, "publication": document.outlet, "citation": document.published}
            info.update({key: value for key, value in known.items() if value})
        cited.append(info)
    return cited
