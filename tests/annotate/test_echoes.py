"""Happenings that are only counted from."""

from __future__ import annotations

import pytest

from sacho.coding import code


def _visits(text: str) -> set[tuple[str, str]]:
    events = code(text, published="2024-11-25", outlet="바다신문(가상)").events
    return {(e.actor[0].name, e.date) for e in events if e.kind == "visit" and e.actor and e.status.value == "occurred"}


@pytest.mark.parametrize(("text", "wanted"), [
    ("김정은 위원장의 방중은 2019년 1월 이후 5년 만이다.", ("김정은", "2019-01")),
    ("베트남 최고지도자의 방북은 2007년 10월 시진핑 주석 이후 17년 만이다.", ("시진핑", "2007-10")),
    ("김정은 위원장의 방러는 2019년 4월에 이어 두 번째다.", ("김정은", "2019-04")),
])  # fmt: skip
def test_what_is_counted_from_is_an_earlier_happening(text: str, wanted: tuple[str, str]) -> None:
    assert wanted in _visits(text)


@pytest.mark.parametrize("text", [
    "김정은 위원장은 2019년 1월 중국을 방문한 뒤 서울에 오지 않았다.",
    "김정은 위원장은 지난 10일 중국을 방문했다. 2019년 1월 이후 무역은 줄었다.",
    "김정은 위원장이 지난 10일 중국을 방문했고 2019년 1월 하노이 회담 이후 처음으로 웃었다.",
])  # fmt: skip
def test_a_day_that_counts_nothing_adds_no_happening(text: str) -> None:
    assert len([v for v in _visits(text) if v[1] == "2019-01"]) == text.count("2019년 1월 중국을 방문")


def test_a_journey_through_several_countries_is_one_visit() -> None:
    text = "박진 외교부 장관은 지난 9월 14일부터 19일까지 케냐와 탄자니아를 방문했다."
    visits = [e for e in code(text, published="2024-11-25", outlet="바다신문(가상)").events if e.kind == "visit"]
    assert [[p.name for p in e.recipient] for e in visits] == [["케냐", "탄자니아"]]
