"""GeoJSON (RFC 7946): a point an event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from sacho.export.outcome import Exported, Tally
from sacho.records import Event, Participant, Place

_ENCODER = msgspec.json.Encoder()


def write_geojson(events: Iterable[Event], out: BinaryIO) -> Exported:
    """A FeatureCollection, longitude first. Events without coordinates are left out; `precision` says what the point stands for
    (a province's point is not where it happened)."""
    tally = Tally("geojson")
    out.write(b'{"type":"FeatureCollection","features":[')
    first = True
    for event in events:
        place = event.place
        if place is None or place.lat is None or place.lon is None:
            tally.left("no place" if place is None else "no coordinates")
            continue
        out.write((b"\n" if first else b",\n") + _ENCODER.encode(_feature(event, place)))
        first = False
        tally.out()
    out.write(b"\n]}\n")
    return tally.done()


def _feature(event: Event, place: Place) -> dict[str, object]:
    return {
        "type": "Feature", "id": event.id, "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {
            "kind": event.kind, "type": event.type, "status": event.status.value, "date": event.date, "time": event.time,
            "actor": _names(event.actor), "recipient": _names(event.recipient), "place": place.name, "place_en": place.name_en,
            "country": place.country, "precision": place.precision, "confidence": event.confidence, "gloss_ko": event.gloss.ko,
            "gloss_en": event.gloss.en, "words": next((e.quote for e in event.evidence if e.field == "kind"), ""),
        },
    }  # fmt: skip


def _names(people: tuple[Participant, ...]) -> list[str]:
    return [p.name for p in people]
