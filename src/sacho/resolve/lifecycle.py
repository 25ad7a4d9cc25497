"""The life of a happening: the stages it went through, and how one leads to another.

Within a happening: proposed, announced, held, cancelled, denied. Between happenings: an invitation and the visit it led to; a
visit and the arrival, talks, signing, banquet and departure that it is made of (`part`), or what else the visitor did meanwhile
(`during`: a welcome, a wreath, a show); a working contact and what it prepared; what was held and
what followed it up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sacho.records import Event, Happening, LifeLink, Participant, Reason, Record, Report, Stage, Status
from sacho.resolve.days import Days, days_of
from sacho.resolve.parties import institution, key_of, person
from sacho.resolve.quantities import sentence_of

Told = tuple[Event, Report]
_Fit = tuple[int, bool, bool, int]

_STAGES = {
    Status.proposed: "proposed", Status.planned: "announced", Status.occurred: "held", Status.ongoing: "held",
    Status.cancelled: "cancelled", Status.denied: "denied",
}  # fmt: skip
_ORDER = ("proposed", "announced", "held", "cancelled", "denied")
_PARTS = ("arrive", "depart", "meet", "sign")  # of a visit, and its meals
_BESIDE = ("ceremony", "attend", "inspect")
_CONTACTS = ("meet", "call", "visit", "cooperate")


class Choice(Record):
    """A link that a happening of a kind of `choosing` has with the happenings among `chosen` (the first kinds first) that fit it best:
    whether one is linked depends on the others of `chosen` too. `days` may lie between the two."""

    choosing: tuple[str, ...]
    chosen: tuple[str, ...]
    days: int


INVITED = Choice(choosing=("invite",), chosen=("visit",), days=550)
PREPARED = Choice(choosing=_CONTACTS, chosen=("meet", "visit", "convene"), days=90)
FOLLOWED = Choice(choosing=_CONTACTS, chosen=("meet", "visit", "sign"), days=270)
DURING = Choice(choosing=(*_PARTS, *_BESIDE), chosen=("visit",), days=366)  # some are told with their year only
CHOICES = (INVITED, PREPARED, FOLLOWED, DURING)
"""Everything that can link two happenings."""
_SOUGHT = frozenset(kind for choice in CHOICES for kind in choice.chosen) | frozenset(DURING.choosing)
_MEAL = re.compile(r"연회|만찬|오찬|조찬|리셉션|만찬회|식사|다과")
_BEFORE = 12  # letters before the words of an act in which its object stands
_MONTH = 45
_JUST = 4  # days that a stay told without a day may have begun before the report
_SOON = 14  # days until a stay announced without a day
_PREPARING = re.compile(
    r"준비|실무\s?(?:협의|접촉|회담|협상)|선발대|사전\s?(?:협의|접촉|조율|답사)|조율하기 위해"
    r"|(?:일정|의제|의전|방[가-힣]|방문|회담|정상회의)(?:\s?(?:문제|일정|의제))?[을를]?\s(?:\S+\s)?(?:조율|논의|협의)(?:했|하였|하고|하기|해|한)"
)
_ADVANCE = re.compile(r"선발대|사전\s?답사")
_FOLLOWING = re.compile(r"후속|합의(?:사항)?[을를의]?\s?(?:이행|리행)|이행(?:을 위한)? (?:협의|방안)")
_SUMMIT = re.compile(r"정상회담|수뇌(?:회담|상봉)|정상회의")
_VISIT = re.compile(r"방문|방북|방러|방중|방미|방한|방일|순방")


def stages_of(told: Sequence[Told]) -> tuple[Stage, ...]:
    """The stages that a happening's reports tell of, each with the report that told it first."""
    found: dict[str, Stage] = {}
    for event, report in sorted(told, key=lambda t: (t[1].published or "9", t[1].document, t[0].id)):
        stage = _STAGES.get(event.status)
        if stage is not None and stage not in found:
            found[stage] = Stage(stage=stage, event=event.id, document=report.document, published=report.published)
    return tuple(found[stage] for stage in _ORDER if stage in found)


