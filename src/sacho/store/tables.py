"""The tables of the store, once for SQLite and PostgreSQL.

Numbers (`number`, and the columns named after a table) are the store's own keys; ids are the hashes that the records carry. A span
stands with the document and the length of its text, and the pair is a foreign key: no span can reach past the text it belongs to.
Words are never stored beside a span; the views in `schema.py` cut them from the text.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    REAL,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import TEXT as PG_TEXT

FORMAT = 3  # of the store
OLDEST_FORMAT = 1  # from which there is a way to this one; see `migrations`

metadata = MetaData()
_TEXT = Text().with_variant(PG_TEXT(collation="C"), "postgresql")  # code point order, as in SQLite
_NUMBER: Double[float] = Double().with_variant(REAL(), "sqlite")
_STRICT: dict[str, Any] = {"sqlite_strict": True}
_CLUSTERED: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}  # rows in the order of their key

REVIEW_STATES = ("unreviewed", "accepted", "corrected", "rejected", "unsure")
STANDINGS = ("current", "superseded", "withdrawn")
DECISIONS = ("accepted", "corrected", "rejected", "unsure", "same", "different", "undecided", "undo")


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(v) for v in values)})", name=f"{column}_is_known")


def _span(*, optional: bool = False) -> CheckConstraint:
    return CheckConstraint("0 <= span_start AND span_start < span_end AND span_end <= document_length", name="span_is_inside_the_text")


def _in_document() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["document", "document_length"], ["document.number", "document.length"])


meta = Table(
    "meta", metadata,
    Column("key", _TEXT, primary_key=True),
    Column("value", _TEXT, nullable=False),
    **_STRICT,
)  # fmt: skip

run = Table(  # one call that wrote: which program, which rules, when, how many
    "run", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", _TEXT, nullable=False, unique=True),
    Column("at", _TEXT, nullable=False),
    Column("program", _TEXT, nullable=False),
    Column("rules", _TEXT, nullable=False),
    Column("note", _TEXT, nullable=False),
    Column("counts", _TEXT, nullable=False),  # JSON
    **_STRICT,
)  # fmt: skip

document = Table(
    "document", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", _TEXT, nullable=False, unique=True),
    Column("version", _TEXT, nullable=False),  # the address or, without one, the id
    Column("supersedes", Integer, ForeignKey("document.number")),
    Column("superseded", Integer, nullable=False),  # 1: a later version of the same address is here
    Column("origin", _TEXT, nullable=False),
    Column("outlet", _TEXT),
    Column("url", _TEXT),
    Column("given", _TEXT),  # day of publication as given
    Column("published", _TEXT, nullable=False),  # given or inferred; empty: not settled
    Column("inferred", Integer, nullable=False),
    Column("publication", _TEXT, nullable=False),  # JSON: evidence spans and reason
    Column("title", _TEXT, nullable=False),
    Column("length", Integer, nullable=False),
    Column("text", _TEXT, nullable=False),
    Column("unreported", _TEXT, nullable=False),  # JSON: attributions that say who did not report
    Column("coding", _TEXT, nullable=False),  # hash of everything that was read in it
    Column("run", Integer, ForeignKey("run.number"), nullable=False),
    CheckConstraint("length = length(text)", name="length_is_that_of_the_text"),
    UniqueConstraint("number", "length"),
    Index("document_version", "version"),
    Index("document_outlet", "outlet", "published"),
    Index("document_published", "published"),
    **_STRICT,
)  # fmt: skip

block = Table(
    "block", metadata,
    Column("document", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("document_length", Integer, nullable=False),
    Column("kind", _TEXT, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("repeats", _TEXT, nullable=False),  # JSON
    CheckConstraint("0 <= span_start AND span_start <= span_end AND span_end <= document_length", name="block_is_inside_the_text"),
    _in_document(),
    **_CLUSTERED,
)  # fmt: skip

quote = Table(
    "quote", metadata,
    Column("id", _TEXT, primary_key=True),
    Column("document", Integer, nullable=False),
    Column("document_length", Integer, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("speaker", _TEXT, nullable=False),
    Column("via", _TEXT, nullable=False),  # JSON
    Column("addressee", _TEXT, nullable=False),
    Column("normalized", _TEXT, nullable=False),
    Column("glosses", _TEXT, nullable=False),  # JSON
    _span(),
    _in_document(),
    Index("quote_document", "document", "span_start"),
    Index("quote_speaker", "speaker"),
    **_STRICT,
)  # fmt: skip

event = Table(  # an event of one report; values that a person corrected stand here, what the program read in `machine`
    "event", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", _TEXT, nullable=False, unique=True),
    Column("document", Integer, ForeignKey("document.number"), nullable=False),
    Column("kind", _TEXT, nullable=False),
    Column("type", _TEXT, nullable=False),
    Column("mode", _TEXT, nullable=False),
    Column("contexts", _TEXT, nullable=False),  # JSON
    Column("status", _TEXT, nullable=False),
    Column("symmetric", Integer, nullable=False),
    Column("date", _TEXT, nullable=False),  # EDTF
    Column("date_first", _TEXT),
    Column("date_last", _TEXT),
    Column("day", _TEXT, nullable=False),  # where it stands in a timeline: its first day, else the day of the report, else empty
    Column("time", _TEXT, nullable=False),
    Column("place", _TEXT),
    Column("place_name", _TEXT),
    Column("place_en", _TEXT),
    Column("place_country", _TEXT),
    Column("place_within", _TEXT),  # JSON
    Column("lat", _NUMBER),
    Column("lon", _NUMBER),
    Column("place_precision", _TEXT),
    Column("instrument", _TEXT, nullable=False),
    Column("topic", _TEXT, nullable=False),  # JSON
    Column("confidence", _NUMBER, nullable=False),
    Column("cameo", _TEXT, nullable=False),
    Column("goldstein", _NUMBER),
    Column("quad", Integer),
    Column("rule", _TEXT, nullable=False),
    Column("gloss_en", _TEXT, nullable=False),
    Column("gloss_ko", _TEXT, nullable=False),
    Column("conflicts", _TEXT, nullable=False),  # JSON, without the words
    Column("happening", _TEXT),
    Column("lead", Integer, nullable=False),  # 1: the one event that stands for its happening
    Column("review", _TEXT, nullable=False),
    Column("standing", _TEXT, nullable=False),
    Column("machine", _TEXT),  # JSON of the event as read, if a person corrected it
    Column("run", Integer, ForeignKey("run.number"), nullable=False),
    Column("change", Integer, nullable=False),
    _one_of("review", REVIEW_STATES),
    _one_of("standing", STANDINGS),
    CheckConstraint("confidence >= 0 AND confidence <= 1", name="confidence_is_a_probability"),
    CheckConstraint("date_first IS NULL OR date_first <= date_last", name="date_is_in_order"),
    Index("event_document", "document"),
    Index("event_day", "day", "number"),
    Index("event_kind", "kind", "day", "number"),
    Index("event_happening", "happening"),
    Index("event_change", "change"),
    Index("event_review", "review", "confidence"),
    **_STRICT,
)  # fmt: skip


def _of_event() -> Column[int]:
    return Column("event", Integer, ForeignKey("event.number"), primary_key=True, autoincrement=False)


participant = Table(
    "participant", metadata,
    _of_event(),
    Column("side", _TEXT, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("entity", _TEXT, nullable=False),
    Column("name", _TEXT, nullable=False),
    Column("as_written", _TEXT, nullable=False),
    Column("name_en", _TEXT, nullable=False),
    Column("country", _TEXT, nullable=False),
    Column("sector", _TEXT, nullable=False),
    Column("office", _TEXT, nullable=False),
    Column("role", _TEXT, nullable=False),
    Column("rank", Integer),
    _one_of("side", ("actor", "recipient", "other")),
    Index("participant_entity", "entity", "event"),
    Index("participant_country", "country", "event"),
    **_CLUSTERED,
)  # fmt: skip

credit = Table(  # `source`: whom the text credits, outermost first; `outlet`: who published
    "credit", metadata,
    _of_event(),
    Column("kind", _TEXT, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", _TEXT, nullable=False),
    _one_of("kind", ("source", "outlet")),
    Index("credit_name", "kind", "name", "event"),
    **_CLUSTERED,
)  # fmt: skip

dyad = Table(  # two states that face each other in an event, `first` before `second` in the alphabet
    "dyad", metadata,
    _of_event(),
    Column("first", _TEXT, primary_key=True),
    Column("second", _TEXT, primary_key=True),
    CheckConstraint("first < second", name="dyad_is_in_order"),
    Index("dyad_states", "first", "second", "event"),
    **_CLUSTERED,
)  # fmt: skip

event_place = Table(  # the place of an event and every place around it
    "event_place", metadata,
    _of_event(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", _TEXT, nullable=False),
    Index("event_place_name", "name", "event"),
    **_CLUSTERED,
)  # fmt: skip

evidence = Table(
    "evidence", metadata,
    _of_event(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("document", Integer, nullable=False),
    Column("document_length", Integer, nullable=False),
    Column("field", _TEXT, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("rule", _TEXT, nullable=False),
    _span(),
    _in_document(),
    **_CLUSTERED,
)  # fmt: skip

mention = Table(  # a place in a text that tells of an event; `event` is absent if it names too little to become one
    "mention", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", _TEXT, nullable=False),
    Column("document", Integer, nullable=False),
    Column("document_length", Integer, nullable=False),
    Column("event", Integer, ForeignKey("event.number")),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("kind", _TEXT, nullable=False),
    Column("status", _TEXT, nullable=False),
    Column("block", _TEXT, nullable=False),
    Column("weight", _NUMBER, nullable=False),
    Column("rule", _TEXT, nullable=False),
    Column("record", _TEXT, nullable=False),  # JSON of the mention, evidence left out: it is in `claim`
    _span(),
    _in_document(),
    UniqueConstraint("document", "id"),
    Index("mention_event", "event"),
    **_STRICT,
)  # fmt: skip

claim = Table(  # one value of one field, with its words, its rule and whose word it is
    "claim", metadata,
    Column("mention", Integer, ForeignKey("mention.number"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("document", Integer, nullable=False),
    Column("document_length", Integer, nullable=False),
    Column("field", _TEXT, nullable=False),
    Column("value", _TEXT, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("rule", _TEXT, nullable=False),
    Column("sources", _TEXT, nullable=False),  # JSON
    _span(),
    _in_document(),
    **_CLUSTERED,
)  # fmt: skip

judgement = Table(  # what people decided; rows are added, never changed or deleted (see the triggers)
    "judgement", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", _TEXT, nullable=False, unique=True),
    Column("batch", _TEXT, nullable=False),  # decisions taken in one act
    Column("event", _TEXT, nullable=False),  # id; empty for an undo
    Column("other", _TEXT, nullable=False),  # same/different: the other event
    Column("decision", _TEXT, nullable=False),
    Column("field", _TEXT, nullable=False),
    Column("value", _TEXT, nullable=False),  # JSON of the corrected value
    Column("by", _TEXT, nullable=False),
    Column("at", _TEXT, nullable=False),
    Column("note", _TEXT, nullable=False),
    Column("undoes", _TEXT, nullable=False),  # the batch that an undo takes back
    _one_of("decision", DECISIONS),
    Index("judgement_event", "event"),
    Index("judgement_other", "other"),
    Index("judgement_batch", "batch"),
    **_STRICT,
)  # fmt: skip

coder_event = Table(  # what another coder, a person or a program, read in the same reports
    "coder_event", metadata,
    Column("coder", _TEXT, primary_key=True),
    Column("id", _TEXT, primary_key=True),
    Column("document", Integer, ForeignKey("document.number"), nullable=False),
    Column("record", _TEXT, nullable=False),  # JSON of the event
    Column("at", _TEXT, nullable=False),
    Index("coder_event_document", "document", "coder"),
    **_STRICT,
)  # fmt: skip

telling = Table(  # an event reduced to what tells happenings apart; `component` holds what may belong together
    "telling", metadata,
    Column("event", Integer, ForeignKey("event.number"), primary_key=True, autoincrement=False),
    Column("id", _TEXT, nullable=False, unique=True),
    Column("component", Integer, nullable=False),
    Column("traits", _TEXT, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("published", Integer, nullable=False),
    Column("ahead", Integer, nullable=False),
    Column("record", LargeBinary, nullable=False),  # MessagePack
    Index("telling_component", "component"),
    Index("telling_traits", "traits"),
    Index("telling_days", "first", "last"),
    Index("telling_published", "published"),
    **_STRICT,
)  # fmt: skip

happening = Table(  # a cluster of events of several reports
    "happening", metadata,
    Column("id", _TEXT, primary_key=True),
    Column("kind", _TEXT, nullable=False),
    Column("status", _TEXT, nullable=False),
    Column("date", _TEXT, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("independent", Integer, nullable=False),
    Column("contradictions", Integer, nullable=False),
    Column("first_reported", _TEXT, nullable=False),
    Column("last_reported", _TEXT, nullable=False),
    Column("record", _TEXT, nullable=False),  # JSON
    Index("happening_contradictions", "contradictions"),
    **_STRICT,
)  # fmt: skip

morphemes = Table(  # the words of a report as search knows them, with their places; see `words.py`
    "morphemes", metadata,
    Column("document", Integer, ForeignKey("document.number"), primary_key=True, autoincrement=False),
    Column("tokenizer", _TEXT, nullable=False),
    Column("record", LargeBinary, nullable=False),
    **_STRICT,
)  # fmt: skip

attribution = Table(  # whose word each stretch of a report is; a report without a row has none, or was coded before there were any
    "attribution", metadata,
    Column("document", Integer, ForeignKey("document.number"), primary_key=True, autoincrement=False),
    Column("record", _TEXT, nullable=False),  # JSON
    **_STRICT,
)  # fmt: skip

facet_column = Table(  # a copy of the columns that facets are counted over, as of `change`; see `cube.py`
    "facet_column", metadata,
    Column("name", _TEXT, primary_key=True),
    Column("change", Integer, nullable=False),
    Column("record", LargeBinary, nullable=False),  # MessagePack
    **_STRICT,
)  # fmt: skip

entity_name = Table(  # names (Korean, English) under which entities were ever named, to find an entity by its name
    "entity_name", metadata,
    Column("name", _TEXT, primary_key=True),
    Column("entity", _TEXT, primary_key=True),
    **_CLUSTERED,
)  # fmt: skip
