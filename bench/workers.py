"""One local worker against two, and Ray tasks against local processes, on one corpus made at random.

    .venv/bin/python -m bench.workers [--reports 20000] [--engines local1,local2,ray2] [--sparing] [--folder FOLDER]

Rates are reports a second of wall time between the first shard done and the last (start-up apart), so the machine must
have nothing else to do: the load average before each run is printed beside it. The parts written must be the same.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from hashlib import blake2b
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from tools.corpus.reports import make

from sacho.batch import Local, Options, Progress, run
from sacho.batch.run import Engine
from sacho.batch.supervisor import Done


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--relevant", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engines", default="local1,local2,ray2")
    parser.add_argument("--sparing", action="store_true")
    parser.add_argument("--folder", type=Path, help="where to write; default: a folder that is removed")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        source = folder / "corpus.parquet"
        write(source, arguments.reports, seed=arguments.seed, relevant=arguments.relevant)
        for name in arguments.engines.split(","):
            measure(name, source, folder / name, sparing=arguments.sparing)


def write(path: Path, reports: int, *, seed: int, relevant: float) -> None:
    """The corpus as Parquet, ordered by day."""
    made = sorted((make(n, seed=seed, relevant=relevant) for n in range(reports)), key=lambda r: (r.published, r.id))
    columns = ("id", "published", "outlet", "title", "text")
    table = pa.table({c: [getattr(r, c) for r in made] for c in columns})
    pq.write_table(table, path, row_group_size=1000)


def measure(name: str, source: Path, out: Path, *, sparing: bool) -> None:
    """One run: start-up, steady rate, and a hash of what was written."""
    marks: list[tuple[float, int]] = []

    def done(progress: Progress, _: Done) -> None:
        marks.append((time.monotonic(), progress.reports))

    load, began = os.getloadavg()[0], time.monotonic()
    run([str(source)], str(out), engine(name), Options(sparing=sparing), on_done=done)
    first, last = marks[0], marks[-1]
    steady = (last[1] - first[1]) / (last[0] - first[0]) if last[0] > first[0] else 0.0
    print(f"{name:8} load {load:4.1f}  first shard {first[0] - began:6.1f} s  steady {steady:7.2f} reports/s  "
          f"total {last[0] - began:7.1f} s  parts {digest(out)}", flush=True)  # fmt: skip


def engine(name: str) -> Engine:
    workers = int(name[-1])
    if name.startswith("local"):
        return Local(workers)
    from sacho.batch.on_ray import OnRay

    return OnRay(workers)


def digest(out: Path) -> str:
    """One hash over the names and bytes of the parts."""
    made = blake2b(digest_size=6)
    for path in sorted(out.glob("month=*/*.parquet")):
        made.update(str(path.relative_to(out)).encode() + b"\0" + path.read_bytes())
    return made.hexdigest()


if __name__ == "__main__":
    main()
