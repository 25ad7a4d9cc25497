"""The one function over one batch of reports, the same for every engine."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from types import TracebackType

import pyarrow as pa

from sacho.annotate.resources import Resources, load_resources
from sacho.batch.results import NO_MONTH, Failure, Result, month_of, to_batch
from sacho.coding import code_document
from sacho.ingest.drafts import Draft, Piece, to_document
from sacho.ingest.errors import Unreadable
from sacho.records import Document

_STAGE = "sacho.annotate."


def annotate_batch(
    batch: pa.RecordBatch, *, origin: str = "batch", resources: Resources | None = None,
    before: Callable[[int], None] | None = None, sparing: bool = False,
) -> pa.RecordBatch:  # fmt: skip
    """Read a batch of reports: rows (id, published, outlet, url, title, text; all but `text` may be missing) to as many
    rows of schema `OUTPUT`, in their order. A report that fails is a row with `error`; nothing is raised for what a
    report holds. `before` is
    told the number of each row before it is read; `origin` is where the batch stood; `sparing` as in `annotate`.
    """
    resources = resources or load_resources()
    results = []
    for number, row in enumerate(batch.to_pylist()):
        if before is not None:
            before(number)
        results.append(read_report(row, origin, number, resources, sparing=sparing))
    return to_batch(results)


def read_report(
    row: dict[str, str | None], origin: str, number: int, resources: Resources, *, sparing: bool = False
) -> Result:
    """One report of a batch."""
    given = row.get("id") or ""
    place = f"{origin}#{given or number}"
    document: Document | None = None
    try:
        document = _document(row, place)
        coding = code_document(document, resources, sparing=sparing)
    except Unreadable as error:
        return _failed(given, place, Failure(stage="ingest", reason=error.reason(place)))
    except Exception as error:  # a fault of ours in one report must not stop the run
        fault = f"{type(error).__name__}: {error}".splitlines()[0]
        reason = f"{place} could not be coded ({fault}); leave it out, and please report this with its text."
        words = "".join(traceback.format_exception(error, limit=-20))
        return _failed(given, place, Failure(stage=_stage(error.__traceback__), reason=reason, traceback=words))
    return Result(
        given=given, origin=place, month=month_of(coding.annotated), annotated=coding.annotated, events=coding.events
    )


def _failed(given: str, place: str, failure: Failure) -> Result:
    return Result(given=given, origin=place, month=NO_MONTH, error=failure)


def _document(row: dict[str, str | None], place: str) -> Document:
    draft = Draft(
        pieces=(Piece(text=row.get("text") or ""),), title=row.get("title"), outlet=row.get("outlet"),
        published=row.get("published"), url=row.get("url"),
    )  # fmt: skip
    return to_document(draft, origin=place)


def _stage(trace: TracebackType | None) -> str:
    """The stage that failed: the module of `annotate` that was entered, or the layer beside it."""
    stage = "ingest"
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        if module.startswith(_STAGE):
            return module.removeprefix(_STAGE)
        if module.startswith("sacho.resolve"):
            stage = "resolve"
        trace = trace.tb_next
    return stage
