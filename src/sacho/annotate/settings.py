"""When and where: the time expression and the place that belong to a trigger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from sacho.annotate.clauses import Clause
from sacho.annotate.frames import Cast
from sacho.annotate.phrases import Unit
from sacho.annotate.roles import Slots
from sacho.annotate.triggers import Trigger
from sacho.records import Mention, MentionKind, Timex, TimexKind, TimexRole, Token


class Sentenced(Protocol):
    """Units and clauses of one sentence."""

    @property
    def units(self) -> Sequence[Unit]: ...
    @property
    def clauses(self) -> Sequence[Clause]: ...


_SEATED = frozenset(["meet", "sign", "agree", "ceremony", "message", "convene", "attend"])
_SETTLING = frozenset(["agree", "request", "invite"])
_MOVING = ("방문", "찾", "도착", "머물", "머무르", "들르", "건너가", "체류", "들어가", "방한", "방북")
_OPENING = frozenset(["subj", "also"])
_ADVERBIAL = frozenset(["bare", "loc", "at", "adv", "from", "dir", "topic", "occasion", "also"])


def find_date(
    trigger: Trigger, slots: Slots, analysis: Sentenced, timexes: Sequence[Timex], nominal: frozenset[int]
) -> Timex | None:
    """The day of the event: in its own phrase, in its clause, in the clause whose noun it stands in, in an
    earlier clause of the same chain. None if the sentence gives none. `nominal` are the phrases of bare event
    nouns: a time right before one is its own (`다음 달 정상회담을 위해`)."""
    own = _own_units(trigger, analysis)
    settled = _settled(trigger, analysis)
    for k in (*_where(trigger, slots, analysis), *_before_embedded(trigger, analysis)):
        if k in settled:
            continue  # the day of what is to be done: `19일까지 평양에서 열기로 합의했다`
        beside = analysis.units[k].case in _ADVERBIAL or _lasts(analysis.units[k], timexes)
        if k not in own and (not beside or k + 1 in nominal - {trigger.unit}):
            continue  # the time belongs to a thing (`2024~2025년 교류계획서`) or to another event
        for t in _nearest(analysis.units[k], trigger, timexes):
            return timexes[t]
    return None


def _lasts(unit: Unit, timexes: Sequence[Timex]) -> bool:
    """`사흘간의 일정을 마치고 29일`: the days of the whole."""
    return unit.case == "gen" and any(timexes[t].rule in ("duration", "stay") and "/" in timexes[t].value for t in unit.timexes)


def _settled(trigger: Trigger, analysis: Sentenced) -> frozenset[int]:
    """Phrases of the plan that a settling verb settles, not of the settling."""
    if trigger.cue.kind not in _SETTLING:
        return frozenset()
    plans = [c for c in analysis.clauses if c.kind == "nominal" and c.predicate >= 0 and analysis.units[c.predicate].ending == "기"]
    return frozenset(k for c in plans for k in c.arguments if analysis.units[k].timexes and not _leads(k, analysis.units))


def _leads(k: int, units: Sequence[Unit]) -> bool:
    """Whether the phrase opens the sentence or stands right behind what opens it, where the main verb's day stands."""
    return all(units[j].topic or units[j].case in _OPENING or units[j].timexes or _joins(units[j]) for j in range(k))


def _joins(unit: Unit) -> bool:
    """`이에 앞서`, `한편` before the day."""
    if unit.is_predicate:
        return unit.stem in ("앞서", "이어", "잇")
    return not unit.mentions and unit.case in ("loc", "bare") and unit.last - unit.first < 3


def _before_embedded(trigger: Trigger, analysis: Sentenced) -> Iterator[int]:
    """A day that opens the sentence belongs to its last verb, even where a clause is put in between:
    `북한은 오늘 오전 [훈련을 중단하라는] 전화통지문을 보냈다`."""
    n = trigger.clause
    if n < 0 or trigger.use == "bare" or analysis.clauses[n].kind in ("adnominal", "quoted", "nominal"):
        return
    for clause in analysis.clauses[:n]:
        if clause.kind in ("adnominal", "quoted", "nominal") and n in _above(clause, analysis.clauses):
            own = clause.found == "own" and analysis.units[clause.subject].case == "subj"
            inner = clause.subject if own else -1  # `장관은 [북한이 지난 21일 발사한 것을] 규탄했다`
            yield from (
                k for k in clause.arguments
                if k < trigger.unit and not -1 < inner < k and _leads(k, analysis.units)
            )  # fmt: skip


