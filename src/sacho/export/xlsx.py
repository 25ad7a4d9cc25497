"""A workbook: events, the words that prove them, who took part, contradictions. Every cell is text or a number, never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from sacho.export.flat import CSV_COLUMNS, cells, typed
from sacho.export.outcome import Exported, Tally
from sacho.records import Event

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MAX_ROWS = 1_048_576  # of a sheet, its head included
MAX_CELL = 32_767  # UTF-16 units of a cell
_EPOCH = datetime(2000, 1, 1)  # a workbook wants a time of making; ours does not depend on the clock
_SHEETS = {
    "events": CSV_COLUMNS,
    "evidence": ("event", "field", "quote", "document", "start", "end", "rule"),
    "participants": ("event", "side", "rank", "name", "as_written", "name_en", "country", "sector", "office", "role", "id"),
    "conflicts": ("event", "field", "value", "sources", "block", "quote", "document", "start", "end"),
}
_WIDE = frozenset({"quote", "words", "gloss_en", "gloss_ko", "actor", "recipient", "participants", "as_written"})
_Cell = str | float | int | None


def write_xlsx(events: Iterable[Event], out: BinaryIO) -> Exported:
    """Written row by row (memory does not grow with the events). A sheet that is full goes on in another (`evidence 2`).

    A cell holds 32,767 characters; a longer one is cut and ends in `…`.
    """
    import xlsxwriter

    tally = Tally("xlsx")
    book = xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": "Sacho", "created": _EPOCH})
    sheets = {name: _Sheets(book, name, columns) for name, columns in _SHEETS.items()}
    for event in events:
        row = typed(dict(zip(CSV_COLUMNS, cells(event), strict=True)))
        sheets["events"].add(row.values())
        for name, rows in _details(event):
            for values in rows:
                sheets[name].add(values)
        tally.out()
    book.close()
    return tally.done()


class _Sheets:
    """The sheets of one table: one, and more if it fills up."""

    def __init__(self, book: Workbook, name: str, columns: tuple[str, ...]) -> None:
        self._book, self._name, self._columns = book, name, columns
        self._head = book.add_format({"bold": True})
        self._count = 0
        self._sheet = self._begin()

    def add(self, values: Iterable[_Cell]) -> None:
        if self._row == MAX_ROWS:
            self._sheet = self._begin()
        for column, value in enumerate(values):
            if isinstance(value, str):
                self._sheet.write_string(self._row, column, _fitting(value))
            elif value is not None:
                self._sheet.write_number(self._row, column, value)
        self._row += 1

    def _begin(self) -> Worksheet:
        self._count += 1
        sheet = self._book.add_worksheet(self._name if self._count == 1 else f"{self._name} {self._count}")
        for column, name in enumerate(self._columns):
            sheet.set_column(column, column, 40 if name in _WIDE else 14)
            sheet.write_string(0, column, name, self._head)
        sheet.freeze_panes(1, 0)
        self._row = 1
        return sheet


def _details(event: Event) -> Iterator[tuple[str, Iterator[tuple[_Cell, ...]]]]:
    yield "evidence", ((event.id, e.field, e.quote, e.document, e.start, e.end, e.rule) for e in event.evidence)
    yield "participants", (
        (event.id, side, p.rank, p.name, p.as_written, p.name_en, p.country, p.sector, p.office, p.role, p.id)
        for side, people in (("actor", event.actor), ("recipient", event.recipient), ("participant", event.participants))
        for p in people
    )
    yield "conflicts", (
        (event.id, c.field, v.value, " > ".join(v.sources), v.block, v.evidence.quote, v.evidence.document, v.evidence.start,
         v.evidence.end)
        for c in event.conflicts for v in c.values
    )  # fmt: skip


def _fitting(value: str) -> str:
    if len(value.encode("utf-16-le")) // 2 <= MAX_CELL:
        return value
    cut = value.encode("utf-16-le")[: 2 * (MAX_CELL - 1)].decode("utf-16-le", errors="ignore")
    return cut + "…"
