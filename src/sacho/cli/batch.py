"""`sacho batch`: a whole corpus, on every processor of this machine or of a cluster."""

from __future__ import annotations

import os
import sys
import time

import click

from sacho.cli.speech import count, say

_EVERY = 10.0  # seconds between two lines of progress where nobody watches a terminal


@click.command("batch")
@click.argument("sources", nargs=-1, required=True, metavar="IN...")
@click.argument("out", metavar="OUT")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True,
              help="Processes of this machine, or Ray tasks (sacho[ray]).")  # fmt: skip
@click.option("--address", metavar="HOST:PORT", help="A Ray cluster that runs already; without it one is started here.")
@click.option("--workers", type=click.IntRange(1), help="Processes at work; default: one for each processor.")
@click.option("--format", "form", type=click.Choice(["parquet", "jsonl"]), default="parquet", show_default=True,
              help="What is written: one row or line a report.")  # fmt: skip
@click.option("--sparing", is_flag=True, help="Pass over sentences that can tell of no event: no other layers are kept of them.")
@click.option("--retry", is_flag=True, help="Do shards again that hold dead letters.")
@click.option("--time-limit", type=click.FloatRange(min=1), default=60.0, show_default=True, metavar="SECONDS", help="For one report.")
@click.option("--shard-characters", type=click.IntRange(1000), metavar="N", help="Size of a shard in characters; default 400,000.")
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def command(
    sources: tuple[str, ...], out: str, engine: str, address: str | None, workers: int | None, form: str,
    sparing: bool, retry: bool, time_limit: float, shard_characters: int | None, quiet: bool,
) -> None:  # fmt: skip
    """Read a corpus (Parquet or JSONL, at any path or address) into OUT, partitioned by month.

    Columns: text, and if known id, published, outlet, url, title. A run that was stopped, by an interrupt or by a crash, goes
    on where it stood when the same command is given again. Reports that fail go to OUT/_dead with stage and traceback.

    Exit status: 0 all read, 1 some reports or shards could not be read, 2 wrong usage, 130 stopped by an interrupt.
    """
    from sacho.batch.run import Options, run
    from sacho.batch.shards import CHARACTERS
    from sacho.batch.storage import StorageError

    if address is not None and engine == "local":
        raise click.UsageError("--address is for --engine ray; leave it out or add --engine ray.")
    options = Options(form=form, sparing=sparing, retry=retry, characters=shard_characters or CHARACTERS)
    shown = _Shown(quiet=quiet)
    try:
        progress = run(sources, out, _engine(engine, address, workers or _processors(), time_limit), options, on_done=shown)
    except StorageError as error:
        raise click.UsageError(str(error)) from None
    except KeyboardInterrupt:
        click.echo(err=True)
        say("sacho: stopped; what is finished is kept. Give the same command again to go on.")
        sys.exit(130)
    shown.end(progress)
    for line in progress.lost:
        say(f"sacho: {line}; give the same command again to try once more.")
    if progress.failed:
        say(f"sacho: {count(progress.failed, 'report')} failed; see {out}/_dead, and try again with --retry.")
    sys.exit(1 if progress.failed or progress.lost else 0)


def _engine(engine: str, address: str | None, workers: int, limit: float):  # type: ignore[no-untyped-def]  # Local | OnRay
    if engine == "local":
        from sacho.batch.supervisor import Local

        return Local(workers, limit=limit)
    from sacho.batch.on_ray import OnRay

    return OnRay(workers, address=address, limit=limit)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Shown:
    """Progress on standard error: one line, rewritten on a terminal; a line now and then elsewhere."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet, self.live, self.last = quiet, sys.stderr.isatty(), 0.0

    def __call__(self, progress: object, done: object) -> None:
        now = time.monotonic()
        if self.quiet or (not self.live and now - self.last < _EVERY):
            return
        self.last = now
        click.echo(("\r\x1b[K" if self.live else "") + _line(progress), err=True, nl=not self.live)

    def end(self, progress: object) -> None:
        if not self.quiet:
            click.echo(("\r\x1b[K" if self.live else "") + _line(progress), err=True)


def _line(p: object) -> str:
    from sacho.batch.run import Progress

    assert isinstance(p, Progress)
    parts = [f"{p.share:.0%}", f"{p.reports:,} reports", f"{p.events:,} events", f"{p.rate:.1f} reports/s"]
    if p.left > 1:
        parts.append(f"{_clock(p.left)} left")
    for many, words in ((p.kept, "shards kept"), (p.repeated, "shards repeated"), (p.failed, "failed"), (len(p.lost), "shards lost")):
        if many:
            parts.append(f"{many:,} {words}")
    return ", ".join(parts)


def _clock(seconds: float) -> str:
    hours, rest = divmod(int(seconds), 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}"
