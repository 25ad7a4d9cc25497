"""Every record of the project, from the document to the event. Imports nothing of ours.

Offsets are half-open code points into `Document.text`, which never changes. A record is frozen; to change
one, make another. Meaning of every field: the codebook (docs/codebook.md).
"""

from __future__ import annotations

from sacho.records.base import Record, Span
from sacho.records.document import Block, BlockKind, DeadLetter, Document
from sacho.records.events import AnnotatedDocument, Conflict, ConflictValue, Event, EventGloss, EventMention, Evidence, Participant, Place
from sacho.records.happenings import Contradiction, Happening, Judgement, LifeLink, Reason, Report, Stage, Version
from sacho.records.layers import (
    Attribution,
    AttributionKind,
    Claim,
    Gloss,
    Mention,
    MentionKind,
    Publication,
    Quote,
    Rewrite,
    Sentence,
    Source,
    SpellingView,
    Status,
    Timex,
    TimexKind,
    TimexRole,
    Token,
)

__all__ = [
    "AnnotatedDocument",
    "Attribution",
    "AttributionKind",
    "Block",
    "BlockKind",
    "Claim",
    "Conflict",
    "ConflictValue",
    "Contradiction",
    "DeadLetter",
    "Document",
    "Event",
    "EventGloss",
    "EventMention",
    "Evidence",
    "Gloss",
    "Happening",
    "Judgement",
    "LifeLink",
    "Mention",
    "MentionKind",
    "Participant",
    "Place",
    "Publication",
    "Quote",
    "Reason",
    "Record",
    "Report",
    "Rewrite",
    "Sentence",
    "Source",
    "Span",
    "SpellingView",
    "Stage",
    "Status",
    "Timex",
    "TimexKind",
    "TimexRole",
    "Token",
    "Version",
]
