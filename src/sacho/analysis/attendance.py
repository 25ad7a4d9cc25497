"""Public appearances: who was where, with whom, in which order named; what changed since the last time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise
from statistics import median

import msgspec

from sacho.analysis.people import Missing, Seen, everybody, is_called, is_person, missing, seen_on, words_of
from sacho.records import Event, Happening, Participant, Record, Report, Status
from sacho.resolve.happenings import Resolved, told_by

_IN_PERSON = frozenset({"visit", "arrive", "depart", "meet", "sign", "ceremony", "inspect", "attend", "convene", "appoint"})
_HELD = frozenset({Status.occurred, Status.ongoing})
_ROLES = frozenset({"actor", "recipient", "attendee", "host", "signatory", "mediator", "carrier", "participant"})


class Companion(Record):
    """Somebody named beside a person on one occasion; `order` counts from 1 in the report's order."""

    person: str
    name: str
    order: int
    name_en: str = ""


class Appearance(Record):
    """One person on one occasion (happening). The list is that of the report that names most people.

    `order` is the person's place, from 1, among the people of the same country in the order named (in DPRK media the order is
    rank), and `of` how many they are. `office` is the one held on that day, or the one written if none is known. `first`: no earlier
    appearance is known; `gap` are the days since the last one. `ahead` and `behind` are ids of people who changed places
    with the person since the last list that named both: now named after, now named before the person. `office_before` is
    filled if the office changed since the last appearance and both have a day. `reports`, `independent` are those of the occasion.
    """

    person: str
    name: str
    name_en: str
    country: str
    date: str
    kind: str
    happening: str
    place: str
    gloss: str
    gloss_en: str
    role: str
    order: int
    of: int
    office: str
    as_written: str
    beside: tuple[Companion, ...]
    words: str
    document: str
    outlet: str
    published: str
    start: int
    end: int
    reports: int
    independent: int
    first: bool = False
    gap: int | None = None
    ahead: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    office_before: str = ""


class Attendance(Record):
    """The counts of one person, as leadership trackers publish them. `beside` are (id, name, occasions together), most
    first; `by_kind` and `by_month` likewise; `since_last` are days from the last appearance to `until`."""

    person: str
    name: str
    name_en: str
    country: str
    offices: tuple[str, ...]
    count: int
    first: str
    last: str
    since_last: int | None
    longest_gap: int | None
    median_order: float
    by_kind: tuple[tuple[str, int], ...]
    by_month: tuple[tuple[str, int], ...]
    beside: tuple[tuple[str, str, int], ...]


def appearances(
    resolved: Resolved, *, person: str = "", beside: Sequence[str] = (), since: str = "", until: str = "", country: str = ""
) -> tuple[Appearance, ...]:
    """Appearances by day. `person` and `beside` are ids or names in any form; all of `beside` must be named too. What is
    first, the gap and the changes are counted over everything resolved, then `since` and `until` (ISO days, both
    included) choose. What was only planned, denied or called off is no appearance; a visit whose arrival, talks or departure is
    known as well is not counted twice."""
    told = told_by(resolved)
    covered = {link.target for link in resolved.links if link.type == "part"}
    found = [
        a for h in resolved.happenings if _counts(h, covered) for a in _at(h, [told[e] for e in h.events])
        if not country or a.country == country
    ]  # fmt: skip
    found.sort(key=lambda a: (a.date or "9", a.happening, a.order))
    out = []
    for appearance in _compared(found):
        if person and not _is(appearance, person):
            continue
        if (since or until) and not (appearance.date and appearance.date[:10] <= (until or "9999") and _end(appearance) >= since):
            continue
        if all(any(_is_beside(c, name) for c in appearance.beside) for name in beside):
            out.append(appearance)
    return tuple(out)


def absent(among: Sequence[Appearance], names: Sequence[str]) -> tuple[Missing, ...]:
    """What is known of each name of a question about appearances that found nothing. `among` are all that could have been found; the
    `others` of a name that does appear are those most often beside it."""
    often = seen_on([(a.person, a.name, a.name_en)] for a in among)

    def beside(who: frozenset[str]) -> Sequence[Seen]:
        return [seen for seen in seen_on(_named(a.beside) for a in among if a.person in who) if seen.person not in who]

    return tuple(missing(name, often, beside) for name in names)


def _named(beside: Iterable[Companion]) -> list[tuple[str, str, str]]:
    return [(c.person, c.name, c.name_en) for c in beside]


def attendance(found: Iterable[Appearance], *, until: str = "") -> tuple[Attendance, ...]:
    """The counts of each person, the most often seen first. `until` is the ISO day to which `since_last` counts; without
    it, the last day of the appearances."""
    groups: dict[str, list[Appearance]] = {}
    for appearance in found:
        groups.setdefault(appearance.person, []).append(appearance)
    last = until or max((_end(a) for group in groups.values() for a in group if a.date), default="")
    rows = [_counted(group, last) for group in groups.values()]
    return tuple(sorted(rows, key=lambda r: (-r.count, r.person)))


# ---------------------------------------------------------------- one occasion


def _counts(happening: Happening, covered: set[str]) -> bool:
    if happening.kind not in _IN_PERSON or happening.status not in _HELD:
        return False
    return happening.kind != "visit" or happening.id not in covered


