"""Every predicate read: who did it, to whom, whether it happened, also where no word of an event stands."""

from __future__ import annotations

import pytest

from sacho.annotate import Resources, annotate
from sacho.ingest import document_from_text

ROLES = [
    ("왕이 부장은 〈산책했다〉.", "왕이", ""),
    ("최선희 외무상은 시간이 〈모자란다〉.", "최선희", ""),
    ("왕이 부장은 최선희 외무상에게 자리를 〈권했다〉.", "왕이", "최선희"),
    ("왕이 부장은 최선희 외무상에게 발표문을 〈읽게〉 했다.", "최선희", ""),
    ("러시아는 쿠바로 하여금 기록을 〈태우도록〉 했다.", "쿠바", ""),
    ("최선희 외무상은 왕이 부장에게 꽃을 〈옮겨〉 줄 것을 부탁하였다.", "왕이", ""),
    ("왕이 부장은 책을 〈받았다〉.", "왕이", ""),
    ("김정은동지께서는 날씨가 맑아 바다를 〈바라보시였다〉.", "김정은", ""),
    ("라브로프 장관은 “왕이 부장이 나를 〈껴안았다〉”고 말했다.", "왕이", "세르게이 라브로프"),
    ("왕이 부장의 〈지시〉를 받은 대사는 서둘렀다.", "왕이", ""),
    ("로이터통신은 회담장이 조용했다고 〈전했다〉.", "로이터통신", ""),
    ("왕이 부장이 하노이에서 〈만난〉 라브로프 장관은 웃었다.", "왕이", "세르게이 라브로프"),
]  # fmt: skip
STATUSES = [
    ("대표단은 숙소에 여장을 〈풀〉 참이다.", "planned"),
    ("두 나라는 다리를 함께 〈놓자〉고 제안했다.", "proposed"),
    ("대표단이 짐을 〈잃어버렸다〉는 이야기는 근거가 없다고 외교부가 밝혔다.", "denied"),
    ("한 단체는 대사가 서류를 〈찢었다〉고 주장했다.", "alleged"),
    ("양측 실무진은 합의문 글귀를 〈다듬고〉 있다.", "ongoing"),
    ("두 장관이 함께 〈산책할〉지도 모른다.", "hypothetical"),
    ("장관은 사진전을 〈둘러보려〉던 계획을 접었다.", "cancelled"),
    ("국방부는 무전기를 〈잠근〉 적이 없다고 했다.", "denied"),
    ("두 나라는 새 〈기구〉를 제안했다.", "proposed"),
    ("축하 〈공연〉은 회담이 길어지면서 생략됐다.", "cancelled"),
    ("왕이 부장은 책을 〈펼쳤다〉.", "occurred"),
]  # fmt: skip


def _at(marked: str, resources: Resources):  # type: ignore[no-untyped-def]
    text = marked.replace("〈", "").replace("〉", "")
    at = marked.index("〈")
    read = annotate(document_from_text(text, origin="test", published="2024-06-15"), resources, every_predicate=True)
    return [m for m in read.events if m.start <= at < m.end]


@pytest.mark.parametrize(("marked", "actor", "recipient"), ROLES)
def test_who_does_it_and_to_whom(marked: str, actor: str, recipient: str, resources: Resources) -> None:
    found = _at(marked, resources)
    mutual = [([p.name for p in (*m.actor, *m.recipient)]) for m in found if m.symmetric]
    assert any([p.name for p in m.actor] == [actor] and (not recipient or [p.name for p in m.recipient] == [recipient]) for m in found) or any(
        set(names) == {actor, recipient} for names in mutual
    ), [([p.name for p in m.actor], [p.name for p in m.recipient]) for m in found]


@pytest.mark.parametrize(("marked", "status"), STATUSES)
def test_whether_it_happened(marked: str, status: str, resources: Resources) -> None:
    assert status in {m.status.value for m in _at(marked, resources)}


def test_predicates_that_are_no_events_are_read_only_on_request(resources: Resources) -> None:
    document = document_from_text("왕이 부장은 공원을 산책했다. 왕이 부장은 19일 최선희 외무상과 회담했다.", origin="test", published="2024-06-15")
    plain, every = annotate(document, resources), annotate(document, resources, every_predicate=True)
    assert {m.kind for m in plain.events} == {"meet"}
    assert {m.kind for m in every.events} == {"meet", "act"}
    assert every.claims == plain.claims
