"""Resolution across reports inside the store: only what new, changed or judged events can touch is worked out anew.

An event's telling is kept with the number of its component, the events that may belong together. New tellings are compared with those
that share a block (see `sacho.resolve.blocking`); the components they reach are loaded whole and grouped again. As
clusters are a function of the tellings and the judgements, taking an event or a judgement back restores what was before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, or_, select, update

from sacho.lexicon import load as load_lexicon
from sacho.lexicon.predicates import load_predicates
from sacho.records import Happening, Record, Status
from sacho.resolve.blocking import Key, keys
from sacho.resolve.clusters import Resolution
from sacho.resolve.happenings import happening_of
from sacho.resolve.pairwise import SAME, compare
from sacho.resolve.tellings import Telling, telling_of
from sacho.resolve.wire import canonical_names
from sacho.store.assemble import events_at, reports_at
from sacho.store.bulk import chunks, insert_rows
from sacho.store.tables import event, happening, telling
from sacho.store.verdicts import pairs_in_force

_NEAR = 16  # days: wider than any block of dated tellings
_AHEAD = 370  # days: as wide as the blocks of plans without a day
_FIELDS = ("id", "document", "group", "kind", "reality", "first", "last", "published", "actor", "recipient", "place", "within", "country",
           "time", "instrument", "quotes")  # fmt: skip
_Words = tuple[str, ...]
_Packed = tuple[str, str, str, str, str, int, int, int, _Words, _Words, str, _Words, str, str, str, _Words]


class _Known(Record):
    """A telling that is stored: its event's number and its component."""

    number: int
    component: int
    telling: Telling


def resolve_events(connection: Connection, changed: Iterable[int], gone: Iterable[int], change: int) -> int:
    """Resolve events by number: `changed` are new or have new values, `gone` no longer take part. Returns how many
    happenings were written or taken away."""
    changed, gone = sorted(set(changed)), sorted(set(gone))
    components = _forget(connection, [*changed, *gone])
    new = _tellings(connection, changed)
    decided = pairs_in_force(connection, [t.id for _, t in new])
    components |= _reached(connection, new, [i for j in decided for i in (j.a, j.b)])
    known = _members(connection, components)
    label = min([k.component for k in known] + [number for number, _ in new], default=0)
    _remember(connection, new, label)
    everything = {k.telling.id: (k.number, k.telling) for k in known} | {t.id: (n, t) for n, t in new}
    lonely = set(changed) - {n for n, _ in new}  # suppositions and acts without a doer: they are compared with nothing
    return _regroup(connection, everything, lonely, set(gone), set(changed), change)


def resolve_judged(connection: Connection, events: Iterable[str], change: int) -> int:
    """Resolve anew what judgements about these event ids touch."""
    query = select(event.c.number).where(event.c.id.in_(sorted(set(events))), event.c.standing != "withdrawn")
    return resolve_events(connection, connection.execute(query).scalars().all(), (), change)


def _forget(connection: Connection, numbers: Sequence[int]) -> set[int]:
    """Take tellings out; their components are to be worked out anew."""
    components: set[int] = set()
    for some in chunks(numbers):
        components.update(connection.execute(select(telling.c.component).where(telling.c.event.in_(some))).scalars())
        connection.execute(delete(telling).where(telling.c.event.in_(some)))
    return components


def _tellings(connection: Connection, numbers: Sequence[int]) -> list[tuple[int, Telling]]:
    events = events_at(connection, numbers)
    homes = _homes(connection, numbers)
    reports = reports_at(connection, homes.values())
    return [
        (n, telling_of(e, reports[homes[n]])) for n, e in events.items() if e.status is not Status.hypothetical and e.actor
    ]  # fmt: skip


def _homes(connection: Connection, numbers: Iterable[int]) -> dict[int, int]:
    out: dict[int, int] = {}
    for some in chunks(numbers):
        query = select(event.c.number, event.c.document).where(event.c.number.in_(some))
        out |= {number: home for number, home in connection.execute(query)}
    return out


