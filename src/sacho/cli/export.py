"""`sacho export`: events in another program's format."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
from click.core import ParameterSource

from sacho.cli.inputs import Inputs, StoreInputs
from sacho.cli.reports import tell
from sacho.cli.selecting import asked_first, selecting
from sacho.cli.speech import count, say
from sacho.export import FORMATS, Exported, write
from sacho.export.target import inside, written

_NAME = "sacho-events"
_OF_REVIEW = {
    "gold": "of a store: reviewed reports as gold reports (docs/gold.md), into the directory of --out",
    "proposals": "of a store: what corrections say that the lexicon lacks; its tables with --out DIR",
}
_ABOUT = "\n".join(f"  {name:9} {about}" for name, about in ({n: f.about for n, f in FORMATS.items()} | _OF_REVIEW).items())


@click.command("export", epilog=f"\b\nFormats:\n{_ABOUT}")
@click.argument("form", type=click.Choice((*FORMATS, *_OF_REVIEW)), metavar="FORMAT")
@click.argument("sources", nargs=-1, metavar="FILE|DIR|- ...")
@click.option("--out", type=click.Path(path_type=Path),
              help="Write to this file, or into this directory; standard output if absent.")  # fmt: skip
@click.option("--each", is_flag=True, help="One file a report, into the directory of --out.")
@click.option("--published", metavar="DATE", help="Day of publication (YYYY-MM-DD); inferred from the text if absent.")
@click.option("--outlet", metavar="NAME", help="The outlet that published the report; with --store: only its reports.")
@click.option("--exact", is_flag=True, help="csv for programs: cells are not guarded, no byte order mark.")
@click.option("--title", default="", help="Title of the page (html).")
@click.option("--lang", type=click.Choice(["ko", "en"]), default="ko", show_default=True, help="Language of html and ical.")
@click.option("--store", metavar="STORE", help="Export from a store instead of reports; the options below choose among its events.")
@click.option("--all", "whole", is_flag=True,
              help="jsonl of a store: everything in it, reports with their text and judgements too; `sacho load` reads it.")  # fmt: skip
@click.option("--coder", default="review", show_default=True, metavar="NAME", help="gold: whose reading.")
@selecting
def command(
    form: str, sources: tuple[str, ...], out: Path | None, each: bool, published: str | None, outlet: str | None, exact: bool,
    title: str, lang: str, store: str | None, whole: bool, coder: str, **asked: object,
) -> None:  # fmt: skip
    """Write events in FORMAT.

    The sources are reports, which are coded, or the JSON lines that `sacho code` wrote, which are taken as they are. What a
    format cannot hold is left out and counted on standard error.

    Exit status: 0 all read, 1 something could not be read (each is named, the rest is exported), 2 wrong usage.
    """
    if sources and click.get_current_context().get_parameter_source("store") is not ParameterSource.COMMANDLINE:
        store = None  # it only stands in the settings
    _check(form, sources, store, whole=whole, asked=asked, published=published, outlet=outlet)
    if form in _OF_REVIEW:
        if store is None or asked_first(asked):
            raise click.UsageError(f"{form} is made of all that was judged in a store; name it with --store STORE, without other choices.")
        from sacho.cli.second import export_review

        return export_review(form, store, out, coder)
    if exact and form != "csv":
        raise click.UsageError(f"--exact is a flavour of csv; leave it out for {form}.")
    if each and (out is None or not out.is_dir()):
        raise click.UsageError("--each writes one file a report; name an existing directory with --out.")
    if store is not None:
        chosen = asked | {"outlet": (outlet,)} if outlet else asked
        return _from_store(form, store, out, chosen, whole=whole, each=each, exact=exact, title=title, lang=lang)
    inputs = Inputs(sources, outlet=outlet, published=published, stdin=sys.stdin.buffer)
    _write(form, inputs, out, each=each, exact=exact, title=title, lang=lang)
    if inputs.letters:
        sys.exit(1)


def _check(
    form: str, sources: tuple[str, ...], store: str | None, *, whole: bool, asked: Mapping[str, object], published: str | None,
    outlet: str | None,
) -> None:  # fmt: skip
    if store is None:
        if whole or asked_first(asked):
            option = "--all" if whole else asked_first(asked)
            raise click.UsageError(f"{option} chooses among the events of a store; name one with --store STORE.")
        if not sources:
            raise click.UsageError(
                "Nothing to export; name reports or a file of event records (FILE, DIR or - for standard input), or --store STORE."
            )
    elif sources or published:
        raise click.UsageError("--store exports what the store holds; leave out files and --published.")
    elif whole and (form != "jsonl" or asked_first(asked) or outlet):
        raise click.UsageError("--all writes the whole store as jsonl; leave out what chooses among its events, and take the format jsonl.")


def _from_store(
    form: str, store: str, out: Path | None, asked: Mapping[str, object], *, whole: bool, each: bool, exact: bool, title: str, lang: str
) -> None:
    from sacho.exchange.dump import dump
    from sacho.store import SelectionError, StoreError, open_store

    try:
        with open_store(store) as opened:
            if whole:
                with _target(form, out) as stream:
                    say(f"{count(dump(opened, stream), 'report')} written")
            else:
                _write(form, StoreInputs(opened, asked), out, each=each, exact=exact, title=title, lang=lang)
    except (StoreError, SelectionError) as error:
        raise click.ClickException(str(error)) from None


def _write(form: str, inputs: Inputs | StoreInputs, out: Path | None, *, each: bool, exact: bool, title: str, lang: str) -> None:
    if each and out is not None:
        done = _each(form, inputs, out, exact=exact, title=title, lang=lang)
    else:
        with _target(form, out) as stream:
            done = [write(form, inputs.events(), stream, documents=inputs.documents, lang=lang, exact=exact, title=title)]
    tell(inputs.letters)
    _say(done, inputs.rejected)


@contextmanager
def _target(form: str, out: Path | None) -> Iterator[BinaryIO]:
    """Standard output, a file, or a file of our own naming in a directory. A file gets its name when it is whole."""
    if out is None:
        if FORMATS[form].binary and sys.stdout.isatty():
            raise click.UsageError(f"{form} is no text for a terminal; write it to a file with --out FILE.")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with written(inside(out, _NAME, FORMATS[form].suffix) if out.is_dir() else out) as stream:
            yield stream
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written ({error.strerror}); make room or choose another place.") from None


def _each(form: str, inputs: Inputs | StoreInputs, out: Path, *, exact: bool, title: str, lang: str) -> list[Exported]:
    """One file a report, named after where the report came from and its id."""
    done = []
    for report, events in inputs.reports():
        document = inputs.documents.get(report)
        name = f"{Path(document.origin).stem}-{report}" if document is not None else report
        with _target(form, inside(out, name, FORMATS[form].suffix)) as stream:
            known = {} if document is None else {report: document}
            done.append(write(form, events, stream, documents=known, lang=lang, exact=exact, title=title))
    return done


def _say(done: Iterable[Exported], rejected: int) -> None:
    """What went out and what did not, on standard error."""
    left: Counter[str] = Counter()
    events = rows = 0
    for one in done:
        events, rows = events + one.events, rows + one.rows
        left.update(one.left_out)
    say(f"{count(events, 'event')} read, {events - left.total()} exported as {count(rows, 'row')}")
    if rejected:
        say(f"  {rejected} left out: rejected in review; --review rejected exports them")
    for reason, many in sorted(left.items()):
        say(f"  {many} left out: {reason}")
