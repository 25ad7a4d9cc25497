"""`sacho lexicon`: prove that the data hold together."""

from __future__ import annotations

import sys

import click


@click.group("lexicon")
def command() -> None:
    """Look after the lexicon."""


@command.command("check")
def check() -> None:
    """Check schema, ids, dates, references and ambiguity of every lexicon file; exit 1 if anything is wrong."""
    from sacho.lexicon.check import check as problems

    found = problems()
    for line in found:
        click.echo(line)
    click.echo(f"{len(found)} problems")
    sys.exit(1 if found else 0)
