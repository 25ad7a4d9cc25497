"""Events as lines of other programs' formats."""

from sacho.export.flat import CSV_COLUMNS, csv_rows
from sacho.export.jsonl import encode

__all__ = ["CSV_COLUMNS", "csv_rows", "encode"]
