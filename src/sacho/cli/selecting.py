"""The options that choose among the events of a store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

_LISTS = ("kind", "actor", "participant", "country", "dyad", "place", "status", "source", "review")
_Command = TypeVar("_Command", bound=Callable[..., Any])


def selecting(command: _Command) -> _Command:
    """Add the options. The command gets them by the names of the fields of `sacho.store.Selection`."""
    options = [click.option(f"--{name}", multiple=True, help="May be given several times: any of them.") for name in _LISTS]
    options += [
        click.option("--since", default="", metavar="DATE", help="On or after this day."),
        click.option("--until", default="", metavar="DATE", help="On or before this day."),
        click.option("--text", default="", help="Words in the report."),
        click.option("--min-confidence", "confidence_from", type=click.FloatRange(0, 1), default=0.0),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def asked_first(asked: Mapping[str, object]) -> str:
    """The first option that asks for something, as it is typed; empty if none does."""
    name = next((name for name, value in asked.items() if value), "")
    return "--min-confidence" if name == "confidence_from" else f"--{name}" if name else ""
