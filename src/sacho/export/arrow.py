"""Events as an Arrow table and as Parquet: nested, nothing flattened away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from sacho.export.outcome import Exported, Tally
from sacho.records import Event

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_A_GROUP = 20_000


def write_parquet(events: Iterable[Event], out: BinaryIO) -> Exported:
    """Parquet, zstd, in row groups of 20,000 events, so that memory does not grow with their number."""
    import pyarrow.parquet as pq

    tally = Tally("parquet")
    with pq.ParquetWriter(out, arrow_schema(), compression="zstd") as writer:
        for batch in _batches(events, tally):
            writer.write_batch(batch)
    return tally.done()


def to_arrow(events: Iterable[Event]) -> pa.Table:
    """One row an event, its columns the fields of the codebook's section 6; lists and structs stay lists and structs.

    An absent word is an empty string, an absent number null.
    """
    import pyarrow as pa

    return pa.Table.from_batches(_batches(events, Tally("arrow")), schema=arrow_schema())


@cache
def arrow_schema() -> pa.Schema:
    """Types of the columns: written down once here, so that an empty selection has them too."""
    import pyarrow as pa

    text, words, integer, real = pa.string(), pa.list_(pa.string()), pa.int32(), pa.float64()
    person = pa.struct([(n, text) for n in ("id", "name", "as_written", "name_en", "country", "sector", "office", "role")]
                       + [("rank", integer)])  # fmt: skip
    place = pa.struct([("id", text), ("name", text), ("name_en", text), ("within", words), ("country", text), ("lat", real),
                       ("lon", real), ("precision", text)])  # fmt: skip
    proof = pa.struct([("document", text), ("field", text), ("start", integer), ("end", integer), ("quote", text), ("rule", text)])
    version = pa.struct([("value", text), ("sources", words), ("block", text), ("evidence", proof)])
    return pa.schema([
        ("id", text), ("kind", text), ("type", text), ("mode", text), ("contexts", words), ("status", text),
        ("symmetric", pa.bool_()), ("actor", pa.list_(person)), ("recipient", pa.list_(person)),
        ("participants", pa.list_(person)), ("date", text), ("time", text), ("place", place), ("instrument", text),
        ("topic", words), ("sources", words), ("outlets", words), ("confidence", real), ("cameo", text), ("goldstein", real),
        ("quad", integer), ("rule", text), ("evidence", pa.list_(proof)),
        ("conflicts", pa.list_(pa.struct([("field", text), ("values", pa.list_(version))]))),
        ("gloss", pa.struct([("en", text), ("ko", text)])),
    ])  # fmt: skip


def _batches(events: Iterable[Event], tally: Tally) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    stream = iter(events)
    while group := list(islice(stream, ROWS_A_GROUP)):
        rows = msgspec.to_builtins(group)
        yield pa.RecordBatch.from_pylist(rows, schema=arrow_schema())
        for _ in group:
            tally.out()
