"""Reports as resolution sees them, with the events that the key gives: resolution measured apart from reading."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parent))

from key import Key, KeyEvent

from sacho.lexicon import Lexicon
from sacho.lexicon import load as load_lexicon
from sacho.lexicon.predicates import Predicates
from sacho.records import (
    Conflict,
    ConflictValue,
    Event,
    EventGloss,
    Evidence,
    Mention,
    MentionKind,
    Participant,
    Place,
    Quote,
    Report,
)
from sacho.resolve.gloss import gloss

_WORDS = "key"
_VOICE = re.compile(r"\s?(?:대변인|당국자|관계자)$")


def given(
    story: str, key: Key, reports: dict[str, Report], mentions: Iterable[Mention], lexicon: Lexicon, predicates: Predicates
) -> dict[str, Report]:
    """The reports of a story (by their names in the key) with the key's events instead of those read. The key gives names;
    the state of a person and the surroundings of a place that the lexicon lacks are as the reports were read."""
    out = {}
    known = _Known(reports.values(), mentions, lexicon)
    for name, report in reports.items():
        told = [e for e in key.events if e.report == name]
        events = tuple(_event(story, e, report, known, predicates, _disputed(key, e)) for e in told)
        said = [_quote(e, event, report) for e, event in zip(told, events, strict=True) if e.quote and e.quote in report.text]
        spoken = [q for q in report.quotes if not any(s.start == q.start for s in said)]
        out[name] = msgspec.structs.replace(report, events=events, quotes=(*spoken, *said))
    return out


def event_id(story: str, event: str) -> str:
    """The id of a key's event."""
    return "e" + blake2b(f"{story}/{event}".encode(), digest_size=8).hexdigest()


