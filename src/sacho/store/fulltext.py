"""The full-text index: what goes in. SQLite keeps a contentless FTS5 table, PostgreSQL four columns of tsvector."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from sacho.store.bulk import chunks, insert_rows
from sacho.store.reading import Reading
from sacho.store.tables import document, morphemes
from sacho.store.words import packed, plain, streams

COLUMNS = ("reading", "reading_parts", "wording", "wording_parts")
_MOST_POSITION = 16383  # PostgreSQL's last position in a text


def index_documents(connection: Connection, readings: Sequence[Reading]) -> None:
    """Index documents that are in the store and not yet in the index. Each reading has its morphemes."""
    numbers: dict[str, int] = {}
    for some in chunks(r.document.id for r in readings):
        query = select(document.c.id, document.c.number).where(document.c.id.in_(some))
        numbers |= {identity: number for identity, number in connection.execute(query)}
    kept: list[tuple[object, ...]] = []
    found: list[tuple[object, ...]] = []
    for reading in readings:
        if reading.morphemes is None:
            continue
        number = numbers[reading.document.id]
        kept.append((number, reading.morphemes.tokenizer, packed(reading.morphemes)))
        found.append((number, *streams(reading.morphemes, reading.document.text)))
    insert_rows(connection, morphemes, kept)
    if not found:
        return
    names = ", ".join(COLUMNS)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"INSERT INTO search (rowid, {names}) VALUES (?, ?, ?, ?, ?)", found)
        return
    raw = connection.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(f"COPY search (document, {names}) FROM STDIN") as copy:  # type: ignore[union-attr]
        for row in found:
            number_of, *texts = row
            copy.write_row((number_of, *(_vector(str(t)) for t in texts)))


def _vector(stream: str) -> str:
    """A stream in the notation of tsvector: `'역사':1 '문제':2`, of letters and digits only, whatever another program gave."""
    words = (plain(word) for word in stream.split())
    return " ".join(f"'{word}':{min(i, _MOST_POSITION)}" for i, word in enumerate(words, start=1) if word)
