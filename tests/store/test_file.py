"""The SQLite file for others: Datasette opens it; read-only, it can be read; threads share it."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import pytest
from sqlalchemy import Connection

from sacho.store import Reading, StoreError, add, count_facets, create_store, cube, judge, list_events, open_store, search
from sacho.store.cube_columns import Cube

AT = "2026-01-01T00:00:00Z"


@pytest.fixture
def file(tmp_path: Path, readings: list[Reading]) -> Path:
    """A closed store with reports."""
    path = tmp_path / "store.db"
    with create_store(path) as store:
        add(store, readings, at=AT)
    return path


def test_the_file_opens_in_datasette_and_its_views_give_the_words(file: Path, readings: list[Reading]) -> None:
    from datasette.app import Datasette

    async def ask(statement: str) -> list[dict[str, object]]:
        answer = await datasette.client.get(f"/store.json?{urlencode({'sql': statement, '_shape': 'array'})}", follow_redirects=True)
        assert answer.status_code == 200, answer.text
        return list(answer.json())

    async def look() -> None:
        await datasette.invoke_startup()
        for page in ("/store", "/store/event", "/store/event_line", "/store/document", "/store/evidence_words"):
            assert (await datasette.client.get(page, follow_redirects=True)).status_code == 200, page
        assert await ask("SELECT count(*) AS n FROM event") == [{"n": sum(len(r.events) for r in readings)}]
        words = {str(row["words"]) for row in await ask("SELECT words FROM evidence_words LIMIT 1000")}
        assert words and words <= {p.quote for r in readings for e in r.events for p in e.evidence}

    datasette = Datasette([str(file)], settings={"num_sql_threads": 1})
    ThreadPoolExecutor(1).submit(asyncio.run, look()).result()


@contextmanager
def _as_somebody() -> Iterator[None]:
    """Not as root, whom no file mode stops."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.parametrize("folder_mode", [0o777, 0o555])
def test_a_read_only_file_is_read_searched_and_counted_and_a_judgement_refused_in_one_sentence(file: Path, folder_mode: int) -> None:
    with TemporaryDirectory(prefix="sacho store? ") as made:
        folder, copy = Path(made), Path(made) / "뉴스 #1.db"
        copy.write_bytes(file.read_bytes())
        copy.chmod(0o444)
        folder.chmod(folder_mode)
        with _as_somebody(), open_store(copy) as store:
            lines = list_events(store, limit=1000).lines
            assert lines and count_facets(store).total == len(lines) and search(store, "외무상").total
            with pytest.raises(StoreError, match="read-only; make it writable or work on a copy"):
                judge(store, [lines[0].event.id], "accepted", by="a", at=AT)
            assert list_events(store, limit=1000).lines == lines
        assert copy.read_bytes() == file.read_bytes()
        folder.chmod(0o777)


def test_threads_that_share_a_store_bring_its_counts_up_to_date_once_for_all(
    tmp_path: Path, readings: list[Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    refreshed = cube.refreshed
    begun: list[str] = []

    def slowly(connection: Connection, old: Cube, now: int) -> Cube:
        begun.append("begin")
        time.sleep(0.05)
        made = refreshed(connection, old, now)
        begun.append("end")
        return made

    monkeypatch.setattr(cube, "refreshed", slowly)
    with create_store(tmp_path / "s.db") as store, ThreadPoolExecutor(4) as pool:
        for some in (readings[:4], readings):
            add(store, some, at=AT, resolve=False)
            counted = list(pool.map(lambda _: count_facets(store, fields=("kind",)), range(8)))
            whole = sum(len(r.events) for r in some)
            assert all((c.total, sum(v.count for v in c.fields["kind"])) == (whole, whole) for c in counted)
    assert begun == ["begin", "end"] * 2
