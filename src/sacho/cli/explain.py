"""`sacho explain`: each field of one event, the words it came from, the rule."""

from __future__ import annotations

import sys

import click

from sacho.cli.reports import code_each, tell
from sacho.ingest import read
from sacho.records import DeadLetter, Event

_SHOWN = 20  # ids in the message


@click.command("explain")
@click.argument("event_id")
@click.argument("source", metavar="FILE")
@click.option("--published", metavar="DATE", help="Day of publication (YYYY-MM-DD).")
@click.option("--outlet", metavar="NAME", help="The outlet that published the report.")
def command(event_id: str, source: str, published: str | None, outlet: str | None) -> None:
    """Show each field of an event with the words it came from and the rule that read it."""
    known: list[str] = []
    letters: list[DeadLetter] = []
    for coding in code_each(read([source], outlet=outlet, published=published, stdin=sys.stdin.buffer), letters):
        for event in coding.events:
            known.append(event.id)
            if event.id == event_id:
                _explain(event, coding.annotated.document.text)
                return
    tell(letters)
    if letters and not known:
        sys.exit(1)
    raise click.ClickException(
        f"{source} has no event {event_id}; its events are {_listed(known)} "
        "(the day of publication and the outlet are part of an event's id: give the same ones)."
    )


def _listed(known: list[str]) -> str:
    more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    return (", ".join(known[:_SHOWN]) or "none") + more


def _explain(event: Event, text: str) -> None:
    click.echo(event.gloss.en)
    click.echo(event.gloss.ko)
    for proof in event.evidence:
        left = text[max(0, proof.start - 14) : proof.start].replace("\n", " ")
        right = text[proof.end : proof.end + 14].replace("\n", " ")
        click.echo(f"  {proof.field:13} …{left}【{proof.quote}】{right}…  [{proof.start}:{proof.end}] {proof.rule}")
    for conflict in event.conflicts:
        for value in conflict.values:
            click.echo(f"  conflict in {conflict.field}: {value.value} in the {value.block}: 【{value.evidence.quote}】")
