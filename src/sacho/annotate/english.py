"""How the English side calls places and sources that the records name in Korean."""

from __future__ import annotations

from functools import cache, lru_cache

from sacho.annotate.romanize import romanize_words
from sacho.lexicon import load
from sacho.lexicon.naming import PARTIES, meant, spelt
from sacho.records import Place


def place_in_english(place: Place) -> str:
    """The English name of a place: its own, that of the lexicon, else Revised Romanization with the Korean beside it."""
    return place.name_en or english_of(place.name)


@lru_cache(maxsize=4096)
def english_of(place: str) -> str:
    """The same for the Korean name of a place (empty: empty).

    >>> english_of("아무르주"), english_of("종로 청사")
    ('Amur Oblast', 'Jongno Cheongsa (종로 청사)')
    """
    return _listed(place, ("places", "countries")) or (f"{latin} ({place})" if (latin := romanize_words(place)) != place else place)


@lru_cache(maxsize=4096)
def source_in_english(source: str) -> str:
    """The English name of an outlet or body that is credited, if the lexicon has one; else the words as they stand."""
    return _listed(source, ("outlets", "bodies", "countries")) or source


@lru_cache(maxsize=4096)
def party_in_english(party: str) -> str:
    """The English name of a person, body or state, if the lexicon has one; else the words as they stand."""
    return _listed(party, PARTIES) or party


def value_in_english(field: str, value: str) -> str:
    """A value on which reports differ, as the English side calls it."""
    if field not in ("place", "participants", "actor", "recipient", "speaker"):
        return value
    return english_of(value) if field == "place" else ", ".join(map(party_in_english, value.split(", ")))


def office_in_english(person: str, office: str) -> str:
    """The English title of an office that a person held (`person` is an id), else of the title alone, else the words as they stand."""
    lexicon = load()
    held = next((t.title_en for t in lexicon.tenures.get(person, ()) if t.title == office and t.title_en), "")
    title = lexicon.titles.get(lexicon.title_forms.get(office, ""))
    return held or (title.en if title is not None else "") or office


def _listed(name: str, tables: tuple[str, ...]) -> str:
    """The English name if the lexicon has one for it, and only one."""
    names = {e.en for e in meant(name, tables) if e.en and spelt(name) in _own(e.table, e.id)}
    return names.pop() if len(names) == 1 else ""


@cache
def _own(table: str, identity: str) -> frozenset[str]:
    row = getattr(load(), table)[identity]
    return frozenset(spelt(form) for form in (row.name, *row.dprk, *row.aliases, row.en))
