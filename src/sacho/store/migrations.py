"""A store of an older format brought to the newest, step by step.

A SQLite file is migrated on a copy that takes its name when it is whole and checked; the old file stays beside it. PostgreSQL does
all steps in one transaction.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, update

from sacho.records import Record
from sacho.store.connect import Store, StoreError, connect_unchecked, found_format, told, write_ahead
from sacho.store.cube import keep_cube
from sacho.store.format_2 import to_2
from sacho.store.format_3 import to_3
from sacho.store.tables import FORMAT, meta

STEPS: dict[int, Callable[[Connection], None]] = {1: to_2, 2: to_3}  # from which format, what to do; each leads to the next


class Migrated(Record):
    """What became of a store; `kept` is where the old file stands. Without a difference between `before` and `after` nothing was done."""

    name: str
    before: int
    after: int
    kept: str = ""


def migrate(where: str | Path) -> Migrated:
    """Bring a store to the newest format. Raises `StoreError`; the store is as it was then."""
    store = connect_unchecked(where)
    try:
        before = found_format(store)
        if before == FORMAT:
            return Migrated(name=store.name, before=before, after=FORMAT)
        if store.path is not None:
            store.engine.dispose()
            return Migrated(name=store.name, before=before, after=FORMAT, kept=str(_migrate_file(store.path, before)))
        with store.write() as connection:
            _take_steps(connection, before)
        keep_cube(store)
        return Migrated(name=store.name, before=before, after=FORMAT)
    finally:
        store.engine.dispose()


def _take_steps(connection: Connection, before: int) -> None:
    for number in range(before, FORMAT):
        STEPS[number](connection)
    connection.execute(update(meta).where(meta.c.key == "format").values(value=str(FORMAT)))


def _migrate_file(path: Path, before: int) -> Path:
    kept = path.with_name(f"{path.stem}.format-{before}{path.suffix}")
    copy = path.with_name(f".{path.name}.format-{FORMAT}")
    if kept.exists():
        raise StoreError(f"{kept} is there already, where the old file would be kept; move it away.")
    with told(str(path)), _alone(path) as raw:
        try:
            copy.unlink(missing_ok=True)  # of an attempt that was interrupted
            raw.execute("VACUUM INTO ?", (str(copy),))
            _migrate_copy(copy, before)
            _keep(path, kept)
            os.replace(copy, path)
            _sync(path.parent)
        except BaseException:
            for left in (copy, *(copy.with_name(copy.name + end) for end in ("-wal", "-shm", "-journal"))):
                left.unlink(missing_ok=True)
            raise
    return kept


def _migrate_copy(copy: Path, before: int) -> None:
    store: Store = connect_unchecked(copy)
    try:
        with store.write() as connection:
            _take_steps(connection, before)
        keep_cube(store)
        with store.engine.connect() as connection:
            checks = [connection.exec_driver_sql(f"PRAGMA {check}").all() for check in ("integrity_check", "foreign_key_check")]
        faults = [str(fault[0]) for fault in (*checks[0], *checks[1]) if fault[0] != "ok"]
        if faults:
            raise StoreError(f"{copy} does not hold together after the migration ({faults[0]}); the old file is as it was.")
    finally:
        store.engine.dispose()
    write_ahead(copy)
    _sync(copy)


@contextmanager
def _alone(path: Path) -> Iterator[sqlite3.Connection]:
    """The file to ourselves: without write-ahead log, which only works if nobody else has it open, and locked until the end."""
    raw = sqlite3.connect(path, isolation_level=None, timeout=2)
    done = False
    try:
        raw.execute("PRAGMA locking_mode=EXCLUSIVE")
        try:
            raw.execute("PRAGMA journal_mode=DELETE")
            raw.execute("BEGIN EXCLUSIVE")
            raw.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise StoreError(f"{path} is open in another program; close it there and repeat.") from None
        yield raw
        done = True
    finally:
        raw.close()
        if not done:
            with suppress(sqlite3.Error):
                write_ahead(path)


def _keep(path: Path, kept: Path) -> None:
    """The old file under its new name, without a moment in which it has none."""
    try:
        os.link(path, kept)
    except OSError:  # a file system without links
        shutil.copy2(path, kept)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
