"""`sacho explain`: each field of one event, the words it came from, the rule."""

from __future__ import annotations

import sys

import click

from sacho.cli.reports import code_each, tell
from sacho.ingest import read
from sacho.language import speak
from sacho.records import DeadLetter, Event

_SHOWN = 20  # ids in the message


@click.command("explain")
@click.argument("event_id")
@click.argument("source", metavar="FILE")
@click.option("--published", metavar="DATE", help="Day of publication (YYYY-MM-DD).")
@click.option("--outlet", metavar="NAME", help="The outlet that published the report.")
@click.option("--lang", type=click.Choice(["ko", "en"]),
              help="Language of the sentence and of the names of fields (default: both, English names).")  # fmt: skip
def command(event_id: str, source: str, published: str | None, outlet: str | None, lang: str | None) -> None:
    """Show each field of an event with the words it came from and the rule that read it."""
    if event_id.startswith("h"):
        remedy = f"`sacho show {event_id} {source}` tells the ids of its events (e…), one a report"
        raise click.ClickException(f"{event_id} is the id of a happening, and a field is read in a report: {remedy}; explain one of those.")
    known: list[str] = []
    letters: list[DeadLetter] = []
    for coding in code_each(read([source], outlet=outlet, published=published, stdin=sys.stdin.buffer), letters):
        for event in coding.events:
            known.append(event.id)
            if event.id == event_id:
                _explain(event, coding.annotated.document.text, lang)
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


def _explain(event: Event, text: str, lang: str | None) -> None:
    word = speak(lang or "en")
    for sentence in (event.gloss.en,) * (lang != "ko") + (event.gloss.ko,) * (lang != "en"):
        click.echo(sentence)
    for proof in event.evidence:
        left = text[max(0, proof.start - 14) : proof.start].replace("\n", " ")
        right = text[proof.end : proof.end + 14].replace("\n", " ")
        click.echo(f"  {_padded(word(proof.field))} …{left}【{proof.quote}】{right}…  [{proof.start}:{proof.end}] {proof.rule}")
    for conflict in event.conflicts:
        for value in conflict.values:
            if lang == "ko":
                click.echo(f"  엇갈림({word(conflict.field)}): {value.value}, {word(value.block)}: 【{value.evidence.quote}】")
            else:
                click.echo(f"  conflict in {conflict.field}: {value.value} in the {value.block}: 【{value.evidence.quote}】")


def _padded(name: str) -> str:
    """In a column of thirteen cells; a Hangul syllable takes two."""
    return name + " " * (13 - sum(2 if "가" <= c <= "힣" else 1 for c in name))
