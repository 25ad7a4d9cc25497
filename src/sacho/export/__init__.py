"""Events in other programs' formats."""

from sacho.export.flat import CSV_COLUMNS, csv_rows, read_csv
from sacho.export.formats import FORMATS, Format, write
from sacho.export.jsonl import encode
from sacho.export.outcome import Exported

__all__ = ["CSV_COLUMNS", "FORMATS", "Exported", "Format", "csv_rows", "encode", "read_csv", "write"]
