"""Other coders' readings: kept, compared field by field, their differences listed."""

from __future__ import annotations

import io
import json
from pathlib import Path

import msgspec
import pytest

from sacho.exchange import dump, load
from sacho.export.jsonl import document_line, encode
from sacho.records import Event, Participant, Status
from sacho.review import Disagreement, agreement_of, disagreements, import_coder
from sacho.store import Reading, Store, StoreError, add, count_events, create_store, judge
from sacho.store.coders import CoderReport, count_coder_reports, put_coder_reports, read_coder_reports
from tests.store.conftest import DPRK, reading

AT = "2026-01-01T00:00:00Z"
TALKS = (
    "한미 외교장관이 20일 서울에서 회담했다.\n\n"
    "조태열 외교부 장관은 20일 서울에서 안토니 블링컨 미국 국무장관과 회담했다. 블링컨 장관은 21일 서울을 떠났다."
)  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> Reading:
    found = reading(TALKS)
    assert len(found.events) > 1
    return found


def _lines(read: Reading, events: tuple[Event, ...], *, document: bool = True) -> bytes:
    head = [encode(document_line(read.document, read.publication))] if document else []
    return "".join(line + "\n" for line in (*head, *(encode(e) for e in events))).encode()


def _import(store: Store, coder: str, data: bytes) -> list[str]:
    return [letter.reason for letter in import_coder(store, coder, ["-"], at=AT, stdin=io.BytesIO(data)).letters]


def _changed(event: Event, **values: object) -> Event:
    return msgspec.structs.replace(event, **values)


def test_a_reading_is_kept_beside_the_programs_and_replaced_by_the_next(store: Store, whole: Reading) -> None:
    add(store, [whole], at=AT)
    assert _import(store, "갑", _lines(whole, whole.events)) == []
    other = tuple(_changed(e, id=f"x{i}") for i, e in enumerate(whole.events[:1]))
    assert _import(store, "갑", _lines(whole, other)) == []
    (kept,) = read_coder_reports(store)
    assert (kept.coder, kept.document, kept.events) == ("갑", whole.document.id, other)
    assert count_events(store) == len(whole.events) and count_coder_reports(store) == {"갑": 1}


def test_the_same_reading_again_changes_nothing(store: Store, whole: Reading) -> None:
    add(store, [whole], at=AT)
    first = import_coder(store, "갑", ["-"], at=AT, stdin=io.BytesIO(_lines(whole, whole.events)))
    again = import_coder(store, "갑", ["-"], at="2027", stdin=io.BytesIO(_lines(whole, whole.events)))
    assert (first.reports, first.changed, again.reports, again.changed) == (1, 1, 1, 0)
    assert [r.at for r in read_coder_reports(store)] == [AT]


