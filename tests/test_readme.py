"""What the READMEs show is what the commands print, and what they say in Python runs."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import StringIO

import pytest
from tools.readme import FILES, blocks, printed

from tests.conftest import ROOT

_SHOWN = [(name, *block) for name in FILES for block in blocks((ROOT / name).read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("name", "words", "shown"), _SHOWN, ids=[f"{name}: {words[:40]}" for name, words, _ in _SHOWN])
def test_a_command_prints_what_stands_under_it(name: str, words: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert printed(words) == shown, "renew the READMEs with `python tools/readme.py` and read the difference"
    assert len(shown.splitlines()) > 1


def test_there_are_blocks_in_both_languages() -> None:
    assert {name for name, *_ in _SHOWN} == set(FILES) and len(_SHOWN) > 4


def test_the_python_of_the_readme_prints_what_it_says() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    said = StringIO()
    with redirect_stdout(said):
        exec(code, {})
    assert [f"# {line}" for line in said.getvalue().splitlines()] == [line for line in code.splitlines() if line.startswith("# ")]
