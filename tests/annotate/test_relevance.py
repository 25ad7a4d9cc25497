"""Sparing reading: nothing that tells of an event is passed over, what is passed over keeps its place."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from sacho.annotate import annotate
from sacho.annotate.mention_rules import load_mention_rules, small_words
from sacho.annotate.names import find_names
from sacho.annotate.relevance import pieces_of, stretches_to_read
from sacho.annotate.resources import Resources
from sacho.annotate.surfaces import surfaces
from sacho.coding import code_document
from sacho.ingest import document_from_text
from sacho.records import Document

ROOT = Path(__file__).resolve().parent.parent.parent
IDLE = (
    "가을비가 그친 뒤 단풍이 물들었다.\n\n등산로에는 낙엽이 수북이 쌓였다. 계곡물은 맑고 차가웠다.\n\n"
    "산 아래 찻집에서는 국화차 향이 났다. 주인은 올해 꽃이 유난히 진하다고 했다."
)
TOLD = "한국 외교부 장관은 19일 도쿄에서 일본 외무상과 회담했다."


REPORTS = [
    (path.stem, path.read_text(encoding="utf-8").split("---\n")[-1].strip())
    for path in (*sorted((ROOT / "gold").glob("g*.md")), *sorted((ROOT / "examples").glob("*.md")))
]


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if len(value) > 12 and re.search("[가-힣]{2}", value) else []
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for inner in values for text in _strings(inner)]


def _document(text: str) -> Document:
    return document_from_text(text, origin="test", published="2023-10-20")


@pytest.mark.parametrize(("name", "text"), REPORTS, ids=lambda v: v[:12])
def test_sparing_finds_the_same_events(name: str, text: str, resources: Resources) -> None:
    document = _document(text)
    assert code_document(document, resources, sparing=True).events == code_document(document, resources).events


def test_every_short_text_of_the_corpus_keeps_its_events(resources: Resources) -> None:
    lost = []
    for path in sorted((ROOT / "tests" / "corpus").glob("*.toml")):
        for text in _strings(tomllib.loads(path.read_text(encoding="utf-8"))):
            document = _document(text)
            if code_document(document, resources, sparing=True).events != code_document(document, resources).events:
                lost.append(text)
    assert not lost


def test_a_report_that_tells_of_nothing_keeps_no_layers(resources: Resources) -> None:
    read = annotate(_document(IDLE), resources, sparing=True)
    assert not read.tokens and not read.sentences and not read.events
    assert read.publication.value == "2023-10-20"


def test_what_is_passed_over_keeps_its_place_without_tokens(resources: Resources) -> None:
    text = f"{IDLE}\n\n{IDLE}\n\n{TOLD}\n\n{IDLE}"
    spared, whole = (annotate(_document(text), resources, sparing=s) for s in (True, False))
    empty = [s for s in spared.sentences if s.first == s.last]
    assert len(empty) > 10 and 0 < len(spared.tokens) < len(whole.tokens) / 2
    assert [s.start for s in spared.sentences] == [s.start for s in whole.sentences]
    assert [(e.kind, e.start, e.end, e.actor, e.recipient, e.place) for e in spared.events] == [
        (e.kind, e.start, e.end, e.actor, e.recipient, e.place) for e in whole.events
    ]
    first, last = text.index(TOLD), text.index(TOLD) + len(TOLD)
    inside = [[(t.start, t.end, t.form, t.tag) for t in a.tokens if first <= t.start and t.end <= last] for a in (spared, whole)]
    assert inside[0] == inside[1]


def test_pieces_cover_their_blocks_and_cut_no_quotation() -> None:
    text = '그는 "갔다. 왔다. 또 갔다"고 말했다. 다음 날은 비가 왔다.\n\n끝 문단.'
    document = _document(text)
    pieces = pieces_of(document.text, document.blocks)
    assert [document.text[p.start : p.end].strip() for p in pieces] == [
        '그는 "갔다. 왔다. 또 갔다"고 말했다.', "다음 날은 비가 왔다.", "끝 문단.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stem", "forms"),
    [
        ("만나", ["만나", "만난", "만났", "만날"]), ("오", ["오", "온", "왔", "와"]), ("오르", ["오른", "올라", "올랐"]),
        ("돕", ["돕", "도와", "도운", "도왔"]), ("묻", ["묻", "물"]), ("도착하", ["도착하", "도착한", "도착해", "도착했"]),
        ("내리", ["내리", "내린", "내려", "내렸"]), ("풀", ["풀", "푼", "푸"]), ("맺", ["맺"]), ("주", ["주", "준", "줬", "줘"]),
    ],
)  # fmt: skip
def test_surfaces_of_a_stem(stem: str, forms: list[str]) -> None:
    assert surfaces(stem) >= set(forms)


def test_surfaces_of_a_closed_stem_are_few() -> None:
    assert surfaces("찾") == {"찾"} and "개" not in surfaces("가")


@pytest.mark.parametrize(("name", "text"), REPORTS, ids=lambda v: v[:12])
def test_small_words_are_those_of_the_whole_pattern(name: str, text: str) -> None:
    rules = load_mention_rules()
    assert [m.span() for m in small_words(text, rules)] == [m.span() for m in rules.words.finditer(text)]


def test_a_word_of_an_event_without_anybody_is_passed_over(resources: Resources) -> None:
    read = stretches_to_read(
        IDLE, _document(IDLE).blocks, find_names(IDLE, resources.lexicon), resources.lexicon, resources.predicates,
        resources.cue_forms,
    )  # fmt: skip
    assert read is not None and read[0] == [] and len(read[1]) == 5
