"""What the tables print of records, in the language of the table."""

from __future__ import annotations

from collections.abc import Sequence

from sacho.records import Place


def kind_in(lang: str, kind: str) -> str:
    from sacho.lexicon.predicates import load_predicates

    return load_predicates().kinds[kind].ko if lang == "ko" else kind


def place_in(lang: str, place: Place | None) -> str:
    from sacho.annotate.english import place_in_english

    return "" if place is None else place.name if lang == "ko" else place_in_english(place)


def credits_in(lang: str, sources: Sequence[str]) -> str:
    """A chain of sources, outlet first."""
    from sacho.annotate.english import source_in_english

    return " > ".join(sources if lang == "ko" else map(source_in_english, sources))


def value_in(lang: str, field: str, value: str) -> str:
    """A value on which reports differ."""
    from sacho.annotate.english import value_in_english
    from sacho.language import speak

    if field in ("kind", "status"):
        return kind_in(lang, value) if field == "kind" else speak(lang)(value)
    return value if lang == "ko" else value_in_english(field, value)
