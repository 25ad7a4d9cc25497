"""`sacho init`: make a store."""

from __future__ import annotations

import click


@click.command("init")
@click.argument("store", metavar="STORE")
def command(store: str) -> None:
    """Make an empty store: a file, or postgresql://user@host/database."""
    from sacho.store.connect import StoreError, create_store

    try:
        create_store(store).close()
    except StoreError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{store} is ready; fill it with `sacho code --store {store} FILE ...`.", err=True)
