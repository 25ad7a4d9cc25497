"""What a page of news falls into."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sacho.ingest import document_from_text
from sacho.ingest.blocks import find_blocks
from sacho.ingest.decode import canonical
from sacho.records import BlockKind, Document


def _kinds(text: str) -> list[tuple[str, str]]:
    document = document_from_text(text, origin="test")
    return [(b.kind.value, document.text[b.start : b.end]) for b in document.blocks]


def _check(document: Document) -> None:
    at = 0
    spans = [(b.start, b.end) for b in document.blocks]
    spans += [(s.start, s.end) for b in document.blocks for s in b.repeats]
    assert [b.start for b in document.blocks] == sorted(b.start for b in document.blocks)
    for start, end in sorted(spans):
        assert at <= start < end <= len(document.text)
        assert document.text[start:end] == document.text[start:end].strip()
        at = end


def test_seed_has_four_captions_twice_one_notice_and_nine_paragraphs(seed_text: str) -> None:
    document = document_from_text(seed_text, origin="seed")
    _check(document)
    assert Counter(b.kind.value for b in document.blocks) == {"body": 9, "caption": 4, "credit": 4, "notice": 1}
    captions = [b for b in document.blocks if b.kind is BlockKind.caption]
    assert [len(b.repeats) for b in captions] == [1, 1, 1, 1]
    words = " ".join(document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.body)
    assert "저작권자" not in words and "갈무리" not in words
    assert document.outlet == "통일뉴스"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("북러 외무 회담 열려\n\n라브로프 장관이 19일 평양에 도착했다.",
         [("headline", "북러 외무 회담 열려"), ("body", "라브로프 장관이 19일 평양에 도착했다.")]),
        ("북러 외무 회담 열려\n라브로프 장관이 19일 평양에 도착했다.\n그는 20일 떠났다.",
         [("headline", "북러 외무 회담 열려"), ("body", "라브로프 장관이 19일 평양에 도착했다."), ("body", "그는 20일 떠났다.")]),
        ("북러 정상 만나나?\n\n두 정상이 곧 만난다고 통신이 전했다.",
         [("headline", "북러 정상 만나나?"), ("body", "두 정상이 곧 만난다고 통신이 전했다.")]),
        ("라브로프 장관이 평양에 왔다.", [("body", "라브로프 장관이 평양에 왔다.")]),
        ("북러 외무 회담 열려", [("body", "북러 외무 회담 열려")]),
        ("김정은 위원장이 평양을 방문한\n라브로프 장관을 접견했다.",
         [("body", "김정은 위원장이 평양을 방문한\n라브로프 장관을 접견했다.")]),
        ("승인 2023.10.20 09:12\n북러 회담\n\n회담이 열렸다.\n\n홍길동 기자 a@b.co.kr",
         [("notice", "승인 2023.10.20 09:12"), ("headline", "북러 회담"), ("body", "회담이 열렸다."),
          ("credit", "홍길동 기자 a@b.co.kr")]),
        ("회담이 열렸다.\n악수하는 두 장관. /사진=뉴시스\n두 장관은 웃었다.",
         [("body", "회담이 열렸다."), ("caption", "악수하는 두 장관."), ("credit", "/사진=뉴시스"), ("body", "두 장관은 웃었다.")]),
        ("회담이 열렸다.\n▲ 악수하는 두 장관", [("body", "회담이 열렸다."), ("caption", "악수하는 두 장관")]),
        ("▲정치 ▲경제 분야에서 협력한다고 밝혔다.", [("body", "▲정치 ▲경제 분야에서 협력한다고 밝혔다.")]),
        ("회담이 열렸다.\n사진은 지난 4월 회담 모습", [("body", "회담이 열렸다."), ("caption", "사진은 지난 4월 회담 모습")]),
        ("[서울=뉴시스] 김지훈 기자 = 북한이 미사일을 쐈다.",
         [("credit", "[서울=뉴시스] 김지훈 기자 ="), ("body", "북한이 미사일을 쐈다.")]),
        ("(평양 10월 20일발 조선중앙통신) 회담이 진행되였다.",
         [("body", "(평양 10월 20일발 조선중앙통신) 회담이 진행되였다.")]),
        ("회담이 열렸다. hong@yna.co.kr", [("body", "회담이 열렸다."), ("credit", "hong@yna.co.kr")]),
        ("회담이 열렸다.\nⓒ 연합뉴스 무단전재 및 재배포 금지\n많이 본 뉴스\n북한 또 미사일\n댓글을 남기시겠습니까?",
         [("body", "회담이 열렸다."), ("notice", "ⓒ 연합뉴스 무단전재 및 재배포 금지"), ("notice", "많이 본 뉴스"),
          ("notice", "북한 또 미사일"), ("notice", "댓글을 남기시겠습니까?")]),
        ("회담이 열렸다.\n관련기사\n북한 또 미사일\n북한 외무성 대변인은 미국의 조치를 규탄하는 담화를 20일 발표했다고 통신이 보도했다.",
         [("body", "회담이 열렸다."), ("notice", "관련기사"), ("notice", "북한 또 미사일"),
          ("body", "북한 외무성 대변인은 미국의 조치를 규탄하는 담화를 20일 발표했다고 통신이 보도했다.")]),
    ],
)  # fmt: skip
def test_page_falls_into(text: str, expected: list[tuple[str, str]]) -> None:
    assert _kinds(text) == expected


def test_hand_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "김정은 북한 국무위원장이 19일 평양을 방문중인 세르게이\n라브로프 러시아 외무장관을 접견해 북러간 전략적 신뢰와\n"
        "모든 방면에 걸친 양자관계 확대를 비롯한 현안을 논의\n했다고 통신이 20일 보도했다."
    )
    assert _kinds(text) == [("body", text)]


def test_the_same_caption_without_its_credit_is_a_repeat() -> None:
    document = document_from_text("회담이 열렸다.\n악수하는 두 장관\n악수하는 두 장관 [사진=통일부]", origin="t")
    _check(document)
    assert [(b.kind.value, len(b.repeats)) for b in document.blocks] == [("body", 0), ("caption", 1), ("credit", 0)]


def test_a_long_paragraph_with_a_credit_stays_body() -> None:
    text = "두 장관은 회담에서 의견을 나누었다. " * 40 + "[사진=통일부]"
    assert [kind for kind, _ in _kinds(text)] == ["body", "credit"]


def test_a_line_of_five_million_characters_is_split_in_linear_time() -> None:
    text = "회담이 열렸다. " * 200_000
    assert len(find_blocks(canonical(text))) == 1


_WORDS = st.sampled_from(
    ["회담이 열렸다.", "\n", "\n\n", "[사진=연합뉴스]", "▲ ", "저작권자 © 통일뉴스", "관련기사", " ", "\t", "ⓒ", "(끝)", "홍길동 기자",
     "a@b.co.kr", "사진은 ", "“", "”", "북러 회담", "다.", "승인 2023.10.20 09:12", "\r\n", "\x0b", "\u3000", "[서울=뉴시스] ", " 제공"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(text=st.one_of(st.text(), st.lists(_WORDS, max_size=25).map("".join)))
def test_any_text_falls_into_trimmed_blocks_that_do_not_overlap(text: str) -> None:
    if "\0" in text or not canonical(text).strip():
        return
    _check(document_from_text(text, origin="any"))
