"""The page, the citation and the places where exports are written."""

from __future__ import annotations

import io
import os
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from sacho.export import write
from sacho.export.citation import bibtex, footnote
from sacho.export.highlight import paragraphs, pieces
from sacho.export.target import inside, written
from sacho.records import Event, Evidence, Span
from tests.export.samples import ALL, DOCUMENT, DOCUMENTS, HOSTILE, HOSTILES, MEETING, PLAN, TEXT, variant


def _page(events: tuple[Event, ...], **options: str) -> tuple[str, html.HtmlElement]:
    out = io.BytesIO()
    write("html", events, out, documents=DOCUMENTS, **options)
    text = out.getvalue().decode()
    return text, html.fromstring(text)


# ---------------------------------------------------------------- page


def test_the_page_needs_nothing_but_itself() -> None:
    text, tree = _page((*ALL, *HOSTILES))
    assert tree.xpath("//script|//link|//img|//iframe|//object|//form|//base") == []
    assert [a for a in tree.xpath("//@href") if not a.startswith("#")] == []
    assert [a for a in tree.xpath("//@*[starts-with(name(), 'on')]|//@style")] == []
    assert "http-equiv" in text and "<script" not in text


def test_its_policy_allows_its_own_style_and_no_more() -> None:
    _, tree = _page(ALL)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = tree.xpath("//style/text()")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "prefers-color-scheme: dark" in style


def test_words_of_a_report_are_shown_as_words() -> None:
    _, tree = _page((*ALL, *HOSTILES))
    shown = [" ".join(d.text_content().split()) for d in tree.xpath("//dd")]
    assert [w for w in HOSTILE if " ".join(w.split()) not in shown] == []
    assert tree.xpath("//b") == []


def test_the_report_stands_in_it_whole_with_the_words_marked() -> None:
    _, tree = _page(ALL)
    (report,) = tree.xpath("//article[@id='d0001']")
    assert "\n".join(p.text_content() for p in report.xpath(".//p[contains(@class, 'block')]")) == TEXT
    marks = [m.text_content() for m in report.xpath(".//mark")]
    assert marks == ["김정은 국무위원장", "19일", "세르게이 라브로프 러시아 외무장관", "접견했다고"]
    assert {a.lstrip("#") for a in report.xpath(".//mark/a/@href")} <= {e.id for e in ALL}


@pytest.mark.parametrize(("lang", "said"), [("ko", ["상태", "발생", "근거가 된 말", "서로 다른 내용"]), ("en", ["status", "occurred", "The words", "Contradictions"])])
def test_the_page_speaks_both_languages(lang: str, said: list[str]) -> None:
    text, tree = _page((MEETING,), lang=lang, title="제목 <1>")
    assert [w for w in said if w not in text] == []
    assert (tree.get("lang"), tree.findtext(".//title")) == (lang, "제목 <1>")


def test_without_the_report_the_quotes_stand_alone() -> None:
    out = io.BytesIO()
    write("html", (MEETING,), out)
    tree = html.fromstring(out.getvalue().decode())
    assert [m.text_content() for m in tree.xpath("//mark")] == [e.quote for e in MEETING.evidence]


def test_a_page_of_nothing_says_so() -> None:
    assert "사건 없음" in _page(())[0]


@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)), max_size=12))
def test_the_pieces_of_a_text_are_the_text_whatever_overlaps(cuts: list[tuple[int, int]]) -> None:
    proofs = [
        (f"e{n}", Evidence(document="d0001", field="kind", start=a, end=min(a + length, len(TEXT)), quote="", rule="r"))
        for n, (a, length) in enumerate(cuts)
    ]
    cut = pieces(TEXT, Span(start=0, end=len(TEXT)), proofs)
    assert "".join(p.text for p in cut) == TEXT
    marked = {i for _, e in proofs for i in range(e.start, e.end)}
    at, found = 0, set()
    for piece in cut:
        found |= set(range(at, at + len(piece.text))) if piece.proofs else set()
        at += len(piece.text)
    assert found == marked


