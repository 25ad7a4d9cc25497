"""Everything that a store holds, as JSON lines that `load` reads."""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from sacho.exchange.lines import WithdrawnLine, WordsLine, bare
from sacho.export.jsonl import document_line
from sacho.records import Record
from sacho.store import Store
from sacho.store.coders import read_coder_reports
from sacho.store.readings import Stored, read_readings, read_verdicts

_ENCODER = msgspec.json.Encoder()


def dump(store: Store, out: BinaryIO) -> int:
    """Write every report with its text, its words for search, its events as the program read them, its mentions, claims and quotes, every
    judgement, and what other coders read. The same store gives the same bytes, and so does a store that was loaded from them. Returns how
    many reports."""
    count = 0
    for count, stored in enumerate(read_readings(store), start=1):  # noqa: B007
        for record in _lines(stored):
            out.write(_ENCODER.encode(record) + b"\n")
    for report in read_coder_reports(store):
        out.write(_ENCODER.encode(report) + b"\n")
    for verdict in read_verdicts(store):
        out.write(_ENCODER.encode(verdict) + b"\n")
    return count


def _lines(stored: Stored) -> list[Record]:
    identity = stored.document.id
    words = [WordsLine(document=identity, words=stored.morphemes)] if stored.morphemes is not None else []
    withdrawn = [WithdrawnLine(document=identity, withdrawn=e) for e in stored.withdrawn]
    return [
        document_line(stored.document, stored.publication, attributions=stored.attributions), *words, *stored.events, *withdrawn,
        *bare(stored.mentions, stored.claims), *stored.claims, *stored.quotes,
    ]  # fmt: skip
