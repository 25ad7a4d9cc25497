"""A whole run: the corpus planned, what is done left aside, the rest given to an engine, and the count kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

import msgspec

from sacho.batch import storage
from sacho.batch.identity import program_key
from sacho.batch.shard_job import DONE, Receipt, ShardJob, finished
from sacho.batch.shards import CHARACTERS, SUFFIXES, Shard, plan
from sacho.batch.supervisor import Done, Job
from sacho.records import Record


class Engine(Protocol):
    """Whoever does jobs: processes of this machine, or Ray tasks."""

    def map(self, jobs: Iterable[Job]) -> Iterator[Done]: ...


class Options(Record):
    """What a run does. `form` is `parquet` or `jsonl`; `retry` does shards again that
    hold dead letters; `characters` is the size of a shard; `sparing` passes over sentences that can tell of no event."""

    form: str = "parquet"
    retry: bool = False
    characters: int = CHARACTERS
    sparing: bool = False


class Progress(Record):
    """Where a run stands. `share` is the part of the input that is done, kept shards counted; `rate` is reports a second
    of the time with work, `left` the seconds that remain at that rate of input; both 0 until known."""

    reports: int = 0
    failed: int = 0
    events: int = 0
    shards: int = 0
    kept: int = 0
    repeated: int = 0
    share: float = 0.0
    seconds: float = 0.0
    rate: float = 0.0
    left: float = 0.0
    lost: tuple[str, ...] = ()


def run(
    sources: Sequence[str], out: str, engine: Engine, options: Options | None = None,
    *, clock: Callable[[], float] = time.monotonic, on_done: Callable[[Progress, Done], None] = lambda p, d: None,
) -> Progress:  # fmt: skip
    """Read the reports at `sources` (files, folders or patterns, at any fsspec address) into `out`. What is done already is left
    aside, so a run that was ended goes on where it stood. `on_done` hears of every shard. `lost` of the result names the
    shards that could not be done. Raises `StorageError` for an address that cannot be used."""
    options = options or Options()
    entries = [entry for source in sources for entry in storage.listed(source, SUFFIXES)]
    tally = _Tally(entries, out, options, clock)
    try:
        for done in engine.map(tally.jobs()):
            tally.take(done)
            on_done(tally.progress, done)
    finally:
        for left in list(storage.stale(out)):  # of workers that were killed while they wrote, in this run or before
            storage.remove(left)
    return tally.progress


class _Tally:
    """What is done, is being done, and was done before."""

    def __init__(self, entries: Sequence[storage.Entry], out: str, options: Options, clock: Callable[[], float]) -> None:
        self.entries, self.out, self.options, self.clock = entries, out, options, clock
        self.key = program_key((options.form, *(["sparing"] if options.sparing else [])))
        self.done = finished(storage.names(storage.joined(out, DONE)), self.key)
        self.total = max(sum(entry.size for entry in entries), 1)
        self.sizes = {entry.address: entry.size / self.total for entry in entries}
        self.weights: dict[str, float] = {}
        self.seen: set[str] = set()
        self.began = clock()
        self.worked = 0.0  # share of the input done in this run
        self.progress = Progress()

    def jobs(self) -> Iterator[Job]:
        for shard in plan(self.entries, characters=self.options.characters):
            share = shard.weight * self.sizes[shard.source]
            if shard.id in self.seen:
                self._change(repeated=self.progress.repeated + 1, share=self.progress.share + share)
                continue
            self.seen.add(shard.id)
            if self._kept(shard):
                self._change(kept=self.progress.kept + 1, share=self.progress.share + share)
                continue
            self.weights[shard.id] = share
            yield ShardJob(shard=shard, out=self.out, key=self.key, form=self.options.form, sparing=self.options.sparing)

    def take(self, done: Done) -> None:
        share = self.weights.pop(done.job)
        self.worked += share
        seconds = self.clock() - self.began
        if isinstance(done.result, Receipt):
            receipt, now = done.result, self.progress
            self._change(
                reports=now.reports + receipt.reports, failed=now.failed + receipt.failed,
                events=now.events + receipt.events, shards=now.shards + 1,
            )  # fmt: skip
        else:
            self._change(lost=(*self.progress.lost, f"shard {done.job} could not be done: {done.failed}"))
        all_done = self.progress.share + share
        self._change(
            share=all_done, seconds=seconds, rate=self.progress.reports / seconds if seconds else 0.0,
            left=max(0.0, (1 - all_done) * seconds / self.worked) if self.worked else 0.0,
        )  # fmt: skip

    def _kept(self, shard: Shard) -> bool:
        name = self.done.get(shard.id)
        return name is not None and not (self.options.retry and not name.endswith(".0.json"))

    def _change(self, **changes: object) -> None:
        self.progress = msgspec.structs.replace(self.progress, **changes)