def _reached(connection: Connection, new: Sequence[tuple[int, Telling]], judged: Sequence[str]) -> set[int]:
    """Components that hold something that belongs, or was judged to belong, to a new telling."""
    components: set[int] = set()
    for some in chunks(sorted(set(judged))):
        components.update(connection.execute(select(telling.c.component).where(telling.c.id.in_(some))).scalars())
    for some in chunks({_traits(t) for _, t in new}):
        components.update(connection.execute(select(telling.c.component).where(telling.c.traits.in_(some))).scalars())
    by_key: dict[tuple[Key, bool], list[Telling]] = {}
    for _, one in new:
        for key, active in keys(one):
            by_key.setdefault((key, active), []).append(one)
    for candidate in _candidates(connection, [t for _, t in new]):
        if candidate.component not in components and _belongs(candidate.telling, by_key):
            components.add(candidate.component)
    return components


def _belongs(old: Telling, by_key: Mapping[tuple[Key, bool], Sequence[Telling]]) -> bool:
    seen: set[str] = set()
    for key, active in keys(old):
        for side in (True, False) if active else (True,):
            for one in by_key.get((key, side), ()):
                if one.id not in seen:
                    seen.add(one.id)
                    if compare(one, old).value >= SAME:
                        return True
    return False


def _candidates(connection: Connection, new: Sequence[Telling]) -> Iterator[_Known]:
    """Stored tellings near in time to the new ones: a superset of those that share a block."""
    for first, last in _windows([(t.first, t.last) for t in new if t.first], _NEAR):
        yield from _stored(connection, and_(telling.c.first > 0, telling.c.first <= last, telling.c.last >= first))
        yield from _stored(connection, and_(telling.c.first == 0, telling.c.published.between(first, last)))
    for first, last in _windows([(t.first, t.last) for t in new if t.first and not (t.days and t.days.vague)], _AHEAD):
        yield from _stored(connection, and_(telling.c.first == 0, telling.c.ahead == 1, telling.c.published.between(first, last)))
    undated = [t for t in new if not t.first and t.published]
    for first, last in _windows([(t.published, t.published) for t in undated], _NEAR):
        yield from _stored(connection, and_(telling.c.first > 0, telling.c.first <= last, telling.c.last >= first))
        yield from _stored(connection, and_(telling.c.first == 0, telling.c.published.between(first, last)))
    for first, last in _windows([(t.published, t.published) for t in undated if t.reality == "ahead"], _AHEAD):
        yield from _stored(connection, or_(
            and_(telling.c.first > 0, telling.c.first <= last, telling.c.last >= first),
            and_(telling.c.first == 0, telling.c.ahead == 1, telling.c.published.between(first, last)),
        ))  # fmt: skip


def _windows(days: Iterable[tuple[int, int]], around: int) -> Iterator[tuple[int, int]]:
    """The days with some around, joined where they overlap."""
    low = high = 0
    for first, last in sorted((f - around, la + around) for f, la in days):
        if high and first <= high:
            high = max(high, last)
            continue
        if high:
            yield low, high
        low, high = first, last
    if high:
        yield low, high


def _stored(connection: Connection, condition: ColumnElement[bool]) -> Iterator[_Known]:
    query = select(telling.c.event, telling.c.component, telling.c.record).where(condition)
    for number, component, record in connection.execute(query):
        yield _Known(number=number, component=component, telling=_unpacked(record))


def _members(connection: Connection, components: Iterable[int]) -> list[_Known]:
    out: list[_Known] = []
    for some in chunks(sorted(components)):
        out += _stored(connection, telling.c.component.in_(some))
    return out


def _remember(connection: Connection, new: Sequence[tuple[int, Telling]], label: int) -> None:
    insert_rows(connection, telling, [
        (n, t.id, label, _traits(t), t.first, t.last, t.published, int(t.reality == "ahead"),
         msgspec.msgpack.encode(tuple(getattr(t, f) for f in _FIELDS)))
        for n, t in new
    ])  # fmt: skip


def _unpacked(record: bytes) -> Telling:
    values = msgspec.msgpack.decode(record, type=_Packed)
    return Telling(**dict(zip(_FIELDS, values, strict=True)))


def _traits(t: Telling) -> str:
    return blake2b(repr(t.traits).encode(), digest_size=8).hexdigest()


# ---------------------------------------------------------------- clusters