def _above(clause: Clause, clauses: Sequence[Clause]) -> list[int]:
    out: list[int] = []
    while clause.governor >= 0 and clause.governor not in out:
        out.append(clause.governor)
        clause = clauses[clause.governor]
    return out


def find_time(trigger: Trigger, slots: Slots, analysis: Sentenced, timexes: Sequence[Timex]) -> str:
    for k in slots.units:
        for t in analysis.units[k].timexes:
            if timexes[t].time and timexes[t].role is TimexRole.event:
                return timexes[t].time
    return ""


def find_place(
    trigger: Trigger, roles: Cast, slots: Slots, units: Sequence[Unit], clauses: Sequence[Clause],
    mentions: Sequence[Mention],
) -> int:  # fmt: skip
    """Index of the mention that names the place, -1 if none: the destination or origin of a movement, else a
    place in the clause, a house named there, or the place that the clause before led to."""
    leaving = trigger.cue.kind == "depart"
    for group in (() if leaving else roles.destination, roles.origin, roles.places):
        for m in sorted(group, reverse=True):
            if mentions[m].kind is MentionKind.place:
                return m
    for m in roles.places:
        if mentions[m].kind is MentionKind.country:
            return m
    around = [*slots.units, *_stage_units(slots, units, clauses)]
    found = next((m for k in around if (m := _place_at(units, k, mentions)) >= 0), -1)
    if found < 0 and trigger.cue.kind in _SEATED:
        found = next((m for k in around if (m := _house_at(units, k, mentions, roles)) >= 0), -1)
    if found < 0 and trigger.cue.kind in _SEATED and trigger.use != "bare":
        found = next((m for k in _led_to(trigger, units, clauses) if (m := _place_in(units[k], mentions)) >= 0), -1)
    return found


def _place_at(units: Sequence[Unit], k: int, mentions: Sequence[Mention]) -> int:
    if units[k].case not in ("at", "atgen", "loc") or units[k].topic:
        return -1
    while k >= 0 and not units[k].is_predicate:
        found = _place_in(units[k], mentions)
        if found >= 0:
            return found
        k -= 1
        if units[k].case not in ("gen", "bare") or units[k].timexes:
            break
    return -1


def _place_in(unit: Unit, mentions: Sequence[Mention]) -> int:
    return next((m for m in reversed(unit.mentions) if mentions[m].kind is MentionKind.place), -1)


def _house_at(units: Sequence[Unit], k: int, mentions: Sequence[Mention], roles: Cast) -> int:
    """A body as the house it sits in: `크렘린궁에서 만났다`, `청와대로 대통령을 예방했다`."""
    if units[k].case not in ("at", "dir") or not units[k].mentions:
        return -1
    last = units[k].mentions[-1]
    taken = {*roles.actor, *roles.recipient}
    seat = mentions[last].kind is MentionKind.body and mentions[last].rule != "outlet" and not mentions[last].office
    return last if seat and last not in taken else -1


def _led_to(trigger: Trigger, units: Sequence[Unit], clauses: Sequence[Clause]) -> list[int]:
    """Phrases of the clauses right before in the chain that tell where it goes on: `워싱턴을 방문해 …와 협의한다`."""
    out = []
    n = trigger.clause - 1
    while n >= 0 and clauses[n].kind == "coordinate" and clauses[n].predicate >= 0:
        verb = units[clauses[n].predicate]
        moves = any(word in verb.stem for word in _MOVING)
        out += [
            k for k in reversed(clauses[n].arguments)
            if units[k].case == "at" or (moves and units[k].case in ("obj", "loc", "dir"))
        ]  # fmt: skip
        n -= 1
    return out


