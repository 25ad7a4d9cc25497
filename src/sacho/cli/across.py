"""What the commands over many reports share: their options, the reports they read, the table or lines they print."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click
import msgspec
from click.core import ParameterSource

from sacho.cli.reports import code_each, tell
from sacho.cli.speech import count, say
from sacho.ingest import read
from sacho.records import DeadLetter, Judgement, Record, Report
from sacho.resolve.happenings import Resolved

if TYPE_CHECKING:
    from sacho.store.connect import Store

_Command = Callable[..., None]
_WIDTH = 150
_PROGRESS_EVERY = 20  # reports


def asking(command: _Command) -> _Command:
    """Add the options that all these commands have: `store`, `judgements`, `form`, `lang`, `since`, `until`."""

    @wraps(command)
    def wrapped(*args: object, **given: object) -> None:
        command(*args, **(given | {"store": _store_meant(given)}))

    asked: _Command = wrapped
    for option in (
        click.option("--store", default=None, metavar="STORE", help="The reports of a store instead of files: nothing is coded again."),
        click.option("--judgements", type=click.Path(exists=True, dir_okay=False), default=None, metavar="FILE",
                     help="Decisions on pairs of events (JSON lines: a, b, decision same|different|undecided, at)."),
        click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default=None,
                     help="Default: table on a terminal, jsonl in a pipe."),
        click.option("--lang", type=click.Choice(["ko", "en"]), default="ko", show_default=True, help="Language of the table."),
        click.option("--since", default="", metavar="DATE", callback=_day, help="From this day on (YYYY-MM-DD)."),
        click.option("--until", default="", metavar="DATE", callback=_day, help="Up to this day (YYYY-MM-DD)."),
    ):  # fmt: skip
        asked = option(asked)
    return asked


def _store_meant(given: dict[str, object]) -> object:
    """The store, unless files are named and it only stands in the settings."""
    words = given.get("words", ())
    files = given.get("sources") or [w for w in (words if isinstance(words, tuple) else ()) if w == "-" or Path(w).exists()]
    told = click.get_current_context().get_parameter_source("store") is ParameterSource.COMMANDLINE
    return given["store"] if told or not files else None


def _day(_context: click.Context, parameter: click.Parameter, value: str) -> str:
    from datetime import date

    if not value:
        return ""
    try:
        date.fromisoformat(value)
    except ValueError:
        raise click.UsageError(f"--{parameter.name} {value!r} is not a day; write it as YYYY-MM-DD, for example 2023-10-20.") from None
    return value


def read_reports(sources: Sequence[str], store: str | None = None, *, versions: bool = False) -> tuple[list[Report], bool]:
    """The reports of files and directories (or of a store; `versions`: only of addresses with several), in their order, and
    whether some could not be read (each is named on standard error)."""
    from sacho.coding import report_of

    if store is not None:
        with opened(sources, store) as kept:
            from sacho.store.reports import read_reports as reports_of

            return list(reports_of(kept, versions=versions)), False
    if not sources:
        raise click.UsageError("name the reports: files, directories or - for standard input.")
    letters: list[DeadLetter] = []
    reports = []
    shown = sys.stderr.isatty()
    for done, coding in enumerate(code_each(read(sources, stdin=sys.stdin.buffer), letters), start=1):
        reports.append(report_of(coding))
        if shown and done % _PROGRESS_EVERY == 0:
            click.echo("\r", err=True, nl=False)
            say(f"{count(done, 'report')} read", nl=False)
    if shown and len(reports) >= _PROGRESS_EVERY:
        click.echo("\r", err=True, nl=False)
        say(f"{count(len(reports), 'report')} read")
    tell(letters)
    return reports, bool(letters)


@contextmanager
def opened(sources: Sequence[str], store: str) -> Iterator[Store]:
    """A store to read reports from. Files beside it are refused."""
    from sacho.store.connect import StoreError, open_store

    if sources:
        remedy = f"leave out {sources[0]}, or keep it with `sacho code --store {store} {sources[0]}`"
        raise click.UsageError(f"--store takes the reports of the store; {remedy}.")
    try:
        with open_store(store) as kept:
            yield kept
    except StoreError as error:
        raise click.ClickException(str(error)) from None


def read_resolved(
    sources: Sequence[str], judgements: str | None, *, store: str | None, since: str = "", until: str = ""
) -> tuple[Resolved, bool]:
    """The happenings of files and directories, or of a store, and whether some could not be read. Of a store they are taken as it resolved
    them, as far as the days ask for; with decisions of a file they are resolved anew."""
    if store is None:
        reports, broken = read_reports(sources)
        return resolve(reports, judgements), broken
    if judgements is not None:
        return resolve(read_reports(sources, store)[0], judgements, store), False
    from sacho.store.reports import read_resolved as resolved_of

    with opened(sources, store) as kept:
        return resolved_of(kept, since=since, until=until), False


def resolve(reports: Sequence[Report], judgements: str | None, store: str | None = None) -> Resolved:
    """The happenings of the reports under the decisions of a file, after those of a store."""
    from sacho.annotate.resources import load_resources
    from sacho.resolve.happenings import resolve_reports

    resources = load_resources()
    decided = _judgements(judgements)
    if store is not None:
        from sacho.store.reports import read_judgements

        with opened((), store) as kept:
            decided = [*read_judgements(kept), *decided]
    try:
        return resolve_reports(reports, resources.lexicon, resources.predicates, decided)
    except ValueError as error:
        raise click.ClickException(f"{judgements}: {error}") from None


def _judgements(path: str | None) -> list[Judgement]:
    out = []
    for number, line in enumerate(Path(path).read_bytes().splitlines() if path else (), start=1):
        if line.strip():
            try:
                out.append(msgspec.json.decode(line, type=Judgement))
            except msgspec.DecodeError as error:
                raise click.ClickException(f"{path}, line {number}: is no judgement ({error}); give a, b, decision and at.") from None
    return out


def is_table(form: str | None) -> bool:
    """Whether people read the output."""
    return form == "table" if form else sys.stdout.isatty()


def print_lines(records: Iterable[Record]) -> None:
    """One JSON object a line."""
    stream = _stdout()
    for record in records:
        stream.write(msgspec.json.encode(record).decode() + "\n")


def print_table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, keep: Sequence[int] = (0,)) -> None:
    """A table under a title; columns in `keep` are never folded. Says so if there are no rows."""
    from rich.console import Console
    from rich.table import Table

    stream = _stdout()
    console = Console(file=stream, width=None if stream.isatty() else _WIDTH)
    table = Table(title=_plain(title) or None, title_justify="left", pad_edge=False)
    for number, head in enumerate(heads):
        table.add_column(head, overflow="fold", no_wrap=number in keep)
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007
        table.add_row(*(_plain(cell) for cell in row))
    if count:
        console.print(table)
    else:
        console.print(f"{title}: –" if title else "–", highlight=False, markup=False)


def finish(broken: bool) -> None:
    """Exit status 1 if a report could not be read."""
    if broken:
        sys.exit(1)


def choose(lang: str, ko: Sequence[str], en: Sequence[str]) -> Sequence[str]:
    """The heads of a table in its language."""
    return ko if lang == "ko" else en


def _plain(cell: str) -> str:
    return cell.replace("[", r"\[")


def _stdout() -> TextIO:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    return sys.stdout
