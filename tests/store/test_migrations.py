"""A store of an older format, made by the statements of that time, becomes one of today; nothing else may open it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, inspect, select, update

from sacho.cli.migrate import command
from sacho.store import (
    Reading,
    Selection,
    Store,
    StoreError,
    add,
    count_events,
    count_facets,
    create_store,
    find_document,
    judge,
    list_events,
    migrations,
    open_store,
    search,
)
from sacho.store.connect import connect_unchecked
from sacho.store.migrations import migrate
from sacho.store.tables import FORMAT, facet_column, meta, metadata
from tests.store.conftest import Places

AT = "2026-01-01T00:00:00Z"
_FORMATS = Path(__file__).parent / "formats"
_INDEX = ("search_data", "search_idx", "search_docsize", "search_config")  # what SQLite keeps the full text in
ON_FILES = pytest.mark.parametrize("places", ["sqlite"], indirect=True)  # what a server does not have: a file, its other users


@pytest.fixture
def today(places: Places, readings: list[Reading]) -> Iterator[tuple[str, Store]]:
    where = places()
    with create_store(where) as store:
        add(store, readings, at=AT)
        judge(store, [readings[0].events[0].id], "corrected", by="a", at=AT, field="kind", value="protest")
        yield where, store


@pytest.fixture
def old(places: Places, today: tuple[str, Store]) -> str:
    """A store of format 1 with the reports and the judgement of today's."""
    where, (_, store) = places(), today
    if not store.is_sqlite:
        _fill_server(where, store)
        return where
    with closing(sqlite3.connect(where, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.executescript((_FORMATS / "1.sqlite.sql").read_text(encoding="utf-8"))
        raw.execute("ATTACH ? AS today", (str(store.path),))
        there = {name for (name,) in raw.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")}
        for table in [t.name for t in metadata.sorted_tables if t.name in there] + list(_INDEX):
            raw.execute(f"DELETE FROM main.{table}")
            raw.execute(f"INSERT INTO main.{table} SELECT * FROM today.{table}")
        raw.execute("UPDATE main.meta SET value = '1' WHERE key = 'format'")
    return where


def _fill_server(where: str, store: Store) -> None:
    made = connect_unchecked(where)
    with store.read() as connection:
        here = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    with made.engine.begin() as connection:
        connection.exec_driver_sql((_FORMATS / "1.postgresql.sql").read_text(encoding="utf-8"))
        there = inspect(connection).get_table_names()
        for table in [t.name for t in metadata.sorted_tables if t.name in there] + ["search"]:
            connection.exec_driver_sql(f"INSERT INTO {table} SELECT * FROM {here}.{table}")
        connection.exec_driver_sql("UPDATE meta SET value = '1' WHERE key = 'format'")
    made.engine.dispose()


def _shape(connection: Connection) -> dict[str, object]:
    """Tables, columns, keys, indices, checks."""
    seen = inspect(connection)
    return {
        name: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(name)], seen.get_pk_constraint(name)["constrained_columns"],
            sorted((str(i["name"]), i["column_names"]) for i in seen.get_indexes(name)),
            sorted(str(c["sqltext"]) for c in seen.get_check_constraints(name)),
            sorted((f["constrained_columns"], f["referred_table"]) for f in seen.get_foreign_keys(name)),
        )
        for name in seen.get_table_names()
    }  # fmt: skip


def test_an_older_store_is_refused_with_the_command_and_migrated_with_everything_in_it(
    old: str, today: tuple[str, Store], readings: list[Reading]
) -> None:
    with pytest.raises(StoreError, match=r"older store format 1 \(now \d+\); bring it up to date with `sacho migrate .*`\.$"):
        open_store(old)
    done = CliRunner().invoke(command, [old])
    assert done.exit_code == 0 and f"now has the format {FORMAT} (before: 1)" in done.stderr
    _, new = today
    with open_store(old) as store:
        assert list_events(store, limit=1000) == list_events(new, limit=1000)
        for r in readings:
            assert find_document(store, r.document.id) == find_document(new, r.document.id)
        assert search(store, "역사") == search(new, "역사") and search(new, "역사").total
        for chosen in (Selection(), Selection(actor=("김정은",)), Selection(participant=("Choe Son Hui",))):
            ours, theirs = count_facets(store, chosen), count_facets(new, chosen)
            assert ours.total == theirs.total == count_events(store, chosen) > 0 and ours.timeline == theirs.timeline
        with store.read() as a, new.read() as b:
            assert _shape(a) == _shape(b)
        assert add(store, readings, at=AT).unchanged == len(readings)
        judge(store, [readings[0].events[0].id], "accepted", by="b", at=AT)
    again = CliRunner().invoke(command, [old])
    assert again.exit_code == 0 and "nothing was changed" in again.stderr


@ON_FILES
def test_the_old_file_is_kept_and_never_overwritten(old: str) -> None:
    path = Path(old)
    kept = path.with_name(f"{path.stem}.format-1{path.suffix}")
    kept.write_text("something else", encoding="utf-8")
    with pytest.raises(StoreError, match="is there already, where the old file would be kept"):
        migrate(old)
    assert kept.read_text(encoding="utf-8") == "something else"
    kept.unlink()
    assert migrate(old).kept == str(kept)
    with pytest.raises(StoreError, match="older store format 1"):
        open_store(kept)
    assert sorted(p.name for p in path.parent.glob(f"*{path.stem}*")) == sorted((path.name, kept.name))


def test_a_step_that_fails_leaves_the_store_as_it_was(old: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    step = migrations.STEPS[1]

    def fails(connection: Connection) -> None:
        step(connection)
        raise StoreError("the step failed.")

    before = {p.name for p in tmp_path.iterdir()}
    monkeypatch.setitem(migrations.STEPS, 1, fails)
    with pytest.raises(StoreError, match="the step failed"):
        migrate(old)
    monkeypatch.setitem(migrations.STEPS, 1, step)
    assert {p.name for p in tmp_path.iterdir()} == before
    with pytest.raises(StoreError, match="older store format 1"):
        open_store(old)
    assert migrate(old).after == FORMAT
    open_store(old).close()


@ON_FILES
def test_a_file_that_another_program_has_open_is_not_migrated(old: str) -> None:
    with closing(sqlite3.connect(old)) as other:
        other.execute("SELECT count(*) FROM event").fetchall()
        with pytest.raises(StoreError, match="is open in another program; close it there and repeat"):
            migrate(old)
    assert migrate(old).after == FORMAT


@pytest.mark.parametrize("open_it", [open_store, migrate])
def test_a_newer_store_is_refused_by_all(places: Places, open_it: Callable[[str], object]) -> None:
    where = places()
    with create_store(where) as made, made.write() as connection:
        connection.execute(update(meta).where(meta.c.key == "format").values(value="99"))
    with pytest.raises(StoreError, match=r"was written by a newer Sacho \(store format 99, known here: \d+\); upgrade Sacho to open it\.$"):
        open_it(where)


def test_a_migrated_store_keeps_a_copy_of_its_counts_when_it_is_large(
    old: str, today: tuple[str, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sacho.store import cube

    monkeypatch.setattr(cube, "_FEW", 1)
    migrate(old)
    with open_store(old) as store, store.read() as connection:
        assert connection.execute(select(facet_column.c.name)).first() is not None
        assert count_facets(store).fields == count_facets(today[1]).fields
