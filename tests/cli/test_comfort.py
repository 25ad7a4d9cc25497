"""What makes the command line pleasant: it answers at once, and shells complete it."""

from __future__ import annotations

import os
import resource
import subprocess
import sys

import pytest
from click.testing import CliRunner

from sacho.cli import main

_RUNS = 5
_MOST = 0.25  # seconds of processor time, which other programs on the machine do not lengthen as they do the time of the clock


def _seconds(*words: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_answers_within_250_ms() -> None:
    _seconds("-m", "sacho", "--help")
    assert min(_seconds("-m", "sacho", "--help") for _ in range(_RUNS)) < _MOST


def test_help_loads_nothing_heavy() -> None:
    probe = (
        "import sys\nfrom sacho.cli import main\nmain(['--help'], standalone_mode=False)\n"
        "print([m for m in ('kiwipiepy', 'pyarrow', 'rich', 'msgspec', 'trafilatura', 'sqlalchemy', 'numpy') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout.splitlines()[-1] == "[]"


def _completed(words: str) -> list[str]:
    env = os.environ | {"_SACHO_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split(" ")) - 1)}
    run = subprocess.run([sys.executable, "-c", "from sacho.cli import main; main(prog_name='sacho')"], env=env, capture_output=True, text=True, check=True)
    return [line.split(",", 1)[1] for line in run.stdout.splitlines()]


@pytest.mark.parametrize(("words", "want"), [("sacho ex", ["explain", "export"]), ("sacho export geo", ["geojson"]), ("sacho export csv --ou", ["--out", "--outlet"])])
def test_a_shell_completes_commands_formats_and_options(words: str, want: list[str]) -> None:
    assert _completed(words) == want


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_is_printed(shell: str) -> None:
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0 and "_SACHO_COMPLETE" in result.stdout
