"""The command line as a user meets it: formats, sources, bad input, exit status, progress."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import sacho.cli.reports
from sacho.cli import main
from sacho.records import Document
from tests.conftest import ROOT

_ARRIVAL = "라브로프 러시아 외무장관이 19일 평양에 도착했다."
_MEETING = '김정은 북한 국무위원장은 19일 라브로프 러시아 외무장관을 만나 "협력을 넓혀 나가자"고 말했다.'
_DAY = ("--published", "2023-10-20")
_SECONDS_FOR_TEN_MEGABYTES = 20.0


def _run(*words: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=stdin)


def _lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def _report(path: Path, text: str = _ARRIVAL) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


# ---------------------------------------------------------------- formats


def test_a_pipe_gets_json_lines_with_the_names_of_the_codebook(tmp_path: Path) -> None:
    result = _run("code", _report(tmp_path / "a.txt"), *_DAY)
    assert (result.exit_code, result.stderr) == (0, "")
    (event,) = _lines(result)
    assert (event["kind"], event["date"], event["status"]) == ("arrive", "2023-10-19", "occurred")
    assert event["actor"][0]["name"] == "세르게이 라브로프"
    named = "id kind type mode contexts status symmetric actor recipient participants date time place instrument topic sources outlets"
    assert set(event) == {*named.split(), "confidence", "cameo", "goldstein", "quad", "rule", "evidence", "conflicts", "gloss"}


def test_csv_has_a_head_and_one_row_an_event(tmp_path: Path) -> None:
    result = _run("code", _report(tmp_path / "a.txt"), *_DAY, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert result.exit_code == 0
    assert [(r["kind"], r["date"], r["actor"], r["place"]) for r in rows] == [("arrive", "2023-10-19", "세르게이 라브로프", "평양")]


@pytest.mark.parametrize(
    ("lang", "words"),
    [("ko", ["날짜", "누가 → 누구에게", "세르게이 라브로프", "발생", "평양"]), ("en", ["date", "who → whom", "Sergey Lavrov", "arrive", "Pyongyang"])],
)
def test_the_table_speaks_both_languages(tmp_path: Path, lang: str, words: list[str]) -> None:
    result = _run("code", _report(tmp_path / "a.txt"), *_DAY, "--format", "table", "--lang", lang)
    assert result.exit_code == 0
    assert [w for w in (*words, "a.txt", "2023-10-20") if w not in result.stdout] == []


@pytest.mark.parametrize(("lang", "words"), [("ko", "사건 없음"), ("en", "no events")])
def test_a_report_without_events_says_so(tmp_path: Path, lang: str, words: str) -> None:
    result = _run("code", _report(tmp_path / "a.txt", "날씨가 좋다."), "--format", "table", "--lang", lang)
    assert result.exit_code == 0 and words in result.stdout


def test_quotes_and_documents_are_further_lines(tmp_path: Path) -> None:
    path = _report(tmp_path / "a.txt", _MEETING)
    plain = _lines(_run("code", path, *_DAY))
    document, *rest = _lines(_run("code", path, *_DAY, "--quotes", "--documents"))
    assert document["published"] == "2023-10-20" and document["origin"] == str(path)
    assert rest[:-1] == plain
    assert (rest[-1]["speaker"], rest[-1]["quote"]) == ("김정은", "협력을 넓혀 나가자")


def test_out_writes_the_same_bytes_as_the_pipe_gets(tmp_path: Path) -> None:
    path, out = _report(tmp_path / "a.txt"), tmp_path / "events.jsonl"
    result = _run("code", path, *_DAY, "--out", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert out.read_bytes() == _run("code", path, *_DAY).stdout_bytes


# ---------------------------------------------------------------- sources


def test_standard_input_is_read(tmp_path: Path) -> None:
    piped = _lines(_run("code", "-", *_DAY, stdin=_ARRIVAL.encode()))
    assert piped == _lines(_run("code", _report(tmp_path / "a.txt"), *_DAY))


def test_a_directory_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    _report(tmp_path / "b.txt", _MEETING)
    _report(tmp_path / "a.txt")
    origins = [line["origin"] for line in _lines(_run("code", tmp_path, *_DAY, "--documents")) if "origin" in line]
    assert origins == [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]


def test_the_examples_are_coded_without_a_complaint() -> None:
    result = _run("code", ROOT / "examples", "--documents")
    assert (result.exit_code, result.stderr) == (0, "")
    assert sum("origin" in line for line in _lines(result)) == len(list((ROOT / "examples").glob("*.md")))


# ---------------------------------------------------------------- explain


def test_explain_shows_the_words_of_each_field(tmp_path: Path) -> None:
    path = _report(tmp_path / "a.txt")
    (event,) = _lines(_run("code", path, *_DAY))
    result = _run("explain", event["id"], path, *_DAY)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == event["gloss"]["en"]
    shown = {line.split()[0]: line for line in result.stdout.splitlines() if "【" in line}
    assert "【도착】" in shown["kind"] and "【19일】" in shown["date"] and "【평양】" in shown["place"]


def test_explain_speaks_one_language_if_asked(tmp_path: Path) -> None:
    path = _report(tmp_path / "a.txt")
    (event,) = _lines(_run("code", path, *_DAY))
    korean, english = (_run("explain", event["id"], path, *_DAY, "--lang", lang).stdout for lang in ("ko", "en"))
    assert korean.startswith(event["gloss"]["ko"]) and event["gloss"]["en"] not in korean and "날짜" in korean
    assert english.startswith(event["gloss"]["en"]) and event["gloss"]["ko"] not in english and "  date " in english


def test_explain_names_the_events_there_are(tmp_path: Path) -> None:
    path = _report(tmp_path / "a.txt")
    (event,) = _lines(_run("code", path, *_DAY))
    result = _run("explain", "e0", path, *_DAY)
    assert result.exit_code == 1
    assert f"{path} has no event e0; its events are {event['id']}" in result.stderr


def test_explain_finds_an_event_behind_a_broken_line(tmp_path: Path) -> None:
    path = _report(tmp_path / "a.jsonl", "{broken\n" + json.dumps({"text": _ARRIVAL, "published": "2023-10-20"}))
    (event,) = _lines(_run("code", path))
    assert _run("explain", event["id"], path).stdout.splitlines()[0] == event["gloss"]["en"]


def test_explain_of_a_file_that_cannot_be_read_says_only_that(tmp_path: Path) -> None:
    result = _run("explain", "e0", tmp_path / "missing.txt")
    assert result.exit_code == 1
    _assert_one_sentence(result, f"{tmp_path / 'missing.txt'} cannot be read", "check the path")


# ---------------------------------------------------------------- bad input


def _assert_one_sentence(result: Result, place: str, remedy: str) -> None:
    """One line on standard error: `sacho: <place> <fault>; <remedy>.`"""
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"sacho: {place}"), line
    assert remedy in line.split("; ", 1)[1] and line.endswith("."), line


@pytest.mark.parametrize(
    ("name", "content", "place", "remedy"),
    [
        ("empty.txt", b"", "empty.txt is empty", "at least one sentence"),
        ("binary.txt", b"\x89PNG\r\n\x1a\n\x00\x01", "binary.txt is not text (a NUL byte at 8)", "give a text"),
        ("latin.txt", b"\xff\xff\xfd\xfa abc", "latin.txt is neither UTF-8 nor CP949 (byte 0", "save it as UTF-8"),
        ("damaged.txt", _ARRIVAL.encode()[:40] + b"\xff" + _ARRIVAL.encode(), "damaged.txt is UTF-8 but damaged at byte 40", "repair"),
        ("broken.jsonl", b'{"text": \n', "broken.jsonl:1 is no JSON", "one JSON object a line"),
        ("without.jsonl", b'{"title": "x"}\n', "without.jsonl:1 does not fit", "`text`"),
        ("none.html", b"<html><body><script>x</script></body></html>", "none.html is an HTML page without a report", "with its text"),
        ("matter.md", "---\ntitle: 제목\n".encode() + _ARRIVAL.encode(), "matter.md:3 is no `key: value` line", "close it"),
        ("day.md", b"---\npublished: soon\n---\n" + _ARRIVAL.encode(), "day.md gives 'soon' as its day of publication", "YYYY-MM-DD"),
    ],
)
def test_a_bad_file_is_one_sentence_and_the_rest_is_coded(tmp_path: Path, name: str, content: bytes, place: str, remedy: str) -> None:
    (tmp_path / name).write_bytes(content)
    good = _report(tmp_path / "zz.txt")
    result = _run("code", tmp_path, *_DAY)
    assert result.exit_code == 1
    _assert_one_sentence(result, f"{tmp_path}/{place}", remedy)
    assert _lines(result) == _lines(_run("code", good, *_DAY))


def _refusing(path: Path, opened: Callable[..., Any]) -> Callable[..., Any]:
    def refused(self: Path, *words: Any, **options: Any) -> Any:
        if self == path:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *words, **options)

    return refused


@pytest.mark.parametrize("shape", ["dangling link", "mode 000", "directory named like a report"])
def test_an_unreadable_entry_of_a_directory_is_named_and_the_rest_is_coded(
    tmp_path: Path, shape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.txt"
    if shape == "dangling link":
        bad.symlink_to(tmp_path / "nowhere.txt")
    elif shape == "mode 000":
        _report(bad).chmod(0)
        if os.access(bad, os.R_OK):  # root may read it all the same: refuse as the system would refuse others
            monkeypatch.setattr(Path, "open", _refusing(bad, Path.open))
    else:
        bad.mkdir()
    _report(tmp_path / "good.txt")
    result = _run("code", tmp_path, *_DAY)
    assert result.exit_code == 1 and len(_lines(result)) == 1
    _assert_one_sentence(result, f"{bad} cannot be read (", "check the path and its permissions")


def test_a_broken_line_does_not_stop_the_others(tmp_path: Path) -> None:
    good = json.dumps({"text": _ARRIVAL, "published": "2023-10-20"}, ensure_ascii=False)
    path = _report(tmp_path / "a.jsonl", "\n".join([good, "{broken", good.replace("19일", "18일")]))
    result = _run("code", path)
    assert result.exit_code == 1
    assert [event["date"] for event in _lines(result)] == ["2023-10-19", "2023-10-18"]
    _assert_one_sentence(result, f"{path}:2 is no JSON", "one JSON object a line")


@pytest.mark.parametrize(
    ("words", "remedy"),
    [("가" * 3_500_000, "split it into its reports"), ("김정은 위원장이 평양에서 왕이 부장을 만나 " * 2_000, "full stops"),
     (_ARRIVAL[:-1] + ", " * 4_000_000, "split it into its reports")],
    ids=["ten megabytes of syllables", "one sentence of two thousand clauses", "ten megabytes of commas"],
)  # fmt: skip
def test_a_line_without_end_is_told_within_reasonable_time(tmp_path: Path, words: str, remedy: str) -> None:
    path = _report(tmp_path / "a.txt", words)
    _report(tmp_path / "b.txt")
    before = time.monotonic()
    result = _run("code", tmp_path, *_DAY)
    assert time.monotonic() - before < _SECONDS_FOR_TEN_MEGABYTES
    assert result.exit_code == 1 and len(_lines(result)) == 1
    _assert_one_sentence(result, str(path), remedy)


def test_a_fault_of_the_program_in_one_report_does_not_stop_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = sacho.cli.reports.code_document

    def failing(document: Document) -> Any:
        if document.origin.endswith("a.txt"):
            raise KeyError("role")
        return sound(document)

    monkeypatch.setattr(sacho.cli.reports, "code_document", failing)
    _report(tmp_path / "a.txt")
    _report(tmp_path / "b.txt")
    result = _run("code", tmp_path, *_DAY)
    assert result.exit_code == 1 and len(_lines(result)) == 1
    _assert_one_sentence(result, f"{tmp_path / 'a.txt'} could not be coded (KeyError: 'role')", "report this")


def test_dead_letters_are_written(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    _report(tmp_path / "in" / "good.txt")
    result = _run("code", tmp_path / "in", *_DAY, "--dead-letters", tmp_path / "dead.jsonl")
    assert result.exit_code == 1 and len(_lines(result)) == 1
    (letter,) = [json.loads(line) for line in (tmp_path / "dead.jsonl").read_text(encoding="utf-8").splitlines()]
    assert letter["origin"] == str(tmp_path / "in" / "empty.txt")
    assert result.stderr == f"sacho: {letter['reason']}\n"


def test_a_directory_without_reports_says_so(tmp_path: Path) -> None:
    result = _run("code", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    _assert_one_sentence(result, f"{tmp_path} is a directory without reports", ".jsonl")


def test_empty_standard_input_says_so() -> None:
    result = _run("code", "-", stdin=b"")
    assert (result.exit_code, result.stdout) == (1, "")
    _assert_one_sentence(result, "stdin is empty", "at least one sentence")


# ---------------------------------------------------------------- wrong usage


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "Missing argument"),
        (["-", "--published", "20.10.2023"], "write it as YYYY-MM-DD"),
        (["-", "--published", "2023-02-30"], "write it as YYYY-MM-DD"),
        (["-", "--format", "xml"], "'xml' is not one of"),
        (["-", "--quotes", "--format", "csv"], "leave out --format csv"),
        (["-", "--out", "/nowhere/at/all.jsonl"], "/nowhere/at/all.jsonl cannot be written (No such file or directory)"),
        (["-", "--nonsense"], "No such option"),
    ],
)
def test_wrong_usage_is_status_two_before_anything_is_read(words: list[str], says: str) -> None:
    result = _run("code", *words, stdin=_ARRIVAL.encode())
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


def test_output_never_overwrites_what_is_read(tmp_path: Path) -> None:
    path = _report(tmp_path / "a.txt")
    for source, out in ((path, path), (tmp_path, tmp_path / "events.jsonl")):
        result = _run("code", source, "--out", out)
        assert result.exit_code == 2 and "choose a file outside" in result.stderr
    assert path.read_text(encoding="utf-8") == _ARRIVAL and not (tmp_path / "events.jsonl").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full: a full disk is NOT tested")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    result = _run("code", _report(tmp_path / "a.txt"), *_DAY, "--out", "/dev/full")
    assert result.exit_code == 1
    assert "/dev/full is incomplete (No space left on device); make room" in result.stderr


# ---------------------------------------------------------------- terminal and pipe


def _on_a_terminal(stream: str, *words: str | Path) -> tuple[str, str]:
    """Run the program with `stdout` or `stderr` on a terminal and the other in a pipe: what the terminal, the pipe got.
    A `dumb` terminal has 80 columns and no colours."""
    ours, theirs = pty.openpty()
    other = "stderr" if stream == "stdout" else "stdout"
    run = subprocess.Popen([sys.executable, "-m", "sacho", *map(str, words)], stdin=subprocess.DEVNULL,
                           **{stream: theirs, other: subprocess.PIPE}, env={**os.environ, "TERM": "dumb"})  # fmt: skip
    os.close(theirs)
    shown = _drained(ours)
    piped = run.stderr if stream == "stdout" else run.stdout
    assert piped is not None
    with piped:
        rest = piped.read().decode()
    assert run.wait() == 0
    return shown, rest


def _drained(terminal: int) -> str:
    parts = []
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux tells the end of a terminal so
            break
        if not part:
            break
        parts.append(part)
    os.close(terminal)
    return b"".join(parts).decode()


@pytest.fixture
def many(tmp_path: Path) -> Path:
    for number in range(11):
        _report(tmp_path / f"{number:02}.txt", _ARRIVAL.replace("19일", f"{number + 1}일"))
    return tmp_path


def test_progress_stands_on_standard_error_if_that_is_a_terminal(many: Path) -> None:
    shown, records = _on_a_terminal("stderr", "code", many, *_DAY)
    assert [part.strip() for part in shown.split("\r") if part.strip()] == ["5 reports read", "10 reports read", "11 reports read"]
    assert len(records.splitlines()) == 11 and "reports read" not in records


def test_a_terminal_gets_the_table_and_a_pipe_no_progress(many: Path) -> None:
    shown, errors = _on_a_terminal("stdout", "code", many, *_DAY)
    assert "날짜" in shown and "reports read" not in shown
    assert errors == ""


def test_a_narrow_terminal_cuts_no_id_and_no_name() -> None:
    path = ROOT / "examples" / "vostochny-summit.md"
    ids = [event["id"] for event in _lines(_run("code", path))]
    shown, _ = _on_a_terminal("stdout", "code", path)
    assert ids and [i for i in ids if i not in shown] == []
    assert "…" not in shown


def test_a_reader_that_stops_early_is_no_error(many: Path) -> None:
    run = subprocess.run(f"{sys.executable} -m sacho code {many} --published 2023-10-20 --format csv | head -n 1",
                         shell=True, capture_output=True, check=True)  # fmt: skip
    assert run.stdout.startswith(b"id,date") and b"Traceback" not in run.stderr


def test_help_does_not_load_the_analyser() -> None:
    check = "import sys; from sacho.cli import main; main(['--help'], standalone_mode=False); sys.exit('kiwipiepy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], capture_output=True).returncode == 0
