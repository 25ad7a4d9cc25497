"""Formulas over time and two statements side by side."""

from __future__ import annotations

import pytest

from sacho.analysis import difference, formula_of, load_formulas, uses, wording
from sacho.annotate.resources import Resources
from sacho.records import Report
from tests.analysis.reports import report


def _bare(text: str) -> Report:
    return Report(document=text, version=text, outlet="저녁통신(가상)", published="2024-06-20", text=text, events=())


@pytest.mark.parametrize("formula", load_formulas(), ids=lambda f: f.id)
def test_a_formula_is_found_where_its_entry_says_and_not_elsewhere(formula) -> None:  # type: ignore[no-untyped-def]
    assert [u.formula for u in uses([_bare(formula.accept)], [formula])] == [formula.id]
    assert uses([_bare(formula.reject)], [formula]) == ()


@pytest.mark.parametrize(
    ("term", "text", "words"),
    [
        ("전략적 신뢰", "두 나라의 전략적신뢰를 더 두터이 하였다.", "전략적신뢰"),
        ("연대성", "굳은 지지와 련대성을 보내시였다.", "련대성"),
        ("련대성", "굳은 지지와 연대성을 보냈다.", "연대성"),
        ("노동자", "로동자들이 모였다. 《로동자》들이 손을 들었다. 리념과 력사를 이야기하였다.", "로동자"),
    ],
)
def test_a_term_is_found_in_either_spelling_and_spacing(term: str, text: str, words: str) -> None:
    found = uses([_bare(text)], [formula_of(term)])
    assert found
    assert found[0].words == words
    assert text[found[0].start : found[0].end] == words


def test_the_longest_form_counts_once() -> None:
    found = uses([_bare("포괄적 전략적 동반자 관계를 맺었다.")])
    assert [(u.formula, u.words) for u in found] == [("strategic-partnership", "포괄적 전략적 동반자 관계")]


def test_first_and_last_use_speaker_and_chain(resources: Resources) -> None:
    told = [
        report("김정은 북한 국무위원장은 19일 \"두 나라 관계의 백년대계를 함께 세우자\"고 말했다고 조선중앙통신이 20일 보도했다.",
               resources, outlet="한반도일보(가상)", published="2024-06-20"),
        report("러시아 외무부는 북한과의 관계가 백년대계라고 21일 밝혔다.", resources, outlet="볼가통신(가상)", published="2024-06-21"),
    ]  # fmt: skip
    (row,) = wording(uses(reversed(told), [formula_of("백년대계")]))
    assert (row.first.published, row.last.published, row.count, row.reports) == ("2024-06-20", "2024-06-21", 2, 2)
    assert row.first.speaker == "김정은"
    assert row.first.chain == ("조선중앙통신",)
    assert row.last.speaker == "러시아 외무부"
    assert {s.name for s in row.outlets} == {"한반도일보(가상)", "볼가통신(가상)"}


def test_dropped_and_new_phrases_are_marked(resources: Resources) -> None:
    old = report("두 나라는 전략적 신뢰를 더욱 두터이 하기로 하였다.\n\n쌍방은 한반도의 완전한 비핵화를 위해 노력하기로 하였다.",
                 resources, outlet="저녁통신(가상)", published="2018-06-12")  # fmt: skip
    new = report("두 나라는 전략적신뢰를 더욱 두터이 하기로 하였다.\n\n쌍방은 지역의 안정을 위해 노력하기로 하였다.\n\n두 나라는 동맹관계를 맺었다.",
                 resources, outlet="저녁통신(가상)", published="2024-06-12")  # fmt: skip
    found = difference(old, new)
    assert [r.relation for r in found.rows] == ["same", "changed", "new"]
    changed = found.rows[1]
    assert changed.dropped_words == ("한반도의 완전한 비핵화를",)
    assert changed.added_words == ("지역의 안정을",)
    assert all(old.text[s.start : s.end] in changed.dropped_words for s in changed.dropped)
    assert [u.formula for u in found.formulas_dropped] == ["complete-denuclearization"]
    assert [u.formula for u in found.formulas_new] == ["alliance"]
    assert found.formulas_kept == ("strategic-trust",)
