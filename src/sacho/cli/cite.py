"""`sacho cite`: an event, or every report's version of a happening, as footnotes or BibTeX entries."""

from __future__ import annotations

import sys

import click

from sacho.analysis import Shown, show
from sacho.cli.across import opened, resolve
from sacho.cli.inputs import Inputs, dated
from sacho.cli.reports import code_each, tell
from sacho.ingest import read
from sacho.records import DeadLetter, Document, Event

_SHOWN = 20  # ids in the message
_Cited = list[tuple[Event, Document | None]]


@click.command("cite")
@click.argument("event_id", metavar="EVENT")
@click.argument("sources", nargs=-1, metavar="FILE|DIR|- ...")
@click.option("--store", default=None, metavar="STORE", help="The reports of a store instead of files.")
@click.option("--style", type=click.Choice(["footnote", "bibtex"]), default="footnote", show_default=True)
@click.option("--published", metavar="DATE", help="Day of publication (YYYY-MM-DD); inferred from the text if absent.")
@click.option("--outlet", metavar="NAME", help="The outlet that published the report.")
@click.option("--lang", type=click.Choice(["ko", "en"]), default="ko", show_default=True, help="Language of the citation.")
def command(
    event_id: str, sources: tuple[str, ...], store: str | None, style: str, published: str | None, outlet: str | None, lang: str
) -> None:
    """Cite an event: its report, the source that the report quotes, the words, the record.

    EVENT is the id of an event (e…), or that of a happening (h…), as `sacho timeline` and `sacho show` print them: then every report
    that tells it is cited, an entry each.
    """
    from sacho.export.citation import bibtex, footnote

    if not sources and store is None:
        raise click.UsageError("Name the report of the event, a file of event records, or a store (--store).")
    if store is not None:
        found = _in_store(event_id, store, sources)
    elif event_id.startswith("h"):
        found = _of_happening(event_id, sources, outlet, published)
    else:
        found = [_of_event(event_id, sources, outlet, published)]
    for event, document in found:
        click.echo((bibtex if style == "bibtex" else footnote)(event, document, lang=lang))


def _of_event(event_id: str, sources: tuple[str, ...], outlet: str | None, published: str | None) -> tuple[Event, Document | None]:
    inputs = Inputs(sources, outlet=outlet, published=published, stdin=sys.stdin.buffer)
    known: list[str] = []
    for event in inputs.events():
        if event.id == event_id:
            return event, inputs.documents.get(event.evidence[0].document) if event.evidence else None
        known.append(event.id)
    tell(inputs.letters)
    more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    raise click.ClickException(f"no event {event_id} there; the events are {', '.join(known[:_SHOWN]) or 'none'}{more}.")


def _of_happening(identity: str, sources: tuple[str, ...], outlet: str | None, published: str | None) -> _Cited:
    """Every report's version, from reports that are coded and resolved here."""
    from sacho.coding import report_of

    letters: list[DeadLetter] = []
    documents, reports = {}, []
    for coding in code_each(read(sources, outlet=outlet, published=published, stdin=sys.stdin.buffer), letters):
        documents[coding.annotated.document.id] = dated(coding.annotated.document, coding.annotated.publication)
        reports.append(report_of(coding))
    tell(letters)
    resolved = resolve(reports, None)
    try:
        shown = show(resolved, identity)
    except KeyError:
        raise click.ClickException(f"{identity} is no happening of these reports; `sacho timeline` lists them.") from None
    return [(telling.event, documents.get(telling.document)) for telling in shown.tellings]


def _in_store(identity: str, store: str, sources: tuple[str, ...]) -> _Cited:
    """The version of one event, or every version of a happening, from what a store keeps."""
    from sacho.store.query import find_document
    from sacho.store.reports import read_happening

    with opened(sources, store) as kept:
        try:
            shown: Shown = show(read_happening(kept, identity), identity)
        except KeyError:
            raise click.ClickException(f"{identity} is the id of no event or happening in {store}, or of more than one.") from None
        found: _Cited = []
        for telling in shown.tellings:
            if identity.startswith("e") and not telling.event.id.startswith(identity):
                continue
            held = find_document(kept, telling.document)
            found.append((telling.event, dated(held.document, held.publication) if held is not None else None))
    return found
