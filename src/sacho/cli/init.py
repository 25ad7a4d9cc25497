"""`sacho init`: make a store."""

from __future__ import annotations

import click

from sacho.cli.speech import say


@click.command("init")
@click.argument("store", metavar="STORE")
def command(store: str) -> None:
    """Make an empty store: a file, or postgresql://user@host/database."""
    from sacho.store.connect import StoreError, create_store

    try:
        create_store(store).close()
    except StoreError as error:
        raise click.ClickException(str(error)) from None
    say(f"{store} is ready; fill it with `sacho code --store {store} FILE ...`.")
