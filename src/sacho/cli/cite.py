"""`sacho cite`: an event as a footnote or a BibTeX entry."""

from __future__ import annotations

import sys

import click

from sacho.cli.inputs import Inputs
from sacho.cli.reports import tell

_SHOWN = 20  # ids in the message


@click.command("cite")
@click.argument("event_id")
@click.argument("sources", nargs=-1, metavar="FILE|DIR|- ...")
@click.option("--style", type=click.Choice(["footnote", "bibtex"]), default="footnote", show_default=True)
@click.option("--published", metavar="DATE", help="Day of publication (YYYY-MM-DD); inferred from the text if absent.")
@click.option("--outlet", metavar="NAME", help="The outlet that published the report.")
@click.option("--lang", type=click.Choice(["ko", "en"]), default="ko", show_default=True, help="Language of the citation.")
def command(event_id: str, sources: tuple[str, ...], style: str, published: str | None, outlet: str | None, lang: str) -> None:
    """Cite an event: its report, the source that the report quotes, the words, the record."""
    from sacho.export.citation import bibtex, footnote

    if not sources:
        raise click.UsageError("Name the report of the event, or a file of event records.")
    inputs = Inputs(sources, outlet=outlet, published=published, stdin=sys.stdin.buffer)
    known: list[str] = []
    for event in inputs.events():
        if event.id == event_id:
            document = inputs.documents.get(event.evidence[0].document) if event.evidence else None
            click.echo((bibtex if style == "bibtex" else footnote)(event, document, lang=lang))
            return
        known.append(event.id)
    tell(inputs.letters)
    more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    raise click.ClickException(f"no event {event_id} there; the events are {', '.join(known[:_SHOWN]) or 'none'}{more}.")