def _stage(clause: Clause, arguments: Sequence[int], analysis: Sentenced) -> bool:
    """A clause before the noun of an occasion tells the day of what happened there: `19일 만난 자리에서`."""
    return clause.head in arguments and analysis.units[clause.head].case.startswith("at")


def _own_units(trigger: Trigger, analysis: Sentenced) -> set[int]:
    out = {trigger.unit}
    k = trigger.unit - 1
    while trigger.use != "verb" and k >= 0 and not analysis.units[k].is_predicate:
        if not (analysis.units[k].case.endswith("gen") or (analysis.units[k].case == "bare" and analysis.units[k].timexes)):
            break
        out.add(k)
        k -= 1
    return out


def _stage_units(slots: Slots, units: Sequence[Unit], clauses: Sequence[Clause]) -> list[int]:
    """Phrases of a clause before the noun of the occasion: `[울란바토르에서 열리는] 행사에 참석`."""
    stages = [k for k in slots.units if units[k].case in ("at", "loc")]
    return [k for c in clauses if c.kind == "adnominal" and c.head in stages for k in c.arguments]


_SITE = re.compile(
    r"(?:청사|회관|궁전|궁|호텔|영빈관|초대소|공항|비행장|회담장|의사당|접견실|관저|공관|기지|역|센터|극장|경기장|하우스|벙커|빌딩|대학|대학교"
    r"|학교|의집|리조트|골프장|묘지|묘|사원|성당|광장|공원|박물관|미술관|항|부두|본부|대사관|총영사관|사무소|공단|초소|훈련장|발사장|시험장"
    r"|조선소|공장|농장|병원|체육관|타워|식당|음식점|별장|사저|숙소|전시장|행사장|단지|산장|휴게소|회의장|대강당|강당|연구소|국빈관|빈관)$"
)


def find_site(slots: Slots, units: Sequence[Unit], tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Words of a building that no gazetteer has (`국가리사회청사에서`)."""
    for k in slots.units:
        unit = units[k]
        if unit.case not in ("at", "atgen", "loc") or unit.timexes or unit.spoken:
            continue
        last = first = unit.body - 1
        while first > unit.first and tokens[first - 1].end == tokens[first].start:
            first -= 1
        if tokens[last].end - tokens[first].start > 2 and _SITE.search("".join(t.form for t in tokens[first : last + 1])):
            return tokens[first].start, tokens[last].end
    return None


def _nearest(unit: Unit, trigger: Trigger, timexes: Sequence[Timex]) -> Iterator[int]:
    for t in reversed(unit.timexes):
        timex = timexes[t]
        usable = timex.kind in (TimexKind.date, TimexKind.time) and timex.role is TimexRole.event and timex.value
        if usable and not (trigger.start <= timex.start < trigger.end):
            yield t


def _where(trigger: Trigger, slots: Slots, analysis: Sentenced) -> Iterator[int]:
    """Units to look for a day in, the most telling first."""
    reach = max([trigger.unit, *(analysis.clauses[n].predicate for n in slots.clauses if trigger.use == "light")])
    own = [k for k in slots.units if k <= reach]
    yield from (k for k in own if k == trigger.unit or analysis.units[k].case.endswith("gen"))
    yield from reversed(own)
    clauses = analysis.clauses
    n = trigger.clause
    if n < 0:
        return
    if trigger.use == "bare":
        if analysis.units[trigger.unit].case.startswith("at"):
            yield from (k for k in reversed(clauses[n].arguments) if k < trigger.unit)
        return
    seen = {n}
    head = clauses[n].arguments
    for m in range(len(clauses) - 1, -1, -1):
        clause = clauses[m]
        if m < n and m not in seen and (clause.kind == "coordinate" or _stage(clause, head, analysis)):
            seen.add(m)
            yield from reversed(clause.arguments)
    if clauses[n].kind in ("adnominal", "nominal") and clauses[n].governor > n:
        governor = clauses[clauses[n].governor]
        if clauses[n].kind == "nominal" or trigger.use == "light":
            yield from (k for k in governor.arguments if k < trigger.unit)
