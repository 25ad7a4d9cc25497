"""`sacho events`: the events of a store that are meant by filters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click
import msgspec

from sacho.cli.across import choose, is_table, print_lines, print_table
from sacho.cli.selecting import selecting

if TYPE_CHECKING:
    from sacho.store.connect import Store
    from sacho.store.query import Line
    from sacho.store.selection import Selection

_ON_A_TERMINAL = 50  # events, unless a limit is given
_PAGE = 500

@click.command("events")
@click.argument("store", metavar="STORE")
@selecting
@click.option("--outlet", multiple=True, help="May be given several times: any of them.")
@click.option("--exact", is_flag=True, help="The words of --text only as typed.")
@click.option("--each", type=click.Choice(["report", "happening"]), default="report", show_default=True)
@click.option("--count", is_flag=True, help="Only how many.")
@click.option("--limit", type=click.IntRange(1), help="At most so many (default: 50 on a terminal, all in a pipe).")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl in a pipe.")
@click.option("--lang", type=click.Choice(["ko", "en"]), default="ko", show_default=True, help="Language of the table.")
def command(store: str, count: bool, limit: int | None, form: str | None, lang: str, **asked: object) -> None:
    """List events, newest first."""
    from sacho.store.connect import StoreError, open_store
    from sacho.store.query import count_events
    from sacho.store.selection import Selection, SelectionError

    try:
        selection = msgspec.convert(asked, Selection)
        with open_store(store) as opened:
            if count:
                click.echo(count_events(opened, selection))
            elif is_table(form):
                print_events(_listed(opened, selection, limit or _ON_A_TERMINAL), lang)
            else:
                print_lines(line.event for line in _listed(opened, selection, limit))
    except (StoreError, SelectionError) as error:
        raise click.ClickException(str(error)) from None


def print_events(lines: Iterable[Line], lang: str) -> None:
    """Events with their confidence and state of review as a table."""
    from sacho.cli.table import event_cells, event_heads

    heads = (*event_heads(lang)[:-1], *choose(lang, ("확신도", "검토"), ("confidence", "review")), "id")
    rows = ((event_cells(line.event, lang), line) for line in lines)
    print_table("", heads, ((*cells[:-1], f"{line.event.confidence:.2f}", line.review, cells[-1]) for cells, line in rows),
                keep=(0, len(heads) - 1))  # fmt: skip


def _listed(store: Store, selection: Selection, limit: int | None) -> Iterator[Line]:
    from sacho.store.query import list_events

    after, left = "", limit
    while left is None or left > 0:
        page = list_events(store, selection, limit=_PAGE if left is None else min(left, _PAGE), after=after)
        yield from page.lines
        left = None if left is None else left - len(page.lines)
        after = page.next
        if not after:
            return
