"""Where reports of one happening, or the parts of one report, do not agree.

A value that is only less precise contradicts nothing: `10월` and `10월 19일`, `평양` and `당 본부청사`, `약 350㎞` and
`360㎞`, a list of those present that says `등`. Plans are compared with plans and facts with facts: what was held on
another day than announced was moved, not told wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

import msgspec

from sacho.records import Contradiction, Event, Evidence, Participant, Place, Report, Status, Version
from sacho.resolve.days import agree as days_agree
from sacho.resolve.quantities import Quantity, comparable, quantities_of
from sacho.resolve.quantities import agree as quantities_agree
from sacho.resolve.tellings import CORRECTION

Told = tuple[Event, Report]

_FACTS = frozenset({Status.occurred, Status.ongoing})
_PLANS = frozenset({Status.planned, Status.proposed})
_STAGED = frozenset(
    {"meet", "ceremony", "sign", "attend", "inspect", "launch", "test", "arrive", "depart", "convene", "drill", "attack"}
)  # kinds whose place is where they happened
_MOVES = frozenset({"arrive", "depart"})
_VERBAL = frozenset({"state", "accuse", "reject", "threaten", "support", "request", "concede"})
_OPEN_LIST = re.compile(r"^[^\s.,·]{0,8}[\s]?등(?:[이은과을도]|\s|$)")


def contradictions_of(happening: str, told: Sequence[Told], same: Callable[[str], str] | None = None) -> tuple[Contradiction, ...]:
    """All contradictions of one happening, by field. `same` maps an entity or source to its canonical name."""
    told = sorted(told, key=lambda t: (t[1].published or "9", t[1].document, t[0].id))
    found: list[tuple[str, list[Version]]] = [("date", v) for v in _dates(told)]
    found += [("place", v) for v in _places(told)]
    found += _people(told)
    found += [("number", v) for v in _numbers(told)]
    found += [("status", v) for v in _statuses(told)]
    texts = {report.document: report for _, report in told}
    return tuple(
        Contradiction(
            happening=happening, field=field, versions=tuple(_corrected(versions, texts)), within=_within(versions)
        )
        for field, versions in found
    )


def _within(versions: Sequence[Version]) -> tuple[str, ...]:
    values: dict[str, set[str]] = {}
    for version in versions:
        values.setdefault(version.document, set()).add(version.value)
    return tuple(sorted(document for document, held in values.items() if len(held) > 1))


def _version(value: str, told: Told, proof: Evidence | None, *, sources: tuple[str, ...] | None = None) -> Version:
    event, report = told
    return Version(
        value=value, words=proof.quote if proof else "", document=report.document, outlet=report.outlet,
        published=report.published, sources=event.sources if sources is None else sources,
        start=proof.start if proof else 0, end=proof.end if proof else 0,
    )  # fmt: skip


def _proof(event: Event, field: str) -> Evidence | None:
    return next((e for e in event.evidence if e.field == field), None) or next((e for e in event.evidence if e.field == "kind"), None)


# ---------------------------------------------------------------- day


def _dates(told: Sequence[Told]) -> Iterable[list[Version]]:
    for statuses in (_FACTS, _PLANS):
        versions = [v for t in told if t[0].status in statuses for v in _day_versions(t)]
        odd = _odd(versions, _stays_agree if all(t[0].kind == "visit" for t in told) else _days_agree)
        if odd:
            yield odd


def _days_agree(a: Version, b: Version) -> bool:
    return days_agree(a.value, b.value)


def _stays_agree(a: Version, b: Version) -> bool:
    """A day of a stay is only a part of it: only two whole stays can contradict each other."""
    return days_agree(a.value, b.value) or "/" not in a.value or "/" not in b.value


def _day_versions(told: Told) -> Iterable[Version]:
    event = told[0]
    if event.date:
        yield _version(event.date, told, _proof(event, "date"))
    for conflict in event.conflicts:
        for value in conflict.values if conflict.field == "date" else ():
            if value.value != event.date:
                yield _version(value.value, told, value.evidence, sources=value.sources)


def _odd(versions: Sequence[Version], agreeing: Callable[[Version, Version], bool]) -> list[Version]:
    """The versions that differ from at least one other."""
    wrong = {i for (i, a), (k, b) in combinations(enumerate(versions), 2) if not agreeing(a, b) for i in (i, k)}
    return [versions[i] for i in sorted(wrong)]


# ---------------------------------------------------------------- place


def _places(told: Sequence[Told]) -> Iterable[list[Version]]:
    held: dict[str, Place] = {}
    versions = []
    for event, report in told:
        place = event.place
        if place is not None and event.kind in _STAGED and event.status in _FACTS | _PLANS and place.country:
            held[place.name] = place
            versions.append(_version(place.name, (event, report), _proof(event, "place")))
    moves = any(event.kind in _MOVES for event, _ in told)
    odd = _odd(versions, lambda a, b: _places_fit(held[a.value], held[b.value], moves=moves))
    if odd:
        yield odd


def _places_fit(a: Place, b: Place, *, moves: bool) -> bool:
    """Of a journey, either end may be told (`평양을 떠났다`, `베트남으로 떠났다`)."""
    return places_agree(a, b) or (moves and a.country != b.country)


def places_agree(a: Place, b: Place) -> bool:
    """Whether two places may be one: equal, or one holds the other; a place whose surroundings are unknown agrees
    with all of its country."""
    if _bare(a.name) == _bare(b.name) or a.id == b.id:
        return True
    if a.country and b.country and a.country != b.country:
        return False
    within_a, within_b = {_bare(n) for n in a.within}, {_bare(n) for n in b.within}
    if _bare(a.name) in within_b or _bare(b.name) in within_a:
        return True
    if a.id == a.country or b.id == b.country or not within_a or not within_b:
        return True
    return any(_bare(x).endswith(_bare(y)) for x, y in ((a.name, b.name), (b.name, a.name)))


def _bare(name: str) -> str:
    return name.replace(" ", "")


# ---------------------------------------------------------------- who


def _people(told: Sequence[Told]) -> list[tuple[str, list[Version]]]:
    out = []
    versions = [(t, _named(t[0])) for t in told]
    odd = {i for (i, a), (k, b) in combinations(enumerate(versions), 2) if _other_people(a[1], b[1]) for i in (i, k)}
    if odd:
        chosen = [(told[i], versions[i][1]) for i in sorted(odd)]
        verbal = all(t[0].kind in _VERBAL for t, _ in chosen)
        out.append(("speaker" if verbal else "participants", [
            _version("+".join(sorted(p.id for p in _distinct(people, [q for _, q in chosen]))), t, _proof(t[0], "actor"))
            for t, people in chosen
        ]))  # fmt: skip
    lists = [(t, [p for p in t[0].participants if p.role == "attendee"]) for t in told]
    closed = [(t, people) for t, people in lists if people and not _open(t)]
    wrong = {
        i for (i, a), (k, b) in combinations(enumerate(closed), 2)
        if a[0][1].version != b[0][1].version and _lists_differ(a[1], b[1]) for i in (i, k)
    }  # fmt: skip
    if wrong:
        out.append(("participants", [
            _version("+".join(sorted(p.id for p in closed[i][1])), closed[i][0], _proof(closed[i][0][0], "participants"))
            for i in sorted(wrong)
        ]))  # fmt: skip
    return out


def _named(event: Event) -> list[Participant]:
    return [p for p in (*event.actor, *event.recipient) if p.id != p.country and not p.id.startswith(p.country.lower() + "-")]


def _other_people(a: Sequence[Participant], b: Sequence[Participant]) -> bool:
    """Whether for one state the two name wholly different people."""
    for state in {p.country for p in a} & {p.country for p in b}:
        ours, theirs = {p.id for p in a if p.country == state}, {p.id for p in b if p.country == state}
        if ours and theirs and not ours & theirs:
            return True
    return False


def _distinct(people: Sequence[Participant], everyone: Sequence[Sequence[Participant]]) -> list[Participant]:
    """Those of the people whom not all of the lists name."""
    return [p for p in people if not all(any(p.id == q.id for q in other) for other in everyone)]


def _lists_differ(a: Sequence[Participant], b: Sequence[Participant]) -> bool:
    """Each list names somebody of a state that both speak of and whom the other lacks."""
    states = {p.country for p in a} & {p.country for p in b}
    ours, theirs = {p.id for p in a if p.country in states}, {p.id for p in b if p.country in states}
    return bool(ours - theirs and theirs - ours)


def _open(told: Told) -> bool:
    """`최선희 외무상 등이 배석했다`: the list does not claim to be whole."""
    ends = [e.end for e in told[0].evidence if e.field == "participants"]
    return bool(ends) and bool(_OPEN_LIST.match(told[1].text[max(ends) : max(ends) + 12]))


# ---------------------------------------------------------------- how many, whether


def _numbers(told: Sequence[Told]) -> Iterable[list[Version]]:
    """For each thing counted; of one report's sentences, the first quantity of the thing counts."""
    held = [(t, q) for t in told for q in _firsts(quantities_of(*t))]
    for unit in sorted({q.unit for _, q in held}):
        ours = [(t, q) for t, q in held if q.unit == unit]
        wrong: set[int] = set()
        for (i, a), (k, b) in combinations(enumerate(ours), 2):
            if comparable(a[1], b[1]) and not quantities_agree(a[1], b[1]) and a[0][1].version != b[0][1].version:
                wrong |= {i, k}
        if wrong:
            yield [_quantity_version(*ours[i]) for i in sorted(wrong)]


