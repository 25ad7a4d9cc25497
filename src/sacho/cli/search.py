"""`sacho search`: reports by their words, in either spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sacho.cli.across import choose, is_table, print_lines, print_table
from sacho.cli.speech import count, say

if TYPE_CHECKING:
    from sacho.store.search import Hit


@click.command("search")
@click.argument("store", metavar="STORE")
@click.argument("words", nargs=-1, required=True)
@click.option("--exact", is_flag=True, help="Only as typed: 역사 does not find 력사적인.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl in a pipe.")
@click.option("--lang", type=click.Choice(["ko", "en"]), default="ko", show_default=True, help="Language of the table.")
def command(store: str, words: tuple[str, ...], exact: bool, limit: int, form: str | None, lang: str) -> None:
    """Find reports by their words. "…" asks for words in a row, -word for its absence."""
    from sacho.store.connect import StoreError, open_store
    from sacho.store.search import search

    try:
        with open_store(store) as opened:
            found = search(opened, " ".join(words), exact=exact, limit=limit)
    except StoreError as error:
        raise click.ClickException(str(error)) from None
    if not is_table(form):
        print_lines(found.hits)
        return
    heads = choose(lang, ("보도일", "매체", "제목", "찾은 말", "사건", "id"), ("reported", "outlet", "title", "words", "events", "id"))
    print_table("", heads, (
        (hit.published or "-", hit.outlet or "-", hit.title, _marked(hit), str(hit.events), hit.document) for hit in found.hits
    ), keep=(0, 5))  # fmt: skip
    say(count(found.total, "report"))


def _marked(hit: Hit) -> str:
    """The snippet with the words that were found in brackets."""
    shown, at = "", hit.snippet_start
    for mark in (m for m in hit.marks if m.end <= hit.snippet_start + len(hit.snippet)):
        shown += hit.snippet[at - hit.snippet_start : mark.start - hit.snippet_start]
        shown += f"[{hit.snippet[mark.start - hit.snippet_start : mark.end - hit.snippet_start]}]"
        at = mark.end
    shown += hit.snippet[at - hit.snippet_start :]
    return " ".join(shown.split())
