"""One shard: read, annotate, write. The same on every engine."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from sacho.batch import storage
from sacho.batch.reports import annotate_batch
from sacho.batch.results import NO_MONTH, OUTPUT, Failure, Result, from_batch, to_batch
from sacho.batch.shards import Shard, Slice, slices
from sacho.records import Record

DONE, DEAD = "_done", "_dead"  # folders of receipts and of dead letters below the output
_RECEIPT = re.compile(r"(?P<shard>[0-9a-f]+)\.(?P<key>[0-9a-f]+)\.(?P<dead>\d+)\.json")


class Receipt(Record):
    """What a finished shard holds; written last, so a shard with a receipt is whole. `parts` are its files below the
    output, `months` the reports of each month."""

    shard: str
    key: str
    source: str
    parts: tuple[str, ...]
    reports: int
    failed: int
    events: int
    months: dict[str, int]


class ShardJob(Record):
    """A shard to be done. `key` is the version of the program, its data and its options; `form` is `parquet` or `jsonl`;
    `skipped` are reports (by number) that killed their worker, with what is written in their place."""

    shard: Shard
    out: str
    key: str
    form: str = "parquet"
    sparing: bool = False
    skipped: dict[int, Failure] = msgspec.field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.shard.id

    def without(self, number: int, failure: Failure) -> ShardJob:
        """The same job, one report left out."""
        return msgspec.structs.replace(self, skipped={**self.skipped, number: failure})

    def run(self, before: Callable[[int], None]) -> Receipt:
        """Do it. `before` is told the number of each report before it is read, and -1 when all are. Raises OSError if the input cannot be
        read or the output not written."""
        batches = [self._annotated(part, before) for part in slices(self.shard)]
        before(-1)  # what follows is no report's doing: a slow disk must not count against the last one
        table = pa.Table.from_batches(batches, schema=OUTPUT)
        kept = table.filter(pa.compute.is_null(table["error"]))
        months = _counts(kept["month"].to_pylist())
        parts = tuple(self._write_month(kept, month) for month in months)
        failed = table.filter(pa.compute.is_valid(table["error"]))
        self._write_dead(failed)
        receipt = Receipt(
            shard=self.id, key=self.key, source=self.shard.source, parts=parts, reports=table.num_rows,
            failed=failed.num_rows, months=months,
            events=int(pa.compute.sum(pa.compute.list_value_length(table["events"])).as_py() or 0),
        )  # fmt: skip
        self._replace_receipt(receipt)
        return receipt

    def _annotated(self, part: Slice, before: Callable[[int], None]) -> pa.RecordBatch:
        left_out = self._left_out(part)
        rows = [n for n in range(part.rows.num_rows) if n not in left_out]
        batch = annotate_batch(
            part.rows.take(rows), origin=self.shard.source, before=lambda n: before(part.start + rows[n]),
            sparing=self.sparing,
        )
        if not left_out:
            return batch
        read = dict(zip(rows, from_batch(batch), strict=True))
        return to_batch([left_out.get(n) or read[n] for n in range(part.rows.num_rows)])

    def _left_out(self, part: Slice) -> dict[int, Result]:
        out: dict[int, Result] = {}
        for n, reason in part.broken.items():
            out[n] = self._dead(part, n, Failure(stage="ingest", reason=reason))
        for number, failure in self.skipped.items():
            n = number - part.start
            if 0 <= n < part.rows.num_rows:
                out[n] = self._dead(part, n, failure)
        return out

    def _dead(self, part: Slice, n: int, failure: Failure) -> Result:
        given = part.rows["id"][n].as_py() or ""
        origin = f"{self.shard.source}#{given or part.start + n}"
        return Result(given=given, origin=origin, month=NO_MONTH, error=failure)

    def _write_month(self, table: pa.Table, month: str) -> str:
        part = f"month={month}/{self.id}.{self.form}"
        rows = table.filter(pa.compute.equal(table["month"], month))
        data = parquet_bytes(rows) if self.form == "parquet" else line_bytes(rows)
        storage.write(storage.joined(self.out, part), data)
        return part

    def _write_dead(self, table: pa.Table) -> None:
        if table.num_rows:
            data = line_bytes(table.drop_columns(["annotated", "events"]))
            storage.write(storage.joined(self.out, DEAD, f"{self.id}.jsonl"), data)
        else:
            storage.remove(storage.joined(self.out, DEAD, f"{self.id}.jsonl"))

    def _replace_receipt(self, receipt: Receipt) -> None:
        """Write the receipt; then take away what an earlier version of the program left of this shard."""
        folder = storage.joined(self.out, DONE)
        name = receipt_name(receipt)
        old = [n for n in storage.names(folder) if n.startswith(f"{self.id}.") and n != name]
        stale = {p for n in old for p in msgspec.json.decode(storage.read(storage.joined(folder, n)), type=Receipt).parts}
        storage.write(storage.joined(folder, name), msgspec.json.encode(receipt))
        for n in old:
            storage.remove(storage.joined(folder, n))
        for part in sorted(stale - set(receipt.parts)):
            storage.remove(storage.joined(self.out, part))


def receipt_name(receipt: Receipt) -> str:
    """`SHARD.KEY.FAILED.json`: a listing tells what is done, without opening anything."""
    return f"{receipt.shard}.{receipt.key}.{receipt.failed}.json"


def finished(names: Iterable[str], key: str) -> dict[str, str]:
    """Of the names in the folder of receipts, those of one version: shard id to name."""
    found = (_RECEIPT.fullmatch(name) for name in names)
    return {m["shard"]: m[0] for m in found if m is not None and m["key"] == key}


def parquet_bytes(table: pa.Table) -> bytes:
    """A Parquet file, the same bytes for the same rows."""
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", row_group_size=1024)
    return sink.getvalue()


def line_bytes(table: pa.Table) -> bytes:
    """JSON lines, one report a line."""
    return b"".join(msgspec.json.encode(row) + b"\n" for row in table.to_pylist())


def _counts(months: list[str]) -> dict[str, int]:
    return {month: months.count(month) for month in sorted(set(months))}
