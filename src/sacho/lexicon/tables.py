"""Read one table of the lexicon, strictly: every column known, every id once, every cell of the right kind."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import TypeVar

import msgspec

from sacho.records import Record

Row = TypeVar("Row", bound=Record)
COLUMNS = {"since": "from", "until": "to", "cls": "class"}  # fields whose column is called otherwise
_KEYS = ("id", "form")


class LexiconError(ValueError):
    """A malformed entry; the message names file, line, id and remedy."""


def read_table(name: str, row: type[Row]) -> list[Row]:
    """The rows of `data/<name>` in file order. Raises `LexiconError`."""
    return parse_table((files("sacho.lexicon") / "data" / name).read_text(encoding="utf-8"), name, row)


def parse_table(text: str, name: str, row: type[Row]) -> list[Row]:
    """The rows of a CSV text. `name` is what the error messages call it. Raises `LexiconError`."""
    lines = csv.reader(text.splitlines())
    fields = msgspec.structs.fields(row)
    wanted = [COLUMNS.get(f.name, f.name) for f in fields]
    header = next(lines, [])
    if sorted(header) != sorted(wanted):
        odd = sorted(set(header) ^ set(wanted)) or header
        raise LexiconError(
            f"{name}, line 1: columns {', '.join(odd)} are missing, unknown or doubled; they must be {','.join(wanted)}."
        )
    order = [header.index(column) for column in wanted]
    kinds = [_kind(f.type) for f in fields]
    out = list(_rows(lines, name, row, order=order, names=[f.name for f in fields], kinds=kinds))
    _unique(out, name)
    return out


def _kind(annotation: object) -> str:
    if annotation is str:
        return "text"
    return "number" if annotation == (float | None) else "list"


def _rows(
    lines: Iterable[list[str]], name: str, row: type[Row], *, order: Sequence[int], names: Sequence[str],
    kinds: Sequence[str],
) -> Iterator[Row]:  # fmt: skip
    for number, cells in enumerate(lines, start=2):
        if len(cells) != len(order):
            raise LexiconError(
                f"{name}, line {number} ({cells[0] if cells else 'empty'}): {len(cells)} cells instead of {len(order)};"
                " quote a cell that holds a comma."
            )
        values = {
            field: _value(cells[at], kind, name, number, cells[0])
            for field, at, kind in zip(names, order, kinds, strict=True)
        }
        yield row(**values)


def _value(cell: str, kind: str, name: str, line: int, key: str) -> object:
    if cell != cell.strip():
        raise LexiconError(f"{name}, line {line} ({key}): {cell!r} has a blank at its edge; delete it.")
    if kind == "text":
        return cell
    if kind == "list":
        return tuple(cell.split("|")) if cell else ()
    if not cell:
        return None
    try:
        return float(cell)
    except ValueError:
        raise LexiconError(f"{name}, line {line} ({key}): {cell!r} is no number; give decimal degrees.") from None


def _unique(rows: Sequence[Record], name: str) -> None:
    key = next((k for k in _KEYS if rows and hasattr(rows[0], k)), "")
    seen: set[str] = set()
    for number, row in enumerate(rows, start=2):
        value = getattr(row, key) if key else ""
        if key and (not value or value in seen):
            what = f"the {key} {value!r} stands twice" if value else f"the {key} is empty"
            raise LexiconError(f"{name}, line {number}: {what}; give each row its own.")
        seen.add(value)
