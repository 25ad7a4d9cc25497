"""Find the words that tell of an event, and how they are used: as a verb, with a light verb, or bare."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter, itemgetter

import msgspec

from sacho.annotate.clauses import Clause
from sacho.annotate.phrases import Unit
from sacho.lexicon.predicates import Cue, Predicates, any_phrase, phrase_forms
from sacho.lexicon.words import load_words
from sacho.records import Record, Token

_WORDS = load_words()
_start = attrgetter("start")
_TURNED = frozenset(["concede", "sanction"])  # against a state that may be named further off: `대북 독자 제재의 일부를 해제했다`
_FAR = 8  # tokens
# `초청을 받아들였다`: the answer holds what is answered.
_ANSWERS, _ANSWERED = ("agree", "reject"), ("request", "invite")
_TRIED = ("launch", "test")  # what was done also where it failed: `위성 발사에 실패했다`
_ANSWERING = frozenset(["sanction", "attack", "coerce", "launch", "test", "drill", "deploy"])  # done in answer to what others did
_JOURNEYS = ("visit", "depart", "arrive")
_GUIDED = ("drill", "launch", "test")
_SESSIONS = ("회의", "상임위원회", "상임위")
_PASSIVE = ("되", "당하", "받", "되어지")
_MARKS = ("'", "‘", '"', "“", "《", "〈")
_NOUN_TAGS = ("NNG", "NNP", "XPN", "XSN", "NNB", "XR", "SL")


class Trigger(Record):
    """`first`..`last` are the tokens of the word; `unit` and `clause` index the sentence's units and clauses.

    `use`: verb (`접견했다`), light (`회담을 가졌다`), bare (`회담 결과`). `carrier` is the clause whose phrases
    fill the roles, -1 for a bare noun.
    """

    start: int
    end: int
    first: int
    last: int
    cue: Cue
    unit: int
    clause: int
    use: str
    carrier: int = -1
    form: str = ""
    toward: str = ""


def find_triggers(
    text: str, tokens: Sequence[Token], units: Sequence[Unit], clauses: Sequence[Clause],
    owner: Sequence[int], predicates: Predicates,
) -> list[Trigger]:  # fmt: skip
    """Triggers of one sentence in text order; where two overlap, the longer stays."""
    where: dict[int, int] = {}
    sharing: dict[int, int] = {}  # predicates that a clause shares with the one before it
    for n, clause in enumerate(clauses):
        if n and clause.predicate >= 0 and clause.predicate == clauses[n - 1].predicate:
            sharing[clause.predicate] = n - 1
        for k in (*clause.arguments, clause.predicate):
            where[k] = n
    found: list[Trigger] = []
    for u, unit in enumerate(units):
        n = where.get(u, -1)
        if unit.is_predicate:
            found += _in_predicate(text, tokens, units, u, n, owner, predicates)
            if u in sharing:
                found += _in_predicate(text, tokens, units, u, sharing[u], owner, predicates)
        else:
            found += _in_phrase(tokens, units, clauses, u, n, owner, predicates)
    found += _phrasal(text, units, where, clauses, tokens, predicates)
    return _longest([t for t in found if not t.cue.without or not _ruled_out(t, text, units, clauses)])


def _ruled_out(trigger: Trigger, text: str, units: Sequence[Unit], clauses: Sequence[Clause]) -> bool:
    spans = [units[k] for k in clauses[trigger.clause].arguments] if trigger.clause >= 0 else []
    return any([word in text[unit.start : unit.end] for unit in spans for word in trigger.cue.without])


def _in_predicate(
    text: str, tokens: Sequence[Token], units: Sequence[Unit], u: int, n: int, owner: Sequence[int],
    predicates: Predicates,
) -> list[Trigger]:  # fmt: skip
    unit = units[u]
    if unit.noun < 0:
        form, last = _verb(text, tokens, unit, predicates)
        told = [c for c in predicates.verbs.get(form, ()) if unit.past or not c.past]
        return _triggers(tokens, told, unit.first, last, u, n, "verb", n)
    stop = unit.noun + 1
    while stop < unit.last and tokens[stop].tag in ("NNG", "XSN") and tokens[stop].form not in ("중",):
        stop += 1
    verb = tokens[stop].form if stop < unit.last else "하"
    for first in range(max(unit.noun - 2, 0), unit.noun + 1):
        if owner[first] >= 0 or tokens[first].form not in predicates.noun_starts:
            continue
        form = "".join([t.form for t in tokens[first:stop]])
        if form not in predicates.nouns:
            continue
        if not all([t.tag.startswith(_NOUN_TAGS) for t in tokens[first:stop]]):
            continue
        cues = tuple([c for c in predicates.nouns[form] if verb in c.light or not (c.light or c.cases)])
        if verb == "이":  # `3박 4일 일정의 국빈방문이다`
            journeys = tuple([c for c in cues if c.kind == "visit"])
            cues, verb = journeys or cues, "하" if journeys else verb
        if (cues and verb != "이") or (cues and tokens[stop - 1 : stop + 1] and tokens[stop].form == "중"):
            return _triggers(tokens, _turned(cues, verb, predicates), first, stop, u, n, "verb", n)
    return []


def _borne(after: Sequence[Token], cues: Sequence[Cue]) -> Sequence[Cue]:
    """Those whose verb stands behind the noun as a noun: `김여정, 담화 발표`, `북측에 통지문 발송`."""
    bearing = after[0].form + "하" if len(after) == 1 else "" if after else "발표하"
    return [cue for cue in cues if cue.kind in ("message", "state", "support") and bearing in cue.light]


def _verb(text: str, tokens: Sequence[Token], unit: Unit, predicates: Predicates) -> tuple[str, int]:
    """The verb with its auxiliary, or with a verb written together with it, if the lexicon knows the two as one
    (`풀어 주`, `끌려가`, `쏘아올리`), else the verb alone."""
    first = unit.first
    pair = first + 2 < len(tokens) and tokens[first + 1].tag == "EC" and tokens[first + 2].tag.startswith(("VX", "VV"))
    if pair and (first + 2 < unit.last or tokens[first + 2].start == tokens[first + 1].end):
        both = text[tokens[first].start : tokens[first + 2].start].replace(" ", "") + tokens[first + 2].form
        if both in predicates.verbs:
            return both, first + 3
    return tokens[first].form, first + 1


def _carried(cues: Sequence[Cue], stem: str) -> Sequence[Cue]:
    """Those that the verb carries: `친서를 받았다` is no letter sent."""
    return [cue for cue in cues if stem in cue.light or not (cue.light or cue.cases)] or cues


def _turned(cues: Sequence[Cue], verb: str, predicates: Predicates) -> Sequence[Cue]:
    """The cues as they read with a passive verb (`체포된`, `초청을 받았다`)."""
    if verb not in _PASSIVE:
        return cues
    turned = [predicates.passive.get(cue.id, cue) for cue in cues]
    if verb == "되":  # `대사들이 초대되였다` tells who was there
        turned = [msgspec.structs.replace(cue, need=("actor",)) if cue.kind == "invite" else cue for cue in turned]
    return turned


def _in_phrase(
    tokens: Sequence[Token], units: Sequence[Unit], clauses: Sequence[Clause], u: int, n: int,
    owner: Sequence[int], predicates: Predicates,
) -> list[Trigger]:  # fmt: skip
    unit = units[u]
    found: list[Trigger] = []
    k = unit.first
    starts = predicates.noun_starts
    while k < unit.body:
        if owner[k] < 0 and tokens[k].form not in starts:
            k += 1
            continue
        match = _noun_at(tokens, k, unit.body, owner, predicates)
        if match is None:
            k += 1
            continue
        last, cues = match
        after = tokens[last : unit.body]
        head = all([t.form in _WORDS.framing_nouns or t.tag in ("NNB", "XSN") for t in after])
        borne: Sequence[Cue] = ()
        if not head and n >= 0 and clauses[n].predicate < 0 and u == len(units) - 1:  # `청와대서 정상회담 시작`
            borne = _borne(after, cues) if owner[k] < 0 else ()
            head = len(borne) > 0 or all([t.form in _WORDS.closing_nouns for t in after])
        head = head or (last < unit.body and tokens[last].form in _MARKS)  # `경보훈련 '새벽 방패'를 실시했다`
        use, carrier = _use(units, clauses, u, n, cues, head)
        if use == "bare" and _carried_by_noun(units, clauses, u, n, cues, tokens):
            use, carrier = "light", n
        if borne:
            use, carrier = "light", n
        relative = _carried_before(units, clauses, u, cues) if use == "bare" and head and unit.case != "at" else -1
        if relative >= 0:
            use, carrier = "light", relative
        if use == "light" and clauses[carrier].predicate < 0:  # `최선희가 배웅`: no `배웅을 받다`
            cues = borne or [cue for cue in cues if "하" in cue.light or not (cue.light or cue.cases)] or cues
        if use == "light" and any(unit.case in cue.cases for cue in cues):
            cues = [cue for cue in cues if unit.case in cue.cases]
        elif use == "light" and clauses[carrier].predicate >= 0 and (unit.case in ("obj", "subj") or relative >= 0):
            cues = _carried(cues, units[clauses[carrier].predicate].stem)
            cues = _turned(cues, units[clauses[carrier].predicate].stem, predicates)
        found += _triggers(tokens, cues, k, last, u, n, use, carrier)
        k = last
    return found


def _noun_at(
    tokens: Sequence[Token], k: int, stop: int, owner: Sequence[int], predicates: Predicates
) -> tuple[int, Sequence[Cue]] | None:
    if owner[k] >= 0:  # a session that is also the name of a body: `국가안전보장회의를 소집했다`
        form = tokens[k].form
        named = predicates.nouns.get(form.replace(" ", "") if " " in form else form, ())
        if not named and form.endswith(_SESSIONS) and " " in form:  # `국가안전보장회의 상임위원회를`
            named = predicates.nouns.get(form.rpartition(" ")[2], ())
        if named and stop > k + 1 and tokens[stop - 1].form in ("회의", "대회"):  # `최고인민회의 제10기 제1차회의에서`
            return None
        return (k + 1, named) if named and all(cue.kind == "convene" for cue in named) else None
    last, form, found = k, "", None
    nouns, stop = predicates.nouns, min(k + 4, stop)
    while last < stop and owner[last] < 0 and tokens[last].tag.startswith(_NOUN_TAGS):
        form += tokens[last].form
        last += 1
        cues = nouns.get(form)
        if cues is not None:
            found = last, cues
        elif form not in predicates.noun_starts:
            break
    return found


def _use(
    units: Sequence[Unit], clauses: Sequence[Clause], u: int, n: int, cues: Sequence[Cue], head: bool
) -> tuple[str, int]:
    """Light if the phrase's predicate only carries the noun; `A 접견과 B와의 회담을 마치고` carries both."""
    unit = units[u]
    if not head or n < 0:
        return "bare", -1
    for m, clause in enumerate(clauses):  # `회담은 지난해 9월 뉴욕에서 열린 뒤`
        if clause.open_topic == u and clause.predicate >= 0 and units[clause.predicate].stem in _WORDS.happening_verbs:
            return "light", m
    predicate = clauses[n].predicate
    case = _case_with(units, u, predicate)
    if predicate < 0:  # a line without a verb: `한미 정상, 초소 방문.`
        ends = u == len(units) - 1 or units[u].trails
        return ("light", n) if ends and case == "bare" and u > 0 else ("bare", -1)
    stem = units[predicate].stem
    stem = f"{stem[:-2]}하" if stem.endswith("중이") else stem  # `제공을 검토중이다`
    if case == "bare" and unit.comma and u > 0 and units[u - 1].case in ("obj", "loc", "dir", "com") and predicate > u:
        return "verb", n  # `추념식에 참석, 연설했다`
    if any([case in cue.cases for cue in cues]):
        return "light", n
    if case == "dir" and stem in _WORDS.countering_verbs and any([c.kind in _ANSWERING for c in cues]):  # `대사 추방으로 맞받았다`
        return "light", n
    guided = case == "obj" and cues[0].kind in _GUIDED and clauses[n].kind != "adnominal"
    if guided and stem in _WORDS.guiding_verbs:  # `사격훈련을 지도했다`: it took place
        return "light", n
    if case == "obj" and stem in _WORDS.shifting_verbs and cues[0].kind in _JOURNEYS:  # `방한을 미뤘다`
        return "light", n
    loose, shut = any([not c.light and not c.cases for c in cues]), not any([c.light for c in cues])  # some take any
    allowed = {v for cue in cues for v in cue.light} or _WORDS.light_verbs
    if case == "bare" and predicate != u + 1:
        return "bare", -1
    if stem == "되" and units[predicate - 1].case == "comp" and predicate - 1 != u:  # `그 약속은 휴지가 됐다`
        return "bare", -1
    if case == "loc" and (stem in _WORDS.entering_verbs or (stem == "실패하" and all([c.kind in _TRIED for c in cues]))):
        return "light", n
    if case == "loc" and (stem not in _WORDS.goal_verbs or not any(cue.light for cue in cues)):
        return "bare", -1
    if case in ("obj", "subj", "topic", "also", "comp", "bare", "loc") and (
        stem in allowed or (case in (("obj", "subj") if shut else ("obj",)) and stem in _WORDS.light_verbs and loose)
    ):
        return "light", n
    return "bare", -1


