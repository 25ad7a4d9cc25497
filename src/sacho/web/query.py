"""Which events a page means, read from its address, told back in words, and counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import combinations

import msgspec
from starlette.datastructures import QueryParams

from sacho.records import Record
from sacho.web.shelf import Contents, Entry

LISTS = ("kind", "participant", "country", "place", "status", "source", "outlet")
ORDERS = ("date", "-date", "kind", "place", "status", "reports")


class Wish(Record):
    """Events that fulfil every field given; of the values of one field, any. `each` is `happening` (one line for what happened once)
    or `report` (every report's own event)."""

    kind: tuple[str, ...] = ()
    participant: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    text: str = ""
    disputed: bool = False
    both: bool = False  # all of the countries chosen, not any of them
    each: str = "happening"
    order: str = "-date"


class Count(Record):
    value: str
    events: int
    chosen: bool


class Bar(Record):
    key: str
    events: int
    conflicts: int


class Range(Record):
    id: str
    since: str
    until: str
    label: str


class Timeline(Record):
    """Events by day, month or year (`grain`), and those whose day is only known as a range."""

    grain: str
    bars: tuple[Bar, ...]
    ranges: tuple[Range, ...]
    undated: int


class Tie(Record):
    a: str
    b: str
    events: int
    hostile: int
    conflicts: int


def wish_of(query: QueryParams) -> Wish:
    """The wish that an address tells. Values that mean nothing (a day that is none) raise `ValueError` in one sentence."""
    lists = {name: tuple(v for v in query.getlist(name) if v)[:50] for name in LISTS}
    since, until = (_day(query.get(name, ""), name) for name in ("since", "until"))
    if since and until and since > until:
        raise ValueError(f"since {since} is later than until {until}; exchange them.")
    order = query.get("sort", "-date")
    return Wish(
        **lists, since=since, until=until, text=query.get("text", "").strip()[:200], disputed=query.get("disputed") == "1",
        both=query.get("both") == "1",
        each="report" if query.get("each") == "report" else "happening", order=order if order in ORDERS else "-date",
    )  # fmt: skip


def chosen(contents: Contents, wish: Wish) -> list[Entry]:
    """The entries that fulfil a wish, in its order."""
    found = list(contents.entries)
    for test in _tests(contents, wish):
        found = [entry for entry in found if test(entry)]
    if wish.each == "happening":
        found = _once(found)
    return _sorted(found, wish.order)


def facets(contents: Contents, wish: Wish, most: int = 8) -> dict[str, tuple[Count, ...]]:
    """Counts of each field's values among the events that fulfil all *other* fields; what is chosen is always listed."""
    out = {}
    for name in LISTS:
        held = chosen(contents, msgspec.structs.replace(wish, **{name: ()}))
        counts: Counter[str] = Counter(v for entry in held for v in set(_values(entry, name)) if v)
        picked = getattr(wish, name)
        listed = [v for v, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
        shown = [*picked, *(v for v in listed if v not in picked)][: max(most, len(picked))]
        out[name] = tuple(Count(value=v, events=counts[v], chosen=v in picked) for v in shown)
    return out


def timeline_of(found: Sequence[Entry], label: Callable[[Entry], str]) -> Timeline:
    """Bars as fine as the period allows (at most 120). A range is a date of more than one day."""
    dated = [e for e in found if e.first]
    days = [e.first for e in dated]
    span = (date.fromisoformat(max(days)) - date.fromisoformat(min(days))).days if days else 0
    grain, cut = ("day", 10) if span <= 120 else ("month", 7) if span <= 3650 else ("year", 4)
    counts: Counter[str] = Counter(day[:cut] for day in days)
    disputed: Counter[str] = Counter(e.first[:cut] for e in dated if e.happening.contradictions)
    ranges = [Range(id=e.happening.id, since=e.first, until=e.last, label=label(e)) for e in dated if e.last > e.first]
    return Timeline(
        grain=grain, bars=tuple(Bar(key=k, events=counts[k], conflicts=disputed[k]) for k in sorted(counts)),
        ranges=tuple(sorted(ranges, key=lambda r: (r.since, r.until)))[:300], undated=len(found) - len(dated),
    )  # fmt: skip


def ties_of(found: Iterable[Entry], ends: Callable[[Entry], Iterable[str]], most: int) -> tuple[Tie, ...]:
    """Pairs that stand in one event, the most frequent first."""
    events: Counter[tuple[str, str]] = Counter()
    hostile: Counter[tuple[str, str]] = Counter()
    conflicts: Counter[tuple[str, str]] = Counter()
    for entry in found:
        for pair in combinations(sorted(set(ends(entry)))[:12], 2):
            events[pair] += 1
            hostile[pair] += (entry.event.goldstein or 0) < 0
            conflicts[pair] += bool(entry.happening.contradictions)
    top = sorted(events.items(), key=lambda item: (-item[1], item[0]))[:most]
    return tuple(Tie(a=p[0], b=p[1], events=n, hostile=hostile[p], conflicts=conflicts[p]) for p, n in top)


def _tests(contents: Contents, wish: Wish) -> Iterable[Callable[[Entry], bool]]:
    for name in LISTS:
        picked = frozenset(getattr(wish, name))
        if picked and name == "country" and wish.both:
            yield lambda e, picked=picked: picked <= e.states  # type: ignore[misc]
        elif picked:
            yield lambda e, name=name, picked=picked: not picked.isdisjoint(_values(e, name))  # type: ignore[misc]
    if wish.since:
        yield lambda e: bool(e.last) and e.last >= wish.since
    if wish.until:
        yield lambda e: bool(e.first) and e.first <= wish.until
    if wish.disputed:
        yield lambda e: bool(e.happening.contradictions or e.event.conflicts)
    if wish.text:
        holding = _holding(contents, wish.text)
        yield lambda e: e.document in holding


def _holding(contents: Contents, words: str) -> frozenset[str]:
    """Reports in which every word stands, as written or in ROK spelling."""
    wanted = words.lower().split()
    return frozenset(
        i for i, c in contents.codings.items()
        if all(w in c.annotated.document.text.lower() or w in c.annotated.view.text.lower() for w in wanted)
    )  # fmt: skip


def _values(entry: Entry, name: str) -> Iterable[str]:
    event = entry.event
    if name == "kind":
        return (event.kind,)
    if name == "status":
        return (event.status.value,)
    if name == "source":
        return event.sources
    if name == "outlet":
        return (entry.outlet,)
    if name == "place":
        return entry.places
    return entry.people if name == "participant" else entry.states


def _once(found: Sequence[Entry]) -> list[Entry]:
    """One entry of each happening: the one that leads it if it was found, else the first."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in found:
        groups[entry.happening.id].append(entry)
    return [next((e for e in group if e.lead), group[0]) for group in groups.values()]


def _sorted(found: list[Entry], order: str) -> list[Entry]:
    keys: dict[str, Callable[[Entry], object]] = {
        "date": lambda e: (not e.first, e.first), "-date": lambda e: e.first, "kind": lambda e: e.event.kind,
        "place": lambda e: (not e.places, e.places), "status": lambda e: e.event.status.value, "reports": lambda e: -e.happening.reports,
    }  # fmt: skip
    return sorted(found, key=keys[order], reverse=order == "-date")  # type: ignore[arg-type]


def _day(value: str, name: str) -> str:
    if not value:
        return ""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise ValueError(f"{name} {value!r} is not a day; write it as YYYY-MM-DD.") from None
