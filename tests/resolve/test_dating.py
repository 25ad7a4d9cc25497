"""The day of an event whose own words give none, and the choice among options that gives it."""

from __future__ import annotations

import math

import pytest

import sacho
from sacho.resolve.choosing import Model, best, load_model, shares

_MODEL = Model(about="", least=0.6, weights={"near": 2.0, "far": -1.0, "none": 0.5})

CARRIED = [
    ("왕이 중국 외교부장은 12일 베이징에서 조태열 외교부 장관과 회담했다. 왕 부장은 한국에 자제를 촉구했다.", "request", "2024-03-12"),
    ("미국 재무부는 11일(현지시간) 북한의 무기 개발을 도운 중국 회사 두 곳과 러시아인 한 명을 제재 명단에 올렸다.", "sanction", "2024-03-11"),
    ("궈자쿤 중국 외교부 대변인은 13일 정례브리핑에서 \"일방 제재에 반대한다\"는 입장을 되풀이했다.", "reject", "2024-03-13"),
]
ALONE = [
    ("왕이 중국 외교부장은 12일 모스크바에서 라브로프 러시아 외무장관과 회담했다. 한편 왕 부장은 한국에 자제를 촉구했다.", "request"),
    ("왕이 중국 외교부장은 12일 모스크바에서 라브로프 러시아 외무장관과 회담했다. 왕 부장은 한국에 자제를 촉구한 바 있다.", "request"),
    ("왕이 중국 외교부장은 12일 모스크바에서 라브로프 러시아 외무장관과 회담했다. 가미카와 요코 일본 외무상은 북한을 규탄했다.", "accuse"),
    ("러시아는 지난 2일 국경을 열었고, 미국은 김정은 국무위원장에게 친서를 보냈다.", "message"),
]


@pytest.mark.parametrize(("text", "kind", "day"), CARRIED)
def test_a_day_is_carried_over_or_found_beside_the_clause(text: str, kind: str, day: str) -> None:
    found = [e for e in sacho.code(text, published="2024-03-15").events if e.kind == kind]
    assert [e.date for e in found] == [day]
    proof = next(p for p in found[0].evidence if p.field == "date")
    assert proof.quote.startswith(f"{int(day[-2:])}일") and text[proof.start : proof.end] == proof.quote


def test_a_day_that_no_clause_gives_says_so_in_its_evidence() -> None:
    text, kind, day = CARRIED[2]
    (found,) = [e for e in sacho.code(text, published="2024-03-15").events if e.kind == kind]
    assert found.date == day and {p.rule for p in found.evidence if p.field == "date"} == {"carried"}


@pytest.mark.parametrize(("text", "kind"), ALONE)
def test_what_stands_apart_has_no_day_of_its_surroundings(text: str, kind: str) -> None:
    found = [e for e in sacho.code(text, published="2024-03-15").events if e.kind == kind]
    assert found and all(not e.date for e in found)


def test_without_a_publication_day_nothing_is_guessed() -> None:
    text = "왕이 중국 외교부장은 12일 베이징에서 조태열 외교부 장관과 회담했다. 왕 부장은 한국에 자제를 촉구했다."
    assert all(not e.date or "X" in e.date for e in sacho.code(text).events)


def test_shares_add_up_and_follow_the_weights() -> None:
    found = shares([["none"], ["near"], ["far", "never seen"]], _MODEL.weights)
    assert math.isclose(sum(found), 1.0)
    assert found[1] > found[0] > found[2]
    assert math.isclose(found[1] / found[0], math.exp(1.5))


def test_an_unsure_choice_is_none() -> None:
    assert best([["none"], ["near"]], _MODEL) == 1
    assert best([["near"], ["near"]], _MODEL) == -1


def test_the_weights_can_be_read_and_say_how_they_did() -> None:
    model = load_model("dating")
    assert 0.5 <= model.least < 1 and len(model.weights) > 100
    assert "reports left out" in model.about
