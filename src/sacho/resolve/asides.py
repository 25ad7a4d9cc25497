"""What stands beside the text of a report (captions, subtitles, tables, chronologies) and gives an event of the text another
day, hour or place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from sacho.annotate.casting import place_of
from sacho.lexicon import Lexicon
from sacho.lexicon.predicates import Predicates
from sacho.records import (
    AnnotatedDocument,
    BlockKind,
    Conflict,
    ConflictValue,
    Event,
    Evidence,
    Mention,
    MentionKind,
    Place,
    Status,
    Timex,
    TimexKind,
    TimexRole,
)
from sacho.resolve.contested import context, stems
from sacho.resolve.quantities import sentence_of, sentence_span
from sacho.resolve.values import days_apart
from sacho.resolve.within import carried

_FACTS = (Status.occurred, Status.ongoing, Status.alleged)
_LASTING = ("visit", "drill", "state", "sanction")  # a picture shows one day of several
_STAGED = ("meet", "ceremony", "sign", "attend", "launch", "test", "coerce", "convene", "attack")  # happen at one place
_DAYS = 2  # by which a caption errs; a picture of another week is another occasion
_CLOCK = re.compile(r"\d\d:\d\d")
_MINUTES = 120  # by which an hour told elsewhere differs
_CUTS = re.compile(r"(?<=[가-힣])\.\s|\s/\s")
_PLACE = re.compile(r"에서|장소|위치|지점")
_MARKED = re.compile(r"['‘「《『]([^'’」》』\n]{2,20})['’」》』]")
_PEOPLE = (MentionKind.person, MentionKind.group)
_BODIES = (MentionKind.body, MentionKind.country, MentionKind.pair)
_NARROW = ("city", "county", "site", "building")


class Aside(msgspec.Struct, frozen=True):
    """A stretch beside the text, from `start` to `end`, with what was read in it: entities of people and of all parties, places by
    their ids, kinds of event, times."""

    start: int
    end: int
    people: frozenset[str]
    parties: frozenset[str]
    places: dict[str, Mention]
    kinds: frozenset[str]
    timexes: tuple[Timex, ...]


def with_asides(events: Sequence[Event], annotated: AnnotatedDocument, lexicon: Lexicon, predicates: Predicates) -> list[Event]:
    """The events, with what stands beside the text and differs from it among their `conflicts`."""
    out = list(events)
    spans = _spans(annotated)
    for aside in _asides(spans, annotated):
        index = _event_of(aside, spans, out, annotated.document.text, predicates)
        if index is None:
            continue
        event = out[index]
        known = {c.field for c in event.conflicts}
        found = [c for c in _differing(aside, spans, event, annotated, lexicon) if c.field not in known]
        if found:
            out[index] = msgspec.structs.replace(event, conflicts=(*event.conflicts, *found))
    return out


def _spans(annotated: AnnotatedDocument) -> list[tuple[int, int]]:
    """Captions and lines of a chronology."""
    spans = [(b.start, b.end) for b in annotated.document.blocks if b.kind is BlockKind.caption]
    return spans + [m.span() for m in context("chronicle").finditer(annotated.document.text)]


def _asides(spans: Sequence[tuple[int, int]], annotated: AnnotatedDocument) -> Iterator[Aside]:
    """Sentences beside the text, and their parts between strokes, that tell a day, an hour or a place."""
    text = annotated.document.text
    starts = [t.start for t in annotated.timexes] if spans else []
    for first, last in spans:
        if bisect_left(starts, first) == bisect_left(starts, last) and not _PLACE.search(text, first, last):
            continue
        cuts = [first, *[m.end() for m in _CUTS.finditer(text, first, last)], last]
        for start, end in pairwise(cuts):
            times = annotated.timexes[bisect_left(starts, start) : bisect_left(starts, end)]
            named = [m for m in annotated.mentions if start <= m.start < end]
            places = {m.entity: m for m in named if m.kind is MentionKind.place}
            if (times or places) and context("elsewhen").search(text, start, end) is None:
                dated = [t for t in times if t.role is TimexRole.event and t.kind is not TimexKind.duration]
                people = [e for m in named if m.kind in _PEOPLE for e in m.entity.split("+")]
                others = [m.entity for m in named if m.kind in _BODIES]
                kinds = [m.kind for m in annotated.events if start <= m.start < end]
                yield Aside(start, end, frozenset(people), frozenset(people + others), places, frozenset(kinds), tuple(dated))


def _event_of(
    aside: Aside, spans: Sequence[tuple[int, int]], events: Sequence[Event], text: str, predicates: Predicates
) -> int | None:
    """The one event of the text that the aside tells of; none if it gives the day of another one."""
    families = {predicates.kinds[kind].family for kind in aside.kinds}
    words = text[aside.start : aside.end]
    days = {t.value for t in aside.timexes}
    best: list[tuple[int, int]] = []
    for index, event in enumerate(events):
        if event.status not in _FACTS or event.kind in _LASTING:
            continue
        if days and len(event.date) == 10 and min([days_apart(d, event.date) for d in days if len(d) == 10], default=0) > _DAYS:
            continue
        shared = _shared(aside, event)
        if shared is None:
            continue
        told = [e for e in event.evidence if e.field == "kind" and not [1 for a, b in spans if a <= e.start < b]]
        alike = not event.symmetric and predicates.kinds[event.kind].family in families
        if not told or not (alike or _named(words, event, told, text)):
            continue
        best.append((shared, -index))
        if event.date in days and shared:
            return index
    best.sort(reverse=True)
    alone = len(best) == 1 or (len(best) > 1 and best[0][0] > best[1][0])
    return -best[0][1] if alone else None


def _beside(position: int, spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    for span in spans:
        if span[0] <= position < span[1]:
            return span
    return None


def _named(words: str, event: Event, told: Sequence[Evidence], text: str) -> bool:
    """Whether the words tell of the event: by its own words, or by the name of what is seen (`구축함 '최현'호`)."""
    if [e for e in told if e.quote[-2:] in words]:
        return True
    ours = stems(words)
    if [e for e in told if stems(e.quote) & ours]:
        return True
    marked: set[str] = set(_MARKED.findall(words)) if event.kind == "inspect" else set()
    return bool(marked) and any([marked & set(_MARKED.findall(sentence_of(text, e.start))) for e in told])


def _shared(aside: Aside, event: Event) -> int | None:
    """How many of the event's parties the aside names; None if it names others, or nobody where it should."""
    everybody = (*event.actor, *event.recipient, *event.participants)
    ids = {p.id for p in everybody}
    if aside.people:
        hit = len(aside.people & ids)
        return hit if hit >= len(aside.people - ids) + bool(event.recipient or event.symmetric) else None
    if aside.parties:
        return len(aside.parties & (ids | {p.country for p in everybody})) or None
    return None if event.symmetric else 0


