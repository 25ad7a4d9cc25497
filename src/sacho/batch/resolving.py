"""Resolution across the reports of a corpus as tasks: two shuffles, by block and by component (`sacho.resolve.partition`).

The driver holds a number for each telling and the links between them, never the tellings: those are made inside of tasks from
their sources, and go from task to task through the engine's object store.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from heapq import merge
from typing import Any, Protocol

import msgspec

from sacho.batch.on_ray import ray_module, start
from sacho.batch.results import codings
from sacho.batch.storage import StorageError
from sacho.batch.stored import part_results, parts
from sacho.coding import report_of
from sacho.records import Judgement
from sacho.resolve.partition import Cluster, Components, buckets_of, clustered, linked
from sacho.resolve.tellings import Telling, tellings_of

Source = Callable[[], Sequence[Telling]]
_TELLINGS = msgspec.msgpack.Decoder(list[Telling])
_NUMBERED = msgspec.msgpack.Decoder(list[tuple[int, Telling]])
_OBJECTS = 1_000_000_000  # bytes of the object store of a cluster of one's own; what is more goes to disk


class Tasks(Protocol):
    """Where functions run. `give` returns at once, with one reference or, for `returns` above one, a list of them; what a
    reference stands for is handed to a function that gets it as an argument."""

    def give(self, function: Callable[..., Any], *arguments: Any, returns: int = 1) -> Any: ...

    def take(self, references: Sequence[Any]) -> Iterator[Any]: ...


class Here:
    """Everything at once in this process."""

    def give(self, function: Callable[..., Any], *arguments: Any, returns: int = 1) -> Any:
        return function(*arguments)

    def take(self, references: Sequence[Any]) -> Iterator[Any]:
        return iter(references)


class OnRay:
    """Ray tasks. Without `address`, a cluster of this machine is started with `workers` processors; `close` ends it."""

    def __init__(self, workers: int, *, address: str | None = None) -> None:
        self._ray = ray_module()
        self._own = not self._ray.is_initialized()
        if self._own:
            start(self._ray, address=address, workers=workers, objects=_OBJECTS)
        self._run = self._ray.remote(num_cpus=1)(_call)

    def give(self, function: Callable[..., Any], *arguments: Any, returns: int = 1) -> Any:
        return self._run.options(num_returns=returns).remote(function, *arguments)

    def take(self, references: Sequence[Any]) -> Iterator[Any]:
        return (self._ray.get(reference) for reference in references)

    def close(self) -> None:
        if self._own:
            self._ray.shutdown()


def _call(function: Callable[..., Any], *arguments: Any) -> Any:
    return function(*arguments)


def resolve_in_tasks(sources: Sequence[Source], tasks: Tasks, judgements: Sequence[Judgement] = (), *, buckets: int = 0) -> list[Cluster]:
    """Event ids that belong together, each cluster and the list in canonical order: what `Resolution.clusters` gives for
    all tellings of the sources. `buckets` tasks do the comparing (as many as there are sources, if not given)."""
    count = max(2, buckets or len(sources))
    shards = [tasks.give(_made, source) for source in sources]
    sizes = list(tasks.take([tasks.give(_size, shard) for shard in shards]))
    offsets = [sum(sizes[:i]) for i in range(len(sizes))]
    placed = list(zip(shards, offsets, strict=True))
    components = Components(sum(sizes))
    for links in tasks.take(_found(placed, tasks, judgements, count)):
        _join(components, links)
    decided = sorted({e for j in judgements for e in (j.a, j.b)})
    held = tasks.take([tasks.give(partial(_places, offset=o, wanted=decided), s) for s, o in placed]) if decided else ()
    at = {event: number for places in held for event, number in places.items()}
    for j in judgements:
        if j.a in at and j.b in at:
            components.join(at[j.a], at[j.b])
    rows = [
        tasks.give(partial(_by_component, goes=_goes(components, offset, size, count), count=count), shard, returns=count)
        for (shard, offset), size in zip(placed, sizes, strict=True)
    ]
    done = [tasks.give(partial(_clusters, judgements=judgements), *(row[b] for row in rows)) for b in range(count)]
    return list(merge(*([tuple(c) for c in msgspec.msgpack.decode(clusters)] for clusters in tasks.take(done))))


def _found(placed: Sequence[tuple[Any, int]], tasks: Tasks, judgements: Sequence[Judgement], count: int) -> list[Any]:
    """References to the links of each bucket."""
    rows = [tasks.give(partial(_by_block, offset=offset, count=count), shard, returns=count) for shard, offset in placed]
    return [tasks.give(partial(_links, bucket=b, count=count, judgements=judgements), *(row[b] for row in rows)) for b in range(count)]


def stored_sources(out: str) -> list[Source]:
    """The tellings of a batch run's results, a source for each part. Raises `StorageError` if there is none."""
    found = parts(out)
    if not found:
        raise StorageError(f"{out} holds no finished results; give the folder that `sacho batch` wrote to.")
    return [partial(_stored, address) for address in found]