def _at(happening: Happening, told: Sequence[tuple[Event, Report]]) -> list[Appearance]:
    held = [t for t in told if t[0].status in _HELD]
    names: dict[str, Participant] = {}
    for event, _ in held:
        for role, who in everybody(event):
            if is_person(who) and role in _ROLES:
                names.setdefault(who.id, who)
    out = []
    for identity, who in names.items():
        event, report = max(held, key=lambda t: (_names(t[0], identity), len(_persons(t[0])), t[1].document))
        out.append(_appearance(happening, event, report, identity, who))
    return out


def _names(event: Event, identity: str) -> bool:
    return any(p.id == identity for _, p in everybody(event))


def _persons(event: Event) -> list[tuple[str, Participant]]:
    """People of an event once each, in the order named within a role: who acts and who receives, then those present."""
    seen: dict[str, tuple[str, Participant]] = {}
    for role, who in everybody(event):
        if is_person(who) and role in _ROLES:
            seen.setdefault(who.id, (role, who))
    return list(seen.values())


def _appearance(happening: Happening, event: Event, report: Report, identity: str, who: Participant) -> Appearance:
    persons = _persons(event)
    role, named = next((r, p) for r, p in persons if p.id == identity)
    own = [p.id for _, p in persons if p.country == named.country]
    proof = words_of(event, named, role)
    return Appearance(
        person=identity, name=named.name, name_en=named.name_en, country=named.country, date=happening.date, kind=happening.kind,
        happening=happening.id, place=happening.place.name if happening.place else "",
        gloss=happening.gloss.ko, gloss_en=happening.gloss.en, role=role,
        order=own.index(identity) + 1, of=len(own), office=named.office or who.office, as_written=named.as_written,
        beside=tuple(
            Companion(person=p.id, name=p.name, order=i, name_en=p.name_en) for i, (_, p) in enumerate(persons, 1) if p.id != identity
        ),
        words=proof.quote if proof else "", document=report.document, outlet=report.outlet, published=report.published,
        start=proof.start if proof else 0, end=proof.end if proof else 0, reports=happening.reports,
        independent=happening.independent,
    )  # fmt: skip


# ---------------------------------------------------------------- since the last time


def _compared(found: Sequence[Appearance]) -> Iterable[Appearance]:
    """`found` is sorted by day, and the people of one occasion stand together."""
    last: dict[str, Appearance] = {}
    orders: dict[tuple[str, str], bool] = {}  # (a, b) with a < b: whether a was named first when both were last seen
    for _, group in groupby(found, key=lambda a: (a.date, a.happening)):
        occasion = list(group)
        named = [a.person for a in occasion if a.role == "attendee"]  # who acts or receives is not ranked by the sentence
        for appearance in occasion:
            before = last.get(appearance.person)
            ahead, behind = _moved(appearance, named, orders)
            known = before is not None and before.office and appearance.office and before.date and appearance.date
            changed = known and before is not None and before.office != appearance.office
            yield msgspec.structs.replace(
                appearance, first=before is None, gap=_days(before, appearance) if before is not None else None, ahead=ahead,
                behind=behind, office_before=before.office if changed and before is not None else "",
            )  # fmt: skip
            last[appearance.person] = appearance
        _remember(named, orders)


def _moved(
    appearance: Appearance, named: Sequence[str], orders: Mapping[tuple[str, str], bool]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    ahead, behind = [], []
    if appearance.person in named:
        place = named.index(appearance.person)
        for other in named:
            pair = (min(appearance.person, other), max(appearance.person, other))
            was_first = orders.get(pair)
            if other == appearance.person or was_first is None:
                continue
            before = was_first == (pair[0] == appearance.person)
            now = place < named.index(other)
            if now and not before:
                ahead.append(other)
            elif before and not now:
                behind.append(other)
    return tuple(ahead), tuple(behind)


def _remember(named: Sequence[str], orders: dict[tuple[str, str], bool]) -> None:
    for i, a in enumerate(named):
        for b in named[i + 1 :]:
            orders[min(a, b), max(a, b)] = a < b


def _days(before: Appearance, now: Appearance) -> int | None:
    try:
        return (date.fromisoformat(now.date[:10]) - date.fromisoformat(_end(before))).days
    except ValueError:
        return None


def _end(appearance: Appearance) -> str:
    return (appearance.date.partition("/")[2] or appearance.date)[:10]


# ---------------------------------------------------------------- counts


def _counted(group: Sequence[Appearance], until: str) -> Attendance:
    latest = group[-1]
    dated = [a for a in group if a.date]
    gaps = [g for a, b in pairwise(dated) if (g := _days(a, b)) is not None]
    return Attendance(
        person=latest.person, name=latest.name, name_en=latest.name_en, country=latest.country,
        offices=tuple(dict.fromkeys(a.office for a in group if a.office)), count=len(group),
        first=dated[0].date[:10] if dated else "", last=_end(dated[-1]) if dated else "",
        since_last=_between(_end(dated[-1]), until) if dated else None, longest_gap=max(gaps, default=None),
        median_order=float(median(a.order for a in group)), by_kind=_most(Counter(a.kind for a in group)),
        by_month=tuple(sorted(Counter(a.date[:7] for a in dated).items())),
        beside=tuple((seen.person, seen.name, seen.count) for seen in seen_on(_named(a.beside) for a in group)),
    )  # fmt: skip


def _between(first: str, last: str) -> int | None:
    try:
        return (date.fromisoformat(last) - date.fromisoformat(first)).days
    except ValueError:
        return None


def _most(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _is(appearance: Appearance, name: str) -> bool:
    return is_called(appearance.person, (appearance.name, appearance.name_en, appearance.as_written), name)


def _is_beside(companion: Companion, name: str) -> bool:
    return is_called(companion.person, (companion.name, companion.name_en), name)
