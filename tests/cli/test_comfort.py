"""What makes the command line pleasant: it answers at once, and shells complete it."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from sacho.cli import main

_RUNS = 5
_RATIO = 7.0  # 250 ms where Python alone starts in 35; both are measured in turn, so load on the machine weighs on both


def _seconds(*words: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    return time.perf_counter() - began


def test_help_answers_in_a_few_times_the_start_of_python() -> None:
    _seconds("-m", "sacho", "--help")
    runs = [(_seconds("-c", "pass"), _seconds("-m", "sacho", "--help")) for _ in range(_RUNS)]
    assert min(helped for _, helped in runs) / min(bare for bare, _ in runs) < _RATIO


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
