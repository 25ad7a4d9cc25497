"""The two gold reports, and the reading that a perfect program would give of them."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from sacho.evaluation import GoldReport, Reading, read_gold, reading_of_gold
from sacho.evaluation.readings import ConflictReading, EventReading, QuoteReading

GOLD = Path(__file__).parent / "gold"


@pytest.fixture(scope="session")
def reports() -> dict[str, GoldReport]:
    sound, faults = read_gold(GOLD)
    assert not faults
    return {report.id: report for report in sound}


def perfect(report: GoldReport) -> Reading:
    """The gold's reading in the shape of a program's: one value, one place, no list of what also counts."""
    gold = reading_of_gold(report.reading, report.document.text)
    return Reading(
        events=tuple(_read(e) for e in gold.events),
        quotes=tuple(
            QuoteReading(words=q.words, starts=q.starts[:1], speakers=q.speakers[:1], via=q.via) for q in gold.quotes
        ),
        conflicts=tuple(
            ConflictReading(kind=c.kind, field=c.field, words=c.words, values=tuple(v[:1] for v in c.values)) for c in gold.conflicts
        ),
    )


def _read(event: EventReading) -> EventReading:
    return msgspec.structs.replace(
        event, spans=event.spans[:1], dates=event.dates[:1], places=event.places[:1], main=False, phenomena=(), confidence=1.0, rule="test"
    )
