"""Hanja of the papers of the 1980s and 1990s, read aloud in place."""

from __future__ import annotations

import pytest

from sacho.annotate.hanja_words import load_hanja_words
from sacho.annotate.spelling import load_spellings, spelling_view
from sacho.coding import code
from tests.annotate.test_participants import _parties


@pytest.mark.parametrize(("text", "read"), load_hanja_words().examples.accept)
def test_words_in_hanja_are_read_aloud(text: str, read: str) -> None:
    view = spelling_view(text, load_spellings())
    assert view.aligned == read
    assert len(view.aligned) == len(text)


@pytest.mark.parametrize("text", load_hanja_words().examples.reject)
def test_names_and_glosses_stay_as_they_are(text: str) -> None:
    assert spelling_view(text, load_spellings()).aligned == text


def test_every_word_is_as_long_as_its_reading() -> None:
    source = load_hanja_words()
    everything = {**source.words, **source.alone.before, **source.alone.behind}
    assert [word for word, read in everything.items() if len(word) != len(read)] == []


def test_a_name_in_hanja_before_an_office_written_solid_is_found() -> None:
    text = "張承吉(장승길)이집트주재 북한대사는 26일 미국에 도착했다."
    assert ["미국", "장승길"] in _parties(text, "arrive", "1997-08-28")
    evidence = [e for event in code(text, published="1997-08-28").events for e in event.evidence if e.field == "actor"]
    assert evidence and all(text[e.start : e.end] == e.quote for e in evidence)


def test_an_envoy_posted_in_hanja_is_found() -> None:
    text = "柳宗夏(유종하)외무장관은 22일 야마시타 신타로 駐韓일본대사를 만났다."
    assert ["야마시타 신타로", "유종하"] in _parties(text, "meet", "1997-03-01")
