"""The function over one batch, and its records as Arrow."""

from __future__ import annotations

import pyarrow as pa
import pytest

from sacho.annotate.resources import Resources
from sacho.batch import INPUT, OUTPUT, annotate_batch, codings, from_batch
from sacho.batch.columns import arrow_type
from sacho.coding import code_document
from sacho.ingest import document_from_text, read
from tests.batch.corpora import reports


def rows_of(documents):  # type: ignore[no-untyped-def]
    return [{"id": str(n), "published": d.published, "outlet": d.outlet, "url": d.url, "text": d.text} for n, d in enumerate(documents)]


def test_a_batch_gives_the_records_of_its_reports_one_by_one(resources: Resources, example_paths) -> None:  # type: ignore[no-untyped-def]
    documents = [document_from_text(d.text, origin='', outlet=d.outlet, published=d.published) for d in read(example_paths)]
    batch = annotate_batch(pa.RecordBatch.from_pylist(rows_of(documents), schema=INPUT), resources=resources)
    assert batch.schema == OUTPUT
    for document, coding in zip(documents, codings(from_batch(batch)), strict=True):
        alone = code_document(document, resources)
        assert coding.events == alone.events
        assert coding.annotated.quotes == alone.annotated.quotes
        assert coding.annotated.tokens == alone.annotated.tokens
        assert coding.annotated.claims == alone.annotated.claims


def test_columns_that_are_missing_are_empty_ones(resources: Resources) -> None:
    batch = pa.RecordBatch.from_pylist([{"text": reports(1)[0]["text"]}])
    (result,) = from_batch(annotate_batch(batch, resources=resources))
    assert (result.given, result.month, result.error) == ("", "unknown", None)


def test_a_report_that_fails_is_a_row_with_stage_and_reason(resources: Resources) -> None:
    rows = [*reports(1), {"id": "empty", "text": " "}, {"id": "zero", "text": "가\0나"}, {"id": "day", "text": "그가 왔다.", "published": "어제"}]
    first, *bad = from_batch(annotate_batch(pa.RecordBatch.from_pylist(rows, schema=INPUT), origin="in.parquet", resources=resources))
    assert first.error is None and first.events
    for result in bad:
        assert result.error is not None and result.annotated is None
        assert result.error.stage == "ingest"
        assert result.error.reason.startswith(f"in.parquet#{result.given} ")


def test_a_fault_of_a_stage_is_told_with_the_stage_and_its_traceback(resources: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError("by design")

    monkeypatch.setattr("sacho.annotate.sentences._breaks", break_down)
    (result,) = from_batch(annotate_batch(pa.RecordBatch.from_pylist(reports(1), schema=INPUT), resources=resources))
    assert result.error is not None
    assert result.error.stage == "sentences"
    assert "by design" in result.error.traceback and "by design" in result.error.reason


def test_what_no_record_holds_has_no_column() -> None:
    with pytest.raises(TypeError, match="no Arrow type"):
        arrow_type(set[str])
