"""Small corpora, jobs that go wrong, and the fingerprint of an output."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sacho.batch.results import Failure
from sacho.batch.shard_job import ShardJob
from sacho.batch.supervisor import Done
from sacho.records import Record

SENTENCES = (
    "김정은 국무위원장이 {day}일 평양에서 라브로프 러시아 외무장관을 접견했다.",
    "최선희 외무상은 {day}일 베이징을 방문해 왕이 외교부장과 회담했다.",
    "통일부는 {day}일 북한의 미사일 발사를 강하게 규탄했다.",
    "{day}일 서울의 낮 기온은 {day}도까지 올라 맑은 날씨가 이어졌다.",
)


def reports(count: int) -> list[dict[str, str]]:
    return [
        {
            "id": f"r{n}", "published": f"2024-{n % 3 + 1:02}-{n % 27 + 2:02}", "outlet": "새벽신문(가상)",
            "text": " ".join(s.format(day=n % 27 + 1) for s in SENTENCES[n % 4 :]) + f" 이것은 {n}번째 소식이다.",
        }
        for n in range(count)
    ]  # fmt: skip


def write_lines(path: Path, rows: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def write_parquet(path: Path, rows: list[dict[str, str]], group: int = 16) -> Path:
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=group)
    return path


def digest(folder: Path) -> str:
    """One hash over the names and the bytes of everything below a folder."""
    made = blake2b()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        made.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return made.hexdigest()


class Poisoned(Record):
    """A shard one report of which kills its worker, or never ends, every time. `at` is the report's number in the shard
    `shard`."""

    job: ShardJob
    shard: str
    at: int
    how: str

    @property
    def id(self) -> str:
        return self.job.id

    def without(self, number: int, failure: Failure) -> Poisoned:
        return Poisoned(job=self.job.without(number, failure), shard=self.shard, at=self.at, how=self.how)

    def run(self, before: Callable[[int], None]) -> object:
        def begin(number: int) -> None:
            before(number)
            if self.job.id == self.shard and number == self.at:
                time.sleep(600) if self.how == "sleeps" else os.kill(os.getpid(), signal.SIGKILL)

        return self.job.run(begin)


class Poisoning:
    """An engine whose jobs are poisoned."""

    def __init__(self, engine: object, shard: str, at: int, how: str) -> None:
        self.engine, self.shard, self.at, self.how = engine, shard, at, how

    def map(self, jobs):  # type: ignore[no-untyped-def]
        return self.engine.map(Poisoned(job=job, shard=self.shard, at=self.at, how=self.how) for job in jobs)


class Killing:
    """An engine each of whose workers is killed once: a report that is there at two deaths would be taken for their cause."""

    def __init__(self, engine: object, times: int) -> None:
        self.engine, self.times = engine, times
        self.killed: list[int] = []

    def map(self, jobs):  # type: ignore[no-untyped-def]
        for done in self.engine.map(jobs):
            yield done
            if len(self.killed) < self.times:
                victim = self.engine.pids()[len(self.killed)]
                os.kill(victim, signal.SIGKILL)
                self.killed.append(victim)


class Here:
    """An engine that does one job after another in this process, to compare with; it stops after `most` jobs."""

    def __init__(self, most: int = 1 << 30) -> None:
        self.most = most

    def map(self, jobs):  # type: ignore[no-untyped-def]
        for n, job in enumerate(jobs):
            if n == self.most:
                raise KeyboardInterrupt
            yield Done(job=job.id, worker=os.getpid(), result=job.run(lambda number: None))
