"""A perfect reading scores 1; every kind of error is counted once, in the right place and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from sacho.evaluation import GoldReport, Reading, compare, reading_of_gold
from sacho.evaluation.causes import faults
from sacho.evaluation.matching import match_events, same_name
from sacho.evaluation.measures import Comparison, figures, same_chain, tally_report
from sacho.evaluation.readings import Name
from sacho.records import Span
from tests.evaluation.conftest import perfect

_replace = msgspec.structs.replace


def _compared(report: GoldReport, read: Reading) -> Comparison:
    text = report.document.text
    return compare(reading_of_gold(report.reading, text), read, text=text, report=report.id)


def _event(number: int, **changes: Any) -> Callable[[Reading], Reading]:
    def change(read: Reading) -> Reading:
        events = [_replace(e, **changes) if i == number else e for i, e in enumerate(read.events)]
        return _replace(read, events=tuple(events))

    return change


def _without(field: str, number: int = 0) -> Callable[[Reading], Reading]:
    return lambda read: _replace(read, **{field: tuple(v for i, v in enumerate(getattr(read, field)) if i != number)})


def _twice(field: str) -> Callable[[Reading], Reading]:
    def change(read: Reading) -> Reading:
        return _replace(read, **{field: (*getattr(read, field), getattr(read, field)[0])})

    return change


def _quote(**changes: Any) -> Callable[[Reading], Reading]:
    return lambda read: _replace(read, quotes=(_replace(read.quotes[0], **changes), *read.quotes[1:]))


_NOBODY = (Name(name="홍길동"),)
# report, what is done to the perfect reading, cause, figures that fall (all others stay at 1)
_ERRORS: list[tuple[str, str, Callable[[Reading], Reading], str, set[str]]] = [
    ("missed event", "ferry-visit", _without("events", 2), "missed", {"events"}),
    ("missed main event", "harbour-talks", _without("events"), "missed", {"events", "main events"}),
    ("spurious event", "ferry-visit", _twice("events"), "spurious", {"events"}),
    ("kind of the family", "ferry-visit", _event(0, kind="visit"), "wrong kind", {"kind"}),
    ("kind of another family", "ferry-visit", _event(2, kind="threaten"), "wrong kind", {"events"}),
    ("participant", "ferry-visit", _event(2, recipient=_NOBODY), "wrong participant", {"participants"}),
    ("nobody right", "ferry-visit", _event(2, actor=_NOBODY, recipient=()), "wrong participant", {"events"}),
    ("carrier", "ferry-visit", _event(1, others=()), "wrong participant", {"participants"}),
    ("sides", "ferry-visit", _event(2, actor=(Name(name="미국"),), recipient=(Name(name="북한"),)), "wrong side", {"sides"}),
    ("date", "harbour-talks", _event(0, dates=("2024-05-21",)), "wrong date", {"date"}),
    ("no date", "harbour-talks", _event(1, dates=("",)), "wrong date", {"date"}),
    ("date given to the undated", "ferry-visit", _event(2, dates=("2016-08-18",)), "wrong date", {"date", "undated kept undated"}),
    ("place", "harbour-talks", _event(0, places=("나래국",)), "wrong place", {"place"}),
    ("place given to the placeless", "ferry-visit", _event(2, places=("평양",)), "wrong place", {"place", "no place kept"}),
    ("status", "ferry-visit", _event(2, status="planned"), "wrong status", {"status"}),
    ("status of what did not happen", "ferry-visit", _event(3, status="occurred"), "wrong status", {"status", "not events kept out"}),
    ("source", "harbour-talks", _event(0, sources=("나루통신",)), "wrong sources", {"sources", "source chain"}),
    ("attendee", "harbour-talks", _event(0, attendees=(Name(name="민유강"),)), "wrong attendees", {"attendees", "attendee lists exact"}),
    ("order of attendees", "harbour-talks", _event(0, attendees=(Name(name="오하린"), Name(name="민유강"))), "wrong attendees", {"attendee lists exact"}),
    ("missed quote", "ferry-visit", _without("quotes"), "missed quote", {"quotes", "quote starts"}),
    ("spurious quote", "ferry-visit", _twice("quotes"), "spurious quote", {"quotes"}),
    ("start of a quote", "harbour-talks", _without("quotes"), "missed quote", {"quotes", "quote starts"}),
    ("speaker", "ferry-visit", _quote(speakers=("왕이",)), "wrong speaker", {"quotes"}),
    ("missed conflict", "ferry-visit", _without("conflicts"), "missed conflict", {"conflicts"}),
    ("spurious conflict", "ferry-visit", _twice("conflicts"), "spurious conflict", {"conflicts"}),
]


@pytest.mark.parametrize("name", ["harbour-talks", "ferry-visit"])
def test_a_perfect_reading_scores_one(reports: dict[str, GoldReport], name: str) -> None:
    compared = _compared(reports[name], perfect(reports[name]))
    assert faults(compared) == ()
    values = {k: v for k, v in figures(tally_report(compared)).items() if v is not None}
    assert values.pop("calibration error.error") == 0
    assert set(values.values()) == {1.0}
    assert {"events.f1", "participants.precision", "date.recall", "quotes.f1", "not events kept out.share"} <= set(values)


@pytest.mark.parametrize(("name", "change", "cause", "fallen"), [row[1:] for row in _ERRORS], ids=[row[0] for row in _ERRORS])
def test_an_error_is_counted_once_in_its_place(
    reports: dict[str, GoldReport], name: str, change: Callable[[Reading], Reading], cause: str, fallen: set[str]
) -> None:
    compared = _compared(reports[name], change(perfect(reports[name])))
    assert [fault.cause for fault in faults(compared)] == [cause]
    values = figures(tally_report(compared))
    below = {k.rpartition(".")[0] for k, v in values.items() if v is not None and v < 1 and not k.startswith("calibration")}
    assert below == fallen


def test_an_event_made_of_forbidden_words_is_told_apart_from_a_spurious_one(reports: dict[str, GoldReport]) -> None:
    report = reports["ferry-visit"]
    read = perfect(report)
    start = report.document.text.index("오가기를")
    made = _replace(read.events[2], kind="request", actor=(Name(name="왕이"),), recipient=(), spans=(Span(start=start, end=start + 4),))
    compared = _compared(report, _replace(read, events=(*read.events, made)))
    assert [fault.cause for fault in faults(compared)] == ["made of no event"]
    assert figures(tally_report(compared))["not events kept out.share"] == 0.5
    planned = _replace(made, status="planned")
    assert [f.cause for f in faults(_compared(report, _replace(read, events=(*read.events, planned))))] == ["spurious"]


def test_forbidden_words_may_belong_to_an_event_that_happened(reports: dict[str, GoldReport]) -> None:
    """`비난했다` stands for an accusation that happened; the same words are forbidden to anything else."""
    report = reports["ferry-visit"]
    text = report.document.text
    gold = reading_of_gold(report.reading, text)
    gold = _replace(gold, forbidden=(("비난했다", gold.events[2].spans),))
    read = perfect(report)
    right = compare(gold, read, text=text)
    assert figures(tally_report(right))["not events kept out.share"] == 1
    wrong = compare(gold, _replace(read, events=(*read.events, _replace(read.events[2], kind="reject"))), text=text)
    assert figures(tally_report(wrong))["not events kept out.share"] == 0


def test_the_other_date_counts_as_right(reports: dict[str, GoldReport]) -> None:
    report = reports["ferry-visit"]
    compared = _compared(report, _event(0, dates=("2016-08-18",))(perfect(report)))
    assert faults(compared) == ()
    assert figures(tally_report(compared))["date.f1"] == 1


def test_names_are_the_same_under_their_usual_other_forms(reports: dict[str, GoldReport]) -> None:
    report = reports["ferry-visit"]
    compared = _compared(report, _event(2, actor=(Name(name="조선"),), recipient=(Name(name="미합중국"),))(perfect(report)))
    assert faults(compared) == ()


def test_an_event_is_matched_once(reports: dict[str, GoldReport]) -> None:
    """Two readings of one event: one is right, one is spurious, none is shared out over other events."""
    report = reports["harbour-talks"]
    compared = _compared(report, _twice("events")(perfect(report)))
    assert [pair for pair in compared.pairs if pair[0] == 0] in ([(0, 0)], [(0, 2)])
    tally = tally_report(compared)
    assert (tally["events.right"], tally["events.read"], tally["events.gold"]) == (2, 3, 2)


def test_swapped_sides_of_a_symmetric_act_are_no_error(reports: dict[str, GoldReport]) -> None:
    report = reports["harbour-talks"]
    compared = _compared(report, _event(0, actor=(Name(name="윤도아"),), recipient=(Name(name="한서준"),))(perfect(report)))
    assert faults(compared) == ()


def test_a_report_that_could_not_be_read_misses_everything_and_is_one_error(reports: dict[str, GoldReport]) -> None:
    nothing = Reading(events=(), quotes=(), conflicts=(), failure="KeyError: 'x'")
    compared = _compared(reports["ferry-visit"], nothing)
    assert [fault.cause for fault in faults(compared)] == ["not read"]
    assert figures(tally_report(compared))["events.recall"] == 0


def test_calibration_error_is_the_weighted_gap(reports: dict[str, GoldReport]) -> None:
    """Four events: two of 0.85 of which one is wrong (gap 0.35), two of 0.55 that are right (gap 0.45): 0.4."""
    report = reports["ferry-visit"]
    read = perfect(report)
    levels = [0.85, 0.85, 0.55, 0.55]
    events = [_replace(e, confidence=c) for e, c in zip(read.events, levels, strict=True)]
    events[0] = _replace(events[0], status="planned")
    value = figures(tally_report(_compared(report, _replace(read, events=tuple(events)))))["calibration error.error"]
    assert value == pytest.approx((2 * 0.35 + 2 * 0.45) / 4)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("러시아 외무부", "외무부", True),
        ("조선민주주의인민공화국", "북한", True),
        ("유엔 안보리", "유엔안전보장이사회", True),
        ("세르게이 라브로프", "세르게이·라브로프", True),
        ("김정은", "김정일", False),
        ("은", "김정은", False),
        ("", "", False),
    ],
)
def test_names(a: str, b: str, same: bool) -> None:
    assert same_name(a, b) is same_name(b, a) is same


def test_a_chain_of_sources_has_an_order() -> None:
    assert same_chain(("조선중앙통신", "북한 외무성"), ("조선중앙통신", "외무성"))
    assert not same_chain(("조선중앙통신", "북한 외무성"), ("북한 외무성", "조선중앙통신"))
    assert not same_chain(("조선중앙통신",), ())


def test_a_quote_starts_at_its_words_whatever_marks_stand_between(reports: dict[str, GoldReport]) -> None:
    report = reports["harbour-talks"]
    start = report.document.text.index("항구는")
    for shift, causes in ((-1, []), (3, ["missed quote", "spurious quote"])):
        assert [f.cause for f in faults(_compared(report, _quote(starts=(start + shift,))(perfect(report))))] == causes


def test_matching_takes_the_best_first_and_shared_words_between_equals(reports: dict[str, GoldReport]) -> None:
    report = reports["ferry-visit"]
    (arrive, *_) = reading_of_gold(report.reading, report.document.text).events
    near = _replace(arrive, kind="visit")
    assert match_events([arrive], [near, arrive]) == [(0, 1)]
    other_day = _replace(arrive, dates=("2016-08-01",))
    assert match_events([other_day, arrive], [arrive]) == [(1, 0)]
    elsewhere = _replace(arrive, spans=(Span(start=0, end=1),))
    assert match_events([arrive], [elsewhere, arrive]) == [(0, 1)]
    assert match_events([arrive, arrive], [arrive, arrive]) == [(0, 0), (1, 1)]
    stranger = _replace(arrive, actor=(Name(name="홍길동"),), recipient=(), others=(), attendees=())
    assert match_events([arrive], [stranger]) == []
