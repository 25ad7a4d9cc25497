"""`sacho load` and `sacho export --store` as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sacho.cli import main
from sacho.export import FORMATS

REPORTS = ("라브로프 러시아 외무장관이 19일 평양에 도착했다.", "왕이 중국 외교부장이 18일 서울을 방문했다.")


def _run(*words: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=stdin)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A store with two reports."""
    for number, text in enumerate(REPORTS):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    result = _run("code", tmp_path / "0.txt", tmp_path / "1.txt", "--published", "2023-10-20", "--store", tmp_path / "news.db")
    assert result.exit_code == 0, result.stderr
    return tmp_path / "news.db"


def test_what_was_exported_is_loaded_and_exported_again(kept: Path, tmp_path: Path) -> None:
    (event,) = _run("events", kept, "--country", "CHN").stdout.splitlines()
    assert _run("review", "judge", kept, "rejected", json.loads(event)["id"], "--by", "검토자", "--note", "아니다").exit_code == 0
    first = _run("export", "jsonl", "--store", kept, "--all")
    assert first.exit_code == 0 and "2 reports" in first.stderr
    loaded = _run("load", tmp_path / "other.db", "-", stdin=first.stdout_bytes)
    assert loaded.exit_code == 0 and "2 new reports" in loaded.stderr and "1 judgement" in loaded.stderr
    assert _run("export", "jsonl", "--store", tmp_path / "other.db", "--all").stdout_bytes == first.stdout_bytes


def test_lines_that_cannot_be_used_are_told_and_kept(kept: Path, tmp_path: Path) -> None:
    letters = tmp_path / "letters.jsonl"
    result = _run("load", kept, "-", "--dead-letters", letters, stdin="한 줄\n".encode())
    assert result.exit_code == 1 and "stdin:1" in result.stderr
    assert [json.loads(line)["origin"] for line in letters.read_text(encoding="utf-8").splitlines()] == ["stdin:1"]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_from_a_store(kept: Path, tmp_path: Path, form: str) -> None:
    result = _run("export", form, "--store", kept, "--out", tmp_path)
    assert result.exit_code == 0 and result.stderr.startswith("2 events read"), result.stderr
    assert (tmp_path / f"sacho-events{FORMATS[form].suffix}").stat().st_size > 0


def test_a_selection_is_exported_and_rejected_events_are_left_out(kept: Path) -> None:
    both = [json.loads(line) for line in _run("export", "jsonl", "--store", kept).stdout.splitlines()]
    _run("review", "judge", kept, "rejected", both[0]["id"])
    result = _run("export", "jsonl", "--store", kept)
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [both[1]["id"]] and "1 left out: rejected" in result.stderr
    assert _run("export", "jsonl", "--store", kept, "--review", "rejected").stdout.count("\n") == 1
    assert _run("export", "jsonl", "--store", kept, "--country", "CHN", "--since", "2023-10-19").stdout == ""


def test_the_page_of_a_store_has_the_words_in_their_reports(kept: Path) -> None:
    result = _run("export", "html", "--store", kept, "--kind", "arrive")
    assert "<mark" in result.stdout and "라브로프" in result.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["jsonl", "--all"], "--all chooses"), (["csv", "a.txt", "--kind", "meet"], "--kind chooses"), (["csv", "--store", "news.db", "a.txt"], "leave out files"),
        (["csv", "--store", "news.db", "--all"], "the format jsonl"), (["jsonl", "--store", "news.db", "--all", "--kind", "meet"], "leave out what chooses"),
        (["csv"], "Nothing to export"),
    ],
)  # fmt: skip
def test_options_that_do_not_go_together_are_refused(words: list[str], told: str) -> None:
    result = _run("export", *words)
    assert result.exit_code == 2 and told in " ".join(result.stderr.replace("│", " ").split())