def _carried_before(units: Sequence[Unit], clauses: Sequence[Clause], u: int, cues: Sequence[Cue]) -> int:
    """The relative clause whose verb carries the noun behind it: `지난해 [단행한] 수출규제`, `싱가포르에서 [이룬] 합의`."""
    for m, clause in enumerate(clauses):
        if clause.kind == "adnominal" and clause.head == u and clause.predicate >= 0:
            stem = units[clause.predicate].stem
            carries = any([stem in cue.light for cue in cues]) and stem not in _WORDS.happening_verbs and not stem.endswith("되")
            return m if carries or stem in _WORDS.performing_verbs else -1
    return -1


def _case_with(units: Sequence[Unit], u: int, predicate: int) -> str:
    """The case in which a phrase stands to its predicate; one of a row (`A 접견과 B와의 회담을`) has that of the row's end."""
    unit = units[u]
    if unit.case == "adv" and unit.last > unit.body and predicate == u + 1:
        return "obj"  # `만찬까지 했다`
    if unit.case == "com" and u + 1 < len(units) and not units[u + 1].is_predicate:
        j = u + 1
        while j < len(units) and not units[j].is_predicate and units[j].case not in ("obj", "subj"):
            j += 1
        return units[j].case if j < len(units) and not units[j].is_predicate else unit.case
    return unit.case


