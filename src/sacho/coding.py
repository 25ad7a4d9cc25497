"""From a document to its events: the one call that the command line, the batch runner and the API share."""

from __future__ import annotations

from sacho.annotate import annotate
from sacho.annotate.resources import Resources, load_resources
from sacho.ingest import document_from_text
from sacho.records import AnnotatedDocument, AttributionKind, BlockKind, Document, Event, Record, Report, Span
from sacho.resolve import resolve_document
from sacho.resolve.wire import credited


class Coding(Record):
    """One report, read: its layers and its events."""

    annotated: AnnotatedDocument
    events: tuple[Event, ...]


def code_document(document: Document, resources: Resources | None = None, *, sparing: bool = False) -> Coding:
    """Code one document. The first call loads the analyser (about five seconds). `sparing` as in `annotate`."""
    resources = resources or load_resources()
    annotated = annotate(document, resources, sparing=sparing)
    return Coding(
        annotated=annotated, events=resolve_document(annotated, resources.lexicon, resources.predicates)
    )


def code(text: str, *, published: str | None = None, outlet: str | None = None) -> Coding:
    """Code a text. `published` is the ISO day of the report; without it, it is inferred from the text."""
    return code_document(document_from_text(text, origin="text", outlet=outlet, published=published))


def report_of(coding: Coding) -> Report:
    """What resolution across reports needs of one."""
    document = coding.annotated.document
    return Report(
        document=document.id, version=document.url or document.id, outlet=document.outlet or "",
        published=coding.annotated.publication.value, text=document.text, events=coding.events,
        quotes=coding.annotated.quotes, credits=credited(document.text),
        unreported=tuple(a for a in coding.annotated.attributions if a.kind is AttributionKind.unreported),
        captions=tuple(Span(start=b.start, end=b.end) for b in document.blocks if b.kind is BlockKind.caption),
        attributions=coding.annotated.attributions,
    )  # fmt: skip
