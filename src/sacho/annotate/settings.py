"""When and where: the time expression and the place that belong to a trigger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Protocol

import msgspec

from sacho.annotate.clauses import Clause
from sacho.annotate.phrases import Unit
from sacho.annotate.roles import Slots
from sacho.annotate.timex_scene import names_something
from sacho.annotate.triggers import Trigger
from sacho.annotate.view import View
from sacho.lexicon.words import load_words
from sacho.records import Timex, TimexKind, TimexRole


class Sentenced(Protocol):
    """Units and clauses of one sentence."""

    @property
    def units(self) -> Sequence[Unit]: ...
    @property
    def clauses(self) -> Sequence[Clause]: ...
    @property
    def view(self) -> View: ...


_DAY = 10  # letters of a whole date
_SETTLING = frozenset(["agree", "request", "invite"])
_BORDER = ("출국", "입국", "출발", "떠나", "이륙")
_CONTENTS = frozenset(["사실", "것", "거", "계획", "방침", "뜻", "의사", "입장", "문제", "소식", "혐의", "점", "질문", "가능성"])
_INVITED = re.compile(r"초청(?:으로|에 (?:의|따|응)|을 받)")
_UNDER_WAY = re.compile(r"[을를]?\s?(?:중[인이에]|[하진]\S{0,2}고\s?있)")
_LASTING = frozenset(["visit", "meet", "drill", "deploy", "aid", "cooperate", "protest", "coerce", "sanction"])
_STAYING = frozenset(["visit", "deploy", "aid", "drill", "coerce"])
_WORDS = load_words()
_OPENING = frozenset(["subj", "also"])
_ADVERBIAL = frozenset(["bare", "loc", "at", "adv", "from", "dir", "topic", "occasion", "also"])


def find_date(
    trigger: Trigger, slots: Slots, analysis: Sentenced, timexes: Sequence[Timex], nominal: frozenset[int], text: str, published: str
) -> Timex | None:
    """The day of the event: in its own phrase, in its clause, in the clause whose noun it stands in, in an
    earlier clause of the same chain. None if the sentence gives none. `nominal` are the phrases of bare event
    nouns: a time right before one is its own (`다음 달 정상회담을 위해`)."""
    if is_invited(trigger.cue.kind, trigger.start, text):
        return None
    units = analysis.units
    dated = [k for k in (*_where(trigger, slots, analysis), *_before_embedded(trigger, analysis, timexes)) if units[k].timexes]
    if not dated:
        return None
    if not dated:
        return None
    own = _own_units(trigger, analysis)
    planning = _is_plan(trigger, analysis)
    settled, said = _settled(trigger, analysis, timexes, published), _day_of_saying(trigger, analysis, timexes)
    for k in dated:
        if k in settled or k == said:
            continue  # the day of what is to be done: `19일까지 평양에서 열기로 합의했다`
        beside = units[k].case in _ADVERBIAL or _lasts(units[k], timexes) or _of_occasion(k, units)
        if k not in own and (not beside or k + 1 in nominal - {trigger.unit}):
            continue  # the time belongs to a thing (`2024~2025년 교류계획서`) or to another event
        for t in _nearest(units[k], trigger, timexes):
            if planning and _is_over(timexes[t].value, published):
                continue  # `11일 배치하기로 합의했다`: the day of the agreement
            if names_something(timexes[t].rule, timexes[t].end, text):
                continue
            found = _with_edge(_with_day_before(timexes, t), trigger, k in slots.units, text)
            if found is None or (len(found.value) == 10 and is_under_way(trigger.cue.kind, trigger.end, text)):
                continue  # `18일 방북 중인 차관을 접견했다`
            return found
    return None


def is_invited(kind: str, start: int, text: str) -> bool:
    """`초청으로 12일 도착했다`: the day is that of the journey, never of the invitation."""
    return kind == "invite" and _INVITED.match(text, start) is not None


def is_under_way(kind: str, end: int, text: str) -> bool:
    """`18일 방북 중인 차관을 접견했다`: the day is not that of the whole stay."""
    return kind == "visit" and _UNDER_WAY.match(text, end) is not None


def _with_edge(timex: Timex, trigger: Trigger, own: bool, text: str) -> Timex | None:
    """`21일부터` begins what lasts, `24일까지` ends a stay; neither dates what is done once in the course of it."""
    if "/" in timex.value or len(timex.value) < 7 or timex.time:
        return timex
    if text.startswith("부터", timex.end) and own and trigger.cue.kind in _LASTING:
        return msgspec.structs.replace(timex, value=f"{timex.value}/..")
    if text.startswith("까지", timex.end):
        return msgspec.structs.replace(timex, value=f"../{timex.value}") if own and trigger.cue.kind in _STAYING else None
    return timex


def _with_day_before(timexes: Sequence[Timex], t: int) -> Timex:
    """`16일과 17일 김 주석을 만나`: two days in a row are one stretch."""
    last, first = timexes[t], timexes[t - 1] if t else None
    if last.stretch:
        return msgspec.structs.replace(last, value=last.stretch)
    if first is None or last.start - first.end != 2 or not all(len(x.value) == 10 and "X" not in x.value for x in (first, last)):
        return last
    if date.fromisoformat(last.value) - date.fromisoformat(first.value) != timedelta(days=1):
        return last
    return msgspec.structs.replace(last, start=first.start, value=f"{first.value}/{last.value}")


def _of_occasion(k: int, units: Sequence[Unit]) -> bool:
    """`1일의 전체회의에서 요구했다`: the day of the occasion is that of what was said there."""
    return units[k].case == "gen" and k + 1 < len(units) and units[k + 1].case == "at" and not units[k + 1].mentions


def _lasts(unit: Unit, timexes: Sequence[Timex]) -> bool:
    """`사흘간의 일정을 마치고 29일`: the days of the whole."""
    return unit.case == "gen" and any(timexes[t].kind is TimexKind.duration and timexes[t].stretch for t in unit.timexes)


def _settled(trigger: Trigger, analysis: Sentenced, timexes: Sequence[Timex], published: str) -> frozenset[int]:
    """Phrases of the plan that a settling verb settles, not of the settling: a day gone by is the settling's."""
    if trigger.cue.kind not in _SETTLING:
        return frozenset()
    plans = [c for c in analysis.clauses if _is_aim(c, analysis.units)]
    named = [k for c in plans for k in c.arguments if analysis.units[k].timexes and not _leads(k, analysis.units)]
    return frozenset(k for k in named if not all(_is_over(timexes[t].value, published) for t in analysis.units[k].timexes))