def _firsts(quantities: Sequence[Quantity]) -> list[Quantity]:
    out: list[Quantity] = []
    for quantity in quantities:
        if not any(comparable(quantity, q) for q in out):
            out.append(quantity)
    return out


def _quantity_version(told: Told, quantity: Quantity) -> Version:
    words = told[1].text[quantity.start : quantity.end]
    value = f"{quantity.value:g}{quantity.unit}" if quantity.value < 1e6 else f"{quantity.value:.0f}{quantity.unit}"
    return msgspec.structs.replace(_version(value, told, None), words=words, start=quantity.start, end=quantity.end)


def _statuses(told: Sequence[Told]) -> Iterable[list[Version]]:
    """Told as fact or as said by somebody, and denied; called off, and yet held."""
    held = {event.status for event, _ in told}
    positive = held & (_FACTS | {Status.alleged} | _PLANS)
    against = ({Status.denied} if positive else set()) | ({Status.cancelled} if held & _FACTS else set())
    if not against & held:
        return
    shown = against | positive if Status.denied in held else against | (held & _FACTS)
    yield [_version(event.status.value, (event, report), _proof(event, "status")) for event, report in told if event.status in shown]


# ---------------------------------------------------------------- corrections


def _corrected(versions: Sequence[Version], reports: dict[str, Report]) -> list[Version]:
    """Link a version to the values it takes back: its report says so (`바로잡습니다`), or is a later version of the
    page that gave them."""
    out = []
    for version in versions:
        report = reports[version.document]
        others = [v for v in versions if v.value != version.value and v.published <= version.published]
        page = [v for v in others if reports[v.document].version == report.version and v.published < version.published]
        house = [v for v in others if v.outlet == version.outlet and v.document != version.document]
        back = (house or others) if CORRECTION.search(report.text) else page
        values = tuple(sorted({v.value for v in back}))
        out.append(msgspec.structs.replace(version, corrects=values) if values else version)
    return out