def _carried_by_noun(
    units: Sequence[Unit], clauses: Sequence[Clause], u: int, n: int, cues: Sequence[Cue], tokens: Sequence[Token]
) -> bool:
    """Whether a noun with a comma stands for the verb that carries the word: `특별담화를 [발표,] 통일을 강조했다`."""
    if units[u].case != "obj" or u + 1 >= len(units) or n < 0 or clauses[n].predicate <= u:
        return False
    noun = units[u + 1]
    if noun.is_predicate or noun.case != "bare" or not noun.comma or noun.last - noun.first > 2:
        return False
    return any([f"{tokens[noun.first].form}하" in cue.light for cue in cues])


def _phrasal(
    text: str, units: Sequence[Unit], where: dict[int, int], clauses: Sequence[Clause], tokens: Sequence[Token],
    predicates: Predicates,
) -> list[Trigger]:  # fmt: skip
    if not units:
        return []
    places, beginnings = _beginnings(text, predicates)
    i = bisect_left(places, units[0].start)
    if i == len(places):
        return []
    end = max([u.end for u in units])
    last = bisect_left(places, end, i)
    if i == last:
        return []
    starts = {t.start for t in tokens[units[0].first : units[-1].last]}
    found = []
    for begin, beginning in zip(places[i:last], beginnings[i:last], strict=True):
        if begin not in starts:  # `대응하지 않`, not `응하지 않`
            continue
        for phrase, cue in predicates.phrases[beginning]:
            match = phrase_forms(phrase).match(text, begin, end)
            if match is None:
                continue
            u = _closing(match.end(), units, where, clauses, cue)
            if u < 0:
                continue
            inside = bisect_left(tokens, begin, units[0].first, key=_start)
            if inside < len(tokens) and tokens[inside].end <= units[u].end:
                found.append(Trigger(
                    start=match.start(), end=match.end(), first=inside, last=units[u].first + 1, cue=cue, unit=u,
                    clause=where.get(u, -1), use="light", carrier=where.get(u, -1), form=match.group(),
                ))  # fmt: skip
    return found


