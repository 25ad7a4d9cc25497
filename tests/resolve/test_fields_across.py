"""When two values of one field can both be true: houses, lengths, counts, papers, parties of an unknown state."""

from __future__ import annotations

import msgspec
import pytest

import sacho
from sacho.records import Evidence, Place
from sacho.resolve.contradictions import places_agree
from sacho.resolve.days import days_of, lasting
from sacho.resolve.pairwise import NEVER, compare
from sacho.resolve.quantities import agree, comparable, quantities_in
from sacho.resolve.tellings import Telling
from sacho.resolve.within import CARRIED, carried


def _place(name: str, *within: str, country: str = "") -> Place:
    return Place(id=f"name:{name}", name=name, within=within, country=country)


@pytest.mark.parametrize(
    ("a", "b"),
    [("신라호텔", "롯데호텔"), ("만수대의사당", "대외경제성 청사"), ("북한 대사관", "미국대사관"), ("평화기념관", "바다미술관")],
)
def test_two_houses_are_two_places(a: str, b: str) -> None:
    assert not places_agree(_place(a), _place(b))


@pytest.mark.parametrize(
    ("a", "b"), [("신라호텔", "서울 신라호텔"), ("정부청사", "정부서울청사"), ("호텔", "롯데호텔"), ("해변", "롯데호텔"), ("두만강", "압록강")]
)
def test_what_may_be_one_house_agrees(a: str, b: str) -> None:
    assert places_agree(_place(a), _place(b))


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("미군 3만여 명", "미군 2만7000명", False), ("미군 3만여 명", "미군 3만2000명", True), ("미군 약 3만 명", "미군 2만8000명", True),
        ("발사체는 350㎞를 날아", "비행거리는 400㎞", False), ("행사에는 모두 300명이 참석", "참석 인원은 합쳐 200명", False),
        ("30명의 러시아 대표단이 왔다", "대표단 30명", True), ("30여 명 규모의 정부 대표단", "대표단 41명", False), ("30여 명으로 구성된 대표단", "대표단 31명", True),
    ],
)
def test_counts(a: str, b: str, *, same: bool) -> None:
    (one,), (two,) = quantities_in(a, 0), quantities_in(b, 0)
    assert comparable(one, two)
    assert agree(one, two) is same


@pytest.mark.parametrize("words", ["행사에는 모두 300명", "남북 합쳐 200명"])
def test_a_count_of_nothing_named_has_no_label(words: str) -> None:
    (quantity,) = quantities_in(words, 0)
    assert not quantity.label


@pytest.mark.parametrize(("a", "b"), [("고도는 60㎞", "350㎞를 날아"), ("기자 20명", "대표단 30명"), ("대표단 30명", "모두 28명이 참석")])
def test_what_is_not_one_thing(a: str, b: str) -> None:
    (one,), (two,) = quantities_in(a, 0), quantities_in(b, 0)
    assert not comparable(one, two)


@pytest.mark.parametrize(("value", "told"), [("2012-08-20/2012-08-31", True), ("2012-08", False), ("2012", False), ("2012-08-20", False)])
def test_a_length_is_told_by_its_days(value: str, *, told: bool) -> None:
    days = days_of(value)
    assert days is not None
    assert lasting(days.first, days.last) is told


def _signing(identity: str, *actor: str, day: int = 734_000, instrument: str = "") -> Telling:
    return Telling(
        id=identity, document=identity, group="sign", kind="sign", reality="real", first=day, last=day, published=day + 1, actor=actor,
        recipient=(), instrument=instrument,
    )  # fmt: skip


def test_somebody_of_an_unknown_state_may_be_of_the_state_that_the_other_names() -> None:
    named = _signing("a", "/name:아셋 베켄", "KOR/name:한서준", instrument="바다발전소협정")
    states = _signing("b", "KAZ/", "KOR/", day=734_001, instrument="바다발전소협정")
    other = _signing("c", "KAZ/name:마라트 사린", "KOR/name:윤도아", instrument="바다발전소협정")
    assert compare(named, states).value >= 4.0
    assert compare(named, other).value == NEVER or compare(named, other).value < 4.0


@pytest.mark.parametrize(
    ("a", "b", "weight"),
    [("공동보도문", "공동발표문", 1.0), ("발전소협정", "정부간협정", 0.0), ("문화협정", "군사협정", -1.0), ("바다발전소협정", "바다발전소협정", 2.0)],
)
def test_papers(a: str, b: str, weight: float) -> None:
    score = compare(_signing("a", "KOR/", "KAZ/", instrument=a), _signing("b", "KOR/", "KAZ/", instrument=b))
    assert [r.weight for r in score.reasons if r.field == "instrument"] == [weight]


def test_a_day_carried_over_is_no_day_of_its_own() -> None:
    own = Evidence(document="d", field="date", start=0, end=3, quote="13일", rule="date")
    (event,) = [e for e in sacho.code("최선희 외무상은 13일 평양에서 왕이 부장과 회담했다.", published="2024-03-15").events if e.kind == "meet"]
    assert not carried(event, "date")
    taken = msgspec.structs.replace(event, evidence=(msgspec.structs.replace(own, rule=CARRIED),))
    assert carried(taken, "date")
    both = msgspec.structs.replace(event, evidence=(own, *taken.evidence))
    assert not carried(both, "date")


def test_a_place_carried_over_is_no_side_of_a_contradiction() -> None:
    text = "윤정호 북한 대외경제상이 12일 모스크바에서 코즐로프 러시아 천연자원부 장관을 만나 협력을 요청한 것으로 알려졌다."
    events = sacho.code(text, published="2024-03-15").events
    assert {e.kind: carried(e, "place") for e in events} == {"meet": False, "request": True}


def test_large_quantities_are_told_in_full() -> None:
    (quantity,) = quantities_in("식량 1234567톤을 보냈다.", 0)
    assert quantity.told == "1234567t"
    (quantity,) = quantities_in("식량 2.5톤을 보냈다.", 0)
    assert quantity.told == "2.5t"


def test_a_company_of_any_name_is_what_is_counted() -> None:
    (quantity,) = quantities_in("30명 규모의 특사단이 떠났다.", 0)
    assert quantity.label == "특사단"
