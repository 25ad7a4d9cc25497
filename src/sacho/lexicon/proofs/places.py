"""Where places are: coordinates, what holds what, capitals."""

from __future__ import annotations

from collections.abc import Iterator

from sacho.lexicon.proofs.rows import forms_of
from sacho.lexicon.proofs.tables import Tables
from sacho.lexicon.schema import PlaceEntry


def proof_places(tables: Tables) -> Iterator[str]:
    """Problems of `places.csv` and of the capitals of `countries.csv`, one sentence each."""
    by_id = {place.id: place for place in tables.places}
    for place in tables.places:
        yield from _coordinates(place, tables.rules.boxes.get(place.country))
        if _is_circular(place, by_id):
            yield f"places.csv ({place.id}): its chain of within comes back to itself; name a wider place."
    known = {form for place in tables.places for form in _names(place)}
    for country in tables.countries:
        if country.capital and country.capital not in known and country.capital not in forms_of(country):
            yield f"countries.csv ({country.id}): capital {country.capital} is no name of places.csv; add the place or correct the name."


def _names(place: PlaceEntry) -> tuple[str, ...]:
    """The forms of a place, and what stands behind its country's name in them: 사나 of `예멘 사나`."""
    forms = forms_of(place)
    return (*forms, *(form.partition(" ")[2] for form in forms))


def _coordinates(place: PlaceEntry, box: tuple[float, float, float, float] | None) -> Iterator[str]:
    where = f"places.csv ({place.id})"
    if place.lat is None or place.lon is None:
        if place.lat is not place.lon:
            yield f"{where}: one coordinate without the other; give both or none."
        return
    if not (-90 <= place.lat <= 90 and -180 <= place.lon <= 180):
        yield f"{where}: {place.lat}, {place.lon} is not on the globe; give latitude, then longitude, in degrees."
        return
    if round(place.lat, 2) != place.lat or round(place.lon, 2) != place.lon:
        yield f"{where}: {place.lat}, {place.lon} has more than two decimals; round it."
    if box is not None:
        south, north, west, east = box
        if not (south <= place.lat <= north and west <= place.lon <= east):
            yield f"{where}: {place.lat}, {place.lon} lies outside the box of {place.country}; correct coordinates or country."


def _is_circular(place: PlaceEntry, by_id: dict[str, PlaceEntry]) -> bool:
    seen, above = {place.id}, place.within
    while above in by_id:
        if above in seen:
            return True
        seen.add(above)
        above = by_id[above].within
    return False
