"""What a run over a corpus stands: killed workers, a lost node, a killed driver. What is written must be what an undisturbed run writes.

    .venv/bin/python -m bench.batch_trouble [workers] [driver] [ray] [--reports 20000] [--kills 10] [--seed 1] [--folder FOLDER]

Without names all parts run. `workers`: a random one of two local workers is killed at random moments. `driver`: the process group
of `sacho batch` is killed in the middle of a run and the same command given again. `ray`: two nodes of one processor each on this machine;
random tasks are killed, and in the middle a whole node is, and another takes its place. Exit status 1 if a part differs, or if a report
is missing, there twice or a dead letter. Needs Linux (`/proc`); other load on the machine changes nothing but the times.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pyarrow.dataset as ds
from bench.workers import digest, write

from sacho.batch import Local, Options, Progress, run
from sacho.batch.run import Engine
from sacho.batch.supervisor import Done

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=["workers", "driver", "ray"], metavar="workers|driver|ray")
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to write; default: a folder that is removed")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        trial = Trial(given.folder or Path(temporary), given.reports, given.kills, random.Random(given.seed))
        trial.undisturbed()
        for part in given.parts:
            getattr(trial, part)()
    sys.exit(1 if trial.faults else 0)


class Trial:
    """A corpus, what an undisturbed run makes of it, and the runs that are disturbed."""

    def __init__(self, folder: Path, reports: int, kills: int, chance: random.Random) -> None:
        self.folder, self.reports, self.kills, self.chance = folder, reports, kills, chance
        self.source = folder / "corpus.parquet"
        self.faults = 0
        self.expected = ""
        self.shards, self.seconds = 0, 0.0
        write(self.source, reports, seed=1, relevant=1.0)

    def undisturbed(self) -> None:
        began = time.monotonic()
        self.shards = run([str(self.source)], str(self.folder / "plain"), Local(2), Options()).shards
        self.seconds = time.monotonic() - began
        self.expected = digest(self.folder / "plain")
        self._tell("undisturbed", self.folder / "plain", "")

    def workers(self) -> None:
        engine = Local(2)
        killed = self._run("workers", engine, engine.pids)
        self._tell("workers", self.folder / "workers", f"{len(killed)} workers killed")

    def driver(self) -> None:
        out = self.folder / "driver"
        command = [sys.executable, "-m", "sacho", "batch", str(self.source), str(out), "--workers", "2", "--quiet"]
        driver = subprocess.Popen(command, start_new_session=True, cwd=ROOT)
        while driver.poll() is None and _done(out) < self.shards / 2:
            time.sleep(0.1)
        os.killpg(driver.pid, signal.SIGKILL)
        driver.wait()
        kept = _done(out)
        subprocess.run(command, check=True, cwd=ROOT)
        self._tell("driver", out, f"driver killed with {kept} of {self.shards} shards done, then resumed")

    def ray(self) -> None:
        from ray.cluster_utils import Cluster

        from sacho.batch.on_ray import OnRay

        cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
        second = cluster.add_node(num_cpus=1)

        def lose() -> None:
            cluster.remove_node(second, allow_graceful=False)
            cluster.add_node(num_cpus=1)

        try:
            killed = self._run("ray", OnRay(2, address=cluster.address), _tasks, halfway=lose)
        finally:
            cluster.shutdown()
        self._tell("ray", self.folder / "ray", f"{len(killed)} tasks killed, one node of two lost")

    def _run(self, name: str, engine: Engine, pids: Callable[[], list[int]], halfway: Callable[[], None] = lambda: None) -> list[int]:
        """A run in which a random one of some processes is killed, at a random moment of a shard's time after each of some random
        shards; the processes killed."""
        killed: list[int] = []
        after = set(self.chance.sample(range(1, max(self.shards * 4 // 5, self.kills + 1)), self.kills))

        def kill() -> None:
            if found := pids():
                victim = self.chance.choice(found)
                with suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
                    killed.append(victim)

        def done(progress: Progress, _: Done) -> None:
            if progress.shards in after:
                threading.Timer(self.chance.uniform(0, self.seconds / self.shards), kill).start()
            if progress.shards == self.shards // 2:
                halfway()

        run([str(self.source)], str(self.folder / name), engine, Options(), on_done=done)
        return killed

    def _tell(self, name: str, out: Path, what: str) -> None:
        found, rows = digest(out), _rows(out)
        doubled = sum(n - 1 for n in rows.values())
        missing = self.reports - len(rows)
        dead = sum(1 for path in out.glob("_dead/*.jsonl") for _ in path.open())
        bad = found != self.expected or bool(doubled or missing or dead)
        self.faults += bad
        print(f"{name:12} {what:50} parts {found} {'DIFFER' if found != self.expected else 'same'}  "
              f"missing {missing} doubled {doubled} dead {dead}", flush=True)  # fmt: skip


def _done(out: Path) -> int:
    """Shards that have their receipt."""
    return len(list(out.glob("_done/*.json")))


def _rows(out: Path) -> Counter[str]:
    """How often each report is there, by the id it came with."""
    table = ds.dataset(out, format="parquet", partitioning="hive", exclude_invalid_files=True).to_table(columns=["given"])
    return Counter(table["given"].to_pylist())


def _tasks() -> list[int]:
    """The processes that run a shard for Ray at this moment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if path.read_bytes().startswith(b"ray::_plain"):
                found.append(int(path.parent.name))
    return found


if __name__ == "__main__":
    main()
