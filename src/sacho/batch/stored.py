"""What a batch run wrote, read back."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pyarrow.parquet as pq

from sacho.batch import storage
from sacho.batch.results import Result, from_batch
from sacho.batch.shard_job import DEAD, DONE, Receipt

_ROWS = 64  # read at once


def parts(out: str) -> list[str]:
    """Addresses of the finished parts of a run's output, sorted. A part without a receipt is not finished and not told."""
    folder = storage.joined(out, DONE)
    receipts = (msgspec.json.decode(storage.read(storage.joined(folder, n)), type=Receipt) for n in storage.names(folder))
    return sorted(storage.joined(out, part) for receipt in receipts for part in receipt.parts)


def read_results(out: str) -> Iterator[Result]:
    """The results of a run, some at a time; memory does not grow with the run. Raises `StorageError` if there is none."""
    found = parts(out)
    if not found:
        raise storage.StorageError(f"{out} holds no finished results; give the folder that `sacho batch` wrote to.")
    for address in found:
        yield from part_results(address)


def part_results(address: str) -> Iterator[Result]:
    """The results of one part."""
    with storage.opened(address) as stream:
        if address.endswith(".jsonl"):
            for line in stream:
                yield msgspec.json.decode(line, type=Result)
        else:
            for batch in pq.ParquetFile(stream).iter_batches(batch_size=_ROWS):
                yield from from_batch(batch)


def dead_letters(out: str) -> Iterator[Result]:
    """Reports that could not be read, with stage, reason and traceback."""
    folder = storage.joined(out, DEAD)
    for name in storage.names(folder):
        for line in storage.read(storage.joined(folder, name)).splitlines():
            yield msgspec.json.decode(line, type=Result)
