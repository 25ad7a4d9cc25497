"""What must hold for every record of every text: words are slices, a second run is equal, offsets shift together."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sacho.annotate.resources import Resources
from sacho.coding import Coding, code, code_document
from sacho.ingest import read
from sacho.records import Document

_NEUTRAL = "하늘은 맑고 바람이 잔잔하다.\n\n"
_WORDS = st.sampled_from(
    ["김정은", "국무위원장", "19일", "평양", "에서", "라브로프 장관", "을", "은", "접견", "했다.", "회담", "\n", " ", "“", "”",
     "러시아", "한미", "방문", "하고", "예정", "이다.", "[", "]", "《", "》", "로씨야", "외무성", "북", "美", "20일", "보도", "🙂"]
)  # fmt: skip


def _documents(paths: list[Path]) -> list[Document]:
    return [d for d in read([str(p) for p in paths], stdin=None) if isinstance(d, Document)]


def _check(coding: Coding) -> None:
    text = coding.annotated.document.text
    for event in coding.events:
        for proof in event.evidence:
            assert 0 <= proof.start < proof.end <= len(text)
            assert text[proof.start : proof.end] == proof.quote
        for conflict in event.conflicts:
            for value in conflict.values:
                assert text[value.evidence.start : value.evidence.end] == value.evidence.quote
    for quote in coding.annotated.quotes:
        assert text[quote.start : quote.end] == quote.quote
    for claim in coding.annotated.claims:
        assert 0 <= claim.start < claim.end <= len(text)


def test_examples_slice_to_their_words(example_paths: list[Path], resources: Resources) -> None:
    for document in _documents(example_paths):
        _check(code_document(document, resources))


def test_seed_slices_to_its_words(seed_text: str) -> None:
    _check(code(seed_text))


def test_coding_twice_is_equal(example_paths: list[Path], resources: Resources) -> None:
    for document in _documents(example_paths):
        assert code_document(document, resources) == code_document(document, resources)


def test_a_neutral_sentence_in_front_shifts_every_offset(example_paths: list[Path], resources: Resources) -> None:
    for document in _documents(example_paths):
        plain = code(document.text, published=document.published or None)
        moved = code(_NEUTRAL + document.text, published=document.published or None)
        shift = len(moved.annotated.document.text) - len(plain.annotated.document.text)
        assert [(e.kind, e.date, [(p.field, p.start + shift) for p in e.evidence]) for e in plain.events] == [
            (e.kind, e.date, [(p.field, p.start) for p in e.evidence]) for e in moved.events
        ], document.origin


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(_WORDS, min_size=1, max_size=60))
def test_any_text_yields_only_true_slices(words: list[str], resources: Resources) -> None:
    text = "".join(words)
    if not text.strip():
        return
    _check(code(text, published="2023-10-20"))
