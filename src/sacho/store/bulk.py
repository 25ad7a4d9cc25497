"""Many rows at once: tuples straight to the driver, COPY where there is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Connection, Table, func, select

from sacho.store.tables import metadata

_T = TypeVar("_T")
_MOST_VALUES = 5000  # bound values in one statement


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert rows, each a tuple in the order of the table's columns."""
    if not rows:
        return
    columns = ", ".join(f'"{c.name}"' for c in table.columns)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(table.columns))
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", list(rows))
        return
    raw = connection.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:  # type: ignore[union-attr]
        for row in rows:
            copy.write_row(row)


def insert_batch(connection: Connection, batch: dict[str, list[tuple[object, ...]]]) -> int:
    """Insert rows by table name, tables that others point to first. Returns how many."""
    count = 0
    for table in metadata.sorted_tables:
        rows = batch.get(table.name, [])
        insert_rows(connection, table, rows)
        count += len(rows)
    return count


def next_number(connection: Connection, table: Table) -> int:
    """The first number that is free; only inside a write transaction."""
    return int(connection.execute(select(func.max(table.c.number))).scalar_one() or 0) + 1


def chunks(values: Iterable[_T]) -> Iterator[list[_T]]:
    """The values, as many at a time as a statement may bind."""
    out: list[_T] = []
    for value in values:
        out.append(value)
        if len(out) == _MOST_VALUES:
            yield out
            out = []
    if out:
        yield out
