"""One self-contained HTML file of a selection: events, the words that prove them, the reports with those words marked."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import BinaryIO

from sacho import __version__
from sacho.export.highlight import Paragraph, Piece, paragraphs, pieces
from sacho.export.outcome import Exported, Tally
from sacho.language import speak
from sacho.lexicon.predicates import load_predicates
from sacho.records import Document, Event, Evidence, Participant, Record, Span

_AROUND = 40  # characters shown on either side of quoted words


class ShownReport(Record):
    """A report as the page shows it."""

    document: Document
    title: str
    paragraphs: tuple[Paragraph, ...]


class ShownEvent(Record):
    """An event as the page shows it: label and value of what is known, then the words in their place."""

    event: Event
    kind: str
    gloss: str
    fields: tuple[tuple[str, str], ...]
    quotes: tuple[tuple[Evidence, tuple[Piece, ...]], ...]


def write_html(
    events: Iterable[Event], out: BinaryIO, *, documents: Mapping[str, Document], lang: str = "ko", title: str = ""
) -> Exported:
    """A page that needs no script, no network and no other file, light and dark as the reader's system is.

    Everything from a report is escaped; the page's own policy (a CSP in its head) forbids all but its one style sheet. Reports in
    `documents` that an event points to are shown whole; a report without events is shown if it is the only one given.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    tally, shown = Tally("html"), list(events)
    environment = Environment(
        loader=PackageLoader("sacho.export", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style = (files("sacho.export") / "templates" / "page.css").read_text(encoding="utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    say = speak(lang)
    page = environment.get_template("page.html.j2").stream(
        lang=lang, title=title or say("Event records"), style=style, digest=digest, version=__version__, say=say,
        events=[_shown(e, documents, lang) for e in shown], reports=_reports(shown, documents),
    )  # fmt: skip
    page.dump(out, encoding="utf-8")
    for _ in shown:
        tally.out()
    return tally.done()


def title_of(document: Document) -> str:
    """The headline of a report, or the beginning of its text."""
    headline = next((document.text[b.start : b.end] for b in document.blocks if b.kind.value == "headline"), "")
    return " ".join((headline or document.text[:60]).split())


def _reports(events: Sequence[Event], documents: Mapping[str, Document]) -> list[ShownReport]:
    proofs = [(event.id, e) for event in events for e in event.evidence]
    wanted = dict.fromkeys(e.document for _, e in proofs) or (dict.fromkeys(documents) if len(documents) == 1 else {})
    by_report: dict[str, list[tuple[str, Evidence]]] = {name: [] for name in wanted}
    for event, e in proofs:
        by_report[e.document].append((event, e))
    return [
        ShownReport(document=documents[n], title=title_of(documents[n]), paragraphs=paragraphs(documents[n], found))
        for n, found in by_report.items() if n in documents
    ]  # fmt: skip


def _shown(event: Event, documents: Mapping[str, Document], lang: str) -> ShownEvent:
    korean, say = lang == "ko", speak(lang)
    kind = load_predicates().kinds.get(event.kind)
    place = event.place
    values = (
        ("date", f"{event.date} {event.time}".strip()), ("kind", (kind.ko if korean and kind is not None else event.kind)),
        ("status", say(event.status.value)), ("actor", _people(event.actor, korean)), ("recipient", _people(event.recipient, korean)),
        ("participants", _people(event.participants, korean)),
        ("place", "" if place is None else " < ".join(((place.name if korean else place.name_en or place.name), *place.within))),
        ("instrument", event.instrument), ("topic", ", ".join(event.topic)), ("sources", " > ".join(event.sources)),
        ("outlets", ", ".join(event.outlets)), ("PLOVER", " ".join((event.type, event.mode)).strip()), ("CAMEO", event.cameo),
        ("confidence", f"{event.confidence:.2f}"), ("id", event.id),
    )  # fmt: skip
    return ShownEvent(
        event=event, kind=kind.ko if korean and kind is not None else event.kind, gloss=event.gloss.ko if korean else event.gloss.en,
        fields=tuple((say(label), value) for label, value in values if value),
        quotes=tuple((e, in_place(event.id, e, documents)) for e in dict.fromkeys(event.evidence)),
    )  # fmt: skip


def in_place(event: str, proof: Evidence, documents: Mapping[str, Document]) -> tuple[Piece, ...]:
    """The quoted words with what stands before and after them, if the report is at hand."""
    document = documents.get(proof.document)
    if document is None:
        return (Piece(text=proof.quote, proofs=((event, proof.field),)),)
    span = Span(start=max(0, proof.start - _AROUND), end=min(len(document.text), proof.end + _AROUND))
    before, after = ("…" if span.start else ""), ("…" if span.end < len(document.text) else "")
    return (Piece(text=before), *pieces(document.text, span, [(event, proof)]), Piece(text=after))


def _people(people: Iterable[Participant], korean: bool) -> str:
    return ", ".join(
        (p.name if korean else p.name_en or p.name) + (f" ({p.office})" if p.office and korean else "") for p in people
    )
