"""The commands over many reports: lines for pipes, tables for people, sentences for what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sacho.cli import main
from sacho.cli.words import value_in

SET = Path(__file__).resolve().parent.parent / "corpus" / "multi" / "dev"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def lines(result: Result) -> list[dict]:  # type: ignore[type-arg]
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def reports(story: str) -> list[str]:
    return [str(p) for p in sorted((SET / story).glob("r*.md"))]


def test_timeline_gives_lines_to_a_pipe_and_a_table_to_people() -> None:
    rows = lines(run("timeline", *reports("lavrov-2023"), "--kind", "visit", "--kind", "depart"))
    assert {r["kind"] for r in rows} == {"visit", "depart"}
    assert any(r["depth"] == 1 for r in rows)
    table = run("timeline", *reports("lavrov-2023"), "--format", "table", "--lang", "en")
    assert "└" in table.stdout
    assert "Sergey Lavrov" in table.stdout


def test_conflicts_name_each_value_with_its_words() -> None:
    (row,) = lines(run("conflicts", *reports("envoys"), "--field", "place"))
    words = {v["value"]: v["words"] for v in row["contradiction"]["versions"]}
    assert words == {"서울": "서울", "워싱턴": "워싱턴"}
    assert all(f"【{v['words']}】" in s and len(s) > len(v["words"]) + 8 for v, s in zip(row["contradiction"]["versions"], row["sentences"], strict=True))
    table = run("conflicts", *reports("envoys"), "--format", "table").stdout
    assert "【워싱턴】" in table and "장소" in table and "Washington" in run("conflicts", *reports("envoys"), "--format", "table", "--lang", "en").stdout


def test_show_takes_an_id_or_its_beginning_and_says_what_there_is_otherwise() -> None:
    rows = lines(run("timeline", *reports("lavrov-2023"), "--kind", "depart"))
    (shown,) = lines(run("show", rows[0]["id"][:9], *reports("lavrov-2023")))
    assert shown["happening"]["id"] == rows[0]["id"]
    assert "joined because" in run("show", rows[0]["id"], *reports("lavrov-2023"), "--format", "table", "--lang", "en").stdout
    wrong = run("show", "h0", *reports("lavrov-2023"))
    assert wrong.exit_code == 1
    assert rows[0]["id"] in wrong.stderr or "sacho timeline" in wrong.stderr


def test_a_judgement_splits_what_was_one_and_taking_it_back_mends_it(tmp_path: Path) -> None:
    def events() -> list[tuple[str, ...]]:
        shown = [lines(run("show", r["id"], *reports("envoys"), *log))[0] for r in lines(run("timeline", *reports("envoys"), *log))]
        return sorted(tuple(s["happening"]["events"]) for s in shown)

    log: list[str] = []
    before = events()
    a, b = next(group for group in before if len(group) > 1)[:2]
    decision = {"a": a, "b": b, "decision": "different", "at": "2024-01-01"}
    file = tmp_path / "log.jsonl"
    file.write_text(json.dumps(decision) + "\n", encoding="utf-8")
    log = ["--judgements", str(file)]
    assert not any({a, b} <= set(group) for group in events())
    file.write_text("\n".join(json.dumps(d) for d in (decision, decision | {"decision": "undecided", "at": "2024-01-02"})), encoding="utf-8")
    assert events() == before
    file.write_text('{"a": 1}\n', encoding="utf-8")
    broken = run("timeline", *reports("envoys"), *log)
    assert broken.exit_code == 1
    assert "line 1" in broken.stderr


def test_attendance_of_one_person_with_another_and_the_counts() -> None:
    rows = lines(run("attendance", "조용원", *reports("inspection"), "--with", "김정은"))
    assert [(r["person"], r["date"], r["order"]) for r in rows] == [("jo-yong-won", "2024-05-17", 2)]
    alone = run("attendance", "조용원", *reports("inspection"), "--with", "시진핑")
    assert lines(alone) == [] and "beside them: 김정식 1, 김정은 1, " in alone.stderr and "시진핑 is not there" in alone.stderr
    assert rows == lines(run("attendance", "Jo Yong Won", *reports("inspection"), "--with", "金正恩"))
    counts = {r["person"]: r for r in lines(run("attendance", *reports("inspection"), "--counts"))}
    assert counts["kim-jong-un"]["count"] >= 2


@pytest.mark.parametrize(
    ("words", "told"),
    [(("attendance", "김정운"), "names like it: 김정은 2"), (("attendance", "Kim Jong Eun", "--lang", "en"), "names like it: Kim Jong Un 2"),
     (("attendance", "반기문"), "반기문 is not there; most often there: 김정은"), (("timeline", "--person", "Choi Hyon"), "names like it"),
     (("conflicts", "--person", "Angela Merkel", "--lang", "en"), "most often there: Kim Jong Un")],
)  # fmt: skip
def test_a_name_that_finds_nothing_is_told_with_names_that_do(words: tuple[str, ...], told: str) -> None:
    result = run(*words, *reports("inspection"))
    assert lines(result) == [] and told in result.stderr and result.stderr.count("\n") == 1


def test_wording_of_a_term_and_two_statements(tmp_path: Path) -> None:
    old, new = tmp_path / "a.md", tmp_path / "b.md"
    old.write_text("---\npublished: 2018-06-12\noutlet: 저녁통신(가상)\n---\n두 나라는 전략적 신뢰를 두터이 하였다.\n", encoding="utf-8")
    new.write_text("---\npublished: 2024-06-12\noutlet: 저녁통신(가상)\n---\n두 나라는 동맹관계를 맺었다. 전략적신뢰를 두터이 하였다.\n", encoding="utf-8")
    (row,) = lines(run("wording", "전략적 신뢰", str(old), str(new)))
    assert (row["first"]["published"], row["last"]["published"]) == ("2018-06-12", "2024-06-12")
    assert {s["name"] for s in row["spellings"]} == {"전략적 신뢰", "전략적신뢰"}
    (found,) = lines(run("wording", "--compare", str(old), str(new)))
    assert [u["formula"] for u in found["formulas_new"]] == ["alliance"]
    assert run("wording", "전략적 신뢰").exit_code == 2
    assert run("wording", "--compare", str(old)).exit_code == 2


def test_edits_find_who_is_gone_and_gaps_who_kept_silent() -> None:
    (edit,) = lines(run("edits", *reports("inspection")))
    assert edit["silent"]
    assert [v["person"] for v in edit["gone"]] == ["ri-pyong-chol"]
    rows = lines(run("gaps", *reports("inspection"), "--outlet-of", "새벽신문=KOR", "--every"))
    assert any(c["side"] == "PRK" and c["lag"] == 1 for r in rows for c in r["told"])
    assert run("gaps", *reports("inspection"), "--between", "XX,KOR").exit_code == 2
    assert run("gaps", *reports("inspection"), "--outlet-of", "새벽신문").exit_code == 2


@pytest.mark.parametrize("command", ["timeline", "conflicts", "gaps", "edits"])
def test_a_file_that_is_not_there_is_named_and_the_rest_goes_on(command: str) -> None:
    result = run(command, *reports("rice"), "nowhere.md")
    assert result.exit_code == 1
    assert "nowhere.md" in result.stderr


def test_a_day_that_is_none_is_refused() -> None:
    result = run("timeline", *reports("rice"), "--since", "May")
    assert result.exit_code == 2
    assert "YYYY-MM-DD" in result.stderr


def test_whom_a_name_was_found_with_is_not_the_name_itself() -> None:
    for words in (["timeline", "--kind", "call"], ["timeline", "--kind", "sign"]):
        told = run(*words, *reports("inspection"), "--person", "조용원", "--lang", "en").stderr
        beside = told.partition("beside them: ")[2]
        assert "Kim Jong Un" in beside and "Jo Yong Won" not in beside


def test_values_on_which_reports_differ_are_told_in_the_language_of_the_table() -> None:
    assert value_in("ko", "status", "occurred") == "발생" and value_in("en", "status", "occurred") == "occurred"
    assert value_in("ko", "kind", "meet") == "만남" and value_in("en", "place", "평양") == "Pyongyang"
    assert value_in("en", "participants", "김정은, 푸틴 대통령") == "Kim Jong Un, 푸틴 대통령"
