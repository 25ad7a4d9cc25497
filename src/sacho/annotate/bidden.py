"""What somebody is invited to do is told by the invitation, and is no event beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sacho.annotate.triggers import Trigger

_REACH = 40  # letters between what is asked for and the word of inviting
_ASKED = re.compile(r"(?:해|하여|하시여|아|어)?\s?(?:주시?|달)?\s?(?:도록|라는)[^.]*$")


def is_bidden(trigger: Trigger, triggers: Sequence[Trigger], text: str) -> bool:
    """Whether a word of going says what somebody is invited to: `중국을 [방문]하도록 초청했다`, `조선을 [방문하여]달라는 초청에`."""
    for other in triggers:
        if other.cue.kind == "invite" and trigger.end <= other.start <= trigger.end + _REACH:
            return _ASKED.match(text, trigger.end, other.start) is not None
    return False
