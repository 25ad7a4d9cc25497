"""At whom a demand, a charge, a refusal, a threat or support is aimed, where the clause does not say."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sacho.annotate.frames import Cast
from sacho.annotate.triggers import Trigger
from sacho.records import Attribution, Mention, MentionKind, Sentence

_AIMED = frozenset(["accuse", "request", "reject", "threaten", "support", "sanction", "aid"])
_VAGUE = frozenset(["help"])  # `회피를 도왔다`
_NAMED = (MentionKind.person, MentionKind.body, MentionKind.country)
_REACH = 600  # characters before the sentence in which another state may be in focus
_CLEAR = 1.5  # by how much the state in focus must outweigh the next
_NEWS = "JRN"


def aimed(
    trigger: Trigger, roles: Cast, mentions: Sequence[Mention], sentence: Sentence, carried: tuple[int, ...] = (),
    attributions: Sequence[Attribution] = (),
) -> Cast:
    """The roles with the other side as recipient: the party of another state named last before the verb in the
    sentence, else who is at issue already (`carried`), else the state that the lines before spoke of most. Somebody who only tells
    of it (`attributions`) is not meant: `장관은 [러시아가 거부권을 행사했다고] 말했다`."""
    if trigger.cue.kind not in _AIMED or trigger.cue.id in _VAGUE or trigger.use == "bare":
        return roles
    if not roles.actor or roles.recipient or trigger.toward:
        return roles
    own = {mentions[m].country for m in roles.actor}
    if "" in own or any(mentions[m].members for m in roles.actor):
        return msgspec.structs.replace(roles, recipient=carried) if carried else roles
    telling = {a.sources[-1].start for a in attributions if a.start <= trigger.start < a.end and a.sources}
    found = _in_sentence(trigger, own, mentions, sentence, telling)
    if found < 0 and carried:
        return msgspec.structs.replace(roles, recipient=carried)
    if found < 0:
        found = _in_focus(own, mentions, sentence)
    return msgspec.structs.replace(roles, recipient=(found,)) if found >= 0 else roles


def _other(mention: Mention, own: set[str]) -> bool:
    return mention.kind in _NAMED and mention.sector != _NEWS and mention.country not in own and bool(mention.country)


def _in_sentence(trigger: Trigger, own: set[str], mentions: Sequence[Mention], sentence: Sentence, telling: set[int]) -> int:
    for i in range(len(mentions) - 1, -1, -1):
        mention = mentions[i]
        if mention.start < sentence.start:
            break
        told = mention.start in telling and mention.kind is MentionKind.person
        if mention.end <= trigger.start and not told and _other(mention, own):
            return i
    return -1


def _in_focus(own: set[str], mentions: Sequence[Mention], sentence: Sentence) -> int:
    weights: dict[str, float] = {}
    last: dict[str, int] = {}
    for i, mention in enumerate(mentions):
        gap = sentence.start - mention.end
        if gap < 0 or gap > _REACH or mention.kind is MentionKind.place or mention.sector == _NEWS:
            continue
        for code in mention.members if mention.kind is MentionKind.pair else (mention.country,):
            if code and code not in own:
                weights[code] = weights.get(code, 0.0) + 1 / (1 + gap / 120)
        if mention.kind is MentionKind.country and mention.country not in own:
            last[mention.country] = i
    ranked = sorted(weights, key=lambda code: -weights[code])
    if not ranked or ranked[0] not in last or (len(ranked) > 1 and weights[ranked[0]] < _CLEAR * weights[ranked[1]]):
        return -1
    return last[ranked[0]]
