"""What many reports tell together: happenings, contradictions, judgements."""

from __future__ import annotations

from sacho.records.base import Record, Span
from sacho.records.events import Event, EventGloss, Participant, Place
from sacho.records.layers import Attribution, Quote, Status


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
