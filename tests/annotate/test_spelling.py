"""DPRK spelling read as ROK spelling, without touching what only looks like it."""

from __future__ import annotations

import csv
import itertools
import time
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sacho.annotate.spelling import load_spellings, reading, spelling_view
from sacho.records import SpellingView

_TABLE = load_spellings()
_CORPUS: dict[str, Any] = tomllib.loads((Path(__file__).resolve().parent.parent / "corpus" / "spelling.toml").read_text(encoding="utf-8"))


def _check(text: str, view: SpellingView) -> None:
    """The alignment tells the whole difference, in order, and `aligned` keeps every offset."""
    assert len(view.aligned) == len(text)
    rebuilt, at, shift = "", 0, 0
    for change in view.rewrites:
        assert at <= change.start < change.end <= len(text)
        assert change.view_start == change.start + shift
        rebuilt += text[at : change.start] + view.text[change.view_start : change.view_end]
        shift = change.view_end - change.end
        at = change.end
    assert rebuilt + text[at:] == view.text
    for gloss in view.glosses:
        words = text[gloss.start : gloss.end]
        assert gloss.dprk in words and words.endswith((f"({gloss.rok})", f"（{gloss.rok}）"))


@pytest.mark.parametrize(("text", "expected"), [tuple(pair) for pair in _CORPUS["free"]["accept"]])
def test_form_that_only_the_dprk_writes_is_read_in_rok_spelling(text: str, expected: str) -> None:
    view = spelling_view(text, _TABLE)
    _check(text, view)
    assert view.text == expected


@pytest.mark.parametrize("text", _CORPUS["free"]["reject"])
def test_rok_words_and_names_stay(text: str) -> None:
    view = spelling_view(text, _TABLE)
    assert (view.text, view.aligned, view.rewrites) == (text, text, ())


@pytest.mark.parametrize(("text", "expected"), [tuple(pair) for pair in _CORPUS["dprk"]["accept"]])
def test_form_that_is_a_rok_word_too_is_read_so_only_in_dprk_wording(text: str, expected: str) -> None:
    assert spelling_view(text, _TABLE, dprk=True).text.replace("로켓를", "로켓을") == expected
    assert spelling_view(text, _TABLE, dprk=False).text != expected


@pytest.mark.parametrize("text", _CORPUS["dprk"]["reject"])
def test_words_that_both_write_alike_stay_even_in_dprk_wording(text: str) -> None:
    assert spelling_view(text, _TABLE, dprk=True).text == text


@pytest.mark.parametrize(("text", "dprk", "rok"), [tuple(triple) for triple in _CORPUS["gloss"]["accept"]])
def test_gloss_is_harvested(text: str, dprk: str, rok: str) -> None:
    view = spelling_view(text, _TABLE)
    _check(text, view)
    assert [(g.dprk, g.rok) for g in view.glosses] == [(dprk, rok)]


@pytest.mark.parametrize("text", _CORPUS["gloss"]["reject"])
def test_brackets_that_explain_something_else_are_no_gloss(text: str) -> None:
    assert spelling_view(text, _TABLE).glosses == ()


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("쌍무적련계를 확대", "쌍무적련계를", "쌍무적 연계를"),
        ("쌍무적련계를 확대", "쌍무적", "쌍무적 연계"),
        ("쌍무적련계를 확대", "확대", "확대"),
        ("까자흐스딴과 뻬루", "뻬루", "페루"),
        ("의견이 교환되였으며", "교환되였으며", "교환되었으며"),
    ],
)
def test_a_span_of_the_text_is_read_in_the_view(text: str, words: str, expected: str) -> None:
    start = text.index(words)
    assert reading(spelling_view(text, _TABLE), start, start + len(words)) == expected


def test_one_marker_makes_its_quotation_dprk_wording_and_nothing_else() -> None:
    text = "통신은 “력사의 기발을 높이 들자”고 했다. 기발을 든 사람도 있었다."
    assert spelling_view(text, _TABLE).text == "통신은 “역사의 깃발을 높이 들자”고 했다. 기발을 든 사람도 있었다."


def test_a_report_full_of_markers_is_dprk_wording_as_a_whole() -> None:
    text = "회담이 진행되였다. 립장이 표명되였다. 련대성도 표시하였다. 기발이 날리였다."
    assert "깃발이" in spelling_view(text, _TABLE).text


