from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sacho.cli import main

REPORT = "라브로프 러시아 외무장관이 19일 평양에 도착했다."


@pytest.mark.parametrize(
    "options",
    [["--out", "records.jsonl"], ["--format", "csv"], ["--quotes"], ["--documents"], ["--lang", "en"], ["--quotes", "--format", "jsonl"]],
)
def test_options_for_printing_are_refused_beside_a_store_and_nothing_is_written(
    options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    result = CliRunner().invoke(main, ["code", "report.txt", "--store", "news.db", *options])
    assert result.exit_code == 2
    assert all(option in result.stderr for option in options if option.startswith("--"))
    assert "sacho events news.db" in " ".join(result.stderr.split())
    assert [p.name for p in tmp_path.iterdir()] == ["report.txt"]
