"""Talks with one after another (`두 장관과 차례로 통화했다`): one mention for each partner."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sacho.annotate.casting import Casting
from sacho.annotate.layers import Analysis
from sacho.annotate.triggers import Trigger
from sacho.lexicon.words import load_words
from sacho.records import EventMention, Participant

_TALKS = ("meet", "call")


def in_turn(trigger: Trigger, mention: EventMention, analysis: Analysis, casting: Casting) -> list[EventMention]:
    """The mention once for each whom the subject met or called in turn; empty where all talked together."""
    everyone = (*mention.actor, *mention.recipient)
    greeting = trigger.cue.id == "meet-person"  # hands shaken along a line are one scene
    if greeting or mention.kind not in _TALKS or not mention.full or len(everyone) < 3 or trigger.carrier < 0:
        return []
    clause = analysis.clauses[trigger.carrier]
    if clause.subject < 0 or not _by_turns(trigger, analysis, casting):
        return []
    leads = {p.id for p in casting.people(analysis.view.heads(clause.subject))}
    ours, theirs = [p for p in everyone if p.id in leads], [p for p in everyone if p.id not in leads]
    if len(ours) != 1 and len(theirs) != 1:
        return []
    few, many = (ours, theirs) if len(ours) == 1 else (theirs, ours)
    return [_only(mention, {few[0].id, each.id}, number) for number, each in enumerate(many)] if len(many) > 1 else []


def _by_turns(trigger: Trigger, analysis: Analysis, casting: Casting) -> bool:
    arguments = analysis.clauses[trigger.carrier].arguments
    start = min([analysis.units[k].start for k in arguments], default=trigger.start)
    return any(word in casting.text[start : trigger.start] for word in load_words().by_turns)


def _only(mention: EventMention, ids: set[str], number: int) -> EventMention:
    def kept(side: Sequence[Participant]) -> tuple[Participant, ...]:
        return tuple([p for p in side if p.id in ids])

    return msgspec.structs.replace(
        mention, id=f"{mention.id}{number}" if number else mention.id, actor=kept(mention.actor), recipient=kept(mention.recipient)
    )
