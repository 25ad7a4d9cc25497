"""What a batch run yields for each report: one row of nested records, in Arrow, Parquet and JSON lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import pyarrow as pa

from sacho.batch.columns import arrow_type, to_column
from sacho.coding import Coding
from sacho.records import AnnotatedDocument, Event, Record

NO_MONTH = "unknown"

INPUT = pa.schema([(name, pa.string()) for name in ("id", "published", "outlet", "url", "title", "text")])


class Failure(Record):
    """Why a report has no records: the stage that failed (`ingest`, a stage of `annotate`, `resolve`, `crash`, `time`),
    one sentence, and the traceback."""

    stage: str
    reason: str
    traceback: str = ""


class Result(Record):
    """One report. `given` is the id it came with, `origin` where it stood, `month` the month of its publication
    (`unknown` if not settled). `annotated` is absent, and `error` there, if the report failed."""

    given: str
    origin: str
    month: str
    annotated: AnnotatedDocument | None = None
    events: tuple[Event, ...] = ()
    error: Failure | None = None


OUTPUT = pa.schema([(f.name, arrow_type(f.type)) for f in msgspec.structs.fields(Result)])


def to_batch(results: Sequence[Result]) -> pa.RecordBatch:
    """Results as a record batch of schema `OUTPUT`."""
    columns = [
        to_column([getattr(r, f.name) for r in results], f.type) if f.name in ("annotated", "events", "error")
        else pa.array([getattr(r, f.name) for r in results], type=f.type)
        for f in OUTPUT
    ]  # fmt: skip
    return pa.RecordBatch.from_arrays(columns, schema=OUTPUT)


def from_batch(batch: pa.RecordBatch) -> Iterator[Result]:
    """The results of a record batch of schema `OUTPUT`."""
    for row in batch.to_pylist():
        yield msgspec.convert(row, Result)


def codings(results: Iterable[Result]) -> Iterator[Coding]:
    """Of results, those that have records."""
    for result in results:
        if result.annotated is not None:
            yield Coding(annotated=result.annotated, events=result.events)


def month_of(annotated: AnnotatedDocument) -> str:
    """`2023-10`; `unknown` where the day of publication is not settled."""
    day = annotated.publication.value
    return day[:7] if len(day) >= 7 and day[:7].replace("-", "").isdigit() else NO_MONTH