class _Life:
    """A happening with what linking looks at."""

    __slots__ = ("dated", "days", "grounds", "happening", "kind", "people", "states", "stay", "told", "when", "words")

    def __init__(self, happening: Happening, told: Sequence[Told]) -> None:
        self.happening = happening
        self.kind = happening.kind
        self.told = told
        self.days = sorted(
            {(d.first, d.last) for e, _ in told if (d := days_of(e.date)) is not None and not d.vague}
        ) or [(d.first, d.last) for d in [_reported(told)] if d is not None]
        whole = sorted({(d.first, d.last) for e, _ in told if (d := days_of(e.date)) is not None})
        self.stay = [d for d in self.days if d in whole] or [d for d in whole if d[1] - d[0] <= _MONTH] or _about(told)
        self.when = [d for d in self.days if d in whole] or whole or self.days
        self.dated = bool(whole)
        self.people = {p.id for e, _ in told for p in (*e.actor, *e.recipient)}
        self.states = {p.country for e, _ in told for p in (*e.actor, *e.recipient) if p.country}
        self.grounds = {e.place.country for e, _ in told if e.place is not None and e.place.country}
        self.words = " ".join(sorted({sentence_of(r.text, p.start) for e, r in told for p in e.evidence if p.field == "kind"}))

    @property
    def sides(self) -> list[Participant]:
        return [p for e, _ in self.told for p in (*e.actor, *e.recipient)]

    @property
    def first(self) -> int:
        return self.days[0][0] if self.days else 0

    @property
    def last(self) -> int:
        return max(last for _, last in self.days) if self.days else 0


def _reported(told: Sequence[Told]) -> Days | None:
    """A happening without a day is placed on the day of its first report."""
    return days_of(min((r.published for _, r in told if r.published), default=""))


def _about(told: Sequence[Told]) -> list[tuple[int, int]]:
    """The days about the reports of a stay that gives none: what goes on or is over began before them."""
    days = [d for _, r in told if (d := days_of(r.published)) is not None]
    if not days:
        return []
    first, last = min(d.first for d in days), max(d.last for d in days)
    ahead = all(e.status in (Status.planned, Status.proposed) for e, _ in told)
    return [(first, last + _SOON)] if ahead else [(first - _JUST, min(last, first + _JUST))]


def links_of(happenings: Sequence[Happening], told: Mapping[str, Told]) -> tuple[LifeLink, ...]:
    """Links between happenings, sorted. `told` gives event and report of an event id."""
    lives = [_Life(h, [told[e] for e in h.events]) for h in happenings]
    by_state: dict[str, list[_Life]] = {}
    for life in lives:
        for state in life.states if life.kind in _SOUGHT else ():
            by_state.setdefault(state, []).append(life)
    links: list[LifeLink] = []
    parts: dict[str, list[tuple[_Fit, LifeLink]]] = {}
    for life in lives:
        near = list({id(o): o for state in sorted(life.states) for o in by_state.get(state, ())}.values())
        if life.kind in INVITED.choosing:
            links += _invited(life, near)
        if life.kind in DURING.chosen:
            for fit, link in _parts(life, near):
                parts.setdefault(link.source, []).append((fit, link))
        if life.kind in PREPARED.choosing:
            links += _prepared(life, near)
        if life.kind in FOLLOWED.choosing:
            links += _followed(life, near)
    links += [link for found in parts.values() for fit, link in found if fit == max(f for f, _ in found)]
    return tuple(sorted(links, key=lambda link: (link.type, link.source, link.target)))


def _link(kind: str, source: _Life, target: _Life, *reasons: tuple[str, str]) -> LifeLink:
    return LifeLink(
        type=kind, source=source.happening.id, target=target.happening.id,
        reasons=tuple(Reason(field=f, found=w, weight=1.0) for f, w in reasons),
    )  # fmt: skip


def _invited(invitation: _Life, near: Sequence[_Life]) -> list[LifeLink]:
    """The first visit by the invited to the inviting state that ends after the invitation was told."""
    hosts = {p.country for e, _ in invitation.told for p in e.actor}
    guests = {p.id for e, _ in invitation.told for p in e.recipient} | {p.country for e, _ in invitation.told for p in e.recipient}
    fitting = []
    for life in near:
        visitors = {p.id for e, _ in life.told for p in e.actor}
        if life.kind not in INVITED.chosen or not visitors & guests or not _goes_to(life, hosts) or not life.days or not invitation.days:
            continue
        lag = life.last - invitation.first
        if 0 <= lag <= INVITED.days:
            fitting.append((lag, life.happening.id, life))
    return [_link("invited", invitation, min(fitting)[2], ("recipient", "is the visitor"), ("date", "next visit"))] if fitting else []


