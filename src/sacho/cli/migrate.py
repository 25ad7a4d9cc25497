"""`sacho migrate`: bring a store of an older format to the newest."""

from __future__ import annotations

import click


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
        click.echo(f"{store} has the newest format ({done.after}) already; nothing was changed.", err=True)
        return
    kept = f"; the old file is kept as {done.kept}" if done.kept else ""
    click.echo(f"{store} now has the format {done.after} (before: {done.before}){kept}.", err=True)
