"""Who is meant and who stands in an event: shared by attendance, timeline and edits."""

from __future__ import annotations

from collections.abc import Iterator

from sacho.records import Event, Evidence, Happening, Participant


def is_person(participant: Participant) -> bool:
    """Whether it is a human being: ids of bodies begin with their state's, a state's id is its code."""
    state = participant.country.lower()
    return participant.id != participant.country and not (state and participant.id.startswith(f"{state}-"))


def is_named(participant: Participant, name: str) -> bool:
    """Whether a name is that of the participant: id, ROK name, English name, or the words of the text; blanks and case do
    not matter."""
    wanted = _bare(name)
    forms = (participant.id, participant.id.removeprefix("name:"), participant.name, participant.name_en, participant.as_written)
    return bool(wanted) and wanted in {_bare(form) for form in forms}


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