def test_evidence_of_another_report_marks_nothing() -> None:
    other = Evidence(document="d0002", field="kind", start=0, end=3, quote="김정은", rule="r")
    assert [p.proofs for block in paragraphs(DOCUMENT, [("e1", other)]) for p in block.pieces] == [(), (), ()]


# ---------------------------------------------------------------- citation


def test_a_footnote_names_report_outlet_day_source_words_and_record() -> None:
    note = footnote(MEETING, DOCUMENT, lang="ko")
    assert note.startswith("「김정은, 라브로프 <b>접견</b>」, 『새벽일보(가상)』, 2023년 10월 20일, 조선중앙통신 인용, https://example.invalid/news?id=1&x={2}. “접견했다고”")
    assert note.endswith("e-meet).") and "\n" not in note


def test_a_footnote_in_english() -> None:
    note = footnote(MEETING, DOCUMENT, lang="en")
    assert "새벽일보(가상), 20 October 2023, citing 조선중앙통신, https://example.invalid/" in note and "Kim Jong Un received Sergey Lavrov" in note


def test_what_is_not_known_is_left_out_of_a_citation() -> None:
    assert footnote(PLAN, None, lang="ko").startswith("『새벽일보(가상)』, 조선중앙통신 인용.")
    assert "year" not in bibtex(PLAN, None)


def test_a_bibtex_entry_is_balanced_and_escaped() -> None:
    entry = bibtex(variant("e1", gloss=MEETING.gloss.__class__(en="50% & {x} $1 #2 a_b ~ ^ \\", ko="ㄱ")), DOCUMENT, lang="en")
    bare = re.sub(r"\\(textbackslash|textasciitilde|textasciicircum)\{\}|\\[{}$&#%_]", "", entry)
    assert bare.count("{") == bare.count("}") and "\\" not in bare
    assert [s for s in ("$", "#", "~", "^") if s in bare.replace("url = ", "")] == []
    assert entry.startswith("@misc{sacho-e1,") and "  month = oct," in entry and "  year = {2023}," in entry


# ---------------------------------------------------------------- targets


@pytest.mark.parametrize(
    ("name", "want"),
    [
        ("평양 접견", "평양-접견.csv"), ("../../etc/passwd", "etc-passwd.csv"), ("/etc/passwd", "etc-passwd.csv"), ("..", "export.csv"),
        ("", "export.csv"), ("a\0b", "a-b.csv"), ("C:\\Windows\\x", "C-Windows-x.csv"), (".hidden", "hidden.csv"), ("CON", "export-CON.csv"),
        ("a\nb", "a-b.csv"), ("~root", "root.csv"), ("가" * 300, "가" * 70 + ".csv"),
    ],
)  # fmt: skip
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str, want: str) -> None:
    assert inside(tmp_path, name, ".csv") == tmp_path / want


@given(st.text())
def test_any_name_becomes_a_file_of_the_folder(name: str) -> None:
    path = inside(Path("out"), name, ".csv")
    assert path.parent == Path("out") and path.name not in ("", ".", "..") and "/" not in path.name and len(path.name.encode()) < 255


def test_a_link_in_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.csv").symlink_to(tmp_path / "outside.csv")
    with pytest.raises(ValueError, match="not inside"):
        inside(tmp_path / "in", "x", ".csv")


def test_a_file_gets_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(b"before")
    with pytest.raises(RuntimeError), written(path) as stream:
        stream.write(b"half")
        raise RuntimeError
    assert path.read_bytes() == b"before" and os.listdir(tmp_path) == ["events.csv"]
    with written(path) as stream:
        stream.write(b"whole")
        assert path.read_bytes() == b"before"
    assert path.read_bytes() == b"whole" and os.listdir(tmp_path) == ["events.csv"]
