from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete

import sacho
from sacho.store import (
    Reading,
    Selection,
    SelectionError,
    Store,
    add,
    count_events,
    count_facets,
    create_store,
    list_events,
    search,
)
from sacho.store.selection import LISTS
from sacho.store.tables import facet_column

AT = "2026-01-01T00:00:00Z"


@pytest.fixture
def full(store: Store, readings: list[Reading]) -> Store:
    add(store, readings, at=AT)
    return store


def test_pages_hold_every_event_once_in_order(full: Store) -> None:
    seen, after = [], ""
    while True:
        page = list_events(full, limit=7, after=after)
        seen += page.lines
        after = page.next
        if not after:
            break
    days = [line.event.date[:10] or line.published for line in seen]
    assert len({line.event.id for line in seen}) == len(seen) == count_events(full)
    assert [d[:7] for d in days] == sorted((d[:7] for d in days), reverse=True)
    again = list_events(full, limit=1000, oldest_first=True).lines
    assert [line.event.id for line in again] == [line.event.id for line in reversed(seen)]


def test_every_facet_count_is_the_number_of_events_its_value_selects(full: Store) -> None:
    facets = count_facets(full)
    assert facets.total == count_events(full)
    for name in LISTS:
        for count in facets.fields[name]:
            assert count_events(full, Selection(**{name: (count.value,)})) == count.count, (name, count)  # type: ignore[arg-type]
    assert sum(c.count for c in facets.timeline) + facets.undated == facets.total


@pytest.mark.parametrize("selection", [
    Selection(text="회담"), Selection(since="2019-01-01", until="2024-01-01"), Selection(each="happening", country=("RUS",)),
    Selection(confidence_from=0.9), Selection(actor=("김정은",), dyad=("RUS-PRK",)), Selection(place=("평양",)), Selection(conflict=True),
    Selection(kind=("meet", "visit"), status=("occurred",)), Selection(participant=("Choe Son Hui",)), Selection(source=("조선중앙통신",)),
    Selection(disputed=True), Selection(each="happening"), Selection(each="happening", outlet=("통일신문(가상)",)), Selection(direction=("RUS>PRK",)),
    Selection(each="happening", disputed=True, country=("PRK",)),
])  # fmt: skip
def test_counts_from_the_cube_and_from_the_tables_agree(full: Store, selection: Selection) -> None:
    assert count_facets(full, selection).total == count_events(full, selection)


def test_the_cube_follows_what_is_added_and_judged(store: Store, readings: list[Reading], tmp_path: Path) -> None:
    from sacho.store import judge, undo

    for i, one in enumerate(readings):
        add(store, [one], at=AT)
        assert count_facets(store).total == count_events(store), i
    some = readings[0].events[0].id
    judge(store, [some], "corrected", by="a", at=AT, field="kind", value="protest")
    assert {c.value for c in count_facets(store).fields["kind"]} >= {"protest"}
    undo(store, by="a", at=AT)
    with create_store(tmp_path / "fresh.db") as fresh:
        add(fresh, readings, at=AT)
        ours, theirs = count_facets(store), count_facets(fresh)
    for name in LISTS:
        assert {(c.value, c.count) for c in ours.fields[name]} == {(c.value, c.count) for c in theirs.fields[name]}


@pytest.mark.parametrize("wrong", [
    Selection(since="gestern"), Selection(since="2024-01-02", until="2024-01-01"), Selection(review=("perhaps",)), Selection(dyad=("PRK",)),
    Selection(confidence_from=2.0), Selection(each="week"), Selection(kind=("a\x00b",)), Selection(outlet=("\udcff",)), Selection(direction=("PRK",)), Selection(direction=("PRK>PRK",)),
])  # fmt: skip
def test_a_selection_that_means_nothing_is_refused(full: Store, wrong: Selection) -> None:
    for ask in (count_events, count_facets, list_events):
        with pytest.raises(SelectionError):
            ask(full, wrong)
    with pytest.raises(SelectionError):
        list_events(full, after="1; DROP TABLE event")


@pytest.mark.parametrize(("query", "exact", "marked"), [
    ("역사", False, "력사"), ("력사", False, "력사"), ("력사", True, "력사"), ("노동당", False, "로동당"), ("조선노동당", False, "조선로동당"),
    ("러시아 외무장관", False, "외무상"), ("러시아", False, "로씨야련방"), ("라브로프", False, "쎄르게이 라브로브"), ("북러", False, "조로"), ("\"합의를 이행\"", False, "합의를 리행"),
])  # fmt: skip
def test_words_are_found_in_either_spelling_and_marked_as_written(full: Store, query: str, exact: bool, marked: str) -> None:
    found = search(full, query, exact=exact)
    with_marks = {h.snippet[m.start - h.snippet_start : m.end - h.snippet_start] for h in found.hits for m in h.marks}
    assert found.total >= 1 and marked in with_marks


@pytest.mark.parametrize(("query", "exact"), [("역사", True), ("노동당", True), ("러시아연방", True), ("접견 -러시아", False), ("", False), ("***", False)])
def test_what_is_not_written_or_not_wanted_is_not_found(full: Store, query: str, exact: bool) -> None:
    assert all("쎄르게이" not in h.title for h in search(full, query, exact=exact).hits)


