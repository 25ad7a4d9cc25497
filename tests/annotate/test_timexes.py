"""Time expressions: words found, values, and what is no time."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sacho.annotate.timex_rules import TimexRule, load_timex_rules
from sacho.annotate.timexes import find_timexes, resolve_timexes
from sacho.records import Block, BlockKind, Timex

_RULES = load_timex_rules()
_CORPUS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).resolve().parent.parent / "corpus" / "times.toml").read_text(encoding="utf-8")
)["phenomenon"]
_ACCEPT = [(p["name"], p["published"], row) for p in _CORPUS for row in p.get("accept", ())]
_REJECT = [(p["name"], text) for p in _CORPUS for text in p.get("reject", ())]
_PUBLISHED = "2023-10-20"  # the day on which the examples beside the rules are read


def _read(text: str, published: str) -> dict[str, Timex]:
    found = resolve_timexes(text, find_timexes(text, _RULES), published=published, blocks=())
    return {text[t.start : t.end]: t for t in reversed(found)}


@pytest.mark.parametrize(("name", "published", "row"), _ACCEPT, ids=lambda v: v[0] if isinstance(v, list) else "")
def test_expression_is_found_and_valued(name: str, published: str, row: list[str]) -> None:
    text, words, value = row[:3]
    found = _read(text, published)
    assert words in found, f"{name}: {list(found)}"
    timex = found[words]
    assert timex.value == value, name
    for field in row[3].split() if len(row) > 3 else ():
        key, _, wanted = field.partition("=")
        assert str(getattr(timex, key)) == wanted, f"{name}: {key}"


@pytest.mark.parametrize(("name", "text"), _REJECT, ids=lambda v: v if " " in v else "")
def test_what_is_no_time_is_not_found(name: str, text: str) -> None:
    assert not _read(text, _PUBLISHED), name


@pytest.mark.parametrize(
    ("text", "words", "role", "focus"),
    [
        ("주체112(2023)년 10월 20일\n위원장은 19일 장관을 접견하였다.\n이날 연회가 있었다.", "주체112(2023)년 10월 20일", "report", "2023-10-19"),
        ("모스크바, 10월 20일, 가온통신.\n장관은 19일 대사를 만났다.\n이날 연회도 열렸다.", "10월 20일", "report", "2023-10-19"),
        ("10월 18일 회담이 열렸다.\n이날 연회도 열렸다.", "10월 18일", "event", "2023-10-18"),
        ("2차 회담은 내달 16일 평양서\n총리는 19일 돌아갔다.\n장관이 이날 배웅했다.", "내달 16일", "event", "2023-10-19"),
    ],
)  # fmt: skip
def test_a_line_that_only_dates_the_report_or_only_heads_it_is_no_focus(text: str, words: str, role: str, focus: str) -> None:
    starts = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]
    ends = [*(s - 1 for s in starts[1:]), len(text)]
    blocks = [Block(kind=BlockKind.body, start=a, end=b) for a, b in zip(starts, ends, strict=True)]
    found = {text[t.start : t.end]: t for t in resolve_timexes(text, find_timexes(text, _RULES), published=_PUBLISHED, blocks=blocks)}
    assert found[words].role.value == role
    assert found["이날"].value == focus


def test_corpus_is_large_enough() -> None:
    assert len(_ACCEPT) >= 250
    assert len(_REJECT) >= 100


@pytest.mark.parametrize("rule", _RULES.rules, ids=lambda r: r.id)
def test_examples_beside_the_rule(rule: TimexRule) -> None:
    for text, words, value in rule.accept:
        found = _read(text, _PUBLISHED)
        assert words in found and found[words].rule == rule.id, f"{text}: {list(found.items())}"
        assert found[words].value == value, text
    for text in rule.reject:
        assert rule.id not in {t.rule for t in _read(text, _PUBLISHED).values()}, text


_PIECES = st.sampled_from(
    ["지난", " ", "오는", "18", "일", "월", "년", "2023", "∼", "부터", "까지", "이날", "전날", "오후 3시", "(", ")", "수", "현지시간", "주체", "112",
     "추석", "연휴", "사흘", "전", "간", "만에", "매년", "다음 주", "금요일", "올해", "상반기", "초", "말", ".", "\n", "“", "”", "보도했다", "예정", "·", "’",
     "90년대", "1박2일", "내달", "같은 해", "🙂", "태양절", "째"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(_PIECES, max_size=40), published=st.sampled_from(["", "2023-10-20", "2024-02-29", "2018-12-31"]))
def test_spans_are_slices_in_order_and_a_second_reading_is_equal(pieces: list[str], published: str) -> None:
    text = "".join(pieces)
    expressions = find_timexes(text, _RULES)
    at = 0
    for expression in expressions:
        assert at <= expression.start < expression.end <= len(text)
        assert text[expression.start : expression.end] == expression.words == expression.words.strip()
        at = expression.end
    found = resolve_timexes(text, expressions, published=published, blocks=())
    assert [(t.start, t.end) for t in found] == [(e.start, e.end) for e in expressions]
    assert found == resolve_timexes(text, find_timexes(text, _RULES), published=published, blocks=())


@settings(max_examples=200, deadline=None)
@given(pieces=st.lists(_PIECES, max_size=25))
def test_text_before_moves_the_spans_and_changes_nothing_else(pieces: list[str]) -> None:
    text = "".join(pieces)
    lead = "하늘은 맑다.\n"
    plain = [(e.start + len(lead), e.end + len(lead), e.rule) for e in find_timexes(text, _RULES)]
    assert [(e.start, e.end, e.rule) for e in find_timexes(lead + text, _RULES)] == plain
