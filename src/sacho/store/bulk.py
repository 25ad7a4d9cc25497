"""Many rows at once: tuples straight to the driver, COPY where there is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, func, select, text

from sacho.store.tables import entity_name, metadata, participant

_T = TypeVar("_T")
_COLUMNS = [c.name for c in participant.columns]
_ENTITY, _NAMES = _COLUMNS.index("entity"), (_COLUMNS.index("name"), _COLUMNS.index("name_en"))
_MOST_SQLITE = 990  # bound values in a statement that every SQLite takes
_MOST_VALUES = 5000  # bound values in one statement


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert rows, each a tuple in the order of the table's columns."""
    if not rows:
        return
    columns = ", ".join(f'"{c.name}"' for c in table.columns)
    if connection.dialect.name == "sqlite":
        _insert_sqlite(connection, f"INSERT INTO {table.name} ({columns}) VALUES ", len(table.columns), rows)
        return
    raw = connection.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:  # type: ignore[union-attr]
        for row in rows:
            copy.write_row(row)


def _insert_sqlite(connection: Connection, statement: str, width: int, rows: Sequence[tuple[object, ...]]) -> None:
    """Several rows a statement, which spares a sixth of the time of one each."""
    one = f"({', '.join('?' * width)})"
    at_once = min(_MOST_SQLITE // width, len(rows))
    whole = len(rows) - len(rows) % at_once
    several = [tuple(chain.from_iterable(rows[i : i + at_once])) for i in range(0, whole, at_once)]
    connection.exec_driver_sql(statement + ", ".join([one] * at_once), several)
    if rest := list(rows[whole:]):
        connection.exec_driver_sql(statement + one, rest)


def insert_batch(
    connection: Connection, batch: dict[str, list[tuple[object, ...]]], noted: set[tuple[object, object]] | None = None
) -> int:
    """Insert rows by table name, tables that others point to first. Returns how many. `noted` are (name, entity) that the caller has
    seen noted already; it grows."""
    count = 0
    for table in metadata.sorted_tables:
        rows = batch.get(table.name, [])
        insert_rows(connection, table, rows)
        count += len(rows)
    _name_entities(connection, batch.get(participant.name, []), set() if noted is None else noted)
    return count


def _name_entities(connection: Connection, people: Iterable[tuple[object, ...]], noted: set[tuple[object, object]]) -> None:
    """Note under which names the entities of participant rows are known, as far as they are not `noted` yet."""
    found = {(row[at], row[_ENTITY]) for row in people for at in _NAMES if row[at]} - noted
    if not found:
        return
    noted |= found
    rows = [{"name": name, "entity": entity} for name, entity in sorted(found)]
    statement = f"INSERT INTO {entity_name.name} (name, entity) VALUES (:name, :entity) ON CONFLICT DO NOTHING"
    connection.execute(text(statement), rows)


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


def columns_of(connection: Connection, query: Select[Any], *, at_once: int = 100_000) -> Iterator[tuple[tuple[Any, ...], ...]]:
    """What a query finds as columns, so many rows at a time, straight from the driver."""
    cursor = connection.execute(query).cursor
    assert cursor is not None  # a select has one
    while rows := cursor.fetchmany(at_once):
        yield tuple(zip(*rows, strict=True))
