"""A whole run: groups, rules, the program's own records, the baseline."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from sacho.coding import code_document
from sacho.evaluation import (
    Evaluation,
    GoldError,
    GoldReport,
    Reading,
    compare_all,
    digest,
    evaluate,
    reading_of_coding,
    select,
)
from sacho.evaluation.baseline import baseline_of, read_baseline, shortfalls, write_baseline
from sacho.evaluation.readings import Name, Proof
from sacho.evaluation.report import as_json
from sacho.evaluation.run import code_reading
from sacho.records import Document
from tests.evaluation.conftest import GOLD, perfect


def _run(reports: dict[str, GoldReport], *, by: str = "", late: bool = False, missing: int = 0) -> Evaluation:
    """Evaluate a reader that is perfect but for the first `missing` events of a report and, if `late`, every date."""
    known = {r.document.id: r for r in reports.values()}

    def reader(document: Document) -> Reading:
        read = perfect(known[document.id])
        events = [msgspec.structs.replace(e, dates=("1999",)) if late else e for e in read.events[missing:]]
        return msgspec.structs.replace(read, events=tuple(events))

    return evaluate(compare_all(reports.values(), reader), by=by, digest=digest(GOLD, tuple(reports.values())))


def _value(evaluation: Evaluation, name: str) -> float | None:
    return next(f.value for f in evaluation.figures if f.name == name)


def test_figures_are_summed_over_reports(reports: dict[str, GoldReport]) -> None:
    evaluation = _run(reports, missing=1)
    assert evaluation.reports == ("ferry-visit", "harbour-talks")
    assert _value(evaluation, "events.recall") == pytest.approx(4 / 6)
    assert _value(evaluation, "events.precision") == 1
    assert [f.cause for f in evaluation.faults] == ["missed", "missed"]


def test_by_kind_an_event_of_another_kind_in_the_family_is_missed_and_spurious(reports: dict[str, GoldReport]) -> None:
    known = {r.document.id: r for r in reports.values()}

    def reader(document: Document) -> Reading:
        read = perfect(known[document.id])
        return msgspec.structs.replace(read, events=tuple(msgspec.structs.replace(e, kind="visit") if e.kind == "arrive" else e for e in read.events))

    groups = {g.name: g for g in evaluate(compare_all(reports.values(), reader), by="kind").groups}
    assert groups["arrive"].figures["events.recall"] == 0
    assert groups["visit"].figures["events.precision"] == 0.5 and groups["visit"].figures["events.recall"] == 1
    assert groups["accuse"].figures["events.f1"] == 1
    assert sum(g.tally.get("events.gold", 0) for g in groups.values()) == 6


def test_a_rule_is_right_if_its_value_is(reports: dict[str, GoldReport]) -> None:
    known = {r.document.id: r for r in reports.values()}

    def reader(document: Document) -> Reading:
        """Rule `go` reads arrivals as visits and every date a day late, rule `test` everything right."""
        read = perfect(known[document.id])
        late = (Proof(field="date", rule="late", words="17일"), Proof(field="actor", rule="name", words="왕이"))
        events = [
            msgspec.structs.replace(e, kind="visit", rule="go", dates=("2016-08-20",), proofs=late, actor=(Name(name="왕이", written="왕이"),))
            if e.kind == "arrive" else e
            for e in read.events
        ]  # fmt: skip
        return msgspec.structs.replace(read, events=tuple(events))

    rules = {(r.field, r.rule): (r.right, r.read) for r in evaluate(compare_all(reports.values(), reader)).rules}
    assert rules == {("kind", "go"): (0, 1), ("kind", "test"): (5, 5), ("date", "late"): (0, 1), ("participants", "name"): (1, 1)}


def test_by_outlet_and_phenomenon(reports: dict[str, GoldReport]) -> None:
    outlets = {g.name: g.tally["events.gold"] for g in _run(reports, by="outlet").groups}
    assert outlets == {"나루통신(가상)": 4, "바다신문(가상)": 2}
    groups = {g.name: g for g in _run(reports, by="phenomenon", missing=1).groups}
    assert set(groups) == {
        "text: attendee list", "text: body/caption contradiction", "text: reported speech chain", "event: hypothetical", "event: relative date",
    }  # fmt: skip
    assert groups["text: attendee list"].figures["events.recall"] == 0.5
    assert groups["event: relative date"].figures["events.recall"] == 0
    assert groups["event: hypothetical"].figures["events.recall"] == 1
    assert groups["event: hypothetical"].figures["events.precision"] is None


def test_only_takes_the_reports_kept_aside_or_the_others(reports: dict[str, GoldReport]) -> None:
    chosen = {only: [r.id for r in select(reports.values(), only)] for only in ("blind", "dev", "all")}
    assert chosen == {"blind": ["ferry-visit"], "dev": ["harbour-talks"], "all": ["ferry-visit", "harbour-talks"]}


def test_the_programs_own_records_can_be_compared(reports: dict[str, GoldReport]) -> None:
    report = reports["ferry-visit"]
    coding = code_document(report.document)
    read = reading_of_coding(coding)
    assert coding.events and len(read.events) == len(coding.events)
    for event, told in zip(coding.events, read.events, strict=True):
        assert (told.kind, told.status, told.dates, told.rule) == (event.kind, event.status.value, (event.date,), event.rule)
        assert [report.document.text[s.start : s.end] for s in told.spans][:1] == [told.words]
    evaluation = evaluate(compare_all([report]))
    assert {(r.field, r.rule) for r in evaluation.rules if r.field == "kind"} == {("kind", e.rule) for e in coding.events}
    assert sum(r.read for r in evaluation.rules if r.field == "kind") == len(coding.events)


def test_a_report_that_breaks_the_program_is_told(monkeypatch: pytest.MonkeyPatch, reports: dict[str, GoldReport]) -> None:
    def broken(document: Document) -> Reading:
        raise KeyError("x")

    monkeypatch.setattr("sacho.evaluation.run.code_document", broken)
    assert code_reading(reports["ferry-visit"].document).failure == "KeyError: 'x'"


def test_two_runs_give_the_same_bytes(reports: dict[str, GoldReport]) -> None:
    assert as_json(_run(reports, by="kind", late=True)) == as_json(_run(reports, by="kind", late=True))


def test_the_baseline_catches_what_is_worse_and_only_that(tmp_path: Path, reports: dict[str, GoldReport]) -> None:
    path = tmp_path / "baseline.json"
    good, worse = _run(reports), _run(reports, late=True)
    write_baseline(path, baseline_of(good))
    assert shortfalls(read_baseline(path), good) == []
    lines = shortfalls(read_baseline(path), worse)
    assert [line.split()[0] for line in lines] == ["date.precision", "date.recall", "date.f1", "undated"]
    assert lines[1] == "date.recall is 0.0000, below the accepted 1.0000."
    write_baseline(path, baseline_of(worse))
    assert shortfalls(read_baseline(path), good) == []


def test_the_calibration_error_must_not_rise(reports: dict[str, GoldReport]) -> None:
    evaluation = _run(reports)
    baseline = baseline_of(evaluation)
    name = "calibration error.error"
    low = msgspec.structs.replace(baseline, figures={name: 0.1})
    high = msgspec.structs.replace(
        evaluation, figures=tuple(msgspec.structs.replace(f, value=0.2) if f.name == name else f for f in evaluation.figures)
    )
    assert shortfalls(low, evaluation) == []
    assert shortfalls(low, high) == [f"{name} is 0.2000, above the accepted 0.1000."]


def test_a_figure_that_vanished_falls(reports: dict[str, GoldReport]) -> None:
    baseline = msgspec.structs.replace(baseline_of(_run(reports)), figures={"gone.f1": 0.5})
    assert shortfalls(baseline, _run(reports)) == ["gone.f1 was 0.5000 and cannot be told any more."]


def test_a_baseline_of_other_gold_is_refused(reports: dict[str, GoldReport]) -> None:
    (line,) = shortfalls(baseline_of(_run({"ferry-visit": reports["ferry-visit"]})), _run(reports))
    assert "other gold" in line


def test_no_baseline_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"write it with --accept"):
        read_baseline(tmp_path / "none.json")
