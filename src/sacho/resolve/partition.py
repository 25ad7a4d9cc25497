"""Resolution in parts: the same clusters as in one process, from tasks none of which sees all tellings.

Tellings go by the group and the parties of their block keys into buckets; whatever two tellings could be compared share one. A
bucket yields the links found in it, links make components, and a component is clustered whole, wherever that is
done. Nothing here knows about processes; `sacho.batch.resolving` runs it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from zlib import crc32

from sacho.records import Judgement
from sacho.resolve.blocking import Key, keys
from sacho.resolve.clusters import Resolution
from sacho.resolve.tellings import Telling

Cluster = tuple[str, ...]


def buckets_of(telling: Telling, count: int) -> set[int]:
    """The buckets, of `count`, in which a telling stands. One without any block goes by its traits, which may be another's."""
    return {_bucket(key[0], key[1], count) for key, _ in keys(telling)} or {crc32(repr(telling.traits).encode()) % count}


@lru_cache(maxsize=1 << 16)
def _bucket(group: str, who: str, count: int) -> int:
    return crc32(f"{group} {who}".encode()) % count


def linked(tellings: Iterable[Telling], bucket: int, count: int, judgements: Iterable[Judgement] = ()) -> list[tuple[str, str]]:
    """Pairs of event ids that the blocks of one bucket link."""

    def holds(key: Key) -> bool:
        return _bucket(key[0], key[1], count) == bucket

    resolution = Resolution(judgements, holds=holds)
    resolution.add(tellings)
    return list(resolution.links())


class Components:
    """Connected components of numbered tellings (union-find, path halving)."""

    def __init__(self, count: int) -> None:
        self._parent = array("q", range(count))

    def root(self, number: int) -> int:
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def join(self, a: int, b: int) -> None:
        one, two = self.root(a), self.root(b)
        if one != two:
            self._parent[max(one, two)] = min(one, two)


def clustered(tellings: Sequence[Telling], judgements: Iterable[Judgement] = ()) -> list[Cluster]:
    """The clusters of whole components, in canonical order."""
    resolution = Resolution(judgements)
    resolution.add(tellings)
    return resolution.clusters()