def _stored(address: str) -> list[Telling]:
    return list(tellings_of(report_of(coding) for coding in codings(part_results(address))))


# ---------------------------------------------------------------- tasks; tellings and numbers are passed as bytes


def _made(source: Source) -> bytes:
    return msgspec.msgpack.encode(source())


def _size(shard: bytes) -> int:
    return len(msgspec.msgpack.decode(shard, type=list[msgspec.Raw]))


def _by_block(shard: bytes, *, offset: int, count: int) -> tuple[bytes, ...]:
    """Of a shard, numbered tellings for each bucket."""
    out: list[list[tuple[int, Telling]]] = [[] for _ in range(count)]
    for number, telling in enumerate(_TELLINGS.decode(shard), offset):
        for bucket in buckets_of(telling, count):
            out[bucket].append((number, telling))
    return tuple(map(msgspec.msgpack.encode, out))


def _links(*held: bytes, bucket: int, count: int, judgements: Sequence[Judgement]) -> bytes:
    """Numbers of tellings that one bucket links, one after the other in pairs. A telling that comes twice is linked to itself."""
    numbers: dict[str, int] = {}
    tellings = []
    out = array("q")
    for number, telling in (row for part in held for row in _NUMBERED.decode(part)):
        if telling.id in numbers:
            out.extend((numbers[telling.id], number))
        else:
            numbers[telling.id] = number
            tellings.append(telling)
    for a, b in linked(tellings, bucket, count, judgements):
        out.extend((numbers[a], numbers[b]))
    return out.tobytes()


def _join(components: Components, links: bytes) -> None:
    pairs = array("q")
    pairs.frombytes(links)
    for i in range(0, len(pairs), 2):
        components.join(pairs[i], pairs[i + 1])


def _places(shard: bytes, *, offset: int, wanted: Sequence[str]) -> dict[str, int]:
    """The numbers of some tellings by their ids."""
    ids = set(wanted)
    return {telling.id: number for number, telling in enumerate(_TELLINGS.decode(shard), offset) if telling.id in ids}


def _goes(components: Components, offset: int, size: int, count: int) -> bytes:
    return array("H", (components.root(n) % count for n in range(offset, offset + size))).tobytes()


def _by_component(shard: bytes, *, goes: bytes, count: int) -> tuple[bytes, ...]:
    """Of a shard, the tellings for each part of the components. `goes` tells the part of each telling."""
    where = array("H")
    where.frombytes(goes)
    out: list[list[Telling]] = [[] for _ in range(count)]
    for part, telling in zip(where, _TELLINGS.decode(shard), strict=True):
        out[part].append(telling)
    return tuple(map(msgspec.msgpack.encode, out))


def _clusters(*held: bytes, judgements: Sequence[Judgement]) -> bytes:
    return msgspec.msgpack.encode(clustered([t for part in held for t in _TELLINGS.decode(part)], judgements))
