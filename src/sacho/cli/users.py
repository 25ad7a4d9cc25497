"""`sacho users`: who may use a reading room that others can reach."""

from __future__ import annotations

import time
from pathlib import Path

import click

from sacho.cli.speech import say

_FILE = click.option("--accounts", type=click.Path(dir_okay=False, path_type=Path), default=Path("sacho-users.sqlite"), show_default=True)
_ROLE = click.option("--role", type=click.Choice(["reader", "reviewer", "admin"]), default="reader", show_default=True)


@click.group("users")
def command() -> None:
    """Add, list and remove the users of the reading room."""


@command.command("add")
@click.argument("name")
@_ROLE
@_FILE
@click.password_option(help="Asked for if it is not given.")
def add(name: str, role: str, accounts: Path, password: str) -> None:
    """Add a user."""
    from sacho.web.accounts import AccountError, Accounts, Role

    try:
        Accounts(accounts, time.time).add(name, password, Role[role])
    except AccountError as error:
        raise click.ClickException(str(error)) from None
    say(f"{name} ({role}) is in {accounts}")


@command.command("list")
@_FILE
def list_users(accounts: Path) -> None:
    """List the users and their roles."""
    from sacho.web.accounts import Accounts

    for user in Accounts(accounts, time.time).users():
        click.echo(f"{user.name}\t{user.role.name}")


@command.command("remove")
@click.argument("name")
@_FILE
def remove(name: str, accounts: Path) -> None:
    """Remove a user and end their sessions."""
    from sacho.web.accounts import AccountError, Accounts

    try:
        Accounts(accounts, time.time).remove(name)
    except AccountError as error:
        raise click.ClickException(str(error)) from None
