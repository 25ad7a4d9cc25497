"""Points of one sort in one report: a second agreement, a second demand, and not the first one told again."""

from __future__ import annotations

from collections.abc import Sequence

from sacho.records import BlockKind, EventMention

ECHO = "/echo"
_BY_POINTS = ("agree", "request", "accuse", "support", "aid", "cooperate", "ceremony", "reject", "message")
_POINTING = ("/bare", "/pointing", ECHO)
_TOLD_AGAIN = ("letter-in/", "greeting-asked/", "rebuff/")  # `서한에서 …고 적었다`, `중국은 반발했다`
_LEAD = 1  # sentence number, the headline being 0


def step(mention: EventMention) -> str:
    """Steps that are no part of each other: `초청을 수락했다` is one side's answer, not what two sides agree on; a treaty is signed,
    then ratified, then in force."""
    cue = mention.rule.partition("/")[0]
    return "answer" if cue in ("accept", "take-up") else cue if cue in ("ratify", "enter-into-force") else ""


def next_point(a: EventMention, b: EventMention) -> bool:
    """Two sentences of the body, in one voice, that each tell of an agreement, a demand, a charge, a refusal, praise, help, a letter
    or a rite: two points agreed on, two demands. What the lead tells is told again further down."""
    if a.kind != b.kind or a.kind not in _BY_POINTS or a.sentence == b.sentence:
        return False
    if a.sources != b.sources and not (a.kind == "agree" and abs(a.sentence - b.sentence) == 1):  # `합의했다고 발표했다. …도 …기로 했다`
        return False
    if not a.block is b.block is BlockKind.body or (a.kind != "agree" and min(a.sentence, b.sentence) <= _LEAD):
        return False
    return not step(a) and not any([m.rule.endswith(_POINTING) or m.rule.startswith(_TOLD_AGAIN) for m in (a, b)])


def far_from_states(group: Sequence[EventMention], mention: EventMention) -> bool:
    """`1차 접촉은 지난 2월 열렸다`, and elsewhere two people who meet without a day: states stand for their people where both are told of
    one day, or close by."""
    if mention.kind != "meet":
        return False
    ours, theirs = _only_states(group), _only_states([mention])
    if ours is theirs or any([m.date == mention.date for m in group]):
        return False
    dated = group if ours else [mention]
    undated = [mention] if ours else group
    if not any([m.date for m in dated]) or any([m.date for m in undated]):
        return False
    return min([abs(m.sentence - n.sentence) for m in dated for n in undated]) > 1


def _only_states(mentions: Sequence[EventMention]) -> bool:
    return all([p.id == p.country for m in mentions for p in (*m.actor, *m.recipient)])
