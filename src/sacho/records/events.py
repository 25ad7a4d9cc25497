"""Events of one document, and all that was read in it (codebook section 6)."""

from __future__ import annotations

from sacho.records.base import Record
from sacho.records.document import BlockKind, Document
from sacho.records.layers import Attribution, Claim, Mention, Publication, Quote, Sentence, SpellingView, Status, Timex, Token


class Participant(Record):
    id: str
    name: str
    as_written: str
    name_en: str = ""
    country: str = ""
    sector: str = ""
    office: str = ""
    role: str = ""
    rank: int | None = None


class Place(Record):
    id: str
    name: str
    name_en: str = ""
    within: tuple[str, ...] = ()
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: str = ""


class Evidence(Record):
    document: str
    field: str
    start: int
    end: int
    quote: str
    rule: str


class ConflictValue(Record):
    value: str
    sources: tuple[str, ...]
    block: str
    evidence: Evidence


class Conflict(Record):
    field: str
    values: tuple[ConflictValue, ...]


class EventGloss(Record):
    en: str
    ko: str


class EventMention(Record):
    """One place in the text that tells of an event. `start`/`end` is the trigger. Fields that
    the text does not give are absent; `evidence` holds the words for each that it does. `host` is the mention id of the
    meeting or call in whose course it happened (`회담에서 합의했다`); `full` is false if the words around it name
    too few participants."""

    id: str
    document: str
    start: int
    end: int
    kind: str
    status: Status
    symmetric: bool
    actor: tuple[Participant, ...]
    recipient: tuple[Participant, ...]
    participants: tuple[Participant, ...]
    block: BlockKind
    sentence: int
    rule: str
    date: str = ""
    time: str = ""
    place: Place | None = None
    instrument: str = ""
    topic: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    weight: float = 1.0
    host: str = ""
    full: bool = True
    evidence: tuple[Evidence, ...] = ()


class Event(Record):
    """One real-world event: a cluster of mentions. Field names are the public JSON names."""

    id: str
    kind: str
    type: str
    status: Status
    symmetric: bool
    actor: tuple[Participant, ...]
    recipient: tuple[Participant, ...]
    participants: tuple[Participant, ...]
    sources: tuple[str, ...]
    outlets: tuple[str, ...]
    confidence: float
    rule: str
    evidence: tuple[Evidence, ...]
    conflicts: tuple[Conflict, ...]
    gloss: EventGloss
    mode: str = ""
    contexts: tuple[str, ...] = ()
    date: str = ""
    time: str = ""
    place: Place | None = None
    instrument: str = ""
    topic: tuple[str, ...] = ()
    cameo: str = ""
    goldstein: float | None = None
    quad: int | None = None


class AnnotatedDocument(Record):
    """Everything that was read in one document."""

    document: Document
    view: SpellingView
    publication: Publication
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    timexes: tuple[Timex, ...]
    mentions: tuple[Mention, ...]
    attributions: tuple[Attribution, ...]
    quotes: tuple[Quote, ...]
    events: tuple[EventMention, ...]
    claims: tuple[Claim, ...] = ()
