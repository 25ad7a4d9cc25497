"""The reports of a store and what was resolved of them, as `sacho.analysis` reads them: with the values in force, without what people
rejected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec
from sqlalchemy import Connection, func, or_, select

from sacho.lexicon import load as load_lexicon
from sacho.lexicon.predicates import load_predicates
from sacho.records import Event, Judgement, Report
from sacho.resolve.happenings import Resolved, happening_of
from sacho.resolve.wire import canonical_names
from sacho.store.across import happening_at, near, resolved_of
from sacho.store.assemble import events_at, reports_at
from sacho.store.bulk import chunks
from sacho.store.connect import Store
from sacho.store.tables import document, event, judgement, telling
from sacho.store.verdicts import pairs_in_force

_APART = 550  # days: the widest link between two happenings


def read_reports(store: Store, *, versions: bool = False) -> tuple[Report, ...]:
    """Every report with its events, in the order in which they came; `versions`: only those of addresses with several versions."""
    with store.read() as connection:
        query = select(document.c.number).order_by(document.c.number)
        if versions:
            several = select(document.c.version).group_by(document.c.version).having(func.count() > 1)
            query = query.where(document.c.version.in_(several))
        numbers = connection.execute(query).scalars().all()
        reports = reports_at(connection, numbers)
        told = _events(connection, numbers)
        return tuple(msgspec.structs.replace(reports[n], events=tuple(told.get(n, ()))) for n in numbers)


def read_judgements(store: Store) -> tuple[Judgement, ...]:
    """What people decided about pairs of events, as far as it is in force."""
    with store.read() as connection:
        query = select(judgement.c.event).where(judgement.c.other != "").distinct()
        return tuple(pairs_in_force(connection, connection.execute(query).scalars().all()))


def read_resolved(store: Store, *, since: str = "", until: str = "") -> Resolved:
    """The happenings as the store has resolved them, with all reports. With days (ISO), those that can be told of or linked to between
    them."""
    first, last = _shifted(since, -_APART), _shifted(until, _APART)
    with store.read() as connection:
        query = select(event.c.happening).join(telling, telling.c.event == event.c.number).where(event.c.happening.is_not(None)).distinct()
        if first:
            query = query.where(func.coalesce(event.c.date_last, event.c.day) >= first)
        if last:
            query = query.where(event.c.day <= last)
        resolved = _without_rejected(connection, resolved_of(connection, connection.execute(query).scalars().all()))
        published = select(document.c.number).where(document.c.published <= (last or "9999"))
        if first:
            published = published.where(or_(document.c.published >= first, document.c.published == ""))
        every = {r.document: r for r in reports_at(connection, connection.execute(published).scalars().all()).values()}
        return msgspec.structs.replace(resolved, reports=every | resolved.reports)


def read_happening(store: Store, identity: str) -> Resolved:
    """One happening with those it may be linked to, and why its reports were taken for one. `identity` is its id, that of one of its
    events, or the beginning of either; nothing is found if several begin so."""
    with store.read() as connection:
        held = happening_at(connection, identity) or happening_at(connection, _begun(connection, identity))
        ids = [held.id, *near(store, connection, held)] if held is not None else []
        return _without_rejected(connection, resolved_of(connection, ids, joins=True))


def _begun(connection: Connection, identity: str) -> str:
    """The one happening whose id, or one of whose events' ids, begins so; empty if there is none or several."""
    if not identity.isalnum():
        return ""
    query = select(event.c.happening).where(or_(event.c.happening.startswith(identity), event.c.id.startswith(identity)))
    found = connection.execute(query.where(event.c.happening.is_not(None)).distinct().limit(2)).scalars().all()
    return str(found[0]) if len(found) == 1 else ""


def _events(connection: Connection, numbers: Iterable[int]) -> dict[int, list[Event]]:
    """Events that are read and not rejected, by document number, in their order."""
    homes: dict[int, int] = {}
    for some in chunks(numbers):
        query = select(event.c.number, event.c.document).where(event.c.document.in_(some), event.c.standing != "withdrawn")
        homes |= {n: home for n, home in connection.execute(query.where(event.c.review != "rejected"))}
    out: dict[int, list[Event]] = {}
    for number, one in sorted(events_at(connection, sorted(homes)).items()):
        out.setdefault(homes[number], []).append(one)
    return out


def _without_rejected(connection: Connection, resolved: Resolved) -> Resolved:
    """The same without events that people rejected; a happening of which nothing is left is gone."""
    ids = [i for h in resolved.happenings for i in h.events]
    rejected: set[str] = set()
    for some in chunks(ids):
        rejected.update(connection.execute(select(event.c.id).where(event.c.id.in_(some), event.c.review == "rejected")).scalars())
    if not rejected:
        return resolved
    reports = {
        name: msgspec.structs.replace(r, events=tuple(e for e in r.events if e.id not in rejected)) for name, r in resolved.reports.items()
    }  # fmt: skip
    told = {e.id: (e, r) for r in reports.values() for e in r.events}
    kept = []
    for held in resolved.happenings:
        left = [i for i in held.events if i in told]
        if left and len(left) < len(held.events):
            held = happening_of(held.id, [told[i] for i in left], load_predicates(), canonical_names(load_lexicon()))
        if left:
            kept.append(held)
    names = {h.id for h in kept}
    return Resolved(
        happenings=tuple(kept), reports=reports, links=tuple(n for n in resolved.links if {n.source, n.target} <= names),
        joins=tuple(j for j in resolved.joins if not {j.a, j.b} & rejected),
    )  # fmt: skip


def _shifted(day: str, days: int) -> str:
    if not day:
        return ""
    return date.fromordinal(max(1, date.fromisoformat(day).toordinal() + days)).isoformat()