def _differing(
    aside: Aside, spans: Sequence[tuple[int, int]], event: Event, annotated: AnnotatedDocument, lexicon: Lexicon
) -> Iterator[Conflict]:
    """What the aside tells otherwise than the text: another day, or another hour of the day; another place."""
    days = [t for t in aside.timexes if len(t.value) == 10 and (not t.time or not t.time[0].isdigit() or t.kind is TimexKind.date)]
    place = _other_place(aside, spans, event, lexicon)
    other_day = len({t.value for t in days}) == 1 and days[0].value != event.date
    own = _own_times(spans, event, annotated) if other_day or event.time else []
    if other_day:
        day = next((t for t in own if t.value == event.date), None)
        if place is None and day is not None and 0 < days_apart(days[0].value, event.date) <= _DAYS:
            yield _conflict("date", (day, event.date), (days[0], days[0].value), event, annotated)
        return
    hours = [t for t in aside.timexes if _CLOCK.match(t.time)]
    hour = next((t for t in own if t.time and t.time == event.time), None)
    if hour is not None and len({t.time for t in hours}) == 1 and _hours_differ(hour.time, hours[0].time):
        yield _conflict("time", (hour, hour.time), (hours[0], hours[0].time), event, annotated)
    if place is not None and event.place is not None and event.kind in _STAGED:
        yield _conflict("place", (place[0], event.place.name), (place[1], place[1].name), event, annotated)


def _own_times(spans: Sequence[tuple[int, int]], event: Event, annotated: AnnotatedDocument) -> list[Timex]:
    """The times in the sentences of the text that tell of the event."""
    told = {sentence_span(annotated.document.text, e.start) for e in event.evidence if e.field == "kind"}
    heads = [(b.start, b.end) for b in annotated.document.blocks if b.kind is BlockKind.headline]
    own = [t for t in annotated.timexes if _beside(t.start, sorted(told)) and t.role is TimexRole.event]
    return [t for t in own if t.kind is not TimexKind.duration and _beside(t.start, [*spans, *heads]) is None]


def _other_place(aside: Aside, spans: Sequence[tuple[int, int]], event: Event, lexicon: Lexicon) -> tuple[Evidence, Mention] | None:
    """The text's words for the place and the one other place that the aside names."""
    if len(aside.places) != 1 or event.place is None or carried(event, "place"):
        return None
    proof = next((e for e in event.evidence if e.field == "place" and _beside(e.start, spans) is None), None)
    key, mention = next(iter(aside.places.items()))
    if proof is None or key not in lexicon.places or not _elsewhere(event.place, place_of(key, lexicon)):
        return None
    return proof, mention


def _hours_differ(a: str, b: str) -> bool:
    if not (_CLOCK.match(a) and _CLOCK.match(b)):
        return False
    one, two = (int(t[:2]) * 60 + int(t[3:5]) for t in (a, b))
    return 0 < abs(one - two) <= _MINUTES


def _elsewhere(a: Place, b: Place) -> bool:
    """Whether two narrow places of one country do not hold each other."""
    if a.id == b.id or a.country != b.country or a.precision not in _NARROW or b.precision not in _NARROW:
        return False
    return a.name not in b.within and b.name not in a.within


def _conflict(
    field: str, told: tuple[Timex | Evidence, str], shown: tuple[Timex | Mention, str], event: Event, annotated: AnnotatedDocument
) -> Conflict:
    def value(words: Timex | Evidence | Mention, key: str, block: str, sources: tuple[str, ...]) -> ConflictValue:
        quote = annotated.document.text[words.start : words.end]
        proof = Evidence(document=annotated.document.id, field=field, start=words.start, end=words.end, quote=quote, rule="aside")
        return ConflictValue(value=key.rstrip("~"), sources=sources, block=block, evidence=proof)

    return Conflict(field=field, values=(
        value(*told, BlockKind.body.value, event.sources), value(*shown, BlockKind.caption.value, ()),
    ))  # fmt: skip
