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
from sacho.resolve.days import days_of
from sacho.resolve.parties import institution, key_of, person
from sacho.resolve.quantities import Quantity, comparable, quantities_of
from sacho.resolve.quantities import agree as quantities_agree
from sacho.resolve.tellings import CORRECTION
from sacho.resolve.within import carried

Told = tuple[Event, Report]

_FACTS = frozenset({Status.occurred, Status.ongoing})
_PLANS = frozenset({Status.planned, Status.proposed})
_STAGED = frozenset(
    {"meet", "ceremony", "sign", "attend", "inspect", "launch", "test", "arrive", "depart", "convene", "drill", "attack"}
)  # kinds whose place is where they happened
_MOVES = frozenset({"arrive", "depart"})
_VERBAL = frozenset({"state", "accuse", "reject", "threaten", "support", "request", "concede"})
_HOUSES = (
    "의사당", "영빈관", "국빈관", "공관", "대사관", "대표부", "영사관", "청사", "회관", "호텔", "궁전", "회의센터", "컨벤션센터", "회의장",
    "기념관", "미술관", "박물관", "극장", "대극장", "체육관", "여관", "초대소", "대회당",
)  # heads of names of houses
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
        stays = all(t[0].kind == "visit" for t in told)
        ranges = [v.value for v in versions if "/" in v.value]
        odd = _odd(versions, lambda a, b: _days_fit(a.value, b.value, ranges, stays=stays))  # noqa: B023
        if odd:
            yield odd


def _days_fit(a: str, b: str, ranges: Sequence[str], *, stays: bool) -> bool:
    """Whether two values may both be true. Of a stay, a day is only a part: only two whole stays can contradict each
    other; and days that a told length of several days (`26일부터 28일까지`) holds are days of it."""
    if _lengths(a, b):
        return a == b
    if days_agree(a, b) or _overlap(a, b) or (stays and not (_whole(a) and _whole(b))):
        return True
    return "/" not in a and "/" not in b and any(days_agree(a, r) and days_agree(b, r) for r in ranges)


def _lengths(a: str, b: str) -> bool:
    """Whether both values give the first and the last day of it (`20일부터 29일까지`), exactly."""
    return all(len(v) == 21 and v.count("-") == 4 and v.replace("-", "").replace("/", "").isdigit() for v in (a, b))


def _whole(value: str) -> bool:
    return "/" in value and ".." not in value


def _overlap(a: str, b: str) -> bool:
    """Whether a month or a year and days may be one: days of two months are partly in either."""
    one, two = days_of(a), days_of(b)
    return one is not None and two is not None and (one.vague or two.vague) and one.first <= two.last and two.first <= one.last


def _day_versions(told: Told) -> Iterable[Version]:
    event = told[0]
    if event.date and not carried(event, "date"):
        yield _version(event.date, told, _proof(event, "date"))
    yield from _disputed(told, "date", event.date)


def _odd(versions: Sequence[Version], agreeing: Callable[[Version, Version], bool]) -> list[Version]:
    """The versions that differ from at least one other."""
    wrong = {i for (i, a), (k, b) in combinations(enumerate(versions), 2) if not agreeing(a, b) for i in (i, k)}
    return [versions[i] for i in sorted(wrong)]


# ---------------------------------------------------------------- place


def _places(told: Sequence[Told]) -> Iterable[list[Version]]:
    held = {e.place.name: e.place for e, _ in told if e.place is not None}
    moves = any(event.kind in _MOVES for event, _ in told)

    def fit(a: Version, b: Version) -> bool:
        one, two = held.get(a.value), held.get(b.value)
        if one is None or two is None:
            return _bare(a.value) == _bare(b.value)
        return _places_fit(one, two, moves=moves)

    for statuses in (_FACTS, _PLANS):
        versions = [v for t in told if t[0].status in statuses and t[0].kind in _STAGED for v in _place_versions(t)]
        odd = _odd(versions, fit)
        if odd:
            yield odd


def _place_versions(told: Told) -> Iterable[Version]:
    event = told[0]
    if event.place is not None and _known(event.place) and not carried(event, "place"):
        yield _version(event.place.name, told, _proof(event, "place"))
    yield from _disputed(told, "place", event.place.name if event.place is not None else "")


def _known(place: Place) -> bool:
    """Whether it is clear where the place is, or that it is a house; of seas the lexicon tells no state."""
    return bool(place.country) or not place.id.startswith("name:") or _house(place)


def _house(place: Place) -> bool:
    """Whether the name is that of a house of its own: `신라호텔`, not `호텔`."""
    bare = _bare(place.name)
    head = next((h for h in _HOUSES if bare.endswith(h)), "")
    return bool(head) and len(bare) >= len(head) + 2


def _disputed(told: Told, field: str, value: str) -> Iterable[Version]:
    """The other values that the event's own report gives."""
    for conflict in told[0].conflicts:
        for other in conflict.values if conflict.field == field else ():
            if other.value != value:
                yield _version(other.value, told, other.evidence, sources=other.sources)


def _places_fit(a: Place, b: Place, *, moves: bool) -> bool:
    """Of a journey, either end may be told (`평양을 떠났다`, `베트남으로 떠났다`)."""
    return places_agree(a, b) or (moves and a.country != b.country) or (_at_sea(a) != _at_sea(b))