def _is_plan(trigger: Trigger, analysis: Sentenced) -> bool:
    """Whether the clause tells what somebody settled on: `배치하기로 합의했다`."""
    n = trigger.clause
    if n < 0 or trigger.use == "bare" or not _is_aim(analysis.clauses[n], analysis.units):
        return False
    if trigger.unit < analysis.clauses[n].predicate - 1:
        return False  # `24일 협상, 돌려보내기로 합의했다`
    governor = analysis.clauses[n].governor
    return governor > n and analysis.clauses[governor].kind in ("final", "coordinate", "quoted")


def _is_aim(clause: Clause, units: Sequence[Unit]) -> bool:
    return clause.kind == "nominal" and clause.predicate >= 0 and units[clause.predicate].ending == "기"


def _is_over(value: str, published: str) -> bool:
    """Whether a day, month or year lies before that of the report: `이달 만나기로 했다` does not."""
    start = value[:10]
    return "" < start < published[: len(start)]


def _behind(clause: Clause, analysis: Sentenced) -> Iterator[int]:
    """The day that a clause stands before: `장관이 방북한 작년 11월`, `평양을 떠난 것은 1일이다`."""
    head = clause.head
    if clause.kind != "adnominal" or head < 0:
        return
    units = analysis.units
    if units[head].timexes:
        yield head
    elif units[head].topic and analysis.view.tokens[units[head].first].form in ("것", "거", "건") and clause.governor >= 0:
        last = analysis.clauses[clause.governor].predicate
        yield from (k for k in range(head + 1, last + 1) if units[k].timexes and k >= last - 1)


