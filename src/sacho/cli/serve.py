"""`sacho serve`: the reading room."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click


@click.command("serve")
@click.argument("sources", nargs=-1, required=True, metavar="FILE|DIR ...")
@click.option("--host", default="127.0.0.1", show_default=True,
              help="Address to listen on; any but loopback needs a user (sacho users add).")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=8017, show_default=True)
@click.option("--name", "names", multiple=True, metavar="NAME", help="A host name that the page answers to, besides this machine's own.")
@click.option("--accounts", type=click.Path(dir_okay=False, path_type=Path), default=Path("sacho-users.sqlite"),
              show_default=True,
              help="File of users, sessions and the audit log.")  # fmt: skip
@click.option("--inbox", type=click.Path(file_okay=False, path_type=Path),
              help="Folder that pasted reports are saved to; read at the start too.")  # fmt: skip
@click.option("--trusted-header", metavar="NAME", help="A header in which a proxy names the user, e.g. X-Remote-User.")
@click.option("--trusted-proxy", "proxies", multiple=True, metavar="ADDRESS", help="Where that header may come from; needed with it.")
def command(
    sources: tuple[str, ...], host: str, port: int, names: tuple[str, ...], accounts: Path, inbox: Path | None,
    trusted_header: str | None, proxies: tuple[str, ...],
) -> None:  # fmt: skip
    """Read reports and open the page on which to read and check their records.

    Exit status: 1 the page cannot be served (one sentence says why), 2 wrong usage.
    """
    from sacho.web.accounts import Accounts
    from sacho.web.guard import loopback

    known = Accounts(accounts, time.time)
    if bool(trusted_header) != bool(proxies):
        raise click.UsageError("--trusted-header and --trusted-proxy are given together: who is named, and by whom.")
    if not loopback(host) and not known.any() and not trusted_header:
        raise click.ClickException(
            f"{host} can be reached from other machines and there is no user; add one with `sacho users add NAME --role admin "
            f"--accounts {accounts}`, or let a proxy name the users (--trusted-header, --trusted-proxy)."
        )
    room, count = _room(sources, known, inbox)
    from sacho.web import create_app
    from sacho.web.app import Trust

    if not (room.static / "app.js").exists():
        raise click.ClickException("The page has not been built; run `make serve` once, or install the wheel, which carries it.")
    own = ("127.0.0.1", "localhost", "::1", *names) if loopback(host) or names else ()
    trust = Trust(header=trusted_header, proxies=proxies) if trusted_header else None
    click.echo(f"{count} reports. The page is at http://{'127.0.0.1' if loopback(host) else host}:{port}/ (Ctrl+C ends it)", err=True)
    _run(create_app(room, hosts=own, trust=trust), host, port)


def _room(sources: tuple[str, ...], accounts: object, inbox: Path | None):  # type: ignore[no-untyped-def]  # Room is imported late
    from sacho.cli.reports import code_each, tell
    from sacho.ingest import read
    from sacho.records import DeadLetter
    from sacho.web import Room, Shelf

    letters: list[DeadLetter] = []
    every = [*sources, *([str(inbox)] if inbox and inbox.is_dir() and any(inbox.iterdir()) else [])]
    codings = []
    for coding in code_each(read(every, stdin=sys.stdin.buffer), letters):
        codings.append(coding)
        if sys.stderr.isatty():
            click.echo(f"\r{len(codings)} reports read", err=True, nl=False)
    tell(letters)
    return Room(Shelf(codings), accounts, inbox=inbox), len(codings)  # type: ignore[arg-type]


def _run(app: object, host: str, port: int) -> None:
    import uvicorn

    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, proxy_headers=False)  # type: ignore[arg-type]
