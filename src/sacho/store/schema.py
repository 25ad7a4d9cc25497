"""What the tables need beside themselves: views that cut the words, triggers that keep judgements, the full-text index."""

from __future__ import annotations

from sqlalchemy import Connection, text

from sacho.store.tables import metadata

_VIEWS = {
    "evidence_words": """
        SELECT evidence.*, document.id AS document_id,
               substr(document.text, evidence.span_start + 1, evidence.span_end - evidence.span_start) AS words
        FROM evidence JOIN document ON document.number = evidence.document""",
    "claim_words": """
        SELECT claim.*, substr(document.text, claim.span_start + 1, claim.span_end - claim.span_start) AS words
        FROM claim JOIN document ON document.number = claim.document""",
    "quote_words": """
        SELECT quote.*, document.id AS document_id,
               substr(document.text, quote.span_start + 1, quote.span_end - quote.span_start) AS words
        FROM quote JOIN document ON document.number = quote.document""",
    "block_words": """
        SELECT block.*, substr(document.text, block.span_start + 1, block.span_end - block.span_start) AS words
        FROM block JOIN document ON document.number = block.document""",
    "event_line": """
        SELECT event.id, event.date, event.kind, event.status, event.place_name, event.gloss_ko, event.gloss_en, event.confidence,
               event.review, event.standing, event.happening, document.id AS document_id, document.title, document.outlet,
               document.published
        FROM event JOIN document ON document.number = event.document""",
}
_SQLITE_ONLY = (
    """CREATE TRIGGER judgement_stays BEFORE UPDATE ON judgement
       BEGIN SELECT RAISE(ABORT, 'judgements are added, never changed; add another one'); END""",
    """CREATE TRIGGER judgement_remains BEFORE DELETE ON judgement
       BEGIN SELECT RAISE(ABORT, 'judgements are added, never deleted; add an undo'); END""",
    """CREATE VIRTUAL TABLE search USING fts5(reading, reading_parts, wording, wording_parts,
       content='', tokenize="unicode61 remove_diacritics 0")""",
)
_POSTGRESQL_ONLY = (
    """CREATE FUNCTION judgement_stays() RETURNS trigger LANGUAGE plpgsql AS
       $$BEGIN RAISE EXCEPTION 'judgements are added, never changed or deleted; add another one'; END$$""",
    "CREATE TRIGGER judgement_stays BEFORE UPDATE OR DELETE ON judgement FOR EACH ROW EXECUTE FUNCTION judgement_stays()",
    """CREATE TABLE search (document integer PRIMARY KEY REFERENCES document (number), reading tsvector NOT NULL,
       reading_parts tsvector NOT NULL, wording tsvector NOT NULL, wording_parts tsvector NOT NULL)""",
    *(f"CREATE INDEX search_{c} ON search USING gin ({c})" for c in ("reading", "reading_parts", "wording", "wording_parts")),
)


def create_schema(connection: Connection) -> None:
    """Create every table, view, trigger and index of the newest format in an empty database."""
    metadata.create_all(connection, checkfirst=False)
    for name, body in _VIEWS.items():
        connection.execute(text(f"CREATE VIEW {name} AS {body}"))
    for statement in _SQLITE_ONLY if connection.dialect.name == "sqlite" else _POSTGRESQL_ONLY:
        connection.exec_driver_sql(statement)
