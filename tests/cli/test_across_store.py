"""The commands over many reports answer from a store what they answer from the files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sacho.cli import main

SET = Path(__file__).resolve().parent.parent / "corpus" / "multi" / "dev"
STORIES = ("lavrov-2023", "envoys", "putin-2024", "inspection")


def _run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def files() -> list[str]:
    found = [str(p) for story in STORIES for p in sorted((SET / story).glob("r*.md"))]
    assert len(found) > 4
    return found


@pytest.fixture(scope="module")
def kept(files: list[str], tmp_path_factory: pytest.TempPathFactory) -> str:
    store = str(tmp_path_factory.mktemp("across") / "news.db")
    assert _run("code", *files, "--store", store).exit_code == 0
    return store


def _lines(result: Result) -> list[dict]:  # type: ignore[type-arg]
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    "words",
    [
        ["timeline"], ["timeline", "--since", "2023-10-18", "--until", "2023-10-19"], ["timeline", "--country", "RUS"], ["conflicts"],
        ["conflicts", "--field", "place"], ["attendance"], ["attendance", "--counts"], ["attendance", "조용원", "FILES"], ["gaps", "--every"],
        ["gaps", "--by-day"], ["wording", "--watched"], ["wording", "--watched", "--uses"], ["wording", "회담", "FILES", "--uses"], ["edits"],
    ],
)  # fmt: skip
def test_a_store_answers_as_its_files_do(words: list[str], files: list[str], kept: str) -> None:
    at = words.index("FILES") if "FILES" in words else len(words)
    head, tail = words[:at], words[at + 1 :]
    ours = _lines(_run(*head, *tail, "--store", kept))
    theirs = _lines(_run(*head, *files, *tail))
    assert ours == theirs and ours


def test_show_is_the_same_with_its_reasons(files: list[str], kept: str) -> None:
    for row in _lines(_run("timeline", "--store", kept)):
        shown = _run("show", row["id"], "--store", kept)
        assert _lines(shown) == _lines(_run("show", row["id"][:8], "--store", kept)) == _lines(_run("show", row["id"], *files))
    (one,) = _lines(_run("show", row["event"] if "event" in row else row["id"], "--store", kept))
    assert _lines(_run("show", one["happening"]["events"][0], "--store", kept)) == [one]


def test_what_is_not_there_is_told(kept: str) -> None:
    for identity in ("h0", "h00000000", "%", ""):
        result = _run("show", identity, "--store", kept)
        assert result.exit_code == 1 and "sacho timeline" in result.stderr


def test_rejected_events_are_gone_and_corrected_ones_have_their_values(kept: str, files: list[str], tmp_path: Path) -> None:
    store = tmp_path / "other.db"
    assert _run("load", store, "-").exit_code == 0
    assert _run("code", *files, "--store", store).exit_code == 0
    depart = next(r for r in _lines(_run("timeline", "--store", store)) if r["kind"] == "depart")
    (shown,) = _lines(_run("show", depart["id"], "--store", store))
    ids = shown["happening"]["events"]
    assert _run("review", "judge", store, "rejected", *ids[1:]).exit_code == 0
    assert _run("review", "judge", store, "corrected", ids[0], "--field", "date", "--value", '"2023-10-01"').exit_code == 0
    (left,) = _lines(_run("show", ids[0], "--store", store))
    assert left["happening"]["events"] == ids[:1] and left["happening"]["date"] == "2023-10-01"
    assert _run("review", "judge", store, "rejected", ids[0]).exit_code == 0
    assert all(ids[0] not in json.dumps(row) for row in _lines(_run("timeline", "--store", store)))
    assert all(r["id"] != depart["id"] for r in _lines(_run("timeline", "--store", store)))


def test_decisions_of_the_store_and_of_a_file_both_count(kept: str, tmp_path: Path) -> None:
    row = next(r for r in _lines(_run("timeline", "--store", kept)) if r["reports"] > 1)
    (shown,) = _lines(_run("show", row["id"], "--store", kept))
    a, *others = shown["happening"]["events"]
    log = tmp_path / "log.jsonl"
    log.write_text("".join(json.dumps({"a": a, "b": b, "decision": "different", "at": "2026"}) + "\n" for b in others), encoding="utf-8")
    (split,) = _lines(_run("show", a, "--store", kept, "--judgements", log))
    assert a in split["happening"]["events"] and len(split["happening"]["events"]) < len(shown["happening"]["events"])
    log.write_text("", encoding="utf-8")
    assert _lines(_run("timeline", "--store", kept, "--judgements", log)) == _lines(_run("timeline", "--store", kept))


@pytest.mark.parametrize(
    ("words", "told"),
    [(["timeline", "a.md"], "leave out a.md"), (["edits", "--pair"], "leave out --store"), (["wording", "--compare"], "leave out --store"),
     (["wording"], "name a TERM")],
)  # fmt: skip
def test_what_does_not_go_with_a_store_is_refused(words: list[str], told: str, kept: str) -> None:
    result = _run(*words, "--store", kept)
    assert result.exit_code == 2 and told in result.stderr
    assert _run("timeline", "--store", "missing.db").exit_code == 1 and _run("timeline").exit_code == 2


def test_versions_of_an_address_are_compared_from_a_store(tmp_path: Path) -> None:
    texts = ("김정은 위원장과 최선희 외무상이 19일 평양에서 라브로프 외무장관을 만났다.", "김정은 위원장이 19일 평양에서 라브로프 외무장관을 만났다.")
    for number, text in enumerate(texts):
        words = json.dumps({"text": text, "url": "https://example.org/1", "published": f"2023-10-2{number}", "outlet": "새벽일보(가상)"}, ensure_ascii=False)
        (tmp_path / f"{number}.jsonl").write_text(words + "\n", encoding="utf-8")
    files = [str(tmp_path / f"{n}.jsonl") for n in (0, 1)]
    assert _run("code", *files, "--store", tmp_path / "news.db").exit_code == 0
    assert _lines(_run("edits", "--store", tmp_path / "news.db")) == _lines(_run("edits", *files)) != []
