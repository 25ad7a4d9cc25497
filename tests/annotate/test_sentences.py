"""Sentences stay in their block, keep quotations whole, and leave bylines and credits out."""

from __future__ import annotations

from typing import Any

import pytest

from sacho.annotate.resources import Resources
from tests.annotate.voices import PASSAGES, voices


@pytest.mark.parametrize("passage", [p for p in PASSAGES if "sentences" in p], ids=lambda p: p["text"][:24])
def test_sentences_of_a_passage(passage: dict[str, Any], resources: Resources) -> None:
    read = voices(passage["text"], resources)
    assert [read.words(s.start, s.end).strip() for s in read.sentences] == passage["sentences"]


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda p: p["text"][:24])
def test_sentences_neither_overlap_nor_leave_their_block(passage: dict[str, Any], resources: Resources) -> None:
    read = voices(passage["text"], resources)
    last = 0
    for sentence in read.sentences:
        block = read.document.blocks[sentence.block]
        assert block.start <= sentence.start < sentence.end <= block.end
        assert sentence.first < sentence.last and sentence.start >= last
        last = sentence.end
