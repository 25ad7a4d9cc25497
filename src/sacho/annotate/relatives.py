"""Clauses before a noun: which phrases stand inside, whom the noun or an open topic stands for, and the subject of any clause."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from sacho.annotate.clause_heads import happens, head_of
from sacho.annotate.nominatives import said_of
from sacho.annotate.phrases import Unit
from sacho.lexicon.words import load_words

_SAID = ("다는", "라는", "자는", "냐는")
_ASKED = ("자는", "라는")
_BARE_DAY = 3  # letters of `27일`, `이튿날`; `지난 7일`, `이달 중순` have more


class Relative(msgspec.Struct, frozen=True):
    """What is known of a clause before a noun; unit indexes as in `sacho.annotate.clauses.Clause`."""

    arguments: tuple[int, ...]
    subject: int = -1
    found: str = "none"
    head: int = -1
    open_topic: int = -1


def find_relative(units: Sequence[Unit], pending: Sequence[int], k: int, animate: Callable[[Unit], bool]) -> Relative:
    """A clause before a noun. Its subject: its own nominative, else the noun itself if that can act, else the
    topic that stands open (`장관은 [회담을 마친] 뒤`)."""
    head = head_of(units, k, animate)
    passive = happens(units[k]) or units[k].stem in load_words().passive_verbs
    timely = head >= 0 and bool(units[head].timexes) and not units[head].mentions  # `총회가 열리는 다음 주`
    site = head >= 0 and bool(units[head].mentions) and bool(pending) and units[pending[-1]].case == "subj" and happens(units[k])
    timely = timely or (site and not animate(units[head]))  # `총회가 열리는 뉴욕`
    holds = head >= 0 and (timely or units[head].bound or units[head].content)  # `의사들이 피살되는 사건`
    thing = units[k].stem in load_words().thing_verbs  # `북한이 [두 도시를 잇는] 열차를 세웠다`
    thing = thing or _done_by(units, pending, k, head)
    told = units[k].ending.endswith(_SAID) and not units[k].copula  # `위원장이 [중국에 있느냐는] 질문에`
    acts = head >= 0 and (thing or animate(units[head]) or (passive and not holds and not told))
    says = False
    if units[k].describes:
        taken = [p for p in pending[-1:] if units[p].case in ("subj", "than") and not acts and not animate(units[p])]
    elif units[k].stem == "지나" and units[k].ending == "ᆫ":  # `북한이 지난 11.21. 위성을`: says when
        return Relative((), head=head)
    else:
        asked = units[k].ending.endswith(_ASKED) and not units[k].copula  # `서방이 [조항을 넣자는] 요구를 묵살했다`
        says = _tells_what(units, pending, k, head)
        own = _stands_alone(units, pending, head) and not thing
        acts = acts and not own
        taken = _take_relative(units, pending, k, acts or asked or says, passive=acts and not animate(units[head]))
    subject, found = own_subject(units, taken), "own"
    if subject < 0 and says and not acts:  # `북한이 [미국을 비난하는] 담화를 냈다`
        outside = [p for p in pending if p not in taken and units[p].case == "subj"]
        subject, found = (outside[-1], "shared") if outside else (-1, "none")
    topics = [p for p in pending if units[p].topic and units[p].case == "topic" and not units[p].timexes]
    if subject >= 0 and len(taken) > 1 and _outer_day(units, pending, taken[0], said=units[k].ending.endswith(_SAID)):
        taken = taken[1:]
    if subject < 0 and acts:
        subject, found = head, "gap"
    elif subject < 0:
        subject, found = (topics[-1], "topic") if topics else (-1, "none")
    return Relative(tuple(taken), subject, found, head, topics[-1] if topics else -1)


def _stands_alone(units: Sequence[Unit], pending: Sequence[int], head: int) -> bool:
    """Whether the nominative before the clause can only be its own, since the noun itself is the nominative of the one verb that is
    left: `[한국이 송환을 요구해 온] 선원들이 풀려났다`."""
    if head < 0 or units[head].case != "subj" or not any(units[p].case == "subj" and units[p].mentions for p in pending):
        return False
    later = [unit for unit in units[head + 1 :] if unit.is_predicate]
    return len(later) == 1 and not later[0].describes and not later[0].copula


def _done_by(units: Sequence[Unit], pending: Sequence[int], k: int, head: int) -> bool:
    """Whether the clause, with an object of its own, tells what the noun itself does, so that the nominative before it is not its
    subject: `장관이 [역사를 외면한] 결정에 항의했다`."""
    if head < 0 or not units[head].deed or len(pending) < 2 or pending[-1] != k - 1 or units[k - 1].case != "obj":
        return False
    return any(units[p].case == "subj" and units[p].mentions for p in pending)


def _tells_what(units: Sequence[Unit], pending: Sequence[int], k: int, head: int) -> bool:
    """Whether the clause only says what its noun does, which is the object of a verb behind, with no other subject in between:
    `러시아가 [임기를 늘리는] 결의안에 거부권을 행사했다`."""
    if head < 0 or units[k].ending != "는" or not pending or units[pending[-1]].case != "obj":
        return False
    noun = units[head]
    if noun.bound or noun.content or noun.mind or noun.timexes or noun.case not in ("obj", "loc"):
        return False
    for unit in units[head + 1 :]:
        if unit.is_predicate:
            return not (unit.describes or unit.copula or happens(unit))
        if unit.topic or unit.case in ("subj", "topic"):
            return False
    return False


def _outer_day(units: Sequence[Unit], pending: Sequence[int], k: int, *, said: bool) -> bool:
    """A day right behind the topic or the subject of the sentence, before a subject of the clause's own, is the sentence's:
    `대통령실은 2일 [당국자가 접촉했다는] 보도에 대해`, `단장이 7일 [북한이 풀어준] 선교사와 함께`; not so `지난 7일 [북한이 쏜]`."""
    if not units[k].timexes or units[k].mentions or k - 1 not in pending or not units[k - 1].mentions:
        return False
    if units[k - 1].case == "topic":
        return said or (units[k].case == "bare" and units[k].end - units[k].start <= _BARE_DAY)
    return units[k - 1].case == "subj" and units[k].case == "bare" and units[k].end - units[k].start <= _BARE_DAY


def _take_relative(
    units: Sequence[Unit], pending: Sequence[int], predicate: int, gap: bool, *, passive: bool
) -> list[int]:
    """Phrases of a relative clause, from the right: stops at a topic; with an animate head, the nominative
    stays outside (`김정은이 19일 [평양을 방문중인] 라브로프를 접견해`), and a time beside it too."""
    taken: list[int] = []
    seen: set[str] = set()
    for k in reversed(pending):
        unit = units[k]
        if unit.case == "gen" and k == predicate - 1:
            break  # `북한의 [잇단] 도발을`
        if unit.topic or unit.case == "topic":
            break
        opens = seen & {"subj", "also"} or (k and units[k - 1].topic)  # `최 부상은 담화에서 [북한을 견준] 부통령을`
        if unit.spoken and unit.case in ("at", "via") and (units[predicate].copula or opens):
            break  # `부부장이 담화에서 [총리가 만나고 싶다는] 뜻을`
        if unit.case == "subj":
            if (passive and unit.mentions) or (units[predicate].copula and not said_of(units, pending, k, predicate)):
                break
            wants = units[predicate].stem in load_words().object_verbs and not seen & {"obj", "com"}
            if gap and not wants and (seen & {"obj", "loc", "at", "dat", "dir", "from", "com"}):
                _without_times(taken, units)
                break
            if "subj" in seen:
                break
        if unit.case == "obj" and "obj" in seen:
            break
        seen.add(unit.case)
        taken.insert(0, k)
    if units[predicate].stem in load_words().seeming_verbs:  # `25일 [화성-17형으로 추정되는] 미사일을 쐈다`
        _without_times(taken, units)
    return taken


def _without_times(taken: list[int], units: Sequence[Unit]) -> None:
    while taken and units[taken[0]].timexes and not units[taken[0]].mentions:
        taken.pop(0)


def own_subject(units: Sequence[Unit], arguments: Sequence[int]) -> int:
    nominatives = [k for k in reversed(arguments) if units[k].case == "subj"]
    for k in nominatives:
        if units[k].mentions or units[k].end - units[k].start > 2 or len(nominatives) == 1:
            return k  # `최룡해 상임위원장이 나가 영접했다`: no noun 나
    for k in reversed(arguments):
        little = units[k].case == "also" and units[k].end - units[k].start < 3  # `한몫해야 한다는 데도`
        if units[k].case in ("topic", "also") and not units[k].timexes and not little:
            if units[k].case == "also":  # `한국은 [훈련도 벌이기로, 일본도 초청하기로] 했다`: whoever the talk is of
                return next((j for j in arguments if j < k and units[j].case == "topic" and units[j].mentions), k)
            return k
    for k in arguments:
        if units[k].case == "bare" and units[k].comma and units[k].mentions:
            return -1 if _lists(units, k, arguments) else k
        if units[k].mentions or not (units[k].timexes or units[k].end - units[k].start == 1):  # `▲3월 7일 = 북한, 어선 억류`
            break
    return -1


def _lists(units: Sequence[Unit], k: int, arguments: Sequence[int]) -> bool:
    """Whether the phrase opens a list of those with whom something is done: `[통일부 장관], 국정원장과 만났다`; not so in a headline."""
    after = arguments[-1] + 1
    told = after < len(units) and units[after].is_predicate and units[after].ending_tag in ("EF", "EC", "ETM")
    return told and k + 1 in arguments and units[k + 1].case == "com" and bool(units[k + 1].mentions)
