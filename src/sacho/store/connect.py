"""Opening a store: a SQLite file or a PostgreSQL database, with its version checked and its errors told in one sentence."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, text, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from sacho.store.schema import create_schema
from sacho.store.tables import FORMAT, OLDEST_FORMAT, meta

APPLICATION = 0x5341434F  # "SACO" in the header of the file, so that `file` and others can tell what it is
OLDEST_SERVER = 15
_PRAGMAS = (
    "foreign_keys=ON", "busy_timeout=10000", "cache_size=-65536", "temp_store=MEMORY", "trusted_schema=OFF", "recursive_triggers=ON",
    "wal_autocheckpoint=16000",
)  # fmt: skip


class StoreError(Exception):
    """A store that cannot be opened, read or written: one sentence with the remedy. Nothing was changed."""


class Store:
    """An open store. Reading and writing are transactions; a reader sees one state from its first read to its end."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine = engine
        self.name = name
        self.cached: dict[str, object] = {}  # what readers keep between calls (facet cube, matches), by kind
        self.caching = RLock()  # held by whoever looks into `cached` or changes it

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @property
    def path(self) -> Path | None:
        return Path(self.name) if self.is_sqlite else None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read transaction: one state of the store from its first read to its end."""
        with told(self.name), self.engine.connect() as bare:
            connection = bare if self.is_sqlite else bare.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A write transaction: all of it or nothing. One writer at a time; others wait up to ten seconds (SQLite) or
        until it is their turn. Raises `StoreError` for a full disk, a read-only file, a store locked for longer."""
        with told(self.name), self.engine.connect() as bare:
            connection = bare.execution_options(sacho_begin="BEGIN IMMEDIATE")
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(current_schema()))"))
                yield connection

    def change(self, connection: Connection) -> int:
        """The number of the last change; it grows with every transaction that changed something."""
        return int(connection.execute(select(meta.c.value).where(meta.c.key == "change")).scalar_one())

    def next_change(self, connection: Connection) -> int:
        """Count one change more and return its number."""
        number = self.change(connection) + 1
        connection.execute(update(meta).where(meta.c.key == "change").values(value=str(number)))
        return number

    def close(self) -> None:
        """Let go of every connection; SQLite's planner statistics are brought up to date if the file can be written."""
        if self.is_sqlite:
            try:
                with self.engine.connect() as connection:
                    connection.exec_driver_sql("PRAGMA optimize")
            except DBAPIError:
                pass  # a read-only file keeps its old statistics
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()


def create_store(where: str | Path, *, durable: bool = False) -> Store:
    """Make a new, empty store and open it. Raises `StoreError` if there is one already."""
    if _exists(where):
        raise StoreError(f"{where} is there already; open it, or choose another name.")
    store = _connect(where, durable=durable, create=True)
    with store.write() as connection:
        create_schema(connection)
        connection.execute(meta.insert(), [{"key": "format", "value": str(FORMAT)}, {"key": "change", "value": "0"}])
    return store


def open_store(where: str | Path, *, create: bool = False, durable: bool = False) -> Store:
    """Open a store: a file name, or `postgresql://user@host/database`.

    `create` makes it if it is not there. `durable` waits for the disk at every commit (power loss), else a commit survives
    the death of the program only. Raises `StoreError` if it is not there, not a store, or of a newer or older format.
    """
    if create and not _exists(where):
        return create_store(where, durable=durable)
    store = connect_unchecked(where, durable=durable)
    try:
        _refuse_old(store.name, found_format(store))
    except StoreError:
        store.engine.dispose()
        raise
    return store


def connect_unchecked(where: str | Path, *, durable: bool = False) -> Store:
    """What is there, whatever its format."""
    return _connect(where, durable=durable, create=False)


def found_format(store: Store) -> int:
    """The format of a store, this one or an older one that can be migrated. Raises `StoreError` for all else."""
    with told(store.name), store.engine.connect() as connection:
        found = _format(connection)
    name = store.name
    if found is None:
        raise StoreError(f"{name} is not a Sacho store; make one with `sacho init {name}`.")
    if found > FORMAT:
        raise StoreError(f"{name} was written by a newer Sacho (store format {found}, known here: {FORMAT}); upgrade Sacho to open it.")
    if found < OLDEST_FORMAT:
        raise StoreError(
            f"{name} has the older store format {found} (now {FORMAT}); "
            "code the reports again into a new store with `sacho code --store NEW FILE ...`."
        )
    return found


def write_ahead(path: Path) -> None:
    """Let a SQLite file keep a write-ahead log, so that it can be read while it is written."""
    raw = sqlite3.connect(path, isolation_level=None)
    try:
        raw.execute("PRAGMA journal_mode=WAL")
    finally:
        raw.close()


def _exists(where: str | Path) -> bool:
    if _is_url(where):
        store = _connect(where, durable=False, create=False)
        with told(store.name), store.engine.connect() as connection:
            found = _format(connection)
        store.engine.dispose()
        return found is not None
    path = Path(where)
    return path.exists() and path.stat().st_size > 0


