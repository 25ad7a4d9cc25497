"""A store of a million events and a hundred thousand reports: how fast it is filled, counted, searched and read.

    .venv/bin/python bench/store.py [--reports 100000] [--postgresql ADDRESS] [--happenings] [--check | --accept]

One run makes the same reports up (`bench/synthetic.py`) for a new SQLite file and, beside it, for an empty PostgreSQL database, and puts
the same questions to both. Rows count those of all tables; the time in which reports are made up is taken out. Questions are asked
`--rounds` times each, interleaved, of other values each time; what was found before is forgotten before each search. Figures are medians
in milliseconds of elapsed time and, behind the stroke, of this program's processor time. `--happenings` also resolves across reports.
`--check` compares a run of 1,000 reports with `bench/baseline.json`, relative to plain `executemany` in the same run.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median

import msgspec
from sqlalchemy import select

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.synthetic import readings, vocabulary

from sacho.store import (
    Reading,
    Selection,
    Store,
    add,
    count_facets,
    create_store,
    find_document,
    find_event,
    list_events,
    open_store,
    read_event,
    resolve_all,
    search,
)
from sacho.store.tables import FORMAT, event

AT = "2026-01-01T00:00:00Z"
BASELINE = Path(__file__).with_name("baseline.json")
FIELDS = ("kind", "actor", "country", "place", "status", "source")  # the six facets
TARGETS = {"insert": 100_000, "facets": 150, "search": 50, "point": 1}
_SMALL = 1000  # reports of a run that is checked
_SLACK = 1.6  # times the accepted figure
Timed = tuple[float, float]  # seconds elapsed, of processor time


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the SQLite file is made (default: a temporary folder)")
    parser.add_argument("--postgresql", metavar="ADDRESS", help="an empty database")
    parser.add_argument("--happenings", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--accept", action="store_true")
    given = parser.parse_args()
    if given.check or given.accept:
        given.reports, given.postgresql = _SMALL, None
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        places = {"SQLite": f"{folder}/store.db"} | ({"PostgreSQL": given.postgresql} if given.postgresql else {})
        plain = floor(Path(folder))
        print(
            f"{given.reports:,} reports, seed {given.seed}; format {FORMAT}, Python {sys.version.split()[0]}, "
            f"SQLite {sqlite3.sqlite_version}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; "
            f"plain executemany {plain:,.0f} rows/s"
        )
        figures = {name: filled(name, where, given.reports, given.seed, happenings=given.happenings) for name, where in places.items()}
        for name, asked in ask_all(places, given.seed, given.rounds).items():
            figures[name] |= asked
    show(figures)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB, load {os.getloadavg()[0]:.1f}")
    if given.check or given.accept:
        keep({name: round(value, 3) for name, value in relative(figures["SQLite"], plain).items()}, check=given.check)


def floor(folder: Path) -> float:
    """Rows a second that `executemany` puts into one table of eight columns without any check, key or index."""
    rows = [(n, n % 97, "가나다라", n * 2, n * 2 + 5, "actor", f"r{n % 50}", "[]") for n in range(200_000)]
    raw = sqlite3.connect(folder / "plain.db", isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("CREATE TABLE t (a INTEGER, b INTEGER, c TEXT, d INTEGER, e INTEGER, f TEXT, g TEXT, h TEXT) STRICT")
    begin = time.perf_counter()
    for start in range(0, len(rows), 10_000):
        raw.execute("BEGIN")
        raw.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows[start : start + 10_000])
        raw.execute("COMMIT")
    spent = time.perf_counter() - begin
    raw.close()
    return len(rows) / spent


# ---------------------------------------------------------------- filling


def now() -> Timed:
    return time.perf_counter(), time.process_time()


def since(begin: Timed) -> Timed:
    elapsed, worked = now()
    return elapsed - begin[0], worked - begin[1]


class Pause:
    """Readings with the time that making them up took."""

    def __init__(self, source: Iterable[Reading]) -> None:
        self._source = iter(source)
        self.spent: Timed = (0.0, 0.0)

    def __iter__(self) -> Iterator[Reading]:
        while True:
            begin = now()
            made = next(self._source, None)
            took = since(begin)
            self.spent = (self.spent[0] + took[0], self.spent[1] + took[1])
            if made is None:
                return
            yield made


def filled(name: str, where: str, reports: int, seed: int, *, happenings: bool) -> dict[str, Timed]:
    """Fill a new store; rows a second, megabytes, seconds for the happenings."""
    with create_store(where) as store:
        source = Pause(readings(seed, reports))
        begin, last = now(), [now()]
        done = add(store, source, at=AT, resolve=False, batch=1000, progress=lambda _: last.append(now()))
        elapsed, worked = (e - b - s for e, b, s in zip(last[-1], begin, source.spent, strict=True))
        print(f"{name}: {done.new:,} reports, {done.events:,} events, {done.rows:,} rows and the full text in {elapsed:.0f} s", flush=True)
        out = {"insert, rows/s": (done.rows / elapsed, done.rows / worked), "then the copy for facets, s": since(last[-1])}
        if happenings:
            begin = now()
            written = resolve_all(store)
            out["happenings, s"] = since(begin)
            print(f"{name}: {written:,} happenings", flush=True)
        out["size, MB"] = (size_of(store), 0.0)
    return out


def size_of(store: Store) -> float:
    with store.read() as connection:
        if not store.is_sqlite:
            return float(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()) / 1e6
        pages, size = (int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()) for name in ("page_count", "page_size"))
        return pages * size / 1e6


# ---------------------------------------------------------------- asking


def ask_all(places: dict[str, str], seed: int, rounds: int) -> dict[str, dict[str, Timed]]:
    """Median milliseconds of every question to every store."""
    spent: dict[str, dict[str, list[Timed]]] = {name: {} for name in places}
    stores = {name: open_store(where) for name, where in places.items()}
    words = vocabulary(seed)
    points = point_reads(stores, seed)
    search(next(iter(stores.values())), f'"{words[2]} {words[3]}"')  # loads the analyser, which phrases need
    for number in range(rounds + 1):
        for name, store in stores.items():
            for question, ask in questions(store, places[name], words, random.Random(number), number).items():
                store.cached.pop("matching", None)
                begin = now()
                ask()
                took = since(begin)
                if number:  # the first round only warms up
                    spent[name].setdefault(question, []).append(took)
    for store in stores.values():
        store.close()
    return {
        name: {q: (median(a for a, _ in took) * 1000, median(b for _, b in took) * 1000)
               for q, took in ({"one event": points[name]} | asked).items()}
        for name, asked in spent.items()
    }  # fmt: skip


def point_reads(stores: dict[str, Store], seed: int, times: int = 1000) -> dict[str, list[Timed]]:
    """Single events from all over, each read once."""
    chance = random.Random(seed)
    out: dict[str, list[Timed]] = {}
    for name, store in stores.items():
        with store.read() as connection:
            ids = connection.execute(select(event.c.id).where(event.c.number % 97 == 0)).scalars().all()
        for identity in chance.choices(ids, k=times):
            begin = now()
            read_event(store, identity)
            out.setdefault(name, []).append(since(begin))
    return out


def questions(store: Store, where: str, words: list[str], chance: random.Random, number: int) -> dict[str, Callable[[], object]]:
    """The questions of one round. What they ask for differs from round to round."""
    start = f"{chance.randrange(2000, 2020)}-{chance.randrange(1, 13):02d}-01"
    lines = list_events(store, Selection(since=start), limit=20, oldest_first=True).lines or list_events(store, limit=20).lines
    line = chance.choice(lines)
    common, second = chance.sample(words[:6], 2)
    middle, rare = chance.choice(words[20:200]), chance.choice(words[4000:12000])
    period = Selection(country=(chance.choice(("PRK", "KOR", "USA", "CHN")),), since=start, until=f"{int(start[:4]) + 5}-12-31")
    new = list(islice(readings(1000 + number, 10), 10))
    return {
        "one event with all behind it": lambda: find_event(store, line.event.id),
        "one report": lambda: find_document(store, line.document), "a page of 50": lambda: list_events(store),
        "a page of one state's last 50": lambda: list_events(store, Selection(country=period.country)),
        "6 facets, timeline, dyads: all": lambda: count_facets(store, fields=FIELDS),
        "… of one actor": lambda: count_facets(store, Selection(actor=(line.event.actor[0].id,)), fields=FIELDS),
        "… of a state and years": lambda: count_facets(store, period, fields=FIELDS),
        "… of a common word": lambda: count_facets(store, Selection(text=common), fields=FIELDS),
        "… the first of a program": lambda: _first_count(where), "search: a rare word": lambda: search(store, rare),
        "search: a common word": lambda: search(store, common), "search: common and middling": lambda: search(store, f"{common} {middle}"),
        "search: two common": lambda: search(store, f"{common} {second}"),
        "search: a phrase": lambda: search(store, f'"{common} {second}"'),
        "10 reports more": lambda: add(store, new, at=AT, resolve=False),
        "6 facets, timeline, dyads: after that": lambda: count_facets(store, fields=FIELDS),
        "search: a common word after that": lambda: search(store, common),
    }  # fmt: skip


def _first_count(where: str) -> None:
    with open_store(where) as fresh:
        count_facets(fresh, fields=FIELDS)


# ---------------------------------------------------------------- telling


def show(figures: dict[str, dict[str, Timed]]) -> None:
    names = list(figures)
    print("\n| | " + " | ".join(f"{name}, elapsed / own processor" for name in names) + " |\n|---|" + "---|" * len(names))
    for question in figures[names[0]]:
        cells = []
        for name in names:
            value, own = figures[name].get(question, (float("nan"),) * 2)
            form = ",.0f" if value >= 1000 else ".1f" if value >= 10 else ".2f"
            cells.append(f"{value:{form}} / {own:{form}}")
        print(f"| {question} | " + " | ".join(cells) + " |")
    ours = figures["SQLite"]
    met = {
        "insert": ours["insert, rows/s"][0] >= TARGETS["insert"], "point": ours["one event"][0] < TARGETS["point"],
        "facets": max(v[0] for q, v in ours.items() if q.startswith(("6 facets", "… of"))) < TARGETS["facets"],
        "search": max(v[0] for q, v in ours.items() if q.startswith("search")) < TARGETS["search"],
    }  # fmt: skip
    print("\ntargets (SQLite, elapsed): " + ", ".join(f"{name} {'met' if ok else 'NOT MET'}" for name, ok in met.items()))


def relative(figures: dict[str, Timed], plain: float) -> dict[str, float]:
    """Figures that hold on any machine: rows for one plain row; milliseconds in the time of a thousand plain rows."""
    unit = 1e6 / plain  # ms
    asked = ("one event", "6 facets, timeline, dyads: all", "search: a common word", "search: a rare word", "a page of 50")
    return {"insert": plain / figures["insert, rows/s"][0], **{name: figures[name][0] / unit for name in asked}}


def keep(found: dict[str, float], *, check: bool) -> None:
    held = msgspec.json.decode(BASELINE.read_bytes())
    if not check:
        held["store"] = found
        BASELINE.write_bytes(msgspec.json.format(msgspec.json.encode(dict(sorted(held.items()))), indent=2) + b"\n")
        return
    slow = [f"{name}: {value} (accepted {held['store'][name]})" for name, value in found.items() if value > held["store"][name] * _SLACK]
    print("as accepted" if not slow else "slower than accepted: " + "; ".join(slow))
    sys.exit(bool(slow))


if __name__ == "__main__":
    main()
