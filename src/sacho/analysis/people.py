"""Who is meant and who stands in an event: shared by attendance, timeline and edits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

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
    all. `others` are those named most often beside somebody who is there, else people with a name like it (`close`), else those seen
    most often."""

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
    return is_called(participant.id, (participant.name, participant.name_en, participant.as_written), name)


def is_called(identity: str, forms: Sequence[str], name: str) -> bool:
    """The same for an id and the forms of a name that go with it."""
    wanted = spelt(name)
    if not wanted:
        return False
    own = any(wanted == spelt(form) for form in (identity, identity.removeprefix("name:"), *forms))
    return own or identity in {e.id for e in meant(name)}


def missing(name: str, people: Sequence[Seen], beside: Callable[[frozenset[str]], Sequence[Seen]]) -> Missing:
    """What is known of a name that found nothing. `people` are those that a question could find, the most often seen first; `beside` gives
    those named together with any of some ids, most often first."""
    own = [seen for seen in people if is_called(seen.person, (seen.name, seen.name_en), name)]
    close: tuple[str, ...] = ()
    if not own:
        close = near(name, ((seen.person, (seen.name, seen.name_en, *forms_of(seen.person))) for seen in people), most=SUGGESTED)
    known = {seen.person: seen for seen in people}
    others = beside(frozenset(seen.person for seen in own)) if own else [known[who] for who in close] or people
    count = sum(seen.count for seen in own)
    return Missing(name=name, entries=meant(name), count=count, close=bool(close), others=tuple(others[:SUGGESTED]))


def missing_among(names: Iterable[str], happenings: Iterable[Happening]) -> tuple[Missing, ...]:
    """What is known of each name of a question about these happenings that found nothing."""
    each = [{p.id: (p.id, p.name, p.name_en) for _, p in everybody(h)} for h in happenings]
    people = seen_on(named.values() for named in each)

    def beside(who: frozenset[str]) -> Sequence[Seen]:
        return [seen for seen in seen_on(named.values() for named in each if who & named.keys()) if seen.person not in who]

    return tuple(missing(name, people, beside) for name in names)


def seen_on(occasions: Iterable[Iterable[tuple[str, str, str]]]) -> list[Seen]:
    """Those named (id, name, English name) on some occasions, most often first: each once an occasion, as it was spelt last."""
    times: Counter[str] = Counter()
    last: dict[str, tuple[str, str]] = {}
    for occasion in occasions:
        named = {person: (name, name_en) for person, name, name_en in occasion}
        times.update(named.keys())
        last |= named
    most = sorted(times.items(), key=lambda item: (-item[1], item[0]))
    return [Seen(person=i, name=last[i][0], name_en=last[i][1], count=n) for i, n in most]


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
