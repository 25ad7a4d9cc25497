"""The SQLite file for others: Datasette opens it; threads share it."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import Connection

from sacho.store import Reading, add, count_facets, create_store, facets

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
    asyncio.run(look())


def test_threads_that_share_a_store_bring_its_counts_up_to_date_once_for_all(
    tmp_path: Path, readings: list[Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    refreshed = facets._refreshed
    begun: list[str] = []

    def slowly(connection: Connection, old: facets.Cube, now: int) -> facets.Cube:
        begun.append("begin")
        time.sleep(0.05)
        cube = refreshed(connection, old, now)
        begun.append("end")
        return cube

    monkeypatch.setattr(facets, "_refreshed", slowly)
    with create_store(tmp_path / "s.db") as store, ThreadPoolExecutor(4) as pool:
        for some in (readings[:4], readings):
            add(store, some, at=AT, resolve=False)
            counted = list(pool.map(lambda _: count_facets(store, fields=("kind",)), range(8)))
            whole = sum(len(r.events) for r in some)
            assert all((c.total, sum(v.count for v in c.fields["kind"])) == (whole, whole) for c in counted)
    assert begun == ["begin", "end"] * 2
