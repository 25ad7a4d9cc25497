"""Review: one event after the other, judged with one key; fields corrected by the words that say them; every act can be taken back."""

from __future__ import annotations

import msgspec
from starlette.datastructures import QueryParams
from starlette.responses import Response

from sacho.lexicon.predicates import load_predicates
from sacho.records import Document, Evidence, Participant, Record, Span, Status
from sacho.store import find_document, find_event
from sacho.store.judging import NothingInForce, judge, undo
from sacho.store.query import EventView
from sacho.web.asking import selection_of
from sacho.web.pages.report import Shown, Told, blocks_of, told_of
from sacho.web.queues import Item
from sacho.web.values import EDITABLE, Suggestion, ValueProblem, suggestions, value_of, written
from sacho.web.visit import Answer, Done, Page, Refused, Visit

DECISIONS = ("accepted", "rejected", "unsure")
_MOST_AT_ONCE = 500


class Field(Record):
    """A field of the event as it can be edited: its value as typed, the words that prove it, what the program read if a person
    changed it."""

    name: str
    value: str
    proofs: tuple[tuple[str, Evidence], ...]
    before: str = ""


class Choice(Record):
    value: str
    name: str


class ReviewView(Record):
    """`next` and `previous` are addresses, empty at the ends; `last` tells whether this person has an act that can be taken back."""

    queue: tuple[Item, ...]
    item: EventView | None
    document: Document | None
    blocks: tuple[Shown, ...]
    told: Told | None
    fields: tuple[Field, ...]
    kinds: tuple[Choice, ...]
    next: str
    previous: str
    query: str


class SuggestView(Record):
    values: tuple[Suggestion, ...]


def review(visit: Visit) -> Answer:
    asked = selection_of(visit.query)
    asked = msgspec.structs.replace(asked, each="report", review=asked.review or ("unreviewed",))
    queue = visit.room.queues.stretch(visit.room.store, visit.user.name, asked)
    identity = str(visit.request.path_params.get("id", "")) or (queue[0].id if queue else "")
    item = find_event(visit.room.store, identity) if identity else None
    if identity and item is None:
        raise Refused(visit.say("error.missing"), 404)
    found = find_document(visit.room.store, item.line.document) if item is not None else None
    told = told_of(item.line, 0) if item is not None else None
    ids = [i.id for i in queue]
    at = ids.index(identity) if identity in ids else -1
    view = ReviewView(
        queue=queue, item=item, document=found.document if found else None,
        blocks=blocks_of(found.document, [told]) if found and told else (), told=told,
        fields=_fields(item, told) if item is not None and told is not None else (), kinds=kinds_of(visit),
        next=_at(visit, ids[at + 1]) if at + 1 < len(ids) else "", previous=_at(visit, ids[at - 1]) if at > 0 else "",
        query=visit.request.url.query,
    )  # fmt: skip
    return Page(template="review.html", title=visit.say("nav.review"), view=view)


def kinds_of(visit: Visit) -> tuple[Choice, ...]:
    """Kinds and states in the reader's language, for the list of a form."""
    kinds = [Choice(value=key, name=kind.ko if visit.lang == "ko" else key) for key, kind in load_predicates().kinds.items()]
    return (*kinds, *(Choice(value=s.value, name=visit.say(f"status.{s.value}")) for s in Status))


def decide(visit: Visit) -> Answer:
    """Judge events: one, or all that are ticked, in one act."""
    decision, note = visit.field("decision", 20), visit.field("note", 500)
    given = visit.form.getlist("event") if visit.form else []
    events = tuple(dict.fromkeys(e for e in given if isinstance(e, str) and e))
    if decision not in DECISIONS or not events or len(events) > _MOST_AT_ONCE:
        raise Refused(visit.say("review.none"), 422)
    act = judge(visit.room.store, events, decision, by=visit.user.name, at=visit.room.now(), note=note)
    _log(visit, f"judge.{decision}", " ".join(events[:10]))
    said = visit.say(f"review.{decision}")
    return Done(to="/review", message=visit.say("review.many", n=len(events), decision=said) if len(events) > 1 else said, undo=act,
                undo_label=visit.say("review.takeback"))  # fmt: skip


