"""`sacho lexicon`: prove that the data hold together."""

from __future__ import annotations

import sys

import click


@click.group("lexicon")
def command() -> None:
    """Look after the lexicon."""


@command.command("check")
def check() -> None:
    """Check schema, references, dates, coordinates, forms and sources of every lexicon file; exit 1 if anything is wrong."""
    from sacho.lexicon.check import check as problems

    found = problems()
    for line in found:
        click.echo(line)
    click.echo(f"{len(found)} problem{'' if len(found) == 1 else 's'}")
    sys.exit(1 if found else 0)


@command.command("ambiguous")
def ambiguous() -> None:
    """Print `ambiguous.csv` as the tables ask for it: reasons kept, rows to review with an empty reason."""
    from sacho.lexicon.check import ambiguities

    click.echo(ambiguities(), nl=False)
