"""Saved views: addresses of the page under a name, each person's own, in the file of the accounts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from sacho.records import Record
from sacho.web.accounts import Accounts

MOST = 200


class SavedView(Record):
    number: int
    name: str
    address: str


class Views:
    """Of one file. `clock` gives seconds since 1970."""

    def __init__(self, accounts: Accounts, clock: Callable[[], float]) -> None:
        self._accounts = accounts
        self._clock = clock

    def of(self, user: str) -> tuple[SavedView, ...]:
        """A person's views by name."""
        if not self._accounts.exists():
            return ()
        with closing(self._accounts.open()) as base:
            rows = base.execute("SELECT number, name, address FROM view WHERE user = ? ORDER BY name", (user,)).fetchall()
        return tuple(SavedView(number=n, name=name, address=address) for n, name, address in rows)

    def save(self, user: str, name: str, address: str) -> None:
        """Keep an address under a name; one of that name is replaced. Raises `ValueError` if there are too many."""
        self._accounts.prepare()
        with closing(self._accounts.open()) as base:
            count = base.execute("SELECT count(*) FROM view WHERE user = ? AND name <> ?", (user, name)).fetchone()[0]
            if count >= MOST:
                raise ValueError(f"{MOST} views are kept for each person; remove one first.")
            base.execute(
                "INSERT INTO view (user, name, address, at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (user, name) DO UPDATE SET address = excluded.address, at = excluded.at",
                (user, name, address, self._clock()),
            )

    def remove(self, user: str, number: int) -> None:
        """Forget a view of this person's own."""
        self._accounts.prepare()
        with closing(self._accounts.open()) as base:
            base.execute("DELETE FROM view WHERE user = ? AND number = ?", (user, number))