def test_a_coder_who_found_nothing_has_read_the_report(store: Store, whole: Reading) -> None:
    add(store, [whole], at=AT)
    assert _import(store, "갑", _lines(whole, ())) == []
    found = disagreements(store)
    assert len(found) == len(whole.events) and {d.fields for d in found} == {("event",)}
    assert agreement_of(store).pairs[0].events_f1 == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "chat"}, "of the kind 'chat'"), ({"evidence": ()}, "names no report"), ({"confidence": 7.0}, "the confidence 7.0"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_named(change: dict[str, object], words: str, store: Store, whole: Reading) -> None:
    add(store, [whole], at=AT)
    (letter,) = _import(store, "갑", _lines(whole, (_changed(whole.events[0], **change),)))
    assert words in letter and letter.startswith("stdin:") and letter.endswith(".")


def test_a_report_that_the_store_has_not_got_is_named(store: Store, whole: Reading) -> None:
    (letter,) = _import(store, "갑", _lines(whole, whole.events))
    assert whole.document.id in letter and "sacho code --store" in letter and count_coder_reports(store) == {}


@pytest.mark.parametrize("name", ["sacho", "review", " "])
def test_names_of_coders_that_are_always_there_are_refused(name: str, store: Store) -> None:
    with pytest.raises(ValueError, match="cannot be the name"):
        import_coder(store, name, ["-"], at=AT, stdin=io.BytesIO(b""))


def test_an_id_used_twice_is_refused_and_nothing_is_changed(store: Store, whole: Reading) -> None:
    other = reading(DPRK)
    add(store, [whole, other], at=AT)
    assert _import(store, "갑", _lines(whole, whole.events)) == []
    stolen = _changed(other.events[0], id=whole.events[0].id)
    with pytest.raises(StoreError, match="to events of two reports"):
        put_coder_reports(store, [CoderReport(coder="갑", document=other.document.id, at=AT, events=(stolen,))])
    assert [r.document for r in read_coder_reports(store)] == [whole.document.id]


def test_readings_of_coders_are_in_the_dump(store: Store, whole: Reading, tmp_path: Path) -> None:
    add(store, [whole], at=AT)
    _import(store, "갑", _lines(whole, whole.events[:1]))
    _import(store, "을", _lines(whole, ()))
    first, second = io.BytesIO(), io.BytesIO()
    dump(store, first)
    with create_store(tmp_path / "other.db") as other:
        done = load(other, ["-"], at="2027", stdin=io.BytesIO(first.getvalue()))
        dump(other, second)
    assert second.getvalue() == first.getvalue() and (done.coders, done.letters) == (2, ())


# ---------------------------------------------------------------- agreement


def test_coders_who_agree_agree_wholly(store: Store, whole: Reading) -> None:
    add(store, [whole], at=AT)
    _import(store, "갑", _lines(whole, whole.events))
    found = agreement_of(store)
    (pair,) = found.pairs
    assert (found.coders, found.reports, pair.events_f1, disagreements(store)) == (("sacho", "갑"), 1, 1, ())
    assert {f.alpha for f in found.fields} <= {1, None} and {f.same for f in pair.fields} == {1}
    assert {f.field for f in found.fields if f.alpha == 1} >= {"kind", "date"}


def test_figures_by_hand(store: Store, readings: list[Reading]) -> None:
    """Of the n events the other coder takes the test for a launch, leaves the day of the session out, and misses the request."""
    most = next(r for r in readings if {"test", "convene", "request"} <= {e.kind for e in r.events})
    add(store, [most], at=AT)
    n = len(most.events)
    kind, day, gone = (next(e for e in most.events if e.kind == name) for name in ("test", "convene", "request"))
    read = tuple(_changed(e, kind="launch") if e == kind else _changed(e, date="") if e == day else e for e in most.events if e != gone)
    _import(store, "갑", _lines(most, read))
    (pair,) = agreement_of(store).pairs
    fields = {f.field: f for f in pair.fields}
    assert (pair.events_first, pair.events_second, pair.matched) == (n, n - 1, n - 1)
    assert pair.events_f1 == pytest.approx(2 * (n - 1) / (2 * n - 1))
    assert fields["kind"].same == fields["date"].same == pytest.approx((n - 2) / (n - 1))
    dated = sum(bool(e.date) for e in most.events if e != gone)
    assert fields["date"].f1 == pytest.approx(2 * (dated - 1) / (2 * dated - 1))
    assert fields["status"].same == fields["actor"].same == 1
    found = {d.event: d.fields for d in disagreements(store)}
    assert found == {kind.id: ("kind",), day.id: ("date",), gone.id: ("event",)}


def test_alpha_is_over_all_coders_and_kappa_over_two(store: Store, whole: Reading) -> None:
    add(store, [whole], at=AT)
    first, *rest = whole.events
    _import(store, "갑", _lines(whole, (_changed(first, status=Status.planned), *rest)))
    _import(store, "을", _lines(whole, (_changed(first, status=Status.planned), *rest)))
    found = agreement_of(store)
    assert [(p.first, p.second) for p in found.pairs] == [("sacho", "갑"), ("sacho", "을"), ("갑", "을")]
    assert {f.field: f.same for f in found.pairs[2].fields}["status"] == 1
    assert {f.field: f.units for f in found.fields}["status"] == len(whole.events)
    alpha = {f.field: f.alpha for f in found.fields}["status"]
    assert alpha is not None and alpha < 1
    (one,) = disagreements(store)
    assert one.fields == ("status",) and [s.values["status"] for s in one.sides] == ["occurred", "planned", "planned"]


def test_a_name_that_ends_in_the_other_is_the_same(store: Store, whole: Reading) -> None:
    add(store, [whole], at=AT)
    event = next(e for e in whole.events if e.actor and len(e.actor[0].name) > 2)
    longer = tuple(_changed(p, id="x", name=f"미국 {p.name}") for p in event.actor)
    _import(store, "갑", _lines(whole, tuple(_changed(e, actor=longer) if e == event else e for e in whole.events)))
    assert disagreements(store) == ()


def test_a_coder_who_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(ValueError, match="병 coded nothing"):
        agreement_of(store, ["병"])
    with pytest.raises(ValueError, match="'병' is not there"):
        disagreements(store, ["병"])
    with pytest.raises(ValueError, match="'colour' is not there"):
        disagreements(store, fields=["colour"])


# ---------------------------------------------------------------- disagreements


def _differing(store: Store, whole: Reading) -> tuple[Disagreement, ...]:
    first, *rest = whole.events
    stranger = Participant(id="name:홍길동", name="홍길동", as_written="홍길동")
    added = _changed(first, id="e-new", kind="sign", actor=(stranger,), recipient=(), participants=(), evidence=(
        msgspec.structs.replace(first.evidence[0], field="kind", start=0, end=2, quote=whole.document.text[:2]),))  # fmt: skip
    _import(store, "갑", _lines(whole, (_changed(first, place=None), *rest, added)))
    return disagreements(store)


def test_the_queue_has_the_words_of_each_side_and_the_weightiest_first(store: Store, whole: Reading) -> None:
    add(store, [whole], at=AT)
    found = _differing(store, whole)
    assert [d.fields for d in found] == [("event",), ("place",)] and found[0].worth > found[1].worth
    new, place = found
    assert (new.event, new.sides[0].event, new.sides[1].event) == ("e-new", "", "e-new")
    assert place.event == whole.events[0].id
    for side in (s for d in found for s in d.sides if s.event):
        assert whole.document.text[side.start : side.end] == side.words
    assert disagreements(store, fields=["place"]) == (place,) and disagreements(store, limit=1) == (new,)


def test_a_judgement_settles_a_disagreement_and_its_undo_brings_it_back(store: Store, whole: Reading) -> None:
    from sacho.store import undo

    add(store, [whole], at=AT)
    new, place = _differing(store, whole)
    judge(store, [new.event], "accepted", by="검토자", at=AT)  # the program missed it
    judge(store, [place.event], "corrected", by="검토자", at=AT, field="place", value=None)
    assert disagreements(store) == () and disagreements(store, settled=True) == (new, place)
    undo(store, by="검토자", at=AT)
    assert disagreements(store) == (place,)
    judge(store, [place.event], "unsure", by="검토자", at=AT)
    assert disagreements(store) == (place,)


def test_the_reviewers_are_a_coder_of_reports_that_were_judged_whole(store: Store, whole: Reading) -> None:
    add(store, [whole], at=AT)
    _import(store, "갑", _lines(whole, whole.events))
    ids = [e.id for e in whole.events]
    judge(store, ids[1:], "accepted", by="검토자", at=AT)
    assert agreement_of(store, ["review", "갑"]).reports == 0
    judge(store, ids[:1], "rejected", by="검토자", at=AT)
    (pair,) = agreement_of(store, ["review", "갑"]).pairs
    assert (pair.first, pair.events_first, pair.events_second) == ("review", len(ids) - 1, len(ids))


# ---------------------------------------------------------------- gold


_GOLD = """---
title: 가온국 외무장관, 나래국서 회담
outlet: 바다신문(가상)
published: 2024-05-22
---
왕이 중국 외교부장이 지난 20일 모스크바에서 세르게이 라브로프 러시아 외무장관과 회담했다.
"""
_READING = {
    "id": "talks", "events": [
        {"kind": "meet", "trigger": "회담했다", "who": ["왕이"], "whom": ["세르게이 라브로프"], "date": "2024-05-20", "place": "모스크바",
         "status": "occurred", "reported_by": [], "main": True},
    ], "quotes": [],
}  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "talks.md").write_text(_GOLD, encoding="utf-8")
    (tmp_path / "gold" / "talks.json").write_text(json.dumps(_READING, ensure_ascii=False, indent=1), encoding="utf-8")
    return tmp_path / "gold"


def test_a_gold_report_is_a_coders_reading(store: Store, gold: Path) -> None:
    from sacho.coding import code_document
    from sacho.ingest import read
    from sacho.records import Document
    from sacho.store import reading_of
    from sacho.store.words import load_vocabulary

    assert "is no report of" in import_coder(store, "을", [str(gold)], at=AT).letters[0].reason
    (document,) = (d for d in read([str(gold / "talks.md")]) if isinstance(d, Document))
    add(store, [reading_of(code_document(document), load_vocabulary())], at=AT)
    done = import_coder(store, "을", [str(gold)], at=AT)
    assert (done.reports, done.events, done.letters) == (1, 1, ())
    (pair,) = agreement_of(store).pairs
    assert (pair.matched, {f.field: f.same for f in pair.fields}["kind"]) == (1, 1)
    (kept,) = read_coder_reports(store)
    assert kept.gold is not None and (kept.gold.report, kept.gold.reading) == (_GOLD, (gold / "talks.json").read_text(encoding="utf-8"))
