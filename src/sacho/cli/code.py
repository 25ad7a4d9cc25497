"""`sacho code`: reports in, event records out."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TextIO

import click

from sacho.cli.table import write_table
from sacho.coding import Coding, code_document
from sacho.export import CSV_COLUMNS, csv_rows, encode
from sacho.export.jsonl import DocumentLine
from sacho.ingest import read
from sacho.records import DeadLetter, Document

_PROGRESS_FROM = 5


@click.command("code")
@click.argument("sources", nargs=-1, required=True, metavar="FILE|DIR|- ...")
@click.option("--published", metavar="DATE", help="Day of publication (YYYY-MM-DD); inferred from the text if absent.")
@click.option("--outlet", metavar="NAME", help="The outlet that published the report.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl", "csv"]),
              help="Default: table on a terminal, jsonl in a pipe or with --out.")  # fmt: skip
@click.option("--quotes", is_flag=True, help="Also print quotations (jsonl).")
@click.option("--documents", is_flag=True, help="Also print a line for each document: its day and the evidence (jsonl).")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--lang", type=click.Choice(["ko", "en"]), default="ko", show_default=True, help="Language of the table.")
def command(
    sources: tuple[str, ...], published: str | None, outlet: str | None, form: str | None, quotes: bool,
    documents: bool, out: Path | None, lang: str,
) -> None:  # fmt: skip
    """Read reports (text, Markdown, JSONL, HTML) and print their event records.

    Exit status: 0 all read, 1 some could not be read (each is named on standard error, the rest is coded),
    2 wrong usage.
    """
    if published is not None and not _is_day(published):
        raise click.UsageError(f"--published {published!r} is not a day; write it as YYYY-MM-DD, for example 2023-10-20.")
    form = form or ("table" if out is None and sys.stdout.isatty() else "jsonl")
    letters: list[DeadLetter] = []
    inputs = read(sources, outlet=outlet, published=published, stdin=sys.stdin.buffer)
    codings = _coded(inputs, letters)
    with _sink(out) as stream:
        _write(codings, stream, form, lang, quotes=quotes, documents=documents)
    for letter in letters:
        click.echo(f"sacho: {letter.reason}", err=True)
    if letters:
        sys.exit(1)


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == 10


def _sink(out: Path | None) -> nullcontext[TextIO] | TextIO:
    if out is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        return nullcontext(sys.stdout)
    try:
        return out.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written ({error.strerror}); choose another --out.") from None


def _coded(inputs: Iterable[Document | DeadLetter], letters: list[DeadLetter]) -> Iterator[Coding]:
    """Code what can be read, note what cannot; tell the progress on a terminal."""
    done = 0
    for item in inputs:
        if isinstance(item, DeadLetter):
            letters.append(item)
            continue
        try:
            coding = code_document(item)
        except Exception as error:  # the rest of the run must go on, whatever one report does
            reason = f"{item.origin} could not be coded ({type(error).__name__}: {error}); the other reports were."
            letters.append(DeadLetter(origin=item.origin, reason=reason))
            continue
        done += 1
        if done % _PROGRESS_FROM == 0 and sys.stderr.isatty():
            click.echo(f"\r{done} reports read", err=True, nl=False)
        yield coding
    if done >= _PROGRESS_FROM and sys.stderr.isatty():
        click.echo(f"\r{done} reports read", err=True)


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
                stream.write(encode(document_line(coding)) + "\n")
            for event in coding.events:
                stream.write(encode(event) + "\n")
            for quote in coding.annotated.quotes if quotes else ():
                stream.write(encode(quote) + "\n")


def document_line(coding: Coding) -> DocumentLine:
    """The document's own record: its day, how that was known, its blocks and glosses."""
    annotated = coding.annotated
    document, publication = annotated.document, annotated.publication
    blocks: dict[str, int] = {}
    for block in document.blocks:
        blocks[block.kind.value] = blocks.get(block.kind.value, 0) + 1
        if block.repeats:
            blocks[f"{block.kind.value}_repeated"] = blocks.get(f"{block.kind.value}_repeated", 0) + len(block.repeats)
    return DocumentLine(
        document=document.id, origin=document.origin, outlet=document.outlet, published=publication.value,
        published_inferred=publication.inferred, published_reason=publication.reason,
        published_evidence=tuple(document.text[s.start : s.end] for s in publication.evidence), blocks=blocks,
        glosses=tuple((g.dprk, g.rok) for g in annotated.view.glosses),
    )  # fmt: skip
