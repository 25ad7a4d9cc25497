"""How long readers of the page wait: a real Chromium and twenty readers at once, over a made-up store.

    .venv/bin/python bench/page.py [--store FILE] [--reports 20000] [--events 5] [--out FILE.json]

Without `--store` (or if it is not there) a store is made from `bench/synthetic.py`: 20,000 reports with five events each. Measured, medians
and 95th percentiles in milliseconds: the events page from the address to the last island drawn, in a new browser context each time; a click
on a facet until everything is drawn anew; a key in review until the next record stands there; what a request takes while twenty readers
walk through the pages, a second's pause after each page as the quickest readers make, and while beside them somebody judges an event every
two seconds, so that nothing that was worked out before counts any longer. One process serves, as `sacho serve` does.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from threading import Event
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page

BARS = {"ready": 2500, "filter": 400, "next": 100, "readers": 150, "readers_beside_a_reviewer": 150}
"""Milliseconds: medians in the browser, the 95th percentile of the readers."""
READERS, PAGES_EACH, PAUSE = 20, 15, 1.0
_PORT = 8119
_CLICK = """async (selector) => {
    const begun = performance.now();
    document.querySelector(selector).click();
    while (document.documentElement.dataset.ready !== 'yes') await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - begun;
}"""
_KEY = """async (code) => {
    const item = () => document.querySelector('[data-item]')?.dataset.item;
    const before = item(), begun = performance.now();
    for (const kind of ['keydown', 'keyup']) document.body.dispatchEvent(new KeyboardEvent(kind, {code, bubbles: true}));
    while (item() === before) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - begun;
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--events", type=int, default=5, help="a report, on average")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = arguments.store or Path(folder) / "page.db"
        if not store.exists():
            make(store, arguments.reports, arguments.events)
        with served(store, Path(folder)) as base:
            found = {"store": size_of(base), **in_browser(base, arguments.rounds), "readers": readers(base, 0),
                     "readers_beside_a_reviewer": beside_a_reviewer(base)}  # fmt: skip
    print(json.dumps(found, indent=1))
    if arguments.out:
        arguments.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    slow = [name for name, bar in BARS.items() if found[name]["p95" if name.startswith("readers") else "median"] > bar]
    for name in slow:
        print(f"{name} is over {BARS[name]} ms", file=sys.stderr)
    sys.exit(1 if slow else 0)


def make(store: Path, reports: int, events: int) -> None:
    import synthetic  # type: ignore[import-not-found]  # beside this file

    from sacho.store import add, create_store

    synthetic.EVENTS = events
    with create_store(store) as made:
        add(made, synthetic.readings(1, reports), at="2026-01-01T00:00:00Z", program="synthetic")


@contextmanager
def served(store: Path, folder: Path) -> Iterator[str]:
    """The page, as a user serves it; a copy of the store, for judgements are written."""
    shutil.copy(store, folder / "served.db")
    command = [sys.executable, "-m", "sacho", "serve", "--store", str(folder / "served.db"), "--port", str(_PORT), "--accounts",
               str(folder / "users.sqlite")]  # fmt: skip
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        line = process.stderr.readline()
        if "The page is at" not in line:
            sys.exit(f"the page is not served: {line}")
        yield f"http://127.0.0.1:{_PORT}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def size_of(base: str) -> dict[str, int]:
    seen = _json(f"{base}/events.json?each=report")["seen"]
    return {"reports": seen["reports"], "events": seen["events"]}


def in_browser(base: str, rounds: int) -> dict[str, dict[str, float]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        ready = [_ready(browser, f"{base}/events") for _ in range(rounds)]
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        filters = _filters(page, base, rounds)
        return {"ready": _figures(ready), "filter": _figures(filters), "next": _figures(_review(page, base, 0.4)),
                "next_at_once": _figures(_review(page, base, 0.0))}  # fmt: skip


def _ready(browser: Browser, address: str) -> float:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    begun = time.perf_counter()
    page.goto(address)
    page.wait_for_selector('html[data-ready="yes"]', state="attached")
    taken = (time.perf_counter() - begun) * 1000
    context.close()
    return taken


def _filters(page: Page, base: str, rounds: int) -> list[float]:
    """A value of each facet chosen, one after the other, then taken back."""
    taken = []
    for turn in range(rounds):
        page.goto(f"{base}/events")
        page.wait_for_selector('html[data-ready="yes"]', state="attached")
        for field in ("kind", "country", "participant", "place"):
            taken.append(float(page.evaluate(_CLICK, f'[data-facet="{field}"] a:nth-of-type({1 + turn % 4})')))
    return taken


def _review(page: Page, base: str, pause: float) -> list[float]:
    page.goto(f"{base}/review")
    page.wait_for_selector('html[data-ready="yes"]', state="attached")
    page.wait_for_timeout(700)
    taken = []
    for turn in range(25):
        taken.append(float(page.evaluate(_KEY, ("KeyA", "KeyX", "KeyU")[turn % 3])))
        page.wait_for_timeout(pause * 1000)
    return taken


def readers(base: str, first: int) -> dict[str, float]:
    """Twenty readers, each on a walk of its own through events, reports, happenings, people and the pages over many reports. `first` is
    the number of the first: others walk elsewhere."""
    known = {n: _json(f"{base}/events.json?page={1 + n}")["seen"]["lines"] for n in range(first, first + READERS)}
    begun = time.perf_counter()
    with ThreadPoolExecutor(READERS) as pool:
        taken = [t for walk in pool.map(lambda n: _walk(base, n, known[n]), known) for t in walk]
    return {**_figures(taken), "requests": len(taken), "a_second": round(len(taken) / (time.perf_counter() - begun), 1)}


def beside_a_reviewer(base: str) -> dict[str, float]:
    """Twenty other readers, and a reviewer beside them."""
    done = Event()
    with ThreadPoolExecutor(1) as pool:
        reviewer = pool.submit(_judge, base, done)
        try:
            found = readers(base, READERS)
        finally:
            done.set()
        reviewer.result()  # raises what went wrong there
    return found


def _judge(base: str, done: Event) -> None:
    waiting = _waiting(base)
    while not done.wait(2):
        form = urlencode({"decision": "accepted", "event": next(waiting)}).encode()
        with urllib.request.urlopen(urllib.request.Request(f"{base}/review/judgements", data=form)) as answer:
            answer.read()


def _waiting(base: str) -> Iterator[str]:
    """Ids of events that nobody has judged, a page at a time; those that were judged are no longer on the next."""
    while lines := _json(f"{base}/events.json?each=report&review=unreviewed")["seen"]["lines"]:
        yield from (line["event"]["id"] for line in lines)
    raise RuntimeError("every event of the store has been judged; take a larger one")


def _walk(base: str, number: int, lines: Sequence[Any]) -> list[float]:
    chance = random.Random(number)
    taken = []
    time.sleep(chance.random() * PAUSE)
    for _ in range(PAGES_EACH):
        line = chance.choice(lines)
        kind, who = line["event"]["kind"], line["event"]["actor"][0]["id"]
        path = chance.choices(
            ["/events", f"/events?kind={kind}", f"/events?participant={who}", f"/events?page={chance.randrange(2, 40)}",
             f"/reports/{line['document']}", f"/happenings/{line['happening']}", f"/entities/{who}", "/contradictions", "/attendance",
             "/gaps", "/review"],
            weights=[3, 4, 3, 2, 8, 5, 3, 1, 0.5, 0.5, 1],
        )[0]  # fmt: skip
        begun = time.perf_counter()
        with urllib.request.urlopen(base + path) as answer:
            answer.read()
        taken.append((time.perf_counter() - begun) * 1000)
        time.sleep(PAUSE * (0.5 + chance.random()))
    return taken


def _json(address: str) -> dict[str, Any]:
    with urllib.request.urlopen(address) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def _figures(taken: Sequence[float]) -> dict[str, float]:
    ordered = sorted(taken)
    return {"median": round(median(ordered), 1), "p95": round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 1),
            "worst": round(ordered[-1], 1)}  # fmt: skip


if __name__ == "__main__":
    main()
