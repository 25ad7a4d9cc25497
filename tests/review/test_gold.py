"""What comes of a review: gold reports that measure, and lexicon entries that a person may take over."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import pytest

from sacho.evaluation import agreement, compare, read_gold, reading_of_gold
from sacho.evaluation.readings import reading_of_events
from sacho.export.jsonl import document_line, encode
from sacho.lexicon.schema import Person, PlaceEntry, Tenure
from sacho.lexicon.tables import parse_table
from sacho.records import Participant, Place
from sacho.review import agreement_of, export_gold, import_coder, proposals, tables_of
from sacho.store import Reading, Store, add, find_document, judge, undo
from tests.store.conftest import DPRK, reading
from tests.store.test_load import dumped

AT = "2026-01-01T00:00:00Z"
TALKS = (
    "한미 외교장관이 20일 서울에서 회담했다.\n\n"
    "조태열 외교부 장관은 20일 서울에서 안토니 블링컨 미국 국무장관과 회담했다. 블링컨 장관은 21일 서울을 떠났다."
)  # fmt: skip


def _files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "gold").mkdir()
    return tmp_path / "gold"


def test_gold_goes_out_and_in_and_out_the_same(store: Store, readings: list[Reading], folder: Path, tmp_path: Path) -> None:
    add(store, readings, at=AT)
    judge(store, [e.id for r in readings for e in r.events], "accepted", by="검토자", at=AT)
    done = export_gold(store, folder)
    assert (done.reports, done.faults) == (len([r for r in readings if r.events]), ())
    gold, faults = read_gold(folder)
    assert (len(gold), faults) == (done.reports, ())
    imported = import_coder(store, "검토자", [str(folder)], at=AT)
    assert (imported.reports, imported.letters) == (done.reports, ())
    (tmp_path / "again").mkdir()
    assert export_gold(store, tmp_path / "again", coder="검토자").reports == done.reports
    assert _files(tmp_path / "again") == _files(folder)


def test_what_was_accepted_measures_as_right(store: Store, readings: list[Reading], folder: Path) -> None:
    add(store, readings, at=AT)
    judge(store, [e.id for r in readings for e in r.events], "accepted", by="검토자", at=AT)
    export_gold(store, folder)
    known = {r.document.id: r for r in readings}
    found = agreement([
        compare(reading_of_gold(g.reading, g.document.text), reading_of_events(known[g.id].events, known[g.id].quotes), text=g.document.text)
        for g in read_gold(folder)[0]
    ])  # fmt: skip
    assert {name: value for name, value in found.figures.items() if value not in (1, None) and name != "quotes F1"} == {}
    import_coder(store, "을", [str(folder)], at=AT)
    assert agreement_of(store, ["review", "을"]).pairs[0].events_f1 == 1


def test_reports_that_nobody_judged_whole_are_left_out_and_counted(store: Store, folder: Path) -> None:
    whole = reading(TALKS)
    add(store, [whole, reading("날씨가 좋다.")], at=AT)
    judge(store, [whole.events[0].id], "accepted", by="검토자", at=AT)
    judge(store, [e.id for e in whole.events[1:]], "unsure", by="검토자", at=AT)
    done = export_gold(store, folder)
    assert (done.reports, done.left_out) == (0, {"not every event is accepted, corrected or rejected": 1, "no event was read": 1})
    assert _files(folder) == {}


def test_corrections_rejections_and_what_another_coder_saw_stand_in_the_gold(store: Store, folder: Path) -> None:
    whole = reading(TALKS)
    add(store, [whole], at=AT)
    first, *rest = whole.events
    more = msgspec.structs.replace(first, id="e-new", kind="agree", type="AGREE", evidence=tuple(
        msgspec.structs.replace(p, start=whole.document.text.index("떠났다"), end=whole.document.text.index("떠났다") + 3, quote="떠났다") for p in first.evidence if p.field == "kind"
    )[:1])  # fmt: skip
    lines = encode(document_line(whole.document, whole.publication)) + "\n" + encode(more) + "\n"
    import_coder(store, "갑", ["-"], at=AT, stdin=io.BytesIO(lines.encode()))
    judge(store, [first.id], "corrected", by="검토자", at=AT, field="date", value="2023-10-19")
    judge(store, [e.id for e in rest], "rejected", by="다른 이", at=AT)
    judge(store, ["e-new"], "accepted", by="검토자", at=AT)
    assert export_gold(store, folder).reports == 1
    (gold,), faults = read_gold(folder)
    assert faults == () and gold.document.text == whole.document.text
    assert [(e.kind, e.date) for e in gold.reading.events] == [(first.kind, "2023-10-19"), ("agree", more.date)]
    assert gold.reading.not_events and set(gold.reading.not_events) <= {p.quote for e in rest for p in e.evidence}
    assert set(gold.reading.annotator.split(", ")) == {"검토자", "다른 이"} and gold.front.outlet == "시험신문(가상)"
    (pair,) = agreement_of(store, ["sacho", "review"]).pairs
    assert (pair.events_first, pair.events_second, pair.matched) == (len(whole.events), 2, 2)  # the other coder saw it at the words of what was rejected
    undo(store, by="검토자", at=AT)
    assert export_gold(store, folder).reports == 1 and len(read_gold(folder)[0][0].reading.events) == 1


def test_a_reading_that_would_be_no_sound_gold_is_named_and_not_written(store: Store, folder: Path) -> None:
    whole = reading(DPRK, outlet="")
    add(store, [whole], at=AT)
    judge(store, [e.id for e in whole.events], "accepted", by="검토자", at=AT)
    done = export_gold(store, folder)
    assert done.reports == 0 and "gives no outlet" in done.faults[0] and _files(folder) == {}


# ---------------------------------------------------------------- lexicon


_BLINKEN = Participant(id="antony-blinken", name="토니 블링컨", as_written="", country="USA", sector="GOV", office="국무장관")


def _plain(*people: Participant) -> object:
    return [msgspec.to_builtins(p) for p in people]


def test_a_stranger_in_a_correction_is_a_new_person_with_the_days_of_the_office(store: Store) -> None:
    whole = reading(TALKS)
    add(store, [whole], at=AT)
    stranger = Participant(id="name:홍길동", name="홍길동", as_written="조태열 외교부 장관", country="KOR", sector="GOV", office="외교부 장관")
    meet, leave = (next(e for e in whole.events if e.kind == kind) for kind in ("meet", "depart"))
    judge(store, [meet.id, leave.id], "corrected", by="검토자", at=AT, field="actor", value=_plain(stranger))
    found = proposals(store)
    assert [(p.table, p.key, p.adds, len(p.proofs)) for p in found] == [("people.csv", "hong-gildong", "", 2), ("tenures.csv", "hong-gildong", "", 2)]
    assert found[0].proofs[0].by == "검토자" and found[0].proofs[0].document == whole.document.id
    tables = tables_of(found)
    (person,) = parse_table(tables["people.csv"], "people.csv", Person)
    (office,) = parse_table(tables["tenures.csv"], "tenures.csv", Tenure)
    assert (person.name, person.country, office.title, office.since, office.until) == ("홍길동", "KOR", "외교부 장관", *sorted((meet.date, leave.date)))
    undo(store, by="검토자", at=AT)
    assert proposals(store) == ()


def test_a_new_form_of_a_known_person_is_added_to_the_row_that_is_there(store: Store) -> None:
    whole = reading(TALKS)
    add(store, [whole], at=AT)
    value = _plain(msgspec.structs.replace(_BLINKEN, as_written="앤터니 블링켄 미국 국무장관"))
    judge(store, [whole.events[0].id], "corrected", by="검토자", at=AT, field="actor", value=value)
    (found,) = proposals(store)
    assert (found.table, found.key, found.adds) == ("people.csv", "antony-blinken", "앤터니 블링켄")
    (row,) = parse_table(tables_of([found])["people.csv"], "people.csv", Person)
    assert row.name == "토니 블링컨" and row.aliases[-1] == "앤터니 블링켄" and len(row.aliases) > 1


@pytest.mark.parametrize("written", ["미국 국무장관", "토니 블링컨 미국 국무장관", "블링컨 장관"])
def test_offices_and_known_forms_are_no_proposals(written: str, store: Store) -> None:
    whole = reading(TALKS)
    add(store, [whole], at=AT)
    value = _plain(msgspec.structs.replace(_BLINKEN, as_written=written))
    judge(store, [whole.events[0].id], "corrected", by="검토자", at=AT, field="actor", value=value)
    assert proposals(store) == ()


def test_a_new_place_is_proposed_and_what_nobody_judged_is_not(store: Store) -> None:
    whole = reading(TALKS)
    add(store, [whole], at=AT)
    assert proposals(store) == ()
    place = Place(id="", name="솔빛관", name_en="Solbit Hall", within=("서울",), country="KOR")
    judge(store, [whole.events[0].id], "corrected", by="검토자", at=AT, field="place", value=msgspec.to_builtins(place))
    (row,) = parse_table(tables_of(proposals(store))["places.csv"], "places.csv", PlaceEntry)
    assert (row.id, row.name, row.within) == ("solbit-hall", "솔빛관", "서울")


def test_the_dump_of_a_reviewed_store_keeps_gold_and_judgements(store: Store, readings: list[Reading], folder: Path) -> None:
    add(store, readings, at=AT)
    judge(store, [e.id for r in readings for e in r.events], "accepted", by="검토자", at=AT)
    export_gold(store, folder)
    import_coder(store, "을", [str(folder)], at=AT)
    assert dumped(store).count(b'"gold":{"name"') == len(list(folder.glob("*.json")))
    assert find_document(store, readings[0].document.id) is not None
