"""The command line. Commands are imported when called, so that `sacho --help` answers at once."""

from __future__ import annotations

from importlib import import_module

import click
from click.shell_completion import CompletionItem

from sacho import __version__

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
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command, with what files of settings and the environment say about its options."""
        name, command, rest = super().resolve_command(ctx, args)
        if name is not None and command is not None and not ctx.resilient_parsing and not {"-h", "--help"} & set(rest):
            from sacho.cli.settings import read_settings

            settings = read_settings()
            settings.check(_COMMANDS)
            ctx.default_map = {name: settings.of(command, (name,))}
        return name, command, rest

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names without importing the commands: a shell asks at every keystroke."""
        names = [CompletionItem(name, help=words) for name, words in sorted(_COMMANDS.items()) if name.startswith(incomplete)]
        return names or click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="sacho %(version)s")
def main() -> None:
    """Korean diplomacy news in, checkable event records out."""