@lru_cache(maxsize=2)  # asked for once a sentence of the same text
def _beginnings(text: str, predicates: Predicates) -> tuple[list[int], list[str]]:
    """Where phrases begin, in text order, and each with which of the known beginnings."""
    known = predicates.phrase_beginnings
    found = [
        (start, known[number])
        for number, start, _ in predicates.phrase_starts.find_matches_as_indexes(text, overlapping=True)
        if any_phrase(known[number], predicates).match(text, start)
    ]
    found.sort(key=itemgetter(0))
    return [start for start, _ in found], [beginning for _, beginning in found]


def _closing(end: int, units: Sequence[Unit], where: dict[int, int], clauses: Sequence[Clause], cue: Cue) -> int:
    """The predicate in which a phrase ends, or that carries the noun in which it ends (`전적인 지지를 보냈다`), or that follows
    the mark in which it ends (`“무모하다”고 했다`)."""
    for u, unit in enumerate(units):
        if unit.is_predicate and 0 < unit.start - end <= 1:
            return u
        if not unit.end >= end > unit.start:
            continue
        if unit.is_predicate:
            return u
        predicate = clauses[where[u]].predicate if u in where else -1
        carries = predicate > u and unit.case in ("obj", "subj", "also", "topic", "dir", "quote")
        return predicate if carries and (not cue.light or units[predicate].stem in cue.light) else -1
    return -1


