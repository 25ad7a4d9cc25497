"""A running room and a real Chromium. With CI=true a missing browser or page fails the run, elsewhere it is left out loudly."""

from __future__ import annotations

import os
import shutil
import threading
import time
import warnings
from pathlib import Path

import pytest
import uvicorn

from sacho.coding import code_document
from sacho.ingest import read
from sacho.store import add, create_store, open_store, reading_of
from sacho.store.words import load_vocabulary
from sacho.web import Room, create_app
from sacho.web.accounts import Accounts

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync")  # fmt: skip


def _left_out(why: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{why}: the page is NOT tested in a browser")
    warnings.warn(f"{why}: the page is NOT tested in a browser", stacklevel=2)
    pytest.skip(f"{why}: the page is NOT tested in a browser")


class Served:
    """A room served from a thread."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self._server = uvicorn.Server(uvicorn.Config(create_app(room), host="127.0.0.1", port=0, log_level="warning"))
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)
        self.base = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)


@pytest.fixture(scope="session")
def master(tmp_path_factory):
    """The examples and the reports of several outlets, read into a store once."""
    sources = [*sorted((ROOT / "examples").glob("*.md")), *sorted((ROOT / "tests/corpus/multi/dev").glob("*/r*.md"))]
    path = tmp_path_factory.mktemp("store") / "master.db"
    with create_store(path) as store:
        add(store, [reading_of(code_document(d), load_vocabulary()) for d in read(sources)], at="2026-01-01T00:00:00Z")
    return path


@pytest.fixture
def served(master, tmp_path):
    with open_store(shutil.copy(master, tmp_path / "room.db")) as store:
        made = Served(Room(store, Accounts(tmp_path / "users.sqlite", time.time)))
        yield made
        made.stop()


@pytest.fixture(scope="session")
def chromium():
    found = shutil.which("chromium")
    if found is None:
        _left_out("Chromium is not installed")
    if not (ROOT / "src/sacho/web/static/app.js").exists() or not AXE.exists():
        _left_out("the page has not been built (make page)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=list(_FLAGS))
        yield browser
        browser.close()


class Watch:
    """What a page must not do: ask other hosts, break the policy, fail in its script."""

    def __init__(self, page, base: str) -> None:
        self.wrong: list[str] = []
        page.on("request", lambda r: self._note(not r.url.startswith((base, "data:", "blob:")), f"request to {r.url}"))
        page.on("console", lambda m: self._note(m.type in ("error", "warning"), f"console: {m.text}"))
        page.on("pageerror", lambda e: self.wrong.append(f"script: {e}"))

    def _note(self, bad: bool, what: str) -> None:
        if bad:
            self.wrong.append(what)


@pytest.fixture
def open_page(chromium, served):
    contexts = []

    def opened(path: str, *, lang: str = "ko", theme: str = "light", context=None, base: str = ""):
        if context is None:
            context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale=lang, color_scheme=theme)
            contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.watch = Watch(page, base or served.base)
        page.goto((base or served.base) + path)
        ready(page)
        return page

    yield opened
    for context in contexts:
        context.close()


def ready(page) -> None:
    """Every island of the page has drawn."""
    page.wait_for_selector('html[data-ready="yes"]', state="attached")
