"""`sacho completion`: the script that makes a shell complete commands, options and formats."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_USE = {
    "bash": 'eval "$(sacho completion bash)"  in ~/.bashrc', "zsh": 'eval "$(sacho completion zsh)"  in ~/.zshrc',
    "fish": "sacho completion fish > ~/.config/fish/completions/sacho.fish",
}  # fmt: skip


@click.command("completion", epilog="\b\nUse:\n" + "\n".join(f"  {line}" for line in _USE.values()))
@click.argument("shell", type=click.Choice(tuple(_USE)), metavar="bash|zsh|fish")
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell."""
    found = get_completion_class(shell)
    assert found is not None  # click brings the three of them
    click.echo(found(ctx.find_root().command, {}, "sacho", "_SACHO_COMPLETE").source())
