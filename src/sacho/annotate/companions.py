"""Who goes or watches together with somebody: husband or wife and the leader's own people come along, the guest does it too."""

from __future__ import annotations

import msgspec

from sacho.annotate.frames import Cast
from sacho.annotate.layers import Analysis, Layers
from sacho.annotate.roles import Slots
from sacho.annotate.triggers import Trigger
from sacho.records import MentionKind

GOING = frozenset(["visit", "arrive", "depart", "attend"])
_TOGETHER = ("함께", "같이", "나란히")
_SPOUSE = ("부인", "남편", "배우자", "여사")


def companions(trigger: Trigger, slots: Slots, roles: Cast, analysis: Analysis, layers: Layers) -> Cast:
    """The cast of an act of the kinds `GOING` with those told by `…와 함께`: `부인 김혜경 여사와 함께 서울공항을 떠났다` has her among
    those present, `위원장은 주석과 함께 공연을 관람했다` two who watch."""
    mentions, out = layers.mentions, roles
    for filler in slots.fillers:
        unit, mention = analysis.units[filler.unit], mentions[filler.mention]
        if filler.slot != "com" or mention.kind is not MentionKind.person or not layers.text.startswith(_TOGETHER, unit.end + 1):
            continue
        words = layers.text[max(0, mention.start - 3) : mention.end]
        others = [m for m in out.actor if m != filler.mention]
        own = all(mentions[m].country in ("", mention.country) for m in others)
        if others and (any(word in words for word in _SPOUSE) or (trigger.cue.kind == "attend" and own)):
            out = msgspec.structs.replace(out, actor=tuple(others), along=(*out.along, filler.mention))
        elif filler.mention not in out.actor:
            out = msgspec.structs.replace(out, actor=(*out.actor, filler.mention))
    return out
