"""`sacho evaluate` as it is called."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sacho.cli import main
from tests.evaluation.conftest import GOLD


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments)])


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    shutil.copytree(GOLD, tmp_path / "gold")
    return tmp_path / "gold"


def test_check_passes_sound_gold_and_codes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sacho.evaluation.run.code_document", None)
    result = _run("--check", GOLD)
    assert (result.exit_code, result.output) == (0, "2 reports hold together\n")


def test_check_and_measuring_stop_at_a_broken_file(gold: Path) -> None:
    path = gold / "ferry-visit.json"
    path.write_text(path.read_text(encoding="utf-8").replace("비난했다", "나무랐다"), encoding="utf-8")
    for arguments in (("--check", gold), (gold,)):
        result = _run(*arguments)
        assert result.exit_code == 1
        assert result.output == "sacho: ferry-visit.json: event 3 (accuse '나무랐다'): the trigger is not in the text; copy the words letter by letter.\n"


def test_table_and_json_tell_the_same(gold: Path) -> None:
    found = json.loads(_run(gold, "--format", "json", "--by", "kind").output)
    recall = next(f for f in found["figures"] if f["name"] == "events.recall")
    assert recall["low"] <= recall["value"] <= recall["high"] and recall["value"] > 0
    assert {"arrive", "drill", "meet", "message", "accuse"} <= {g["name"] for g in found["groups"]}
    table = _run(gold, "--by", "outlet").output
    assert f"{recall['value']:.3f} ({recall['low']:.3f}–{recall['high']:.3f})" in table
    assert "나루통신(가상)" in table and "errors by cause: " in table


def test_baseline_is_written_on_demand_only_and_fails_a_worse_run(gold: Path, tmp_path: Path) -> None:
    floor = tmp_path / "floor.json"
    assert _run(gold, "--baseline", floor).exit_code == 1 and not floor.exists()
    assert _run(gold, "--baseline", floor, "--accept").exit_code == 0
    accepted = json.loads(floor.read_text(encoding="utf-8"))
    assert _run(gold, "--baseline", floor).exit_code == 0
    accepted["figures"]["events.recall"] += 0.01
    floor.write_text(json.dumps(accepted), encoding="utf-8")
    before = floor.read_bytes()
    result = _run(gold, "--baseline", floor)
    assert result.exit_code == 1 and "sacho: events.recall is " in result.output
    assert floor.read_bytes() == before


def test_second_coder(gold: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.mkdir()
    for path in gold.glob("*.json"):
        shutil.copy(path, second)
    found = json.loads(_run(gold, "--second", second, "--format", "json").output)
    assert found["figures"]["events F1"] == found["figures"]["kind kappa"] == 1
    (second / "ferry-visit.json").unlink()  # he need not have read them all
    assert json.loads(_run(gold, "--second", second, "--format", "json").output)["figures"]["events F1"] == 1
    for path in second.glob("*.json"):
        path.unlink()
    result = _run(gold, "--second", second)
    assert result.exit_code == 1 and "ferry-visit.json: cannot be read" in result.output


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--accept"], 2, "--baseline FILE"),
        (["--second", str(GOLD), "--by", "kind"], 2, "leave out --baseline and --by"),
        (["--second", str(GOLD), "--only", "blind"], 0, "1 reports"),
    ],
)
def test_options_that_do_not_go_together(arguments: list[str], code: int, words: str) -> None:
    result = _run(GOLD, *arguments)
    assert result.exit_code == code and words in result.output


def test_only_without_such_reports_is_told(gold: Path) -> None:
    (gold / "ferry-visit.md").unlink()
    (gold / "ferry-visit.json").unlink()
    result = _run(gold, "--only", "blind")
    assert result.exit_code == 1 and "holds no report for --only blind" in result.output
