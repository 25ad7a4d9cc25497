from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from sacho.records import Event
from sacho.store import (
    Reading,
    Selection,
    Store,
    StoreError,
    add,
    count_events,
    create_store,
    find_document,
    find_event,
    judge,
    list_events,
    open_store,
    read_event,
    undo,
)
from sacho.store.tables import evidence, happening, judgement, meta
from tests.store.conftest import DPRK, reading

AT = "2026-01-01T00:00:00Z"


def _events(store: Store) -> dict[str, Event]:
    return {line.event.id: line.event for line in list_events(store, limit=1000).lines}


def test_every_record_comes_back_as_it_went_in(store: Store, readings: list[Reading]) -> None:
    add(store, readings, at=AT)
    assert _events(store) == {e.id: e for r in readings for e in r.events}
    for r in readings:
        view = find_document(store, r.document.id)
        assert view is not None
        assert (view.document, view.publication, view.mentions, view.claims) == (r.document, r.publication, r.mentions, r.claims)
        assert sorted(view.quotes, key=lambda q: q.id) == sorted(r.quotes, key=lambda q: q.id)


def test_coding_the_same_again_changes_nothing(store: Store, readings: list[Reading]) -> None:
    add(store, readings, at=AT)
    with store.read() as connection:
        before = store.change(connection)
    done = add(store, readings, at="2026-01-02T00:00:00Z")
    with store.read() as connection:
        assert store.change(connection) == before
    assert (done.unchanged, done.new, done.recoded, done.rows) == (len(readings), 0, 0, 0)


def test_newer_rules_update_claims_and_keep_judgements(store: Store, readings: list[Reading]) -> None:
    add(store, readings, at=AT)
    old = next(r for r in readings if len(r.events) > 1)
    first, last = old.events[0], old.events[-1]
    judge(store, [first.id], "corrected", by="검토자", at=AT, field="date", value="2020-02-02")
    newer = msgspec.structs.replace(old, events=(msgspec.structs.replace(first, instrument="친서"), *old.events[1:-1]))
    done = add(store, [newer], at="2026-01-02T00:00:00Z")
    view = find_event(store, first.id)
    assert view is not None and view.machine is not None
    assert (view.line.event.date, view.line.event.instrument, view.machine.date, view.line.review) == (
        "2020-02-02", "친서", first.date, "corrected",
    )  # fmt: skip
    gone = find_event(store, last.id)
    assert done.withdrawn == 1 and gone is not None and gone.line.standing == "withdrawn" and gone.line.event == last
    assert last.id not in _events(store)


def test_another_version_of_an_address_is_linked_and_takes_the_place_of_the_old(store: Store, resources: object) -> None:
    old = reading(DPRK, url="https://example.org/1")
    new = reading(DPRK.replace("19일", "18일"), url="https://example.org/1")
    add(store, [old], at=AT)
    done = add(store, [new], at=AT)
    view = find_document(store, old.document.id)
    assert done.versions == 1 and view is not None and view.superseded
    assert view.versions == (old.document.id, new.document.id)
    assert set(_events(store)) == {e.id for e in new.events}
    assert count_events(store, Selection(standing=("current", "superseded"))) == len(old.events) + len(new.events)


def test_versions_that_come_in_one_batch_are_linked_too(store: Store, resources: object) -> None:
    both = [reading(DPRK, url="https://example.org/1"), reading(DPRK.replace("19일", "18일"), url="https://example.org/1")]
    assert add(store, both, at=AT).versions == 1
    assert set(_events(store)) == {e.id for e in both[1].events}


def test_reports_of_one_happening_find_each_other_in_whatever_order_they_come(store: Store, resources: object, tmp_path: Path) -> None:
    told = [
        reading("김정은 북한 국무위원장이 지난 19일 평양에서 세르게이 라브로프 러시아 외무장관을 접견했다.", outlet=f"신문{i}(가상)", published=f"2023-10-2{i}")
        for i in range(3)
    ]  # fmt: skip
    with create_store(tmp_path / "other.db") as other:
        for one in told:
            add(store, [one], at=AT)
        add(other, reversed(told), at=AT)
        views = [find_event(s, told[0].events[0].id) for s in (store, other)]
    assert views[0] is not None and views[1] is not None
    assert views[0].happening == views[1].happening and views[0].happening is not None and views[0].happening.reports == 3
    assert count_events(store, Selection(each="happening", kind=("meet",))) == 1


def test_judging_two_events_apart_and_taking_it_back_restores_the_happening(store: Store, resources: object) -> None:
    told = [reading("최선희 외무상이 16일 모스크바에서 세르게이 라브로프 러시아 외무장관과 회담했다.", outlet=f"신문{i}(가상)", published="2024-01-17") for i in range(2)]
    told[1] = reading("최선희 북한 외무상은 16일 모스크바에서 라브로프 러시아 외무장관과 회담했다고 한다.", outlet="둘째(가상)", published="2024-01-17")
    add(store, told, at=AT)

    def clusters() -> dict[str, str | None]:
        return {line.event.id: line.happening for line in list_events(store, limit=100).lines}

    before = clusters()
    a, b = told[0].events[0].id, told[1].events[0].id
    assert before[a] == before[b]
    judge(store, [a], "different", by="검토자", at=AT, other=b)
    apart = clusters()
    assert apart[a] != apart[b]
    undo(store, by="검토자", at=AT)
    assert clusters() == before


