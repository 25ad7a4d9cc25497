"""What is asked, judged and loaded is data: it never becomes a part of a statement or of the full-text query, whatever it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice

import msgspec
import pytest
from bench.store_trouble import batches
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event, func, select

from sacho.store import (
    Selection,
    SelectionError,
    Store,
    StoreError,
    add,
    count_events,
    count_facets,
    find_document,
    find_event,
    judge,
    list_events,
    overview,
    read_event,
    search,
    undo,
)
from sacho.store.fulltext import index_documents
from sacho.store.fulltext_query import Term, is_there, numbers_of, subquery_of
from sacho.store.tables import judgement, metadata

AT = "2026-01-01T00:00:00Z"
_MARK = "zqjxkw"  # stands in everything that is asked here and nowhere else
_PIECES = ("'", '"', ";", "--", "/*", "*/", ")", "(", "\\", "\x00", "%", "_", "$$", ":a", "?", "%(q)s", "{reading}", "NEAR(", " OR 1=1",
           "'; DROP TABLE event; --", '") OR reading : ("', "' | '", "<->", ":*", "!", "&", "^", "-", "*", "\u2028", "\ud7ff", "１", "회담")  # fmt: skip
HOSTILE = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=3)), max_size=6).map(lambda some: _MARK.join(["", *some, ""]))
_SETTINGS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def full(store: Store) -> Store:
    add(store, [r for some in islice(batches(1), 2) for r in some], at=AT)
    return store


@contextmanager
def statements(store: Store) -> Iterator[list[tuple[str, object]]]:
    """Everything that goes to the engine meanwhile: statements and bound values."""
    asked: list[tuple[str, object]] = []

    def listen(*call: object) -> None:
        asked.append((str(call[2]), call[3]))

    event.listen(store.engine, "before_cursor_execute", listen)
    try:
        yield asked
    finally:
        event.remove(store.engine, "before_cursor_execute", listen)


def _rows(store: Store) -> dict[str, int]:
    with store.read() as connection:
        return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in metadata.sorted_tables}


def _all_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _all_of(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _all_of(one)


_FIELDS = tuple(f.name for f in msgspec.structs.fields(Selection) if f.type == tuple[str, ...] and f.name not in ("review", "standing"))


@_SETTINGS
@given(field=st.sampled_from((*_FIELDS, "since", "until", "each", "review", "standing")), value=HOSTILE)
def test_no_value_of_a_selection_stands_in_a_statement(full: Store, field: str, value: str) -> None:
    before = _rows(full)
    chosen = Selection(**{field: value if field in ("since", "until", "each") else (value, "PRK")})  # type: ignore[arg-type]
    with statements(full) as asked:
        for ask in (list_events, count_events, count_facets, overview):
            try:
                ask(full, chosen)
            except SelectionError as error:
                assert "\n" not in str(error).strip()
    assert not [s for s, _ in asked if _MARK in s]
    assert _rows(full) == before


@_SETTINGS
@given(query=HOSTILE, exact=st.booleans())
def test_of_a_query_only_words_reach_the_full_text(full: Store, query: str, exact: bool) -> None:
    with statements(full) as asked:
        search(full, query, exact=exact)
        count_events(full, Selection(text=query, exact=exact))
        overview(full, Selection(text=query, exact=exact))
    assert not [s for s, _ in asked if _MARK in s]
    about = [v for _, bound in asked for v in _all_of(bound) if _MARK in v.lower()]
    assert all(set(re.sub(r"[0-9A-Za-z가-힣一-鿿㐀-䶿]+", "w", v)) <= set("w \"'(){}:<->_") for v in about), about


@_SETTINGS
@given(words=st.lists(st.lists(HOSTILE, min_size=1, max_size=3), min_size=1, max_size=4), exact=st.booleans(), wanted=st.booleans())
def test_terms_that_somebody_made_up_are_no_syntax_either(full: Store, words: list[list[str]], exact: bool, wanted: bool) -> None:
    """Also past the reading of what was typed: the last place before the engine."""
    terms = [Term(typed="x", alternatives=tuple(tuple(a) for a in words), wanted=wanted), Term(typed="정부", alternatives=(("정부",),))]
    with full.read() as connection, statements(full) as asked:
        found = numbers_of(connection, terms, exact=exact)
        again = connection.execute(subquery_of(connection, terms, exact=exact)).scalars().all()
        assert not is_there(connection, "".join(words[0]), exact=exact)
    assert sorted(again) == found.tolist() and len(found) == (0 if wanted else 20)
    assert not [s for s, _ in asked if _MARK in s]


@_SETTINGS
@given(value=HOSTILE)
def test_ids_keys_and_judgements_are_only_data(full: Store, value: str) -> None:
    before = _rows(full)
    one = list_events(full, limit=1).lines[0].event.id
    with statements(full) as asked:
        for find in (read_event, find_event, find_document):
            assert _refused(lambda find=find: find(full, value)) is None  # type: ignore[misc]
        with pytest.raises(SelectionError):
            list_events(full, after=value)
        for judged in (
            lambda: judge(full, [one], value, by="a", at=AT), lambda: judge(full, [one], "corrected", by="a", at=AT, field=value),
            lambda: judge(full, [one], "corrected", by="a", at=AT, field="kind", value=value), lambda: undo(full, by="a", at=AT, batch=value),
        ):  # fmt: skip
            with pytest.raises(StoreError):
                judged()
        assert _rows(full) == before
        if "\x00" not in value:  # PostgreSQL keeps none
            act = judge(full, [one], "accepted", by=value, at=value, note=value)
            with full.read() as connection:
                row = connection.execute(select(judgement.c.by, judgement.c.at, judgement.c.note).where(judgement.c.batch == act)).one()
            assert tuple(row) == (value, value, value)
            undo(full, by=value, at=AT)
    assert not [s for s, _ in asked if _MARK in s]


def _refused(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except StoreError:
        return None


@_SETTINGS
@given(forms=st.lists(HOSTILE, min_size=3, max_size=3))
def test_words_that_another_program_gave_are_indexed_as_words(full: Store, forms: list[str]) -> None:
    """Loaded records may hold any form for a morpheme."""
    made = next(batches(77))[0]
    assert made.morphemes is not None
    bad = msgspec.structs.replace(made.morphemes, forms=(*forms, *made.morphemes.forms[3:]), parts=tuple((0, 1, f) for f in forms))

    class Back(Exception):
        pass

    def write(connection: Connection) -> None:
        reading = msgspec.structs.replace(made, morphemes=None)
        add_bare(connection)
        index_documents(connection, [msgspec.structs.replace(reading, morphemes=bad)])
        assert is_there(connection, made.morphemes.forms[5], exact=False)  # type: ignore[union-attr]
        raise Back

    def add_bare(connection: Connection) -> None:
        from sacho.store.rows import Keys, document_row
        from sacho.store.tables import document

        keys = Keys(document=10_000, run=1, change=1, events={}, mentions=0)
        row = document_row(made, keys, "x", supersedes=None, superseded=False)
        connection.execute(document.insert(), [dict(zip((c.name for c in document.columns), row, strict=True))])

    with statements(full) as asked, pytest.raises(Back), full.write() as connection:
        write(connection)
    assert not [s for s, _ in asked if _MARK in s]
