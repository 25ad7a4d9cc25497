"""What a store stands: readers beside a writer, a writer that is killed, a disk without room. Each part prints what it counted.

    .venv/bin/python bench/store_trouble.py [readers] [kills] [full] [--seconds 60] [--kills 25] [--postgresql ADDRESS [--server FOLDER]]

Without names all parts run, on a new SQLite file and on an empty PostgreSQL database if one is given. Writer and readers are programs of
their own. `--server` is the folder that `.ci/postgresql` was given: every fifth kill then takes the server with it. Exit status 1 if
anything was lost, torn or refused. The tests run the same, shorter.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from statistics import quantiles

import msgspec
from sqlalchemy import func, select

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.synthetic import COMMON, SECOND, readings

from sacho.store import (
    Reading,
    Selection,
    Store,
    StoreError,
    add,
    count_facets,
    create_store,
    find_document,
    list_events,
    open_store,
    read_event,
    search,
)
from sacho.store.tables import document, event, happening

ROOT = Path(__file__).resolve().parent.parent
AT = "2026-01-01T00:00:00Z"
BATCH = 10  # reports
_MANY = 100_000  # more reports than anybody writes here


def batches(seed: int) -> Iterator[list[Reading]]:
    """Reports by the batch, without end."""
    source = readings(seed, _MANY)
    while some := list(islice(source, BATCH)):
        yield some


# ---------------------------------------------------------------- programs of their own


def write_on(where: str, seed: int) -> None:
    """Add batch after batch; tell on standard output when one begins and when it is confirmed."""
    with open_store(where) as store:
        for number, some in enumerate(batches(seed)):
            print("begin", number, flush=True)
            add(store, some, at=AT, batch=BATCH)
            print("confirmed", number, flush=True)


def read_on(where: str, seed: int, seconds: float) -> None:
    """Read this and that; print a JSON object: milliseconds of every read, errors with how often."""
    chance = random.Random(seed)
    spent: list[float] = []
    errors: Counter[str] = Counter()
    end = time.monotonic() + seconds
    with open_store(where) as store:
        while time.monotonic() < end:
            begin = time.perf_counter()
            try:
                _read(store, chance)
            except Exception as error:  # whatever it is, it is counted
                errors[f"{type(error).__name__}: {error}"] += 1
            spent.append((time.perf_counter() - begin) * 1000)
    print(msgspec.json.encode({"spent": spent, "errors": errors}).decode())


def _read(store: Store, chance: random.Random) -> None:
    what = chance.randrange(5)
    if what == 0:
        search(store, chance.choice((COMMON, f"{COMMON} {SECOND}", "미사일", "역사")))
    elif what == 1:
        count_facets(store, chance.choice((Selection(), Selection(country=("PRK",)), Selection(text=COMMON))), fields=("kind", "actor"))
    elif what == 2:
        with store.read() as connection:
            if connection.execute(select(func.count()).select_from(document)).scalar_one() % BATCH:
                raise AssertionError("a batch was seen before it was whole")
    else:
        lines = list_events(store, limit=20).lines
        one = chance.choice(lines)
        if read_event(store, one.event.id) is None or find_document(store, one.document) is None:
            raise AssertionError("an event of a list is not there")


def _program(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT)


# ---------------------------------------------------------------- readers beside a writer


def beside(where: str, *, readers: int = 4, seconds: float = 60) -> dict[str, object]:
    """`readers` programs that read and one that writes, for so long. Returns how many batches were confirmed, reads, their middle and
    95th percentile in milliseconds, and errors."""
    with create_store(where) as store:
        add(store, next(batches(0)), at=AT, batch=BATCH)
    writer = _program("--write", where, "1")
    assert writer.stdout is not None
    _next(writer, "confirmed")
    ours = [_program("--read", where, str(n), str(seconds)) for n in range(readers)]
    told = [msgspec.json.decode(one.communicate()[0]) for one in ours]
    ended = writer.poll()
    writer.kill()
    confirmed = writer.stdout.read().count("confirmed")
    errors: Counter[str] = Counter() if ended is None else Counter({f"the writer ended with {ended}": 1})
    for one in told:
        errors.update(one["errors"])
    spent = sorted(ms for one in told for ms in one["spent"])
    cuts = quantiles(spent, n=20)
    return {"confirmed": confirmed, "reads": len(spent), "median": round(cuts[9], 1), "p95": round(cuts[18], 1), "errors": dict(errors)}


def _next(writer: subprocess.Popen[str], word: str) -> int:
    """Wait for the next line that begins with a word; returns its number."""
    assert writer.stdout is not None
    for line in writer.stdout:
        if line.startswith(word):
            return int(line.split()[1])
    raise RuntimeError(f"the writer ended with {writer.wait()}")


# ---------------------------------------------------------------- a writer that is killed


def kills(where: str, times: int = 25, *, seed: int = 1, server: Path | None = None) -> dict[str, object]:
    """Kill a writer with signal 9 so often, each time somewhere in its work, and look at what is there. Returns batches confirmed, how
    often a batch was being written, what was lost or torn, and faults in the file or database."""
    chance = random.Random(seed)
    create_store(where).close()
    confirmed: dict[int, int] = {}
    midst, faults = 0, []
    for number in range(times):
        begun, done = _kill_one(where, seed * 1000 + number, chance.uniform(0, 0.6))
        midst += begun > done
        if server is not None and number % 5 == 4:
            _kill_server(server)
        confirmed[seed * 1000 + number] = done
        with open_store(where) as store:
            faults += [f"kill {number}: {fault}" for fault in (*_after(store, seed * 1000 + number, done), *unsound(store))]
    with open_store(where) as store:
        held = _held(store)
    lost = sum(r.document.id not in held for s, done in confirmed.items() for some in islice(batches(s), done) for r in some)
    return {"kills": times, "in mid-write": midst, "confirmed": sum(confirmed.values()), "lost": lost, "faults": faults}


def _kill_one(where: str, seed: int, wait: float) -> tuple[int, int]:
    """Start a writer, kill it; returns how many batches it began and how many it confirmed."""
    writer = _program("--write", where, str(seed))
    assert writer.stdout is not None
    _next(writer, "confirmed")
    time.sleep(wait)
    writer.send_signal(signal.SIGKILL)
    rest = writer.stdout.read()
    writer.wait()
    return 1 + rest.count("begin"), 1 + rest.count("confirmed")


def _after(store: Store, seed: int, done: int) -> list[str]:
    """What is wrong with the batches of one writer: those confirmed are there, the one after is there whole or not at all."""
    held = _held(store)
    out = []
    for number, some in enumerate(islice(batches(seed), done + 1)):
        there = [r.document.id in held for r in some]
        if number < done and not all(there):
            out.append(f"batch {number} was confirmed and is not there")
        elif any(there) and not all(there):
            out.append(f"batch {number} is torn")
        elif all(there) and number >= done - 1:
            out += [f"batch {number}: {r.document.id} is not whole" for r in some if not is_whole(store, r)]
    return out


def _held(store: Store) -> set[str]:
    with store.read() as connection:
        return set(connection.execute(select(document.c.id)).scalars())


def is_whole(store: Store, reading: Reading) -> bool:
    """Whether everything that was read in a report is in the store."""
    view = find_document(store, reading.document.id)
    return (
        view is not None and (view.document, view.mentions, view.claims) == (reading.document, reading.mentions, reading.claims)
        and {line.event.id: line.event for line in view.lines} == {e.id: e for e in reading.events}
        and {q.id: q for q in view.quotes} == {q.id: q for q in reading.quotes}
    )  # fmt: skip


def unsound(store: Store) -> list[str]:
    """What the engine finds wrong, and events without their happening."""
    out: list[str] = []
    with store.write() as connection:
        if store.is_sqlite:
            out += [str(row) for row in connection.exec_driver_sql("PRAGMA integrity_check").scalars() if row != "ok"]
            out += [f"foreign key: {row}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
            connection.exec_driver_sql("INSERT INTO search (search) VALUES ('integrity-check')")
        indexed = connection.exec_driver_sql("SELECT count(*) FROM search").scalar_one()
        if indexed != connection.execute(select(func.count()).select_from(document)).scalar_one():
            out.append("reports are missing in the full-text index")
        homeless = select(func.count()).select_from(event).outerjoin(happening, happening.c.id == event.c.happening)
        if connection.execute(homeless.where(happening.c.id.is_(None))).scalar_one():
            out.append("events are without their happening")
    return out


def _kill_server(folder: Path) -> None:
    """Kill PostgreSQL as well, and start it again."""
    data = folder / "data"
    postmaster = int((data / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    control = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))[-1]
    start = ["runuser", "-u", "postgres", "--", str(control), "-w", "-D", str(data), "-o", f"-k {folder} -c listen_addresses=''", "-l",
             str(folder / "log"), "start"]  # fmt: skip
    for _ in range(20):
        time.sleep(0.5)  # what it had started must end first
        if subprocess.run(start, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/").returncode == 0:
            return
    raise RuntimeError(f"PostgreSQL does not start again; see {folder / 'log'}")


# ---------------------------------------------------------------- a disk without room


def full(folder: Path, seed: int = 1) -> dict[str, object]:
    """Add until the disk that `folder` is on has no room, make room, go on. Returns confirmed batches, the sentence, what is wrong."""
    filler, path = folder / "filler", folder / "store.db"
    filler.write_bytes(b"x" * (6 << 20))
    (folder / "out.csv").write_text("old", encoding="utf-8")
    with create_store(path) as store:
        done, said = _fill(store, seed)
        faults = _after(store, seed, done)
    with open_store(path) as store:  # another program can read it meanwhile
        if len(list_events(store, limit=10).lines) != 10 or not search(store, COMMON).total:
            faults.append("a full disk cannot be read from")
    exported = _export(path, folder / "out.csv")
    filler.unlink()
    with open_store(path) as store:
        add(store, next(islice(batches(seed), done, None)), at=AT, batch=BATCH)
        faults += [*_after(store, seed, done + 1), *unsound(store)]
    return {"confirmed": done, "said": said, "export": exported, "faults": faults}


def _fill(store: Store, seed: int) -> tuple[int, str]:
    """Add until it is refused; returns how many batches were confirmed, and the sentence."""
    for done, some in enumerate(batches(seed)):
        try:
            add(store, some, at=AT, batch=BATCH)
        except StoreError as error:
            return done, str(error)
    raise AssertionError("the disk was never full")


def _export(store: Path, out: Path) -> dict[str, object]:
    """Export to the full disk over a file that is there already."""
    with suppress(OSError), out.with_name("rest").open("wb") as rest:  # the last bytes
        while True:
            rest.write(b"x" * 4096)
            rest.flush()
    done = subprocess.run([sys.executable, "-m", "sacho", "export", "csv", "--store", str(store), "--out", str(out)], cwd=ROOT,
                          capture_output=True, text=True)  # fmt: skip
    left = sorted(p.name for p in out.parent.iterdir() if not p.name.startswith(("store", "filler", "rest")))
    out.with_name("rest").unlink(missing_ok=True)
    return {"status": done.returncode, "said": done.stderr.strip(), "kept": out.read_text(encoding="utf-8") == "old", "left": left}


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path | None]:
    """A file system of its own of so many megabytes; None if this user may not make one."""
    with tempfile.TemporaryDirectory() as made:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", made]
        if subprocess.run(mount, capture_output=True).returncode != 0:
            yield None
            return
        try:
            yield Path(made)
        finally:
            subprocess.run(["umount", made], check=True)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=["readers", "kills", "full"], metavar="readers|kills|full")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--postgresql", help="an empty database")
    parser.add_argument("--server", type=Path)
    parser.add_argument("--write", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--read", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.write:
        return write_on(given.write[0], int(given.write[1]))
    if given.read:
        return read_on(given.read[0], int(given.read[1]), float(given.read[2]))
    found: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory() as folder:
        places = {"sqlite": [f"{folder}/a.db", f"{folder}/b.db"]}
        if given.postgresql:
            places["postgresql"] = [_schema(given.postgresql, name) for name in ("readers", "kills")]
        for name, (a, b) in places.items():
            if "readers" in given.parts:
                found[f"{name}, 4 readers and a writer, {given.seconds:.0f} s"] = beside(a, seconds=given.seconds)
            if "kills" in given.parts:
                found[f"{name}, a writer killed"] = kills(b, given.kills, server=given.server if name == "postgresql" else None)
    if "full" in given.parts:
        with small_disk(24) as disk:
            found["a full disk"] = full(disk) if disk else {"faults": ["this user may not mount a small file system"]}
    for name, values in found.items():
        print(f"{name}: " + ", ".join(f"{key} {value}" for key, value in values.items()))
    if any(values.get("errors") or values.get("faults") or values.get("lost") for values in found.values()):
        sys.exit(1)


def _schema(address: str, name: str) -> str:
    """A schema of its own in the database, made new."""
    from sqlalchemy import create_engine

    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS trouble_{name} CASCADE")
        connection.exec_driver_sql(f"CREATE SCHEMA trouble_{name}")
    engine.dispose()
    return f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3Dtrouble_{name}"


if __name__ == "__main__":
    main()
