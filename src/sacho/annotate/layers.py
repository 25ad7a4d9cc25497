"""What the event stages share: the layers read before, and one sentence cut into units and clauses."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sacho.annotate.clauses import Clause
from sacho.annotate.phrases import Unit
from sacho.annotate.view import View
from sacho.records import Attribution, Document, Mention, Quote, Sentence, Timex, Token


class Layers(msgspec.Struct, frozen=True, kw_only=True):
    """What the stages before have read in the document."""

    document: Document
    text: str
    published: str
    tokens: Sequence[Token]
    sentences: Sequence[Sentence]
    timexes: Sequence[Timex]
    mentions: Sequence[Mention]
    attributions: Sequence[Attribution]
    quotes: Sequence[Quote]


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence, or the inside of one quotation, cut into units and clauses."""

    sentence: int
    units: Sequence[Unit]
    clauses: Sequence[Clause]
    view: View
    stop: int
    timed: bool  # whether a time expression stands in it
    quote: Quote | None = None