def test_everything_can_be_undone_in_bulk_and_an_undo_as_well(store: Store, readings: list[Reading]) -> None:
    add(store, readings, at=AT)
    before = _events(store)
    some = list(before)[:5]
    act = judge(store, some, "corrected", by="a", at="1", field="kind", value="visit")
    assert {read_event(store, e).kind for e in some} == {"visit"}  # type: ignore[union-attr]
    judge(store, some[:2], "rejected", by="a", at="2")
    assert count_events(store, Selection(review=("rejected",))) == 2
    undo(store, by="a", at="3")
    back = undo(store, by="a", at="4")
    assert _events(store) == before and count_events(store, Selection(review=("unreviewed",))) == len(before)
    undo(store, by="a", at="5", batch=back)
    assert {read_event(store, e).kind for e in some} == {"visit"}  # type: ignore[union-attr]
    undo(store, by="a", at="6", batch=act)
    assert _events(store) == before
    with pytest.raises(StoreError, match="nothing in force"):
        undo(store, by="a", at="7")


def test_an_older_store_is_refused_with_what_can_be_done(where: str) -> None:
    with create_store(where) as made, made.write() as connection:
        connection.execute(update(meta).where(meta.c.key == "format").values(value="0"))
    with pytest.raises(StoreError, match=r"older store format 0 .*into a new store with `sacho code --store NEW FILE \.\.\.`\.$"):
        open_store(where)


@pytest.mark.parametrize(
    ("decision", "options", "words"),
    [
        ("wrong", {}, "no judgement"), ("corrected", {"field": "id"}, "cannot be corrected"), ("same", {}, "give the other one"),
        ("corrected", {"field": "status", "value": "perhaps"}, "status"), ("corrected", {"field": "kind", "value": "party"}, "kind"),
    ],
)  # fmt: skip
def test_a_judgement_that_means_nothing_is_refused_and_changes_nothing(
    store: Store, readings: list[Reading], decision: str, options: dict[str, str], words: str
) -> None:
    add(store, readings[:1], at=AT)
    with pytest.raises(StoreError, match=words):
        judge(store, [readings[0].events[0].id], decision, by="a", at=AT, **options)  # type: ignore[arg-type]
    with store.read() as connection:
        assert connection.execute(select(judgement)).all() == []


def test_the_engine_refuses_to_change_a_judgement_or_a_span_outside_its_text(store: Store, readings: list[Reading]) -> None:
    add(store, readings[:1], at=AT)
    judge(store, [readings[0].events[0].id], "accepted", by="a", at=AT)
    for statement in (judgement.delete(), update(judgement).values(by="b"), update(evidence).values(span_end=10_000_000),
                      update(evidence).values(document_length=10_000_000, span_end=9_000_000)):  # fmt: skip
        with pytest.raises(DBAPIError), store.write() as connection:
            connection.execute(statement)


def test_a_newer_store_and_what_is_no_store_are_refused_in_one_sentence(where: str, tmp_path: Path) -> None:
    with create_store(where) as made, made.write() as connection:
        connection.execute(update(meta).where(meta.c.key == "format").values(value="99"))
    with pytest.raises(StoreError, match=r"newer Sacho.*upgrade"):
        open_store(where)
    with pytest.raises(StoreError, match="is there already"):
        create_store(where)
    other = tmp_path / "other.db"
    sqlite3.connect(other).execute("CREATE TABLE t (x)").connection.commit()
    text = tmp_path / "text.db"
    text.write_text("no database at all, only words " * 100, encoding="utf-8")
    for path, words in ((tmp_path / "absent.db", "not there"), (other, "not a Sacho store"), (text, "not a SQLite file")):
        with pytest.raises(StoreError, match=words):
            open_store(path)


def test_a_full_disk_is_told_in_one_sentence_and_loses_nothing(tmp_path: Path, readings: list[Reading]) -> None:
    with create_store(tmp_path / "s.db") as store:
        add(store, readings[:1], at=AT)
        before = _events(store)
        with store.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")  # what SQLite reports when the disk has no room
        with pytest.raises(StoreError, match=r"no room left.*all that was confirmed"):
            add(store, readings[1:], at=AT)
        assert _events(store) == before
    with open_store(tmp_path / "s.db") as store:
        add(store, readings, at=AT)
        assert len(_events(store)) == sum(len(r.events) for r in readings)


def test_happenings_are_kept_for_all_events_and_none_is_left_over(store: Store, readings: list[Reading]) -> None:
    add(store, readings, at=AT)
    held = {line.happening for line in list_events(store, limit=1000).lines}
    with store.read() as connection:
        assert set(connection.execute(select(happening.c.id)).scalars()) == held


def test_resolving_later_in_pieces_gives_the_same_happenings(
    store: Store, readings: list[Reading], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bench.store_trouble import batches

    from sacho.store import resolve_all, write

    some = [*readings, *next(batches(3))]
    add(store, some, at=AT, resolve=False)
    assert all(line.happening is None for line in list_events(store, limit=1000).lines)
    monkeypatch.setattr(write, "_RESOLVED", 7)
    resolve_all(store)
    with create_store(tmp_path / "at-once.db") as other:
        add(other, some, at=AT)
        ours, theirs = ({line.event.id: (line.happening, line.reports) for line in list_events(s, limit=1000).lines} for s in (store, other))
        assert ours == theirs and len(set(ours.values())) < len(ours)
        assert count_events(store, Selection(each="happening")) == count_events(other, Selection(each="happening"))


def test_a_reader_sees_one_state_from_its_first_read_to_its_end(store: Store, readings: list[Reading]) -> None:
    add(store, readings[:2], at=AT)
    with store.read() as connection:
        before = connection.execute(select(evidence)).all()
        change = store.change(connection)
        add(store, readings, at=AT)
        assert connection.execute(select(evidence)).all() == before and store.change(connection) == change
    with store.read() as connection:
        assert len(connection.execute(select(evidence)).all()) > len(before)