def _day_of_saying(trigger: Trigger, analysis: Sentenced, timexes: Sequence[Timex]) -> int:
    """The phrase with the day on which it was said, between the topic and the subject of what is said (`외무부는 12일 국경수비대가
    어선을 나포했다고 밝혔다`), unless the saying has another; -1 if there is none."""
    units, clauses = analysis.units, analysis.clauses
    if trigger.clause < 0:
        return -1
    outer = [m for m in (trigger.clause, *_above(clauses[trigger.clause], clauses)) if clauses[m].kind == "quoted"]
    if not outer or clauses[outer[-1]].predicate < trigger.unit:
        return -1
    end = clauses[outer[-1]].predicate
    verb = next((j for j in range(end + 1, len(units)) if units[j].is_predicate), -1)
    if verb < 0 or not units[verb].stem.startswith(_WORDS.saying) or any(units[j].timexes for j in range(end + 1, verb)):
        return -1
    for k in range(1, trigger.unit - 1):
        told = [timexes[t] for t in units[k].timexes]
        exact = told and len(told[-1].value) == 10 and not told[-1].time  # `합참은 12일 새벽 북한이 …`: the hour of the act
        if exact and units[k - 1].topic and units[k].case == "bare" and clauses[trigger.clause].subject in (k + 1, k + 2):
            return k
    return -1


def _leads(k: int, units: Sequence[Unit]) -> bool:
    """Whether the phrase opens the sentence or stands right behind what opens it, where the main verb's day stands."""
    named = {m for j in range(k) if _opens(units[j]) for m in units[j].mentions}
    return all(_opens(units[j]) or units[j].timexes or _joins(units[j]) or named.intersection(units[j].mentions) for j in range(k))


def _opens(unit: Unit) -> bool:
    return unit.topic or unit.case in _OPENING


def _joins(unit: Unit) -> bool:
    """`이에 앞서`, `한편` before the day."""
    if unit.is_predicate:
        return unit.stem in ("앞서", "이어", "잇")
    return not unit.mentions and unit.case in ("loc", "bare", "before") and unit.last - unit.first < 5


def _before_embedded(trigger: Trigger, analysis: Sentenced, timexes: Sequence[Timex]) -> Iterator[int]:
    """A day that opens the sentence belongs to its last verb, even where a clause is put in between:
    `북한은 오늘 오전 [훈련을 중단하라는] 전화통지문을 보냈다`; a month or a year only one clause further: not in
    `지난해 11월 [설명을 들은] 바와 같이 [방문해 주기를] 기대했다`."""
    n = trigger.clause
    if n < 0 or trigger.use == "bare" or analysis.clauses[n].kind in ("adnominal", "nominal"):
        return
    for clause in analysis.clauses[:n]:
        if clause.kind in ("adnominal", "quoted", "nominal") and n in _above(clause, analysis.clauses):
            own = clause.found == "own" and analysis.units[clause.subject].case == "subj"
            visiting = clause.predicate >= 0 and analysis.units[clause.predicate].stem.startswith(_WORDS.visiting)
            inner = clause.subject if own and not visiting else -1  # `장관은 [북한이 지난 21일 발사한 것을] 규탄했다`
            for k in clause.arguments:
                if not analysis.units[k].timexes or k >= trigger.unit or -1 < inner < k or not _leads(k, analysis.units):
                    continue
                if _is_beside(clause, n, analysis.units) or any([len(timexes[t].value) >= _DAY for t in analysis.units[k].timexes]):
                    yield k


def _is_beside(clause: Clause, n: int, units: Sequence[Unit]) -> bool:
    """Whether the clause is right below number `n`, or before the noun of an occasion (`열린 협의에서`)."""
    return clause.governor == n or (clause.head >= 0 and units[clause.head].case.startswith("at"))


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


def _stage(clause: Clause, arguments: Sequence[int], analysis: Sentenced) -> bool:
    """A clause before the noun of an occasion tells the day of what happened there: `19일 만난 자리에서`."""
    return clause.head in arguments and analysis.units[clause.head].case.startswith("at")


