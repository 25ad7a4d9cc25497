"""Who fires where nobody is named: `평양 순안에서 미사일 한 발이 발사됐다`, `원산에서 쏜 세 발`."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sacho.annotate.frames import Cast
from sacho.annotate.triggers import Trigger
from sacho.lexicon import Lexicon
from sacho.records import Mention, MentionKind

FIRED = ("launch", "test")
_ASHORE = ("city", "county", "province", "site", "building")


def from_soil(trigger: Trigger, roles: Cast, mentions: Sequence[Mention], lexicon: Lexicon) -> Cast:
    """The roles with the place as actor where nothing else acts: what goes up from the soil of a state is that state's."""
    if trigger.cue.kind not in FIRED or roles.actor or trigger.use == "bare":
        return roles
    for m in roles.places:
        place = lexicon.places.get(mentions[m].entity)
        if mentions[m].kind is MentionKind.place and place is not None and place.country and place.precision in _ASHORE:
            return msgspec.structs.replace(roles, actor=(m,))
    return roles
