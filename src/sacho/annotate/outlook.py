"""What the rest of the sentence makes of what it tells: denied, doubted, called off, going on (`…다는 보도는 사실이 아니라고
했다`, `회담은 무산됐다`)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from sacho.annotate.clauses import Clause
from sacho.annotate.clefts import carrying_clause
from sacho.annotate.layers import Analysis, Layers
from sacho.annotate.modality import Verdict
from sacho.annotate.phrases import Unit
from sacho.annotate.triggers import Trigger
from sacho.lexicon.outlooks import load_outlooks
from sacho.lexicon.words import load_words
from sacho.records import Status, Token

_REACH = 160  # letters behind the joint
_BEYOND = 14  # letters behind a predicate that may still belong to it (`성사되지 못했다`)
_SAID = ("다는", "라는", "냐는", "자는", "다던", "라던", "단", "란")
_WHETHER = ("는지", "ᆫ지", "은지", "ᆯ지", "을지", "었는지")
_CARRYING = ("subj", "obj", "topic", "also", "loc", "bare", "comp", "dir")
_SPOKEN = frozenset(["state", "message", "call", "agree", "request", "accuse", "reject", "threaten", "support", "convene", "meet"])
_PUNCTUAL = frozenset(["visit", "arrive", "depart", "meet", "call", "ceremony", "convene", "drill", "attend"])  # `만난다` is to come
_PRESENT = ("ᆫ다", "는다", "ᆫ다고", "는다고")
_OFTEN = re.compile(r"통상|자주|종종|보통|관례|정기적|늘\s|계속|아직|현재|지금")
_STILL = re.compile(r"(?:아직도|여전히|지금도|줄곧)\s")
_EACH = re.compile(r"(?:매년|해마다|매주|매달|매일|날마다|달마다|주마다|철마다)\s")
_NEXT = 60  # letters of the next sentence in which something is taken back
_WORDS = load_words()
_OUTLOOKS = load_outlooks().by_joint
_start = attrgetter("start")
# What stands before everything: `확인되지 않은 소문에 따르면`.
_DOUBTED = re.compile(
    r"(?:(?:소문|풍문|풍설|첩보|루머|괴담|뒷말|미확인 (?:보도|정보|첩보|소식)|확인되지 않은 (?:[가-힣]+\s)?[가-힣]+|일방적인? 주장)"
    r"(?:들)?에 (?:따르|의하)면|확인되지 않은 [가-힣]{2,6}의 (?:말|주장|이야기|얘기)(?:로는|에)"
    r"|(?:말|주장|이야기|얘기|증언|설명|보도)(?:대로|이 맞|가 맞|이 사실|가 사실|[을를]\s?(?:(?:액면\s?)?그대로\s|곧이\s?곧대로\s)?믿)"
    r"(?:이?라면|다면|는다면))"
)
# Days and times to come, for a predicate without past tense.
_AHEAD = re.compile(
    r"(?:^|\s)(?:오는\s?(?=\d|[가-힣]요일)|다음\s?(?:달|주|해|날)|내달|내주|내년|내일|모레|글피|곧|조만간|머지않아|이르면|늦어도|향후|앞으로|금명간|예정대로(?!\s?[^\s]*[았었했]다)|이달\s?(?:말|하순|중순|안|중)|연말|연내|하반기|상반기|(?:올|이번)\s?(?:가을|겨울|주말))"
)


def reconsidered(verdict: Verdict, trigger: Trigger, analysis: Analysis, layers: Layers) -> Verdict:
    """The verdict as the rest of the sentence turns it."""
    if trigger.clause < 0:
        return verdict
    end = analysis.quote.end if analysis.quote is not None else layers.sentences[analysis.sentence].end
    if trigger.use != "verb":
        verdict = _of_noun(verdict, trigger, analysis, layers, end)
    if trigger.use != "bare":
        joint, at = _joint(analysis.units, analysis.clauses, trigger.clause, alone=trigger.cue.kind in _SPOKEN)
        if joint:
            verdict = _turned(verdict, joint, trigger, layers, at, min(end, at + _REACH))
    if verdict.status is Status.occurred:
        sentence = layers.sentences[analysis.sentence]
        before = layers.text[sentence.start : trigger.start]
        told_as = "면" in before or "확인되지" in before  # one of which all of these hold
        doubt = _DOUBTED.search(layers.text, sentence.start, trigger.start) if told_as else None
        if doubt is not None:
            return _with(verdict, Status.alleged, "doubted", layers.tokens, doubt.start(), doubt.end())
        verdict = _to_come(verdict, trigger, analysis, layers)
    if verdict.status is Status.occurred and verdict.nonpast and trigger.cue.kind not in _SPOKEN:
        condition = _condition(trigger, analysis, layers)
        if condition is not None:
            return _with(verdict, Status.hypothetical, "depends", layers.tokens, condition.start, condition.end)
    return _taken_back(verdict, trigger, analysis, layers)


def _condition(trigger: Trigger, analysis: Analysis, layers: Layers) -> Unit | None:
    """The words of the condition without which it will not be: `[중국이 반대하지 않는 한] 결의는 채택된다`; None if there is none.
    `예를 들면`, `이르면 내달` are ways of speaking."""
    units, clauses = analysis.units, analysis.clauses
    for clause in clauses[: trigger.clause]:
        if clause.governor != trigger.clause or clause.predicate < 0:
            continue
        if clause.kind == "conditional" and units[clause.predicate].stem not in _WORDS.no_conditions:
            return units[clause.predicate]
        if clause.kind == "adnominal" and clause.head == clause.predicate + 1 and layers.tokens[units[clause.head].first].form == "한":
            return units[clause.predicate] if units[clause.predicate].ending == "는" else None
    return None


def _taken_back(verdict: Verdict, trigger: Trigger, analysis: Analysis, layers: Layers) -> Verdict:
    """`통화를 했다는 이야기가 돌았다. 관방장관은 그런 통화는 없었다고 했다`: the next sentence denies it in so many words."""
    if verdict.status not in (Status.occurred, Status.alleged, Status.planned) or trigger.use == "bare" or analysis.quote is not None:
        return verdict
    at = layers.sentences[analysis.sentence].end
    if "그런 " not in layers.text[at : at + _NEXT]:
        return verdict
    found = re.compile(rf"\s[^.?!\n]{{0,40}}?그런 {re.escape(trigger.form)}[은는이가도]?\s(?:전혀\s|결코\s)?없").match(layers.text, at)
    return _with(verdict, Status.denied, "taken-back", layers.tokens, found.end() - 1, found.end() + 2) if found is not None else verdict


def _of_noun(verdict: Verdict, trigger: Trigger, analysis: Analysis, layers: Layers, end: int) -> Verdict:
    unit = analysis.units[trigger.unit]
    predicate = analysis.clauses[carrying_clause(analysis.units, analysis.clauses, trigger.unit, trigger.clause)].predicate
    if predicate < 0 or unit.is_predicate or unit.case not in _CARRYING:
        return verdict
    stop = min(end, analysis.units[predicate].end + _BEYOND)
    return _turned(verdict, "noun", trigger, layers, trigger.end, stop)


def _turned(verdict: Verdict, joint: str, trigger: Trigger, layers: Layers, at: int, stop: int) -> Verdict:
    for pattern, rule in _OUTLOOKS.get(joint, ()):
        if verdict.status not in rule.turns or (rule.kinds and trigger.cue.kind not in rule.kinds):
            continue
        if rule.nonpast and not verdict.nonpast:
            continue
        match = pattern.match(layers.text, at, stop)
        if match is not None:
            return _with(verdict, rule.status, rule.id, layers.tokens, match.start(), match.end())
    return verdict


def _with(verdict: Verdict, status: Status, rule: str, tokens: Sequence[Token], start: int, end: int) -> Verdict:
    first = bisect_left(tokens, start, key=_start)
    last = bisect_left(tokens, end, lo=first, key=_start)
    return Verdict(status=status, first=first, last=max(last, first + 1), rule=rule, past=verdict.past)


def _joint(units: Sequence[Unit], clauses: Sequence[Clause], n: int, *, alone: bool) -> tuple[str, int]:
    """How the chain of clauses that clause `n` stands in is joined to what follows, and where that begins. `alone`: the
    clause without the chain, as of a statement in which something is said (`담화를 내고 …라고 주장했다`)."""
    clause, steps = clauses[n], 0
    while clause.kind == "coordinate" and clause.predicate >= 0 and not units[clause.predicate].ending.endswith(_WHETHER):
        m = clause.governor
        if m <= n or units[clause.predicate].past or clauses[m].predicate < 0 or steps > 4:
            return "", -1
        n, clause, steps = m, clauses[m], steps + 1
    if clause.predicate < 0:
        return "", -1
    unit = units[clause.predicate]
    at = unit.end
    if clause.kind == "adnominal" and unit.ending.endswith(_SAID):
        return "said", at
    if steps and alone:
        return "", -1
    if unit.ending.endswith(_WHETHER):
        return "whether", at
    if clause.kind == "quoted":
        return "quoted", at
    if clause.kind == "nominal":
        governor = clauses[clause.governor] if clause.governor > n else None
        resolved = governor is not None and governor.kind == "adnominal" and unit.ending == "기"
        if governor is None or not resolved:
            return "that", at
        told = units[governor.predicate].ending.endswith(_SAID)  # `만나기로 했다는 보도`, `만나기로 한 약속`
        return "said" if told else "of", units[governor.predicate].end
    return ("of", at) if clause.kind == "adnominal" else ("", -1)


def _to_come(verdict: Verdict, trigger: Trigger, analysis: Analysis, layers: Layers) -> Verdict:
    """`오는 18일 훈련을 실시한다`: what is told without past tense of a time to come is planned."""
    last = analysis.clauses[trigger.clause].predicate
    if not verdict.nonpast or last < 0:
        return verdict
    k = last - 1
    while k >= 0 and not (analysis.units[k].is_predicate and analysis.units[k].end < analysis.units[k + 1].start):  # `열하루`
        k -= 1
    begin = analysis.units[k].end if k >= 0 else layers.sentences[analysis.sentence].start
    ahead = _AHEAD.search(layers.text, begin, analysis.units[last].start)
    if ahead is None:
        polite = analysis.units[last].ending in ("ᆸ니다", "습니다")
        lasts = polite or analysis.units[last].ending in _PRESENT
        asked = (_EACH,) if trigger.cue.kind in _SPOKEN else (_STILL, _EACH)
        for still in asked if lasts else ():
            if (found := still.search(layers.text, begin, trigger.end)) is not None:
                return _with(verdict, Status.ongoing, "lasts", layers.tokens, found.start(), found.end())
        once = lasts and trigger.cue.kind in _PUNCTUAL and not (polite and trigger.cue.kind == "ceremony")  # `배웅합니다`: seen
        often = once and _OFTEN.search(layers.text, begin, trigger.end) is not None
        return Verdict(status=Status.planned, rule="present") if once and not often else verdict
    return _with(verdict, Status.planned, "ahead", layers.tokens, ahead.start(), ahead.end())
