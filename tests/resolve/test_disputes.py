"""Values that a report itself says to be contested (`corpus/fields.toml`, `dispute`; `resolve/data/disputes.toml`)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import sacho
from sacho.resolve.contested import read_dispute_file

_ROWS = tomllib.loads((Path(__file__).resolve().parent.parent / "corpus" / "fields.toml").read_text("utf-8"))["dispute"]
_CUES = read_dispute_file().cue


@pytest.mark.parametrize(("pattern", "words"), [(c.pattern, words) for c in _CUES for words in c.accept])
def test_a_cue_accepts_its_examples(pattern: str, words: str) -> None:
    assert re.search(pattern, words)


@pytest.mark.parametrize(("pattern", "words"), [(c.pattern, words) for c in _CUES for words in c.reject])
def test_a_cue_rejects_its_examples(pattern: str, words: str) -> None:
    assert not re.search(pattern, words)


def _fields(text: str, published: str) -> list[str]:
    return [c.field for e in sacho.code(text, published=published).events for c in e.conflicts]


@pytest.mark.parametrize(("published", "row"), [(r["published"], row) for r in _ROWS for row in r["accept"]], ids=lambda v: str(v)[:40])
def test_what_two_tell_differently_is_a_conflict(published: str, row: list[str]) -> None:
    text, field = row
    assert field in _fields(text, published)


@pytest.mark.parametrize(("published", "text"), [(r["published"], text) for r in _ROWS for text in r["reject"]], ids=lambda v: str(v)[:40])
def test_what_only_differs_is_none(published: str, text: str) -> None:
    assert not _fields(text, published)


def test_a_contested_place_is_told_by_its_name() -> None:
    for row in (r for rows in _ROWS for r in rows["accept"] if r[1] == "place"):
        events = sacho.code(row[0], published="2024-06-20").events
        told = [v.value for e in events for c in e.conflicts if c.field == "place" for v in c.values]
        assert told and all(value in row[0] for value in told)
