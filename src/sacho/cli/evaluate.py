"""`sacho evaluate`: how right the program is, on reports whose right reading is known."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import click

from sacho.cli.speech import say
from sacho.evaluation import (
    GoldError,
    GoldReport,
    agreement,
    compare,
    compare_all,
    digest,
    evaluate,
    read_gold,
    read_second,
    reading_of_gold,
    select,
)
from sacho.evaluation.baseline import baseline_of, read_baseline, shortfalls, write_baseline
from sacho.evaluation.report import as_json, write_agreement, write_evaluation

_Directory = click.Path(exists=True, file_okay=False, path_type=Path)
_File = click.Path(dir_okay=False, path_type=Path)


@click.command("evaluate")
@click.argument("gold", type=_Directory, metavar="GOLD-DIR")
@click.option("--check", "check_only", is_flag=True, help="Only check that the gold files hold together; nothing is coded.")
@click.option("--second", type=_Directory, metavar="DIR", help="Compare with a second coder's ID.json instead of the program.")
@click.option("--baseline", type=_File, metavar="FILE", help="Fail if a figure is worse than the one stored here.")
@click.option("--accept", is_flag=True, help="Write the figures of this run to --baseline.")
@click.option("--by", type=click.Choice(["kind", "phenomenon", "outlet"]), help="Figures by kind, phenomenon or outlet as well.")
@click.option("--only", type=click.Choice(["all", "blind", "dev"]), default="all", show_default=True,
              help="Reports kept aside (blind: yes), those for development, or all.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--errors", type=click.IntRange(min=0), default=10, show_default=True, metavar="N",
              help="How many errors of each cause the table lists; JSON has them all.")  # fmt: skip
def command(
    gold: Path, check_only: bool, second: Path | None, baseline: Path | None, accept: bool, by: str | None, only: str, form: str,
    errors: int,
) -> None:  # fmt: skip
    """Measure the program on the gold reports of a directory (docs/gold.md).

    Exit status: 0 all well, 1 a broken gold file (each fault is named), a report that could not be coded or a figure
    below the baseline, 2 wrong usage.
    """
    if accept and baseline is None:
        raise click.UsageError("--accept writes the figures to a file; name it with --baseline FILE.")
    if second is not None and (baseline is not None or by is not None):
        raise click.UsageError("--second compares two coders; leave out --baseline and --by.")
    try:
        reports = _sound(gold, only)
        if check_only:
            click.echo(f"{len(reports)} reports hold together")
        elif second is not None:
            _agree(reports, second, form=form, errors=errors)
        else:
            _measure(gold, reports, baseline=baseline, accept=accept, by=by or "", only=only, form=form, errors=errors)
    except GoldError as error:
        raise click.ClickException(str(error)) from None


def _sound(gold: Path, only: str) -> tuple[GoldReport, ...]:
    reports, faults = read_gold(gold)
    _stop_at(faults)
    chosen = select(reports, only)
    if not chosen:
        raise GoldError(f"{gold} holds no report for --only {only}; see `blind` in the front matter.")
    return chosen


def _stop_at(faults: Sequence[str]) -> None:
    """Figures of half a gold would mean nothing, so any fault ends the run."""
    for fault in faults:
        say(f"sacho: {fault}")
    if faults:
        sys.exit(1)


def _agree(reports: tuple[GoldReport, ...], directory: Path, *, form: str, errors: int) -> None:
    readings, faults = read_second(directory, reports)
    _stop_at(faults)
    found = agreement([
        compare(reading_of_gold(r.reading, r.document.text), reading_of_gold(readings[r.id], r.document.text),
                text=r.document.text, report=r.id, outlet=r.front.outlet)
        for r in reports if r.id in readings
    ])  # fmt: skip
    if form == "json":
        click.echo(as_json(found), nl=False)
    else:
        write_agreement(found, _stdout(), errors=errors)


def _measure(
    gold: Path, reports: tuple[GoldReport, ...], *, baseline: Path | None, accept: bool, by: str, only: str, form: str, errors: int
) -> None:
    floor = read_baseline(baseline) if baseline is not None and not accept else None
    evaluation = evaluate(compare_all(reports), only=only, by=by, digest=digest(gold, reports))
    if form == "json":
        click.echo(as_json(evaluation), nl=False)
    else:
        write_evaluation(evaluation, _stdout(), errors=errors)
    worse = shortfalls(floor, evaluation) if floor is not None else []
    for line in worse:
        say(f"sacho: {line}")
    broken = [fault for fault in evaluation.faults if fault.cause == "not read"]
    for fault in broken:
        say(f"sacho: {fault.report} could not be coded ({fault.got}).")
    if baseline is not None and accept and not broken:
        write_baseline(baseline, baseline_of(evaluation))
    if worse or broken:
        sys.exit(1)


def _stdout() -> TextIO:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    return sys.stdout
