from __future__ import annotations

import json
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


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with one report, filled by the command."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    result = CliRunner().invoke(main, ["code", str(folder / "report.txt"), "--published", "2023-10-20", "--store", str(folder / "news.db")])
    assert (result.exit_code, result.stdout) == (0, "") and "1 new report" in result.stderr
    return str(folder / "news.db")


@pytest.mark.parametrize("words", [["events", "STORE"], ["search", "STORE", "외무상"], ["review", "list", "STORE"]])
def test_what_a_store_answers_is_json_lines_in_a_pipe_and_a_table_for_people(words: list[str], kept: str) -> None:
    asked = [kept if word == "STORE" else word for word in words]
    piped = CliRunner().invoke(main, asked)
    assert piped.exit_code == 0, piped.output
    record = json.loads(piped.stdout)
    identity = record["document"] if "document" in record else record["id"]
    heads = {}
    for lang in ("ko", "en"):
        table = CliRunner().invoke(main, [*asked, "--format", "table", "--lang", lang])
        assert table.exit_code == 0, table.output
        assert identity in table.stdout and "━" in table.stdout
        heads[lang] = table.stdout.splitlines()[1]
    assert heads["ko"] != heads["en"] and "id" in heads["ko"]


def test_marked_words_stand_in_brackets_in_the_table(kept: str) -> None:
    table = CliRunner().invoke(main, ["search", kept, "러시아", "--format", "table"])
    assert "[러시아]" in table.stdout and "1 report" in table.stderr


@pytest.mark.parametrize("words", [["--kind", "no-such-kind"], ["--since", "2030-01-01"]])
def test_a_selection_that_nothing_meets_prints_no_lines(words: list[str], kept: str) -> None:
    result = CliRunner().invoke(main, ["events", kept, *words])
    assert (result.exit_code, result.stdout) == (0, "")
    assert CliRunner().invoke(main, ["events", kept, *words, "--count"]).stdout == "0\n"
