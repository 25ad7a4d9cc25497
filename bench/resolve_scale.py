"""Time and memory of resolution across reports on made-up event mentions.

    .venv/bin/python bench/resolve_scale.py [--sizes 1000 10000 100000] [--million] [--rounds 3] [--ray WORKERS]

Happenings come 30 a day whatever the size (a corpus grows by years, not by denser days), each told by two to six reports.
Time is process time per mention, clustering included, sizes interleaved, median of the rounds; small sizes are repeated
with other seeds so that every figure rests on as many mentions. Memory is the peak resident size of the process; the mentions of
`--million` are made 50,000 at a time. `--ray` resolves 10,000 and 1,000,000 mentions in Ray tasks, by the clock on the wall.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import time
from functools import partial
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.resolve.synthetic import tellings

from sacho.batch.resolving import OnRay, resolve_in_tasks
from sacho.resolve.clusters import Resolution
from sacho.resolve.tellings import Telling

SHARD = 50_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--million", action="store_true", help="also resolve 1,000,000 mentions once")
    parser.add_argument("--ray", type=int, default=0, metavar="WORKERS", help="only: resolve in Ray tasks")
    arguments = parser.parse_args()
    if arguments.ray:
        in_tasks(arguments.ray)
        return
    times: dict[int, list[float]] = {size: [] for size in arguments.sizes}
    for number in range(arguments.rounds):
        for size in arguments.sizes:
            times[size].append(per_mention(size, max(arguments.sizes), number))
    for size, seen in times.items():
        print(f"{size:>9,} mentions: {median(seen) * 1e6:7.1f} µs a mention")
    print(f"ratio of last to first: {median(times[arguments.sizes[-1]]) / median(times[arguments.sizes[0]]):.2f}")
    if arguments.million:
        million()


def per_mention(size: int, most: int, seed: int) -> float:
    """Seconds of process time for one mention, over as many runs as reach `most` mentions (at most 20)."""
    runs = min(20, max(1, most // size))
    spent = 0.0
    for run in range(runs):
        made = tellings(seed * 1000 + run, size)
        gc.collect()
        begin = time.process_time()
        resolution = Resolution()
        resolution.add(made)
        resolution.clusters()
        spent += time.process_time() - begin
    return spent / (runs * size)


def million() -> None:
    spent = 0.0
    resolution = Resolution()
    for number in range(1_000_000 // SHARD):
        made = shard(number, SHARD)
        begin = time.process_time()
        resolution.add(made)
        spent += time.process_time() - begin
    begin = time.process_time()
    clusters = resolution.clusters()
    spent += time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"1,000,000 mentions: {len(clusters):,} clusters, {spent:.0f} s, peak {peak:.2f} GiB")


def shard(number: int, size: int) -> list[Telling]:
    """One shard of a made-up corpus: `size` mentions of the happenings after those of the shards before."""
    return tellings(number, size, first=number * size // 4)


def in_tasks(workers: int) -> None:
    tasks = OnRay(workers)
    resolve_in_tasks([partial(shard, n, 100) for n in range(workers)], tasks)  # workers started, modules loaded
    times = {}
    for size, count in ((10_000, 4), (1_000_000, 32)):
        begin = time.monotonic()
        clusters = resolve_in_tasks([partial(shard, n, size // count) for n in range(count)], tasks)
        times[size] = (time.monotonic() - begin) / size
        print(f"{size:>9,} mentions in {count} shards: {len(clusters):,} clusters, {times[size] * 1e6:.1f} µs a mention")
    print(f"ratio of last to first: {times[1_000_000] / times[10_000]:.2f}")
    tasks.close()


if __name__ == "__main__":
    main()