def _regroup(
    connection: Connection, tellings: Mapping[str, tuple[int, Telling]], lonely: set[int], gone: set[int], changed: set[int], change: int
) -> int:
    """Group tellings (whole components) anew and write what became of their happenings."""
    resolution = Resolution(pairs_in_force(connection, tellings))
    resolution.add(t for _, t in tellings.values())
    _label(connection, [[tellings[i][0] for i in component] for component in resolution.components()])
    clusters = {resolution.identify(c): [tellings[i][0] for i in c] for c in resolution.clusters()}
    names = _names(connection, lonely)
    clusters |= {"h" + blake2b(names[n].encode(), digest_size=8).hexdigest(): [n] for n in lonely}
    touched = [n for members in clusters.values() for n in members]
    before = _before(connection, [*touched, *gone])
    fresh = {
        identity: members for identity, members in clusters.items()
        if before.get(identity, set()) != set(members) or changed & set(members)
    }  # fmt: skip
    _write(connection, fresh, change)
    for some in chunks(sorted(gone)):
        connection.execute(update(event).where(event.c.number.in_(some)).values(happening=None, lead=0, change=change))
    stale = before.keys() - clusters.keys()
    for names_of_some in chunks(sorted(stale)):
        connection.execute(delete(happening).where(happening.c.id.in_(names_of_some)))
    return len(fresh) + len(stale)


def _label(connection: Connection, components: Iterable[Sequence[int]]) -> None:
    values = [{"number": n, "label": min(numbers)} for numbers in components for n in numbers]
    if values:
        connection.execute(
            update(telling).where(telling.c.event == bindparam("number")).values(component=bindparam("label")), values
        )  # fmt: skip


def _names(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    out: dict[int, str] = {}
    for some in chunks(sorted(numbers)):
        out |= {n: i for n, i in connection.execute(select(event.c.number, event.c.id).where(event.c.number.in_(some)))}
    return out


def _before(connection: Connection, numbers: Sequence[int]) -> dict[str, set[int]]:
    """The happenings in which these events were, with all members they had."""
    found: set[str] = set()
    for some in chunks(numbers):
        query = select(event.c.happening).where(event.c.number.in_(some), event.c.happening.is_not(None))
        found.update(connection.execute(query).scalars())
    out: dict[str, set[int]] = {}
    for names in chunks(sorted(found)):
        for identity, number in connection.execute(select(event.c.happening, event.c.number).where(event.c.happening.in_(names))):
            out.setdefault(identity, set()).add(number)
    return out


def _write(connection: Connection, clusters: Mapping[str, Sequence[int]], change: int) -> None:
    numbers = [n for members in clusters.values() for n in members]
    events = events_at(connection, numbers)
    homes = _homes(connection, numbers)
    reports = reports_at(connection, homes.values())
    standing = _standing(connection, numbers)
    for some in chunks(sorted(clusters)):
        connection.execute(delete(happening).where(happening.c.id.in_(some)))
    rows: list[tuple[object, ...]] = []
    places: list[dict[str, object]] = []
    for identity, members in clusters.items():
        told = [(events[n], reports[homes[n]]) for n in members]
        made = happening_of(identity, told, load_predicates(), _canonical())
        rows.append(_row(made))
        lead = max(members, key=lambda n: (standing[n], events[n].confidence, len(events[n].evidence), -n))
        places += [{"at": n, "home": identity, "leads": int(n == lead), "counted": change} for n in members]
    insert_rows(connection, happening, rows)
    if places:
        connection.execute(
            update(event).where(event.c.number == bindparam("at"))
            .values(happening=bindparam("home"), lead=bindparam("leads"), change=bindparam("counted")), places
        )  # fmt: skip


def _standing(connection: Connection, numbers: Sequence[int]) -> dict[int, bool]:
    """Whether an event may stand for its happening: of a report's last version, and not rejected."""
    out: dict[int, bool] = {}
    for some in chunks(numbers):
        query = select(event.c.number, event.c.standing, event.c.review).where(event.c.number.in_(some))
        out |= {n: standing == "current" and review != "rejected" for n, standing, review in connection.execute(query)}
    return out


def _row(made: Happening) -> tuple[object, ...]:
    return (
        made.id, made.kind, made.status.value, made.date, made.reports, made.outlets, made.independent, len(made.contradictions),
        made.first_reported, made.last_reported, msgspec.json.encode(made).decode(),
    )  # fmt: skip


@cache
def _canonical() -> Callable[[str], str]:
    return canonical_names(load_lexicon())
