"""Bytes to canonical text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sacho.ingest.decode import canonical, decode
from sacho.ingest.errors import Unreadable

_WORDS = "라브로프 장관이 평양에 왔다. 똠 펲 샾 쐈 《로동신문》"  # 똠 펲 샾 쐈: in CP949, not in EUC-KR


def _page(charset: str) -> str:
    declaration = f'<meta charset="{charset}">' if charset else ""
    return f"<html><head>{declaration}</head><body>{_WORDS}</body></html>"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("utf-8", "utf-8"), ("euc-kr", "cp949"), ("ks_c_5601-1987", "cp949"), ("utf-8", "cp949"), ("", "cp949"),
     ("euc-kr", "utf-8")],
)  # fmt: skip
def test_six_encoding_cases_read_every_syllable(declared: str, encoding: str) -> None:
    page = _page(declared)
    assert decode(page.encode(encoding)) == page


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_decides(encoding: str) -> None:
    assert decode(_WORDS.encode(encoding)) == _WORDS


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "NUL byte at 8"),
        (bytes(range(1, 32)) * 10, "control characters"),
        (_WORDS.encode()[:40] + b"\xff" + _WORDS.encode(), "damaged at byte"),
        (b"\xff\xff\xfd\xfa abc", "neither UTF-8 nor CP949"),
        ("\ufeff가".encode("utf-16-le") + b"\x00\xd8", "UTF-16-LE"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        decode(data)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("가\r\n나\r다", "가\n나\n다"),
        ("\u1100\u1161\u11a8", "각"),
        ("가\x07나\x1b다\x7f", "가 나 다 "),
        ("가\u00a0나\u3000다", "가 나 다"),
        ("가\u200b나\ufeff", "가나"),
        ("가\u2028나", "가\n나"),
        ("a\ud800b", "a\ufffdb"),
        ("탭\t남음", "탭\t남음"),
        ("plain\x01ascii", "plain ascii"),
    ],
)
def test_canonical_form(text: str, expected: str) -> None:
    assert canonical(text) == expected


def test_nul_is_refused() -> None:
    with pytest.raises(Unreadable, match="U\\+0000 at character 1"):
        canonical("가\0나")


@given(st.text())
def test_canonical_form_is_stable(text: str) -> None:
    if "\0" not in text:
        assert canonical(canonical(text)) == canonical(text)
