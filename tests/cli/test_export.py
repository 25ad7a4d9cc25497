"""`sacho export` and `sacho cite` as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sacho.cli import main
from sacho.export import FORMATS, encode
from tests.export.samples import ALL, MEETING

_ARRIVAL = "라브로프 러시아 외무장관이 19일 평양에 도착했다."
_DAY = ("--published", "2023-10-20")


def _run(*words: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=stdin)


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text("".join(encode(e) + "\n" for e in ALL), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_from_records_and_counts_all_events(records: Path, form: str) -> None:
    result = _run("export", form, records, "--out", records.parent)
    assert result.exit_code == 0, result.stderr
    first, *left = result.stderr.splitlines()
    went_out = int(first.split()[3])
    assert first.startswith(f"{len(ALL)} events read, ") and went_out + sum(int(line.split()[0]) for line in left) == len(ALL)
    assert (records.parent / f"sacho-events{FORMATS[form].suffix}").stat().st_size > 0


def test_jsonl_of_records_is_the_records(records: Path) -> None:
    assert _run("export", "jsonl", records).stdout_bytes == records.read_bytes()
    assert _run("export", "jsonl", "-", stdin=records.read_bytes()).stdout_bytes == records.read_bytes()


def test_reports_are_coded_and_their_text_is_in_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(_ARRIVAL, encoding="utf-8")
    result = _run("export", "html", tmp_path / "a.txt", *_DAY)
    assert result.exit_code == 0 and "<mark" in result.stdout and "라브로프 러시아 외무장관" in result.stdout


def test_each_report_gets_its_own_file_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.txt").write_text(_ARRIVAL.replace("19일", "18일" if name == "b" else "19일"), encoding="utf-8")
    result = _run("export", "html", tmp_path / "in", *_DAY, "--each", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    assert sorted(p.name[:2] for p in (tmp_path / "out").iterdir()) == ["a-", "b-"]


def test_a_line_that_is_no_record_is_named_and_the_rest_goes_out(records: Path) -> None:
    records.write_text(records.read_text(encoding="utf-8") + '{"id": 1}\nnot json\n', encoding="utf-8")
    result = _run("export", "csv", records)
    assert result.exit_code == 1 and result.stderr.splitlines()[0].startswith(f"sacho: {records}:{len(ALL) + 1} is no event record")
    assert f"{len(ALL)} events read" in result.stderr


def test_a_file_that_fails_half_way_leaves_the_old_one(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = records.parent / "out.jsonl"
    out.write_bytes(b"before")

    def broken(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sacho.export.jsonl.write_jsonl", broken)
    result = _run("export", "jsonl", records, "--out", out)
    assert result.exit_code == 1 and "No space left on device" in result.stderr
    assert out.read_bytes() == b"before" and sorted(p.name for p in records.parent.iterdir()) == ["out.jsonl", "records.jsonl"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export", "csv"), "Nothing to export"), (("export", "docx", "x.txt"), "'docx' is not one of 'csv'"),
        (("export", "html", "x.txt", "--exact"), "--exact is a flavour of csv"), (("export", "html", "x.txt", "--each"), "name an existing directory"),
        (("cite", "e1"), "Name the report of the event"),
    ],
)  # fmt: skip
def test_wrong_usage_is_said_in_one_sentence(words: tuple[str, ...], said: str) -> None:
    result = _run(*words)
    assert result.exit_code == 2 and said in result.stderr


def test_cite_finds_the_event(records: Path) -> None:
    assert MEETING.gloss.en in _run("cite", MEETING.id, records, "--lang", "en").stdout
    assert _run("cite", MEETING.id, records, "--style", "bibtex").stdout.startswith("@misc{sacho-e-meet,")
    result = _run("cite", "nothing", records)
    assert result.exit_code == 1 and "the events are e-meet, e-visit" in result.stderr


def test_cite_takes_a_happening_and_cites_every_report(tmp_path: Path) -> None:
    for name, title in (("a", "첫 보도"), ("b", "둘째 보도")):
        front = f"---\ntitle: {title}\noutlet: 신문{name}(가상)\npublished: 2023-10-20\n---\n\n"
        (tmp_path / f"{name}.md").write_text(f"{front}{_ARRIVAL}", encoding="utf-8")
    happening = json.loads(_run("timeline", tmp_path, "--format", "jsonl").stdout.splitlines()[0])["id"]
    cited = _run("cite", happening, tmp_path).stdout.splitlines()
    assert len(cited) == 2 and "「첫 보도」" in cited[0] and "「둘째 보도」" in cited[1]
    _run("code", tmp_path, "--store", tmp_path / "s.db")
    assert _run("cite", happening, "--store", tmp_path / "s.db").stdout.splitlines() == cited
    event = cited[0].rsplit(", ", 1)[1].removesuffix(").")
    assert _run("cite", event, "--store", tmp_path / "s.db").stdout.splitlines() == cited[:1]
    assert "h0 is no happening of these reports" in _run("cite", "h0", tmp_path).stderr
    assert "sacho show" in _run("explain", happening, tmp_path / "a.md").stderr


def test_csv_to_a_pipe_is_what_goes_into_the_file(records: Path) -> None:
    _run("export", "csv", records, "--out", records.parent / "x.csv")
    assert _run("export", "csv", records).stdout_bytes == (records.parent / "x.csv").read_bytes()


def test_quotes_and_documents_among_the_records_are_no_events(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(_ARRIVAL, encoding="utf-8")
    coded = _run("code", tmp_path / "a.txt", *_DAY, "--documents", "--quotes").stdout
    (tmp_path / "r.jsonl").write_text(coded, encoding="utf-8")
    result = _run("export", "jsonl", tmp_path / "r.jsonl")
    assert result.exit_code == 0 and [json.loads(line)["kind"] for line in result.stdout.splitlines()] == ["arrive"]
