"""Two versions of one address: what changed without a word, and who is gone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sacho.analysis.difference import Row, text_difference
from sacho.analysis.people import everybody, is_person, words_of
from sacho.records import Event, Participant, Record, Report
from sacho.resolve.pairwise import SAME, compare
from sacho.resolve.tellings import CORRECTION, telling_of

_FIELDS = ("kind", "status", "date", "time", "place", "actor", "recipient", "participants", "instrument", "sources")
_BLANKS = re.compile(r"\s+")


class Vanished(Record):
    """Somebody whom one version names in an event's list or a caption and the other does not. `where` is `list` or
    `caption`; `order` the place in the list, from 1 (0 for a caption). `anywhere`: the other version still names the
    person elsewhere. `words` is a slice of the version that names the person."""

    person: str
    name: str
    where: str
    order: int
    anywhere: bool
    event: str
    document: str
    words: str
    start: int
    end: int


class FieldChange(Record):
    """A field of an event that two versions tell differently, with both words; event ids, empty if one has no such event."""

    field: str
    kind: str
    old: str
    new: str
    old_event: str
    new_event: str
    old_words: str
    new_words: str


class Edit(Record):
    """The change from one version to the next. `silent`: the newer one does not say that it corrects anything. `rows` holds
    changed, dropped and new sentences only."""

    version: str
    outlet: str
    old: str
    new: str
    old_published: str
    new_published: str
    silent: bool
    rows: tuple[Row, ...]
    gone: tuple[Vanished, ...]
    added: tuple[Vanished, ...]
    fields: tuple[FieldChange, ...]


def edits(reports: Iterable[Report]) -> tuple[Edit, ...]:
    """Every change between consecutive versions of one address. Versions are ordered by day of publication, and on one day
    in the order given. Versions of equal text are one."""
    pages: dict[str, list[Report]] = {}
    for report in reports:
        pages.setdefault(report.version, []).append(report)
    out = []
    for _, versions in sorted(pages.items()):
        ordered = sorted(versions, key=lambda r: r.published)
        out += [edit(a, b) for a, b in pairwise(ordered) if _BLANKS.sub("", a.text) != _BLANKS.sub("", b.text)]
    return tuple(out)


def edit(old: Report, new: Report) -> Edit:
    """What changed from the older report to the newer."""
    pairs = _paired(old, new)
    return Edit(
        version=new.version, outlet=new.outlet, old=old.document, new=new.document, old_published=old.published,
        new_published=new.published, silent=not CORRECTION.search(new.text) or bool(CORRECTION.search(old.text)),
        rows=tuple(r for r in text_difference(old.text, new.text) if r.relation != "same"), gone=_vanished(old, new, pairs),
        added=_vanished(new, old, [(b, a) for a, b in pairs]), fields=_changes(pairs),
    )  # fmt: skip


def _paired(old: Report, new: Report) -> list[tuple[Event | None, Event | None]]:
    """Events of both versions, each with its like; the best pairs first."""
    scores = sorted(
        (
            (-compare(telling_of(a, old), telling_of(b, new)).value, i, k)
            for i, a in enumerate(old.events) for k, b in enumerate(new.events) if a.kind == b.kind and a.actor and b.actor
        ),
    )  # fmt: skip
    ours: dict[int, int] = {}
    theirs: set[int] = set()
    for score, i, k in scores:
        if -score >= SAME - 2.0 and i not in ours and k not in theirs:
            ours[i] = k
            theirs.add(k)
    out: list[tuple[Event | None, Event | None]] = [
        (a, new.events[ours[i]] if i in ours else None) for i, a in enumerate(old.events)
    ]
    return out + [(None, b) for k, b in enumerate(new.events) if k not in theirs]


# ---------------------------------------------------------------- who is gone


def _vanished(
    had: Report, has: Report, pairs: Sequence[tuple[Event | None, Event | None]]
) -> tuple[Vanished, ...]:
    still = {p.id for e in has.events for _, p in everybody(e)}
    out: dict[tuple[str, str], Vanished] = {}
    for event, other in pairs:
        present = {p.id for _, p in everybody(other)} if other is not None else set()
        for order, (role, person) in enumerate(everybody(event) if event is not None else ()):
            if event is None or not is_person(person) or person.id in present:
                continue
            proof = words_of(event, person, role)
            if proof is None or _written(person, has.text):
                continue
            caption = any(c.start <= proof.start < c.end for c in had.captions)
            where = "caption" if caption else "list"
            out.setdefault((person.id, where), Vanished(
                person=person.id, name=person.name, where=where, order=0 if caption else order + 1, anywhere=person.id in still,
                event=event.id, document=had.document, words=proof.quote, start=proof.start, end=proof.end,
            ))  # fmt: skip
    return tuple(out.values())


def _written(person: Participant, text: str) -> bool:
    return person.as_written in text or (bool(person.name) and person.name in text)


# ---------------------------------------------------------------- fields


def _changes(pairs: Sequence[tuple[Event | None, Event | None]]) -> tuple[FieldChange, ...]:
    out = []
    for a, b in pairs:
        one = a or b
        if one is None:
            continue
        if a is None or b is None:
            out.append(FieldChange(
                field="event", kind=one.kind, old=a.gloss.ko if a else "", new=b.gloss.ko if b else "", old_event=a.id if a else "",
                new_event=b.id if b else "", old_words=_words(a, "kind"), new_words=_words(b, "kind"),
            ))  # fmt: skip
            continue
        for field in _FIELDS:
            before, after = _value(a, field), _value(b, field)
            if before != after:
                out.append(FieldChange(
                    field=field, kind=a.kind, old=before, new=after, old_event=a.id, new_event=b.id,
                    old_words=_words(a, field), new_words=_words(b, field),
                ))  # fmt: skip
    return tuple(out)


def _value(event: Event, field: str) -> str:
    if field == "place":
        return event.place.name if event.place else ""
    if field in ("actor", "recipient", "participants"):
        return ", ".join(p.name for p in getattr(event, field))
    if field == "sources":
        return " > ".join(event.sources)
    return str(getattr(event, field))


def _words(event: Event | None, field: str) -> str:
    return next((e.quote for e in event.evidence if e.field == field), "") if event is not None else ""
