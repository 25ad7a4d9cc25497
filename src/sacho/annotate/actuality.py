"""Whether what a trigger tells happened: the status of its words, of the day it has, of the voice that tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from sacho.annotate.clauses import Clause
from sacho.annotate.clefts import carrying_clause
from sacho.annotate.layers import Analysis, Layers
from sacho.annotate.modality import Verdict, clause_status, is_complement, noun_status, predicate_status
from sacho.annotate.outlook import reconsidered
from sacho.annotate.phrases import Unit
from sacho.annotate.triggers import Trigger
from sacho.lexicon.predicates import Kind, Predicates
from sacho.lexicon.words import load_words
from sacho.records import Attribution, Status, TimexKind, TimexRole, Token

_WORDS = load_words()
VERBAL = frozenset(["threaten", "accuse", "request", "reject", "support"])
SAID = VERBAL | {"message", "call", "state", "agree"}  # done in the same breath as what is said beside them
_OCCASIONS = ("meet", "call")
_REFUSING = ("지 않", "지않", "지 말", "수 없다", "뜻이 없", "생각이 없다", "의사가 없다", "의향이 없다", "용의가 없다")
# `출발하는 것으로 알려졌다` is still to come, `돕는 것으로 알려졌다` is not.
_GOING = frozenset(["visit", "arrive", "depart", "meet", "call", "ceremony", "sign", "convene", "attend", "inspect", "launch"])
_LASTING = frozenset(["coerce", "deploy", "sanction", "visit", "drill", "protest", "act"])  # `억류돼 있다` goes on, `합의돼 있다` is over
_ENTERING = ("들어가", "돌입하", "진입하")
_BEGINNING = ("시작하", "시작되", "개시하", "개시되")
_CAPTIVE = ("억류", "구금", "수감", "감금", "투옥", "붙잡")
_MOMENTS = frozenset(["meet", "call", "ceremony", "sign", "attend", "inspect", "arrive", "depart"])
_HELD = ("obj", "subj", "topic", "also")
_NOT_YET = ("not-done", "not-to", "possible", "proposed", "weighed", "conditional", "told-to", "forecast", "expected")
_MEANT = frozenset(["will", "willing", "possible", "conditional", "purpose", "wish", "prospective-noun", "offering", "expected"])
_UNREAL = frozenset([Status.planned, Status.proposed, Status.hypothetical])
_SPOKEN = SAID | {"visit"}
_ASKED = frozenset([Status.proposed, Status.denied, Status.hypothetical])
_DEMANDED = re.compile(
    r"(?:[가-힣]{0,4}(?:\s[가-힣]{1,2})?\s?(?:것을|말라고|라고|도록|[을를]))\s(?:[가-힣]+(?:히|게|에)\s|거듭\s|다시\s|또\s){0,3}(?:촉구|요구|호소|당부)(?!가|는|를|을|에|의)"
    r"|[가-힣]{0,3}라는\s(?:[가-힣]+의\s)?(?:촉구|요구|호소|당부|(?:전화\s?)?(?:" + "|".join(sorted(_WORDS.documents)) + "))"
)
_OFFERING = re.compile(r"(?:지원|원조) 의사를")  # `지원 의사를 밝히다`: not yet taken up
_QUESTION = re.compile(r"(?:(?!고\s)[가-힣\s]){0,14}(?:니까|나요|가요|까요)[?]")
_REPORTING = ("자고", "라고", "라며", "다고", "다며")


def status_of(
    trigger: Trigger, analysis: Analysis, layers: Layers, predicates: Predicates
) -> Verdict:
    """Status of the trigger. What is said is said, also where it is a demand (`담화를 통해 중단하라고 요구했다`)."""
    verdict = _found_status(trigger, analysis, layers, predicates)
    if verdict.rule in ("told-to", "asked-for") and trigger.cue.kind in SAID:
        return Verdict(status=Status.occurred)
    if verdict.rule == "resulting" and trigger.cue.kind not in _LASTING:
        return Verdict(status=Status.occurred)
    if verdict.rule in ("forecast", "expected") and _dated(trigger, analysis, layers):
        return msgspec.structs.replace(verdict, status=Status.planned)
    if verdict.status is Status.denied and _was_set(trigger, analysis):
        return msgspec.structs.replace(verdict, status=Status.cancelled)
    if verdict.rule == "resolve-to" and trigger.cue.kind == "concede":
        return Verdict(status=Status.occurred, past=verdict.past)  # who resolves to give way has given way
    if trigger.cue.kind in SAID and verdict.shared and verdict.status is Status.hypothetical and _ends_past(analysis):
        return Verdict(status=Status.occurred)  # `성명을 내고 [훈련이 실시되면 대응하겠다고] 경고했다`
    if trigger.use == "light" and verdict.status is Status.occurred and _OFFERING.search(trigger.form) is not None:
        return msgspec.structs.replace(verdict, status=Status.proposed, rule="offering")
    if verdict.rule == "plain" and _entered(trigger, analysis):
        return msgspec.structs.replace(verdict, status=Status.ongoing, rule="entered", past=False)
    if verdict.rule == "plain" and _held(trigger, analysis):
        return msgspec.structs.replace(verdict, status=Status.ongoing, rule="held")
    if verdict.rule == "said-to" and trigger.cue.kind not in _GOING:
        verdict = Verdict(status=Status.occurred, nonpast=True)
    if verdict.rule == "not-done" and trigger.use == "light" and trigger.clause >= 0:
        predicate = analysis.units[analysis.clauses[trigger.clause].predicate]
        if predicate.stem in _WORDS.happening_verbs and any(t.form == "못하" for t in layers.tokens[verdict.first : verdict.last]):
            return msgspec.structs.replace(verdict, status=Status.cancelled)  # `실무접촉이 열리지 못했다`
    if trigger.cue.kind in VERBAL and trigger.use == "light" and trigger.form not in trigger.cue.nouns:
        return verdict  # the words are the act, whatever is told around them
    return reconsidered(verdict, trigger, analysis, layers)


def _ends_past(analysis: Analysis) -> bool:
    """Whether the last clause of the sentence is told as done."""
    last = analysis.clauses[-1].predicate
    return last >= 0 and analysis.units[last].past


def _entered(trigger: Trigger, analysis: Analysis) -> bool:
    """`연습에 들어갔다`, `철수준비에 들어갔다`: begun, and no end of it told."""
    if trigger.cue.kind not in _LASTING or trigger.use != "light" or trigger.clause < 0:
        return False
    predicate = analysis.units[analysis.clauses[trigger.clause].predicate]
    around = predicate.stem in _ENTERING and analysis.units[trigger.unit].case == "loc"
    around = around or (trigger.cue.kind == "drill" and predicate.stem in _BEGINNING)
    return predicate.past and (around or "준비에 들어가" in trigger.form or "준비에 들어갔" in trigger.form)


def _held(trigger: Trigger, analysis: Analysis) -> bool:
    """`북한에 억류된 선교사`: who is held, said of the one who is so; unless it has a day, it goes on."""
    if trigger.cue.kind != "coerce" or trigger.clause < 0 or not trigger.form.startswith(_CAPTIVE):
        return False
    clause = analysis.clauses[trigger.clause]
    return clause.kind == "adnominal" and trigger.use != "bare" and analysis.units[clause.predicate].ending == "ᆫ"


def is_demanded(trigger: Trigger, verdict: Verdict, layers: Layers) -> bool:
    """Whether it is only what somebody demands of others: `협정을 비준할 것을 촉구했다`, `군대의 철수를 요구했다`,
    `철수하라는 서한을 보냈다`."""
    if verdict.status not in _ASKED or trigger.cue.kind in SAID or trigger.cue.kind == "invite":
        return False
    return _DEMANDED.match(layers.text, trigger.end) is not None


def is_asked(trigger: Trigger, layers: Layers) -> bool:
    """Whether somebody only asks for it to be told: `정부가 비용을 지원합니까?`."""
    mark = layers.text.find("?", trigger.end, trigger.end + 20)
    return mark >= 0 and _QUESTION.match(layers.text, trigger.end) is not None


def _was_set(trigger: Trigger, analysis: Analysis) -> bool:
    """`예정됐던 만찬은 열리지 않았다`, `타려던 특별기는 뜨지 못했다`: a day had been set for it."""
    noun = trigger.unit if trigger.use != "verb" else analysis.clauses[trigger.clause].subject if trigger.clause >= 0 else -1
    return noun >= 0 and any(
        c.kind == "adnominal" and c.head == noun and c.predicate >= 0
        and (analysis.units[c.predicate].stem in _WORDS.fixing_verbs or analysis.units[c.predicate].ending.endswith(("려던", "기")))
        and analysis.units[c.predicate].stem != "하"
        for c in analysis.clauses
    )  # fmt: skip


def _dated(trigger: Trigger, analysis: Analysis, layers: Layers) -> bool:
    """Whether a day or a season is named before: a forecast of that day is a plan."""
    before = (i for unit in analysis.units if unit.end <= trigger.start for i in unit.timexes)
    return any(layers.timexes[i].kind is TimexKind.date and layers.timexes[i].role is TimexRole.event for i in before)


def _found_status(trigger: Trigger, analysis: Analysis, layers: Layers, predicates: Predicates) -> Verdict:
    """Of its own verb, of the verb that carries it, or of the nouns behind it."""
    units, clauses, tokens = analysis.units, analysis.clauses, layers.tokens
    if trigger.cue.kind == "threaten" and trigger.cue.phrases and trigger.form not in trigger.cue.nouns:
        return Verdict(status=Status.occurred)  # the words are the threat, whatever their mood
    demanded = trigger.cue.kind in VERBAL and trigger.form.endswith(_REPORTING)
    if trigger.form.endswith(_REFUSING) or demanded:
        stop = next((k for k in range(trigger.first, analysis.stop) if tokens[k].start >= trigger.end), analysis.stop)
        found = predicate_status(tokens, stop, analysis.stop, predicates)  # `상대하지 않을것이다` refuses
        return found if found is not None and found.status is not Status.planned else Verdict(status=Status.occurred)
    if trigger.use == "verb" and trigger.clause >= 0:
        verbal = trigger.cue.kind in SAID
        return clause_status(units, clauses, trigger.clause, tokens, analysis.stop, predicates, verbal=verbal)
    return _noun_status(trigger, analysis, layers, predicates)


def _noun_status(trigger: Trigger, analysis: Analysis, layers: Layers, predicates: Predicates) -> Verdict:
    """Of the nouns behind a noun, of the verb that says what becomes of it, or that carries it."""
    units, clauses, tokens = analysis.units, analysis.clauses, layers.tokens
    unit = units[trigger.unit]
    verdict = None if unit.is_predicate else noun_status(tokens, trigger.last, unit, predicates)
    if verdict is not None and verdict.status is Status.proposed and trigger.cue.kind in SAID | {"invite"}:
        verdict = None  # `초청 의사를 전했다` invites
    n = carrying_clause(units, clauses, trigger.unit, trigger.clause) if trigger.clause >= 0 else -1
    predicate = clauses[n].predicate if n >= 0 else -1
    if predicate < 0:
        return verdict or Verdict(status=Status.occurred)
    answered = trigger.cue.kind in SAID | {"invite"} and units[predicate].stem in _WORDS.answering_verbs  # `제의를 거부했다`
    real = answered or any([c.kind == "adnominal" and c.head == trigger.unit and _over(units[c.predicate]) for c in clauses])
    carrier = clauses[trigger.carrier] if trigger.carrier >= 0 else None
    if real and carrier is not None and carrier.kind == "adnominal" and carrier.head == trigger.unit and verdict is None:
        return Verdict(status=Status.occurred)  # `평양에서 [이룬] 합의를 되살려야 한다`
    head = all(t.form in _WORDS.framing_nouns or t.tag in ("NNB", "XSN") for t in tokens[trigger.last : unit.body])
    governed = None if real else _governed(unit, units[predicate], tokens, analysis.stop, predicates, head=head)
    if governed is not None and (verdict is None or governed.status is Status.cancelled):
        return governed
    if verdict is not None:
        return verdict
    if trigger.use == "light" and unit.case in trigger.cue.cases:
        return _of_chain(units, clauses, trigger.clause, tokens, analysis.stop, predicates)
    stem = units[predicate].stem
    held = head and unit.case in _HELD and (stem in _WORDS.light_verbs or stem in _WORDS.holding_verbs)
    held = held or (head and unit.case == "loc" and stem in _WORDS.goal_verbs)  # `방미 길에 오를 것이다`
    if trigger.use == "light" or held:
        verbal = trigger.cue.kind in SAID
        carried = clause_status(units, clauses, n, tokens, analysis.stop, predicates, verbal=verbal)
        if trigger.use == "light" or carried.status is not Status.occurred:
            return carried
    if unit.case.startswith("at"):
        stage = clause_status(units, clauses, trigger.clause, tokens, analysis.stop, predicates)
        told = is_complement(units, clauses, trigger.clause, tokens)  # `회담에서 협력하기로 합의했다`
        if stage.status in (Status.hypothetical, Status.planned) and not told:
            return stage  # what is said of a meeting to come: `회담에서 합의할 수 있다`
    return Verdict(status=Status.occurred, rule="presupposed")


def _over(unit: Unit) -> bool:
    """`서울에서 열린 회담을 거론했다`: what has taken place."""
    return unit.ending in ("ᆫ", "은") and not unit.describes and unit.stem not in _WORDS.fixing_verbs


def _governed(
    unit: Unit, governor: Unit, tokens: Sequence[Token], stop: int, predicates: Predicates, *, head: bool
) -> Verdict | None:
    """`회담을 앞두고`, `회담을 제안했다`, `회담이 무산됐다`; what is not called off, or only may be, stays planned."""
    status = Status.planned if unit.case == "for" else predicates.governor_status.get(governor.stem)
    if status is None or unit.case not in ("obj", "subj", "topic", "also", "for") or (governor.stem == "없" and not head):
        return None
    own = predicate_status(tokens, governor.noun + 1 if governor.noun >= 0 else governor.first + 1, stop, predicates)
    if status is Status.cancelled and own is not None and own.rule in _NOT_YET:
        status = Status.planned
    return Verdict(status=status, first=governor.first, last=governor.last, rule=f"governor-{status.value}")


def _of_chain(
    units: Sequence[Unit], clauses: Sequence[Clause], n: int, tokens: Sequence[Token], stop: int, predicates: Predicates
) -> Verdict:
    """Status of the last predicate over clause `n`: `공동성명에서 [고용하지 말라고] 당부했다`."""
    while clauses[n].governor > n and clauses[clauses[n].governor].predicate >= 0:
        n = clauses[n].governor
    return clause_status(units, clauses, n, tokens, stop, predicates)


def is_claimed(trigger: Trigger, voices: Sequence[Attribution]) -> bool:
    """Whether the voice that tells of it only claims it: `…했다고 가족단체가 주장했다`."""
    return any([v.rule == "claim" and not v.cue_start <= trigger.start < v.cue_end for v in voices])


def settle(verdict: Verdict, kind: Kind, day: str, published: str, *, claimed: bool) -> tuple[Status, str]:
    """The status on that day and the day, if it is the act's own: `내년에 교환하기로 합의했다` is not next year's."""
    edge = day.removesuffix("/..").removeprefix("../")
    status = _on_day(_of_its_own(verdict, kind, edge, published), kind, edge, published)
    if status is Status.occurred and published and edge[:10] > published[: len(edge[:10])] and (verdict.past or kind.family == "agree"):
        day = ""  # `5월에 만나기로 했다`: the day of what is to be done
    if status in _UNREAL and verdict.rule in _MEANT and "/" not in day and "" < day < published[: len(day)] and kind.id not in _SPOKEN:
        day = ""  # `15일 연설에서 지원하겠다며 제안했다`: the day of saying it
    return (Status.alleged if claimed and status is Status.occurred else status), day


def _of_its_own(verdict: Verdict, kind: Kind, day: str, published: str) -> Verdict:
    """An act whose clause has no tense takes that of what follows, unless its day is over or it is the occasion on which
    the rest was said, on the day of the report too: `4일 인천을 방문해 접촉을 갖기로 합의했다`, `대표를 만나 협조해 줄 것을 요청했다`."""
    if not verdict.shared:
        return verdict
    last = day.rpartition("/")[2]  # `1, 2일 회의를 갖고 …하기로 했다`
    over = bool(last) and last[:10] < published[: len(last[:10])]
    occasion = verdict.told and (not day or day == published) and kind.family in _OCCASIONS and not verdict.of.startswith(_WORDS.talking)
    return Verdict(status=Status.occurred) if over or occasion else verdict


def _on_day(verdict: Verdict, kind: Kind, day: str, published: str) -> Status:
    """What is told of a day after the report is planned; what is said in the present tense is not."""
    if verdict.status not in (Status.occurred, Status.ongoing) or not day or verdict.past:
        return verdict.status
    if verdict.rule == "entered" and (day[:4] < published[:4] or (kind.id == "drill" and "/" not in day and day[:7] < published[:7])):
        return Status.occurred
    if verdict.rule == "held":
        return Status.occurred  # `지난 3월 억류된 선교사`
    if verdict.rule == "in-progress" and kind.id in _MOMENTS and published and len(day) == 10 and day < published:
        return Status.occurred  # the picture of a day that is over: `지난 26일 부산에서 회담하고 있다`
    if not published:  # `25일 평양에 도착한다고`
        return Status.planned if verdict.nonpast and kind.id not in SAID else verdict.status
    if kind.id == "agree" and verdict.status is Status.occurred:  # `12월 방중 합의`: the day of what is agreed on
        return verdict.status
    ahead = day[:10] > published or (verdict.nonpast and day[:10] == published and kind.id not in VERBAL)
    return Status.planned if ahead else verdict.status
