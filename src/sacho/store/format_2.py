"""From format 1 to 2: a copy of the facet cube in the store, and the names of entities. Written out, as later formats change the tables."""

from __future__ import annotations

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Connection, Integer, LargeBinary, Text
from sqlalchemy.dialects.postgresql import TEXT as PG_TEXT


def to_2(connection: Connection) -> None:
    """Two tables more; the second is filled, the first by the next who counts."""
    operations = Operations(MigrationContext.configure(connection))
    words = Text().with_variant(PG_TEXT(collation="C"), "postgresql")
    operations.create_table(
        "facet_column", Column("name", words, primary_key=True), Column("change", Integer, nullable=False),
        Column("record", LargeBinary, nullable=False), sqlite_strict=True,
    )  # fmt: skip
    operations.create_table(
        "entity_name", Column("name", words, primary_key=True), Column("entity", words, primary_key=True), sqlite_strict=True,
        sqlite_with_rowid=False,
    )  # fmt: skip
    operations.execute(
        "INSERT INTO entity_name (name, entity) SELECT name, entity FROM participant WHERE name <> '' "
        "UNION SELECT name_en, entity FROM participant WHERE name_en <> ''"
    )
    if connection.dialect.name == "sqlite":
        operations.execute("PRAGMA user_version=2")
