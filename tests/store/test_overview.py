"""What one look shows is what the tables say."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from sacho.store import Reading, Selection, SelectionError, Store, add, count_events, judge, list_events
from sacho.store.overview import ORDERS, PARTS, overview
from sacho.store.query import Line
from sacho.store.selection import LISTS

AT = "2026-01-01T00:00:00Z"


@pytest.fixture
def full(store: Store, readings: list[Reading]) -> Store:
    add(store, readings, at=AT)
    return store


def _everything(store: Store, selection: Selection) -> list[Line]:
    return list(list_events(store, selection, limit=1000).lines)


def _who(line: Line) -> list[str]:
    e = line.event
    return [p.id for p in (*e.actor, *e.recipient, *e.participants)]


@pytest.mark.parametrize("selection", [
    Selection(), Selection(each="happening"), Selection(country=("RUS",)), Selection(since="2019-01-01", until="2024-12-31", kind=("meet", "visit")),
    Selection(disputed=True, each="happening"),
])  # fmt: skip
def test_every_part_is_of_the_same_events(full: Store, selection: Selection) -> None:
    seen, lines = overview(full, selection, limit=1000), _everything(full, selection)
    assert [x.event.id for x in seen.lines] == [x.event.id for x in lines]
    assert seen.events == len(lines) == count_events(full, selection)
    assert sum(bar.events for bar in seen.timeline.bars) + seen.timeline.undated == seen.events
    assert sum(p.events for p in seen.places) + seen.unplaced == sum(x.event.place is not None for x in lines)
    assert seen.disputed == sum(bool(x.contradictions or x.event.conflicts) for x in lines)
    for tie in seen.ties:
        both = sum({tie.a, tie.b} <= set(_who(x)) for x in lines)
        assert tie.events == both and any((tie.a in pair and tie.b in pair) for x in lines for pair in combinations(_who(x), 2))


def test_who_acts_on_whom_has_a_direction_and_each_number_is_what_its_selection_finds(full: Store) -> None:
    seen = overview(full, Selection())
    ties = {(t.a, t.b): t.events for t in seen.directions}
    assert ties
    for (a, b), events in ties.items():
        assert count_events(full, Selection(direction=(f"{a}>{b}",))) == events
    for line in _everything(full, Selection()):
        e = line.event
        if not e.symmetric:
            for a in e.actor:
                for b in e.recipient:
                    assert not a.country or not b.country or a.country == b.country or ties[a.country, b.country]
    assert any(ties.get((b, a), 0) != n for (a, b), n in ties.items()), "one side acts more than the other"


@pytest.mark.parametrize("field", LISTS)
def test_counting_the_pairs_of_few_events_is_counting_those_of_all(full: Store, field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from sacho.store import count_facets, cube_columns

    few = Selection(kind=("meet", "visit"), each="happening")
    counted = []
    for at in (0, 1_000_000):  # always looked up, always walked through
        monkeypatch.setattr(cube_columns, "_FEW", at)
        counted.append(count_facets(full, few, fields=(field,), most=10_000).fields[field])
    assert counted[0] == counted[1] and (counted[0] or field in ("dyad", "direction"))


def test_parts_that_are_not_asked_for_are_left_out_and_the_others_stay(full: Store) -> None:
    whole = overview(full)
    for part in PARTS:
        some = overview(full, parts=(part,))
        held = {"timeline": some.timeline, "directions": some.directions, "ties": some.ties, "places": some.places}
        assert held.pop(part) == getattr(whole, part)
        assert not any(held.pop(name) for name in list(held) if name != "timeline")
        assert all(not line.bars for line in held.values())
    assert (some.events, some.reports, some.facets, some.lines) == (whole.events, whole.reports, whole.facets, whole.lines)


@pytest.mark.parametrize("order", ORDERS)
def test_pages_of_every_order_hold_every_event_once(full: Store, order: str) -> None:
    whole = overview(full, order=order, limit=1000).lines
    pages = [x for skip in range(0, len(whole), 7) for x in overview(full, order=order, skip=skip, limit=7).lines]
    assert [x.event.id for x in pages] == [x.event.id for x in whole] and len({x.event.id for x in whole}) == count_events(full)
    key = {"kind": lambda x: x.event.kind, "status": lambda x: x.event.status.value, "reports": lambda x: -x.reports,
           "confidence": lambda x: round(x.event.confidence, 6)}.get(order)  # fmt: skip
    if key:
        assert all(key(a) <= key(b) for a, b in pairwise(whole))


def test_a_chosen_value_stays_among_the_facets_and_an_unknown_order_is_refused(full: Store) -> None:
    rare = overview(full, Selection(), fields=("participant",), most=1000).facets["participant"][-1]
    few = overview(full, Selection(participant=(rare.value,)), fields=("participant",), most=2).facets["participant"]
    assert few[0] == rare and len(few) == 2
    assert overview(full, Selection(participant=("none",)), fields=("participant",), most=2).facets["participant"][0].count == 0
    with pytest.raises(SelectionError, match="order"):
        overview(full, order="weight")


def test_after_judgements_everything_is_as_if_it_were_counted_anew(store: Store, readings: list[Reading]) -> None:
    add(store, readings, at=AT)
    for order in ORDERS:
        overview(store, order=order)  # a cube with all its orders, that is then brought up to date
    lines = overview(store, order="date", limit=500).lines
    dated = [line.event.id for line in lines if line.event.date]
    for decided, given in (("accepted", {}), ("rejected", {}), ("corrected", {"field": "date", "value": "1999-01-02"}),
                           ("corrected", {"field": "place", "value": {"id": "name:뒷산", "name": "뒷산"}}),
                           ("corrected", {"field": "actor", "value": [{"id": "name:갑돌", "name": "갑돌", "as_written": "갑돌", "country": "KOR"}]})):
        judge(store, [dated[-1]], decided, by="한", at=AT, **given)
        kept = [_seen(store, order, asked) for order in ORDERS for asked in _SOME]
        store.cached.clear()
        assert kept == [_seen(store, order, asked) for order in ORDERS for asked in _SOME], decided
    assert overview(store, order="date", limit=1).lines[0].event.date == "1999-01-02"


_SOME = (Selection(), Selection(each="happening"), Selection(kind=("meet",)), Selection(participant=("name:갑돌",), each="happening"))


def _seen(store: Store, order: str, asked: Selection) -> tuple[object, ...]:
    """All that is seen; of values that are equally frequent either may come first."""
    seen = overview(store, asked, order=order, most=500, limit=500)
    facets = {name: set(counts) for name, counts in seen.facets.items()}
    ties = {(frozenset((t.a, t.b)), t.events, t.hostile, t.conflicts) for t in seen.ties}
    return (seen.lines, seen.events, seen.reports, seen.disputed, seen.timeline, facets, ties, set(seen.directions), set(seen.places))
