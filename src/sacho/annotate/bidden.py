"""What somebody is invited to do, or sets out for, is told by the invitation and the departure, and is no event beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sacho.annotate.triggers import Trigger

_REACH = 40  # letters between what is asked for and the word of inviting
_PAPERS = ("초청장", "초대장")  # what a paper asks for it tells itself
_ASKED = re.compile(r"(?:해|하여|하시여|아|어)?\s?(?:주시?|달)?\s?(?:도록|라는)[^.]*$")


_SETTING_OUT = ("depart", "arrive")
_AIMED = re.compile(r"(?:하|하시)?기\s?위(?:해|하여|하시여)(?:서)?[^.]{0,30}$")


def is_bidden(trigger: Trigger, triggers: Sequence[Trigger], text: str) -> bool:
    """Whether a word of going says what somebody is invited to (`중국을 [방문]하도록 초청했다`, `조선을 [방문하여]달라는 초청에`), or
    what somebody sets out for (`라오스를 [방문]하기 위하여 평양을 출발했다`)."""
    for other in triggers:
        if other.cue.kind in _SETTING_OUT and trigger.end <= other.start <= trigger.end + _REACH:
            return _AIMED.match(text, trigger.end, other.start) is not None
        if other.cue.kind != "invite" or other.form.startswith(_PAPERS):
            continue
        if trigger.end <= other.start <= trigger.end + _REACH:
            return _ASKED.match(text, trigger.end, other.start) is not None
    return False
