"""Every record of the project, from the document to the event. Imports nothing of ours.

Offsets are half-open code points into `Document.text`, which never changes. A record is frozen; to change
one, make another. Meaning of every field: the codebook (docs/codebook.md).
"""

from __future__ import annotations

from enum import StrEnum
from typing import dataclass_transform

import msgspec


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Base of every record: frozen, keyword-only, unknown fields refused when decoded. A record never holds what
    holds it, so the garbage collector need not visit it."""


class Span(Record):
    """A stretch of the text: 0 <= start < end."""

    start: int
    end: int


# ---------------------------------------------------------------- document


class BlockKind(StrEnum):
    headline = "headline"
    body = "body"
    caption = "caption"
    credit = "credit"  # bracketed credit `[사진-노동신문 갈무리]`, byline, reporter's address
    notice = "notice"  # copyright line, boilerplate


class Block(Record):
    """A paragraph of one kind. `repeats` are the other places where the same caption stands word for word."""

    kind: BlockKind
    start: int
    end: int
    repeats: tuple[Span, ...] = ()


class Document(Record):
    """One report. `published` is an ISO day; absent if nobody told (see `Publication` for the inferred one)."""

    id: str
    origin: str
    text: str
    blocks: tuple[Block, ...]
    outlet: str | None = None
    published: str | None = None
    url: str | None = None


class DeadLetter(Record):
    """What could not be read, and why: one sentence that names origin, place and remedy."""

    origin: str
    reason: str


# ---------------------------------------------------------------- layers of annotation


class Rewrite(Record):
    """One change of the spelling view: `text[start:end]` reads `view[view_start:view_end]`."""

    start: int
    end: int
    view_start: int
    view_end: int
    rule: str


class Gloss(Record):
    """An editor's gloss found in the text: `'조로'(북러)`."""

    start: int
    end: int
    dprk: str
    rok: str


class SpellingView(Record):
    """The text in ROK spelling. `text` may differ in length (see `rewrites`); `aligned` never does:
    it holds only the rewrites that keep every offset, and is what the later stages read."""

    text: str
    aligned: str
    rewrites: tuple[Rewrite, ...] = ()
    glosses: tuple[Gloss, ...] = ()


class Token(Record):
    """A morpheme. `tag` is Sejong (Kiwi); `sentence` counts from 0 within the document."""

    start: int
    end: int
    form: str
    tag: str
    sentence: int


class Sentence(Record):
    """`first` and `last` are half-open token indexes; `block` indexes `Document.blocks`."""

    start: int
    end: int
    block: int
    first: int
    last: int


class TimexKind(StrEnum):
    date = "date"  # a day, month, year, season, decade, or interval of them
    time = "time"  # clock time or part of a day
    duration = "duration"  # 1박2일, 사흘간
    set = "set"  # 매년, 해마다


class TimexRole(StrEnum):
    event = "event"
    report = "report"  # the day on which somebody said so: `20일 보도했다`


class Timex(Record):
    """A time expression. `value` is EDTF (a duration: ISO 8601, `P2D`), empty if the text does not settle it.

    `time` is `HH:MM`, `HH:MM~`, a range of two, or a part of day (`morning`, `evening` ...); `zone` is `local`
    (현지시간) or an offset from UTC. `mod` tells which part of the value is meant: `start`, `mid`, `end` (초, 중순, 말).
    `anchor` tells what the value was counted from: `explicit`, `published`, `focus`, or empty.
    """

    start: int
    end: int
    kind: TimexKind
    value: str
    time: str = ""
    zone: str = ""
    role: TimexRole = TimexRole.event
    anchor: str = ""
    mod: str = ""
    rule: str = ""


class Publication(Record):
    """The day the report was published: given, or inferred from `evidence`. Empty value: not settled."""

    value: str
    inferred: bool
    evidence: tuple[Span, ...] = ()
    reason: str = ""


class MentionKind(StrEnum):
    person = "person"
    body = "body"  # organisation, ministry, agency, news outlet
    country = "country"
    pair = "pair"  # 북러, 한미일, 양국: several entities in `members`
    place = "place"
    group = "group"  # delegation, 특사단, 두 정상
    role = "role"  # a title whose holder the text does not name


class Mention(Record):
    """Words that name somebody or somewhere: the whole phrase with country and office
    (`세르게이 라브로프 러시아 외무장관`).

    `entity` is a lexicon id, or `name:홍길동` for a name the lexicon lacks; `head_start`/`head_end` is the
    name or title alone. `office` is what the text calls the person here. `members` are entity ids of a pair
    or group.
    """

    start: int
    end: int
    kind: MentionKind
    entity: str
    name: str
    head_start: int
    head_end: int
    name_en: str = ""
    country: str = ""
    sector: str = ""
    office: str = ""
    members: tuple[str, ...] = ()
    rule: str = ""


