"""From format 2 to 3: whose word each stretch of a report is. It fills when reports are coded again. Written out, as later formats change
the tables."""

from __future__ import annotations

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Connection, ForeignKey, Integer, Text
from sqlalchemy.dialects.postgresql import TEXT as PG_TEXT


def to_3(connection: Connection) -> None:
    """One table more."""
    operations = Operations(MigrationContext.configure(connection))
    words = Text().with_variant(PG_TEXT(collation="C"), "postgresql")
    operations.create_table(
        "attribution", Column("document", Integer, ForeignKey("document.number"), primary_key=True, autoincrement=False),
        Column("record", words, nullable=False), sqlite_strict=True,
    )  # fmt: skip
    if connection.dialect.name == "sqlite":
        operations.execute("PRAGMA user_version=3")
