"""What each reviewer looks through: a stretch of the store's queue, kept so that it does not jump about while it is worked off."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from sqlalchemy import Connection, exists, select

from sacho.records import Record
from sacho.review import queue
from sacho.store import Selection, Store
from sacho.store.tables import event, happening, participant

STRETCH = 60
_REFILL = 12
_MOST_QUEUES = 200


class Item(Record):
    """An event that waits. `worth` are keys of labels that say why a look is worth it."""

    id: str
    kind: str
    gloss: str
    gloss_en: str
    confidence: float
    review: str
    worth: tuple[str, ...]


class _Queue:
    """What one reviewer looks through; `change` is the state of the store in which it was last filled."""

    def __init__(self) -> None:
        self.filling = threading.Lock()  # it takes long: who asks meanwhile waits for it rather than doing it again
        self.ids: tuple[str, ...] = ()
        self.change = -1


class Queues:
    """Stretches by reviewer and selection; the oldest are forgotten."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[tuple[str, Selection], _Queue] = {}

    def stretch(self, store: Store, user: str, asked: Selection) -> tuple[Item, ...]:
        """What waits, without what has been judged since; filled up when little is left and the store may hold more."""
        held = self._queue((user, asked))
        items, _ = _waiting(store, held, asked)
        if len(items) >= _REFILL:
            return items
        with held.filling:
            items, change = _waiting(store, held, asked)
            if len(items) < _REFILL and held.change != change:
                fresh = [line.event.id for line in queue(store, asked, limit=STRETCH)]
                held.ids, held.change = tuple(dict.fromkeys([*(i.id for i in items), *fresh])), change
                items, _ = _waiting(store, held, asked)
        return items

    def _queue(self, key: tuple[str, Selection]) -> _Queue:
        with self._lock:
            held = self._held.pop(key) if key in self._held else _Queue()
            self._held[key] = held
            for old in list(self._held)[:-_MOST_QUEUES]:
                del self._held[old]
            return held


def _waiting(store: Store, held: _Queue, asked: Selection) -> tuple[tuple[Item, ...], int]:
    """What of a queue waits, and in which state of the store."""
    with store.read() as connection:
        return _items(connection, held.ids, asked), store.change(connection)


def _items(connection: Connection, ids: Sequence[str], asked: Selection) -> tuple[Item, ...]:
    stranger = exists(select(participant.c.event).where(participant.c.event == event.c.number, participant.c.entity.like("name:%")))
    columns = (event.c.id, event.c.kind, event.c.gloss_ko, event.c.gloss_en, event.c.confidence, event.c.review, event.c.standing,
               event.c.conflicts, happening.c.contradictions, stranger.label("stranger"))  # fmt: skip
    query = select(*columns).outerjoin(happening, happening.c.id == event.c.happening)
    found: dict[str, Item] = {}
    for r in connection.execute(query.where(event.c.id.in_(ids))):
        if r.review not in asked.review or r.standing not in asked.standing:
            continue
        worth = {"within": r.conflicts != "[]", "between": bool(r.contradictions), "stranger": r.stranger}
        found[r.id] = Item(id=r.id, kind=r.kind, gloss=r.gloss_ko, gloss_en=r.gloss_en, confidence=r.confidence, review=r.review,
                           worth=tuple(why for why, so in worth.items() if so))  # fmt: skip
    return tuple(found[i] for i in ids if i in found)