class Source(Record):
    """One link of a source chain; `start`/`end` are the words that name it."""

    entity: str
    name: str
    start: int
    end: int


class AttributionKind(StrEnum):
    reported = "reported"  # 보도했다, 전했다, 밝혔다, ~에 따르면
    denied = "denied"  # 부인했다, 사실무근이라고
    unreported = "unreported"  # 보도하지 않았다


class Attribution(Record):
    """`text[start:end]` is said by `sources` (outermost first); the cue says so. `reported` is the day it
    was said (EDTF), if given."""

    start: int
    end: int
    cue_start: int
    cue_end: int
    sources: tuple[Source, ...]
    kind: AttributionKind = AttributionKind.reported
    reported: str = ""
    rule: str = ""


class Quote(Record):
    """Words in quotation marks that somebody said: `start`/`end` inside the marks. `normalized` is the same
    in ROK spelling."""

    id: str
    document: str
    speaker: str
    start: int
    end: int
    quote: str
    normalized: str
    via: tuple[str, ...] = ()
    addressee: str = ""
    glosses: tuple[Gloss, ...] = ()


class Status(StrEnum):
    occurred = "occurred"
    ongoing = "ongoing"
    planned = "planned"
    proposed = "proposed"
    hypothetical = "hypothetical"
    denied = "denied"
    cancelled = "cancelled"
    alleged = "alleged"


class Claim(Record):
    """One value of one field of one event mention, with the words and the rule it came from."""

    document: str
    mention: str
    field: str
    value: str
    start: int
    end: int
    rule: str
    sources: tuple[str, ...] = ()


# ---------------------------------------------------------------- event (codebook section 6)


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


# ---------------------------------------------------------------- many reports


class Report(Record):
    """One report as resolution across reports needs it: its events, its quotes, its text for the words.

    `published` is the ISO day, given or inferred, empty if neither; `version` is the address or, without one, the
    document id: two reports of one `version` are versions of one report. `credits` are the agencies that a byline or a
    credit line names (`(평양=새벽통신)`), as canonical names. `unreported` are the places where the text says that somebody did not report.
    """

    document: str
    version: str
    outlet: str
    published: str
    text: str
    events: tuple[Event, ...]
    quotes: tuple[Quote, ...] = ()
    unreported: tuple[Attribution, ...] = ()
    credits: tuple[str, ...] = ()
    captions: tuple[Span, ...] = ()
    attributions: tuple[Attribution, ...] = ()


class Reason(Record):
    """Why two reports' events are or are not taken for one happening: the field, what was found, its weight."""

    field: str
    found: str
    weight: float


class Judgement(Record):
    """A person's decision about two events of two reports (event ids). `at` orders the decisions: the last one about
    a pair counts; `undecided` takes back what was decided before."""

    a: str
    b: str
    decision: str  # same | different | undecided
    at: str
    by: str = ""
    note: str = ""


class Version(Record):
    """One value of a field in one report: its words, whose word it is, and the day of the report. `corrects` are the
    values that the report itself, or a later report of the same source, takes back."""

    value: str
    words: str
    document: str
    outlet: str
    published: str
    sources: tuple[str, ...] = ()
    start: int = 0
    end: int = 0
    corrects: tuple[str, ...] = ()


class Contradiction(Record):
    """A field of a happening on which reports, or parts of one report, differ. `within` names the reports that
    contradict themselves."""

    happening: str
    field: str  # date | place | participants | number | status | speaker
    versions: tuple[Version, ...]
    within: tuple[str, ...] = ()


class Stage(Record):
    """A stage of a happening's life, with the report that first told it."""

    stage: str  # proposed | announced | held | cancelled | denied
    event: str
    document: str
    published: str


class Happening(Record):
    """What happened once, with everything that reports tell of it: a cluster of events of single reports.

    `id` is made from the earliest told event, so it does not change when later reports arrive. `events` are the
    events of the reports, `reports` counts versions of one address once, `independent` counts sources, not
    reports: five papers that carry one agency's report are one. `chains` are the source chains, most frequent first.
    """

    id: str
    kind: str
    status: Status
    date: str
    place: Place | None
    actor: tuple[Participant, ...]
    recipient: tuple[Participant, ...]
    participants: tuple[Participant, ...]
    events: tuple[str, ...]
    documents: tuple[str, ...]
    reports: int
    outlets: int
    independent: int
    origins: tuple[str, ...]
    first_reported: str
    last_reported: str
    stages: tuple[Stage, ...]
    contradictions: tuple[Contradiction, ...]
    gloss: EventGloss
    time: str = ""


class LifeLink(Record):
    """One happening leads to another: `invited` (invitation, what was invited to), `part` (talks, the visit they belong
    to), `prepared` (working contact, what it prepared), `followed` (what was held, what followed it up)."""

    type: str
    source: str
    target: str
    reasons: tuple[Reason, ...] = ()