def correct(visit: Visit) -> Answer:
    """Give a field another value, with the words of the report that say so."""
    identity, field, note = visit.field("event", 80), visit.field("field", 20), visit.field("note", 500)
    item = find_event(visit.room.store, identity)
    if item is None or field not in EDITABLE:
        raise Refused(visit.say("error.form"), 422)
    found = find_document(visit.room.store, item.line.document)
    assert found is not None  # the report of an event that is there
    span = _span(visit, len(found.document.text))
    words = found.document.text[span.start : span.end] if span else ""
    people = [p for line in found.lines for p in _everybody(line.event.actor, line.event.recipient, line.event.participants)]
    day = item.line.event.date[:10] or found.publication.value
    try:
        value = value_of(field, visit.field("value", 1000), people, day if day[:1].isdigit() else "", words)
    except ValueProblem as problem:
        raise Refused(visit.say(problem.key, **problem.values), 422) from None
    act = judge(visit.room.store, [identity], "corrected", by=visit.user.name, at=visit.room.now(), note=note, field=field, value=value,
                words=span)  # fmt: skip
    _log(visit, "judge.corrected", f"{identity} {field}")
    return Done(to=f"/review/{identity}", message=visit.say("review.changed", field=visit.say(f"field.{field}")), undo=act,
                undo_label=visit.say("review.takeback"))  # fmt: skip


def take_back(visit: Visit) -> Answer:
    """Undo an act, or this person's last one. The undo is an act too, and can be taken back by its own id."""
    batch, back = visit.field("batch", 80), visit.field("back", 2000)
    try:
        act = undo(visit.room.store, by=visit.user.name, at=visit.room.now(), batch=batch)
    except NothingInForce:
        raise Refused(visit.say("review.nothing"), 409) from None
    _log(visit, "judge.undo", batch)
    return Done(to=back if back.startswith("/re") else "/review", message=visit.say("review.undone"), undo=act,
                undo_label=visit.say("review.redo"))  # fmt: skip


def suggest(visit: Visit) -> Answer:
    """What the words selected may stand for; JSON, for the page's script."""
    found = find_document(visit.room.store, visit.query.get("document", ""))
    span = _span_of(visit.query, len(found.document.text)) if found else None
    field = visit.query.get("field", "")
    values = suggestions(found, field, span.start, span.end) if found and span and field in EDITABLE else ()
    return Response(msgspec.json.encode(SuggestView(values=values)), media_type="application/json")


def _fields(item: EventView, told: Told) -> tuple[Field, ...]:
    event, machine = item.line.event, item.machine
    out = []
    for name in EDITABLE:
        value = written(name, event)
        before = written(name, machine) if machine is not None else value
        proofs = tuple((p.id, p.evidence) for p in told.proofs if p.evidence.field == name)
        out.append(Field(name=name, value=value, proofs=proofs, before=before if before != value else ""))
    return tuple(out)


def _at(visit: Visit, identity: str) -> str:
    query = visit.request.url.query
    return f"/review/{identity}" + (f"?{query}" if query else "")


def _span(visit: Visit, size: int) -> Span | None:
    return _span_of(QueryParams({"start": visit.field("start", 12), "end": visit.field("end", 12)}), size)


def _span_of(given: QueryParams, size: int) -> Span | None:
    start, end = given.get("start", ""), given.get("end", "")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()) or not int(start) < int(end) <= size:
        return None
    return Span(start=int(start), end=int(end))


def _everybody(*sides: tuple[Participant, ...]) -> list[Participant]:
    return [p for side in sides for p in side]


def _log(visit: Visit, act: str, detail: str) -> None:
    if visit.room.accounts.any():
        visit.room.accounts.record(visit.user.name, visit.address, act, detail)

