"""`sacho review` with a second coder, as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sacho.cli import main

REPORT = "라브로프 러시아 외무장관이 19일 평양에 도착했다."


def _run(*words: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=stdin)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A store with one report that 갑 read with another day."""
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    assert _run("code", tmp_path / "a.txt", "--published", "2023-10-20", "--store", tmp_path / "news.db").exit_code == 0
    lines = _run("code", tmp_path / "a.txt", "--published", "2023-10-20", "--format", "jsonl").stdout.replace("2023-10-19", "2023-10-18")
    result = _run("review", "import", tmp_path / "news.db", "-", "--coder", "갑", stdin=lines.encode())
    assert result.exit_code == 0 and "갑 read 1 report" in result.stderr, result.stderr
    return tmp_path / "news.db"


def test_a_disagreement_is_listed_judged_and_gone(kept: Path) -> None:
    (line,) = _run("review", "list", kept, "--disagreements").stdout.splitlines()
    found = json.loads(line)
    assert (found["fields"], [s["values"]["date"] for s in found["sides"]]) == (["date"], ["2023-10-19", "2023-10-18"])
    for lang, head in (("ko", "읽은 이"), ("en", "coder")):
        table = _run("review", "list", kept, "--disagreements", "--format", "table", "--lang", lang).stdout
        assert head in table and "2023-10-18" in table and found["event"] in table
    assert _run("review", "judge", kept, "accepted", found["event"]).exit_code == 0
    assert _run("review", "list", kept, "--disagreements").stdout == ""
    assert _run("review", "list", kept, "--disagreements", "--settled", "--field", "date").stdout == line + "\n"


def test_agreement_is_a_table_or_json(kept: Path) -> None:
    found = json.loads(_run("review", "agreement", kept, "--format", "json").stdout)
    assert (found["coders"], found["pairs"][0]["events_f1"]) == (["sacho", "갑"], 1)
    assert "alpha" in (table := _run("review", "agreement", kept, "--lang", "en").stdout) and "sacho – 갑" in table
    assert "알파" in _run("review", "agreement", kept).stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [(["list", "STORE", "--field", "date"], "add --disagreements"), (["agreement", "STORE", "--coder", "병"], "병 coded nothing"),
     (["import", "STORE", "a.txt", "--coder", "sacho"], "cannot be the name"), (["import", "STORE", "none.jsonl", "--coder", "을"], "cannot be read")],
)  # fmt: skip
def test_what_cannot_be_is_told(words: list[str], told: str, kept: Path) -> None:
    result = _run("review", *(kept if w == "STORE" else w for w in words))
    assert result.exit_code == 2 and told in result.stderr


def test_a_reading_of_another_report_ends_with_status_one(kept: Path) -> None:
    lines = json.dumps({"id": 1}).encode() + b"\n"
    result = _run("review", "import", kept, "-", "--coder", "을", stdin=lines)
    assert result.exit_code == 1 and "stdin:1" in result.stderr


def test_gold_and_proposals_are_exported_from_a_store(kept: Path, tmp_path: Path) -> None:
    (event,) = _run("events", kept).stdout.splitlines()
    identity = json.loads(event)["id"]
    (tmp_path / "gold").mkdir()
    assert "1 left out" in _run("export", "gold", "--store", kept, "--out", tmp_path / "gold").stderr
    _run("review", "judge", kept, "accepted", identity)
    result = _run("export", "gold", "--store", kept, "--out", tmp_path / "gold")
    assert result.exit_code == 1 and "outlet" in result.stderr  # the report names none
    assert _run("export", "gold", "--store", kept, "--out", tmp_path / "none").exit_code == 2
    place = json.dumps({"id": "", "name": "솔빛관", "name_en": "Solbit Hall"}, ensure_ascii=False)
    assert _run("review", "judge", kept, "corrected", identity, "--field", "place", "--value", place).exit_code == 0
    assert json.loads(_run("export", "proposals", "--store", kept).stdout)["key"] == "solbit-hall"
    assert _run("export", "proposals", "--store", kept, "--out", tmp_path / "gold").exit_code == 0
    assert "솔빛관" in (tmp_path / "gold" / "places.csv").read_text(encoding="utf-8")
    assert _run("export", "proposals").exit_code == 2
