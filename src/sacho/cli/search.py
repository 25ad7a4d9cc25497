"""`sacho search`: reports by their words, in either spelling."""

from __future__ import annotations

import sys

import click
import msgspec


@click.command("search")
@click.argument("store", metavar="STORE")
@click.argument("words", nargs=-1, required=True)
@click.option("--exact", is_flag=True, help="Only as typed: 역사 does not find 력사적인.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl in a pipe.")
def command(store: str, words: tuple[str, ...], exact: bool, limit: int, form: str | None) -> None:
    """Find reports by their words. "…" asks for words in a row, -word for its absence."""
    from sacho.store.connect import StoreError, open_store
    from sacho.store.search import search

    try:
        with open_store(store) as opened:
            found = search(opened, " ".join(words), exact=exact, limit=limit)
    except StoreError as error:
        raise click.ClickException(str(error)) from None
    if (form or ("table" if sys.stdout.isatty() else "jsonl")) == "jsonl":
        for hit in found.hits:
            click.echo(msgspec.json.encode(hit))
        return
    for hit in found.hits:
        shown, at = "", hit.snippet_start
        for mark in (m for m in hit.marks if m.end <= hit.snippet_start + len(hit.snippet)):
            shown += hit.snippet[at - hit.snippet_start : mark.start - hit.snippet_start]
            shown += f"[{hit.snippet[mark.start - hit.snippet_start : mark.end - hit.snippet_start]}]"
            at = mark.end
        shown += hit.snippet[at - hit.snippet_start :]
        click.echo(f"{hit.published or '-':10}  {hit.outlet or '-'}  {hit.title}  ({hit.document})\n    {' '.join(shown.split())}")
    click.echo(f"{found.total} reports", err=True)
