"""The corpus cut into shards: some hundreds of reports each, the unit of work, of resume and of failure.

Where a shard ends follows from the reports themselves, so a report put into a file changes the shard it stands in and no
other. Its id is a hash of what it holds: a rerun knows what is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from sacho.batch import storage
from sacho.batch.results import INPUT
from sacho.ingest.errors import Unreadable
from sacho.ingest.formats import json_draft
from sacho.records import Record

SUFFIXES = (".parquet", ".jsonl", ".jsonl.gz")
CHARACTERS = 400_000  # a shard's size by default: about 300 reports, ten seconds of one core
MAX_LINE = 32_000_000  # bytes of one JSONL line
_SLICE = 64  # reports read at once
_MARKS = 16  # a shard that is large enough ends at one report in so many


class Shard(Record):
    """`start` and `end` are rows of row group `group` of a Parquet file, or bytes of a JSONL file (`group` is -1).
    `weight` is its share of the bytes of its file."""

    id: str
    source: str
    group: int
    start: int
    end: int
    reports: int
    weight: float


class Slice(Record):
    """Reports read together; `start` is the number of the first within its shard. `broken` are the rows whose line could
    not be read, with the reason."""

    start: int
    rows: pa.RecordBatch
    broken: dict[int, str] = msgspec.field(default_factory=dict)


def plan(entries: Iterable[storage.Entry], *, characters: int = CHARACTERS) -> Iterator[Shard]:
    """The shards of files, in order, as they are asked for: memory does not grow with the corpus. Raises `StorageError` for
    a file that is not what its name says."""
    for entry in entries:
        if entry.address.endswith(".parquet"):
            yield from _plan_parquet(entry, characters)
        else:
            yield from _plan_lines(entry, characters)


def slices(shard: Shard) -> Iterator[Slice]:
    """The reports of a shard, some at a time."""
    yield from (_parquet_slices(shard) if shard.group >= 0 else _line_slices(shard))


class _Cut:
    """A shard in the making."""

    def __init__(self, characters: int) -> None:
        self.characters = characters
        self.clear(0)

    def clear(self, start: int) -> None:
        self.start, self.reports, self.size, self.hash = start, 0, 0, blake2b(digest_size=10)

    def add(self, content: bytes, size: int) -> bool:
        """Take a report in; whether the shard ends with it."""
        self.hash.update(len(content).to_bytes(8, "big") + content)
        self.reports += 1
        self.size += size
        if self.size < self.characters // 2:
            return False
        mark = blake2b(content, digest_size=4).digest()
        return self.size >= 2 * self.characters or int.from_bytes(mark, "big") % _MARKS == 0

    def shard(self, source: str, group: int, end: int, weight: float) -> Shard:
        return Shard(id=self.hash.hexdigest(), source=source, group=group, start=self.start, end=end,
                     reports=self.reports, weight=weight)  # fmt: skip


def _plan_parquet(entry: storage.Entry, characters: int) -> Iterator[Shard]:
    with storage.opened(entry.address) as stream:
        file = _parquet(stream, entry.address)
        cut = _Cut(characters)
        share = 1 / max(file.metadata.num_rows, 1)
        for group in range(file.metadata.num_row_groups):
            cut.clear(0)
            row = 0
            for batch in file.iter_batches(batch_size=_SLICE, row_groups=[group], columns=_columns(file)):
                for values in batch.to_pylist():
                    row += 1
                    if cut.add(msgspec.json.encode(_texts(values)), len(values["text"] or "")):
                        yield cut.shard(entry.address, group, row, cut.reports * share)
                        cut.clear(row)
            if cut.reports:
                yield cut.shard(entry.address, group, row, cut.reports * share)


def _plan_lines(entry: storage.Entry, characters: int) -> Iterator[Shard]:
    with storage.opened(entry.address) as stream:
        cut = _Cut(characters)
        at = 0
        whole = max(entry.size * (4 if entry.address.endswith(".gz") else 1), 1)
        while line := stream.readline(MAX_LINE):
            at += len(line)
            if line.strip() and cut.add(line, len(line) // 2):
                yield cut.shard(entry.address, -1, at, (at - cut.start) / whole)
                cut.clear(at)
        if cut.reports:
            yield cut.shard(entry.address, -1, at, (at - cut.start) / whole)


def _parquet(stream: object, address: str) -> pq.ParquetFile:
    try:
        file = pq.ParquetFile(stream, buffer_size=1 << 20, pre_buffer=False)
    except pa.ArrowInvalid as error:
        raise storage.StorageError(f"{address} is no Parquet file ({error}); write it again or leave it out.") from None
    if "text" not in file.schema_arrow.names:
        raise storage.StorageError(f"{address} has no column `text`; its columns are {', '.join(file.schema_arrow.names)}.")
    return file


def _columns(file: pq.ParquetFile) -> list[str]:
    return [name for name in INPUT.names if name in file.schema_arrow.names]


def _texts(values: dict[str, object]) -> dict[str, str | None]:
    return {name: None if values.get(name) is None else str(values[name]) for name in INPUT.names}


def _parquet_slices(shard: Shard) -> Iterator[Slice]:
    with storage.opened(shard.source) as stream:
        file = _parquet(stream, shard.source)
        row = 0
        for batch in file.iter_batches(batch_size=_SLICE, row_groups=[shard.group], columns=_columns(file)):
            first, last = max(shard.start - row, 0), min(shard.end - row, batch.num_rows)
            if first < last:
                kept = [_texts(values) for values in batch.slice(first, last - first).to_pylist()]
                yield Slice(start=row + first - shard.start, rows=pa.RecordBatch.from_pylist(kept, schema=INPUT))
            row += batch.num_rows
            if row >= shard.end:
                return


def _line_slices(shard: Shard) -> Iterator[Slice]:
    with storage.opened(shard.source) as stream:
        stream.seek(shard.start)
        at, number = shard.start, 0
        rows: list[dict[str, str | None]] = []
        broken: dict[int, str] = {}
        while at < shard.end and (line := stream.readline(MAX_LINE)):
            place = f"{shard.source}, byte {at}"
            at += len(line)
            if not line.strip():
                continue
            try:
                rows.append(_parsed(line))
            except Unreadable as error:
                broken[number + len(rows)] = error.reason(place)
                rows.append({})
            if len(rows) == _SLICE:
                yield Slice(start=number, rows=pa.RecordBatch.from_pylist(rows, schema=INPUT), broken=broken)
                number, rows, broken = number + len(rows), [], {}
        if rows:
            yield Slice(start=number, rows=pa.RecordBatch.from_pylist(rows, schema=INPUT), broken=broken)


def _parsed(line: bytes) -> dict[str, str | None]:
    if not line.endswith(b"\n") and len(line) >= MAX_LINE:
        raise Unreadable(f"is longer than {MAX_LINE:,} bytes", "split it into its reports")
    draft, given = json_draft(line)
    return {
        "id": given or None, "published": draft.published, "outlet": draft.outlet, "url": draft.url, "title": draft.title,
        "text": "".join(piece.text for piece in draft.pieces),
    }  # fmt: skip
