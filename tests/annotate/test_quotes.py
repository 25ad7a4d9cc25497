"""Quotations: who speaks, through whom; emphasis, titles and headlines are none."""

from __future__ import annotations

from typing import Any

import pytest

from sacho.annotate.resources import Resources
from tests.annotate.voices import PASSAGES, voices


@pytest.mark.parametrize("passage", [p for p in PASSAGES if "quotes" in p], ids=lambda p: p["text"][:24])
def test_quotations_of_a_passage(passage: dict[str, Any], resources: Resources) -> None:
    read = voices(passage["text"], resources, passage.get("outlet"))
    got = [f"{' < '.join((q.speaker, *reversed(q.via)))}: {q.quote}" for q in read.quotes]
    assert len(got) == len(passage["quotes"]), got
    for want, quote in zip(passage["quotes"], got, strict=True):
        assert quote.startswith(want)


def test_a_quotation_is_a_slice_and_keeps_its_words(resources: Resources) -> None:
    read = voices("최선희 외무상은 \"'조로'(북러)관계의 확고한 립장을 재확인한다\"고 말했다.", resources)
    (quote,) = read.quotes
    assert quote.quote == read.words(quote.start, quote.end) and "립장" in quote.quote
    assert len(quote.normalized) == len(quote.quote) and "입장" in quote.normalized
    assert [(g.dprk, g.rok) for g in quote.glosses] == [("조로", "북러")]


def test_a_quotation_has_the_same_id_in_every_run_and_another_in_another_document(resources: Resources) -> None:
    text = "외교부는 \"깊은 유감을 표한다\"고 말했다. 외교부는 \"깊은 유감을 표한다\"고 말했다."
    first, second = voices(text, resources).quotes, voices(text, resources).quotes
    assert first == second and len({q.id for q in first}) == 2
