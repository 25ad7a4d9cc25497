"""The links of one happening, found among those near it, are its links among all."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sacho.records import LifeLink
from sacho.store import Reading, Store, add
from sacho.store.across import happening_at, near, resolved_of
from sacho.store.tables import happening
from tests.store.conftest import reading

AT = "2026-01-01T00:00:00Z"
_TWO_VISITS = (
    ("블라디미르 푸틴 러시아 대통령이 2023년 9월 13일 김정은 북한 국무위원장을 러시아로 초청했다.", "2023-09-14"),
    ("김정은 북한 국무위원장이 2023년 10월 2일 러시아를 방문했다.", "2023-10-03"),
    ("김정은 북한 국무위원장이 2024년 11월 5일 러시아를 방문했다.", "2024-11-06"),
)
_TWO_SIGNINGS = (
    ("최선희 북한 외무상과 라브로프 러시아 외무장관이 2023년 3월 2일 평양에서 협정에 서명했다.", "2023-03-03"),
    ("최선희 북한 외무상과 라브로프 러시아 외무장관이 2023년 9월 5일 모스크바에서 의정서에 서명했다.", "2023-09-06"),
    ("최선희 북한 외무상과 라브로프 러시아 외무장관이 2023년 10월 19일 평양에서 만나 합의 이행 방안을 논의했다.", "2023-10-20"),
)
_TWO_SESSIONS = (
    ("남한과 북한은 2019년 5월 2일 개성에서 실무접촉을 가졌다.", "2019-05-03"),
    ("남한과 북한은 2019년 5월 20일 서울에서 군사공동위원회 전체회의를 열었다.", "2019-05-21"),
    ("남한과 북한은 2019년 6월 25일 평양에서 경제공동위원회 전체회의를 열었다.", "2019-06-26"),
)


def _links(store: Store) -> tuple[set[LifeLink], dict[str, set[LifeLink]]]:
    """All links, and those that each happening is shown with."""
    with store.read() as connection:
        ids = connection.execute(select(happening.c.id)).scalars().all()
        shown = {}
        for identity in ids:
            one = happening_at(connection, identity)
            assert one is not None
            found = resolved_of(connection, [identity, *near(store, connection, one)], bare=True).links
            shown[identity] = {link for link in found if identity in (link.source, link.target)}
        return set(resolved_of(connection, ids, bare=True).links), shown


@pytest.mark.parametrize(("told", "link"), [(_TWO_VISITS, "invited"), (_TWO_SIGNINGS, "followed"), (_TWO_SESSIONS, "prepared")])
def test_what_another_was_chosen_for_is_not_linked(store: Store, told: tuple[tuple[str, str], ...], link: str) -> None:
    add(store, [reading(text, published=day) for text, day in told], at=AT)
    whole, shown = _links(store)
    assert [one.type for one in whole] == [link]
    assert len(shown) == 3
    for identity, links in shown.items():
        assert links == {one for one in whole if identity in (one.source, one.target)}


def test_no_happening_is_shown_with_a_link_that_all_together_do_not_have(store: Store, readings: list[Reading]) -> None:
    add(store, readings, at=AT)
    whole, shown = _links(store)
    assert whole and set().union(*shown.values()) == whole
