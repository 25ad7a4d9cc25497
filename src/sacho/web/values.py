"""From what a coder types or selects to the value of a field, and what a selection may stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import msgspec

from sacho.annotate.names import find_names
from sacho.annotate.timex_rules import load_timex_rules
from sacho.annotate.timexes import find_timexes, resolve_timexes
from sacho.lexicon import load as load_lexicon
from sacho.lexicon.predicates import load_predicates
from sacho.lexicon.schema import PlaceEntry
from sacho.records import Event, Participant, Place, Record, Status
from sacho.resolve.days import days_of
from sacho.store.query import DocumentView

PEOPLE = ("actor", "recipient", "participants")
EDITABLE = ("kind", "status", "date", "time", "place", "actor", "recipient", "participants", "instrument", "topic", "sources")
_TIME = re.compile(r"\d{2}:\d{2}(?:~(?:\d{2}:\d{2})?)?|dawn|morning|noon|afternoon|evening|night|")
_LIST = re.compile(r"\s*[,;、]\s*")


class Suggestion(Record):
    """`value` is what is filled in, `name` what it is called beside it."""

    value: str
    name: str


class ValueProblem(ValueError):
    """A value that does not fit its field: the key of a label, and what it is filled with."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def value_of(field: str, typed: str, known: Iterable[Participant], day: str, words: str) -> object:
    """The value of a field as the event's JSON has it. `known` are the people of the report, `day` the ISO day on which offices
    count, `words` those selected. Raises `ValueProblem`."""
    typed = typed.strip()
    if field in PEOPLE:
        names = [n for n in _LIST.split(typed) if n]
        return msgspec.to_builtins([_participant(n, known, day, words if len(names) == 1 else "") for n in names])
    if field in ("topic", "sources"):
        return [n for n in _LIST.split(typed) if n]
    if field == "place":
        return msgspec.to_builtins(_place(typed)) if typed else None
    if field == "kind":
        return _kind(typed)
    if field == "status":
        return _one_of(typed, [s.value for s in Status])
    if field == "date" and typed and days_of(typed) is None:
        raise ValueProblem("review.day", value=typed)
    if field == "time" and not _TIME.fullmatch(typed):
        raise ValueProblem("review.time", value=typed)
    return typed


def written(field: str, event: Event) -> str:
    """The value of a field as a coder would type it."""
    value = getattr(event, field)
    if field in PEOPLE:
        return ", ".join(p.name for p in value)
    if field in ("topic", "sources"):
        return ", ".join(value)
    if field == "place":
        return value.name if value is not None else ""
    return str(value.value if isinstance(value, Status) else value)


def suggestions(found: DocumentView, field: str, start: int, end: int) -> tuple[Suggestion, ...]:
    """What words of a report may stand for, the likeliest first."""
    words = found.document.text[start:end]
    if field == "date":
        return _days(found, start, end)
    if field in PEOPLE:
        people = [p for line in found.lines for p in _everybody(line.event)]
        return _unique([*_of_report(people, words), *_of_lexicon(words)])
    if field == "place":
        return _unique(Suggestion(value=p.name, name=_where(p)) for p in _places(words))
    return (Suggestion(value=words.strip(), name=""),) if words.strip() else ()


def _days(found: DocumentView, start: int, end: int) -> tuple[Suggestion, ...]:
    text, day = found.document.text, found.publication.value
    times = resolve_timexes(text, find_timexes(text, load_timex_rules()), published=day, blocks=found.document.blocks)
    return _unique(Suggestion(value=t.value, name=text[t.start : t.end]) for t in times if t.value and t.start < end and start < t.end)


def _of_report(people: Iterable[Participant], words: str) -> Iterator[Suggestion]:
    bare = _bare(words)
    for p in people:
        if any(_bare(f) and (_bare(f) in bare or bare in _bare(f)) for f in (p.as_written, p.name)) and bare:
            yield Suggestion(value=p.name, name=p.office or p.country)


def _of_lexicon(words: str) -> Iterator[Suggestion]:
    lexicon = load_lexicon()
    for match in find_names(words, lexicon):
        targets = [t for t in match.targets if t[0] in ("people", "bodies", "countries")]
        for table, key in targets:
            row = getattr(lexicon, table)[key]
            yield Suggestion(value=row.name if len(targets) == 1 else key, name=f"{row.name} {row.en}")


def _places(words: str) -> Iterator[PlaceEntry]:
    lexicon = load_lexicon()
    for match in find_names(words, lexicon):
        yield from (lexicon.places[key] for table, key in match.targets if table == "places")


def _unique(found: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    return tuple({s.value: s for s in reversed(list(found))}.values())[::-1][:12]


# ---------------------------------------------------------------- typed


def _participant(typed: str, known: Iterable[Participant], day: str, words: str) -> Participant:
    """Somebody of the report, else of the lexicon, else a name that neither knows."""
    bare = _bare(typed)
    for p in known:
        if bare in (_bare(p.id), _bare(p.id.removeprefix("name:")), _bare(p.name), _bare(p.name_en), _bare(p.as_written)):
            return msgspec.structs.replace(p, as_written=words or p.as_written, role="", rank=None)
    lexicon = load_lexicon()
    for table in ("people", "bodies", "countries"):
        row: Any = getattr(lexicon, table).get(typed) or _named(table).get(bare)  # one of three records with these fields
        if row is not None:
            held = lexicon.office_of(row.id, day) if table == "people" and day else None
            state = row.id if table == "countries" else row.country
            return Participant(id=row.id, name=row.name, as_written=words or typed, name_en=row.en, country=state, sector=row.sector,
                               office=held.title if held else "")  # fmt: skip
    return Participant(id=f"name:{typed}", name=typed, as_written=words or typed)


@cache
def _named(table: str) -> dict[str, msgspec.Struct]:
    """Rows of the lexicon by every form that means one of them only."""
    lexicon = load_lexicon()
    out: dict[str, msgspec.Struct] = {}
    for surface in lexicon.surfaces:
        keys = [key for name, key in surface.targets if name == table]
        if len(keys) == 1:
            out.setdefault(_bare(surface.form), getattr(lexicon, table)[keys[0]])
    for row in getattr(lexicon, table).values():
        out.setdefault(_bare(row.en), row)
    return out


def _place(typed: str) -> Place:
    places = load_lexicon().places
    row = places.get(typed) or _named("places").get(_bare(typed))
    if not isinstance(row, PlaceEntry):
        return Place(id=f"name:{typed}", name=typed)
    around: list[str] = []
    above = row
    while above.within and above.within in places and len(around) < len(places):
        above = places[above.within]
        around.append(above.name)
    return Place(id=row.id, name=row.name, name_en=row.en, within=tuple(around), country=row.country, lat=row.lat, lon=row.lon,
                 precision=row.precision)  # fmt: skip


def _where(place: PlaceEntry) -> str:
    return " ".join(part for part in (place.en, place.country) if part)


def _kind(typed: str) -> str:
    kinds = load_predicates().kinds
    named = {k.ko: key for key, k in kinds.items()} | {key: key for key in kinds}
    if typed not in named:
        raise ValueProblem("review.oneof", values=", ".join(kinds))
    return named[typed]


def _one_of(typed: str, known: list[str]) -> str:
    if typed not in known:
        raise ValueProblem("review.oneof", values=", ".join(known))
    return typed


def _everybody(event: Event) -> tuple[Participant, ...]:
    return (*event.actor, *event.recipient, *event.participants)


def _bare(name: str) -> str:
    return re.sub(r"[\s·]", "", name).casefold()
