"""Who demands, charges, refuses, threatens or praises where the clause names nobody: whoever the report gives the words to."""

from __future__ import annotations

import msgspec

from sacho.annotate.actuality import VERBAL
from sacho.annotate.frames import Cast
from sacho.annotate.layers import Analysis, Layers
from sacho.annotate.triggers import Trigger
from sacho.records import AttributionKind

# Acts done by words: who says them does them. Of any other deed its doer may be the only voice (`관세청은 억류했다고 밝혔다`).
SAID = frozenset(["request", "accuse", "reject", "threaten", "support", "concede", "state", "invite", "message", "sanction"])
_TOLD = ("다고", "ᆫ다고", "는다고", "었다고")


def voiced(trigger: Trigger, roles: Cast, analysis: Analysis, layers: Layers) -> Cast:
    """The roles with the speaker as actor, where the act is the verb that reports what he says and its clause names nobody who
    acts: `존 헐리 재무부 테러·금융정보 담당 차관은 "…"고 비난했다`, `[회의가 열리면] "…"고 위협했다`."""
    if trigger.cue.kind not in VERBAL or trigger.use == "bare" or roles.actor or analysis.quote is not None:
        return roles
    clause = analysis.clauses[trigger.clause] if trigger.clause >= 0 else None
    if clause is None or (clause.kind == "adnominal" and not _bound(clause.head, analysis, layers)):
        return roles  # `귀환을 도와 달라고 요청하는 편지`
    own = [
        a for a in layers.attributions
        if a.cue_start <= trigger.start < a.cue_end and a.sources and a.kind is not AttributionKind.unreported
    ]  # fmt: skip
    if not own:
        return roles
    at = own[-1].sources[-1].start
    speaker = next((i for i, m in enumerate(layers.mentions) if m.start == at and m.rule != "outlet"), -1)
    if speaker < 0:
        return roles
    return msgspec.structs.replace(
        roles, actor=(speaker,), recipient=tuple(m for m in roles.recipient if m != speaker),
    )  # fmt: skip


def _bound(head: int, analysis: Analysis, layers: Layers) -> bool:
    """Whether the clause ends in a bound noun (`비난한 바 있다`, `비난한 것`)."""
    return head >= 0 and layers.tokens[analysis.units[head].first].tag == "NNB"


def in_report(trigger: Trigger, analysis: Analysis, text: str) -> bool:
    """Whether the deed stands in what is reported as done (`억류했다고 밝혔다`), not promised (`보내겠다고`) nor beside it (`찾아가 …고
    말했다`)."""
    clause = analysis.clauses[trigger.clause] if trigger.clause >= 0 and trigger.use in ("verb", "light") else None
    if clause is None or clause.kind != "quoted" or clause.predicate < 0 or "겠" in text[trigger.start : trigger.end + 6]:
        return False
    return analysis.units[clause.predicate].ending in _TOLD
