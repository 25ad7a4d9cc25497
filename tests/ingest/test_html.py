"""Pages of the usual news systems."""

from __future__ import annotations

import pytest

from sacho.ingest.drafts import to_document
from sacho.ingest.html import html_draft
from sacho.records import Document

_LEAD = "김정은 북한 국무위원장이 19일 평양을 방문중인 라브로프 러시아 외무장관을 접견했다고 조선중앙통신이 20일 보도했다."
_NEXT = "두 사람은 북러 관계의 확대를 비롯한 중요 현안에 대해 의견일치를 보았다고 통신은 전했다."
_HEAD = (
    "<head><title>북러 회담 - 통일뉴스</title><meta property='og:title' content='북러 회담'>"
    "<meta property='og:site_name' content='통일뉴스'>"
    "<meta property='article:published_time' content='2023-10-20T08:00:00+09:00'></head>"
)
_MENU = "<nav><a href='/'>홈</a><a href='/politics'>정치</a></nav>"


def _document(page: str) -> Document:
    return to_document(html_draft(page), origin="page")


@pytest.mark.parametrize(
    "body",
    [
        f"<div id='article-view-content-div'><p>{_LEAD}</p><p>{_NEXT}</p></div>",
        f"<div id='dic_area'>{_LEAD}<br><br>{_NEXT}</div>",
        f"<section itemprop='articleBody'><p>{_LEAD}</p><p>{_NEXT}</p><script>x</script></section>",
        f"<div id='articleBody'><table><tr><td>{_LEAD}</td></tr><tr><td>{_NEXT}</td></tr></table></div>",
        f"<div class='view article-text'><div>{_LEAD}</div><div>{_NEXT}</div><div class='related_news'>다른 기사</div></div>",
        f"<main><article><h1>북러 회담</h1><p>{_LEAD}</p><p>{_NEXT}</p></article></main>",
    ],
)
def test_container_gives_the_report_and_nothing_else(body: str) -> None:
    document = _document(f"<html>{_HEAD}<body>{_MENU}{body}<footer>회사소개</footer></body></html>")
    assert document.text == f"북러 회담\n\n{_LEAD}\n\n{_NEXT}"
    assert [b.kind.value for b in document.blocks] == ["headline", "body", "body"]
    assert (document.outlet, document.published) == ("통일뉴스", "2023-10-20")


def test_figcaption_is_a_caption_and_its_credit_stands_apart() -> None:
    figure = "<figure><img alt='x'><figcaption>악수하는 두 장관 [사진=통일부]</figcaption></figure>"
    document = _document(f"<html>{_HEAD}<body><div id='articleBody'>{figure}<p>{_LEAD}</p></div></body></html>")
    kinds = [(b.kind.value, document.text[b.start : b.end]) for b in document.blocks]
    assert kinds == [("headline", "북러 회담"), ("caption", "악수하는 두 장관"), ("credit", "[사진=통일부]"), ("body", _LEAD)]


def test_a_page_of_no_known_system_goes_to_the_general_extractor() -> None:
    words = "".join(f"<p>{_LEAD}</p><p>{_NEXT}</p>" for _ in range(2))
    document = _document(f"<html><head><title>북러 회담 : 어느신문</title></head><body>{_MENU}<div>{words}</div></body></html>")
    assert _LEAD in document.text and "정치" not in document.text


def test_an_xml_declaration_with_another_encoding_does_no_harm() -> None:
    page = f"<?xml version='1.0' encoding='euc-kr'?><html><body><div id='articleBody'><p>{_LEAD}</p></div></body></html>"
    assert _LEAD in _document(page).text


def test_deep_nesting_and_broken_markup_are_read_or_refused_by_name() -> None:
    page = "<div id='articleBody'>" + "<div>" * 3000 + _LEAD
    try:
        _document(page)
    except ValueError as error:
        assert "; " in str(error)
