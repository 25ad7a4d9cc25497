"""Who may do what: users, sessions, failed logins, saved views and the audit log, in a file of their own beside the store.

Kept apart from the store so that a store can be handed on without the users of one place.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sacho.records import Record

if TYPE_CHECKING:
    from argon2 import PasswordHasher

IDLE = 8 * 3600  # seconds without a request after which a session ends
LONGEST = 7 * 24 * 3600  # seconds after which it ends in any case
TRIES = 5  # failed logins of one name or address within WINDOW
WINDOW = 15 * 60
_TABLES = """
CREATE TABLE IF NOT EXISTS user (name TEXT PRIMARY KEY, hash TEXT NOT NULL, role TEXT NOT NULL, made REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS session (token TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES user (name) ON DELETE CASCADE,
  made REAL NOT NULL, seen REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS failure (key TEXT NOT NULL, at REAL NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS failure_key ON failure (key, at);
CREATE TABLE IF NOT EXISTS audit (number INTEGER PRIMARY KEY, at REAL NOT NULL, user TEXT NOT NULL, address TEXT NOT NULL,
  act TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS view (number INTEGER PRIMARY KEY, user TEXT NOT NULL, name TEXT NOT NULL, address TEXT NOT NULL,
  at REAL NOT NULL, UNIQUE (user, name)) STRICT;
"""


class Role(IntEnum):
    """What a user may do; each may do all that the ones before may."""

    reader = 1
    reviewer = 2
    admin = 3


class User(Record):
    name: str
    role: Role


class AuditLine(Record):
    """One act: `at` in seconds since 1970."""

    at: float
    user: str
    address: str
    act: str
    detail: str


class AccountError(ValueError):
    """A wish that cannot be met, in one sentence."""


class Accounts:
    """The users' file. `clock` gives seconds since 1970."""

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        self._path = path
        self._clock = clock
        if path.exists():
            self.prepare()

    def exists(self) -> bool:
        """Whether there is a file yet."""
        return self._path.exists()

    def any(self) -> bool:
        """Whether a user exists. Without one the page is for the person at this machine."""
        if not self._path.exists():
            return False
        with closing(self.open()) as base:
            return base.execute("SELECT 1 FROM user LIMIT 1").fetchone() is not None

    def users(self) -> tuple[User, ...]:
        if not self._path.exists():
            return ()
        with closing(self.open()) as base:
            return tuple(User(name=n, role=Role[r]) for n, r in base.execute("SELECT name, role FROM user ORDER BY name"))

    def add(self, name: str, password: str, role: Role) -> None:
        """Add a user. Raises `AccountError` if the name is taken or unfit, or the password too short."""
        if not name or name != name.strip() or len(name) > 60 or not name.isprintable():
            raise AccountError("A name has 1 to 60 visible characters and no blank at its ends.")
        _check_password(password)
        self.prepare()
        with closing(self.open()) as base:
            try:
                base.execute("INSERT INTO user VALUES (?, ?, ?, ?)", (name, _hasher().hash(password), role.name, self._clock()))
            except sqlite3.IntegrityError:
                raise AccountError(f"There is a user {name!r} already; choose another name.") from None

    def change_password(self, name: str, password: str) -> None:
        """Set a password; every session of the user ends. Raises `AccountError` if there is no such user."""
        _check_password(password)
        with closing(self.open()) as base:
            if not base.execute("UPDATE user SET hash = ? WHERE name = ?", (_hasher().hash(password), name)).rowcount:
                raise AccountError(f"There is no user {name!r}.")
            base.execute("DELETE FROM session WHERE user = ?", (name,))

    def change_role(self, name: str, role: Role) -> None:
        """Raises `AccountError` if there is no such user or nobody would be left to look after the users."""
        with closing(self.open()) as base:
            self._keep_an_admin(base, name, role)
            if not base.execute("UPDATE user SET role = ? WHERE name = ?", (role.name, name)).rowcount:
                raise AccountError(f"There is no user {name!r}.")

    def remove(self, name: str) -> None:
        """Remove a user and end their sessions; what they did stays in the log. Raises as `change_role`."""
        with closing(self.open()) as base:
            self._keep_an_admin(base, name, None)
            if not base.execute("DELETE FROM user WHERE name = ?", (name,)).rowcount:
                raise AccountError(f"There is no user {name!r}.")

    def enter(self, name: str, password: str, address: str) -> str | None:
        """A new session's token, None if name and password do not fit. Raises `AccountError` after too many failures."""
        keys = (f"name:{name}", f"address:{address}")
        with closing(self.open()) as base:
            now = self._clock()
            base.execute("DELETE FROM failure WHERE at < ?", (now - WINDOW,))
            for key in keys:
                if base.execute("SELECT count(*) FROM failure WHERE key = ?", (key,)).fetchone()[0] >= TRIES:
                    raise AccountError("Too many failed logins; wait a quarter of an hour.")
            row = base.execute("SELECT hash FROM user WHERE name = ?", (name,)).fetchone()
            if not _fits(row[0] if row else None, password):
                base.executemany("INSERT INTO failure VALUES (?, ?)", [(key, now) for key in keys])
                return None
            base.execute("DELETE FROM failure WHERE key = ?", (keys[0],))
            token = secrets.token_urlsafe(32)
            base.execute("INSERT INTO session VALUES (?, ?, ?, ?)", (_digest(token), name, now, now))
            return token

    def user_of(self, token: str) -> User | None:
        """The user of a session, None if it has ended."""
        if not token or not self._path.exists():
            return None
        now = self._clock()
        with closing(self.open()) as base:
            row = base.execute(
                "SELECT user.name, user.role, session.made, session.seen FROM session JOIN user ON user.name = session.user"
                " WHERE token = ?",
                (_digest(token),),
            ).fetchone()
            if row is None or now - row[2] > LONGEST or now - row[3] > IDLE:
                base.execute("DELETE FROM session WHERE token = ? OR seen < ? OR made < ?", (_digest(token), now - IDLE, now - LONGEST))
                return None
            if now - row[3] > 60:
                base.execute("UPDATE session SET seen = ? WHERE token = ?", (now, _digest(token)))
            return User(name=row[0], role=Role[row[1]])

    def leave(self, token: str) -> None:
        with closing(self.open()) as base:
            base.execute("DELETE FROM session WHERE token = ?", (_digest(token),))

    def role_of(self, name: str) -> Role | None:
        return next((user.role for user in self.users() if user.name == name), None)

    def record(self, user: str, address: str, act: str, detail: str = "") -> None:
        """Add a line to the audit log."""
        self.prepare()
        with closing(self.open()) as base:
            base.execute("INSERT INTO audit (at, user, address, act, detail) VALUES (?, ?, ?, ?, ?)",
                         (self._clock(), user, address, act, detail[:500]))  # fmt: skip

    def log(self, limit: int = 200) -> tuple[AuditLine, ...]:
        """The newest lines first."""
        if not self._path.exists():
            return ()
        with closing(self.open()) as base:
            rows = base.execute("SELECT at, user, address, act, detail FROM audit ORDER BY number DESC LIMIT ?", (limit,)).fetchall()
        return tuple(AuditLine(at=a, user=u, address=w, act=c, detail=d) for a, u, w, c, d in rows)

    def _keep_an_admin(self, base: sqlite3.Connection, name: str, role: Role | None) -> None:
        others = base.execute("SELECT count(*) FROM user WHERE role = 'admin' AND name <> ?", (name,)).fetchone()[0]
        if not others and role is not Role.admin:
            raise AccountError(f"{name} is the last admin; make another user admin first.")

    def prepare(self) -> None:
        """Make the file and what is missing in it."""
        if not self._path.exists():
            self._path.touch(mode=0o600)
        with closing(self.open()) as base:
            base.executescript(_TABLES)

    def open(self) -> sqlite3.Connection:
        """A connection to the file, in which each statement stands for itself."""
        base = sqlite3.connect(self._path, timeout=10, isolation_level=None)
        base.execute("PRAGMA foreign_keys = ON")
        return base


def _check_password(password: str) -> None:
    if not 10 <= len(password) <= 200:
        raise AccountError("A password has 10 to 200 characters.")


def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


def _fits(known: str | None, password: str) -> bool:
    """Takes as long for a name that does not exist as for one that does."""
    from argon2.exceptions import VerificationError

    try:
        _hasher().verify(known or _NOBODY, password)
    except VerificationError:
        return False
    return known is not None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$gGsuFX2BccbAT1JbSO8vkg$aj1fVCcPLjE2uj+qfz7Bkz9uMkCBwMmQkoD5cq0ATyI"  # of no user