def _triggers(
    tokens: Sequence[Token], cues: Sequence[Cue], first: int, last: int, u: int, n: int, use: str, carrier: int
) -> list[Trigger]:
    if not cues:
        return []
    form = "".join([t.form for t in tokens[first:last]])
    near = _toward(tokens, max(0, first - 3), first)
    far = near or (_toward(tokens, max(0, first - _FAR), first) if any([cue.kind in _TURNED for cue in cues]) else "")
    return [
        Trigger(start=tokens[first].start, end=tokens[last - 1].end, first=first, last=last, cue=cue, unit=u,
                clause=n, use=use, carrier=carrier, form=form, toward=far if cue.kind in _TURNED else near)
        for cue in cues
    ]  # fmt: skip


def _longest(found: list[Trigger]) -> list[Trigger]:
    found.sort(key=lambda t: (t.start, -(t.end - t.start)))
    kept: list[Trigger] = []
    for trigger in found:
        if trigger.use == "light" and trigger.cue.kind == "reject":  # `요구를 [받아들일 수 없다]`
            kept = [t for t in kept if t.cue.kind != "agree" or t.end <= trigger.start]
        over = kept and trigger.start < kept[-1].end and (trigger.start, trigger.end) != (kept[-1].start, kept[-1].end)
        if over and trigger.use == "light" and trigger.end > kept[-1].end:  # `독자 [제재 대상으로 지정했다]`
            while kept and kept[-1].use == "bare" and kept[-1].end > trigger.start:
                kept.pop()
            over = bool(kept) and trigger.start < kept[-1].end
        beside = over and kept[-1].cue.kind == "inspect" and trigger.cue.kind in _GUIDED
        beside = beside or (over and trigger.use == "bare" and kept[-1].cue.kind in _ANSWERS and trigger.cue.kind in _ANSWERED)
        if over and not beside:
            continue
        kept.append(trigger)
    return kept


def _toward(tokens: Sequence[Token], start: int, first: int) -> str:
    """The state against or for which the words before the trigger say it is: `대북 제재`, `대북제재`; "" if none."""
    for token in tokens[start : first + 1]:
        aim = token.form if token.form in _WORDS.toward else token.form[:2]
        if aim in _WORDS.toward and (aim == token.form or token is tokens[first]):
            return _WORDS.toward[aim]
    return ""
