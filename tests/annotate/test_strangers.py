"""People and groups that no lexicon lists, by the sentences of `tests/corpus/names.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sacho.annotate import annotate
from sacho.annotate.resources import Resources
from sacho.ingest import document_from_text
from sacho.records import MentionKind

SENTENCES = tomllib.loads((Path(__file__).parents[1] / "corpus" / "names.toml").read_text(encoding="utf-8"))["sentence"]


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: s["text"][:24])
def test_who_is_named(sentence: dict[str, Any], resources: Resources) -> None:
    read = annotate(document_from_text(sentence["text"], origin="text", outlet=None, published="2024-05-02"), resources)
    people = [m.name for m in read.mentions if m.kind is MentionKind.person and m.entity.startswith("name:")]
    if "people" in sentence:
        assert people == sentence["people"]
    if "groups" in sentence:
        assert [m.name for m in read.mentions if m.rule == "group"] == sentence["groups"]