def _at_sea(place: Place) -> bool:
    """`동해`: what flies there starts elsewhere, so that it does not contradict a place on land."""
    return not place.country and not place.within and not _house(place)


def places_agree(a: Place, b: Place) -> bool:
    """Whether two places may be one: equal, or one holds the other; a place whose surroundings are unknown agrees
    with all of its country."""
    if _bare(a.name) == _bare(b.name) or a.id == b.id:
        return True
    if a.country and b.country and a.country != b.country:
        return False
    if _house(a) and _house(b):
        return _one_house(_bare(a.name), _bare(b.name))
    if not a.country and not b.country:
        return a.id.startswith("name:") or b.id.startswith("name:")
    within_a, within_b = {_bare(n) for n in a.within}, {_bare(n) for n in b.within}
    if _bare(a.name) in within_b or _bare(b.name) in within_a:
        return True
    if a.id == a.country or b.id == b.country or not within_a or not within_b:
        return True
    return any(_bare(x).endswith(_bare(y)) for x, y in ((a.name, b.name), (b.name, a.name)))


def _one_house(a: str, b: str) -> bool:
    """Whether two names of houses may be of one: one in the other, or a part of the other (`정부청사`, `정부서울청사`)."""
    return a in b or b in a or (a[:2] == b[:2] and a[-2:] == b[-2:])


def _bare(name: str) -> str:
    return name.replace(" ", "")


# ---------------------------------------------------------------- who


def _people(told: Sequence[Told]) -> list[tuple[str, list[Version]]]:
    out = []
    verbal = all(t[0].kind in _VERBAL for t in told)
    versions = [(t, _speakers(t[0]) if verbal else _named(t[0])) for t in told]
    odd = _odd_pairs(versions, _other_speakers if verbal else _other_people)
    if odd:
        chosen = [versions[i] for i in odd]
        out.append(("speaker" if verbal else "participants", [
            _version(_list(_distinct(people, [q for _, q in chosen])), t, _proof(t[0], "actor")) for t, people in chosen
        ]))  # fmt: skip
    lists = [(t, people) for t in told if (people := [p for p in t[0].participants if p.role == "attendee"]) and not _open(t)]
    differing = _odd_pairs(lists, _lists_differ)
    held = [_version(_list(people), t, _proof(t[0], "participants")) for t, people in (lists[i] for i in differing)]
    beside = [(t, list(_disputed(t, "participants", _list(t[0].participants)))) for t in told]
    held += [v for _, others in beside for v in others]
    held += [_version(_list(t[0].participants), t, _proof(t[0], "participants")) for t, others in beside if others and not differing]
    if held:
        out.append(("participants", held))
    return out


def _odd_pairs(
    versions: Sequence[tuple[Told, Sequence[Participant]]], differing: Callable[[Sequence[Participant], Sequence[Participant]], bool]
) -> list[int]:
    """Numbers of the versions that differ from at least one other."""
    return sorted({i for (i, a), (k, b) in combinations(enumerate(versions), 2) if differing(a[1], b[1]) for i in (i, k)})


def _list(people: Iterable[Participant]) -> str:
    return "+".join(sorted(p.id for p in people))


def _named(event: Event) -> list[Participant]:
    return [p for p in (*event.actor, *event.recipient) if person(key_of(p))]


def _speakers(event: Event) -> list[Participant]:
    return [p for p in event.actor if person(key := key_of(p)) or institution(key)]


def _other_speakers(a: Sequence[Participant], b: Sequence[Participant]) -> bool:
    """Whether the two give the words to wholly different mouths; a minister speaks for the ministry."""
    if not a or not b or {p.id for p in a} & {p.id for p in b}:
        return False
    return not any(_heads(p, q) or _heads(q, p) for p in a for q in b)


def _heads(head: Participant, body: Participant) -> bool:
    """`최선희` with the office `외무상`, and `외무성`."""
    if not person(key_of(head)) or not institution(key_of(body)):
        return False
    last = body.name.split()[-1]
    return last[:2] in head.office or body.name in head.office


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
    """Each list names somebody whom the other lacks: of a state that both speak of, or beside somebody whom both name."""
    everybody, others = {p.id for p in a}, {p.id for p in b}
    if everybody & others:
        return bool(everybody - others and others - everybody)
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
    for statuses in (_PLANS, frozenset(Status) - _PLANS):
        held = [(t, q) for t in told if t[0].status in statuses for q in _firsts(quantities_of(*t))]
        for unit in sorted({q.unit for _, q in held}):
            ours = [(t, q) for t, q in held if q.unit == unit]
            wrong: set[int] = set()
            for (i, a), (k, b) in combinations(enumerate(ours), 2):
                if comparable(a[1], b[1]) and not quantities_agree(a[1], b[1]) and a[0][1].document != b[0][1].document:
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
    return msgspec.structs.replace(_version(quantity.told, told, None), words=words, start=quantity.start, end=quantity.end)


def _statuses(told: Sequence[Told]) -> Iterable[list[Version]]:
    """Told as fact or as said by somebody, and denied; called off, and yet held. A plan that is denied was not told as fact."""
    held = {event.status for event, _ in told}
    positive = held & (_FACTS | {Status.alleged})
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
