"""Who is meant and who stands in an event: shared by attendance, timeline and edits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sacho.lexicon import load
from sacho.lexicon.naming import Entry, forms_of, meant, near, spelt
from sacho.records import Event, Evidence, Happening, Participant, Record

SUGGESTED = 6  # people


class Seen(Record):
    """Somebody of the reports, and how often."""

    person: str
    name: str
    name_en: str
    count: int


class Missing(Record):
    """A name of a question that found nothing. `entries` are what the lexicon has under it, `count` how often who is so named is there at
    all. `others` are people with a name like it (`close`), else those seen most often."""

    name: str
    entries: tuple[Entry, ...]
    count: int
    close: bool
    others: tuple[Seen, ...]


def is_person(participant: Participant) -> bool:
    """Whether it is a human being: ids of bodies begin with their state's, a state's id is its code."""
    state = participant.country.lower()
    if participant.id in load().bodies:
        return False
    return participant.id != participant.country and not (state and participant.id.startswith(f"{state}-"))


def is_named(participant: Participant, name: str) -> bool:
    """Whether a name is that of the participant: id, name in the spelling of either side, in English or in hanja (`naming.meant`), or the
    words of the text; blanks and case do not matter."""
    wanted = spelt(name)
    if not wanted:
        return False
    forms = (participant.id, participant.id.removeprefix("name:"), participant.name, participant.name_en, participant.as_written)
    return any(wanted == spelt(form) for form in forms) or participant.id in {e.id for e in meant(name)}


def is_seen(seen: Seen, name: str) -> bool:
    """Whether a name in any form is theirs."""
    return is_named(Participant(id=seen.person, name=seen.name, name_en=seen.name_en, as_written=""), name)


def missing(name: str, people: Sequence[Seen]) -> Missing:
    """What is known of a name that found nothing. `people` are those that a question could find, the most often seen first."""
    count = sum(seen.count for seen in people if is_seen(seen, name))
    close: tuple[str, ...] = ()
    if not count:
        close = near(name, ((seen.person, (seen.name, seen.name_en, *forms_of(seen.person))) for seen in people), most=SUGGESTED)
    known = {seen.person: seen for seen in people}
    others = tuple(known[who] for who in close) or tuple(people[:SUGGESTED])
    return Missing(name=name, entries=meant(name), count=count, close=bool(close), others=others)


def everybody(event: Event | Happening) -> Iterator[tuple[str, Participant]]:
    """Role and participant: `actor`, `recipient`, then the third roles in the order named."""
    for person in event.actor:
        yield "actor", person
    for person in event.recipient:
        yield "recipient", person
    for person in event.participants:
        yield person.role or "participant", person


def words_of(event: Event, participant: Participant, role: str) -> Evidence | None:
    """The words that name a participant of an event: those of the field that hold the name as written, else the field's first."""
    fields = ("actor", "recipient", "participants") if role in ("actor", "recipient") else ("participants", "actor", "recipient")
    proofs = [e for field in fields for e in event.evidence if e.field == field]
    for wanted in (participant.as_written, participant.name):
        for proof in proofs:
            if wanted and (wanted in proof.quote or _bare(wanted) in _bare(proof.quote)):
                return proof
    return proofs[0] if proofs else None


def _bare(name: str) -> str:
    return name.replace(" ", "").replace("·", "").casefold()
