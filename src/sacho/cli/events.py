"""`sacho events`: the events of a store that are meant by filters."""

from __future__ import annotations

import sys

import click
import msgspec

_LISTS = ("kind", "actor", "participant", "country", "dyad", "place", "status", "source", "outlet", "review")


def _filters(command: click.Command) -> click.Command:
    for name in reversed(_LISTS):
        command.params.insert(1, click.Option([f"--{name}"], multiple=True, help="May be given several times: any of them."))
    return command


@click.command("events")
@click.argument("store", metavar="STORE")
@click.option("--since", default="", metavar="DATE", help="On or after this day.")
@click.option("--until", default="", metavar="DATE", help="On or before this day.")
@click.option("--text", default="", help="Words in the report.")
@click.option("--exact", is_flag=True, help="The words only as typed.")
@click.option("--min-confidence", "confidence_from", type=click.FloatRange(0, 1), default=0.0)
@click.option("--each", type=click.Choice(["report", "happening"]), default="report", show_default=True)
@click.option("--count", is_flag=True, help="Only how many.")
@click.option("--limit", type=click.IntRange(1), help="At most so many (default: 50 on a terminal, all in a pipe).")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl in a pipe.")
def command(store: str, count: bool, limit: int | None, form: str | None, **asked: object) -> None:
    """List events, newest first."""
    from sacho.store.connect import StoreError, open_store
    from sacho.store.query import count_events, list_events
    from sacho.store.selection import Selection, SelectionError

    form = form or ("table" if sys.stdout.isatty() else "jsonl")
    limit = limit or (50 if form == "table" else None)
    try:
        selection = msgspec.convert(asked, Selection)
        with open_store(store) as opened:
            if count:
                click.echo(count_events(opened, selection))
                return
            after, left = "", limit
            while left is None or left > 0:
                page = list_events(opened, selection, limit=min(left or 500, 500), after=after)
                for line in page.lines:
                    if form == "jsonl":
                        click.echo(msgspec.json.encode(line.event))
                    else:
                        click.echo(f"{line.event.date or '-':22} {line.event.id}  {line.event.gloss.ko}  ({line.review})")
                left = None if left is None else left - len(page.lines)
                after = page.next
                if not after:
                    break
    except (StoreError, SelectionError) as error:
        raise click.ClickException(str(error)) from None


_filters(command)
