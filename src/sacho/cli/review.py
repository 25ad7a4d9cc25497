"""`sacho review`: look at events, judge them, take judgements back."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime

import click
import msgspec


@click.group("review")
def command() -> None:
    """Judge events; every judgement is kept, and every one can be taken back."""


_FORM = click.option("--format", "form", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl in a pipe.")
_LANG = click.option("--lang", type=click.Choice(["ko", "en"]), default="ko", show_default=True, help="Language of the table.")
_CODERS = click.option("--coder", "coders", multiple=True, metavar="NAME",
                       help="Only these (sacho: the program, review: the reviewers; default: the program and all imported).")  # fmt: skip


@command.command("list")
@click.argument("store", metavar="STORE")
@click.option("--disagreements", "differing", is_flag=True, help="Events on which coders differ instead.")
@_CODERS
@click.option("--field", "fields", multiple=True, metavar="FIELD", help="--disagreements: only on this field (event: is there one).")
@click.option("--settled", is_flag=True, help="--disagreements: those too that somebody judged.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@_FORM
@_LANG
def list_queue(
    store: str, differing: bool, coders: tuple[str, ...], fields: tuple[str, ...], settled: bool, limit: int, form: str | None, lang: str
) -> None:
    """Events nobody looked at, those first where a look is worth most; or those on which coders differ."""
    from sacho.cli.across import is_table, print_lines
    from sacho.cli.second import list_disagreements

    if differing:
        return list_disagreements(store, coders, fields=fields, settled=settled, limit=limit, form=form, lang=lang)
    if coders or fields or settled:
        raise click.UsageError("--coder, --field and --settled choose among disagreements; add --disagreements.")
    from sacho.cli.events import print_events
    from sacho.review import queue
    from sacho.store.connect import StoreError, open_store

    try:
        with open_store(store) as opened:
            lines = queue(opened, limit=limit)
    except StoreError as error:
        raise click.ClickException(str(error)) from None
    if is_table(form):
        print_events(lines, lang)
    else:
        print_lines(line.event for line in lines)


@command.command("import")
@click.argument("store", metavar="STORE")
@click.argument("sources", nargs=-1, required=True, metavar="IN...")
@click.option("--coder", required=True, metavar="NAME", help="Whose reading it is: a person or a program.")
def import_reading(store: str, sources: tuple[str, ...], coder: str) -> None:
    """Keep what another coder read in the same reports: JSON lines of the codebook's events, or a folder of gold reports.

    Exit status: 0 all kept, 1 some could not be (each is named on standard error), 2 wrong usage.
    """
    from sacho.cli.second import import_from

    import_from(store, sources, coder=coder, at=_now())


@command.command("agreement")
@click.argument("store", metavar="STORE")
@_CODERS
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@_LANG
def tell_agreement(store: str, coders: tuple[str, ...], form: str, lang: str) -> None:
    """How far coders agree: Krippendorff's alpha of every field, and kappa and F1 of every two coders."""
    from sacho.cli.second import print_agreement

    print_agreement(store, coders, form=form, lang=lang)


@command.command("judge")
@click.argument("store", metavar="STORE")
@click.argument("decision", type=click.Choice(["accepted", "corrected", "rejected", "unsure", "same", "different", "undecided"]))
@click.argument("events", nargs=-1, required=True, metavar="EVENT...")
@click.option("--field", default="", help="corrected: which field.")
@click.option("--value", default="null", help="corrected: its value, as JSON.")
@click.option("--other", default="", metavar="EVENT", help="same, different, undecided: the other event.")
@click.option("--by", default=getpass.getuser, help="Who judges (default: the user's name).")
@click.option("--note", default="")
def judge_events(
    store: str, decision: str, events: tuple[str, ...], field: str, value: str, other: str, by: str, note: str
) -> None:
    """Judge one event or several in one act; prints the id of the act."""
    from sacho.store.connect import StoreError, open_store
    from sacho.store.judging import judge

    try:
        plain = msgspec.json.decode(value)
    except msgspec.DecodeError:
        raise click.UsageError(f"--value {value} is not JSON; write words in quotation marks, for example '\"2018-05-31\"'.") from None
    try:
        with open_store(store) as opened:
            click.echo(judge(opened, events, decision, by=by, at=_now(), note=note, field=field, value=plain, other=other))
    except StoreError as error:
        raise click.ClickException(str(error)) from None


@command.command("undo")
@click.argument("store", metavar="STORE")
@click.argument("act", required=False, default="")
@click.option("--by", default=getpass.getuser, help="Whose last act (default: the user's name).")
def undo_act(store: str, act: str, by: str) -> None:
    """Take back an act, or your last one; prints the id of the undo, which can be taken back too."""
    from sacho.store.connect import StoreError, open_store
    from sacho.store.judging import undo

    try:
        with open_store(store) as opened:
            click.echo(undo(opened, by=by, at=_now(), batch=act))
    except StoreError as error:
        raise click.ClickException(str(error)) from None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
