"""What the stages find in one document: spelling, morphemes, time, mentions, attribution, quotations, claims."""

from __future__ import annotations

from enum import StrEnum

from sacho.records.base import Record, Span


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
    `anchor` tells what the value was counted from: `explicit`, `published`, `focus`, or empty. `stretch` are the days that
    a day and a length beside each other tell together (`27일부터 사흘간`), EDTF, empty if there is no such pair.
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
    stretch: str = ""


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
