"""What is looked at first is what the tables say is worth most."""

from __future__ import annotations

from sqlalchemy import select

from sacho.review import queue
from sacho.store import Reading, Selection, Store, add, judge, list_events
from sacho.store.tables import happening

AT = "2026-01-01T00:00:00Z"


def _worth(store: Store) -> list[str]:
    """Ids of all events without a judgement, worked out one by one."""
    with store.read() as connection:
        contested = set(connection.execute(select(happening.c.id).where(happening.c.contradictions > 0)).scalars())
    found = []
    for line in list_events(store, Selection(review=("unreviewed",)), limit=2000).lines:
        e = line.event
        strange = any(p.id.startswith("name:") for p in (*e.actor, *e.recipient, *e.participants))
        worth = 1 - e.confidence + 0.5 * bool(e.conflicts) + 0.3 * (line.happening in contested) + 0.3 * strange
        found.append((-round(worth, 9), line.number, e.id))
    return [identity for _, _, identity in sorted(found)]


def test_the_queue_begins_with_doubt_conflict_contradiction_and_strangers(store: Store, readings: list[Reading]) -> None:
    add(store, readings, at=AT)
    whole = _worth(store)
    assert [line.event.id for line in queue(store, limit=2000)] == whole and len(whole) > 30
    judge(store, whole[:2], "accepted", by="한", at=AT)
    judge(store, whole[2:3], "corrected", by="한", at=AT, field="actor", value=[{"id": "name:갑돌", "name": "갑돌", "as_written": "갑돌"}])
    left = _worth(store)
    assert [line.event.id for line in queue(store, limit=20)] == left[:20]
    assert set(left) == set(whole[3:]), "what was judged has left the queue"
