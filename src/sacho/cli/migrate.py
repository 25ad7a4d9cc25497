"""`sacho migrate`: bring a store of an older format to the newest."""

from __future__ import annotations

import click

from sacho.cli.speech import say


@click.command("migrate")
@click.argument("store", metavar="STORE")
def command(store: str) -> None:
    """Bring a store of an older format to the newest; of a file, the old one stays beside it."""
    from sacho.store.connect import StoreError
    from sacho.store.migrations import migrate

    try:
        done = migrate(store)
    except StoreError as error:
        raise click.ClickException(str(error)) from None
    if done.before == done.after:
        say(f"{store} has the newest format ({done.after}) already; nothing was changed.")
        return
    kept = f"; the old file is kept as {done.kept}" if done.kept else ""
    say(f"{store} now has the format {done.after} (before: {done.before}){kept}.")
