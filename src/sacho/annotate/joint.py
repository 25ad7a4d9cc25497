"""Who else does what one side is told to do right after a talk: `대통령과 회담하고 조약에 서명했다`,
`만찬을 베풀고 공연을 함께 관람했다`."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sacho.annotate.layers import Analysis
from sacho.annotate.triggers import Trigger
from sacho.records import EventMention, Participant

_REACH = 80  # letters between the two
_TOGETHER, _NEAR = ("함께", "나란히", "같이"), 16
_AFTER = (" 뒤", " 후", " 다음")
_TALKS = frozenset(["meet", "call"])
_SHARED = frozenset(["attend", "ceremony", "inspect", "visit"])
_AUDIENCES = frozenset(["message", "appoint"])  # a paper handed over in person
_PAPERS = frozenset(["sign", "sign-more", "conclude", "adopt"])  # cues that two sides share


def join_partner(
    mention: EventMention, trigger: Trigger, told: Sequence[EventMention], analysis: Analysis, text: str
) -> EventMention:  # fmt: skip
    """The mention with the other side of the talk or the meal told just before in the sentence, where the same one goes on without a
    partner of his own."""
    signing = mention.kind == "sign" and trigger.cue.id in _PAPERS
    together = mention.kind in _SHARED and _is_together(trigger, text)
    talking = mention.kind == "meet" and not mention.full and trigger.cue.frame != "host"
    if not (signing or together or talking) or not mention.actor or mention.recipient or not told or analysis.quote is not None:
        return mention
    ours = {p.id for p in mention.actor}
    for before in reversed(told):
        if trigger.start - before.end > _REACH or before.sentence != mention.sentence:
            break
        if any(word in text[before.end : trigger.start] for word in _AFTER):
            continue
        fits = before.kind in _AUDIENCES if talking else before.kind in _TALKS or together
        others = _others(before, ours) if before.full and fits else ()
        if others and _one_side(mention.actor) and before.status is mention.status:
            proofs = tuple([e for e in before.evidence if e.field in ("actor", "recipient")])
            return msgspec.structs.replace(
                mention, actor=(*mention.actor, *others), full=True, evidence=(*mention.evidence, *proofs),
                symmetric=mention.symmetric or signing,
            )  # fmt: skip
    return mention


def _others(before: EventMention, ours: set[str]) -> tuple[Participant, ...]:
    """The parties on the other side of an act that ours had a part in."""
    everyone = (*before.actor, *before.recipient)
    if not ours <= {p.id for p in everyone}:
        return ()
    return tuple([p for p in everyone if p.id not in ours])


def _one_side(actor: Sequence[Participant]) -> bool:
    return len({p.country for p in actor}) == 1


def _is_together(trigger: Trigger, text: str) -> bool:
    return any(word in text[max(0, trigger.start - _NEAR) : trigger.end] for word in _TOGETHER)
