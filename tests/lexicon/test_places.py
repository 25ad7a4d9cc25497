"""The gazetteer in running text: which words name a place, and which only look like one."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from sacho.annotate.names import find_names
from sacho.lexicon import load

# text, ids of the places that it names, in text order
NAMED = [
    ("북한은 평안북도 철산군 동창리 서해위성발사장에서 위성을 발사했다.", ["north-pyongan", "tongchang-ri", "sohae-launch"]),
    ("함경북도 길주군 풍계리에서 핵실험을 했다.", ["north-hamgyong", "punggye-ri"]),
    ("강원도 원산 갈마비행장에 도착했다.", ["kalma-airport"]),
    ("남북은 판문점 남측 평화의 집에서 회담했다.", ["peace-house"]),
    ("최선희 외무상은 러시아 하산역에 도착했다.", ["khasan"]),
    ("리용호 외무상이 중국 선양을 거쳐 갔다.", ["shenyang"]),
    ("대표단은 선양에서 열차를 탔다.", ["shenyang"]),
    ("카타르 도하에서 회의가 열렸다.", ["doha"]),
    ("오스트리아 빈에서 회의가 열렸다.", ["vienna"]),
    ("평양시 보통강구역 경루동을 돌아봤다.", ["potonggang"]),
    ("4·25문화회관에서 대회가 열렸다.", ["april-25-house"]),
    ("김정은동지께서 릉라도 5월1일경기장에 나오시였다.", ["may-day-stadium"]),
    ("북한이 동해상으로 미사일을 발사했다.", ["east-sea"]),
    ("대만해협의 평화를 강조했다.", ["taiwan-strait"]),
    ("평안남도 순천시와 전남 순천", ["sunchon", "suncheon"]),
    ("황해남도 옹진군과 인천 옹진군", ["ongjin-north", "ongjin"]),
    ("강원도 철원군에서 훈련했다.", ["cheorwon"]),
    ("북한 고성군과 강원 고성군", ["kosong", "goseong-gangwon"]),
]

# words that are spelt like a place and name none
UNNAMED = [
    "국위 선양에 이바지했다.", "그럴 리가 없다.", "제2차 세계 대전이 끝났다.", "도하 훈련을 실시했다.", "회담이 무산됐다.", "최첨단돌파전의 선봉에서",
    "도와 해주시는 분", "하산 나스랄라가 숨졌다.", "말도 안 된다.", "다카이치 사나에 총리", "시미즈 다카시", "드라마를 정주행했다.", "창사 50주년",
    "아이스 크림을 먹었다.", "무도한 도발", "해가 지다.", "임무를 방기했다.", "암만 해도 어렵다.", "조선 연산군 시대", "경기도 나빠졌다.",
    "국방부 서장이 말했다.", "동경 128도", "기반을 구성했다.",
]  # fmt: skip


def _places(text: str) -> list[str]:
    return [match.targets[0][1] for match in find_names(text, load()) if match.targets[0][0] == "places"]


@pytest.mark.parametrize(("text", "ids"), NAMED)
def test_a_text_names_places(text: str, ids: list[str]) -> None:
    assert _places(text) == ids


@pytest.mark.parametrize("text", UNNAMED)
def test_a_common_word_is_no_place(text: str) -> None:
    assert _places(text) == []


def _homonyms() -> dict[str, list[str]]:
    raw = tomllib.loads((files("sacho.annotate") / "data" / "names.toml").read_text(encoding="utf-8"))
    guard: dict[str, list[str]] = next(g for g in raw["guard"] if g["id"] == "place-homonym")
    return guard


@pytest.mark.parametrize("text", _homonyms()["accept_text"])
def test_a_guarded_place_is_found_where_its_surroundings_allow(text: str) -> None:
    assert len(_places(text)) == 1


@pytest.mark.parametrize("text", _homonyms()["reject_text"])
def test_a_guarded_place_is_passed_over_elsewhere(text: str) -> None:
    assert _places(text) == []


@pytest.mark.parametrize("form", _homonyms()["forms"])
def test_every_guarded_form_is_a_form_of_a_place(form: str) -> None:
    assert any(surface.form == form for surface in load().surfaces)


def test_the_gazetteer_is_large_enough_to_place_the_news() -> None:
    lexicon = load()
    counties = [p for p in lexicon.places.values() if p.country == "PRK" and p.kind in ("city", "county", "district")]
    assert len(lexicon.places) >= 380
    assert len(counties) >= 179
    assert sum(p.lat is not None for p in counties) >= 175
