"""`sacho code`: reports in, event records out."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TextIO

import click
from click.core import ParameterSource

from sacho.cli.reports import code_each, tell
from sacho.cli.speech import count, say
from sacho.cli.table import write_table
from sacho.coding import Coding
from sacho.export import CSV_COLUMNS, csv_rows, encode
from sacho.export.jsonl import DocumentLine, document_line
from sacho.ingest import SUFFIXES, read
from sacho.records import DeadLetter

_PROGRESS_EVERY = 5  # reports


@click.command("code")
@click.argument("sources", nargs=-1, required=True, metavar="FILE|DIR|- ...")
@click.option("--published", metavar="DATE", help="Day of publication (YYYY-MM-DD); inferred from the text if absent.")
@click.option("--outlet", metavar="NAME", help="The outlet that published the report.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl", "csv"]),
              help="Default: table on a terminal, jsonl in a pipe or with --out.")  # fmt: skip
@click.option("--quotes", is_flag=True, help="Also print quotations (jsonl).")
@click.option("--documents", is_flag=True, help="Also print a line for each document: its day and the evidence (jsonl).")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead of standard output.")
@click.option("--dead-letters", type=click.Path(dir_okay=False, path_type=Path),
              help="Also write what could not be read to this file (jsonl: origin, reason).")  # fmt: skip
@click.option("--store", metavar="STORE",
              help="Keep what was read in this store (made if it is not there) and say on standard error how much changed; no records "
                   "are printed, so not with --out, --format, --quotes, --documents or --lang.")  # fmt: skip
@click.option("--lang", type=click.Choice(["ko", "en"]), default="ko", show_default=True, help="Language of the table.")
def command(
    sources: tuple[str, ...], published: str | None, outlet: str | None, form: str | None, quotes: bool,
    documents: bool, out: Path | None, dead_letters: Path | None, lang: str, store: str | None,
) -> None:  # fmt: skip
    """Read reports (text, Markdown, JSONL, HTML) and print their event records.

    Exit status: 0 all read, 1 some could not be read (each is named on standard error, the rest is coded),
    2 wrong usage.
    """
    if published is not None and not _is_day(published):
        raise click.UsageError(f"--published {published!r} is not a day; write it as YYYY-MM-DD, for example 2023-10-20.")
    if form in ("table", "csv") and (quotes or documents):
        raise click.UsageError(f"--quotes and --documents are printed as JSON lines; leave out --format {form}.")
    if store is not None:
        _refuse_printing(store)
    for target in (out, dead_letters):
        if target is not None:
            _refuse_own_input(target, sources)
    form = form or ("table" if out is None and sys.stdout.isatty() and not (quotes or documents) else "jsonl")
    letters: list[DeadLetter] = []
    inputs = read(sources, outlet=outlet, published=published, stdin=sys.stdin.buffer)
    codings = _with_progress(code_each(inputs, letters), shown=sys.stderr.isatty() and not (out is None and sys.stdout.isatty()))
    if store is not None:
        _keep(codings, store)
    else:
        with _sink(out) as stream:
            _write(codings, stream, form, lang, quotes=quotes, documents=documents)
    tell(letters)
    if dead_letters is not None:
        with _sink(dead_letters) as stream:
            stream.writelines(encode(letter) + "\n" for letter in letters)
    if letters:
        sys.exit(1)


def _keep(codings: Iterable[Coding], where: str) -> None:
    from sacho import __version__
    from sacho.store.connect import StoreError, open_store
    from sacho.store.reading import reading_of
    from sacho.store.words import load_vocabulary
    from sacho.store.write import add

    try:
        with open_store(where, create=True) as store:
            readings = (reading_of(coding, load_vocabulary()) for coding in codings)
            done = add(store, readings, at=datetime.now(UTC).isoformat(timespec="seconds"), program=f"sacho {__version__}", batch=20)
    except StoreError as error:
        raise click.ClickException(str(error)) from None
    new, versions = count(done.new, "new report"), count(done.versions, "new version")
    say(f"{where}: {new} ({versions}), {done.recoded} read anew, {done.unchanged} unchanged; {count(done.events, 'event')}")


def _refuse_printing(store: str) -> None:
    """What is kept in a store is not printed as well: options for printing would be ignored."""
    context = click.get_current_context()
    asked = {"out": "--out", "form": "--format", "quotes": "--quotes", "documents": "--documents", "lang": "--lang"}
    given = [option for name, option in asked.items() if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]
    if given:
        raise click.UsageError(
            f"--store prints no records, so {' and '.join(given)} cannot be used with it; read what it keeps with `sacho events {store}`."
        )


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == 10


def _refuse_own_input(target: Path, sources: Iterable[str]) -> None:
    """A file that is written may not be one that is read: it would be empty by then."""
    for source in sources:
        path, written = Path(source).resolve(), target.resolve()
        if path == written or (path.is_dir() and written.is_relative_to(path) and written.suffix.lower() in SUFFIXES):
            raise click.UsageError(f"{target} would be written while {source} is read; choose a file outside of it.")


@contextmanager
def _sink(out: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file. A file that cannot be opened is wrong usage; one that cannot be written on, a failure."""
    if out is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        yield sys.stdout
        return
    try:
        stream = out.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise click.UsageError(f"{out} cannot be written ({error.strerror}); choose another file.") from None
    try:
        with stream:
            yield stream
    except OSError as error:
        raise click.ClickException(f"{out} is incomplete ({error.strerror}); make room or choose another file.") from None


def _with_progress(codings: Iterable[Coding], *, shown: bool) -> Iterator[Coding]:
    """The same codings; if `shown`, the count on standard error, rewritten in its line."""
    done = 0
    for done, coding in enumerate(codings, start=1):
        if shown and done % _PROGRESS_EVERY == 0:
            click.echo("\r", err=True, nl=False)
            say(f"{count(done, 'report')} read", nl=False)
        yield coding
    if shown and done >= _PROGRESS_EVERY:
        click.echo("\r", err=True, nl=False)
        say(f"{count(done, 'report')} read")


def _write(codings: Iterable[Coding], stream: TextIO, form: str, lang: str, *, quotes: bool, documents: bool) -> None:
    if form == "table":
        write_table(codings, stream, lang)
    elif form == "csv":
        writer = csv.writer(stream)
        writer.writerow(CSV_COLUMNS)
        for coding in codings:
            writer.writerows(csv_rows(coding.events))
    else:
        for coding in codings:
            if documents:
                stream.write(encode(_document_line(coding)) + "\n")
            for event in coding.events:
                stream.write(encode(event) + "\n")
            for quote in coding.annotated.quotes if quotes else ():
                stream.write(encode(quote) + "\n")


def _document_line(coding: Coding) -> DocumentLine:
    annotated = coding.annotated
    return document_line(
        annotated.document, annotated.publication, glosses=annotated.view.glosses,
        attributions=annotated.attributions,
    )  # fmt: skip
