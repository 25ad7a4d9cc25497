"""Put the real output under every `$ sacho …` of the READMEs: `python tools/readme.py [--check]`. With `--check` nothing is written, and a
block that is not what the command prints ends the run with status 1."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

from click.testing import CliRunner

ROOT = Path(__file__).resolve().parent.parent
FILES = ("README.md", "README.ko.md")
_BLOCK = re.compile(r"^```\n\$ sacho (?P<words>[^\n]+)\n(?P<shown>.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text: str) -> list[tuple[str, str]]:
    """Every command of a text, and what is shown under it."""
    return [(found["words"], found["shown"]) for found in _BLOCK.finditer(text)]


def printed(words: str) -> str:
    """What a command prints, without blanks at the ends of lines. Raises `RuntimeError` if it fails."""
    from sacho.cli import main

    done = CliRunner(env={"LANG": "C.UTF-8", "LC_ALL": "", "SACHO_LANG": ""}).invoke(main, shlex.split(words))
    if done.exit_code:
        raise RuntimeError(f"sacho {words} fails: {done.output}")
    return "\n".join(line.rstrip() for line in done.stdout.rstrip().splitlines()) + "\n"


def renewed(text: str) -> str:
    """The text with the real output under every command."""
    return _BLOCK.sub(lambda found: f"```\n$ sacho {found['words']}\n{printed(found['words'])}```", text)


if __name__ == "__main__":
    for path in (ROOT / name for name in FILES):
        old = path.read_text(encoding="utf-8")
        new = renewed(old)
        if new != old and "--check" in sys.argv:
            sys.exit(f"{path.relative_to(ROOT)} does not show what the commands print; renew it with `python tools/readme.py`.")
        if new != old:
            path.write_text(new, encoding="utf-8")