def _refuse_old(name: str, found: int) -> None:
    if found < FORMAT:
        raise StoreError(f"{name} has the older store format {found} (now {FORMAT}); bring it up to date with `sacho migrate {name}`.")


def _format(connection: Connection) -> int | None:
    """The format of the store in this database, None if it holds none."""
    if not inspect(connection).has_table("meta"):
        return None
    value = connection.execute(select(meta.c.value).where(meta.c.key == "format")).scalar_one_or_none()
    return int(value) if value is not None else None


def _is_url(where: str | Path) -> bool:
    return isinstance(where, str) and where.startswith(("postgresql:", "postgresql+psycopg:", "postgres:"))


def _connect(where: str | Path, *, durable: bool, create: bool) -> Store:
    if isinstance(where, str) and _is_url(where):
        return _connect_server(where, durable=durable)
    path = Path(where)
    if not create and not path.exists():
        raise StoreError(f"{path} is not there; make it with `sacho init {path}`.")
    if path.is_dir() or not path.parent.exists():
        raise StoreError(f"{path} is not a file name that can be used; choose a file in a folder that is there.")
    engine = create_engine(_file_url(path), connect_args={"check_same_thread": False, "timeout": 10})

    @event.listens_for(engine, "connect")
    def _prepare(raw: sqlite3.Connection, record: object) -> None:
        raw.isolation_level = None  # transactions are begun by us, below
        for pragma in _PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
        raw.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
        if create:
            for pragma in ("journal_mode=WAL", f"application_id={APPLICATION}", f"user_version={FORMAT}"):
                raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("sacho_begin", "BEGIN"))

    return Store(engine, str(path))


def _file_url(path: Path) -> URL:
    """SQLite keeps files of its own beside a store. In a folder where none can be made, the store is opened as one that nobody changes."""
    beside = path.with_name(f"{path.name}-wal")
    effective = os.access in os.supports_effective_ids
    if not path.exists() or beside.exists() or os.access(path.absolute().parent, os.W_OK, effective_ids=effective):
        return URL.create("sqlite", database=str(path))
    return URL.create("sqlite", database=f"file:{quote(str(path.absolute()))}", query={"immutable": "1", "uri": "true"})


def _connect_server(where: str, *, durable: bool) -> Store:
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise StoreError("a PostgreSQL store needs the driver; install it with `pip install 'sacho[postgres]'`.") from None
    url = make_url(where).set(drivername="postgresql+psycopg")
    engine = create_engine(url, pool_pre_ping=True)
    name = url.render_as_string(hide_password=True)

    @event.listens_for(engine, "connect")
    def _prepare(raw: object, record: object) -> None:
        with raw.cursor() as cursor:  # type: ignore[attr-defined]  # a psycopg connection, known only with the extra
            cursor.execute(f"SET synchronous_commit = {'on' if durable else 'local'}")
        raw.commit()  # type: ignore[attr-defined]

    with told(name), engine.connect() as connection:
        version = connection.dialect.server_version_info or (0,)
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if int(version[0]) < OLDEST_SERVER:
        raise StoreError(f"{name} runs PostgreSQL {version[0]}; a store needs {OLDEST_SERVER} or later.")
    if encoding != "UTF8":
        raise StoreError(f"{name} keeps text as {encoding}; make a database with the encoding UTF8.")
    return Store(engine, name)


_REMEDIES = (
    ("readonly", "cannot be written: it, or its folder, is read-only; make it writable or work on a copy"),
    ("read-only", "cannot be written: it is read-only; connect as a user who may write"),
    ("disk is full", "has no room left on its disk; make room and repeat, all that was confirmed before is there"),
    ("no space left", "has no room left on its disk; make room and repeat, all that was confirmed before is there"),
    ("database is locked", "is being written by another program for longer than ten seconds; repeat when it is done"),
    ("not a database", "is not a SQLite file; choose another file"),
    ("malformed", "is damaged; take the last copy of it, or save what is left with `sqlite3 FILE .recover`"),
    ("unable to open", "cannot be opened; check that you may read it and its folder"),
    ("disk i/o error", "cannot be read or written (disk error); check the disk, and how large a file may be there"),
    ("nul (0x00)", "keeps no text with the character U+0000; leave it out"),
    ("connection", "cannot be reached; check the address and that the server runs"),
)


@contextmanager
def told(name: str) -> Iterator[None]:
    """The engine's errors that a user can do something about, as one sentence."""
    try:
        yield
    except OperationalError as error:
        raise _sentence(name, error) from None
    except DBAPIError as error:
        if any(words in str(error.orig).lower() for words, _ in _REMEDIES[:-1]):
            raise _sentence(name, error) from None
        raise


def _sentence(name: str, error: DBAPIError) -> StoreError:
    found = str(error.orig).lower()
    for words, remedy in _REMEDIES:
        if words in found:
            return StoreError(f"{name} {remedy}.")
    first = (str(error.orig).strip().splitlines() or ["no reason given"])[0]
    return StoreError(f"{name} could not be used ({first}); nothing was changed.")
