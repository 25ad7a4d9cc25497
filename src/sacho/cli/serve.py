"""`sacho serve`: the reading room."""

from __future__ import annotations

import errno
import gc
import getpass
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING

import click

from sacho.cli.speech import count, say

if TYPE_CHECKING:
    from sacho.store import Store


@click.command("serve")
@click.argument("sources", nargs=-1, metavar="[FILE|DIR ...]")
@click.option("--store", metavar="STORE", help="The store to open: a file or postgresql://user@host/database. Reports that are named "
              "are read into it first (it is made if it is not there).")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True,
              help="Address to listen on; any but loopback needs a user (sacho users add).")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=8017, show_default=True)
@click.option("--name", "names", multiple=True, metavar="NAME", help="A host name that the page answers to, besides this machine's own.")
@click.option("--accounts", type=click.Path(dir_okay=False, path_type=Path), default=Path("sacho-users.sqlite"),
              show_default=True,
              help="File of users, sessions, saved views and the audit log.")  # fmt: skip
@click.option("--trusted-header", metavar="NAME", help="A header in which a proxy names the user, e.g. X-Remote-User.")
@click.option("--trusted-proxy", "proxies", multiple=True, metavar="ADDRESS", help="Where that header may come from; needed with it.")
def command(
    sources: tuple[str, ...], store: str | None, host: str, port: int, names: tuple[str, ...], accounts: Path,
    trusted_header: str | None, proxies: tuple[str, ...],
) -> None:  # fmt: skip
    """Open the page on which to read, check and correct the records of a store.

    With reports and no store, what is read and judged is kept until the page ends.

    Exit status: 1 the page cannot be served (one sentence says why), 2 wrong usage.
    """
    from sacho.web.accounts import Accounts
    from sacho.web.guard import loopback

    if not sources and store is None:
        raise click.UsageError("name what to show: --store STORE, or reports (files, directories, or - for standard input).")
    known = Accounts(accounts, time.time)
    _check_door(host, known.any(), accounts, trusted_header, proxies)
    from sacho.store.connect import StoreError
    from sacho.web import Room, create_app
    from sacho.web.app import Trust, warm

    try:
        with _opened(sources, store) as opened:
            room = Room(opened, known, local=getpass.getuser())
            if not (room.static / "app.js").exists():
                raise click.ClickException("The page has not been built; run `make serve` once, or install the wheel, which carries it.")
            room.load()
            own = ("127.0.0.1", "localhost", "::1", *names) if loopback(host) or names else ()
            trust = Trust(header=trusted_header, proxies=proxies) if trusted_header else None
            app = create_app(room, hosts=own, trust=trust)
            with _listening(host, port) as door:
                at = door.getsockname()
                shown = f"[{at[0]}]" if door.family == socket.AF_INET6 else at[0]
                say(f"{_held(opened)}. The page is at http://{shown}:{at[1]}/ (Ctrl+C ends it)")
                Thread(target=warm, args=(room,), daemon=True).start()
                _run(app, door)
    except StoreError as error:
        raise click.ClickException(str(error)) from None


def _check_door(host: str, known: bool, accounts: Path, trusted_header: str | None, proxies: tuple[str, ...]) -> None:
    """Refuse a page that others can reach while nobody tells who they are. `known`: whether there is a user."""
    from sacho.web.guard import loopback

    if bool(trusted_header) != bool(proxies):
        raise click.UsageError("--trusted-header and --trusted-proxy are given together: who is named, and by whom.")
    if not loopback(host) and not known and not trusted_header:
        raise click.ClickException(
            f"{host} can be reached from other machines and there is no user; add one with `sacho users add NAME --role admin "
            f"--accounts {accounts}`, or let a proxy name the users (--trusted-header, --trusted-proxy)."
        )


@contextmanager
def _opened(sources: tuple[str, ...], where: str | None) -> Iterator[Store]:
    """The store, with the reports read into it; without one, a store of our own that is gone at the end."""
    from sacho.store.connect import open_store

    with TemporaryDirectory(prefix="sacho-") as folder, open_store(where or Path(folder) / "room.db", create=bool(sources)) as store:
        if sources:
            _read(sources, store)
        yield store


def _read(sources: tuple[str, ...], store: Store) -> None:
    from sacho import __version__
    from sacho.cli.reports import code_each, tell
    from sacho.ingest import read
    from sacho.records import DeadLetter
    from sacho.store.reading import reading_of
    from sacho.store.words import load_vocabulary
    from sacho.store.write import Added, add

    letters: list[DeadLetter] = []

    def told(done: Added) -> None:
        if sys.stderr.isatty():
            click.echo("\r", err=True, nl=False)
            say(f"{count(done.new + done.recoded + done.unchanged, 'report')} read", nl=False)

    readings = (reading_of(coding, load_vocabulary()) for coding in code_each(read(sources, stdin=sys.stdin.buffer), letters))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    add(store, readings, at=now, program=f"sacho {__version__}", batch=20, progress=told)
    tell(letters)


def _held(store: Store) -> str:
    from sacho.store import Selection, overview

    seen = overview(store, Selection(), fields=(), limit=0, parts=())
    return f"Reports: {seen.reports}, events: {seen.events}"


def _listening(host: str, port: int) -> socket.socket:
    """The door is open before the address is told, so that nobody comes too early."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        door = socket.socket(family, kind)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
        door.listen(128)
    except OSError as error:
        remedy = "choose an address of this machine with --host"
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            remedy = "choose another port with --port"
        raise click.ClickException(f"{host}:{port} cannot be listened on ({error.strerror}); {remedy}.") from None
    return door


def _run(app: object, door: socket.socket) -> None:
    import uvicorn

    gc.collect()
    gc.freeze()  # what is loaded stays: the collector need not walk through it while readers wait
    config = uvicorn.Config(app, log_level="warning", server_header=False, proxy_headers=False)  # type: ignore[arg-type]
    uvicorn.Server(config).run(sockets=[door])
