"""One report: its text as published, the words that prove each cell, what was not coded and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sacho.annotate.spelling import load_spellings, spelling_view
from sacho.records import BlockKind, Document, Event, EventMention, Evidence, Gloss, Participant, Publication, Quote, Record
from sacho.store import find_document
from sacho.store.query import DocumentView, Line
from sacho.store.rows import title_of
from sacho.web.highlights import Highlight, Note, Piece, pieces
from sacho.web.values import written
from sacho.web.visit import Answer, Page, Refused, Visit

SHOWS = ("spelling", "gloss")
_FIELDS = ("kind", "actor", "recipient", "participants", "date", "time", "place", "status", "instrument", "topic", "sources")
_LONG = 60  # letters of a title


class Proof(Record):
    """A piece of evidence under an id that the page links by; `value` is what it says, where the words do not say it themselves."""

    id: str
    evidence: Evidence
    value: str = ""


class Told(Record):
    """An event of the report with its proofs."""

    line: Line
    proofs: tuple[Proof, ...]

    @property
    def event(self) -> Event:
        return self.line.event


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
    """`shows` are the notes that are shown in the text (`spelling`, `gloss`)."""

    document: Document
    title: str
    publication: Publication
    superseded: bool
    versions: tuple[str, ...]
    blocks: tuple[Shown, ...]
    told: tuple[Told, ...]
    quotes: tuple[Quote, ...]
    uncoded: tuple[Uncoded, ...]
    spellings: int
    glosses: tuple[Gloss, ...]
    shows: tuple[str, ...]
    chains: tuple[tuple[str, ...], ...]
    unnamed: tuple[str, ...]


def report(visit: Visit) -> Answer:
    found = find_document(visit.room.store, visit.named("id"))
    if found is None:
        raise Refused(visit.say("error.missing"), 404)
    document, lines = found.document, found.lines
    told = tuple(told_of(line, n) for n, line in enumerate(lines))
    read = spelling_view(document.text, load_spellings())
    spelt = [Note(start=r.start, end=r.end, kind="spelling", reads=read.text[r.view_start : r.view_end]) for r in read.rewrites]
    view = ReportView(
        document=document, title=found.title or short_title(document), publication=found.publication, superseded=found.superseded,
        versions=found.versions, blocks=blocks_of(document, told, [*spelt, *_named(visit, document.text, lines)]), told=told,
        quotes=found.quotes, uncoded=uncoded_of(found), spellings=len(spelt), glosses=read.glosses,
        shows=tuple(s for s in SHOWS if s in visit.query.getlist("show")),
        chains=tuple(sorted({x.event.sources for x in lines if x.event.sources})), unnamed=_unnamed(lines),
    )  # fmt: skip
    return Page(template="report.html", title=short_title(document), view=view)


def told_of(line: Line, number: int) -> Told:
    """An event with its proofs in the order of the fields; `number` makes their ids."""
    order = sorted(line.event.evidence, key=lambda e: (_FIELDS.index(e.field) if e.field in _FIELDS else len(_FIELDS), e.start))
    return Told(line=line, proofs=tuple(Proof(id=f"c-{number}-{k}", evidence=e, value=_value(line.event, e)) for k, e in enumerate(order)))


def _value(event: Event, proof: Evidence) -> str:
    if proof.field not in ("date", "time", "place"):
        return ""
    value = written(proof.field, event)
    return value if value != proof.quote else ""


def blocks_of(document: Document, told: Iterable[Told], notes: Iterable[Note] = ()) -> tuple[Shown, ...]:
    """The text, block by block, with the words of the events marked."""
    marks = [Highlight(start=p.evidence.start, end=p.evidence.end, field=p.evidence.field, id=p.id) for t in told for p in t.proofs]
    held = list(notes)
    return tuple(
        Shown(kind=b.kind, pieces=pieces(document.text, b.start, b.end, marks, held), repeated=len(b.repeats)) for b in document.blocks
    )


def short_title(document: Document) -> str:
    """The headline, else the beginning of the text, not too long."""
    title = title_of(document)
    return title if len(title) <= _LONG else title[: _LONG - 1] + "…"


def uncoded_of(found: DocumentView) -> tuple[Uncoded, ...]:
    """Event words whose mention no event holds as evidence of its kind."""
    used = {(e.start, e.end) for line in found.lines for e in line.event.evidence if e.field == "kind"}
    text = found.document.text
    return tuple(
        Uncoded(words=text[m.start : m.end], kind=m.kind, why=f"why.{_why(m)}", start=m.start, end=m.end)
        for m in found.mentions if (m.start, m.end) not in used
    )  # fmt: skip


def _why(mention: EventMention) -> str:
    if not (mention.actor or mention.recipient or mention.participants):
        return "nobody"
    return "few" if not mention.full else "weak"


def _unnamed(lines: Iterable[Line]) -> tuple[str, ...]:
    return tuple(sorted({p.name for line in lines for p in _everybody(line.event) if p.id.startswith("name:")}))


def _named(visit: Visit, text: str, lines: Iterable[Line]) -> Iterator[Note]:
    """Who is meant, after the words that name somebody, each words once."""
    seen: set[tuple[int, int]] = set()
    for event in (line.event for line in lines):
        proofs = [e for e in event.evidence if e.field in ("actor", "recipient", "participants")]
        for person in _everybody(event):
            for proof in proofs:
                at = text.find(person.as_written, proof.start, proof.end) if person.as_written else -1
                if at >= 0 and (at, at + len(person.as_written)) not in seen:
                    seen.add((at, at + len(person.as_written)))
                    yield Note(start=at, end=at + len(person.as_written), kind="gloss", reads=_meant(visit, person))


def _meant(visit: Visit, person: Participant) -> str:
    name = person.name if visit.lang == "ko" else person.name_en or person.name
    state = visit.room.country(visit.lang, person.country) if person.country and person.id != person.country else ""
    return " · ".join(dict.fromkeys(part for part in (name, person.office if visit.lang == "ko" else "", state) if part))


def _everybody(event: Event) -> tuple[Participant, ...]:
    return (*event.actor, *event.recipient, *event.participants)