_WORDS = ("NEAR", "OR", "AND", "NOT", "회담", "reading", "DROP", "--", '"', "'", "(", "*", ":", "^", "{", "\x00", "\\", "%", "&", "|", "<->", "!", ";")
_SIGNS = st.lists(st.one_of(st.sampled_from(_WORDS), st.characters()), max_size=12).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=_SIGNS, exact=st.booleans())
def test_no_sign_of_a_query_reaches_the_engine(full: Store, query: str, exact: bool) -> None:
    from sqlalchemy import event as listening

    asked: list[object] = []
    listen = lambda *call: asked.append(call[3])  # noqa: E731
    listening.listen(full.engine, "before_cursor_execute", listen)
    try:
        search(full, query, exact=exact)
        count_events(full, Selection(text=query, exact=exact))
    finally:
        listening.remove(full.engine, "before_cursor_execute", listen)
    for values in asked:
        for value in values.values() if isinstance(values, dict) else values:  # type: ignore[attr-defined]
            assert not isinstance(value, str) or _PLAIN.fullmatch(value), value


_FTS5 = r'(?:[() ]|AND|OR|NOT|\{(?:reading|wording)(?: (?:reading|wording)_parts)?\} : "[\w ]+")+'
_TSQUERY = r"'\w+'(?: <-> '\w+')*"
_PLAIN = re.compile(rf"{_FTS5}|{_TSQUERY}|\w+")


def test_python_opens_a_store_and_gets_events_with_their_reports(full: Store, where: str, readings: list[Reading]) -> None:
    every = {e.id: e for r in readings for e in r.events}
    with sacho.open(where) as archive:
        found = archive.events()
        assert isinstance(found, sacho.Events) and {e.id: e for e in found} == every
        assert found.documents == {r.document.id: r.document for r in readings if r.events}
        meetings = archive.events(kind=("meet",), limit=2)
        assert [e.id for e in meetings] == [e.id for e in found if e.kind == "meet"][:2] and len(meetings) == 2
        assert archive.event(found[0].id) == found[0] and archive.event("e-none") is None
        assert archive.search("외무상").total == search(full, "외무상").total > 0
        with pytest.raises(SelectionError, match="no field 'knd'"):
            archive.events(knd=("meet",))
        with pytest.raises(SelectionError, match="as a tuple"):
            archive.events(kind="meet")


def test_counts_start_from_the_copy_in_the_store_and_follow_what_changed_since(
    where: str, readings: list[Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sacho.store import cube, cube_columns, judge, open_store

    monkeypatch.setattr(cube, "_FEW", 1)
    begun_with: list[int] = []
    refreshed = cube.refreshed

    def seen(connection: Connection, old: cube_columns.Cube, now: int) -> cube_columns.Cube:
        begun_with.append(old.size)
        return refreshed(connection, old, now)

    with create_store(where) as store:
        add(store, readings[:6], at=AT)
    monkeypatch.setattr(cube, "_FEW", 10_000)
    monkeypatch.setattr(cube, "refreshed", seen)
    with open_store(where) as store:
        add(store, readings, at=AT)
        judge(store, [readings[0].events[0].id], "corrected", by="a", at=AT, field="kind", value="protest")
        copied = [count_facets(store, s) for s in _SELECTIONS]
        assert begun_with == [sum(len(r.events) for r in readings[:6])]
        with store.write() as connection:
            connection.execute(delete(facet_column))
    with open_store(where) as store:
        for selection, before in zip(_SELECTIONS, copied, strict=True):
            counted = count_facets(store, selection)
            assert (counted.total, counted.timeline, counted.undated) == (before.total, before.timeline, before.undated)
            assert counted.total == count_events(store, selection)
            for name in LISTS:
                ours, theirs = ({(c.value, c.label, c.label_en, c.count) for c in f.fields[name]} for f in (counted, before))
                assert ours == theirs
    assert begun_with[1:] == [0]


_SELECTIONS = (Selection(), Selection(text="회담"), Selection(each="happening"), Selection(country=("PRK",), since="2018-01-01"))


@pytest.mark.parametrize("selection", [
    Selection(actor=("김정은",)), Selection(participant=("Choe Son Hui",)), Selection(country=("PRK",)), Selection(dyad=("PRK-RUS",)), Selection(place=("평양",)),
    Selection(source=("조선중앙통신",)), Selection(country=("PRK",), place=("평양",), kind=("meet",)), Selection(country=("RUS",), each="happening"),
])  # fmt: skip
def test_a_page_of_a_frequent_value_is_that_of_a_rare_one(full: Store, selection: Selection, monkeypatch: pytest.MonkeyPatch) -> None:
    from sacho.store import conditions

    expected = list_events(full, selection, limit=1000)
    assert expected.lines
    monkeypatch.setattr(conditions, "_OFTEN", 1)
    assert list_events(full, selection, limit=1000) == expected
    assert [line.number for line in list_events(full, selection, limit=3).lines] == [line.number for line in expected.lines[:3]]


def test_a_search_gives_the_newest_reports_however_many_are_looked_at(full: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    found_in = import_module("sacho.store.search")  # the package has a function of that name

    everything = search(full, "회담", limit=1000)
    by_day = sorted(everything.hits, key=lambda h: (h.published, h.number), reverse=True)
    assert len(by_day) > 2
    for ranked, looked_at in ((0, 1), (0, 1000), (2000, 1)):
        monkeypatch.setattr(found_in, "_RANKED", ranked)
        monkeypatch.setattr(found_in, "_LOOKED_AT", looked_at)
        for offset in (0, 1, 2):
            found = search(full, "회담", limit=2, offset=offset)
            assert found.total == everything.total
            wanted = everything.hits if found.ranked else by_day
            assert [h.document for h in found.hits] == [h.document for h in wanted[offset : offset + 2]]
