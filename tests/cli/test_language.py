"""The commands speak English and Korean, and everything they can say is in the catalogue."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner, Result
from tools.messages import helps, sentences

from sacho.cli import main
from sacho.cli.conflicts import _FIELDS
from sacho.cli.speech import count, language_of, told
from sacho.language import speak
from tests.conftest import ROOT

_PO = ROOT / "src" / "sacho" / "locale" / "ko" / "LC_MESSAGES" / "sacho.po"
_HOLE = re.compile(r"\{\d+\}")


def _run(*words: str, **env: str) -> Result:
    return CliRunner().invoke(main, list(words), env={"LANG": "C.UTF-8", "LC_ALL": "", "SACHO_LANG": ""} | env)


def _catalogue() -> dict[str, str]:
    with _PO.open("rb") as stream:
        return {m.id if isinstance(m.id, str) else m.id[0]: m.string if isinstance(m.string, str) else m.string[0] for m in read_po(stream) if m.id}


def test_every_help_text_and_every_sentence_has_a_korean_translation() -> None:
    held = _catalogue()
    said = sentences() | helps()
    assert len(said) > 300
    assert [(place, words) for words, place in said.items() if not held.get(words)] == []


def test_translations_keep_the_values_and_are_korean() -> None:
    for words, korean in _catalogue().items():
        if _HOLE.search(words):
            assert sorted(_HOLE.findall(words)) == sorted(_HOLE.findall(korean)), words
        if len(words) > 12:
            assert re.search(r"[가-힣]", korean), words


def _example(template: str) -> str:
    return template.format(*(f"1x{n}" for n in range(9)))


@pytest.mark.parametrize("template", sorted(words for words in sentences() if any(c.isalpha() for c in _HOLE.sub("", words))))
def test_a_sentence_is_found_by_its_words_whatever_its_values(template: str) -> None:
    said = told(_example(template), "ko")
    values = set(re.findall(r"1x\d", _example(template)))
    assert values <= set(re.findall(r"1x\d", said))
    assert said == _catalogue()[template].format(*(f"1x{n}" for n in range(9)))
    assert told(_example(template), "en") == _example(template)


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("sacho: a.html:3 is longer than 32 bytes; split it into its reports.", "sacho: a.html:3: 32바이트보다 깁니다; 보도별로 나누십시오."),
        ("sacho: a b.txt is empty; give a report of at least one sentence.", "sacho: a b.txt: 비어 있습니다; 적어도 한 문장이 있는 보도를 주십시오."),
        ("news.db is not a SQLite file; choose another file.", "news.db: SQLite 파일이 아닙니다. 다른 파일을 고르십시오."),
        ("s.db: 1 new report (0 new versions), 0 read anew, 2 unchanged; 3 events", "s.db: 새 보도 1건(새 판 0건), 다시 읽음 0, 그대로 2; 사건 3건"),
        ("이름만", "이름만"), ("nothing of the kind", "nothing of the kind"),
    ],
)  # fmt: skip
def test_sentences_of_parts_are_put_together(english: str, korean: str) -> None:
    assert told(english, "ko") == korean


@pytest.mark.parametrize(
    ("args", "set_to", "system", "lang"),
    [
        (["--lang", "ko", "events"], "en", "en_US.UTF-8", "ko"), (["events", "--lang=en"], "ko", "ko_KR.UTF-8", "en"), (["events"], "ko", "en_US.UTF-8", "ko"),
        (["events"], "", "ko_KR.UTF-8", "ko"), (["events"], "", "C.UTF-8", "en"), (["events"], "", "", "en"), (["--lang"], "", "", "en"), ([], "", "", "en"), (["--lang", "fr"], "", "", "en"),
    ],
)  # fmt: skip
def test_the_language_is_that_of_the_flag_the_settings_or_the_system(args: list[str], set_to: str, system: str, lang: str) -> None:
    assert language_of(args, set_to, {"LANG": system}) == lang
    assert language_of(["events"], "", {"LANG": "en_US.UTF-8", "LC_ALL": "ko_KR.UTF-8"}) == "ko"


@pytest.mark.parametrize("how", [{"SACHO_LANG": "ko"}, {"LANG": "ko_KR.UTF-8"}])
def test_help_and_errors_are_korean(how: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "사용법:" in _run("--help", **how).stdout and "보도를 읽고" in _run("--help", **how).stdout
    assert "이 도움말을 보이고" in _run("review", "list", "--help", **how).stdout and "표의 언어" in _run("review", "list", "--help", **how).stdout
    missing = _run("events", "none.db", **how)
    assert missing.exit_code == 1 and missing.stderr == "오류: none.db이(가) 없습니다. `sacho init none.db`로 만드십시오.\n"
    assert "'evnts' 명령은 없습니다" in _run("evnts", **how).stderr and "빼십시오" in _run("edits", "--pair", "--store", "x", **how).stderr
    assert "사용법" not in _run("--help").stdout and "is not there" in _run("events", "none.db").stderr  # English is as before


def test_a_language_of_the_command_line_is_that_of_tables_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("라브로프 러시아 외무장관이 19일 평양에 도착했다.", encoding="utf-8")
    words = ("code", "a.txt", "--published", "2023-10-20", "--format", "table")
    assert "who → whom" in _run("--lang", "en", *words).stdout and "who → whom" in _run(*words, SACHO_LANG="en").stdout
    assert "누가" in _run(*words).stdout and "누가" in _run("--lang", "ko", *words).stdout


@pytest.mark.parametrize("field", _FIELDS)
def test_the_fields_of_a_contradiction_have_korean_names(field: str) -> None:
    assert re.fullmatch(r"[가-힣 ]+", speak("ko")(field)) and speak("en")(field) == field


@pytest.mark.parametrize(("number", "words"), [(0, "0 reports"), (1, "1 report"), (2, "2 reports"), (1200, "1,200 reports")])
def test_plurals(number: int, words: str) -> None:
    assert count(number, "report") == words
