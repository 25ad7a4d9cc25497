"""The command line. Commands are imported when called, so that `sacho --help` answers at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from gettext import gettext
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import click
from click.shell_completion import CompletionItem

from sacho import __version__
from sacho.cli.speech import language_of, speaking, spoken_in, told, translated

_COMMANDS = {
    "batch": "Read a whole corpus on all processors or a cluster; goes on after a stop.",
    "cite": "Cite an event as a footnote or in BibTeX.",
    "attendance": "Public appearances: who, where, beside whom, in which order named.",
    "completion": "Print what makes a shell complete the commands.",
    "config": "Show the settings in force and where each came from.",
    "conflicts": "Where reports differ, each value with its words and source.",
    "edits": "What changed between versions of one address, and who is gone.",
    "gaps": "What one side's media told and the other's did not.",
    "show": "One happening: every report's version, and why they are one.",
    "timeline": "What happened, day by day, from many reports.",
    "wording": "A formula over time, or two statements side by side.",
    "code": "Read reports and print their event records.",
    "events": "List the events of a store by kind, actor, day and more.",
    "evaluate": "Measure the program on reports whose right reading is known.",
    "explain": "Show each field of an event with the words it came from.",
    "init": "Make an empty store.",
    "serve": "Open the reading room: the page on which to read and check the records.",
    "users": "Add, list and remove the users of the reading room.",
    "export": "Write events in another program's format.",
    "load": "Load records that were written before into a store.",
    "migrate": "Bring a store of an older format to the newest.",
    "lexicon": "Look after the lexicon: check it.",
    "review": "Judge events and take judgements back.",
    "search": "Find reports by their words, in either spelling.",
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"sacho.cli.{cmd_name}").command
        return translated(command, spoken_in(ctx))

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:
        """Run in the language of the call: `--lang`, SACHO_LANG, `lang` of the settings, the system's."""
        lang = language_of(list(sys.argv[1:] if args is None else args), _lang_set(), os.environ)
        with speaking(lang):
            return super().main(args, *more, obj=lang, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what goes wrong is told in the language of the call."""
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            error.message = told(error.message, spoken_in(ctx))  # type: ignore[misc]  # ours to say, and nobody else has it yet
            raise

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        click.Group.format_help(cast(click.Group, translated(self, spoken_in(ctx))), ctx, formatter)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command, with what files of settings and the environment say about its options."""
        name, command, rest = super().resolve_command(ctx, args)
        if name is not None and command is not None and not ctx.resilient_parsing and not {"-h", "--help"} & set(rest):
            from sacho.cli.settings import read_settings

            settings = read_settings(lang=ctx.params.get("lang"))
            settings.check(_COMMANDS)
            ctx.default_map = {name: settings.of(command, (name,))}
        return name, command, rest

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names without importing the commands: a shell asks at every keystroke."""
        names = [CompletionItem(name, help=words) for name, words in sorted(_COMMANDS.items()) if name.startswith(incomplete)]
        return names or click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lang = spoken_in(ctx)
        with formatter.section(gettext("Commands")):
            formatter.write_dl([(name, told(words, lang)) for name, words in sorted(_COMMANDS.items())])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="sacho %(version)s")
@click.option("--lang", type=click.Choice(["ko", "en"]), metavar="ko|en",
              help="Language of help and messages; also SACHO_LANG, or `lang` in sacho.toml.")  # fmt: skip
def main(lang: str | None) -> None:
    """Korean diplomacy news in, checkable event records out."""


def _lang_set() -> str:
    """The language that the environment or a file of settings asks for."""
    asked = os.environ.get("SACHO_LANG", "")
    if asked or not any(path.is_file() for path in (Path("sacho.toml"), Path(click.get_app_dir("sacho")) / "sacho.toml")):
        return asked
    from sacho.cli.settings import read_settings

    try:
        found = read_settings().general("lang")
    except click.UsageError:
        return ""  # it is told when the command reads its settings
    return str(found.value) if found is not None else ""
