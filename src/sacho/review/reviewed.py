"""Reports that people went through: every event accepted, corrected or rejected, and what they accepted of other coders' readings."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sacho.evaluation.gold import GoldEvent, GoldReading
from sacho.evaluation.readings import EventReading, reading_of_gold
from sacho.records import Event, Record
from sacho.review.coders import event_ids, gold_reading
from sacho.store import Store
from sacho.store.coders import CoderReport, read_coder_reports
from sacho.store.readings import Stored
from sacho.store.verdicts import InForce, Verdict, corrected, decided, in_force

SETTLED = frozenset({"accepted", "corrected", "rejected"})
_TAKEN = frozenset({"accepted", "corrected"})


class Reviewed(Record):
    """A report with its events as people left them: `events` (the program's and other coders', with the values in force), `gold_events`
    that were accepted of gold reports, `rejected` as the program read them, `judges` who decided."""

    stored: Stored
    events: tuple[Event, ...]
    gold_events: dict[str, GoldEvent]
    rejected: tuple[Event, ...]
    judges: tuple[str, ...]

    def gold_readings(self) -> tuple[EventReading, ...]:
        """The events of gold reports in the form that is compared."""
        bare = GoldReading(id=self.stored.document.id, events=tuple(self.gold_events.values()), quotes=())
        return reading_of_gold(bare, self.stored.document.text).events


def is_settled(stored: Stored) -> bool:
    """Whether every event of the report was accepted, corrected or rejected, and there is one."""
    return bool(stored.reviews) and all(review in SETTLED for review in stored.reviews)


def reviewed(store: Store, stored: Stored) -> Reviewed:
    """A settled report as people left it."""
    ids = [e.id for e in stored.events]
    others = list(read_coder_reports(store, documents=[stored.document.id]))
    foreign = {i for r in others for i in event_ids(r)} - set(ids)
    with store.read() as connection:
        held = in_force(connection, foreign)
        verdicts = [v for v, counts in decided(connection, [*ids, *foreign]) if counts and v.decision in SETTLED]
    kept = tuple(e for e, review in zip(stored.shown, stored.reviews, strict=True) if review in _TAKEN)
    added, golden = _accepted(others, held)
    return Reviewed(
        stored=stored, events=(*kept, *added), gold_events=golden, judges=tuple(dict.fromkeys(v.by for v in verdicts)),
        rejected=tuple(e for e, review in zip(stored.events, stored.reviews, strict=True) if review == "rejected"),
    )  # fmt: skip


def judgements_of(store: Store, events: Collection[str]) -> dict[str, tuple[Verdict, ...]]:
    """The judgements in force on each of these events."""
    out: dict[str, tuple[Verdict, ...]] = {}
    with store.read() as connection:
        for verdict, counts in decided(connection, events):
            if counts and verdict.event in events and verdict.decision in SETTLED:
                out[verdict.event] = (*out.get(verdict.event, ()), verdict)
    return out


def _accepted(reports: Collection[CoderReport], held: Mapping[str, InForce]) -> tuple[tuple[Event, ...], dict[str, GoldEvent]]:
    """Events of other coders that somebody took; the same id of two coders counts once."""
    events: dict[str, Event] = {}
    golden: dict[str, GoldEvent] = {}
    for report in reports:
        for event in report.events:
            if event.id in held and held[event.id].review in _TAKEN:
                events.setdefault(event.id, corrected(event, held[event.id].corrections))
        if report.gold is not None:
            for identity, gold in zip(event_ids(report), gold_reading(report.gold).events, strict=True):
                if identity in held and held[identity].review == "accepted":
                    golden.setdefault(identity, gold)
    return tuple(events.values()), golden