def _shares_day(before: Clause, clause: Clause, trigger: Trigger, analysis: Sentenced) -> bool:
    """Whether the day of a clause before in the chain is this clause's day too. Not where the speaking is dated, and
    not what is said (`23일 성명을 내고 … 배치하겠다고 위협했다`); not what a noun holds (`22일 만나 초청한 사실을 인정했다`);
    not behind a subject of its own (`북한은 26일 국경을 열었고 단체들은 편지를 보냈다`); not from a border crossed on the way
    (`27일 출국해 사무소를 방문했다`)."""
    units = analysis.units
    inner = clause.kind in ("quoted", "adnominal")
    if clause.kind == "quoted" and any(units[k].spoken for k in before.arguments):
        return False
    if is_content(clause, analysis):
        return False
    leaving = before.predicate >= 0 and units[before.predicate].stem.startswith(_BORDER)
    if leaving and trigger.cue.kind not in ("visit", "arrive", "depart") and not inner:
        return False
    if clause.kind == "adnominal" and clause.found == "gap" and clause.subject != before.subject:
        return False  # `10일 부의장을 만나고 [참전한] 병사들을 기렸다`
    own = clause.found in ("own", "topic") and before.found == "own" and clause.subject != before.subject
    first = next((k for k in before.arguments if units[k].timexes), -1)
    contrast = own and not inner and units[clause.subject].topic and before.subject < first
    return not (contrast and clause.subject > before.predicate)


def is_content(clause: Clause, analysis: Sentenced) -> bool:
    """What a noun holds: `초청한 사실을`, `배치할 계획을`."""
    if clause.kind != "adnominal" or clause.head < 0 or analysis.units[clause.head].is_predicate:
        return False
    return analysis.view.tokens[analysis.units[clause.head].body - 1].form in _CONTENTS


def _own_units(trigger: Trigger, analysis: Sentenced) -> set[int]:
    out = {trigger.unit}
    k = trigger.unit - 1
    while trigger.use != "verb" and k >= 0 and not analysis.units[k].is_predicate:
        if not (analysis.units[k].case.endswith("gen") or (analysis.units[k].case == "bare" and analysis.units[k].timexes)):
            break
        out.add(k)
        k -= 1
    return out


def _nearest(unit: Unit, trigger: Trigger, timexes: Sequence[Timex]) -> Iterator[int]:
    for t in reversed(unit.timexes):
        timex = timexes[t]
        day = timex.kind in (TimexKind.date, TimexKind.time) or timex.stretch
        usable = day and timex.role is TimexRole.event and timex.value
        if usable and not (trigger.start <= timex.start < trigger.end):
            yield t


def _where(trigger: Trigger, slots: Slots, analysis: Sentenced) -> Iterator[int]:
    """Units to look for a day in, the most telling first."""
    reach = max([trigger.unit, *(analysis.clauses[n].predicate for n in slots.clauses if trigger.use == "light")])
    own = [k for k in slots.units if k <= reach]
    yield from (k for k in own if k == trigger.unit or analysis.units[k].case.endswith("gen"))
    yield from reversed(own)
    clauses = analysis.clauses
    if trigger.cue.kind in _SETTLING and trigger.clause >= 0:
        plans = [c for c in clauses[: trigger.clause] if c.governor == trigger.clause and _is_aim(c, analysis.units)]
        yield from (k for c in plans for k in reversed(c.arguments) if analysis.units[k].case == "bare")
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
        before = clause.kind == "coordinate" and m < n and _shares_day(clause, clauses[n], trigger, analysis)
        if m < n and m not in seen and (before or _stage(clause, head, analysis)):
            seen.add(m)
            yield from reversed(clause.arguments)
    yield from _behind(clauses[n], analysis)
    if clauses[n].kind in ("adnominal", "nominal") and clauses[n].governor > n:
        governor = clauses[clauses[n].governor]
        if clauses[n].kind == "nominal" or trigger.use == "light":
            yield from (k for k in governor.arguments if k < trigger.unit)
