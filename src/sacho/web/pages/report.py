"""One report: its text as published, the words that prove each cell, what was not coded and why."""

from __future__ import annotations

from sacho.coding import Coding
from sacho.records import BlockKind, Document, Event, Evidence, Gloss, Publication, Quote, Record, Rewrite
from sacho.web.highlights import Highlight, Piece, pieces
from sacho.web.visit import Answer, Page, Refused, Visit


class Proof(Record):
    """A piece of evidence under an id that the page links by."""

    id: str
    evidence: Evidence


class Told(Record):
    """An event of the report with its proofs."""

    event: Event
    happening: str
    proofs: tuple[Proof, ...]


class Shown(Record):
    """A block of the text, cut at the edges of highlights. `repeated` counts further places of the same caption."""

    kind: BlockKind
    pieces: tuple[Piece, ...]
    repeated: int


class Uncoded(Record):
    """Words that look like an event and became none; `why` is a key of the labels."""

    words: str
    kind: str
    why: str
    start: int
    end: int


class ReportView(Record):
    document: Document
    title: str
    publication: Publication
    blocks: tuple[Shown, ...]
    told: tuple[Told, ...]
    quotes: tuple[Quote, ...]
    uncoded: tuple[Uncoded, ...]
    rewrites: tuple[Rewrite, ...]
    glosses: tuple[Gloss, ...]
    view: str
    chains: tuple[tuple[str, ...], ...]
    unnamed: tuple[str, ...]


def report(visit: Visit) -> Answer:
    contents = visit.room.shelf.contents
    coding = contents.codings.get(visit.named("id"))
    if coding is None:
        raise Refused(visit.say("error.missing"), 404)
    document, annotated = coding.annotated.document, coding.annotated
    told = tuple(_told(event, n, contents.of_event.get(event.id, "")) for n, event in enumerate(coding.events))
    marks = [Highlight(start=p.evidence.start, end=p.evidence.end, field=p.evidence.field, id=p.id) for t in told for p in t.proofs]
    view = ReportView(
        document=document, title=title_of(document), publication=annotated.publication,
        blocks=tuple(
            Shown(kind=b.kind, pieces=pieces(document.text, b.start, b.end, marks), repeated=len(b.repeats)) for b in document.blocks
        ),
        told=told, quotes=annotated.quotes, uncoded=_uncoded(coding), rewrites=annotated.view.rewrites, glosses=annotated.view.glosses,
        view=annotated.view.text, chains=tuple(sorted({e.sources for e in coding.events if e.sources})),
        unnamed=tuple(sorted({m.name for m in annotated.mentions if m.entity.startswith("name:")})),
    )  # fmt: skip
    return Page(template="report.html", title=view.title, view=view)


def title_of(document: Document) -> str:
    """The headline, else the beginning of the text."""
    for block in document.blocks:
        if block.kind is BlockKind.headline:
            return document.text[block.start : block.end]
    first = document.text.strip().split("\n", 1)[0]
    return first if len(first) <= 60 else first[:59] + "…"


def _told(event: Event, number: int, happening: str) -> Told:
    order = sorted(event.evidence, key=lambda e: (_FIELDS.index(e.field) if e.field in _FIELDS else 99, e.start))
    return Told(
        event=event, happening=happening,
        proofs=tuple(Proof(id=f"c-{number}-{k}", evidence=e) for k, e in enumerate(order)),
    )  # fmt: skip


_FIELDS = ("kind", "actor", "recipient", "participants", "date", "time", "place", "status", "instrument", "topic", "sources")


def _uncoded(coding: Coding) -> tuple[Uncoded, ...]:
    """Event words whose mention no event holds as evidence of its kind."""
    used = {(e.start, e.end) for event in coding.events for e in event.evidence if e.field == "kind"}
    out = []
    for mention in coding.annotated.events:
        if (mention.start, mention.end) in used:
            continue
        nobody = not (mention.actor or mention.recipient or mention.participants)
        why = "nobody" if nobody else "few" if not mention.full else "weak"
        words = coding.annotated.document.text[mention.start : mention.end]
        out.append(Uncoded(words=words, kind=mention.kind, why=f"why.{why}", start=mention.start, end=mention.end))
    return tuple(out)