def test_seed_reads_as_its_editors_would(seed_text: str) -> None:
    view = spelling_view(seed_text, _TABLE)
    _check(seed_text, view)
    assert [(g.dprk, g.rok) for g in view.glosses] == [("조로", "북러"), ("호상", "상호")]
    read = {seed_text[c.start : c.end]: view.text[c.view_start : c.view_end] for c in view.rewrites}
    assert read == {"립장": "입장", "되였": "되었", "력사적": "역사적", "쌍무적련계": "쌍무적 연계"}
    for words in ("교환되었으며", "역사적인", "쌍무적 연계를", "견해일치를 보았다"):
        assert words in view.text
    assert "쌍무적연계를" in view.aligned


_FRAMES = {
    "spelling": "조선인민은 위대한 령도밑에 {}",
    "place": "대표단은 공화국의 령도밑에 {}",
    "name": "위대한 령도밑에 {}",
    "compound": "혁명의 령도밑에 {}",
}


def test_the_pairs_read_right_in_running_sentences() -> None:
    source = files("sacho.lexicon").joinpath("data", "spellings.csv").read_text(encoding="utf-8")
    right, wrong = 0, []
    for row in csv.DictReader(source.splitlines()):
        scope, *parts = row["gate"].split(";")
        if row["class"] not in _FRAMES or scope not in {"free", "dprk"}:
            continue
        after = next((p.removeprefix("after:").split("|")[0] for p in parts if p.startswith("after:")), "을")
        text = _FRAMES[row["class"]].format(f"{row['dprk']}{after} 더욱 강화하였다고 통신이 전하였다.")
        expected = _FRAMES[row["class"]].replace("령도", "영도").format(f"{row['rok']}{after} 더욱 강화하였다고 통신이 전하였다.")
        got = spelling_view(text, _TABLE, dprk=True).text
        if got == expected:
            right += 1
        else:
            wrong.append((row["dprk"], got))
    assert right / (right + len(wrong)) >= 0.97, wrong


@pytest.mark.parametrize("name", ["리용호", "리선권", "최룡해", "리설주", "리병철", "로광철", "리일환"])
def test_a_name_keeps_its_letters_before_every_particle_and_title(name: str) -> None:
    for tail in ("", "은", "이", "을", "의", "와", " 외무상", "외무상", "동지", " 동지께서"):
        assert spelling_view(f"{name}{tail} 참석하였다", _TABLE, dprk=True).text == f"{name}{tail} 참석하였다"


def test_a_rok_article_takes_less_than_a_millisecond() -> None:
    text = ("대통령은 19일 오전 청사에서 미국 국무장관을 접견하고 한미 동맹 강화와 핵 문제 대응 방안을 논의했다. " * 40)[:1500]
    spelling_view(text, _TABLE)
    best = min(_timed(text) for _ in range(20))
    assert best < 0.0007


def _timed(text: str) -> float:
    started = time.perf_counter()
    spelling_view(text, _TABLE)
    return time.perf_counter() - started


def test_a_long_line_of_markers_and_quotes_is_read_in_linear_time() -> None:
    spelling_view("\"력사\" 되였다 '련합'(연합) 기발을 " * 40_000, _TABLE)


_PARTS = st.sampled_from(
    [
        *("력사", "적", "련계", "되였다", "하시여", "“", "”", "'", '"', "(", ")", "《", "》", "호상", "상호", "기발을", "리용", "호"),
        *(" ", "\n", "년간", "수", "1950", "로씨야", "련방", "까자흐스딴", "쌍무적련계", "이였다", "고양", "사변", "바치였", "조로"),
        *("북러", "돐", "a", "🙂", "키로메터", "우", "에서"),
    ]
)


@settings(max_examples=500, deadline=None)
@given(
    text=st.one_of(st.text(max_size=80), st.lists(_PARTS, max_size=30).map("".join)),
    dprk=st.sampled_from([None, True, False]),
)
def test_alignment_holds_for_any_text(text: str, dprk: bool | None) -> None:
    view = spelling_view(text, _TABLE, dprk=dprk)
    _check(text, view)
    assert spelling_view(text, _TABLE, dprk=dprk) == view
    assert reading(view, 0, len(text)) == view.text
    edges = [0, *(at for change in view.rewrites for at in (change.start, change.end)), len(text)]
    assert "".join(reading(view, *pair) for pair in itertools.pairwise(edges)) == view.text
