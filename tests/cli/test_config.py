"""Settings from files, the environment and flags, and where each came from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sacho.cli import main


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder, and a folder of one's own settings beside it."""
    (tmp_path / "work").mkdir()
    (tmp_path / "home" / "sacho").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    for name in ("SACHO_LANG", "SACHO_BY", "SACHO_STORE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def _run(*words: str, **env: str) -> Result:
    return CliRunner().invoke(main, list(words), env=env)


def _shown(*words: str, **env: str) -> dict[str, tuple[object, str]]:
    result = _run("config", "show", "--format", "jsonl", *words, **env)
    assert result.exit_code == 0, result.output
    return {line["setting"]: (line["value"], line["origin"]) for line in map(json.loads, result.stdout.splitlines())}


def test_a_flag_wins_over_the_environment_that_over_the_folder_that_over_ones_own_file(folder: Path) -> None:
    own, here = folder / "home" / "sacho" / "sacho.toml", folder / "work" / "sacho.toml"
    assert _shown("events", "--all")["events.each"] == ("report", "default")
    own.write_text('lang = "en"\n[events]\neach = "happening"\nlimit = 7\n', encoding="utf-8")
    assert _shown("events")["events.each"] == ("happening", str(own)) and _shown("events")["events.lang"] == ("en", str(own))
    here.write_text("[events]\nlimit = 9\n", encoding="utf-8")
    assert _shown("events")["events.limit"] == (9, "sacho.toml")
    assert _shown("events", SACHO_EVENTS_LIMIT="11")["events.limit"] == (11, "$SACHO_EVENTS_LIMIT")
    assert _shown("events", SACHO_LANG="ko")["events.lang"] == ("ko", "$SACHO_LANG")


def test_the_values_are_in_force(folder: Path) -> None:
    (folder / "work" / "a.txt").write_text("라브로프 러시아 외무장관이 19일 평양에 도착했다.", encoding="utf-8")
    (folder / "work" / "sacho.toml").write_text('[code]\npublished = "2023-10-20"\nformat = "csv"\n', encoding="utf-8")
    assert "2023-10-19" in _run("code", "a.txt").stdout and _run("code", "a.txt").stdout.startswith("id,")
    assert _run("code", "a.txt", "--format", "jsonl").stdout.startswith("{")
    assert json.loads(_run("code", "a.txt", SACHO_CODE_FORMAT="jsonl", SACHO_CODE_OUTLET="새벽일보(가상)").stdout)["outlets"] == ["새벽일보(가상)"]


def test_a_store_of_the_settings_is_used_where_no_files_are_named(folder: Path) -> None:
    (folder / "work" / "a.txt").write_text("라브로프 러시아 외무장관이 19일 평양에 도착했다.", encoding="utf-8")
    assert _run("code", "a.txt", "--published", "2023-10-20", "--store", "news.db").exit_code == 0
    (folder / "work" / "sacho.toml").write_text('store = "news.db"\n', encoding="utf-8")
    assert json.loads(_run("timeline").stdout)["date"] == "2023-10-19"
    assert json.loads(_run("export", "jsonl").stdout)["date"] == "2023-10-19"
    assert json.loads(_run("code", "a.txt").stdout)["kind"] == "arrive"  # printed, not kept
    assert json.loads(_run("timeline", "a.txt").stdout)["kind"] == "arrive"
    assert json.loads(_run("export", "jsonl", "a.txt").stdout)["kind"] == "arrive"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("lnag = 'en'", "lnag is no setting; did you mean lang?"), ("[evnts]\nlimit = 1", "evnts is no setting; did you mean events?"),
        ("[events]\nlimitt = 1", "events.limitt is no setting; did you mean limit?"), ("[events]\nzzzz = 1", "events.zzzz is no setting; there are"),
        ("[events]\nlimit = 'many'", "events.limit cannot be 'many'"), ("[events]\neach = 'day'", "events.each cannot be 'day'"), ("lang = ", "is no TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_file_key_and_remedy(words: str, told: str, folder: Path) -> None:
    (folder / "work" / "sacho.toml").write_text(words, encoding="utf-8")
    for command in (["events", "news.db"], ["config", "show"]):
        result = _run(*command)
        assert result.exit_code == 2 and "sacho.toml" in result.stderr and told in " ".join(result.stderr.split())
    assert _run("events", "--help").exit_code == 0 and _run("--help").exit_code == 0


def test_a_setting_of_another_command_does_not_stand_in_the_way(folder: Path) -> None:
    (folder / "work" / "sacho.toml").write_text("[events]\nlimitt = 1\n", encoding="utf-8")
    assert "limitt" not in _run("search", "none.db", "x").stderr


def test_subcommands_and_lists_and_flags_have_settings(folder: Path) -> None:
    (folder / "work" / "sacho.toml").write_text('[review.list]\nlimit = 3\n[timeline]\nperson = ["김정은", "라브로프"]\n[code]\nquotes = true\n', encoding="utf-8")
    shown = _shown()
    assert shown["review.list.limit"] == (3, "sacho.toml") and shown["code.quotes"] == (True, "sacho.toml")
    assert shown["timeline.person"] == (["김정은", "라브로프"], "sacho.toml")


def test_a_variable_that_sets_nothing_is_named_with_the_nearest() -> None:
    result = _run("config", "show", SACHO_EVENTS_LIMITS="3")
    assert result.exit_code == 0 and "SACHO_EVENTS_LIMITS sets nothing; did you mean SACHO_EVENTS_LIMIT?" in result.stderr
    result = _run("events", "none.db", SACHO_EVENTS_LIMIT="many")
    assert result.exit_code == 2 and "$SACHO_EVENTS_LIMIT: limit cannot be 'many'" in " ".join(result.stderr.split())


def test_the_paths_of_the_files_are_told(folder: Path) -> None:
    here, own = _run("config", "path").stdout.splitlines()
    assert (here, own) == (str(folder / "work" / "sacho.toml"), str(folder / "home" / "sacho" / "sacho.toml"))