class _Known:
    """What the reports of a story tell of people and places that the lexicon lacks: states of names, places by name."""

    def __init__(self, reports: Iterable[Report], mentions: Iterable[Mention], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        states: dict[str, Counter[str]] = {}
        self.places: dict[str, Place] = {}
        for event in (e for r in reports for e in r.events):
            for person in (*event.actor, *event.recipient, *event.participants):
                if person.country:
                    states.setdefault(_plain(person.name), Counter())[person.country] += 1
            if event.place is not None and event.place.country:
                self.places.setdefault(_plain(event.place.name), event.place)
        for mention in mentions:
            if mention.kind is MentionKind.person and mention.country and mention.entity.startswith("name:"):
                states.setdefault(_plain(mention.name), Counter())[mention.country] += 1
        self.states = {name: min(c, key=lambda s: (-c[s], s)) for name, c in states.items()}


def _disputed(key: Key, entry: KeyEvent) -> dict[str, tuple[str, ...]]:
    """Values that the entry's own report gives beside its own (a caption against the body), by field."""
    held = [(c.field, tuple(v for v, events in c.values.items() if entry.id in events)) for c in key.contradictions]
    return {field: values for field, values in held if len(values) > 1 and field in ("date", "place", "participants")}


def _event(
    story: str, entry: KeyEvent, report: Report, known: _Known, predicates: Predicates, disputed: dict[str, tuple[str, ...]]
) -> Event:
    kind = predicates.kinds[entry.kind]
    lexicon = known.lexicon
    proofs = [_proof(report, "kind", _nth(report.text, entry.words, entry.nth), len(entry.words))]
    proofs += [p for name in entry.participants if (p := _named(report, name, lexicon)) is not None]
    event = Event(
        id=event_id(story, entry.id), kind=entry.kind, type=kind.type, status=entry.status, symmetric=kind.symmetric,
        actor=_people(entry.actor, known), recipient=_people(entry.recipient, known),
        participants=_people(entry.participants, known, role="attendee"), date=entry.date, time=entry.time,
        place=_place(entry.place, known) if entry.place else None, sources=entry.sources,
        outlets=(report.outlet,) if report.outlet else (), instrument=entry.instrument, confidence=0.9, rule=_WORDS,
        evidence=tuple(proofs), conflicts=_conflicts(disputed, known, proofs[0]), gloss=EventGloss(en="", ko=""),
    )  # fmt: skip
    return msgspec.structs.replace(event, gloss=gloss(event, kind))


def _conflicts(disputed: dict[str, tuple[str, ...]], known: _Known, proof: Evidence) -> tuple[Conflict, ...]:
    return tuple(
        Conflict(field=field, values=tuple(
            ConflictValue(value=_value(field, v, known), sources=(), block="caption", evidence=proof) for v in values
        )) for field, values in disputed.items()
    )  # fmt: skip


def _value(field: str, value: str, known: _Known) -> str:
    return "+".join(entity(p, known.lexicon) for p in value.split("+")) if field == "participants" else value


def _place(words: str, known: _Known) -> Place:
    place = place_of(words, known.lexicon)
    return place if place.country else known.places.get(_plain(place.name), place)


def _nth(text: str, words: str, nth: int) -> int:
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return at


def _proof(report: Report, field: str, start: int, length: int) -> Evidence:
    return Evidence(
        document=report.document, field=field, start=start, end=start + length, quote=report.text[start : start + length], rule=_WORDS
    )


def _named(report: Report, name: str, lexicon: Lexicon) -> Evidence | None:
    identity = entity(name, lexicon)
    person = lexicon.people.get(identity)
    forms = [name.partition("@")[0], *((person.name, *person.dprk, *person.aliases) if person else ())]
    found = [(report.text.rfind(form), form) for form in forms if form in report.text]
    return _proof(report, "participants", max(found)[0], len(max(found)[1])) if found else None


def _quote(entry: KeyEvent, event: Event, report: Report) -> Quote:
    start = report.text.index(entry.quote)
    return Quote(
        id=f"q{event.id}", document=report.document, speaker=event.actor[0].name, start=start, end=start + len(entry.quote),
        quote=entry.quote, normalized=entry.quote,
    )  # fmt: skip


# ---------------------------------------------------------------- names


def _people(names: tuple[str, ...], known: _Known, *, role: str = "") -> tuple[Participant, ...]:
    return tuple(_participant(name, known, role, i if role else None) for i, name in enumerate(names, 1))


def _participant(name: str, told: _Known, role: str, rank: int | None) -> Participant:
    lexicon = told.lexicon
    identity = entity(name, lexicon)
    written = name.partition("@")[0]
    if identity in lexicon.people:
        known = lexicon.people[identity]
        return Participant(id=identity, name=known.name, as_written=written, country=known.country, role=role, rank=rank)
    if identity in lexicon.bodies:
        body = lexicon.bodies[identity]
        return Participant(id=identity, name=body.name, as_written=written, country=body.country, role=role, rank=rank)
    if identity in lexicon.countries:
        state = lexicon.countries[identity]
        return Participant(id=identity, name=state.name, as_written=written, country=identity, role=role, rank=rank)
    state = _state_of(name) or told.states.get(_plain(written), "")
    return Participant(id=identity, name=written, as_written=written, country=state, role=role, rank=rank)


def entity(name: str, lexicon: Lexicon) -> str:
    """The lexicon id of an id or a name as gold.md writes it; `name:…` for one that the lexicon lacks."""
    if name in lexicon.people or name in lexicon.bodies or name in lexicon.countries:
        return name
    bare, _, state = name.partition("@")
    for form in dict.fromkeys((bare, _VOICE.sub("", bare))):  # a body speaks through its spokesman
        for table in ("people", "countries", "bodies"):
            held = _forms().get((table, _plain(form)), ())
            if len(held) == 1 and not (state and table == "people" and lexicon.people[held[0]].country != state):
                return held[0]
    return f"name:{bare}"


def _state_of(name: str) -> str:
    """`김정식@PRK`, `북한 대표단`: the state that goes with a name; empty if none does."""
    _, _, state = name.partition("@")
    if state:
        return state
    words = name.split()
    for count in range(len(words), 0, -1):
        form = _plain("".join(words[:count]))
        if held := _forms().get(("countries", form), ()):
            return held[0]
        if bodies := {load_lexicon().bodies[b].country for b in _forms().get(("bodies", form), ())}:
            return min(bodies) if len(bodies) == 1 else ""
    return ""


@cache
def _forms() -> dict[tuple[str, str], tuple[str, ...]]:
    """Every full form of a name by table and letters, with the ids that it may stand for."""
    lexicon = load_lexicon()
    out: dict[tuple[str, str], tuple[str, ...]] = {}
    for person in lexicon.people.values():
        for form in (person.name, *person.dprk):
            _add(out, "people", form, person.id)
    for state in lexicon.countries.values():
        for form in (state.name, *state.dprk, *state.aliases):
            _add(out, "countries", form, state.id)
    for body in lexicon.bodies.values():
        for form in (body.name, *body.dprk, *body.aliases):
            _add(out, "bodies", form, body.id)
    return out


def _add(out: dict[tuple[str, str], tuple[str, ...]], table: str, form: str, identity: str) -> None:
    held = out.get((table, _plain(form)), ())
    if identity not in held:
        out[table, _plain(form)] = (*held, identity)


def _plain(name: str) -> str:
    return name.replace(" ", "").replace("·", "").replace("-", "")


def place_of(words: str, lexicon: Lexicon) -> Place:
    """A place by name, with its surroundings from the lexicon or as the key gives them (`인민문화궁전<평양<PRK`)."""
    name, *above = words.split("<")
    state = lexicon.countries.get(entity(name, lexicon))
    if state is not None:
        return Place(id=state.id, name=state.name, country=state.id)
    entries = [p for p in lexicon.places.values() if _plain(name) in {_plain(f) for f in (p.name, *p.dprk, *p.aliases)}]
    if len(entries) != 1 or above:
        country = above[-1] if above and len(above[-1]) == 3 and above[-1].isupper() else entries[0].country if entries else ""
        within = tuple(a for a in above if a != country)
        return Place(id=f"name:{name}", name=name, within=within, country=country)
    entry, within_names = entries[0], []
    at = entry.within
    while at in lexicon.places:
        within_names.append(lexicon.places[at].name)
        at = lexicon.places[at].within
    return Place(id=entry.id, name=entry.name, within=tuple(within_names), country=entry.country)
