"""`sacho load`: records that were written before, into a store."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from sacho.cli.reports import tell, write_letters
from sacho.cli.speech import count, say


@click.command("load")
@click.argument("store", metavar="STORE")
@click.argument("sources", nargs=-1, required=True, metavar="IN...")
@click.option("--no-words", is_flag=True, help="Do not analyse reports that come without words for search: quicker, but not found by it.")
@click.option("--dead-letters", type=click.Path(dir_okay=False, path_type=Path),
              help="Also write what could not be loaded to this file (jsonl: origin, reason).")  # fmt: skip
def command(store: str, sources: tuple[str, ...], no_words: bool, dead_letters: Path | None) -> None:
    """Load records into STORE (made if it is not there): JSON lines of `sacho export jsonl --all` or of `sacho code --format jsonl --quotes
    --documents`, and the folders that `sacho batch` wrote. IN is a file, a folder, an address or - for standard input.

    Exit status: 0 all loaded, 1 some could not be (each is named on standard error, the rest is loaded), 2 wrong usage.
    """
    from sacho import __version__
    from sacho.exchange.load import load
    from sacho.exchange.sources import LoadError
    from sacho.store.connect import StoreError, open_store

    shown = sys.stderr.isatty()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        with open_store(store, create=True) as opened:
            done = load(opened, sources, at=now, program=f"sacho {__version__}", words=not no_words, stdin=sys.stdin.buffer,
                        progress=_shown if shown else None)  # fmt: skip
    except LoadError as error:
        raise click.UsageError(str(error)) from None
    except StoreError as error:
        raise click.ClickException(str(error)) from None
    tell(done.letters)
    write_letters(done.letters, dead_letters)
    a = done.added
    versions, others = count(a.versions, "new version"), count(done.coders, "reading of another coder", "readings of other coders")
    say(f"{store}: {count(a.new, 'new report')} ({versions}), {a.recoded} changed, {a.unchanged} unchanged; {count(a.events, 'event')}, "
        f"{count(done.judgements, 'judgement')}, {others}")  # fmt: skip
    if done.letters:
        sys.exit(1)


def _shown(done: int, total: int) -> None:
    click.echo("\r", err=True, nl=False)
    say(f"{done:,} of {count(total, 'report')}" if total else count(done, "report"), nl=done == total)
