"""What is only meant, owed or thanked for, so that its words tell of no event."""

from __future__ import annotations

import re

from sacho.annotate.actuality import VERBAL
from sacho.annotate.layers import Analysis, Layers
from sacho.annotate.modality import Verdict
from sacho.annotate.predications import ACT
from sacho.annotate.triggers import Trigger
from sacho.records import Status

_PURPOSES = frozenset(["attend", "sign"])
_ANSWERS = frozenset(["accept", "take-up", "agree-noun"])
_THANKED = re.compile(r"[가-힣]{0,2}\s?(?:준|주신)(?:\s|데)")
_WISHED = re.compile(r"[가-힣]{0,3}\s?(?:줄\s것을|주기를|달라고|줄\s것도|할\s것을)")

_AGREED_ON = re.compile(r"[가-힣]{0,3}는\s?데(?:도|에|에도)?\s(?:뜻|합의|공감|의견|인식|견해)")


def is_only_meant(trigger: Trigger, verdict: Verdict, analysis: Analysis, layers: Layers) -> bool:
    """`회의에 참석하기 위해 출발했다`, `조약을 맺기 위한 협상`; `긴밀히 협력하기로 했다` is an agreement; `훈련을 미루면` tells of no drill
    called off; `초청에 응해 준 데 사의를 표했다`, `동의해 줄 것을 요청했다`, `만나기로 했던 선발대` of no agreement; what must be done
    (`회담을 열어야 한다`) is no event."""
    kind = trigger.cue.kind
    if verdict.rule == "must":
        return kind not in VERBAL and kind != ACT.id  # an act of any kind is read for its status
    if verdict.rule == "purpose":
        return kind in _PURPOSES
    if verdict.rule == "resolve-to":
        return trigger.cue.id == "cooperate"
    if kind == "deploy" and trigger.use == "bare" and verdict.status is Status.hypothetical:
        return True  # `북한군 배치 가능성을 묻는 질문`
    if trigger.cue.id == "sanction-resolution" and verdict.status is Status.denied:
        return True  # `반대표를 던져 채택하지 못했다`
    clause = analysis.clauses[trigger.clause] if trigger.clause >= 0 else None
    if kind in ("reject", "support") and _is_shared_text(trigger, analysis, layers):
        return True
    if trigger.cue.kind == "state" and verdict.status is Status.denied:
        return True  # `성명을 내지 않았다`: no statement
    if verdict.rule == "occasion-called-off":
        ending = analysis.units[clause.predicate].ending if clause is not None and clause.predicate >= 0 else ""
        return clause is not None and (clause.kind == "conditional" or ending == "거나")
    if (kind == "agree" or trigger.cue.frame == "working") and _AGREED_ON.match(layers.text, trigger.end):
        return True  # `협상을 상반기 내 타결한다는 데 공감했다`, `위원회를 출범시키는 데 뜻을 같이했다`
    if kind != "agree":
        return False
    if trigger.cue.id == "agree-to" and layers.text.startswith("었", trigger.end):
        return True  # `정상회담을 갖기로 했었다`: it came to nothing
    if trigger.cue.id in _ANSWERS and (_THANKED.match(layers.text, trigger.end) or _WISHED.match(layers.text, trigger.end)):
        return True
    held = clause is not None and clause.kind == "adnominal" and clause.found == "gap"
    return held and trigger.cue.id == "agree-to" and clause is not None and analysis.units[clause.predicate].ending.endswith("던")


def _is_shared_text(trigger: Trigger, analysis: Analysis, layers: Layers) -> bool:
    """What a paper of several says is what they agree on: `테러에 반대한다는 공동성명을 냈다`."""
    clause = analysis.clauses[trigger.clause] if trigger.clause >= 0 and trigger.use != "bare" else None
    if clause is None or clause.kind != "adnominal" or clause.head < 0 or not analysis.units[clause.predicate].ending.endswith("다는"):
        return False
    return layers.text.startswith("공동", analysis.units[clause.head].start)