def _goes_to(visit: _Life, states: set[str]) -> bool:
    return any(
        p.country in states for e, _ in visit.told for p in e.recipient
    ) or any(e.place is not None and e.place.country in states for e, _ in visit.told)  # fmt: skip


def _parts(visit: _Life, near: Sequence[_Life]) -> Iterator[tuple[_Fit, LifeLink]]:
    """What the visitor did in the country he visited, on the days of the visit; each with how well it fits this visit: how
    many of the visitors, told in one report, a stay with days of its own, and the shorter one."""
    visitors = {p.id for e, _ in visit.told for p in e.actor}
    homes = {p.country for e, _ in visit.told for p in e.actor}
    abroad = ({p.country for e, _ in visit.told for p in e.recipient} | {e.place.country for e, _ in visit.told if e.place}) - homes
    for life in near:
        if life.kind not in DURING.choosing or life is visit or not abroad or not _comes_about(life):
            continue
        meanwhile = any(a <= last and b >= first for a, b in life.when for first, last in visit.stay)
        if meanwhile and _on_the_way(life, visitors, homes, abroad):
            kind = "part" if life.kind in _PARTS or _meal(life) else "during"
            together = not {r.document for _, r in life.told}.isdisjoint([r.document for _, r in visit.told])
            fit = len(life.people & visitors - homes), together, visit.dated, -min(b - a for a, b in visit.stay)
            yield fit, _link(kind, life, visit, ("actor", "the visitor"), ("date", "in the days of the visit"))


def _meal(life: _Life) -> bool:
    return any(
        _MEAL.search(report.text[max(0, proof.start - _BEFORE) : proof.end])
        for event, report in life.told for proof in event.evidence if proof.field == "kind"
    )  # fmt: skip


def _on_the_way(life: _Life, visitors: set[str], homes: set[str], abroad: set[str]) -> bool:
    present = {p.id for e, _ in life.told for p in (*e.actor, *e.recipient, *e.participants)}
    group = visitors & homes  # a delegation known by its state only
    unnamed = any(not person(key) and not institution(key) for key in map(key_of, life.sides) if key.partition("/")[0] in homes)
    if not present & visitors and not (group and life.states & homes) and not unnamed:
        return False
    places = {e.place.country for e, _ in life.told if e.place is not None and e.place.country}
    if places:
        return bool(places & abroad)
    return life.kind in ("arrive", "depart") or bool(life.states & abroad)


def _comes_about(life: _Life) -> bool:
    return any(e.status not in (Status.denied, Status.hypothetical) for e, _ in life.told)


def _prepared(life: _Life, near: Sequence[_Life]) -> list[LifeLink]:
    """A working contact for something to come, and the next such happening of the same states."""
    if not _PREPARING.search(life.words):
        return []
    ahead = ("visit", "meet") if _VISIT.search(life.words) or _ADVANCE.search(life.words) else PREPARED.chosen
    kinds = ("meet",) if _SUMMIT.search(life.words) else ahead
    fitting = [
        (kinds.index(o.kind), o.first - life.last, o.happening.id, o) for o in near
        if o is not life and o.kind in kinds and life.states <= o.states | o.grounds and 0 <= o.first - life.last <= PREPARED.days
        and _comes_about(o) and (o.kind == "visit" or not _PREPARING.search(o.words)) and life.days and o.days
    ]  # fmt: skip
    return [_link("prepared", life, min(fitting)[3], ("words", "preparing"), ("date", "next of the same states"))] if fitting else []


def _followed(life: _Life, near: Sequence[_Life]) -> list[LifeLink]:
    """What follows something up, and the last such happening before it."""
    if not _FOLLOWING.search(life.words):
        return []
    kinds = ("meet",) if _SUMMIT.search(life.words) else ("visit", "meet") if _VISIT.search(life.words) else FOLLOWED.chosen
    fitting = [
        (-kinds.index(o.kind), o.last - life.first, o.happening.id, o) for o in near
        if o is not life and o.kind in kinds and life.states <= o.states and 0 <= life.first - o.last <= FOLLOWED.days
        and not _FOLLOWING.search(o.words) and not _PREPARING.search(o.words) and life.days and o.days
    ]  # fmt: skip
    return [_link("followed", max(fitting)[3], life, ("words", "following up"), ("date", "last of the same states"))] if fitting else []
