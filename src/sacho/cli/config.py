"""`sacho config`: which settings are in force and where each came from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import click

from sacho.cli.settings import FILE, GENERAL, Settings, Value, options, read_settings, unknown_variables, variable_of
from sacho.cli.speech import say


@dataclass(frozen=True)
class Line:
    """One setting."""

    setting: str
    value: object
    origin: str


@click.group("config")
def command() -> None:
    """Settings from files and the environment."""


@command.command("show")
@click.argument("only", nargs=-1, metavar="[COMMAND]...")
@click.option("--all", "every", is_flag=True, help="Also what nobody set: the defaults.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl in a pipe.")
@click.pass_context
def show(context: click.Context, only: tuple[str, ...], every: bool, form: str | None) -> None:
    """Each value and where it came from: a flag wins over the environment (SACHO_LANG, SACHO_EVENTS_LIMIT …), that over sacho.toml in
    this folder, that over sacho.toml in your own folder of settings, that over the default.
    """
    import json

    from sacho.cli.across import is_table, print_table

    root = context.find_root().command
    assert isinstance(root, click.Group)
    settings = read_settings()
    known = {name: root.get_command(context, name) for name in root.list_commands(context)}
    settings.check(known)
    lines = [Line(key, v.value, v.origin) for key in GENERAL if (v := settings.general(key)) is not None and not only]
    variables: dict[str, object] = {f"SACHO_{key.upper()}": None for key in GENERAL}
    for name, found in known.items():
        if found is not None:
            settings.of(found, (name,))
            variables |= {variable_of(path, option): None for path, option, _ in _of(settings, found, (name,))}
            if not only or name in only:
                lines += [Line(".".join((*path, option)), v.value, v.origin) for path, option, v in _of(settings, found, (name,))]
    shown = [line for line in lines if every or line.origin != "default"]
    if is_table(form):
        print_table("", ("setting", "value", "from"), ((x.setting, _told(x.value), x.origin) for x in shown), keep=(0,))
    else:
        for line in shown:
            click.echo(json.dumps(asdict(line), ensure_ascii=False, default=str))
    for name, near in unknown_variables(os.environ, variables):
        say(f"sacho: {name} sets nothing{f'; did you mean {near}?' if near else '.'}")


@command.command("path")
def path() -> None:
    """Where the files of settings are looked for."""
    from pathlib import Path

    for folder in (Path().resolve(), Path(click.get_app_dir("sacho"))):
        click.echo(folder / FILE)


def _of(settings: Settings, found: click.Command, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, Value]]:
    if isinstance(found, click.Group):
        for name, below in found.commands.items():
            yield from _of(settings, below, (*path, name))
        return
    for name, option in options(found):
        yield path, name, settings.value(option, name, path)


def _told(value: object) -> str:
    if isinstance(value, (tuple, list)):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
