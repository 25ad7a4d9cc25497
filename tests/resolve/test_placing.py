"""The place of an event whose own clause names none."""

from __future__ import annotations

import pytest

import sacho
from sacho.resolve.choosing import load_model

CARRIED = [
    ("윤정호 북한 대외경제상이 12일 모스크바에서 코즐로프 러시아 천연자원부 장관을 만나 협력을 요청한 것으로 알려졌다.", "request", "모스크바"),
]
APART = [
    ("왕이 중국 외교부장은 12일 모스크바에서 라브로프 러시아 외무장관과 회담했다. 한편 일본 정부는 북한을 규탄했다.", "accuse"),
    ("리용호 외무상은 12일 평양을 떠났다. 미국 정부는 지난달 북한에 대화를 제의했다.", "request"),
]


@pytest.mark.parametrize(("text", "kind", "place"), CARRIED)
def test_a_place_is_found_beside_the_clause(text: str, kind: str, place: str) -> None:
    found = [e for e in sacho.code(text, published="2024-03-15").events if e.kind == kind]
    assert found and all(e.place is not None and e.place.name == place for e in found)
    for proof in (p for e in found for p in e.evidence if p.field == "place"):
        assert text[proof.start : proof.end] == proof.quote


@pytest.mark.parametrize(("text", "kind"), APART)
def test_what_stands_apart_has_no_place_of_its_surroundings(text: str, kind: str) -> None:
    found = [e for e in sacho.code(text, published="2024-03-15").events if e.kind == kind]
    assert found and all(e.place is None for e in found)


def test_the_weights_can_be_read() -> None:
    model = load_model("placing")
    assert 0.5 <= model.least < 1 and len(model.weights) > 100
