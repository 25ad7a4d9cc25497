"""CSV, XLSX, Parquet and JSON lines, read by pandas, polars and openpyxl: safe in a spreadsheet, and the same words."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from sacho.export import CSV_COLUMNS, read_csv, write
from sacho.export import xlsx as workbook
from sacho.export.flat import guard, unguard
from sacho.records import Event
from tests.export.samples import ALL, DOCUMENTS, HOSTILE, HOSTILES, MEETING, STATEMENT, variant

_EXECUTED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


def _bytes(form: str, events: tuple[Event, ...], **options: bool) -> bytes:
    out = io.BytesIO()
    done = write(form, events, out, documents=DOCUMENTS, **options)
    assert (done.events, sum(done.left_out.values())) == (len(events), 0)
    return out.getvalue()


# ---------------------------------------------------------------- csv


def test_no_cell_of_the_guarded_csv_begins_as_a_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(_bytes("csv", HOSTILES).decode("utf-8-sig"))))
    numbers = {"confidence", "lat", "lon", "goldstein", "quad"}
    assert [c for row in rows for name, c in row.items() if name not in numbers and c.strip(" \u3000").startswith(_EXECUTED)] == []


def test_the_guarded_csv_gives_the_same_words_back() -> None:
    rows = list(read_csv(io.BytesIO(_bytes("csv", HOSTILES))))
    assert [r["instrument"] for r in rows] == list(HOSTILE)
    assert {r["actor"] for r in rows} == {"세르게이 라브로프"}


def test_pandas_reads_the_exact_csv_word_by_word() -> None:
    frame = pd.read_csv(io.BytesIO(_bytes("csv", HOSTILES, exact=True)), dtype=str, keep_default_na=False)
    assert tuple(frame.columns) == CSV_COLUMNS and list(frame["instrument"]) == list(HOSTILE)


def test_polars_reads_the_exact_csv_word_by_word() -> None:
    frame = pl.read_csv(_bytes("csv", HOSTILES, exact=True), infer_schema=False)
    assert frame["instrument"].to_list() == list(HOSTILE)


def test_numbers_of_the_csv_are_numbers_for_pandas() -> None:
    frame = pd.read_csv(io.BytesIO(_bytes("csv", ALL)))
    assert list(frame["goldstein"].dropna()) == [1.0, 1.9, 1.9, 1.0, -7.2, 4.0, -8.0]


def test_the_spreadsheet_csv_begins_with_a_byte_order_mark_and_the_exact_one_does_not() -> None:
    assert _bytes("csv", ALL).startswith(b'\xef\xbb\xbf"id"') and _bytes("csv", ALL, exact=True).startswith(b'"id"')


@given(st.text())
def test_a_guarded_cell_is_safe_and_comes_back_whole(cell: str) -> None:
    guarded = guard("words", cell)
    assert unguard(guarded) == cell and not guarded.lstrip(" \u3000").startswith(_EXECUTED)


# ---------------------------------------------------------------- xlsx


def test_every_cell_of_the_workbook_is_text_or_a_number_and_no_formula_or_link() -> None:
    book = openpyxl.load_workbook(io.BytesIO(_bytes("xlsx", HOSTILES)))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert {c.data_type for c in cells} == {"s", "n"}
    assert [c.coordinate for c in cells if c.hyperlink] == []


def test_the_workbook_holds_the_words_as_they_are() -> None:
    book = openpyxl.load_workbook(io.BytesIO(_bytes("xlsx", HOSTILES)), read_only=True)
    column = CSV_COLUMNS.index("instrument")
    # `_x0041_` is the format's own escape of A; it is written `_x005F_x0041_`, which openpyxl hands over undecoded.
    found = [unescape(row[column]) for row in book["events"].iter_rows(min_row=2, values_only=True)]
    assert found == list(HOSTILE)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), min_size=1))
def test_any_words_survive_the_workbook(words: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(_bytes("xlsx", (variant("e1", instrument=words),))), read_only=True)
    assert unescape(next(book["events"].iter_rows(min_row=2, values_only=True))[CSV_COLUMNS.index("instrument")]) == words


def test_pandas_reads_the_sheets_of_evidence_participants_and_contradictions() -> None:
    sheets = pd.read_excel(io.BytesIO(_bytes("xlsx", (MEETING, STATEMENT))), sheet_name=None)
    assert list(sheets) == ["events", "evidence", "participants", "conflicts"]
    evidence = sheets["evidence"]
    assert [DOCUMENTS[d].text[a:b] for d, a, b in zip(evidence["document"], evidence["start"], evidence["end"], strict=True)] == list(evidence["quote"])
    assert list(sheets["participants"]["side"][:3]) == ["actor", "recipient", "participant"]
    assert list(sheets["conflicts"]["value"]) == ["2023-10-19", "2023-10-20"]


def test_a_full_sheet_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 4)
    book = openpyxl.load_workbook(io.BytesIO(_bytes("xlsx", ALL)))
    pages = [name for name in book.sheetnames if name.startswith("events")]
    ids = [row[0] for name in pages for row in book[name].iter_rows(min_row=2, values_only=True)]
    assert pages == ["events", "events 2", "events 3"] and ids == [e.id for e in ALL]


# ---------------------------------------------------------------- parquet, json lines


def test_polars_reads_the_parquet_with_its_structure() -> None:
    frame = pl.read_parquet(io.BytesIO(_bytes("parquet", ALL)))
    assert frame["id"].to_list() == [e.id for e in ALL]
    assert frame["actor"][0].to_list()[0]["name_en"] == "Sergey Lavrov"
    assert frame["place"][0]["within"] == ["평양", "북한"] and frame["place"][2] is None
    assert frame["evidence"].list.len().to_list() == [4] * len(ALL)


def test_pandas_reads_the_parquet_word_by_word() -> None:
    frame = pd.read_parquet(io.BytesIO(_bytes("parquet", HOSTILES)))
    assert list(frame["instrument"]) == list(HOSTILE)


def test_an_empty_parquet_has_all_columns() -> None:
    assert pl.read_parquet(io.BytesIO(_bytes("parquet", ()))).columns == pl.read_parquet(io.BytesIO(_bytes("parquet", ALL))).columns


def test_pandas_reads_the_json_lines() -> None:
    frame = pd.read_json(io.BytesIO(_bytes("jsonl", ALL)), lines=True)
    assert list(frame["id"]) == [e.id for e in ALL]


def test_a_parquet_row_holds_what_the_json_line_holds() -> None:
    line = json.loads(_bytes("jsonl", (MEETING,)))
    (row,) = pl.read_parquet(io.BytesIO(_bytes("parquet", (MEETING,)))).to_dicts()
    assert row == line
