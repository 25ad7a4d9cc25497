"""Attendance, gaps, edits, timeline and disputes of a few reports."""

from __future__ import annotations

import msgspec
import pytest

from sacho.analysis import absent, appearances, attendance, by_day, conflicts, edits, gaps, show, sides, silences, timeline
from sacho.annotate.resources import Resources
from sacho.records import Report
from sacho.resolve.happenings import Resolved
from tests.analysis.reports import report, resolved

_KCNA = "조선중앙통신(가상)"


@pytest.fixture(scope="module")
def visit(resources: Resources) -> list[Report]:
    return [
        report("쎄르게이 라브로브 로씨야련방 외무상이 18일 평양에 도착하였다.", resources, outlet=_KCNA, published="2023-10-19"),
        report("세르게이 라브로프 러시아 외무장관은 18일부터 19일까지 북한을 방문했다.\n\n라브로프 장관은 19일 저녁 평양을 떠났다.",
               resources, outlet="연합뉴스", published="2023-10-20"),
        report("세르게이 라브로프 러시아 외무장관이 20일 평양을 떠났다고 러시아 외무부가 밝혔다.", resources, outlet="볼가통신(가상)",
               published="2023-10-20"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def inspections(resources: Resources) -> Resolved:
    return resolved(
        [
            report("김정은동지께서 5월 3일 중요군수공장을 현지지도하시였다.\n\n조용원동지, 박정천동지, 리병철동지가 동행하였다.", resources,
                   outlet=_KCNA, published="2024-05-04"),
            report("김정은동지께서 5월 17일 저격무기공장을 현지지도하시였다.\n\n박정천동지, 조용원동지가 동행하였다.", resources, outlet=_KCNA,
                   published="2024-05-18"),
        ],
        resources,
    )  # fmt: skip


def test_parts_stand_under_their_visit(visit: list[Report], resources: Resources) -> None:
    rows = timeline(resolved(visit, resources))
    assert [(r.kind, r.depth) for r in rows][:2] == [("visit", 0), ("arrive", 1)]
    assert {r.parent for r in rows[1:]} == {rows[0].id}
    assert "depart" not in [r.kind for r in timeline(resolved(visit, resources), kinds=["visit", "arrive"])]
    assert timeline(resolved(visit, resources), people=["Kim Jong Un"]) == ()
    assert timeline(resolved(visit, resources), since="2023-11-01") == ()


def test_a_dispute_has_each_value_with_words_chain_and_day(visit: list[Report], resources: Resources) -> None:
    found = conflicts(resolved(visit, resources), fields=["date"])
    assert [d.kind for d in found] == ["depart"]
    versions = {v.value: v for v in found[0].contradiction.versions}
    assert set(versions) == {"2023-10-19", "2023-10-20"}
    assert versions["2023-10-20"].sources == ("러시아 외무부",)
    assert versions["2023-10-19"].words == "19일 저녁"
    assert {v.published for v in versions.values()} == {"2023-10-20"}


def test_a_happening_is_shown_with_the_reasons_that_joined_its_reports(visit: list[Report], resources: Resources) -> None:
    whole = resolved(visit, resources)
    departure = next(h for h in whole.happenings if h.kind == "depart")
    shown = show(whole, departure.id[:8])
    assert shown.happening == departure
    assert shown.parent is not None
    assert shown.parent.kind == "visit"
    joined = [t for t in shown.tellings if t.like]
    assert len(joined) == len(shown.tellings) - 1 == 1
    assert {r.field for r in joined[0].why} >= {"actor", "date"}
    assert joined[0].score == pytest.approx(sum(r.weight for r in joined[0].why))
    with pytest.raises(KeyError):
        show(whole, "h")


def test_order_named_first_seen_and_who_changed_places(inspections: Resolved) -> None:
    found = appearances(inspections, person="박정천")
    assert [(a.date, a.order, a.of, a.first, a.gap) for a in found] == [("2024-05-03", 3, 4, True, None), ("2024-05-17", 2, 3, False, 14)]
    assert found[1].ahead == ("jo-yong-won",)
    assert appearances(inspections, person="jo-yong-won")[1].behind == ("pak-jong-chon",)
    assert {a.happening for a in appearances(inspections, beside=["리병철"])} == {found[0].happening}
    for appearance in appearances(inspections):
        text = inspections.reports[appearance.document].text
        assert text[appearance.start : appearance.end] == appearance.words != ""


def test_counts_of_a_tracker(inspections: Resolved) -> None:
    rows = {a.person: a for a in attendance(appearances(inspections), until="2024-06-01")}
    kim = rows["kim-jong-un"]
    assert (kim.count, kim.first, kim.last, kim.since_last, kim.longest_gap) == (2, "2024-05-03", "2024-05-17", 15, 14)
    assert dict(kim.by_month) == {"2024-05": 2}
    assert ("jo-yong-won", "조용원", 2) in kim.beside
    assert rows["ri-pyong-chol"].since_last == 29


def test_whoever_is_spelt_in_two_ways_is_counted_once(inspections: Resolved) -> None:
    first, *rest = appearances(inspections, beside=["조용원"])
    other = tuple(msgspec.structs.replace(c, name="조룡원") if c.person == "jo-yong-won" else c for c in first.beside)
    among = (msgspec.structs.replace(first, beside=other), *(a for a in rest if a.person == first.person))
    (counted,) = attendance(among)
    assert [row for row in counted.beside if row[0] == "jo-yong-won"] == [("jo-yong-won", "조용원", 2)]
    (known,) = absent(among, [first.person])
    assert [(seen.name, seen.count) for seen in known.others if seen.person == "jo-yong-won"] == [("조용원", 2)]


def test_what_one_side_left_out(resources: Resources) -> None:
    told = [
        report("김정은 북한 국무위원장이 3일 박정천을 만났다. 윤석열 대통령이 4일 조 바이든 대통령과 통화했다.", resources, outlet="연합뉴스",
               published="2024-05-04"),
        report("김정은동지께서 5월 3일 박정천동지를 만나시였다.", resources, outlet="조선중앙통신", published="2024-05-05"),
        report("윤석열 대통령은 9월 4일 기시다 총리와 통화했다.", resources, outlet="연합뉴스", published="2024-09-05"),
    ]  # fmt: skip
    whole = resolved(told, resources)
    found = {g.date: g for g in gaps(whole, sides(resources.lexicon), every=True) if g.date}
    assert found["2024-05-04"].missing == ("PRK",)
    assert found["2024-09-04"].missing == ()
    assert found["2024-09-04"].unknown == ("PRK",)
    both = found["2024-05-03"]
    assert {c.side: c.lag for c in both.told} == {"PRK": 2, "KOR": 1}
    days = {d.date: d.sides for d in by_day(found.values())}
    assert days["2024-05-04"] == (("PRK", 0, 1), ("KOR", 1, 0))


def test_an_explicit_silence_is_kept_with_its_words(resources: Resources) -> None:
    told = [report("윤석열 대통령이 4일 조 바이든 대통령과 만났다. 조선중앙통신은 이 회담을 보도하지 않았다.", resources, outlet="연합뉴스",
                   published="2024-05-04")]  # fmt: skip
    (silence,) = silences(told, sides(resources.lexicon))
    assert silence.side == "PRK"
    assert "보도하지 않았다" in silence.words
    assert told[0].text[silence.start : silence.end] == silence.words


def test_a_name_that_vanished_from_a_page(resources: Resources) -> None:
    page = "https://kcna.example/1"
    text = "김정은동지께서 5월 17일 중요군수공장을 현지지도하시였다.\n\n조용원동지, 박정천동지, 리병철동지가 동행하였다."
    old = report(text, resources, outlet=_KCNA, published="2024-05-18", url=page)
    new = report(text.replace(", 리병철동지", ""), resources, outlet=_KCNA, published="2024-05-18", url=page)
    same = report(text + "\n", resources, outlet=_KCNA, published="2024-05-18", url="https://kcna.example/2")
    (found,) = edits([old, new, same])
    assert found.silent
    assert [(v.person, v.where, v.order) for v in found.gone] == [("ri-pyong-chol", "list", 4)]
    assert old.text[found.gone[0].start : found.gone[0].end] == found.gone[0].words
    assert found.added == ()
    assert [f.field for f in found.fields] == ["participants"]


def test_a_declared_correction_is_not_silent(resources: Resources) -> None:
    page = "https://evening.example/1"
    old = report("이재명 대통령이 9일 시진핑 주석과 통화했다.", resources, outlet="저녁통신(가상)", published="2025-06-10", url=page)
    new = report("이재명 대통령이 10일 시진핑 주석과 통화했다. 앞서 9일로 전한 날짜를 바로잡습니다.", resources, outlet="저녁통신(가상)",
                 published="2025-06-11", url=page)  # fmt: skip
    (found,) = edits([new, old])
    assert not found.silent
    assert (found.old, found.new) == (old.document, new.document)


def test_every_record_turns_into_json(inspections: Resolved, resources: Resources) -> None:
    side_of = sides(resources.lexicon)
    for records in (timeline(inspections), conflicts(inspections), appearances(inspections), gaps(inspections, side_of, every=True)):
        assert msgspec.json.decode(msgspec.json.encode(records)) is not None
