"""Files, directories and streams: what can be read is read, what cannot is named with its remedy."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from sacho.ingest import Unreadable, document_from_text, read
from sacho.records import DeadLetter, Document

_BODY = "라브로프 장관이 19일 평양에 도착했다.\n"


def _write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def _letters(items: list[Document | DeadLetter]) -> list[str]:
    return [item.reason for item in items if isinstance(item, DeadLetter)]


def _documents(items: list[Document | DeadLetter]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


def test_directory_is_read_in_order_and_what_it_skips_is_counted(tmp_path: Path) -> None:
    _write(tmp_path / "b.txt", _BODY)
    (tmp_path / "a").mkdir()
    _write(tmp_path / "a" / "x.md", _BODY)
    _write(tmp_path / "c.pdf", b"%PDF\x00")
    _write(tmp_path / ".hidden", b"\x00")
    items = list(read([tmp_path]))
    assert [Path(d.origin).name for d in _documents(items)] == ["x.md", "b.txt"]
    assert len(_letters(items)) == 1 and "1 file(s)" in _letters(items)[0] and ".pdf 1" in _letters(items)[0]


def test_a_file_named_outright_is_read_as_text_whatever_its_suffix(tmp_path: Path) -> None:
    (document,) = _documents(list(read([_write(tmp_path / "report.news", _BODY)])))
    assert document.text == _BODY


def test_standard_input_in_each_format() -> None:
    line = json.dumps({"text": _BODY, "published": "2023-10-20"}).encode()
    matter = f"---\ntitle: 제목\npublished: 2023-10-20\n---\n{_BODY}".encode()
    page = f"<html><body><div id='article-view-content-div'><p>{_BODY * 3}</p></div></body></html>".encode("cp949")
    for data, day in ((_BODY.encode(), None), (line, "2023-10-20"), (matter, "2023-10-20"), (page, None)):
        (document,) = _documents(list(read(["-"], stdin=io.BytesIO(data))))
        assert "라브로프 장관이" in document.text and document.published == day


def test_no_standard_input_is_named() -> None:
    assert "standard input" in _letters(list(read(["-"])))[0]


def test_front_matter_gives_title_outlet_day_and_address(tmp_path: Path) -> None:
    matter = '---\ntitle: "북러 회담"\noutlet: 통일뉴스\npublished: 2023.10.20\nurl: https://example.com/1\ntags: x\n---\n'
    (document,) = _documents(list(read([_write(tmp_path / "a.md", matter + _BODY)])))
    assert (document.outlet, document.published, document.url) == ("통일뉴스", "2023-10-20", "https://example.com/1")
    assert document.text.startswith("북러 회담\n\n라브로프")
    assert [b.kind.value for b in document.blocks] == ["headline", "body"]


def test_a_title_that_the_text_repeats_stands_once(tmp_path: Path) -> None:
    text = f"---\ntitle: 북러 회담\n---\n# 북러 회담\n\n{_BODY}"
    (document,) = _documents(list(read([_write(tmp_path / "a.md", text)])))
    assert document.text.count("북러 회담") == 1


def test_a_markdown_heading_is_the_headline(tmp_path: Path) -> None:
    (document,) = _documents(list(read([_write(tmp_path / "a.md", f"# 북러 회담\n\n{_BODY}")])))
    assert document.text.startswith("북러 회담\n") and document.blocks[0].kind.value == "headline"


def test_a_report_keeps_its_own_day_and_the_run_fills_in_the_rest(tmp_path: Path) -> None:
    lines = [json.dumps({"text": _BODY, "published": "2023-10-20T23:30:00Z"}), json.dumps({"text": _BODY})]
    path = _write(tmp_path / "a.jsonl", "\n".join(lines))
    documents = _documents(list(read([path], outlet="연합뉴스", published="2024-01-01")))
    assert [d.published for d in documents] == ["2023-10-21", "2024-01-01"]
    assert {d.outlet for d in documents} == {"연합뉴스"}


def test_a_wrong_line_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    good = json.dumps({"text": _BODY, "id": "a1", "extra": 1}, ensure_ascii=False)
    bad = ["{broken", '{"title": "x"}', '{"text": 3}', '{"text": "a\\u0000b"}', '{"text": ""}', "[1]",
           json.dumps({"text": _BODY, "published": "2023-13-45"})]  # fmt: skip
    path = _write(tmp_path / "a.jsonl", "\n".join([good, *bad, "", good]))
    items = list(read([path]))
    assert [d.origin for d in _documents(items)] == [f"{path}:1#a1", f"{path}:{len(bad) + 3}#a1"]
    assert len(_letters(items)) == len(bad)
    for number, reason in enumerate(_letters(items), start=2):
        assert reason.startswith(f"{path}:{number} ") and "; " in reason and reason.endswith(".")


def test_one_line_of_ten_megabytes_is_handled(tmp_path: Path) -> None:
    padded = '{"text": "' + "\\uac00" * 150_000 + '", "extra": "' + "x" * 9_000_000 + '"}'
    path = _write(tmp_path / "a.jsonl", padded + "\n" + json.dumps({"text": "가" * 3_000_000}) + "\n" + json.dumps({"text": _BODY}))
    items = list(read([path]))
    assert [len(d.text) for d in _documents(items)] == [150_000, len(_BODY)]
    assert "3,000,000 characters" in _letters(items)[0] and "split it" in _letters(items)[0]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\n", "is empty"),
        ("empty.jsonl", b"", "is empty"),
        ("binary.txt", b"\x89PNG\x00", "NUL byte at 4"),
        ("latin.txt", b"\xff\xff\xfd\xfa", "neither UTF-8 nor CP949"),
        ("long.txt", b"a" * 200_001, "200,001 characters"),
        ("huge.html", b"<p>" + b"a" * 10_000_000, "larger than 10,000,000 bytes"),
        ("none.html", b"<html><body><script>x</script></body></html>", "HTML page without a report"),
        ("nothing.html", b"<!-- -->", "HTML"),
        ("open.md", "---\ntitle: 제목\n".encode() + _BODY.encode(), "front matter"),
        ("odd.md", "---\ntitle: 제목\n이것은 무엇\n---\n본문".encode(), ":3 is no `key: value`"),
        ("day.md", "---\npublished: 어제\n---\n본문이다.".encode(), "'어제'"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_with_file_and_remedy(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = _write(tmp_path / name, content)
    (item,) = list(read([path]))
    assert isinstance(item, DeadLetter) and item.origin == str(path)
    assert item.reason.startswith(str(path)) and words in item.reason
    assert "; " in item.reason and item.reason.endswith(".") and "\n" not in item.reason


def test_a_missing_file_a_broken_link_and_a_directory_in_disguise_are_named(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "dir.txt").mkdir()
    reasons = _letters(list(read([tmp_path / "missing.txt", tmp_path])))
    assert len(reasons) == 3
    assert any("missing.txt cannot be read" in r for r in reasons)
    assert any("link.txt cannot be read" in r for r in reasons)
    assert any("dir.txt cannot be read" in r for r in reasons)


def test_identity_is_of_the_content_not_of_the_place() -> None:
    first = document_from_text(_BODY, origin="a", outlet="통일뉴스", published="2023-10-20")
    second = document_from_text(_BODY.replace("\n", "\r\n"), origin="b", outlet="통일뉴스", published="2023.10.20")
    other = document_from_text(_BODY, origin="a", outlet="통일뉴스", published="2023-10-21")
    assert first.id == second.id != other.id
    assert first.id.startswith("d") and len(first.id) == 21


@pytest.mark.parametrize("text", ["", " \n", "a\0b", "가" * 200_001])
def test_a_text_that_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        document_from_text(text, origin="t")


def test_a_directory_that_links_to_itself_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    _write(tmp_path / "sub" / "a.txt", _BODY)
    (tmp_path / "sub" / "again").symlink_to(tmp_path)
    assert len(list(read([tmp_path]))) == 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("최종수정 2023.10.21 10:00\n입력 2023.10.20 09:12\n회담이 열렸다.", "2023-10-20"),
        ("회담이 열렸다.\n수정 2023-10-21 10:00", "2023-10-21"),
        ("Date: Jun 01, 2018\n회담이 열렸다.", "2018-06-01"),
        ("2017년 11월 28일 09:00 조선중앙통신에 의하면 회담이 진행되였다.", "2017-11-28"),
        ("입력 2023.13.45 09:12\n회담이 열렸다.", None),
        ("회담은 2023년 10월 20일 열렸다.", None),
    ],
)
def test_the_stamp_of_the_page_is_its_day(text: str, day: str | None) -> None:
    assert document_from_text(text, origin="t").published == day


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("회담이 열렸다.\n저작권자 © 통일뉴스 무단전재 및 재배포 금지", "통일뉴스"),
        ("[서울=뉴시스] 김지훈 기자 = 회담이 열렸다.", "뉴시스"),
        ("회담이 열렸다. (사진=연합뉴스)", None),
        ("통일뉴스는 회담이 열렸다고 보도했다.", None),
    ],
)
def test_the_outlet_is_told_by_the_page_not_by_the_report(text: str, outlet: str | None) -> None:
    assert document_from_text(text, origin="t").outlet == outlet
