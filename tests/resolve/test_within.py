"""How many events of a kind one report tells of, in sentences of ours."""

from __future__ import annotations

import pytest

import sacho

_TOLD = [
    ("attend", 2, "김정은 위원장은 10일 평양에서 경축공연을 관람하고 출연자들과 기념사진을 찍었다."),
    ("attend", 1, "김정은 위원장은 10일 경축공연을 관람했다. 김 위원장은 공연을 관람한 뒤 박수를 보냈다."),
    ("launch", 1, "북한은 2016년 1월 핵실험을 했고 2월에는 장거리 로켓을 쏘았다."),
    ("test", 1, "북한은 2016년 1월 핵실험을 했고 2월에는 장거리 로켓을 쏘았다."),
    ("meet", 2, "조태열 장관은 11일 블링컨 장관과 회담했다. 조 장관은 이어 블링컨 장관, 가미카와 외무상과 3자 회담을 했다."),
    ("ceremony", 3, "김정은 위원장은 11일 공항에서 푸틴 대통령을 영접했다. 푸틴 대통령은 11일 해방탑에 헌화했다. 김 위원장은 푸틴 대통령을 위해 만찬을 베풀었다."),
    ("ceremony", 1, "김정은 위원장은 11일 푸틴 대통령을 위해 만찬을 베풀었다. 만찬에서 김 위원장은 푸틴 대통령과 잔을 부딪쳤다."),
    ("message", 1, "최룡해, 시진핑에 친서\n\n최룡해 특사는 24일 시진핑 주석에게 김정은 위원장의 친서를 전달했다."),
    ("invite", 2, "한나라당은 초청장을 받았다. 청년동맹은 베트남의 초청으로 하노이를 찾았다."),
    ("appoint", 2, "최선희 제1부상은 후보위원으로 강등됐다. 김여정 부부장은 후보위원에서 탈락했다."),
    ("meet", 1, "조태열 장관은 11일 블링컨 장관과 회담했다. 두 장관은 회담에서 북한 문제를 논의했다."),
]


@pytest.mark.parametrize(("kind", "count", "text"), _TOLD)
def test_so_many_are_told(kind: str, count: int, text: str) -> None:
    assert len([e for e in sacho.code(text, published="2024-06-15").events if e.kind == kind]) == count
