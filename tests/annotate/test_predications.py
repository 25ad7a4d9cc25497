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
    ("외교부는 북한이 인원을 줄이겠다고 러시아에 〈통보해〉 왔다고 밝혔다.", "북한", "러시아"),
    ("정부는 북한이 도발했다는 보도를 〈살피고〉 있다고 밝혔다.", "한국", ""),
    ("최선희 외무상은 왕이 부장이 공장을 둘러보겠다는 뜻을 라브로프 장관에게 〈전해〉 왔다고 말했다.", "왕이", "세르게이 라브로프"),
    ("왕이 부장은 북한이 먼저 만나자고 해 놓고 날짜를 세 번이나 〈바꾸었다〉며 혀를 찼다.", "북한", ""),
    ("구급차를 북한에 〈보내겠다〉고 인도는 밝혔다.", "인도", "북한"),
    ("그 편지를 김정은 위원장에게 〈건넨〉 사람은 왕이 부장이었다.", "왕이", "김정은"),
    ("그 편지를 왕이 부장이 김정은 위원장에게 〈건넨〉 것은 지난달이었다.", "왕이", "김정은"),
    ("러시아는 북한 군사교관단을 열흘 안에 〈돌아가게〉 했다.", "북한 군사교관단", ""),
    ("러시아는 북한 의사들을 집에 〈머무르게〉 했다.", "북한 의사들", ""),
    ("시티 아이샤는 말레이시아 검찰에 〈기소됐다〉.", "말레이시아 검찰", ""),
    ("왕이 부장의 비서가 일본 입국관리국에 〈적발됐다〉.", "일본 입국관리국", ""),
    ("베이징은 김장수 대사를 〈불렀다〉.", "중국", "김장수"),
    ("왕이 부장이 몽골을 찾은 것은 처음이다. 이튿날 새벽 짐을 〈꾸렸다〉.", "왕이", ""),
    ("왕이 부장과 최선희 외무상이 차에 올랐다. 둘은 호텔까지 20분을 〈달렸다〉.", "왕이 최선희", ""),
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
    ("간호사들은 아직도 허가를 〈기다린다〉.", "ongoing"),
    ("대표단은 허가를 〈기다린다〉.", "occurred"),
    ("중국이 반대하지 않는 한 결의는 이번 달에 〈통과된다〉.", "hypothetical"),
    ("이르면 이번 달에 결의가 〈통과된다〉.", "planned"),
    ("예를 들면 미국은 선박을 〈단속한다〉.", "occurred"),
    ("다시 말하면 두 나라는 통로를 〈유지한다〉.", "occurred"),
    ("중국이 반대하면 결의는 〈폐기된다〉.", "hypothetical"),
    ("두 정상이 긴 〈통화〉를 했다는 이야기가 돌았다. 대변인은 그런 통화는 없었다고 했다.", "denied"),
    ("두 정상이 긴 〈통화〉를 했다. 대변인은 그런 말은 없었다고 했다.", "occurred"),
    ("위원장이 타려던 열차는 끝내 〈뜨지〉 못했다.", "cancelled"),
    ("위원장이 탄 열차는 끝내 〈뜨지〉 못했다.", "denied"),
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
    assert any(" ".join(p.name for p in m.actor) == actor and (not recipient or [p.name for p in m.recipient] == [recipient]) for m in found) or any(
        set(names) == {actor, recipient} for names in mutual
    ), [([p.name for p in m.actor], [p.name for p in m.recipient]) for m in found]


NOT_BY = [
    ("베이징은 밤늦도록 〈붐볐다〉.", "중국"),
    ("왕이 부장은 책 두 권을 〈머무르게〉 했다.", "책"),
    ("편지를 〈건넨〉 곳은 왕이 부장의 방이었다.", "왕이"),
    ("그가 먼저 〈껴안은〉 사람은 왕이 부장이었다.", "왕이"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "name"), NOT_BY)
def test_who_does_not_do_it(marked: str, name: str, resources: Resources) -> None:
    assert name not in {p.name for m in _at(marked, resources) for p in m.actor}


@pytest.mark.parametrize(("marked", "status"), STATUSES)
def test_whether_it_happened(marked: str, status: str, resources: Resources) -> None:
    assert status in {m.status.value for m in _at(marked, resources)}


def test_predicates_that_are_no_events_are_read_only_on_request(resources: Resources) -> None:
    document = document_from_text("왕이 부장은 공원을 산책했다. 왕이 부장은 19일 최선희 외무상과 회담했다.", origin="test", published="2024-06-15")
    plain, every = annotate(document, resources), annotate(document, resources, every_predicate=True)
    assert {m.kind for m in plain.events} == {"meet"}
    assert {m.kind for m in every.events} == {"meet", "act"}
    assert every.claims == plain.claims
